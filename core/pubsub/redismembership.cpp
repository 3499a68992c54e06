// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redismembership.h"

#include "exchangeablebroadcaster.h"
#include "exchangeablesessionstore.h"
#include "mailbox_p.h"
#include "redisbroadcaster.h"
#include "redisclient.h"
#include "redisproblem_p.h"
#include "redissessionstore.h"
#include "redisstatistics_p.h"

#include <QCoreApplication>
#include <QThreadPool>
#include <QTimer>
#include <QUuid>

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// How long Redis may take to hand over what it has when it is left.
constexpr auto fetchTimeout = 3s;
/// How long what it has not got yet is waited for then.
constexpr auto flushTimeout = 1s;

/// One Redis, from the attempt to join to the end.
struct Connection
{
    std::shared_ptr<RedisClient> client;
    /// Null until it is joined.
    std::shared_ptr<RedisSessionStore> store;
    std::shared_ptr<RedisBroadcaster> broadcaster;

    /// Waits.
    void end()
    {
        if (store)
            store->flush(flushTimeout);
        broadcaster.reset();
        store.reset();
        client.reset();
    }
};

} // namespace

class RedisMembership::Private
{
public:
    Private(RedisMembership &membership, std::chrono::milliseconds sessionTtl);

    void begin(const RedisUrl &next);
    void handleConnection(quint64 which);
    void complete();
    void beginToLeave();
    void finishToLeave(quint64 which);
    void drop();
    void set(State next);
    [[nodiscard]] RedisProblem currentProblem() const;

    RedisMembership &q;
    const std::chrono::milliseconds timeToLive;
    /// The same for all that it joins: what it published may come back to it later.
    const QByteArray instanceId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    const std::shared_ptr<ExchangeableSessionStore> store;
    const std::shared_ptr<ExchangeableBroadcaster> broadcaster
        = std::make_shared<ExchangeableBroadcaster>();
    State state = State::Apart;
    RedisUrl url;
    /// To be joined once this one is left.
    std::optional<RedisUrl> next;
    Connection connection;
    /// Counts connections and their ends: tells what comes late.
    quint64 number = 0;
    RedisProblem problem;
    QTimer fetchTimer;
    Mailbox mailbox;
};

RedisMembership::Private::Private(RedisMembership &membership, std::chrono::milliseconds sessionTtl)
    : q(membership)
    , timeToLive(sessionTtl)
    , store(std::make_shared<ExchangeableSessionStore>(sessionTtl))
{
    fetchTimer.setSingleShot(true);
    QObject::connect(&fetchTimer, &QTimer::timeout, &q, [this] { finishToLeave(number); });
}

void RedisMembership::Private::set(State given)
{
    state = given;
    Q_EMIT q.changed();
}

void RedisMembership::Private::begin(const RedisUrl &given)
{
    url = given;
    problem = {};
    const quint64 which = ++number;
    RedisOptions options{.url = url};
    options.clientName += '-' + QByteArray::number(QCoreApplication::applicationPid());
    connection.client = std::make_shared<RedisClient>(std::move(options));
    connection.client->setConnectionHandler([this, which, owner = mailbox.address()] {
        owner.post([this, which] { handleConnection(which); });
    });
    set(State::Joining);
    // It may have been quicker than its handler.
    handleConnection(which);
}

void RedisMembership::Private::handleConnection(quint64 which)
{
    if (which != number || !connection.client)
        return;
    const RedisProblem before = std::exchange(problem, currentProblem());
    // Once it has a store it is being completed, whatever its connection does meanwhile.
    const bool isWaiting = state == State::Joining && !connection.store;
    if (isWaiting && connection.client->isConnected()) {
        complete();
        return;
    }
    if (isWaiting && problem.needsSomebody()) {
        drop();
        set(State::Apart);
        return;
    }
    if (problem != before)
        Q_EMIT q.changed();
}

RedisProblem RedisMembership::Private::currentProblem() const
{
    const auto error = connection.client->error();
    if (!error)
        return {};
    return explain(*error, url, PortProbe::Finding::Unknown, state == State::Joined);
}

