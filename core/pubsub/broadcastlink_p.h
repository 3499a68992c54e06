// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcastermetrics_p.h"
#include "handlerslot_p.h"
#include "logthrottle_p.h"
#include "redisbroadcaster.h"
#include "redispubsub_p.h"
#include "wiremessage_p.h"

#include <QHash>

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace LiveTemplate {

/// What a RedisBroadcaster does in the Redis worker's thread. Outlives it while answers of Redis
/// are waited for.
class BroadcastLink : public std::enable_shared_from_this<BroadcastLink>
{
public:
    using Subscribed = DynamicSubscriber::Subscribed;

    /// What one can be told of apart from others, each with channels of its own.
    enum class Target {
        Group,
        User,
        ServerAction,
    };

    /// @p client must live until stop() has been called in its worker's thread.
    BroadcastLink(RedisClient &client, RedisBroadcasterOptions options);
    ~BroadcastLink();
    Q_DISABLE_COPY_MOVE(BroadcastLink)

    // From any thread.

    const RedisBroadcasterOptions options;
    /// A UUID in text.
    const QByteArray instanceId;
    const std::shared_ptr<BroadcasterMetrics> metrics;
    HandlerSlot<BroadcastMessage> messages;
    HandlerSlot<ServerActionMessage> serverActions;
    HandlerSlot<GroupActionMessage> groupActions;

    /// Makes room for a message of about @p size bytes, that publish() is to be called with then.
    /// Without room the message is counted as lost.
    [[nodiscard]] bool reserve(qint64 size);

    /// Counts who wants messages for @p id; the first must be followed by subscribe(), each other
    /// of them, too.
    void addInterest(Target target, const QString &id);
    /// Returns whether there was any.
    [[nodiscard]] bool removeInterest(Target target, const QString &id);

    /// Whether this is the worker's thread.
    [[nodiscard]] bool isInThread() const { return std::this_thread::get_id() == m_thread; }

    // In the worker's thread.

    void start();
    /// Takes back whatever was begun. All further calls do nothing.
    void stop();
    void publish(const BroadcastMessage &message, WireTime timestamp, qint64 size);
    void publish(const ServerActionMessage &message, WireTime timestamp, qint64 size);
    void publish(const GroupActionMessage &message, WireTime timestamp, qint64 size);
    void subscribe(Target target, const QString &id, Subscribed done);
    void unsubscribe(Target target, const QString &id);

private:
    using Clock = std::chrono::steady_clock;

    /// Somebody who waits for channels.
    struct Waiting
    {
        Subscribed done;
        qsizetype channels = 0;
        Clock::time_point deadline;

        void complete();
    };

    /// A probe that has not come back.
    struct Probe
    {
        quint64 sequence = 0;
        Clock::time_point sentAt;
        /// Redis has taken it.
        bool isPublished = false;
    };

    [[nodiscard]] static QList<QByteArray> channels(Target target, const QString &id);
    [[nodiscard]] RedisPubSub::Kind kind() const;
    [[nodiscard]] bool isWanted(Target target, const QString &id) const;
    void send(const QByteArray &channel, const QByteArray &json, bool isSharded, qint64 size);
    void countRefused();
    void reportLoss(quint64 lost, const QString &reason);
    void receive(const QByteArray &channel, const QByteArray &json);
    void dispatch(const BroadcastMessage &message, const WireMessage &whole);
    void dispatch(const ServerActionMessage &message, const WireMessage &whole);
    void dispatch(const GroupActionMessage &message, const WireMessage &whole);
    void dispatch(TopicActionMessage message, const WireMessage &whole);
    void dispatch(ProbeMessage message, const WireMessage &whole);
    void dropMalformed(const QByteArray &channel, const QString &reason);
    void handleReady(qsizetype subscriptions, bool isReconnect);
    void probe();
    void sendProbe();
    void handleProbe(quint64 sequence);
    void endWaits();
    void scheduleEndOfWaits();

    RedisClient &m_client;
    const QByteArray m_probeChannel;
    std::atomic<std::thread::id> m_thread;

    std::atomic<qint64> m_waitingMessages = 0;
    std::atomic<qint64> m_waitingBytes = 0;
    /// Since the worker has counted last.
    std::atomic<quint64> m_refused = 0;

    mutable std::mutex m_interestMutex;
    QHash<std::pair<Target, QString>, int> m_interest;

    // Of the worker's thread.

    bool m_isRunning = false;
    /// Of group actions.
    quint64 m_sequence = 0;
    LogThrottle m_lossLog;
    LogThrottle m_malformedLog;
    LogThrottle m_subscriptionLog;
    /// References of ours to each channel.
    QHash<QByteArray, int> m_channels;
    /// In the order of their deadlines, as all wait for the same time; ended ones among them.
    std::deque<std::shared_ptr<Waiting>> m_waiting;
    std::unique_ptr<QTimer> m_waitTimer;
    std::unique_ptr<QTimer> m_probeTimer;
    quint64 m_probeSequence = 0;
    std::deque<Probe> m_probes;
};

} // namespace LiveTemplate
