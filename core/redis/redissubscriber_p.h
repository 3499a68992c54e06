// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "mailbox_p.h"
#include "pubsublink_p.h"
#include "reconnectdelay_p.h"
#include "redispubsub_p.h"
#include "redisroute_p.h"

#include <QBasicTimer>
#include <QHash>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace LiveTemplate {

/// The channels of a RedisClient. Channels and patterns have one connection; shard channels have
/// one to each node that owns some of them. Lives in the client's worker thread, where the posts of
/// its public functions are made.
class RedisSubscriber : public QObject, public RedisPubSub
{
    Q_OBJECT

public:
    RedisSubscriber(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics,
                    Mailbox::Address worker);
    ~RedisSubscriber() override;

    /// In the worker's thread: begins to connect.
    void start(RedisRoute &route);
    /// In the worker's thread, before the route's end: drops all connections, and completes what is
    /// outstanding with Kind::Closed.
    void end();

    /// In the worker's thread: as RedisRoute::nextAttempt(), of the channels' connection.
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const;
    /// Why it was lost last; empty when it never was.
    [[nodiscard]] const std::optional<RedisError> &lastLoss() const { return m_lastLoss; }

    void setMessageHandler(MessageHandler handler) override;
    void setReadyHandler(ReadyHandler handler) override;
    void setLostHandler(LostHandler handler) override;
    void subscribe(Kind kind, const QByteArray &channel, Subscribed done) override;
    void unsubscribe(Kind kind, const QByteArray &channel) override;
    void setLinger(std::chrono::milliseconds linger) override;
    void reconnect(const RedisError &reason) override;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    using Clock = RedisConnection::Clock;

    using Lingering = std::multimap<Clock::time_point, SubscriptionKey>;

    struct Waiter
    {
        Subscribed done;
        Clock::time_point deadline;
    };
    struct Entry
    {
        qsizetype references = 0;
        std::vector<Waiter> waiters;
        /// Valid while nobody refers to it, and it lingers.
        std::optional<Lingering::iterator> lingering;
        /// Null for shard channels whose node is being looked up.
        PubSubLink *link = nullptr;
        /// Counts look-ups of its node, of which the last one is valid.
        quint64 lookUp = 0;
    };
    using Entries = std::unordered_map<SubscriptionKey, Entry, SubscriptionKeyHash>;

    [[nodiscard]] std::unique_ptr<PubSubLink> newLink(const RedisConnectionSettings &settings);
    void openChannels();
    void resolveChannels();
    void handleChannelsLost(const RedisError &reason);
    void place(const SubscriptionKey &key, Entry &entry);
    void lookUpShard(const SubscriptionKey &key, Entry &entry);
    void addToShardLink(const SubscriptionKey &key, const RedisConnectionSettings &settings);
    void handleShardLost(PubSubLink *link, const RedisError &reason);
    void lookUpLater(const SubscriptionKey &key);
    void moveLinks(bool shardsOnly);
    void dropShardLinkIfEmpty(PubSubLink *link);
    void handleReady(PubSubLink *link, qsizetype count);
    void complete(const SubscriptionKey &key, const std::expected<void, RedisError> &result);
    void updateMetrics();
    void addReference(const SubscriptionKey &key, Subscribed done);
    void removeReference(const SubscriptionKey &key);
    void drop(Entries::iterator it);
    void sweep();
    void logLoss(const RedisError &reason);

    const RedisOptions m_options;
    const std::shared_ptr<RedisMetrics> m_metrics;
    const Mailbox::Address m_worker;
    RedisRoute *m_route = nullptr;
    MessageHandler m_messageHandler;
    ReadyHandler m_readyHandler;
    LostHandler m_lostHandler;
    Entries m_entries;
    /// Of channels and patterns.
    std::unique_ptr<PubSubLink> m_channels;
    bool m_channelsWanted = false;
    bool m_resolving = false;
    bool m_channelsWereReady = false;
    /// Why they were lost last; a sentence.
    QString m_channelsLoss;
    std::optional<RedisError> m_lastLoss;
    Clock::time_point m_channelsRetryAt;
    ReconnectDelay m_channelsDelay;
    QBasicTimer m_channelsTimer;
    QHash<RedisUrl::Endpoint, std::shared_ptr<PubSubLink>> m_shards;
    /// Shard channels whose node is to be looked up again.
    std::unordered_set<SubscriptionKey, SubscriptionKeyHash> m_homeless;
    ReconnectDelay m_shardsDelay;
    QBasicTimer m_shardsTimer;
    /// Shard links were lost since all were ready.
    bool m_shardsLost = false;
    bool m_lossLogged = false;
    std::chrono::milliseconds m_linger = std::chrono::seconds(30);
    /// What nobody refers to, by the time when it is dropped.
    Lingering m_lingering;
    /// Waiters, and what lingers.
    QBasicTimer m_sweepTimer;
    qsizetype m_waiters = 0;
};

} // namespace LiveTemplate
