// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "redisrows.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;
class QTabWidget;

namespace LiveTemplate::Ui {

/// The whole of one message, and what is different in it from the one before on its channel.
class RedisMessageDetails : public QWidget
{
    Q_OBJECT

public:
    explicit RedisMessageDetails(QWidget *parent = nullptr);

    void show(const RedisMessageRow &row);
    void clear();

    [[nodiscard]] QString text() const;
    [[nodiscard]] QString differenceText() const;

private:
    void showDifference(const RedisMessageRow &row);

    QLabel *m_heading = nullptr;
    QTabWidget *m_tabs = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QPlainTextEdit *m_difference = nullptr;
};

} // namespace LiveTemplate::Ui