void RedisMembership::Private::complete()
{
    connection.store = std::make_shared<RedisSessionStore>(
        connection.client, RedisSessionStoreOptions{.timeToLive = timeToLive});
    connection.broadcaster = std::make_shared<RedisBroadcaster>(
        connection.client, RedisBroadcasterOptions{.instanceId = instanceId});
    // States first: who follows others must find what they have saved.
    store->use(connection.store);
    const auto joined = [this, which = number, owner = mailbox.address()] {
        owner.post([this, which] {
            if (which == number && state == State::Joining)
                set(State::Joined);
        });
    };
    broadcaster->exchange(connection.broadcaster, joined);
}

void RedisMembership::Private::beginToLeave()
{
    broadcaster->exchange(nullptr);
    set(State::Leaving);
    fetchTimer.start(fetchTimeout);
    store->fetch([this, which = number, owner = mailbox.address()] {
        owner.post([this, which] { finishToLeave(which); });
    });
}

void RedisMembership::Private::finishToLeave(quint64 which)
{
    if (which != number || state != State::Leaving)
        return;
    fetchTimer.stop();
    store->use(nullptr);
    drop();
    problem = {};
    if (const auto following = std::exchange(next, std::nullopt))
        begin(*following);
    else
        set(State::Apart);
}

void RedisMembership::Private::drop()
{
    ++number;
    QThreadPool::globalInstance()->start(
        [ended = std::exchange(connection, {})]() mutable { ended.end(); });
}

RedisMembership::RedisMembership(std::chrono::milliseconds sessionTtl, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, sessionTtl))
{
}

RedisMembership::~RedisMembership()
{
    d->broadcaster->exchange(nullptr);
    d->store->use(nullptr);
    d->connection.end();
}

std::shared_ptr<SessionStore> RedisMembership::sessionStore() const
{
    return d->store;
}

std::shared_ptr<Broadcaster> RedisMembership::broadcaster() const
{
    return d->broadcaster;
}

void RedisMembership::join(const RedisUrl &url)
{
    switch (d->state) {
    case State::Apart:
        d->begin(url);
        break;
    case State::Joining:
    case State::Joined:
        if (d->url == url)
            return;
        leave();
        join(url);
        break;
    case State::Leaving:
        d->next = url;
        break;
    }
}

void RedisMembership::leave()
{
    d->next.reset();
    if (d->state == State::Joined || (d->state == State::Joining && d->connection.store)) {
        d->beginToLeave();
    } else if (d->state == State::Joining) {
        d->drop();
        d->problem = {};
        d->set(State::Apart);
    }
}

RedisMembership::State RedisMembership::state() const
{
    return d->state;
}

QString RedisMembership::sentence() const
{
    const QString where = d->url.toDisplayString();
    const RedisProblem problem = this->problem();
    switch (d->state) {
    case State::Apart:
        if (problem.kind != RedisProblem::Kind::None)
            return u"Not joined: %1"_s.arg(problem.sentence);
        return u"This server is alone: its tabs follow each other, and nobody else."_s;
    case State::Joining:
        if (problem.kind != RedisProblem::Kind::None)
            return u"Trying to join %1. %2"_s.arg(where, problem.sentence);
        return u"Joining %1 …"_s.arg(where);
    case State::Joined:
        if (problem.kind != RedisProblem::Kind::None)
            return u"Joined %1, which is gone: pages go on from memory until it is back."_s.arg(
                where);
        return u"Joined %1: tabs here follow those of the same browser at other servers."_s.arg(
            where);
    case State::Leaving:
        return u"Leaving %1 …"_s.arg(where);
    }
    return {};
}

RedisProblem RedisMembership::problem() const
{
    return d->problem;
}

RedisUrl RedisMembership::url() const
{
    return d->url;
}

std::optional<ServerStatistics::Redis> RedisMembership::statistics() const
{
    const Connection &connection = d->connection;
    if (!connection.client)
        return std::nullopt;
    if (!connection.store || !connection.broadcaster)
        return ServerStatistics::Redis();
    return redisStatistics(*connection.client->metrics(), *connection.broadcaster->metrics(),
                           *connection.store->metrics());
}

QString RedisMembership::instanceId() const
{
    return QString::fromLatin1(d->instanceId);
}

} // namespace LiveTemplate
