// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "statisticsreader_p.h"

#include "histogrambuilder_p.h"
#include "processmetrics_p.h"
#include "redisstatistics_p.h"
#include "shardmetrics_p.h"

#include <array>
#include <utility>

namespace LiveTemplate {

namespace {

using Shards = StatisticsReader::Shards;

template<typename Value>
auto total(const Shards &shards, Value ShardMetrics::*field)
{
    decltype((shards.front().get()->*field).value()) sum = 0;
    for (const auto &shard : shards)
        sum += (shard.get()->*field).value();
    return sum;
}

Histogram together(const Shards &shards, Distribution ShardMetrics::*field)
{
    std::vector<const Distribution *> distributions;
    for (const auto &shard : shards)
        distributions.push_back(&(shard.get()->*field));
    return HistogramBuilder::of(distributions);
}

ServerStatistics::Gauges gauges(const Shards &shards)
{
    return {
        .connections = total(shards, &ShardMetrics::connectionsActive),
        .groups = total(shards, &ShardMetrics::groupsActive),
        .httpConnections = total(shards, &ShardMetrics::httpConnectionsActive),
        .pendingBytes = total(shards, &ShardMetrics::pendingBytes),
        .connectionsBehind = total(shards, &ShardMetrics::connectionsBehind),
    };
}

ServerStatistics::Counters counters(const Shards &shards)
{
    ServerStatistics::Counters counters{
        .connectionsOpened = total(shards, &ShardMetrics::connectionsOpened),
        .httpRequests = total(shards, &ShardMetrics::httpRequests),
        .messagesReceived = total(shards, &ShardMetrics::messagesReceived),
        .bytesReceived = total(shards, &ShardMetrics::bytesReceived),
        .bytesSent = total(shards, &ShardMetrics::bytesSent),
        .actionsProcessed = total(shards, &ShardMetrics::actionsProcessed),
        .errors = total(shards, &ShardMetrics::errors),
        .broadcastsSent = total(shards, &ShardMetrics::broadcastsSent),
        .dispatches = total(shards, &ShardMetrics::dispatches),
        .dispatchesDropped = total(shards, &ShardMetrics::dispatchDropped),
        .rendersShared = total(shards, &ShardMetrics::treesShared),
        .slowClientCloses = total(shards, &ShardMetrics::slowClientCloses),
    };
    for (const auto &shard : shards) {
        for (std::size_t i = 0; i < counters.rejections.size(); ++i)
            counters.rejections[i] += shard->rejections[i].value();
    }
    return counters;
}

QList<ServerStatistics::Shard> byShard(const Shards &shards)
{
    QList<ServerStatistics::Shard> result;
    for (const auto &shard : shards) {
        result.append({.connections = shard->connectionsActive.value(),
                       .groups = shard->groupsActive.value(),
                       .loopLag = HistogramBuilder::of(
                           std::array<const Distribution *, 1>{&shard->loopLag})});
    }
    return result;
}

ServerStatistics::Process process()
{
    const ProcessMetrics metrics = ProcessMetrics::read();
    return {.residentBytes = metrics.residentBytes,
            .cpuSeconds = metrics.cpuSeconds,
            .openFiles = metrics.openFiles,
            .maxFiles = metrics.maxFiles};
}

} // namespace

StatisticsReader::StatisticsReader(Shards shards, const ServerStatistics::Limits &limits)
    : m_shards(std::move(shards))
    , m_limits(limits)
{
}

StatisticsReader::~StatisticsReader() = default;

void StatisticsReader::setRedis(RedisSources sources)
{
    const std::lock_guard lock(m_mutex);
    m_redis = std::move(sources);
}

ServerStatistics StatisticsReader::read() const
{
    ServerStatistics statistics;
    statistics.takenAt = std::chrono::steady_clock::now();
    statistics.time = QDateTime::currentDateTimeUtc();
    statistics.limits = m_limits;
    statistics.gauges = gauges(m_shards);
    statistics.counters = counters(m_shards);
    statistics.templateDuration = together(m_shards, &ShardMetrics::templateDuration);
    statistics.buildDuration = together(m_shards, &ShardMetrics::buildDuration);
    statistics.diffDuration = together(m_shards, &ShardMetrics::diffDuration);
    statistics.actionDuration = together(m_shards, &ShardMetrics::actionDuration);
    statistics.updatePayload = together(m_shards, &ShardMetrics::updatePayload);
    statistics.shards = byShard(m_shards);
    const auto sources = [&] {
        const std::lock_guard lock(m_mutex);
        return m_redis;
    }();
    if (sources.client)
        statistics.redis = redisStatistics(*sources.client, *sources.broadcaster, *sources.store);
    statistics.process = process();
    return statistics;
}

} // namespace LiveTemplate
