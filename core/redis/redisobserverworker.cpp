// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisobserverworker_p.h"

#include "redismetrics_p.h"
#include "redisproblem_p.h"
#include "redispubsub_p.h"

#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Channels of one NUMSUB: a short work for Redis.
constexpr std::size_t channelsPerQuestion = 1000;
/// A Redis with very many channels takes long to list them, and serves nobody meanwhile: so many
/// times as long it is left alone.
constexpr int listingPause = 50;
constexpr auto mostListingInterval = 60s;
/// While connections change: when the next try is due is known a little later.
constexpr auto evaluationDelay = 20ms;

constexpr QByteArrayView everything("*");
/// What a user may be allowed who may not see all.
constexpr QByteArrayView ownChannels("livetemplate:*");

RedisMessage::Time now()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace

RedisObserverWorker::RedisObserverWorker(RedisClient &client, RedisObserverOptions options,
                                         Mailbox::Address owner, Receiver receiver)
    : m_client(client)
    , m_options(std::move(options))
    , m_owner(std::move(owner))
    , m_receiver(std::move(receiver))
    , m_queue(m_options.mostQueuedMessages, m_options.mostQueuedBytes)
    , m_counts(std::max(m_options.mostChannels, qsizetype(1)))
{
}

RedisObserverWorker::~RedisObserverWorker() = default;

template<typename Call>
void RedisObserverWorker::post(Call call)
{
    m_owner.post([self = shared_from_this(), call = std::move(call)]() mutable {
        if (!self->m_hasLeft)
            call(self->m_receiver);
    });
}

void RedisObserverWorker::leave()
{
    m_hasLeft = true;
}

void RedisObserverWorker::start()
{
    m_isRunning = true;
    m_evaluateTimer = std::make_unique<QTimer>();
    m_evaluateTimer->setSingleShot(true);
    QObject::connect(m_evaluateTimer.get(), &QTimer::timeout, m_evaluateTimer.get(),
                     [this] { evaluate(); });
    m_status.state = RedisObserverStatus::State::Connecting;
    const std::weak_ptr weak = weak_from_this();
    m_client.setConnectionHandler([weak] {
        if (const auto self = weak.lock())
            self->evaluateLater();
    });
    RedisPubSub &pubSub = m_client.pubSub();
    pubSub.setLinger(0ms);
    pubSub.setMessageHandler(
        [weak](const QByteArray &channel, const QByteArray &payload, const QByteArray &pattern) {
            if (const auto self = weak.lock())
                self->take(channel, payload, pattern.isEmpty());
        });
    pubSub.setReadyHandler([weak](qsizetype, bool) {
        if (const auto self = weak.lock())
            self->evaluateLater();
    });
    pubSub.setLostHandler([weak](const RedisError &) {
        if (const auto self = weak.lock())
            self->evaluateLater();
    });
    subscribe(everything.toByteArray());
}

void RedisObserverWorker::stop()
{
    m_isRunning = false;
    m_evaluateTimer.reset();
    m_probe.reset();
}

// ------------------------------------------------------------------------------------- Messages

void RedisObserverWorker::subscribe(const QByteArray &pattern)
{
    m_client.pubSub().subscribe(RedisPubSub::Kind::Pattern, pattern,
                                [self = shared_from_this(),
                                 pattern](const std::expected<void, RedisError> &result) {
                                    self->handleSubscribed(pattern, result);
                                });
}

