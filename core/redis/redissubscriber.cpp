// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redissubscriber_p.h"

#include "redislogging_p.h"

#include <QPointer>
#include <QTimerEvent>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// How often time-outs and what lingers are looked at, while there are any.
constexpr auto sweepInterval = 50ms;

RedisError closedError()
{
    return {.kind = RedisError::Kind::Closed, .message = u"The Redis client was closed."_s};
}

} // namespace

RedisSubscriber::RedisSubscriber(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics,
                                 Mailbox::Address worker)
    : m_options(options)
    , m_metrics(std::move(metrics))
    , m_worker(std::move(worker))
    , m_channelsDelay(options.reconnectDelay, options.maxReconnectDelay)
    , m_shardsDelay(options.reconnectDelay, options.maxReconnectDelay)
{
}

RedisSubscriber::~RedisSubscriber() = default;

void RedisSubscriber::start(RedisRoute &route)
{
    m_route = &route;
    connect(m_route, &RedisRoute::pubSubMoved, this, &RedisSubscriber::moveLinks);
    // With shard channels it is not needed unless somebody asks for a pattern, say.
    if (!m_options.url.shardedPubSub)
        openChannels();
}

void RedisSubscriber::end()
{
    m_route = nullptr;
    m_channelsTimer.stop();
    m_shardsTimer.stop();
    m_sweepTimer.stop();
    m_messageHandler = nullptr;
    m_readyHandler = nullptr;
    m_lostHandler = nullptr;
    m_lingering.clear();
    Entries entries = std::exchange(m_entries, {});
    m_channels.reset();
    m_shards.clear();
    for (auto &[key, entry] : entries) {
        for (Waiter &waiter : entry.waiters)
            waiter.done(std::unexpected(closedError()));
    }
}

std::optional<std::chrono::milliseconds> RedisSubscriber::nextAttempt() const
{
    if (!m_channelsTimer.isActive())
        return std::nullopt;
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(m_channelsRetryAt - Clock::now()),
                    0ms);
}

void RedisSubscriber::setMessageHandler(MessageHandler handler)
{
    m_worker.post(
        [this, handler = std::move(handler)]() mutable { m_messageHandler = std::move(handler); });
}

void RedisSubscriber::setReadyHandler(ReadyHandler handler)
{
    m_worker.post(
        [this, handler = std::move(handler)]() mutable { m_readyHandler = std::move(handler); });
}

void RedisSubscriber::setLostHandler(LostHandler handler)
{
    m_worker.post(
        [this, handler = std::move(handler)]() mutable { m_lostHandler = std::move(handler); });
}

void RedisSubscriber::subscribe(Kind kind, const QByteArray &channel, Subscribed done)
{
    m_worker.post([this, key = SubscriptionKey{kind, channel}, done = std::move(done)]() mutable {
        addReference(key, std::move(done));
    });
}

void RedisSubscriber::unsubscribe(Kind kind, const QByteArray &channel)
{
    m_worker.post([this, key = SubscriptionKey{kind, channel}] { removeReference(key); });
}

void RedisSubscriber::setLinger(std::chrono::milliseconds linger)
{
    m_worker.post([this, linger] { m_linger = linger; });
}

void RedisSubscriber::reconnect(const RedisError &reason)
{
    m_worker.post([this, reason] {
        if (m_channels)
            m_channels->close(reason);
        // Each takes itself out.
        const auto shards = m_shards;
        for (const auto &link : shards)
            link->close(reason);
    });
}

std::unique_ptr<PubSubLink> RedisSubscriber::newLink(const RedisConnectionSettings &settings)
{
    auto link = std::make_unique<PubSubLink>(
        settings, m_metrics, [this](const SubscriptionKey &key) {
            return key.kind == Kind::Shard && m_route ? m_route->shardOf(key.channel) : 0;
        });
    PubSubLink *const it = link.get();
    it->setMessageHandler(&m_messageHandler);
    connect(it, &PubSubLink::acknowledged, this,
            [this](const SubscriptionKey &key) { complete(key, {}); });
    connect(it, &PubSubLink::ready, this, [this, it](qsizetype count) { handleReady(it, count); });
    return link;
}

