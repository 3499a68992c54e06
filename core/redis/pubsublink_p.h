// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisconnection_p.h"
#include "redispubsub_p.h"

#include <QObject>

#include <functional>
#include <unordered_map>
#include <vector>

namespace LiveTemplate {

/// A channel, a pattern or a shard channel.
struct SubscriptionKey
{
    RedisPubSub::Kind kind;
    QByteArray channel;

    friend bool operator==(const SubscriptionKey &, const SubscriptionKey &) = default;
};

struct SubscriptionKeyHash
{
    std::size_t operator()(const SubscriptionKey &key) const noexcept
    {
        return qHash(key.channel, std::size_t(key.kind));
    }
};

/// One connection for subscriptions: keeps what is wanted on it, asks for it in few commands, and
/// for all of it anew in the first write of each connection.
class PubSubLink : public QObject
{
    Q_OBJECT

public:
    /// Channels with the same group may be in one command.
    using GroupOf = std::function<int(const SubscriptionKey &)>;

    PubSubLink(const RedisConnectionSettings &settings, std::shared_ptr<RedisMetrics> metrics,
               GroupOf groupOf);

    /// Connects; when it is connected already, to somewhere else, drops that connection first.
    void open(const RedisConnectionSettings &settings);
    void close(const RedisError &reason) { m_connection.close(reason, true); }

    [[nodiscard]] const RedisUrl::Endpoint &endpoint() const
    {
        return m_connection.settings().endpoint;
    }
    [[nodiscard]] bool isClosed() const
    {
        return m_connection.state() == RedisConnection::State::Closed;
    }
    /// Connected, and what was wanted when it was connected has been answered.
    [[nodiscard]] bool isReady() const { return m_ready; }

    void add(const SubscriptionKey &key);
    void remove(const SubscriptionKey &key);
    [[nodiscard]] bool isSubscribed(const SubscriptionKey &key) const;
    [[nodiscard]] std::vector<SubscriptionKey> keys() const;
    [[nodiscard]] bool isEmpty() const { return m_wanted.empty(); }

    void setMessageHandler(const RedisPubSub::MessageHandler *handler) { m_handler = handler; }

Q_SIGNALS:
    void acknowledged(const LiveTemplate::SubscriptionKey &key);
    /// It stays wanted, for the next connection.
    void refused(const LiveTemplate::SubscriptionKey &key, const LiveTemplate::RedisError &reason);
    /// The server has taken it back: its slot of a Cluster has moved.
    void revoked(const LiveTemplate::SubscriptionKey &key);
    /// All that was wanted when it was connected has been answered; @p count of it was made.
    void ready(qsizetype count);
    void lost(const LiveTemplate::RedisError &reason);

protected:
    bool event(QEvent *event) override;

private:
    enum class State {
        Unsent,
        Sent,
        Subscribed
    };
    struct Wanted
    {
        State state = State::Unsent;
        /// Of the command that asked for it last.
        quint64 serial = 0;
    };
    using Keys = std::vector<SubscriptionKey>;

    void touch(const SubscriptionKey &key);
    void replay();
    void flush();
    void subscribe(Keys keys);
    void unsubscribe(const Keys &keys);
    void sendSubscribe(Keys keys);
    void takeAnswer(const Keys &keys, quint64 serial, const RedisConnection::Reply &reply);
    void take(const RedisValue &value);
    void checkReplay();

    const std::shared_ptr<RedisMetrics> m_metrics;
    const GroupOf m_groupOf;
    const RedisPubSub::MessageHandler *m_handler = nullptr;
    std::unordered_map<SubscriptionKey, Wanted, SubscriptionKeyHash> m_wanted;
    /// What was added or removed in this turn.
    Keys m_touched;
    /// What was asked for and is not wanted any more.
    Keys m_obsolete;
    bool m_flushPosted = false;
    /// The login has been written: what is sent is answered after it.
    bool m_attached = false;
    bool m_ready = false;
    bool m_replaying = false;
    bool m_opened = false;
    /// Commands of the replay that are not answered, and channels that have been acknowledged.
    qsizetype m_replayCommands = 0;
    qsizetype m_replayed = 0;
    quint64 m_lastSerial = 0;
    /// Last, because its end calls back.
    RedisConnection m_connection;
};

} // namespace LiveTemplate
