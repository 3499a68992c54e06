// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clusterrouter_p.h"

#include "hashslot_p.h"
#include "rediscommand_p.h"
#include "redislogging_p.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Between two questions for slots, at least: one answer serves many that were redirected.
constexpr auto leastRefreshInterval = 100ms;
/// And at most: a node that has left passes no messages on, and nobody says so.
constexpr auto mostRefreshInterval = 10s;
/// How long one node may take to tell of slots before the next is asked, at most.
constexpr auto refreshPatience = 1000ms;
/// Before what was refused is sent again: the first time, and at most.
constexpr auto firstRetryDelay = 10ms;
constexpr auto mostRetryDelay = 250ms;
/// After so many redirections in a row there is a pause: nodes may send us in a circle.
constexpr int mostRedirections = 5;
/// How often deadlines are looked at of what waits for a connection.
constexpr auto sweepInterval = 50ms;
/// A connection to a node that serves no slot is closed when it was not used for so long.
constexpr auto idleTime = 5s;
/// For how long Pub/Sub keeps away from a node where it has failed.
constexpr auto pubSubAvoidance = 2s;

bool isRefused(QByteArrayView code)
{
    static constexpr auto codes = std::to_array<QByteArrayView>(
        {"MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "READONLY"});
    return std::ranges::find(codes, code) != codes.end();
}

bool isNeverRefused(QByteArrayView)
{
    return false;
}

RedisError closedError()
{
    return {RedisError::Kind::Closed, {}, u"The connection to Redis was closed."_s};
}

} // namespace

ClusterRouter::Node::Node(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics,
                          const Endpoint &endpoint, QObject *parent)
    : delay(options.reconnectDelay, options.maxReconnectDelay)
{
    auto settings = RedisConnectionSettings::fromOptions(options, endpoint);
    settings.database = 0; // a Cluster has no other
    connection = new RedisConnection(std::move(settings), std::move(metrics), parent);
}

ClusterRouter::ClusterRouter(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics)
    : m_options(options)
    , m_metrics(std::move(metrics))
    , m_refreshDelay(options.reconnectDelay, options.maxReconnectDelay)
{
    m_laterTimer.setSingleShot(true);
    connect(&m_laterTimer, &QTimer::timeout, this, &ClusterRouter::retryDue);
    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &ClusterRouter::beginRefresh);
    m_sweepTimer.setInterval(sweepInterval);
    connect(&m_sweepTimer, &QTimer::timeout, this, &ClusterRouter::sweep);
}

ClusterRouter::~ClusterRouter()
{
    m_isClosing = true;
    for (const NodePointer &node : std::as_const(m_nodes)) {
        node->connection->disconnect(this);
        node->connection->close(closedError());
        node->waiting.clear();
    }
    m_later.clear();
    for (Waiter &waiter : std::exchange(m_waiters, {}))
        waiter.done(std::unexpected(closedError()));
}

void ClusterRouter::start()
{
    m_sweepTimer.start();
    beginRefresh();
}

// Commands

void ClusterRouter::send(RedisRequest request)
{
    dispatch(std::make_unique<RedisAttempt>(std::move(request)));
}

void ClusterRouter::dispatch(AttemptPointer attempt)
{
    const QByteArray &key = attempt->request().key;
    const auto endpoint = key.isNull() ? anyNode() : m_slots.owner(hashSlot(key));
    if (endpoint) {
        pass(*endpoint, {.attempt = std::move(attempt)});
        return;
    }
    refresh();
    retryLater(std::move(attempt),
               {RedisError::Kind::Disconnected, {}, u"No node serves the slot of the key."_s});
}

std::optional<RedisUrl::Endpoint> ClusterRouter::anyNode()
{
    const auto isUsable = [&](const Endpoint &endpoint) {
        const auto node = m_nodes.constFind(endpoint);
        return node != m_nodes.cend() && (*node)->connection->isOpen() && !(*node)->isSuspect;
    };
    if (m_anyNode && isUsable(*m_anyNode) && m_slots.nodes().contains(*m_anyNode))
        return m_anyNode;
    const QList<Endpoint> masters = m_slots.masters();
    const auto usable = std::ranges::find_if(masters, isUsable);
    if (usable != masters.end())
        m_anyNode = *usable;
    else if (!masters.isEmpty())
        m_anyNode = masters[QRandomGenerator::global()->bounded(masters.size())];
    else
        m_anyNode.reset();
    return m_anyNode;
}

