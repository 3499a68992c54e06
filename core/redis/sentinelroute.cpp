// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sentinelroute_p.h"

#include "rediscommand_p.h"
#include "redislogging_p.h"
#include "sentinelanswer_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// How often deadlines of what is kept are looked at.
constexpr auto sweepInterval = 20ms;

bool isReadOnly(QByteArrayView code)
{
    return code == "READONLY";
}

RedisError closedError()
{
    return {RedisError::Kind::Closed, {}, u"The connection to Redis was closed."_s};
}

} // namespace

SentinelRoute::SentinelRoute(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics)
    : m_options(options)
    , m_metrics(std::move(metrics))
    , m_resolver(options)
    , m_connection(RedisConnectionSettings::fromOptions(options, {}), m_metrics)
    , m_delay(options.reconnectDelay, options.maxReconnectDelay)
{
    m_resolveTimer.setSingleShot(true);
    connect(&m_resolveTimer, &QTimer::timeout, this, &SentinelRoute::resolve);
    m_sweepTimer.setInterval(sweepInterval);
    connect(&m_sweepTimer, &QTimer::timeout, this, &SentinelRoute::sweep);
    connect(&m_connection, &RedisConnection::lost, this, &SentinelRoute::handleLost);
    m_connection.setPrologue([this] { askForRole(); });
    connect(&m_resolver, &SentinelResolver::masterSwitched, this, [this](const Endpoint &master) {
        if (m_isConfirmed && m_connection.settings().endpoint == master)
            return;
        // Who was asked before may not have known.
        m_resolver.cancel();
        m_isResolving = false;
        m_delay.reset();
        connectTo(master);
    });
    connect(&m_resolver, &SentinelResolver::listening, this, [this] {
        // An announcement may have been missed.
        if (!m_isResolving)
            resolve();
    });
}

SentinelRoute::~SentinelRoute()
{
    m_isClosing = true;
    m_connection.disconnect(this);
    m_connection.close(closedError());
    m_parked.clear();
    answerWaiters(std::unexpected(closedError()));
}

void SentinelRoute::start()
{
    m_resolver.start();
    resolve();
}

void SentinelRoute::resolve()
{
    m_isResolving = true;
    m_resolveTimer.stop();
    m_resolver.resolve([this](const SentinelResolver::Answer &answer) {
        m_isResolving = false;
        if (answer) {
            connectTo(*answer);
            return;
        }
        // A master that works is not given up because no Sentinel answers.
        if (m_isConfirmed)
            return;
        setDisconnected(answer.error());
        resolveLater();
    });
}

void SentinelRoute::resolveLater()
{
    if (!m_isResolving && !m_resolveTimer.isActive())
        m_resolveTimer.start(m_delay.next());
}

void SentinelRoute::connectTo(const Endpoint &master)
{
    using State = RedisConnection::State;
    const Endpoint before = m_connection.settings().endpoint;
    if (m_connection.state() != State::Closed) {
        if (before == master) {
            // It has denied to be the master, and may be so again.
            if (m_connection.isOpen() && !m_isConfirmed && !m_isAskingForRole)
                askForRole();
            return;
        }
        m_isConfirmed = false;
        m_isAskingForRole = false;
        const RedisError reason{RedisError::Kind::Disconnected,
                                {},
                                u"The master is at %1 now, no longer at %2."_s.arg(
                                    RedisConnection::name(master), RedisConnection::name(before))};
        setDisconnected(reason);
        m_connection.close(reason);
    }
    m_connection.setSettings(RedisConnectionSettings::fromOptions(m_options, master));
    m_connection.open();
}

void SentinelRoute::askForRole()
{
    m_isAskingForRole = true;
    m_connection.send(
        encodeRedisCommand({"ROLE"}), 1,
        [this](const RedisConnection::Reply &reply) { handleRole(reply); },
        m_options.connectTimeout);
}

void SentinelRoute::handleRole(const RedisConnection::Reply &reply)
{
    if (m_isClosing || m_connection.state() == RedisConnection::State::Closed)
        return; // lost() follows, or somebody has closed it
    m_isAskingForRole = false;
    const QString name = RedisConnection::name(m_connection.settings().endpoint);
    if (!reply) {
        RedisError reason = reply.error();
        reason.message = u"Redis at %1 does not tell its role: %2"_s.arg(name, reason.message);
        refuseMaster(reason);
        return;
    }
    if (!SentinelAnswer::isMasterRole(*reply)) {
        refuseMaster({RedisError::Kind::Disconnected, "READONLY",
                      u"Redis at %1, which Sentinel names, is not a master."_s.arg(name)});
        return;
    }
    const Endpoint master = m_connection.settings().endpoint;
    m_isConfirmed = true;
    m_delay.reset();
    const bool isFirst = !m_lastMaster;
    const bool isOther = m_lastMaster && *m_lastMaster != master;
    m_lastMaster = master;
    if (!isFirst)
        m_metrics->reconnects.add();
    if (isOther) {
        m_metrics->sentinelFailovers.add();
        qCInfo(lcRedis).noquote() << "Sentinel has made" << name << "the master.";
    }
    setConnected(name);
    answerWaiters(m_connection.settings());
    if (isOther)
        Q_EMIT pubSubMoved(false);
    releaseParked();
}

