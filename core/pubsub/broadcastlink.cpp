// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "broadcastlink_p.h"

#include "redisclient.h"
#include "redismetrics_p.h"

#include <QLoggingCategory>
#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

Q_LOGGING_CATEGORY(lcPubSub, "livetemplate.pubsub", QtInfoMsg)

// PROTOCOL.md F.1
constexpr QByteArrayView globalChannel("livetemplate:broadcast:global");
constexpr QByteArrayView groupPrefix("livetemplate:broadcast:group:");
constexpr QByteArrayView userPrefix("livetemplate:broadcast:user:");
constexpr QByteArrayView serverActionPrefix("livetemplate:action:user:");
constexpr QByteArrayView groupActionPrefix("livetemplate:groupaction:group:");
/// Ours alone: nobody else knows its end.
constexpr QByteArrayView probePrefix("livetemplate:probe:");

/// PROTOCOL.md F.3
constexpr auto publishTimeout = 5s;
/// How long a page waits for its channels: as long as Go's three attempts with 100 ms between them.
constexpr auto subscribeTimeout = 300ms;
/// A link on which so many probes in a row were lost is dead.
constexpr qsizetype lostProbesOfDeadLink = 3;

// What may wait for Redis: five seconds of 10,000 messages each, which leaves room for as many
// commands of others by the same client, or large ones as long as the memory of a small server
// bears it. Beyond, the newest are lost.
constexpr qint64 maxWaitingMessages = 50'000;
constexpr qint64 maxWaitingBytes = 64 * 1024 * 1024;

QByteArray channelOf(QByteArrayView prefix, const QString &id)
{
    return prefix.toByteArray() + id.toUtf8();
}

/// A channel for logs: what tells whom it is for may be a secret.
QString displayName(const QByteArray &channel)
{
    for (const QByteArrayView prefix :
         {groupPrefix, userPrefix, serverActionPrefix, groupActionPrefix}) {
        if (channel.startsWith(prefix)) {
            const GroupId id(QString::fromUtf8(channel.sliced(prefix.size())));
            return QString::fromLatin1(prefix) + id.shortened();
        }
    }
    return QString::fromUtf8(channel.left(80));
}

WireTime now()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace

BroadcastLink::BroadcastLink(RedisClient &client, RedisBroadcasterOptions given)
    : options(given)
    , instanceId(options.instanceId.isEmpty()
                     ? QUuid::createUuid().toByteArray(QUuid::WithoutBraces)
                     : options.instanceId)
    , metrics(std::make_shared<BroadcasterMetrics>())
    , m_client(client)
    , m_probeChannel(probePrefix.toByteArray() + instanceId)
{
}

BroadcastLink::~BroadcastLink() = default;

bool BroadcastLink::reserve(qint64 size)
{
    const qint64 messagesBefore = m_waitingMessages.fetch_add(1, std::memory_order_relaxed);
    const qint64 bytesBefore = m_waitingBytes.fetch_add(size, std::memory_order_relaxed);
    // One always fits, however large.
    if (messagesBefore < maxWaitingMessages
        && (bytesBefore == 0 || bytesBefore + size <= maxWaitingBytes))
        return true;
    m_waitingMessages.fetch_sub(1, std::memory_order_relaxed);
    m_waitingBytes.fetch_sub(size, std::memory_order_relaxed);
    m_refused.fetch_add(1, std::memory_order_relaxed);
    return false;
}

void BroadcastLink::addInterest(Target target, const QString &id)
{
    const std::lock_guard lock(m_interestMutex);
    ++m_interest[{target, id}];
}

bool BroadcastLink::removeInterest(Target target, const QString &id)
{
    const std::lock_guard lock(m_interestMutex);
    const auto found = m_interest.find({target, id});
    if (found == m_interest.end())
        return false;
    if (--*found == 0)
        m_interest.erase(found);
    return true;
}

bool BroadcastLink::isWanted(Target target, const QString &id) const
{
    const std::lock_guard lock(m_interestMutex);
    return m_interest.contains({target, id});
}

QList<QByteArray> BroadcastLink::channels(Target target, const QString &id)
{
    switch (target) {
    case Target::Group:
        return {channelOf(groupPrefix, id), channelOf(groupActionPrefix, id)};
    case Target::User:
        return {channelOf(userPrefix, id)};
    case Target::ServerAction:
        break;
    }
    return {channelOf(serverActionPrefix, id)};
}

RedisPubSub::Kind BroadcastLink::kind() const
{
    const RedisUrl &url = m_client.options().url;
    const bool isSharded = url.topology == RedisUrl::Topology::Cluster && url.shardedPubSub;
    return isSharded ? RedisPubSub::Kind::Shard : RedisPubSub::Kind::Channel;
}