void ClusterRouter::pass(const Endpoint &endpoint, Passage passage)
{
    const NodePointer target = node(endpoint);
    target->usedAt = Clock::now();
    switch (target->connection->state()) {
    case RedisConnection::State::Open:
        transmit(endpoint, target, std::move(passage));
        return;
    case RedisConnection::State::Closed:
        if (!passage.isPinned && target->usedAt < target->notBefore) {
            refresh();
            retryLater(std::move(passage.attempt), target->error);
            return;
        }
        target->connection->open();
        [[fallthrough]];
    case RedisConnection::State::Opening:
        target->waiting.push_back(std::move(passage));
    }
}

void ClusterRouter::transmit(const Endpoint &endpoint, const NodePointer &node, Passage passage)
{
    const RedisAttempt::Outgoing outgoing = passage.attempt->outgoing(passage.asking);
    const auto remaining = passage.attempt->request().remaining();
    node->connection->send(
        outgoing.encoded, outgoing.replies,
        [this, endpoint, passage = std::move(passage)](RedisConnection::Reply reply) mutable {
            handleReply(endpoint, std::move(passage), std::move(reply));
        },
        remaining);
}

void ClusterRouter::handleReply(const Endpoint &endpoint, Passage passage,
                                RedisConnection::Reply reply)
{
    if (!m_isClosing) {
        const bool isTimedOut = !reply && reply.error().kind == RedisError::Kind::TimedOut;
        const NodePointer from = m_nodes.value(endpoint);
        if (from && (reply || reply.error().kind == RedisError::Kind::Server || isTimedOut))
            from->isSuspect = isTimedOut;
        if (isTimedOut && !m_isRefreshing)
            refresh(); // somebody may have taken its place
    }

    RedisAttempt &attempt = *passage.attempt;
    const auto refusal = attempt.take(std::move(reply),
                                      passage.isPinned ? isNeverRefused : isRefused);
    if (!refusal) {
        attempt.settle();
        return;
    }
    if (m_isClosing)
        return;
    attempt.lastError = refusal;
    if (const auto redirection = Redirection::parse(refusal->message.toUtf8(), endpoint)) {
        const bool isAsk = redirection->kind == Redirection::Kind::Ask;
        if (isAsk) {
            m_metrics->redirectsAsk.add();
        } else {
            m_metrics->redirectsMoved.add();
            moveSlot(*redirection);
        }
        if (!attempt.isOverdue() && attempt.redirections++ < mostRedirections) {
            pass(redirection->target, {.attempt = std::move(passage.attempt), .asking = isAsk});
            return;
        }
        attempt.redirections = 0;
    } else {
        m_metrics->clusterRetries.add();
        if (refusal->code != "TRYAGAIN")
            refresh();
    }
    retryLater(std::move(passage.attempt), *refusal);
}

void ClusterRouter::retryLater(AttemptPointer attempt, const RedisError &reason)
{
    if (attempt->isOverdue()) {
        attempt->fail(reason);
        return;
    }
    attempt->lastError = reason;
    const int doublings = std::min(attempt->retries++, 10);
    const auto delay = std::min<std::chrono::milliseconds>(firstRetryDelay * (1 << doublings),
                                                           mostRetryDelay);
    const auto due = std::min(Clock::now() + delay, attempt->request().deadline);
    m_later.emplace(due, std::move(attempt));
    scheduleRetries();
}

void ClusterRouter::scheduleRetries()
{
    if (m_later.empty()) {
        m_laterTimer.stop();
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_later.begin()->first
                                                                   - Clock::now());
    m_laterTimer.start(std::max(left, 0ms));
}

