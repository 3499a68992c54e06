// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "redisobserver.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace LiveTemplate::Ui {

/// How the connection is, what is wrong with it, and what to do.
class RedisBanner : public QFrame
{
    Q_OBJECT

public:
    explicit RedisBanner(QWidget *parent = nullptr);

    void showStatus(const RedisObserverStatus &status, const RedisUrl &url);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void tryAgainWanted();
    void cancelWanted();

private:
    void updateText();
    [[nodiscard]] QString nextTryText() const;

    RedisObserverStatus m_status;
    QString m_address;
    /// Only while the next try is counted down.
    QTimer m_countdown;
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_tryAgain = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace LiveTemplate::Ui
