// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "serverstatistics.h"

#include <memory>
#include <mutex>
#include <vector>

namespace LiveTemplate {

struct BroadcasterMetrics;
struct RedisMetrics;
struct SessionStoreMetrics;
struct ShardMetrics;

/// Reads what a server counts for Server::statistics(), as MetricsExporter does for /metrics.
///
/// Threading: all functions may be called from any thread.
class StatisticsReader
{
public:
    using Shards = std::vector<std::shared_ptr<const ShardMetrics>>;

    /// What is counted between servers; null where there is no Redis.
    struct RedisSources
    {
        std::shared_ptr<const RedisMetrics> client;
        std::shared_ptr<const BroadcasterMetrics> broadcaster;
        std::shared_ptr<const SessionStoreMetrics> store;
    };

    StatisticsReader(Shards shards, const ServerStatistics::Limits &limits);
    ~StatisticsReader();
    Q_DISABLE_COPY_MOVE(StatisticsReader)

    /// From now on these, all or none.
    void setRedis(RedisSources sources);

    /// Some ten microseconds for each shard.
    [[nodiscard]] ServerStatistics read() const;

private:
    const Shards m_shards;
    const ServerStatistics::Limits m_limits;
    /// Guards the sources.
    mutable std::mutex m_mutex;
    RedisSources m_redis;
};

} // namespace LiveTemplate