void ClusterRouter::retryDue()
{
    const auto end = m_later.upper_bound(Clock::now());
    std::vector<AttemptPointer> due;
    for (auto it = m_later.begin(); it != end; it = m_later.erase(it))
        due.push_back(std::move(it->second));
    for (AttemptPointer &attempt : due) {
        if (attempt->isOverdue())
            attempt->fail(*attempt->lastError);
        else
            dispatch(std::move(attempt));
    }
    scheduleRetries();
}

void ClusterRouter::sendToAllMasters(RedisRequest request)
{
    struct Collection
    {
        RedisConnection::Done done;
        RedisValue::Array answers;
        std::optional<RedisError> error;
        qsizetype missing = 0;
    };

    const QList<Endpoint> masters = m_slots.masters();
    if (masters.isEmpty()) {
        request.done(
            std::unexpected(RedisError{RedisError::Kind::Disconnected, {}, error().message}));
        return;
    }
    auto collection = std::make_shared<Collection>();
    collection->done = std::move(request.done);
    collection->answers.resize(masters.size());
    collection->missing = masters.size();
    for (qsizetype index = 0; index < masters.size(); ++index) {
        RedisRequest part;
        part.encoded = request.encoded;
        part.replies = request.replies;
        part.deadline = request.deadline;
        part.done = [collection, index, name = RedisConnection::name(masters[index]).toUtf8()](
                        RedisConnection::Reply reply) {
            if (reply) {
                collection->answers[index] = RedisValue::Array{name, std::move(*reply)};
            } else if (reply.error().kind == RedisError::Kind::Server) {
                collection->answers[index] = RedisValue::Array{
                    name, RedisValue::Error{reply.error().message.toUtf8()}};
            } else {
                // A part must not be taken for the whole.
                collection->error = std::move(reply.error());
            }
            if (--collection->missing > 0)
                return;
            if (collection->error)
                collection->done(std::unexpected(*collection->error));
            else
                collection->done(RedisValue(std::move(collection->answers)));
        };
        pass(masters[index],
             {.attempt = std::make_unique<RedisAttempt>(std::move(part)), .isPinned = true});
    }
}

void ClusterRouter::sendToNode(const QByteArray &node, RedisRequest request)
{
    for (const Endpoint &endpoint : m_slots.nodes()) {
        if (RedisConnection::name(endpoint).toUtf8() == node) {
            pass(endpoint,
                 {.attempt = std::make_unique<RedisAttempt>(std::move(request)), .isPinned = true});
            return;
        }
    }
    request.done(std::unexpected(
        RedisError{RedisError::Kind::Unreachable,
                   {},
                   u"%1 is not a node of the Cluster."_s.arg(QString::fromUtf8(node))}));
}

// Nodes

ClusterRouter::NodePointer ClusterRouter::node(const Endpoint &endpoint)
{
    NodePointer &result = m_nodes[endpoint];
    if (!result) {
        result = std::make_shared<Node>(m_options, m_metrics, endpoint, this);
        connect(result->connection, &RedisConnection::opened, this,
                [this, endpoint] { handleOpened(endpoint); });
        connect(result->connection, &RedisConnection::lost, this,
                [this, endpoint](const RedisError &reason) { handleLost(endpoint, reason); });
    }
    return result;
}

void ClusterRouter::handleOpened(const Endpoint &endpoint)
{
    const NodePointer opened = node(endpoint);
    opened->delay.reset();
    opened->notBefore = {};
    opened->isSuspect = false;
    if (std::exchange(opened->wasOpen, true))
        m_metrics->reconnects.add();
    for (Passage &passage : std::exchange(opened->waiting, {}))
        pass(endpoint, std::move(passage));
    updateConnected({});
}

void ClusterRouter::handleLost(const Endpoint &endpoint, const RedisError &reason)
{
    const NodePointer lost = node(endpoint);
    lost->error = reason;
    lost->notBefore = Clock::now() + lost->delay.next();
    lost->isSuspect = true;
    qCDebug(lcRedis).noquote() << "A node of the Cluster was lost:" << reason.message;
    // Nothing of it was sent.
    for (Passage &passage : std::exchange(lost->waiting, {})) {
        if (passage.isPinned)
            passage.attempt->fail(reason);
        else
            retryLater(std::move(passage.attempt), reason);
    }
    refresh();
    updateConnected(reason);
}

