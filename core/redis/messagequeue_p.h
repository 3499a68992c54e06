// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisobserver.h"

#include <algorithm>
#include <deque>

namespace LiveTemplate {

/// Messages that wait for their receiver; when there are too many the oldest are dropped, and
/// counted.
class MessageQueue
{
public:
    MessageQueue(qsizetype mostMessages, qint64 mostBytes)
        : m_mostMessages(std::max(mostMessages, qsizetype(1)))
        , m_mostBytes(mostBytes)
    {
    }

    void add(RedisMessage message)
    {
        m_bytes += sizeOf(message);
        m_messages.push_back(std::move(message));
        // The newest stays, however large: it is bounded by itself.
        while (qsizetype(m_messages.size()) > m_mostMessages
               || (m_bytes > m_mostBytes && m_messages.size() > 1))
            dropOldest();
    }

    /// The oldest, @p most of them.
    [[nodiscard]] QList<RedisMessage> take(qsizetype most)
    {
        QList<RedisMessage> batch;
        batch.reserve(std::min(most, qsizetype(m_messages.size())));
        while (batch.size() < most && !m_messages.empty()) {
            m_bytes -= sizeOf(m_messages.front());
            batch.append(std::move(m_messages.front()));
            m_messages.pop_front();
        }
        return batch;
    }

    [[nodiscard]] bool isEmpty() const { return m_messages.empty(); }
    [[nodiscard]] quint64 droppedMessages() const { return m_droppedMessages; }
    [[nodiscard]] quint64 droppedBytes() const { return m_droppedBytes; }

private:
    static qint64 sizeOf(const RedisMessage &message)
    {
        // What was made of it is about as large as all of it was.
        return message.payload.size() + message.channel.size()
            + (message.content ? message.size : 0);
    }

    void dropOldest()
    {
        ++m_droppedMessages;
        m_droppedBytes += quint64(m_messages.front().size);
        m_bytes -= sizeOf(m_messages.front());
        m_messages.pop_front();
    }

    const qsizetype m_mostMessages;
    const qint64 m_mostBytes;
    std::deque<RedisMessage> m_messages;
    qint64 m_bytes = 0;
    quint64 m_droppedMessages = 0;
    quint64 m_droppedBytes = 0;
};

} // namespace LiveTemplate
