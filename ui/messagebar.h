// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QLabel;
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
    [[nodiscard]] QString text() const;

private:
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
};

} // namespace LiveTemplate::Ui
