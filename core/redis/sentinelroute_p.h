// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "reconnectdelay_p.h"
#include "redisattempt_p.h"
#include "redisroute_p.h"
#include "sentinelresolver_p.h"

#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace LiveTemplate {

/// The master that Sentinel names. Before a server is used it is asked for its ROLE, and one that
/// answers READONLY is not the master any longer; commands that it refused so are sent to the new
/// one, within their time. What was sent to a master that failed before it answered is not sent
/// again, because it may have been carried out.
class LIVETEMPLATE_PRIVATE_EXPORT SentinelRoute final : public RedisRoute
{
    Q_OBJECT

public:
    SentinelRoute(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics);
    ~SentinelRoute() override;

    void start() override;
    void send(RedisRequest request) override;
    void sendToAllMasters(RedisRequest request) override;
    void sendToNode(const QByteArray &node, RedisRequest request) override;
    void resolvePubSub(RedisPubSub::Kind kind, const QByteArray &channel, Resolved done) override;
    void reportPubSubLoss(const RedisUrl::Endpoint &endpoint, const RedisError &reason) override;
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const override
    {
        return isConnected() ? std::nullopt : remaining(m_resolveTimer);
    }

private:
    using Clock = RedisConnection::Clock;
    using Endpoint = RedisUrl::Endpoint;
    using AttemptPointer = std::unique_ptr<RedisAttempt>;

    /// Somebody who waits to be told where the master is.
    struct Waiter
    {
        Resolved done;
        Clock::time_point deadline;
    };

    void resolve();
    void resolveLater();
    void connectTo(const Endpoint &master);
    void askForRole();
    void handleRole(const RedisConnection::Reply &reply);
    void handleLost(const RedisError &reason);
    void refuseMaster(const RedisError &reason);
    void transmit(AttemptPointer attempt);
    void handleReply(AttemptPointer attempt, const Endpoint &from, RedisConnection::Reply reply);
    void park(AttemptPointer attempt);
    void releaseParked();
    void sweep();
    void answerWaiters(const std::expected<RedisConnectionSettings, RedisError> &answer);

    const RedisOptions m_options;
    const std::shared_ptr<RedisMetrics> m_metrics;
    SentinelResolver m_resolver;
    RedisConnection m_connection;
    ReconnectDelay m_delay;
    QTimer m_resolveTimer;
    QTimer m_sweepTimer;
    /// The server that m_connection goes to has said that it is a master.
    bool m_isConfirmed = false;
    bool m_isAskingForRole = false;
    bool m_isResolving = false;
    bool m_isClosing = false;
    /// The last one that was confirmed.
    std::optional<Endpoint> m_lastMaster;
    /// Refused by a server that is no master any longer. Bounded by
    /// RedisOptions::maxWaitingCommands, which counts them too.
    std::vector<AttemptPointer> m_parked;
    std::vector<Waiter> m_waiters;
};

} // namespace LiveTemplate
