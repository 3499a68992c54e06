// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "rediserror.h"

#include <QByteArray>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>

namespace LiveTemplate {

class RedisClient;

/// Redis' channels, on a connection of their own. Subscriptions are counted: the first subscribe()
/// of a channel subscribes, the last unsubscribe() does the contrary after a while. When the
/// connection is lost it is made anew, and all subscriptions are replayed in one write.
///
/// Threading: all functions may be called from any thread; callbacks are called in the worker's.
class LIVETEMPLATE_PRIVATE_EXPORT RedisPubSub
{
public:
    enum class Kind {
        Channel,
        Pattern,
        Shard
    };
    using Subscribed = std::move_only_function<void(std::expected<void, RedisError>)>;
    /// @p pattern is empty for messages that came by no pattern.
    using MessageHandler = std::function<void(const QByteArray &channel, const QByteArray &payload,
                                              const QByteArray &pattern)>;
    /// After a connection was (re)made and everything was subscribed anew: how many channels.
    using ReadyHandler = std::function<void(qsizetype subscriptions, bool isReconnect)>;
    using LostHandler = std::function<void(const RedisError &)>;

    virtual ~RedisPubSub() = default;

    virtual void setMessageHandler(MessageHandler handler) = 0;
    virtual void setReadyHandler(ReadyHandler handler) = 0;
    virtual void setLostHandler(LostHandler handler) = 0;

    /// @p done is called once: when Redis has acknowledged, at once when the channel is subscribed
    /// to already, with an error when Redis refuses, when there is no connection, or after
    /// RedisOptions::commandTimeout. Whatever it is told, the subscription is wanted from now on
    /// until unsubscribe(), and is tried again with the next connection.
    virtual void subscribe(Kind kind, const QByteArray &channel, Subscribed done) = 0;
    /// Takes one subscribe() back.
    virtual void unsubscribe(Kind kind, const QByteArray &channel) = 0;
    /// How long a channel stays subscribed to after the last unsubscribe(); negative: for ever.
    virtual void setLinger(std::chrono::milliseconds linger) = 0;

    /// Drops the connection and makes a new one: when somebody knows that it is dead.
    virtual void reconnect(const RedisError &reason) = 0;
};

} // namespace LiveTemplate
