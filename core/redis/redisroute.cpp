// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisroute_p.h"

#include "clusterrouter_p.h"
#include "redislogging_p.h"
#include "sentinelroute_p.h"
#include "singleroute_p.h"

#include <utility>

namespace LiveTemplate {

std::unique_ptr<RedisRoute> RedisRoute::create(const RedisOptions &options,
                                               std::shared_ptr<RedisMetrics> metrics)
{
    switch (options.url.topology) {
    case RedisUrl::Topology::Single:
        break;
    case RedisUrl::Topology::Sentinel:
        return std::make_unique<SentinelRoute>(options, std::move(metrics));
    case RedisUrl::Topology::Cluster:
        return std::make_unique<ClusterRouter>(options, std::move(metrics));
    }
    return std::make_unique<SingleRoute>(options, std::move(metrics));
}

void RedisRoute::setConnected(const QString &to)
{
    if (m_connected)
        return;
    m_connected = true;
    m_error = {};
    if (m_lossLogged)
        qCInfo(lcRedis, "Connected again to Redis at %ls.", qUtf16Printable(to));
    else
        qCInfo(lcRedis, "Connected to Redis at %ls.", qUtf16Printable(to));
    m_lossLogged = false;
    Q_EMIT connectionChanged();
}

void RedisRoute::setDisconnected(const RedisError &reason)
{
    m_connected = false;
    m_error = reason;
    // What will not pass by itself is said also when it comes up while trying.
    const bool needsSomebody = !reason.isTransient() && reason.kind != m_loggedKind;
    if (!std::exchange(m_lossLogged, true) || needsSomebody) {
        m_loggedKind = reason.kind;
        qCWarning(lcRedis, "%ls Trying to connect.", qUtf16Printable(reason.message));
    }
    Q_EMIT connectionChanged();
}

} // namespace LiveTemplate