void RedisObserverWorker::handleSubscribed(const QByteArray &pattern,
                                           const std::expected<void, RedisError> &result)
{
    if (!m_isRunning)
        return;
    if (result) {
        m_pattern = pattern;
    } else if (result.error().kind == RedisError::Kind::Server) {
        m_refusal = {RedisProblem::Kind::NotAllowed,
                     u"This user may not subscribe to all channels."_s,
                     u"Ask for the right to the pattern * (ACL: allchannels +psubscribe); without "
                     "it only LiveTemplate's channels are seen."_s};
        // One that is refused must not be asked for again with each connection.
        m_client.pubSub().unsubscribe(RedisPubSub::Kind::Pattern, pattern);
        if (pattern == everything) {
            subscribe(ownChannels.toByteArray());
        } else {
            m_refusal.sentence = u"This user may not subscribe to channels by pattern."_s;
            m_refusal.advice = u"Ask for the right to LiveTemplate's channels at least (ACL: "
                               "&livetemplate:* +psubscribe)."_s;
        }
    } else if (result.error().kind != RedisError::Kind::Closed) {
        // It stays wanted, and to ask once more tells when it was made.
        const auto again = [self = shared_from_this(), pattern] {
            self->m_client.pubSub().unsubscribe(RedisPubSub::Kind::Pattern, pattern);
            self->subscribe(pattern);
        };
        QTimer::singleShot(m_options.reconnectDelay, m_evaluateTimer.get(), again);
    }
    evaluateLater();
}

void RedisObserverWorker::take(const QByteArray &channel, const QByteArray &payload, bool isSharded)
{
    if (!m_isRunning)
        return;
    RedisMessage message{.number = ++m_messageCount,
                         .receivedAt = now(),
                         .payload = payload,
                         .size = payload.size(),
                         .isSharded = isSharded};
    message.channel = m_counts.count(channel, isSharded, message.size, message.receivedAt);
    if (m_options.reader)
        message.content = m_options.reader(message);
    if (message.size > m_options.mostPayload)
        message.payload = payload.left(qsizetype(m_options.mostPayload));
    {
        const std::lock_guard lock(m_queueMutex);
        m_queue.add(std::move(message));
        if (std::exchange(m_isMessagesTold, true))
            return;
    }
    post([](const Receiver &receiver) { receiver.messages(); });
}

QList<RedisMessage> RedisObserverWorker::takeMessages(qsizetype most, bool &areMore)
{
    const std::lock_guard lock(m_queueMutex);
    QList<RedisMessage> batch = m_queue.take(most);
    areMore = !m_queue.isEmpty();
    // Whoever finds some left comes again by himself.
    m_isMessagesTold = areMore;
    return batch;
}

// --------------------------------------------------------------------------------------- Status

void RedisObserverWorker::evaluateLater()
{
    if (m_isRunning && !m_evaluateTimer->isActive())
        m_evaluateTimer->start(evaluationDelay);
}

void RedisObserverWorker::evaluate()
{
    const bool isReady = m_client.isConnected() && m_client.metrics()->pubSubConnected.value() == 1;
    if (isReady && (!m_pattern.isEmpty() || m_refusal.kind != RedisProblem::Kind::None)) {
        m_wasConnected = true;
        tell({.state = RedisObserverStatus::State::Connected,
              .problem = m_refusal,
              .pattern = m_pattern});
        return;
    }
    if (const auto error = m_client.error())
        handleFailure(*error);
    else if (m_wasConnected && m_status.state == RedisObserverStatus::State::Connected)
        handleFailure({.kind = RedisError::Kind::Disconnected,
                       .message = u"The connection for channels was lost."_s});
}

void RedisObserverWorker::handleFailure(const RedisError &error)
{
    if (!m_wasConnected && !m_wasProbed && isAmbiguous(error)) {
        probePort(error);
        return;
    }
    const RedisProblem problem = explain(error, m_client.options().url, m_finding, m_wasConnected);
    RedisObserverStatus status{.state = RedisObserverStatus::State::Waiting, .problem = problem};
    if (problem.needsSomebody() && !m_wasConnected) {
        status.state = RedisObserverStatus::State::Failed;
    } else if (const auto delay = m_client.nextAttempt()) {
        // Within a few milliseconds it is the same one.
        const auto at = Clock::now() + *delay;
        const bool isSame = m_status.nextTry && std::chrono::abs(*m_status.nextTry - at) < 100ms;
        status.nextTry = isSame ? *m_status.nextTry : at;
        // Then it is being tried.
        m_evaluateTimer->start(*delay + evaluationDelay);
    }
    tell(std::move(status));
}