void BroadcastLink::start()
{
    m_thread = std::this_thread::get_id();
    m_isRunning = true;
    RedisPubSub &pubSub = m_client.pubSub();
    // Negative is for ever there, as is 0 here.
    pubSub.setLinger(options.linger > 0ms ? options.linger : -1ms);
    const std::weak_ptr weak = weak_from_this();
    pubSub.setMessageHandler(
        [weak](const QByteArray &channel, const QByteArray &payload, const QByteArray &) {
            if (const auto link = weak.lock())
                link->receive(channel, payload);
        });
    pubSub.setReadyHandler([weak](qsizetype subscriptions, bool isReconnect) {
        if (const auto link = weak.lock())
            link->handleReady(subscriptions, isReconnect);
    });
    pubSub.subscribe(RedisPubSub::Kind::Channel, globalChannel.toByteArray(), [](const auto &) {});

    m_waitTimer = std::make_unique<QTimer>();
    m_waitTimer->setSingleShot(true);
    QObject::connect(m_waitTimer.get(), &QTimer::timeout, m_waitTimer.get(),
                     [this] { endWaits(); });
    if (options.probeInterval <= 0ms)
        return;
    pubSub.subscribe(RedisPubSub::Kind::Channel, m_probeChannel, [](const auto &) {});
    m_probeTimer = std::make_unique<QTimer>();
    QObject::connect(m_probeTimer.get(), &QTimer::timeout, m_probeTimer.get(), [this] { probe(); });
    m_probeTimer->start(options.probeInterval);
}

void BroadcastLink::stop()
{
    if (!std::exchange(m_isRunning, false))
        return;
    m_waitTimer.reset();
    m_probeTimer.reset();
    RedisPubSub &pubSub = m_client.pubSub();
    pubSub.setMessageHandler({});
    pubSub.setReadyHandler({});
    pubSub.unsubscribe(RedisPubSub::Kind::Channel, globalChannel.toByteArray());
    if (options.probeInterval > 0ms)
        pubSub.unsubscribe(RedisPubSub::Kind::Channel, m_probeChannel);
    for (auto it = m_channels.cbegin(); it != m_channels.cend(); ++it) {
        for (int i = 0; i < it.value(); ++i)
            pubSub.unsubscribe(kind(), it.key());
    }
    m_channels.clear();
    for (const auto &waiting : std::exchange(m_waiting, {}))
        waiting->complete();
}

void BroadcastLink::publish(const BroadcastMessage &message, WireTime timestamp, qint64 size)
{
    const QByteArray json = encodeMessage(message, {instanceId, timestamp});
    switch (message.scope) {
    case BroadcastMessage::Scope::Global:
        send(globalChannel.toByteArray(), json, false, size);
        break;
    case BroadcastMessage::Scope::Group:
        send(channelOf(groupPrefix, message.group.value()), json, true, size);
        break;
    case BroadcastMessage::Scope::User:
        send(channelOf(userPrefix, message.user.value()), json, true, size);
        break;
    }
}

void BroadcastLink::publish(const ServerActionMessage &message, WireTime timestamp, qint64 size)
{
    send(channelOf(serverActionPrefix, message.user.value()),
         encodeMessage(message, {instanceId, timestamp}), true, size);
}

void BroadcastLink::publish(const GroupActionMessage &message, WireTime timestamp, qint64 size)
{
    send(channelOf(groupActionPrefix, message.group.value()),
         encodeMessage(message, {instanceId, timestamp}, ++m_sequence), true, size);
}

void BroadcastLink::send(const QByteArray &channel, const QByteArray &json, bool isSharded,
                         qint64 size)
{
    const auto release = [this, size] {
        const qint64 before = m_waitingMessages.fetch_sub(1, std::memory_order_relaxed);
        m_waitingBytes.fetch_sub(size, std::memory_order_relaxed);
        metrics->publishesWaiting.set(before - 1);
    };
    countRefused();
    if (json.size() > options.maxMessageSize) {
        release();
        reportLoss(
            1, u"It has %1 bytes, which is more than the broadcaster takes."_s.arg(json.size()));
        metrics->publishErrors.add();
        return;
    }
    const bool isShard = isSharded && kind() == RedisPubSub::Kind::Shard;
    RedisClient::CommandOptions how;
    // A classic channel is on all nodes of a Cluster.
    how.keyIndex = isShard ? 1 : -1;
    how.timeout = publishTimeout;
    how.waitForConnection = true;
    m_client.command(
        {isShard ? "SPUBLISH"_ba : "PUBLISH"_ba, channel, json},
        [link = shared_from_this(), release](const RedisClient::Reply &reply) {
            release();
            if (reply) {
                link->metrics->published.add();
                return;
            }
            // The server ends, as everybody knows.
            if (reply.error().kind != RedisError::Kind::Closed)
                link->reportLoss(1, reply.error().message);
            link->metrics->publishErrors.add();
        },
        how);
}

