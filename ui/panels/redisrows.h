// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "observedmessage.h"
#include "redisobserver.h"
#include "tablecolumns.h"

#include <deque>
#include <memory>

namespace LiveTemplate::Ui {

/// A channel in the table.
struct RedisChannelRow
{
    RedisChannel channel;
    ObservedChannel meaning = {};
    /// Seconds since the last message; -1: there was none.
    qint64 age = -1;

    bool operator==(const RedisChannelRow &other) const
    {
        return age == other.age && channel == other.channel;
    }
};

/// A server in the table.
struct RedisServerRow
{
    ObservedServer server;
    /// It is the one of this desktop.
    bool isOurs = false;
    /// Seconds since its last sign of life.
    qint64 age = 0;

    bool operator==(const RedisServerRow &) const = default;
};

/// The bytes of a message that is listed; they go before it does when all of them are too many.
struct MessageBody
{
    QByteArray bytes;
    bool isReleased = false;
};

/// A message in the stream.
struct RedisMessageRow
{
    RedisMessage::Time receivedAt = {};
    /// As Redis has it, for filters and for publishing again.
    QByteArray rawChannel;
    ObservedChannel channel;
    bool isSharded = false;
    qint64 size = 0;
    std::shared_ptr<const ObservedMessage> observed;
    /// "Group 1a2b3c4d…".
    QString scope = {};
    bool isOurs = false;
    /// Data, or the beginning of the payload.
    QString preview = {};
    std::shared_ptr<const MessageBody> body;
    /// Of the message before it on its channel; gone when the ring has lost it.
    std::weak_ptr<const MessageBody> previous;
};

/// Makes rows of messages, and bounds the memory of their bodies.
class RedisMessageRows
{
public:
    explicit RedisMessageRows(qint64 mostBytes = 128 * 1024 * 1024)
        : m_mostBytes(mostBytes)
    {
    }

    [[nodiscard]] RedisMessageRow make(const RedisMessage &message, const QString &ownInstance);
    void clear();

    [[nodiscard]] qint64 keptBytes() const { return m_keptBytes; }
    /// Messages whose bytes were let go of before the messages themselves.
    [[nodiscard]] quint64 releasedCount() const { return m_released; }

private:
    struct Known
    {
        ObservedChannel channel;
        std::weak_ptr<const MessageBody> last;
    };

    const qint64 m_mostBytes;
    qint64 m_keptBytes = 0;
    quint64 m_released = 0;
    std::deque<std::shared_ptr<MessageBody>> m_bodies;
    /// Bounded: emptied when it has grown too large.
    QHash<QByteArray, Known> m_known;
};

[[nodiscard]] TableDefinition<RedisChannelRow> redisChannelTable();
[[nodiscard]] TableDefinition<RedisServerRow> redisServerTable();
[[nodiscard]] TableDefinition<RedisMessageRow> redisMessageTable();

/// The whole message for eyes: JSON or a dump, with the id of its group shortened.
[[nodiscard]] QString redisMessageText(const RedisMessageRow &row, const QByteArray &bytes);

} // namespace LiveTemplate::Ui