void ClusterRouter::updateConnected(const RedisError &reason)
{
    const auto isOpen = [](const NodePointer &node) {
        return node->connection->isOpen();
    };
    const bool hasConnection = std::ranges::any_of(std::as_const(m_nodes), isOpen);
    if (!hasConnection) {
        setDisconnected(reason);
    } else if (!m_slots.isEmpty() && !isConnected()) {
        const auto open = std::ranges::find_if(std::as_const(m_nodes), isOpen);
        setConnected(u"%1 and the other nodes of its Cluster"_s.arg(
            RedisConnection::name((*open)->connection->settings().endpoint)));
    }
}

void ClusterRouter::sweep()
{
    expireWaiting();
    if (Clock::now() - m_idleCheckedAt < 1s)
        return;
    m_idleCheckedAt = Clock::now();
    dropIdle();
    if (Clock::now() - m_refreshedAt >= mostRefreshInterval)
        refresh();
}

void ClusterRouter::expireWaiting()
{
    const auto now = Clock::now();
    const auto nodes = m_nodes;
    for (const NodePointer &node : nodes) {
        if (node->waiting.empty())
            continue;
        for (Passage &passage : std::exchange(node->waiting, {})) {
            if (!passage.attempt->isOverdue()) {
                node->waiting.push_back(std::move(passage));
                continue;
            }
            const QString name = RedisConnection::name(node->connection->settings().endpoint);
            node->isSuspect = true;
            passage.attempt->fail(passage.attempt->lastError.value_or(
                RedisError{RedisError::Kind::TimedOut,
                           {},
                           u"No connection to Redis at %1 in time."_s.arg(name)}));
        }
    }
    for (Waiter &waiter : std::exchange(m_waiters, {})) {
        if (waiter.deadline <= now)
            waiter.done(std::unexpected(error()));
        else
            m_waiters.push_back(std::move(waiter));
    }
}

void ClusterRouter::dropIdle()
{
    const auto now = Clock::now();
    m_pubSubLostAt.removeIf([&](QHash<Endpoint, Clock::time_point>::iterator lost) {
        return now - lost.value() > pubSubAvoidance;
    });
    auto open = std::ranges::count_if(std::as_const(m_nodes), [](const NodePointer &node) {
        return node->connection->isOpen();
    });
    const QList<Endpoint> masters = m_slots.masters();
    m_nodes.removeIf([&](QHash<Endpoint, NodePointer>::iterator entry) {
        const NodePointer &node = entry.value();
        const bool isNeeded = masters.contains(entry.key()) || !node->waiting.empty()
            || node->connection->waiting() > 0 || now - node->usedAt < idleTime
            || node->connection->state() == RedisConnection::State::Opening;
        // The last one is kept: it can tell of the others.
        if (isNeeded || (node->connection->isOpen() && open <= 1))
            return false;
        if (node->connection->isOpen())
            --open;
        node->connection->disconnect(this);
        node->connection->close(closedError());
        node->connection->deleteLater();
        return true;
    });
}

// Slots

void ClusterRouter::refresh(const std::optional<Endpoint> &preferred)
{
    if (preferred)
        m_preferred = preferred;
    if (m_isRefreshing) {
        m_isRefreshWanted = true;
        return;
    }
    if (m_refreshTimer.isActive())
        return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        m_refreshedAt + leastRefreshInterval - Clock::now());
    m_refreshTimer.start(std::max(left, 0ms));
}