void BroadcastLink::countRefused()
{
    const quint64 refused = m_refused.exchange(0, std::memory_order_relaxed);
    if (refused == 0)
        return;
    reportLoss(refused, u"Too many wait for Redis."_s);
    metrics->publishErrors.add(refused);
}

void BroadcastLink::reportLoss(quint64 lost, const QString &reason)
{
    if (const quint64 count = m_lossLog.count(lost)) {
        qCWarning(lcPubSub, "%llu messages for other servers could not be published. %ls",
                  static_cast<unsigned long long>(count), qUtf16Printable(reason));
    }
}

void BroadcastLink::receive(const QByteArray &channel, const QByteArray &json)
{
    if (json.size() > options.maxMessageSize) {
        dropMalformed(channel, u"it has %1 bytes"_s.arg(json.size()));
        return;
    }
    const auto message = decodeMessage(json);
    if (!message) {
        dropMalformed(channel, message.error());
        return;
    }
    const bool isProbe = std::holds_alternative<ProbeMessage>(message->content);
    if (message->origin.instanceId == instanceId && !isProbe) {
        metrics->droppedOwn.add();
        return;
    }
    if (!isProbe)
        metrics->received.add();
    std::visit([&](const auto &content) { dispatch(content, *message); }, message->content);
}

void BroadcastLink::dispatch(const BroadcastMessage &message, const WireMessage &)
{
    // By what the message says, not by the channel: Go servers up to 0.8.4 sent all by the global
    // one (PROTOCOL.md F.1).
    using Scope = BroadcastMessage::Scope;
    const bool isForNobody = (message.scope == Scope::Group
                              && !isWanted(Target::Group, message.group.value()))
        || (message.scope == Scope::User && !isWanted(Target::User, message.user.value()));
    if (isForNobody)
        metrics->droppedUnknownTarget.add();
    else
        messages.call(message);
}

void BroadcastLink::dispatch(const ServerActionMessage &message, const WireMessage &whole)
{
    if (!isWanted(Target::ServerAction, message.user.value())) {
        metrics->droppedUnknownTarget.add();
        return;
    }
    ServerActionMessage timed = message;
    timed.time = whole.origin.timestamp;
    serverActions.call(timed);
}

void BroadcastLink::dispatch(const GroupActionMessage &message, const WireMessage &whole)
{
    if (!isWanted(Target::Group, message.group.value())) {
        metrics->droppedUnknownTarget.add();
        return;
    }
    GroupActionMessage timed = message;
    timed.time = whole.origin.timestamp;
    groupActions.call(timed);
}

void BroadcastLink::dispatch(TopicActionMessage, const WireMessage &)
{
    metrics->droppedTopics.add();
}

void BroadcastLink::dispatch(ProbeMessage, const WireMessage &whole)
{
    if (whole.origin.instanceId == instanceId)
        handleProbe(whole.sequence);
    else
        metrics->droppedUnknownTarget.add();
}

void BroadcastLink::dropMalformed(const QByteArray &channel, const QString &reason)
{
    if (const quint64 count = m_malformedLog.count()) {
        qCWarning(lcPubSub,
                  "%llu messages of other servers were not understood and were dropped; "
                  "the last came by %ls: %ls",
                  static_cast<unsigned long long>(count), qUtf16Printable(displayName(channel)),
                  qUtf16Printable(reason));
    }
    metrics->droppedMalformed.add();
}

void BroadcastLink::handleReady(qsizetype subscriptions, bool isReconnect)
{
    m_probes.clear();
    if (!isReconnect)
        return;
    // With shard channels there are several connections, and the global one is on another.
    const qsizetype ownChannels = kind() == RedisPubSub::Kind::Shard ? 0 : m_probeTimer ? 2 : 1;
    qCInfo(lcPubSub, "Reconnected successfully: dynamic_channels=%lld",
           static_cast<long long>(std::max(subscriptions - ownChannels, qsizetype(0))));
}