void SentinelRoute::refuseMaster(const RedisError &reason)
{
    m_isConfirmed = false;
    m_resolver.distrustLast();
    m_connection.close(reason);
    setDisconnected(reason);
    resolveLater();
}

void SentinelRoute::handleLost(const RedisError &reason)
{
    const bool wasConfirmed = std::exchange(m_isConfirmed, false);
    m_isAskingForRole = false;
    setDisconnected(reason);
    if (m_isResolving)
        return;
    // The first time at once: Sentinel may know already.
    if (wasConfirmed)
        resolve();
    else
        resolveLater();
}

void SentinelRoute::send(RedisRequest request)
{
    if (!m_isConfirmed) {
        request.done(
            std::unexpected(RedisError{RedisError::Kind::Disconnected, {}, error().message}));
        return;
    }
    transmit(std::make_unique<RedisAttempt>(std::move(request)));
}

void SentinelRoute::transmit(AttemptPointer attempt)
{
    const Endpoint to = m_connection.settings().endpoint;
    const RedisAttempt::Outgoing outgoing = attempt->outgoing(false);
    const auto remaining = attempt->request().remaining();
    m_connection.send(
        outgoing.encoded, outgoing.replies,
        [this, to, attempt = std::move(attempt)](RedisConnection::Reply reply) mutable {
            handleReply(std::move(attempt), to, std::move(reply));
        },
        remaining);
}

void SentinelRoute::handleReply(AttemptPointer attempt, const Endpoint &from,
                                RedisConnection::Reply reply)
{
    const auto refusal = attempt->take(std::move(reply), isReadOnly);
    if (!refusal) {
        attempt->settle();
        return;
    }
    if (m_isClosing)
        return;
    attempt->lastError = refusal;
    park(std::move(attempt));
    // Only the first of many finds the connection as it was.
    if (m_isConfirmed && m_connection.settings().endpoint == from) {
        m_isConfirmed = false;
        const RedisError reason{RedisError::Kind::Disconnected, "READONLY",
                                u"Redis at %1 is no longer the master."_s.arg(
                                    RedisConnection::name(from))};
        // The connection stays: what else is in flight is refused as well, and sent again then.
        setDisconnected(reason);
        m_resolveTimer.start(0ms);
    }
}

void SentinelRoute::park(AttemptPointer attempt)
{
    m_parked.push_back(std::move(attempt));
    if (!m_sweepTimer.isActive())
        m_sweepTimer.start();
}

void SentinelRoute::releaseParked()
{
    for (AttemptPointer &attempt : std::exchange(m_parked, {})) {
        if (m_isConfirmed)
            transmit(std::move(attempt));
        else
            park(std::move(attempt));
    }
}

void SentinelRoute::sweep()
{
    const auto now = Clock::now();
    for (AttemptPointer &attempt : std::exchange(m_parked, {})) {
        if (attempt->isOverdue())
            attempt->fail(*attempt->lastError);
        else
            m_parked.push_back(std::move(attempt));
    }
    for (Waiter &waiter : std::exchange(m_waiters, {})) {
        if (waiter.deadline <= now)
            waiter.done(std::unexpected(error()));
        else
            m_waiters.push_back(std::move(waiter));
    }
    if (m_parked.empty() && m_waiters.empty())
        m_sweepTimer.stop();
}

void SentinelRoute::sendToAllMasters(RedisRequest request)
{
    const QByteArray name = RedisConnection::name(m_connection.settings().endpoint).toUtf8();
    request.done = [name, done = std::move(request.done)](RedisConnection::Reply reply) mutable {
        if (!reply)
            return done(std::move(reply));
        done(RedisValue(RedisValue::Array{RedisValue::Array{name, std::move(*reply)}}));
    };
    send(std::move(request));
}

void SentinelRoute::sendToNode(const QByteArray &node, RedisRequest request)
{
    // Not the same as the master: a cursor of SCAN means nothing to another server.
    if (node != RedisConnection::name(m_connection.settings().endpoint).toUtf8()) {
        request.done(
            std::unexpected(RedisError{RedisError::Kind::Unreachable,
                                       {},
                                       u"%1 is not the master."_s.arg(QString::fromUtf8(node))}));
        return;
    }
    send(std::move(request));
}

void SentinelRoute::resolvePubSub(RedisPubSub::Kind kind, const QByteArray &channel, Resolved done)
{
    Q_UNUSED(kind)
    Q_UNUSED(channel)
    if (m_isConfirmed) {
        done(m_connection.settings());
        return;
    }
    m_waiters.push_back({std::move(done), Clock::now() + m_options.connectTimeout});
    if (!m_sweepTimer.isActive())
        m_sweepTimer.start();
}

void SentinelRoute::reportPubSubLoss(const RedisUrl::Endpoint &endpoint, const RedisError &reason)
{
    Q_UNUSED(reason)
    // The first to notice that the master hangs may be the channels' connection.
    if (m_isConfirmed && m_connection.settings().endpoint == endpoint && !m_isResolving)
        resolve();
}

void SentinelRoute::answerWaiters(const std::expected<RedisConnectionSettings, RedisError> &answer)
{
    for (Waiter &waiter : std::exchange(m_waiters, {}))
        waiter.done(answer);
}

} // namespace LiveTemplate