void RedisObserverWorker::probePort(const RedisError &error)
{
    if (m_probe)
        return;
    const RedisUrl &url = m_client.options().url;
    if (url.endpoints.isEmpty())
        return;
    m_probe = std::make_unique<PortProbe>(
        url.endpoints.first(), [this, error](PortProbe::Finding finding) {
            m_finding = finding;
            m_wasProbed = true;
            const std::shared_ptr<PortProbe> kept = std::move(m_probe);
            QTimer::singleShot(0, m_evaluateTimer.get(), [kept] {});
            handleFailure(m_client.error().value_or(error));
        });
}

void RedisObserverWorker::tell(RedisObserverStatus status)
{
    if (status == m_status)
        return;
    m_status = status;
    post([status = std::move(status)](const Receiver &receiver) { receiver.status(status); });
}

// -------------------------------------------------------------------------------------- Listing

void RedisObserverWorker::sample()
{
    if (!m_isRunning)
        return;
    const bool isDue = Clock::now() >= m_nextListing
        && m_status.state == RedisObserverStatus::State::Connected;
    if (isDue && !m_isListing)
        list();
    // The counts need no answer of Redis.
    observe();
}

void RedisObserverWorker::list()
{
    m_isListing = true;
    m_listingBegan = Clock::now();
    ++m_listings;
    m_listingProblem = {};
    listChannels(false);
}

void RedisObserverWorker::listChannels(bool isSharded)
{
    if (isSharded && !m_hasShardChannels) {
        askForPatterns();
        return;
    }
    const QByteArray what = isSharded ? "SHARDCHANNELS"_ba : "CHANNELS"_ba;
    m_client.commandOnAllMasters(
        {"PUBSUB"_ba, what},
        [self = shared_from_this(), isSharded](const RedisClient::Reply &reply) {
            if (!self->m_isRunning)
                return;
            if (reply) {
                self->takeListing(*reply, isSharded);
                return;
            }
            if (isSharded && reply.error().kind == RedisError::Kind::Server) {
                self->m_hasShardChannels = false; // Redis 6 has none
                self->askForPatterns();
                return;
            }
            self->m_listingProblem = explain(reply.error(), self->m_client.options().url,
                                             PortProbe::Finding::Unknown, true);
            self->finishListing();
        });
}

void RedisObserverWorker::takeListing(const RedisValue &answers, bool isSharded)
{
    // A channel may have subscribers at several nodes.
    QSet<QByteArray> names;
    for (const RedisValue &answer : answers.toArray()) {
        const RedisValue &list = answer.at(1);
        if (list.isError()) {
            if (isSharded)
                m_hasShardChannels = false;
            else
                m_listingProblem = {RedisProblem::Kind::NotAllowed,
                                    QString::fromUtf8(list.toBytes()),
                                    {}};
        }
        for (const RedisValue &name : list.toArray())
            names.insert(name.toBytes());
    }
    m_counts.list({names.cbegin(), names.cend()}, isSharded);
    if (isSharded)
        m_listedShardChannels = names.size();
    m_unasked = m_counts.listed(isSharded);
    m_answered.clear();
    askForSubscribers(isSharded);
}

void RedisObserverWorker::askForSubscribers(bool isSharded)
{
    if (m_unasked.empty()) {
        for (auto it = m_answered.cbegin(); it != m_answered.cend(); ++it) {
            // We are none of them.
            const bool isOurs = isSharded && m_shardChannels.contains(it.key());
            m_counts.setSubscribers(it.key(), isSharded,
                                    std::max(*it - (isOurs ? 1 : 0), qint64(0)));
        }
        if (isSharded) {
            followShardChannels();
            askForPatterns();
        } else {
            listChannels(true);
        }
        return;
    }
    QList<QByteArray> question{"PUBSUB"_ba, isSharded ? "SHARDNUMSUB"_ba : "NUMSUB"_ba};
    for (std::size_t i = 0; i < channelsPerQuestion && !m_unasked.empty(); ++i) {
        question += m_unasked.back();
        m_unasked.pop_back();
    }
    m_client.commandOnAllMasters(
        std::move(question),
        [self = shared_from_this(), isSharded](const RedisClient::Reply &reply) {
            if (!self->m_isRunning)
                return;
            if (!reply) {
                self->finishListing();
                return;
            }
            for (const RedisValue &answer : reply->toArray()) {
                const RedisValue::Array &pairs = answer.at(1).toArray();
                for (qsizetype i = 0; i + 1 < pairs.size(); i += 2)
                    self->m_answered[pairs[i].toBytes()] += pairs[i + 1].toInteger().value_or(0);
            }
            self->askForSubscribers(isSharded);
        });
}