void BroadcastLink::subscribe(Target target, const QString &id, Subscribed done)
{
    if (!m_isRunning) {
        done();
        return;
    }
    const QList<QByteArray> wanted = channels(target, id);
    auto waiting = std::make_shared<Waiting>(
        Waiting{std::move(done), wanted.size(), Clock::now() + subscribeTimeout});
    m_waiting.push_back(waiting);
    for (const QByteArray &channel : wanted) {
        ++m_channels[channel];
        m_client.pubSub().subscribe(
            kind(), channel,
            [weak = weak_from_this(), waiting,
             channel](const std::expected<void, RedisError> &result) {
                const auto link = weak.lock();
                // Without a connection it is made later; the page shall not wait for that.
                if (!result || --waiting->channels == 0)
                    waiting->complete();
                if (!link || result || result.error().kind != RedisError::Kind::Server)
                    return;
                if (const quint64 count = link->m_subscriptionLog.count()) {
                    qCWarning(lcPubSub, "Redis refused %llu subscriptions; the last was %ls: %ls",
                              static_cast<unsigned long long>(count),
                              qUtf16Printable(displayName(channel)),
                              qUtf16Printable(result.error().message));
                }
            });
    }
    scheduleEndOfWaits();
}

void BroadcastLink::unsubscribe(Target target, const QString &id)
{
    if (!m_isRunning)
        return;
    for (const QByteArray &channel : channels(target, id)) {
        const auto found = m_channels.find(channel);
        if (found == m_channels.end())
            continue;
        if (--*found == 0)
            m_channels.erase(found);
        m_client.pubSub().unsubscribe(kind(), channel);
    }
}

void BroadcastLink::Waiting::complete()
{
    if (auto call = std::exchange(done, nullptr))
        call();
}

void BroadcastLink::scheduleEndOfWaits()
{
    while (!m_waiting.empty() && !m_waiting.front()->done)
        m_waiting.pop_front();
    if (m_waiting.empty() || m_waitTimer->isActive())
        return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_waiting.front()->deadline
                                                                   - Clock::now());
    m_waitTimer->start(std::max(left, 1ms));
}

void BroadcastLink::endWaits()
{
    const auto self = shared_from_this(); // done() may end the broadcaster
    const auto time = Clock::now();
    while (!m_waiting.empty()
           && (!m_waiting.front()->done || m_waiting.front()->deadline <= time)) {
        const auto waiting = m_waiting.front();
        m_waiting.pop_front();
        waiting->complete();
    }
    if (m_isRunning)
        scheduleEndOfWaits();
}

void BroadcastLink::probe()
{
    // While the connection is known to be lost there is nothing to find out.
    if (m_client.metrics()->pubSubConnected.value() != 1) {
        m_probes.clear();
        return;
    }
    if (!m_probes.empty() && m_probes.back().sequence == m_probeSequence)
        metrics->probesLost.add();
    if (std::ranges::count_if(m_probes, &Probe::isPublished) >= lostProbesOfDeadLink) {
        metrics->deadLinks.add();
        m_probes.clear();
        qCWarning(lcPubSub,
                  "Nothing came back from Redis by the channels' connection %lld times in a row, "
                  "though it seems to be alive: it is made anew.",
                  static_cast<long long>(lostProbesOfDeadLink));
        m_client.pubSub().reconnect(
            {.kind = RedisError::Kind::TimedOut, .message = u"No probe came back by it."_s});
        return;
    }
    sendProbe();
}

void BroadcastLink::sendProbe()
{
    const quint64 sequence = ++m_probeSequence;
    m_probes.push_back({sequence, Clock::now(), false});
    RedisClient::CommandOptions how;
    how.keyIndex = -1;
    m_client.command(
        {"PUBLISH"_ba, m_probeChannel,
         encodeMessage(ProbeMessage(), {instanceId, now()}, sequence)},
        [weak = weak_from_this(), sequence](const RedisClient::Reply &reply) {
            const auto link = weak.lock();
            if (!link)
                return;
            const auto found = std::ranges::find(link->m_probes, sequence, &Probe::sequence);
            if (found == link->m_probes.end())
                return; // it is back already
            // One that was never sent says nothing of the way back.
            if (reply)
                found->isPublished = true;
            else
                link->m_probes.erase(found);
        },
        how);
}

void BroadcastLink::handleProbe(quint64 sequence)
{
    const auto found = std::ranges::find(m_probes, sequence, &Probe::sequence);
    if (found == m_probes.end())
        return;
    const auto lag = std::chrono::nanoseconds(Clock::now() - found->sentAt);
    metrics->lag.record(quint64(lag.count()));
    metrics->lastLag.set(lag.count());
    // Those before it will not come any more.
    m_probes.erase(m_probes.begin(), std::next(found));
}

} // namespace LiveTemplate
