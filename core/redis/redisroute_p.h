// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisclient.h"
#include "redisconnection_p.h"
#include "redismetrics_p.h"
#include "redispubsub_p.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace LiveTemplate {

/// A command or a pipeline on its way.
struct RedisRequest
{
    /// Encoded by encodeRedisCommand(), one behind the other.
    QByteArray encoded;
    /// How many commands these are.
    int replies = 1;
    /// What decides over the node; null when any will do.
    QByteArray key;
    RedisConnection::Clock::time_point deadline;
    /// Called once.
    RedisConnection::Done done;

    /// What is left until the deadline; at least a millisecond.
    [[nodiscard]] std::chrono::milliseconds remaining() const
    {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - RedisConnection::Clock::now());
        return std::max(left, std::chrono::milliseconds(1));
    }
};

/// Which of a topology's servers a command goes to, and the connections to them: one server
/// (SingleRoute), the master that Sentinel names, or the nodes of a Cluster. Lives in the worker's
/// thread of a RedisClient, which keeps what has to wait while there is no connection at all, and
/// reconnects by itself for ever.
class LIVETEMPLATE_PRIVATE_EXPORT RedisRoute : public QObject
{
    Q_OBJECT

public:
    using Resolved
        = std::move_only_function<void(std::expected<RedisConnectionSettings, RedisError>)>;

    /// The route of the options' topology. Not started.
    [[nodiscard]] static std::unique_ptr<RedisRoute> create(const RedisOptions &options,
                                                            std::shared_ptr<RedisMetrics> metrics);

    /// The destructors complete what is outstanding with Kind::Closed.
    ~RedisRoute() override = default;

    /// Begins to connect.
    virtual void start() = 0;

    /// Sends a request to the node of its key. When there is no connection it may keep the request
    /// until its deadline, or fail it with Kind::Disconnected.
    virtual void send(RedisRequest request) = 0;

    /// As RedisClient::commandOnAllMasters().
    virtual void sendToAllMasters(RedisRequest request) = 0;

    /// As RedisClient::commandOnNode().
    virtual void sendToNode(const QByteArray &node, RedisRequest request) = 0;

    /// Where subscriptions of @p kind to @p channel are to be made, asked before each attempt to
    /// connect. Answered within some time-out of the route's own; may be answered at once.
    virtual void resolvePubSub(RedisPubSub::Kind kind, const QByteArray &channel, Resolved done)
        = 0;

    /// Channels with the same group may be in one SSUBSCRIBE and on one connection: the hash slot.
    [[nodiscard]] virtual int shardOf(const QByteArray &channel) const
    {
        Q_UNUSED(channel)
        return 0;
    }

    /// A connection that resolvePubSub() told of could not be made, was lost, or answered that its
    /// channels are elsewhere (MOVED): whatever is known of it is to be looked up again.
    virtual void reportPubSubLoss(const RedisUrl::Endpoint &endpoint, const RedisError &reason)
    {
        Q_UNUSED(endpoint)
        Q_UNUSED(reason)
    }

    /// How long until a connection is tried again; nothing while there is one, or one is tried.
    [[nodiscard]] virtual std::optional<std::chrono::milliseconds> nextAttempt() const
    {
        return std::nullopt;
    }

    [[nodiscard]] bool isConnected() const { return m_connected; }
    /// Why not; a sentence.
    [[nodiscard]] const RedisError &error() const { return m_error; }

Q_SIGNALS:
    /// isConnected() or error() has changed.
    void connectionChanged();
    /// Connections for Pub/Sub belong elsewhere from now on: resolve again. With @p shardsOnly,
    /// those of shard channels.
    void pubSubMoved(bool shardsOnly);

protected:
    using QObject::QObject;

    /// To be called by the route whenever it can send again, and when it cannot: keeps the state,
    /// tells of it, and logs the first of each.
    void setConnected(const QString &to);
    void setDisconnected(const RedisError &reason);

    /// Of a timer that is to try again.
    [[nodiscard]] static std::optional<std::chrono::milliseconds> remaining(const QTimer &timer)
    {
        return timer.isActive() ? std::optional(timer.remainingTimeAsDuration()) : std::nullopt;
    }

private:
    bool m_connected = false;
    /// Whether the current loss has been logged, and as what.
    bool m_lossLogged = false;
    RedisError::Kind m_loggedKind = RedisError::Kind::Disconnected;
    RedisError m_error{RedisError::Kind::Disconnected, {}, QStringLiteral("Not connected yet.")};
};

} // namespace LiveTemplate