void RedisSubscriber::openChannels()
{
    if (!m_channels) {
        m_channels = newLink({});
        connect(m_channels.get(), &PubSubLink::lost, this, &RedisSubscriber::handleChannelsLost);
        connect(m_channels.get(), &PubSubLink::refused, this,
                [this](const SubscriptionKey &key, const RedisError &reason) {
                    complete(key, std::unexpected(reason));
                });
    }
    if (m_channels->isClosed())
        resolveChannels();
}

void RedisSubscriber::resolveChannels()
{
    if (std::exchange(m_resolving, true))
        return;
    m_route->resolvePubSub(Kind::Channel, {},
                           [guard = QPointer(m_channels.get()), this](
                               const std::expected<RedisConnectionSettings, RedisError> &settings) {
                               if (!guard)
                                   return;
                               m_resolving = false;
                               if (!settings) {
                                   if (m_channels->isClosed())
                                       handleChannelsLost(settings.error());
                               } else if (m_channels->isClosed()) {
                                   m_channels->open(*settings);
                               } else if (m_channels->endpoint() != settings->endpoint) {
                                   m_channels->close({
                                       .kind = RedisError::Kind::Disconnected,
                                       .message = u"Redis is at %1 now, no longer at %2."_s.arg(
                                           RedisConnection::name(settings->endpoint),
                                           RedisConnection::name(m_channels->endpoint())),
                                   });
                               }
                           });
}

void RedisSubscriber::handleChannelsLost(const RedisError &reason)
{
    if (!m_route)
        return;
    const auto delay = m_channelsDelay.next();
    m_channelsTimer.start(delay, this);
    m_channelsRetryAt = Clock::now() + delay;
    m_channelsLoss = reason.message;
    m_lastLoss = reason;
    logLoss(reason);
    updateMetrics();
    m_route->reportPubSubLoss(m_channels->endpoint(), reason);
    for (const SubscriptionKey &key : m_channels->keys())
        complete(key, std::unexpected(reason));
    if (m_lostHandler)
        m_lostHandler(reason);
}

void RedisSubscriber::handleReady(PubSubLink *link, qsizetype count)
{
    const bool isChannels = link == m_channels.get();
    const bool isReconnect = isChannels ? std::exchange(m_channelsWereReady, true) : m_shardsLost;
    if (isChannels)
        m_channelsDelay.reset();
    else
        m_shardsDelay.reset();
    updateMetrics();
    const bool allReady = (!m_channels || m_channels->isReady()) && m_homeless.empty()
        && std::ranges::all_of(m_shards, [](const auto &shard) { return shard->isReady(); });
    if (allReady) {
        m_shardsLost = false;
        m_lossLogged = false;
    }
    if (isReconnect) {
        m_metrics->reconnects.add();
        qCInfo(lcRedis, "Reconnected successfully to Redis at %ls: dynamic_channels=%lld",
               qUtf16Printable(RedisConnection::name(link->endpoint())),
               static_cast<long long>(count));
    }
    if (m_readyHandler)
        m_readyHandler(count, isReconnect);
}

void RedisSubscriber::logLoss(const RedisError &reason)
{
    if (!std::exchange(m_lossLogged, true)) {
        qCWarning(lcRedis, "Channels: %ls Trying to connect; messages are lost meanwhile.",
                  qUtf16Printable(reason.message));
    }
}

void RedisSubscriber::place(const SubscriptionKey &key, Entry &entry)
{
    if (key.kind == Kind::Shard) {
        lookUpShard(key, entry);
        return;
    }
    openChannels();
    entry.link = m_channels.get();
    m_channels->add(key);
}

void RedisSubscriber::lookUpShard(const SubscriptionKey &key, Entry &entry)
{
    const quint64 lookUp = ++entry.lookUp;
    const auto take = [guard = QPointer(this), this, key,
                       lookUp](const std::expected<RedisConnectionSettings, RedisError> &settings) {
        if (!guard || !m_route)
            return;
        const auto it = m_entries.find(key);
        if (it == m_entries.end() || it->second.lookUp != lookUp)
            return;
        if (settings) {
            addToShardLink(key, *settings);
            return;
        }
        logLoss(settings.error());
        complete(key, std::unexpected(settings.error()));
        lookUpLater(key);
    };
    m_route->resolvePubSub(Kind::Shard, key.channel, take);
}

