// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisobserver.h"

#include "clientretirement_p.h"
#include "mailbox_p.h"
#include "redisclient.h"
#include "redisobserverworker_p.h"

#include <QPointer>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Between two batches, at least.
constexpr auto batchInterval = 100ms;
/// More at once would hold up the receiver's thread: 50,000 a second are enough.
constexpr qsizetype mostBatch = 5'000;

RedisError notOpen()
{
    return {.kind = RedisError::Kind::Closed, .message = u"There is no connection to a Redis."_s};
}

} // namespace

RedisMessageContent::~RedisMessageContent() = default;

class RedisObserver::Private
{
public:
    Private(RedisObserver &observer, RedisObserverOptions given);

    void open(const RedisUrl &next);
    void drop();
    void setStatus(const RedisObserverStatus &next);
    void handleStatus(const RedisObserverStatus &next);
    void deliver();

    RedisObserver &q;
    const RedisObserverOptions options;
    RedisUrl url;
    RedisObserverStatus status;
    bool isPublishingAllowed = false;
    std::shared_ptr<RedisClient> client;
    std::shared_ptr<RedisObserverWorker> worker;
    QTimer batchTimer;
    Mailbox mailbox;
};

RedisObserver::Private::Private(RedisObserver &observer, RedisObserverOptions given)
    : q(observer)
    , options(std::move(given))
{
    batchTimer.setSingleShot(true);
    QObject::connect(&batchTimer, &QTimer::timeout, &q, [this] { deliver(); });
}

void RedisObserver::Private::open(const RedisUrl &next)
{
    drop();
    url = next;
    client = std::make_shared<RedisClient>(RedisOptions{
        .url = url,
        .clientName = "livetemplate-observer",
        .connectTimeout = options.connectTimeout,
        .commandTimeout = options.commandTimeout,
        .reconnectDelay = options.reconnectDelay,
        .maxReconnectDelay = options.maxReconnectDelay,
    });
    worker = std::make_shared<RedisObserverWorker>(
        *client, options, mailbox.address(),
        RedisObserverWorker::Receiver{
            .status = [this](const RedisObserverStatus &told) { handleStatus(told); },
            .messages =
                [this] {
                    if (!batchTimer.isActive())
                        batchTimer.start(batchInterval);
                },
            .observation =
                [this](const RedisObservation &observation) { Q_EMIT q.sampled(observation); },
        });
    client->post([worker = worker] { worker->start(); });
    setStatus({.state = RedisObserverStatus::State::Connecting});
}

void RedisObserver::Private::drop()
{
    batchTimer.stop();
    if (!client)
        return;
    worker->leave();
    client->post([worker = std::exchange(worker, nullptr)] { worker->stop(); });
    retire(std::exchange(client, nullptr));
}

void RedisObserver::Private::setStatus(const RedisObserverStatus &next)
{
    if (status == next)
        return;
    status = next;
    Q_EMIT q.statusChanged();
}

void RedisObserver::Private::handleStatus(const RedisObserverStatus &next)
{
    if (next.state == RedisObserverStatus::State::Failed)
        drop();
    setStatus(next);
}

void RedisObserver::Private::deliver()
{
    if (!worker)
        return;
    bool areMore = false;
    const QList<RedisMessage> batch = worker->takeMessages(mostBatch, areMore);
    if (areMore)
        batchTimer.start(batchInterval);
    if (!batch.isEmpty())
        Q_EMIT q.messagesArrived(batch);
}

RedisObserver::RedisObserver(RedisObserverOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(options)))
{
}

RedisObserver::~RedisObserver()
{
    d->drop();
}

void RedisObserver::open(const RedisUrl &url)
{
    d->open(url);
}

void RedisObserver::close()
{
    d->drop();
    d->setStatus({});
}

void RedisObserver::tryAgain()
{
    if (!d->url.endpoints.isEmpty())
        d->open(d->url);
}

const RedisUrl &RedisObserver::url() const
{
    return d->url;
}

const RedisObserverStatus &RedisObserver::status() const
{
    return d->status;
}

void RedisObserver::sample()
{
    if (d->client)
        d->client->post([worker = d->worker] { worker->sample(); });
}

void RedisObserver::countSubscribers(const QByteArray &channel, bool isSharded, QObject *context,
                                     std::function<void(const Receivers &)> done)
{
    if (!d->client) {
        done(std::unexpected(notOpen()));
        return;
    }
    const auto answer = [owner = d->mailbox.address(), context = QPointer(context),
                         done = std::move(done)](const RedisClient::Reply &reply) {
        Receivers count = 0;
        if (!reply)
            count = std::unexpected(reply.error());
        else
            for (const RedisValue &node : reply->toArray())
                *count += node.at(1).at(1).toInteger().value_or(0);
        owner.post([context, done, count] {
            if (context)
                done(count);
        });
    };
    d->client->commandOnAllMasters(
        {"PUBSUB"_ba, isSharded ? "SHARDNUMSUB"_ba : "NUMSUB"_ba, channel}, answer);
}

void RedisObserver::setPublishingAllowed(bool isAllowed)
{
    d->isPublishingAllowed = isAllowed;
}

bool RedisObserver::isPublishingAllowed() const
{
    return d->isPublishingAllowed;
}

void RedisObserver::publish(const QByteArray &channel, const QByteArray &payload, bool isSharded,
                            QObject *context, std::function<void(const Receivers &)> done)
{
    if (!d->isPublishingAllowed) {
        done(std::unexpected(
            RedisError{.kind = RedisError::Kind::Closed,
                       .message = u"Nothing is published: this connection only reads."_s}));
        return;
    }
    if (!d->client) {
        done(std::unexpected(notOpen()));
        return;
    }
    RedisClient::CommandOptions how;
    // A classic channel is on all nodes of a Cluster.
    how.keyIndex = isSharded ? 1 : -1;
    d->client->command(
        {isSharded ? "SPUBLISH"_ba : "PUBLISH"_ba, channel, payload},
        [owner = d->mailbox.address(), context = QPointer(context),
         done = std::move(done)](const RedisClient::Reply &reply) {
            const Receivers count = reply ? Receivers(reply->toInteger().value_or(0))
                                          : std::unexpected(reply.error());
            owner.post([context, done, count] {
                if (context)
                    done(count);
            });
        },
        how);
}

} // namespace LiveTemplate
