// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pubsublink_p.h"

#include "rediscommand_p.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <map>
#include <utility>

namespace LiveTemplate {

namespace {

/// Channels of one command: so few that it is a short work for Redis, so many that a replay is few
/// commands.
constexpr std::size_t channelsPerCommand = 1000;

QEvent::Type flushEvent()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

QByteArray subscribeVerb(RedisPubSub::Kind kind)
{
    switch (kind) {
    case RedisPubSub::Kind::Channel:
        break;
    case RedisPubSub::Kind::Pattern:
        return "psubscribe";
    case RedisPubSub::Kind::Shard:
        return "ssubscribe";
    }
    return "subscribe";
}

QByteArray unsubscribeVerb(RedisPubSub::Kind kind)
{
    switch (kind) {
    case RedisPubSub::Kind::Channel:
        break;
    case RedisPubSub::Kind::Pattern:
        return "punsubscribe";
    case RedisPubSub::Kind::Shard:
        return "sunsubscribe";
    }
    return "unsubscribe";
}

QList<QByteArray> channelsOf(const std::vector<SubscriptionKey> &keys)
{
    QList<QByteArray> channels;
    channels.reserve(qsizetype(keys.size()));
    for (const SubscriptionKey &key : keys)
        channels += key.channel;
    return channels;
}

QByteArray encode(const QByteArray &verb, const QList<QByteArray> &channels)
{
    return encodeRedisCommand(QList<QByteArray>{verb.toUpper()} + channels);
}

} // namespace

PubSubLink::PubSubLink(const RedisConnectionSettings &settings,
                       std::shared_ptr<RedisMetrics> metrics, GroupOf groupOf)
    : m_metrics(std::move(metrics))
    , m_groupOf(std::move(groupOf))
    , m_connection(settings, m_metrics)
{
    m_connection.setPrologue([this] { replay(); });
    m_connection.setPushHandler([this](const RedisValue &value) { take(value); });
    connect(&m_connection, &RedisConnection::opened, this, [this] {
        m_opened = true;
        checkReplay();
    });
    connect(&m_connection, &RedisConnection::lost, this, [this](const RedisError &reason) {
        m_attached = false;
        m_ready = false;
        m_opened = false;
        m_replaying = false;
        m_obsolete.clear();
        for (auto &[key, wanted] : m_wanted)
            wanted = {};
        Q_EMIT lost(reason);
    });
}

void PubSubLink::open(const RedisConnectionSettings &settings)
{
    m_connection.setSettings(settings);
    m_connection.open();
}

void PubSubLink::add(const SubscriptionKey &key)
{
    m_wanted.try_emplace(key);
    touch(key);
}

void PubSubLink::remove(const SubscriptionKey &key)
{
    const auto it = m_wanted.find(key);
    if (it == m_wanted.end())
        return;
    if (it->second.state != State::Unsent)
        m_obsolete.push_back(key);
    m_wanted.erase(it);
    touch(key);
}

bool PubSubLink::isSubscribed(const SubscriptionKey &key) const
{
    const auto it = m_wanted.find(key);
    return it != m_wanted.end() && it->second.state == State::Subscribed;
}

std::vector<SubscriptionKey> PubSubLink::keys() const
{
    Keys keys;
    keys.reserve(m_wanted.size());
    for (const auto &[key, wanted] : m_wanted)
        keys.push_back(key);
    return keys;
}

void PubSubLink::touch(const SubscriptionKey &key)
{
    // Without a connection there is nothing to do until the replay.
    if (!m_attached)
        return;
    m_touched.push_back(key);
    if (!std::exchange(m_flushPosted, true))
        QCoreApplication::postEvent(this, new QEvent(flushEvent()));
}

bool PubSubLink::event(QEvent *event)
{
    if (event->type() != flushEvent())
        return QObject::event(event);
    m_flushPosted = false;
    flush();
    return true;
}

void PubSubLink::flush()
{
    const Keys touched = std::exchange(m_touched, {});
    const Keys obsolete = std::exchange(m_obsolete, {});
    if (!m_attached)
        return;
    // What is wanted again after it was not, is first taken back and then asked for: in the end
    // it is subscribed to.
    if (!obsolete.empty())
        unsubscribe(obsolete);
    Keys unsent;
    for (const SubscriptionKey &key : touched) {
        const auto it = m_wanted.find(key);
        if (it == m_wanted.end() || it->second.state != State::Unsent)
            continue;
        it->second.state = State::Sent;
        unsent.push_back(key);
    }
    if (!unsent.empty())
        subscribe(std::move(unsent));
}

void PubSubLink::replay()
{
    m_attached = true;
    m_touched.clear();
    m_obsolete.clear();
    m_replaying = true;
    m_replayCommands = 0;
    m_replayed = 0;
    Keys all = keys();
    for (auto &[key, wanted] : m_wanted)
        wanted.state = State::Sent;
    if (!all.empty())
        subscribe(std::move(all));
}

void PubSubLink::subscribe(Keys keys)
{
    std::map<std::pair<RedisPubSub::Kind, int>, Keys> commands;
    for (SubscriptionKey &key : keys) {
        const std::pair group(key.kind, m_groupOf(key));
        Keys &command = commands[group];
        command.push_back(std::move(key));
        if (command.size() == channelsPerCommand)
            sendSubscribe(std::exchange(command, {}));
    }
    for (auto &[group, command] : commands) {
        if (!command.empty())
            sendSubscribe(std::move(command));
    }
}

void PubSubLink::sendSubscribe(Keys keys)
{
    const quint64 serial = ++m_lastSerial;
    for (const SubscriptionKey &key : keys)
        m_wanted[key].serial = serial;
    const QByteArray verb = subscribeVerb(keys.front().kind);
    const QList<QByteArray> channels = channelsOf(keys);
    if (m_replaying)
        ++m_replayCommands;
    m_connection.sendSubscription(encode(verb, channels), {verb, channels},
                                  [this, serial, isReplay = m_replaying,
                                   keys = std::move(keys)](const RedisConnection::Reply &reply) {
                                      takeAnswer(keys, serial, reply);
                                      // What a loss, or the end, completes is no answer.
                                      if (isReplay && m_replaying && !isClosed()) {
                                          --m_replayCommands;
                                          checkReplay();
                                      }
                                  });
}

void PubSubLink::unsubscribe(const Keys &keys)
{
    std::map<std::pair<RedisPubSub::Kind, int>, Keys> commands;
    for (const SubscriptionKey &key : keys)
        commands[{key.kind, m_groupOf(key)}].push_back(key);
    for (const auto &[group, command] : commands) {
        const QByteArray verb = unsubscribeVerb(group.first);
        const QList<QByteArray> channels = channelsOf(command);
        m_connection.sendSubscription(encode(verb, channels), {verb, channels},
                                      [](const RedisConnection::Reply &) {});
    }
}

void PubSubLink::takeAnswer(const Keys &keys, quint64 serial, const RedisConnection::Reply &reply)
{
    if (!reply && reply.error().kind == RedisError::Kind::Server && keys.size() > 1) {
        // One that is not allowed spoils the command for all: ask for each alone.
        for (const SubscriptionKey &key : keys) {
            const auto it = m_wanted.find(key);
            if (it != m_wanted.end() && it->second.serial == serial)
                sendSubscribe({key});
        }
        return;
    }
    for (const SubscriptionKey &key : keys) {
        const auto it = m_wanted.find(key);
        if (it == m_wanted.end() || it->second.serial != serial)
            continue;
        if (reply) {
            it->second.state = State::Subscribed;
            if (m_replaying)
                ++m_replayed;
            Q_EMIT acknowledged(key);
            continue;
        }
        it->second.state = State::Unsent;
        // Whatever became of the first, asking twice does no harm.
        if (reply.error().kind == RedisError::Kind::TimedOut)
            touch(key);
        Q_EMIT refused(key, reply.error());
    }
}

void PubSubLink::checkReplay()
{
    if (!m_replaying || !m_opened || m_replayCommands > 0)
        return;
    m_replaying = false;
    m_ready = true;
    Q_EMIT ready(m_replayed);
}

void PubSubLink::take(const RedisValue &value)
{
    const RedisValue::Array &parts = value.toArray();
    if (parts.size() < 3)
        return;
    const QByteArray word = parts[0].toBytes();
    if (word == "message" || word == "smessage") {
        m_metrics->messagesReceived.add();
        if (m_handler && *m_handler)
            (*m_handler)(parts[1].toBytes(), parts[2].toBytes(), {});
    } else if (word == "pmessage" && parts.size() >= 4) {
        m_metrics->messagesReceived.add();
        if (m_handler && *m_handler)
            (*m_handler)(parts[2].toBytes(), parts[3].toBytes(), parts[1].toBytes());
    } else if (word == "sunsubscribe") {
        const SubscriptionKey key{RedisPubSub::Kind::Shard, parts[1].toBytes()};
        const auto it = m_wanted.find(key);
        // Otherwise it is the answer to ours.
        if (it != m_wanted.end()) {
            it->second.state = State::Unsent;
            Q_EMIT revoked(key);
        }
    }
}

} // namespace LiveTemplate