void RedisSubscriber::addToShardLink(const SubscriptionKey &key,
                                     const RedisConnectionSettings &settings)
{
    Entry &entry = m_entries.find(key)->second;
    PubSubLink *const before = entry.link;
    if (before && before->endpoint() == settings.endpoint) {
        before->add(key);
        return;
    }
    if (before)
        before->remove(key);
    std::shared_ptr<PubSubLink> &link = m_shards[settings.endpoint];
    if (!link) {
        // What is lost is let go of while it tells so.
        link = std::shared_ptr<PubSubLink>(newLink(settings).release(),
                                           [](PubSubLink *gone) { gone->deleteLater(); });
        connect(link.get(), &PubSubLink::lost, this,
                [this, it = link.get()](const RedisError &reason) { handleShardLost(it, reason); });
        const auto lookUpAgain = [this](const SubscriptionKey &again, const RedisError &reason) {
            complete(again, std::unexpected(reason));
            const auto it = m_entries.find(again);
            if (it == m_entries.end() || !m_route)
                return;
            if (reason.code == "MOVED" && it->second.link)
                m_route->reportPubSubLoss(it->second.link->endpoint(), reason);
            if (reason.kind == RedisError::Kind::Server)
                lookUpLater(again);
        };
        connect(link.get(), &PubSubLink::refused, this, lookUpAgain);
        connect(link.get(), &PubSubLink::revoked, this,
                [lookUpAgain](const SubscriptionKey &again) {
                    lookUpAgain(again,
                                {.kind = RedisError::Kind::Server,
                                 .code = "MOVED",
                                 .message = u"The slot of a shard channel has moved."_s});
                });
        link->open(settings);
    }
    entry.link = link.get();
    link->add(key);
    if (before)
        dropShardLinkIfEmpty(before);
}

void RedisSubscriber::handleShardLost(PubSubLink *link, const RedisError &reason)
{
    // One that was given up may still say so, when another has taken its place.
    if (!m_route || m_shards.value(link->endpoint()).get() != link)
        return;
    const std::shared_ptr<PubSubLink> kept = m_shards.take(link->endpoint());
    m_shardsLost = true;
    logLoss(reason);
    m_route->reportPubSubLoss(link->endpoint(), reason);
    for (const SubscriptionKey &key : link->keys()) {
        if (const auto it = m_entries.find(key); it != m_entries.end())
            it->second.link = nullptr;
        complete(key, std::unexpected(reason));
        lookUpLater(key);
    }
    updateMetrics();
    if (m_lostHandler)
        m_lostHandler(reason);
}

void RedisSubscriber::lookUpLater(const SubscriptionKey &key)
{
    m_homeless.insert(key);
    if (!m_shardsTimer.isActive())
        m_shardsTimer.start(m_shardsDelay.next(), this);
}

void RedisSubscriber::dropShardLinkIfEmpty(PubSubLink *link)
{
    if (link != m_channels.get() && link->isEmpty())
        m_shards.remove(link->endpoint());
}

void RedisSubscriber::moveLinks(bool shardsOnly)
{
    for (auto &[key, entry] : m_entries) {
        if (key.kind == Kind::Shard)
            lookUpLater(key);
    }
    // A link that is closed is resolved before it is opened, anyhow.
    if (!shardsOnly && m_channels && !m_channels->isClosed())
        resolveChannels();
}

void RedisSubscriber::addReference(const SubscriptionKey &key, Subscribed done)
{
    if (!m_route) {
        done(std::unexpected(closedError()));
        return;
    }
    auto [it, isNew] = m_entries.try_emplace(key);
    Entry &entry = it->second;
    ++entry.references;
    if (entry.lingering)
        m_lingering.erase(*std::exchange(entry.lingering, std::nullopt));
    if (isNew) {
        place(key, entry);
        updateMetrics();
    }
    if (entry.link && entry.link->isSubscribed(key)) {
        done({});
        return;
    }
    // If it was refused, ask again.
    if (entry.link && !isNew)
        entry.link->add(key);
    // The first attempt to connect, and each other, is waited for; the pauses between them are not.
    if (entry.link && entry.link->isClosed() && !m_resolving) {
        done(std::unexpected(RedisError{.kind = RedisError::Kind::Disconnected,
                                        .message = u"Not connected: %1"_s.arg(m_channelsLoss)}));
        return;
    }
    entry.waiters.push_back({std::move(done), Clock::now() + m_options.commandTimeout});
    ++m_waiters;
    if (!m_sweepTimer.isActive())
        m_sweepTimer.start(sweepInterval, this);
}

