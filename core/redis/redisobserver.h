// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "rediserror.h"
#include "redisproblem.h"
#include "redisurl.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>

namespace LiveTemplate {

/// What a RedisMessageReader makes of a message; derive from it.
struct LIVETEMPLATE_EXPORT RedisMessageContent
{
    RedisMessageContent() = default;
    virtual ~RedisMessageContent();
    Q_DISABLE_COPY_MOVE(RedisMessageContent)
};

/// A message of a channel, as a RedisObserver saw it.
struct RedisMessage
{
    using Time = std::chrono::sys_time<std::chrono::microseconds>;

    /// 1, 2, 3 and so on for the messages that the observer received; those that its queue dropped
    /// are missing.
    quint64 number = 0;
    Time receivedAt = {};
    /// Any bytes.
    QByteArray channel = {};
    /// Any bytes; no more than RedisObserverOptions::mostPayload of them.
    QByteArray payload = {};
    /// Of the whole payload.
    qint64 size = 0;
    /// By SPUBLISH.
    bool isSharded = false;
    std::shared_ptr<const RedisMessageContent> content = {};

    [[nodiscard]] bool isCut() const { return size > payload.size(); }
};

/// Called for every message, with the whole of its payload, in the observer's own thread, before it
/// is queued; so it sees those that the queue drops, too.
using RedisMessageReader
    = std::function<std::shared_ptr<const RedisMessageContent>(const RedisMessage &)>;

/// A channel that has subscribers or has had messages.
struct RedisChannel
{
    /// Seconds.
    static constexpr int historyLength = 60;

    QByteArray name = {};
    bool isSharded = false;
    /// At the last listing, without the observer; nothing while that is not known.
    std::optional<qint64> subscribers = {};
    quint64 messages = 0;
    /// Of payloads.
    quint64 bytes = 0;
    /// 1970: never.
    RedisMessage::Time lastMessageAt = {};
    /// Messages a second, over the last five.
    double rate = 0;
    /// Messages in each of the last seconds, the current one at the end; empty when there were
    /// none.
    QList<quint32> history = {};

    friend bool operator==(const RedisChannel &, const RedisChannel &) = default;
};

/// What a RedisObserver knows of all channels.
struct RedisObservation
{
    RedisMessage::Time time = {};
    QList<RedisChannel> channels = {};
    /// Of all channels, exactly.
    quint64 messages = 0;
    quint64 bytes = 0;
    /// Of them, messages that were not delivered, because the receiver was too slow.
    quint64 droppedMessages = 0;
    quint64 droppedBytes = 0;
    /// Of channels that are no longer kept one by one.
    quint64 forgottenChannels = 0;
    quint64 forgottenMessages = 0;
    quint64 forgottenBytes = 0;
    /// As many have subscribers, as Redis says; some may not be among @c channels.
    qint64 listedChannels = 0;
    /// Subscriptions to patterns, without the observer's.
    qint64 patterns = 0;
    /// How often Redis was asked for its channels.
    quint64 listings = 0;
    /// What cannot be seen, and why; sentences.
    QStringList limits = {};
};

/// How a RedisObserver is with its Redis.
struct RedisObserverStatus
{
    enum class State {
        /// open() was not called, or close() was.
        Closed,
        /// For the first time.
        Connecting,
        /// Messages come.
        Connected,
        /// Lost, or not reached yet; it is tried again, see @c nextTry.
        Waiting,
        /// Given up: it will not get better by itself.
        Failed,
    };

    State state = State::Closed;
    /// Of Waiting and Failed; and when connected and not all that is wanted is allowed.
    RedisProblem problem = {};
    /// Of Waiting: nothing while a connection is being tried.
    std::optional<std::chrono::steady_clock::time_point> nextTry = {};
    /// The pattern that is subscribed to, "*" unless only less is allowed.
    QByteArray pattern = {};

    friend bool operator==(const RedisObserverStatus &, const RedisObserverStatus &) = default;
};

/// How a RedisObserver behaves.
struct RedisObserverOptions
{
    RedisMessageReader reader = {};
    /// What may wait for the receiver; of more, the oldest are dropped and counted.
    qsizetype mostQueuedMessages = 50'000;
    qint64 mostQueuedBytes = 64 * 1024 * 1024;
    /// Of a longer payload the rest is cut off once it was read.
    qint64 mostPayload = 64 * 1024;
    /// Channels that are counted one by one, and whose subscribers are asked for.
    qsizetype mostChannels = 10'000;
    /// Shard channels that are subscribed to.
    qsizetype mostShardChannels = 1'000;
    /// Between two questions for channels, at least; longer with a Redis that takes long to answer.
    std::chrono::milliseconds listingInterval = std::chrono::seconds(2);
    /// Before a lost connection is tried again: the first time, and at most.
    std::chrono::milliseconds reconnectDelay = std::chrono::milliseconds(500);
    std::chrono::milliseconds maxReconnectDelay = std::chrono::seconds(10);
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(4);
    /// A Redis that answers nothing for so long is lost.
    std::chrono::milliseconds commandTimeout = std::chrono::seconds(3);
};

/// Watches the channels of any Redis: one server, one behind Sentinel, or a Cluster. It has
/// connections of its own, and sends nothing that changes anything, unless publish() is allowed.
///
/// Messages come by PSUBSCRIBE *, which is exact (each message once, whole, in the order of its
/// connection), costs Redis one more receiver of each message, and on a Cluster reaches the
/// channels of all nodes from any one of them. MONITOR is not used: it halves the throughput of a
/// busy Redis, shows the data of all other commands as well, and abbreviates nothing. What the
/// pattern cannot see are a channel without a name, which no pattern matches, and shard channels,
/// which know no patterns: those that have subscribers are listed, and subscribed to one by one,
/// from when sample() is called first.
///
/// Batches are delivered ten times a second at most.
///
/// Threading: used in the thread it was made in, which it never makes wait.
class LIVETEMPLATE_EXPORT RedisObserver : public QObject
{
    Q_OBJECT

public:
    explicit RedisObserver(RedisObserverOptions options = {}, QObject *parent = nullptr);
    ~RedisObserver() override;

    /// Connects; drops another connection, with all that was counted of it, before.
    void open(const RedisUrl &url);
    /// Also cancels what has been begun. What was counted stays until open().
    void close();
    /// At once, and not when the next try is due.
    void tryAgain();

    [[nodiscard]] const RedisUrl &url() const;
    [[nodiscard]] const RedisObserverStatus &status() const;

    /// Asks for an observation, to be called as long as somebody looks: without it Redis is not
    /// asked for anything.
    void sample();

    using Receivers = std::expected<qint64, RedisError>;
    /// How many are subscribed to @p channel now, without the observer, on all masters. Those who
    /// are so by a pattern cannot be counted.
    void countSubscribers(const QByteArray &channel, bool isSharded, QObject *context,
                          std::function<void(const Receivers &)> done);

    /// Off by default.
    void setPublishingAllowed(bool isAllowed);
    [[nodiscard]] bool isPublishingAllowed() const;
    /// Publishes; @p done is told how many clients have received it, ourselves among them, on a
    /// Cluster those of one node. Refused while it is not allowed.
    void publish(const QByteArray &channel, const QByteArray &payload, bool isSharded,
                 QObject *context, std::function<void(const Receivers &)> done);

Q_SIGNALS:
    void statusChanged();
    void messagesArrived(const QList<LiveTemplate::RedisMessage> &messages);
    void sampled(const LiveTemplate::RedisObservation &observation);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
