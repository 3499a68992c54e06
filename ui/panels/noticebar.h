// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;

namespace LiveTemplate::Ui {

/// What a panel has just done, in a sentence above it, with an undo where there is one. It goes
/// after a while, and nothing waits for it.
class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    /// Long enough to see what it has done and to think again.
    static constexpr std::chrono::seconds undoTime{60};
    static constexpr std::chrono::seconds readTime{12};

    /// Hidden until there is something to say.
    explicit NoticeBar(QWidget *parent = nullptr);

    /// Replaces what it said before; but where that can still be undone it stays, below.
    void say(const QString &text, std::function<void()> undo = {});
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton *undoButton() const { return m_undoButton; }

private:
    void undo();
    void dismiss();

    QLabel *m_text = nullptr;
    QPushButton *m_undoButton = nullptr;
    std::function<void()> m_undo;
    /// What it is that can be undone.
    QString m_undoText;
    QTimer m_timer;
};

} // namespace LiveTemplate::Ui
