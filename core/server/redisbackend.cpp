// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisbackend_p.h"

#include "redismetrics_p.h"
#include "serveroptions.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

class RedisHealthCheck : public HealthCheck
{
public:
    explicit RedisHealthCheck(const RedisBackend &backend)
        : m_store(backend.store)
        , m_metrics(backend.client->metrics())
    {
    }

    [[nodiscard]] QString name() const override { return u"redis"_s; }

    void run(Done done) override
    {
        const auto store = m_store.lock();
        if (!store) {
            done(std::unexpected(u"the server is gone"_s));
            return;
        }
        store->ping([metrics = m_metrics,
                     done = std::move(done)](const std::expected<void, QString> &result) {
            if (!result)
                done(std::unexpected(result.error()));
            else if (metrics->pubSubConnected.value() == 0)
                done(std::unexpected(u"the channels are not connected"_s));
            else
                done({});
        });
    }

private:
    /// Not owned: the last one to answer may be the worker of the client that the store owns.
    std::weak_ptr<RedisSessionStore> m_store;
    std::shared_ptr<const RedisMetrics> m_metrics;
};

} // namespace

std::expected<RedisBackend, RedisError> RedisBackend::open(const ServerOptions &options)
{
    auto url = RedisUrl::parse(options.redisUrl);
    if (!url)
        return std::unexpected(url.error());
    if (url->password.isEmpty())
        url->password = options.redisPassword;
    RedisOptions redis{.url = *std::move(url)};
    redis.clientName += '-' + QByteArray::number(QCoreApplication::applicationPid());
    RedisBackend backend;
    backend.client = std::make_shared<RedisClient>(std::move(redis));
    backend.store = std::make_shared<RedisSessionStore>(
        backend.client,
        RedisSessionStoreOptions{.timeToLive = options.sessionTtl,
                                 .fallbackToMemory = options.redisFallback});
    backend.broadcaster = std::make_shared<RedisBroadcaster>(
        backend.client, RedisBroadcasterOptions{.linger = options.redisLinger});
    return backend;
}

std::shared_ptr<HealthCheck> RedisBackend::healthCheck() const
{
    return std::make_shared<RedisHealthCheck>(*this);
}

} // namespace LiveTemplate