void RedisObserverWorker::askForPatterns()
{
    m_client.commandOnAllMasters({"PUBSUB"_ba, "NUMPAT"_ba},
                                 [self = shared_from_this()](const RedisClient::Reply &reply) {
                                     if (!self->m_isRunning)
                                         return;
                                     if (reply) {
                                         qint64 patterns = 0;
                                         for (const RedisValue &answer : reply->toArray())
                                             patterns += answer.at(1).toInteger().value_or(0);
                                         const qint64 ours = self->m_pattern.isEmpty() ? 0 : 1;
                                         self->m_patterns = std::max(patterns - ours, qint64(0));
                                     }
                                     self->finishListing();
                                 });
}

void RedisObserverWorker::finishListing()
{
    m_isListing = false;
    const auto duration = Clock::now() - m_listingBegan;
    const auto pause = std::max<Clock::duration>(m_options.listingInterval,
                                                 duration * listingPause);
    m_nextListing = Clock::now() + std::min<Clock::duration>(pause, mostListingInterval);
    observe();
}

void RedisObserverWorker::followShardChannels()
{
    QSet<QByteArray> wanted;
    for (auto it = m_answered.cbegin(); it != m_answered.cend(); ++it) {
        const qint64 others = *it - (m_shardChannels.contains(it.key()) ? 1 : 0);
        if (others > 0 && wanted.size() < m_options.mostShardChannels)
            wanted.insert(it.key());
    }
    RedisPubSub &pubSub = m_client.pubSub();
    for (const QByteArray &channel : QSet(m_shardChannels).subtract(wanted))
        pubSub.unsubscribe(RedisPubSub::Kind::Shard, channel);
    for (const QByteArray &channel : QSet(wanted).subtract(m_shardChannels))
        pubSub.subscribe(RedisPubSub::Kind::Shard, channel, [](const auto &) {});
    m_shardChannels = wanted;
}

QStringList RedisObserverWorker::limits() const
{
    QStringList sentences;
    if (m_refusal.kind != RedisProblem::Kind::None)
        sentences += m_refusal.sentence;
    if (m_listingProblem.kind != RedisProblem::Kind::None)
        sentences += u"Channels without messages cannot be listed: %1"_s.arg(
            m_listingProblem.sentence);
    if (m_listedShardChannels > m_options.mostShardChannels) {
        sentences += u"There are %L1 shard channels; the messages of %L2 of them are seen."_s
                         .arg(m_listedShardChannels)
                         .arg(m_options.mostShardChannels);
    }
    if (m_client.options().url.topology == RedisUrl::Topology::Cluster) {
        sentences += u"Of shard channels messages are seen once somebody has subscribed to them; "
                     "subscribers at replicas are not counted."_s;
    }
    return sentences;
}

void RedisObserverWorker::observe()
{
    RedisObservation observation;
    observation.time = now();
    m_counts.observe(observation, observation.time);
    {
        const std::lock_guard lock(m_queueMutex);
        observation.droppedMessages = m_queue.droppedMessages();
        observation.droppedBytes = m_queue.droppedBytes();
    }
    observation.patterns = m_patterns;
    observation.listings = m_listings;
    observation.limits = limits();
    if (observation.listedChannels > m_options.mostChannels) {
        observation.limits.prepend(
            u"This Redis has %L1 channels. %L2 are listed here, LiveTemplate's and the busy ones "
            "first; the messages of all are counted."_s.arg(observation.listedChannels)
                .arg(observation.channels.size()));
    }
    post([observation = std::move(observation)](const Receiver &receiver) {
        receiver.observation(observation);
    });
}

} // namespace LiveTemplate
