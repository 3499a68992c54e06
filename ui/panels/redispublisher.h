// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "redisobserver.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace LiveTemplate::Ui {

/// Publishes a message once somebody has confirmed it, who was told to which channel it goes and
/// how many are subscribed to it.
class RedisPublisher : public QWidget
{
    Q_OBJECT

public:
    explicit RedisPublisher(RedisObserver &observer, QWidget *parent = nullptr);

    /// Whether it may publish now, and otherwise why not.
    void setAllowed(bool isAllowed, const QString &reason);
    /// Asks, and publishes the same bytes once more.
    void replay(const QByteArray &channel, const QString &displayName, const QByteArray &payload,
                bool isSharded);

    [[nodiscard]] QString resultText() const;

private:
    struct Draft
    {
        QByteArray channel;
        QString displayName;
        QByteArray payload;
        bool isSharded = false;
    };

    void update();
    void submit();
    void ask(const Draft &draft);
    void confirm(const Draft &draft, const RedisObserver::Receivers &subscribers);
    void publish(const Draft &draft);

    RedisObserver &m_observer;
    bool m_isAllowed = false;
    QString m_reason;
    QLineEdit *m_channel = nullptr;
    QPlainTextEdit *m_payload = nullptr;
    QCheckBox *m_sharded = nullptr;
    QPushButton *m_publish = nullptr;
    QLabel *m_result = nullptr;
};

} // namespace LiveTemplate::Ui
