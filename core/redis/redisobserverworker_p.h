// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "channelcounts_p.h"
#include "mailbox_p.h"
#include "messagequeue_p.h"
#include "portprobe_p.h"
#include "redisclient.h"
#include "redisobserver.h"

#include <QSet>

#include <memory>
#include <mutex>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace LiveTemplate {

/// What a RedisObserver does with one connection, in the worker's thread of its RedisClient.
/// Outlives it while answers of Redis are waited for.
class RedisObserverWorker : public std::enable_shared_from_this<RedisObserverWorker>
{
public:
    /// What is told to the observer, in its own thread.
    struct Receiver
    {
        std::function<void(const RedisObserverStatus &)> status;
        /// There are messages to be taken.
        std::function<void()> messages;
        std::function<void(const RedisObservation &)> observation;
    };

    /// @p client must live until stop() has been called in its worker's thread.
    RedisObserverWorker(RedisClient &client, RedisObserverOptions options, Mailbox::Address owner,
                        Receiver receiver);
    ~RedisObserverWorker();
    Q_DISABLE_COPY_MOVE(RedisObserverWorker)

    // From any thread.

    [[nodiscard]] QList<RedisMessage> takeMessages(qsizetype most, bool &areMore);
    /// Nothing is told any more.
    void leave();

    // In the worker's thread.

    void start();
    void stop();
    void sample();

private:
    using Clock = std::chrono::steady_clock;

    void subscribe(const QByteArray &pattern);
    void handleSubscribed(const QByteArray &pattern, const std::expected<void, RedisError> &result);
    void take(const QByteArray &channel, const QByteArray &payload, bool isSharded);

    void evaluateLater();
    void evaluate();
    void handleFailure(const RedisError &error);
    void probePort(const RedisError &error);
    void tell(RedisObserverStatus status);
    template<typename Call>
    void post(Call call);

    void list();
    void listChannels(bool isSharded);
    void takeListing(const RedisValue &answers, bool isSharded);
    void askForSubscribers(bool isSharded);
    void askForPatterns();
    void finishListing();
    void followShardChannels();
    void observe();
    [[nodiscard]] QStringList limits() const;

    RedisClient &m_client;
    const RedisObserverOptions m_options;
    const Mailbox::Address m_owner;
    const Receiver m_receiver;
    std::atomic<bool> m_hasLeft = false;

    mutable std::mutex m_queueMutex;
    MessageQueue m_queue;
    bool m_isMessagesTold = false;

    // Of the worker's thread.

    bool m_isRunning = false;
    std::unique_ptr<QTimer> m_evaluateTimer;
    std::unique_ptr<PortProbe> m_probe;
    PortProbe::Finding m_finding = PortProbe::Finding::Unknown;
    bool m_wasProbed = false;
    RedisObserverStatus m_status;
    bool m_wasConnected = false;
    /// Empty while not acknowledged.
    QByteArray m_pattern;
    RedisProblem m_refusal;

    quint64 m_messageCount = 0;
    ChannelCounts m_counts;

    // Listing
    bool m_isListing = false;
    bool m_isSampleWanted = false;
    Clock::time_point m_listingBegan;
    Clock::time_point m_nextListing;
    quint64 m_listings = 0;
    qint64 m_patterns = 0;
    RedisProblem m_listingProblem;
    bool m_hasShardChannels = true;
    qint64 m_listedShardChannels = 0;
    QSet<QByteArray> m_shardChannels;
    /// What is still to be asked for subscribers.
    std::vector<QByteArray> m_unasked;
    QHash<QByteArray, qint64> m_answered;
};

} // namespace LiveTemplate
