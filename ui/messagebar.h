// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace LiveTemplate::Ui {

/// One sentence across the window that somebody should read but need not answer: it stays until it
/// is closed, and stops nothing meanwhile.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind {
        Information,
        Warning
    };

    /// Hidden until there is something to say.
    explicit MessageBar(QWidget *parent = nullptr);

    void showMessage(Kind kind, const QString &text);
    /// The same with a button that does something about it and closes the message.
    void showMessage(Kind kind, const QString &text, const QString &buttonText,
                     const std::function<void()> &act);
    [[nodiscard]] QString text() const;

private:
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    std::function<void()> m_act;
};

} // namespace LiveTemplate::Ui
