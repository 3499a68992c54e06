// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "clusterslots_p.h"
#include "livetemplate_export.h"
#include "reconnectdelay_p.h"
#include "redirection_p.h"
#include "redisattempt_p.h"
#include "redisroute_p.h"

#include <QHash>
#include <QTimer>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace LiveTemplate {

/// The nodes of a Cluster, with a connection to each that is needed. Knows which node serves which
/// slot, from any node that tells, and learns from MOVED when it does not any longer. What a node
/// has refused (MOVED, ASK, TRYAGAIN, CLUSTERDOWN, LOADING and the like), or what could not be sent
/// at all, is sent again until its deadline; what was sent to a node that failed before it answered
/// is not, because it may have been carried out.
///
/// Commands to one slot reach Redis in the order in which they were sent, except while the slot
/// moves: then only those of one pipeline do.
class LIVETEMPLATE_PRIVATE_EXPORT ClusterRouter final : public RedisRoute
{
    Q_OBJECT

public:
    ClusterRouter(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics);
    ~ClusterRouter() override;

    void start() override;
    void send(RedisRequest request) override;
    void sendToAllMasters(RedisRequest request) override;
    void sendToNode(const QByteArray &node, RedisRequest request) override;
    void resolvePubSub(RedisPubSub::Kind kind, const QByteArray &channel, Resolved done) override;
    [[nodiscard]] int shardOf(const QByteArray &channel) const override;
    void reportPubSubLoss(const RedisUrl::Endpoint &endpoint, const RedisError &reason) override;
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const override
    {
        return isConnected() ? std::nullopt : remaining(m_refreshTimer);
    }

private:
    using Clock = RedisConnection::Clock;
    using Endpoint = RedisUrl::Endpoint;
    using AttemptPointer = std::unique_ptr<RedisAttempt>;

    /// An attempt on its way to a node.
    struct Passage
    {
        AttemptPointer attempt;
        /// Behind an ASKING.
        bool asking = false;
        /// This node and no other is meant; a refusal is an answer.
        bool isPinned = false;
    };

    struct Node
    {
        Node(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics,
             const Endpoint &endpoint, QObject *parent);

        RedisConnection *connection;
        ReconnectDelay delay;
        /// After a loss, before when it is not tried again.
        Clock::time_point notBefore;
        Clock::time_point usedAt;
        /// It was lost, or did not answer in time, and has not answered since.
        bool isSuspect = false;
        bool wasOpen = false;
        RedisError error;
        /// Waits for the connection. With m_later these are bounded by
        /// RedisOptions::maxWaitingCommands, which counts them too.
        std::deque<Passage> waiting;
    };
    using NodePointer = std::shared_ptr<Node>;

    /// Somebody who waits for the first answer about slots.
    struct Waiter
    {
        RedisPubSub::Kind kind;
        QByteArray channel;
        Resolved done;
        Clock::time_point deadline;
    };

    // Commands
    void dispatch(AttemptPointer attempt);
    void pass(const Endpoint &endpoint, Passage passage);
    void transmit(const Endpoint &endpoint, const NodePointer &node, Passage passage);
    void handleReply(const Endpoint &endpoint, Passage passage, RedisConnection::Reply reply);
    void retryLater(AttemptPointer attempt, const RedisError &reason);
    void retryDue();
    void scheduleRetries();
    [[nodiscard]] std::optional<Endpoint> anyNode();

    // Nodes
    [[nodiscard]] NodePointer node(const Endpoint &endpoint);
    void handleOpened(const Endpoint &endpoint);
    void handleLost(const Endpoint &endpoint, const RedisError &reason);
    void updateConnected(const RedisError &reason);
    void sweep();
    void expireWaiting();
    void dropIdle();

    // Slots
    void refresh(const std::optional<Endpoint> &preferred = {});
    void beginRefresh();
    void askNext();
    void ask(const Endpoint &endpoint, bool forShards);
    void takeSlots(const Endpoint &endpoint, const RedisConnection::Reply &reply, bool areShards);
    void apply(ClusterSlots newSlots);
    void moveSlot(const Redirection &redirection);
    void followOwners();
    void tellPubSub();
    [[nodiscard]] std::expected<Endpoint, RedisError> pubSubNode(RedisPubSub::Kind kind,
                                                                 const QByteArray &channel);

    const RedisOptions m_options;
    const std::shared_ptr<RedisMetrics> m_metrics;
    bool m_isClosing = false;

    ClusterSlots m_slots;
    QHash<Endpoint, NodePointer> m_nodes;
    /// For commands without a key, so that they stay in order.
    std::optional<Endpoint> m_anyNode;
    std::multimap<Clock::time_point, AttemptPointer> m_later;
    QTimer m_laterTimer;
    QTimer m_sweepTimer;
    Clock::time_point m_idleCheckedAt;

    bool m_isRefreshing = false;
    /// Something has happened since the refresh began.
    bool m_isRefreshWanted = false;
    std::optional<Endpoint> m_preferred;
    QList<Endpoint> m_notAsked;
    RedisError m_refreshError;
    QTimer m_refreshTimer;
    ReconnectDelay m_refreshDelay;
    Clock::time_point m_refreshedAt;

    std::vector<Waiter> m_waiters;
    /// Where Pub/Sub was told to go.
    std::optional<Endpoint> m_channelsAt;
    QHash<int, Endpoint> m_shardsAt;
    QHash<Endpoint, Clock::time_point> m_pubSubLostAt;
};

} // namespace LiveTemplate