void ClusterRouter::beginRefresh()
{
    m_isRefreshing = true;
    m_isRefreshWanted = false;
    m_refreshError = {RedisError::Kind::Unreachable, {}, u"There is no node to ask."_s};
    // First who knows best and answers soonest.
    QList<Endpoint> known = m_slots.masters() + m_slots.nodes() + m_options.url.endpoints;
    const auto rank = [&](const Endpoint &endpoint) {
        const NodePointer node = m_nodes.value(endpoint);
        if (!node)
            return 1;
        if (node->isSuspect)
            return 2;
        return node->connection->isOpen() ? 0 : 1;
    };
    std::ranges::stable_sort(known, {}, rank);
    if (m_preferred)
        known.prepend(*std::exchange(m_preferred, {}));
    m_notAsked.clear();
    for (const Endpoint &endpoint : std::as_const(known)) {
        if (!m_notAsked.contains(endpoint))
            m_notAsked.append(endpoint);
    }
    askNext();
}

void ClusterRouter::askNext()
{
    if (!m_notAsked.isEmpty()) {
        ask(m_notAsked.takeFirst(), false);
        return;
    }
    m_isRefreshing = false;
    if (!isConnected())
        setDisconnected(m_refreshError);
    for (Waiter &waiter : std::exchange(m_waiters, {}))
        waiter.done(std::unexpected(m_refreshError));
    m_refreshTimer.start(m_refreshDelay.next());
}

void ClusterRouter::ask(const Endpoint &endpoint, bool forShards)
{
    const auto patience = std::min<std::chrono::milliseconds>(refreshPatience,
                                                              m_options.commandTimeout);
    RedisRequest question;
    question.encoded = encodeRedisCommand({"CLUSTER", forShards ? "SHARDS" : "SLOTS"});
    question.deadline = Clock::now() + patience;
    question.done = [this, endpoint, forShards](const RedisConnection::Reply &reply) {
        takeSlots(endpoint, reply, forShards);
    };
    pass(endpoint,
         {.attempt = std::make_unique<RedisAttempt>(std::move(question)), .isPinned = true});
}

void ClusterRouter::takeSlots(const Endpoint &endpoint, const RedisConnection::Reply &reply,
                              bool areShards)
{
    if (m_isClosing)
        return;
    const QString name = RedisConnection::name(endpoint);
    if (!reply) {
        m_refreshError = reply.error();
        if (reply.error().kind != RedisError::Kind::Server) {
            askNext();
            return;
        }
        // CLUSTER SLOTS may be gone from a future Redis.
        if (!areShards && m_refreshError.message.contains("unknown"_L1, Qt::CaseInsensitive)) {
            ask(endpoint, true);
            return;
        }
        m_refreshError.message = u"Redis at %1 does not tell of a Cluster: %2"_s.arg(
            name, m_refreshError.message);
        askNext();
        return;
    }
    auto answer = areShards ? ClusterSlots::fromShards(*reply, endpoint, m_options.url.tls)
                            : ClusterSlots::fromSlots(*reply, endpoint);
    if (!answer) {
        m_refreshError = {RedisError::Kind::Protocol,
                          {},
                          u"Redis at %1 tells of slots in a way that is not understood."_s.arg(
                              name)};
        askNext();
        return;
    }
    if (answer->coverage() == 0) {
        // It has left the Cluster, or has not joined it yet.
        m_refreshError = {RedisError::Kind::Server, "CLUSTERDOWN",
                          u"Redis at %1 knows of no node that serves slots."_s.arg(name)};
        askNext();
        return;
    }
    m_isRefreshing = false;
    m_refreshedAt = Clock::now();
    m_refreshDelay.reset();
    apply(std::move(*answer));
    if (m_isRefreshWanted)
        refresh();
}

void ClusterRouter::apply(ClusterSlots newSlots)
{
    m_slots = std::move(newSlots);
    updateConnected({});
    followOwners();
    for (Waiter &waiter : std::exchange(m_waiters, {}))
        resolvePubSub(waiter.kind, waiter.channel, std::move(waiter.done));
    tellPubSub();
}

void ClusterRouter::moveSlot(const Redirection &redirection)
{
    if (m_slots.owner(redirection.slot) != redirection.target) {
        m_slots.setOwner(redirection.slot, redirection.target);
        tellPubSub();
    }
    refresh(redirection.target);
}

