// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redissessionstore.h"

#include "redissessionworker_p.h"

namespace LiveTemplate {

class RedisSessionStore::Private
{
public:
    using Clock = RedisSessionWorker::Clock;

    /// Has @p call made with the worker, in its thread.
    template<typename Call>
    void post(Call call)
    {
        client->post([worker = worker, call = std::move(call)]() mutable { call(*worker); });
    }

    std::shared_ptr<RedisClient> client;
    std::shared_ptr<RedisSessionWorker> worker;
};

RedisSessionStore::RedisSessionStore(std::shared_ptr<RedisClient> client,
                                     RedisSessionStoreOptions options)
    : d(std::make_unique<Private>())
{
    d->client = std::move(client);
    d->worker = std::make_shared<RedisSessionWorker>(*d->client, options);
    d->post([](RedisSessionWorker &worker) { worker.start(); });
}

RedisSessionStore::~RedisSessionStore()
{
    if (d->worker->isInThread()) {
        d->worker->stop();
        return;
    }
    // The worker uses the client until it has stopped, and we may be the last who keep that.
    std::promise<void> stopped;
    d->post([&stopped](RedisSessionWorker &worker) {
        worker.stop();
        stopped.set_value();
    });
    stopped.get_future().wait();
}

void RedisSessionStore::load(const SessionKey &key, Loaded loaded)
{
    d->post([key, loaded = std::move(loaded),
             time = Private::Clock::now()](RedisSessionWorker &worker) mutable {
        worker.load(toRedisKey(key), std::move(loaded), time);
    });
}

void RedisSessionStore::save(const SessionKey &key, const QJsonObject &state)
{
    d->post([key, state, time = Private::Clock::now()](RedisSessionWorker &worker) {
        worker.save(toRedisKey(key), state, time);
    });
}

void RedisSessionStore::saveAsOf(const SessionKey &key, const QJsonObject &state,
                                 std::chrono::sys_time<std::chrono::microseconds> asOf)
{
    d->post([key, state, time = Private::Clock::now(),
             revision = asOf.time_since_epoch().count()](RedisSessionWorker &worker) {
        worker.save(toRedisKey(key), state, time, revision);
    });
}

void RedisSessionStore::remove(const SessionKey &key)
{
    d->post([key, time = Private::Clock::now()](RedisSessionWorker &worker) {
        worker.remove(toRedisKey(key), time);
    });
}

void RedisSessionStore::list(Listed listed)
{
    d->post([listed = std::move(listed)](RedisSessionWorker &worker) mutable {
        worker.list(std::move(listed));
    });
}

void RedisSessionStore::ping(Pinged pinged)
{
    d->post([pinged = std::move(pinged)](RedisSessionWorker &worker) mutable {
        worker.ping(std::move(pinged));
    });
}

bool RedisSessionStore::isFallingBack() const
{
    return d->worker->metrics->fallback.value() != 0;
}

bool RedisSessionStore::flush(std::chrono::milliseconds timeout)
{
    auto flushed = std::make_shared<std::promise<void>>();
    auto future = flushed->get_future();
    d->post([flushed](RedisSessionWorker &worker) { worker.flush(flushed); });
    return future.wait_for(timeout) == std::future_status::ready
        && d->worker->metrics->unwritten.value() == 0;
}

std::shared_ptr<const SessionStoreMetrics> RedisSessionStore::metrics() const
{
    return d->worker->metrics;
}

} // namespace LiveTemplate
