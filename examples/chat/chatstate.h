// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

/// What somebody has said.
struct Message
{
    Q_GADGET
    Q_PROPERTY(qint64 id MEMBER id)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QDateTime time MEMBER time)
    Q_PROPERTY(bool mine MEMBER mine)

public:
    qint64 id = 0;
    /// Whose it is; the page does not have it.
    QString guest;
    /// Whether it is that of who looks at it.
    bool mine = false;
    QString name;
    QString text;
    /// In the server's time zone: the page shows it as it is.
    QDateTime time;

    bool operator==(const Message &) const = default;
};

/// What a tab shows. Nothing is saved with the session: the room has the messages.
struct ChatState
{
    Q_GADGET
    Q_PROPERTY(QString me MEMBER me STORED false)
    Q_PROPERTY(QStringList present MEMBER present STORED false)
    Q_PROPERTY(QList<Message> messages MEMBER messages STORED false)

public:
    /// Empty: not in the room, and sees nothing of it.
    QString me;
    /// Who has a tab open, in order.
    QStringList present;
    /// The oldest first.
    QList<Message> messages;

    bool operator==(const ChatState &) const = default;
};