/// What waits for a node that does not serve it any longer goes to the one that does.
void ClusterRouter::followOwners()
{
    std::vector<AttemptPointer> moved;
    for (auto it = m_nodes.cbegin(); it != m_nodes.cend(); ++it) {
        for (Passage &passage : std::exchange((*it)->waiting, {})) {
            const QByteArray &key = passage.attempt->request().key;
            const bool stays = passage.isPinned || passage.asking || key.isNull()
                || m_slots.owner(hashSlot(key)) == it.key();
            if (stays)
                (*it)->waiting.push_back(std::move(passage));
            else
                moved.push_back(std::move(passage.attempt));
        }
    }
    for (AttemptPointer &attempt : moved)
        dispatch(std::move(attempt));
}

// Pub/Sub

int ClusterRouter::shardOf(const QByteArray &channel) const
{
    return hashSlot(channel);
}

void ClusterRouter::resolvePubSub(RedisPubSub::Kind kind, const QByteArray &channel, Resolved done)
{
    if (m_slots.isEmpty()) {
        m_waiters.push_back(
            {kind, channel, std::move(done), Clock::now() + m_options.connectTimeout});
        return;
    }
    const auto endpoint = pubSubNode(kind, channel);
    if (!endpoint) {
        done(std::unexpected(endpoint.error()));
        return;
    }
    auto settings = RedisConnectionSettings::fromOptions(m_options, *endpoint);
    settings.database = 0;
    done(std::move(settings));
}

std::expected<RedisUrl::Endpoint, RedisError> ClusterRouter::pubSubNode(RedisPubSub::Kind kind,
                                                                        const QByteArray &channel)
{
    if (kind == RedisPubSub::Kind::Shard) {
        const int slot = hashSlot(channel);
        const auto owner = m_slots.owner(slot);
        if (!owner) {
            refresh();
            return std::unexpected(RedisError{
                RedisError::Kind::Disconnected, {}, u"No node serves the slot of the channel."_s});
        }
        m_shardsAt.insert(slot, *owner);
        return *owner;
    }
    // All nodes pass on what is published at any: it is only that they be there.
    const QList<Endpoint> masters = m_slots.masters();
    const auto isAvoided = [&](const Endpoint &endpoint) {
        const auto lost = m_pubSubLostAt.constFind(endpoint);
        if (lost != m_pubSubLostAt.cend() && Clock::now() - *lost < pubSubAvoidance)
            return true;
        const NodePointer node = m_nodes.value(endpoint);
        return node && node->isSuspect;
    };
    if (m_channelsAt && masters.contains(*m_channelsAt) && !isAvoided(*m_channelsAt))
        return *m_channelsAt;
    QList<Endpoint> choice = masters;
    choice.removeIf(isAvoided);
    if (choice.isEmpty())
        choice = masters;
    if (choice.isEmpty())
        return std::unexpected(error());
    m_channelsAt = choice[QRandomGenerator::global()->bounded(choice.size())];
    return *m_channelsAt;
}

void ClusterRouter::reportPubSubLoss(const RedisUrl::Endpoint &endpoint, const RedisError &reason)
{
    const auto redirection = Redirection::parse(reason.message.toUtf8(), endpoint);
    if (redirection && redirection->kind == Redirection::Kind::Moved) {
        moveSlot(*redirection);
        return;
    }
    if (reason.kind != RedisError::Kind::Server)
        m_pubSubLostAt.insert(endpoint, Clock::now());
    refresh();
}

void ClusterRouter::tellPubSub()
{
    // A node that has left passes nothing on, and does not say so.
    if (m_channelsAt && !m_slots.nodes().contains(*m_channelsAt)) {
        m_channelsAt.reset();
        m_shardsAt.clear();
        Q_EMIT pubSubMoved(false);
        return;
    }
    const auto moved = m_shardsAt.removeIf([&](QHash<int, Endpoint>::iterator shard) {
        return m_slots.owner(shard.key()) != shard.value();
    });
    if (moved > 0)
        Q_EMIT pubSubMoved(true);
}

} // namespace LiveTemplate