void RedisSubscriber::removeReference(const SubscriptionKey &key)
{
    const auto it = m_entries.find(key);
    if (it == m_entries.end() || it->second.references == 0)
        return;
    if (--it->second.references > 0 || m_linger < 0ms)
        return;
    if (m_linger == 0ms) {
        drop(it);
        return;
    }
    it->second.lingering = m_lingering.emplace(Clock::now() + m_linger, key);
    if (!m_sweepTimer.isActive())
        m_sweepTimer.start(sweepInterval, this);
}

void RedisSubscriber::drop(Entries::iterator it)
{
    const SubscriptionKey key = it->first;
    PubSubLink *const link = it->second.link;
    std::vector<Waiter> waiters = std::move(it->second.waiters);
    m_waiters -= qsizetype(waiters.size());
    if (it->second.lingering)
        m_lingering.erase(*it->second.lingering);
    m_entries.erase(it);
    if (link) {
        link->remove(key);
        dropShardLinkIfEmpty(link);
    }
    updateMetrics();
    for (Waiter &waiter : waiters)
        waiter.done(std::unexpected(RedisError{
            .kind = RedisError::Kind::Closed, .message = u"The channel was unsubscribed from."_s}));
}

void RedisSubscriber::complete(const SubscriptionKey &key,
                               const std::expected<void, RedisError> &result)
{
    const auto it = m_entries.find(key);
    if (it == m_entries.end() || it->second.waiters.empty())
        return;
    std::vector<Waiter> waiters = std::exchange(it->second.waiters, {});
    m_waiters -= qsizetype(waiters.size());
    for (Waiter &waiter : waiters)
        waiter.done(result);
}

void RedisSubscriber::updateMetrics()
{
    m_metrics->subscriptions.set(qint64(m_entries.size()));
    const bool hasLink = m_channels || !m_shards.isEmpty();
    const bool ready = hasLink && (!m_channels || m_channels->isReady())
        && std::ranges::all_of(m_shards, [](const auto &shard) { return shard->isReady(); });
    m_metrics->pubSubConnected.set(ready ? 1 : 0);
}

void RedisSubscriber::timerEvent(QTimerEvent *event)
{
    if (event->id() == m_sweepTimer.id()) {
        sweep();
    } else if (event->id() == m_channelsTimer.id()) {
        m_channelsTimer.stop();
        openChannels();
    } else if (event->id() == m_shardsTimer.id()) {
        m_shardsTimer.stop();
        for (const SubscriptionKey &key : std::exchange(m_homeless, {})) {
            if (const auto it = m_entries.find(key); it != m_entries.end())
                lookUpShard(key, it->second);
        }
    } else {
        QObject::timerEvent(event);
    }
}

void RedisSubscriber::sweep()
{
    const auto now = Clock::now();
    while (!m_lingering.empty() && m_lingering.begin()->first <= now)
        drop(m_entries.find(m_lingering.begin()->second));
    if (m_waiters > 0) {
        std::vector<Subscribed> late;
        for (auto &[key, entry] : m_entries) {
            std::erase_if(entry.waiters, [&](Waiter &waiter) {
                if (waiter.deadline > now)
                    return false;
                late.push_back(std::move(waiter.done));
                return true;
            });
        }
        m_waiters -= qsizetype(late.size());
        for (Subscribed &done : late) {
            done(std::unexpected(
                RedisError{.kind = RedisError::Kind::TimedOut,
                           .message = u"Redis did not acknowledge the subscription in time."_s}));
        }
    }
    if (m_waiters == 0 && m_lingering.empty())
        m_sweepTimer.stop();
}

} // namespace LiveTemplate
