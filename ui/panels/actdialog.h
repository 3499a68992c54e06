// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sessionrows.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace LiveTemplate::Ui {

/// Asks before something is done to clients, and names each of them. Escape and Enter on the first
/// button are "no".
class ActDialog : public QDialog
{
    Q_OBJECT

public:
    struct Question
    {
        QString title;
        /// "Disconnect 3 tabs of session group 1a2b3c4d?"
        QString heading;
        /// What it will mean for them.
        QString consequence;
        /// "Disconnect".
        QString verb;
        QList<ConnectionRow> touched;
    };

    explicit ActDialog(const Question &question, QWidget *parent = nullptr);

    [[nodiscard]] QString heading() const;
    [[nodiscard]] QStringList touched() const;
    [[nodiscard]] QPushButton *actButton() const { return m_act; }

protected:
    /// Between the heading and the list.
    [[nodiscard]] QVBoxLayout *content() const { return m_content; }

private:
    QLabel *m_heading = nullptr;
    QVBoxLayout *m_content = nullptr;
    QListWidget *m_touched = nullptr;
    QPushButton *m_act = nullptr;
};

/// "Tab 2, /counter, Browser A".
[[nodiscard]] QString describe(const ConnectionRow &row);

/// "3 tabs", "1 tab".
[[nodiscard]] QString tabCount(qsizetype count);

} // namespace LiveTemplate::Ui
