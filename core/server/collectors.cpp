// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "collectors_p.h"

#include "broadcastermetrics_p.h"
#include "distributionwindow_p.h"
#include "metricfamilies_p.h"
#include "redismetrics_p.h"
#include "sessionstoremetrics_p.h"

#include <prometheus/collectable.h>

#include <array>
#include <mutex>
#include <utility>
#include <vector>

namespace LiveTemplate {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

template<typename Metrics>
struct GaugeTitle : MetricTitle
{
    Gauge Metrics::*field;
    double unit = 1;
};

template<typename Metrics>
struct CounterTitle : MetricTitle
{
    Counter Metrics::*field;
    /// Counters of one name stand next to each other and differ in this; null: no label.
    const char *reason = nullptr;
};

/// All are times.
template<typename Metrics>
struct SummaryTitle : MetricTitle
{
    Distribution Metrics::*field;
};

/// The metrics of each kind of struct.
template<typename Metrics>
struct Titles;

template<>
struct Titles<RedisMetrics>
{
    static constexpr auto gauges = std::to_array<GaugeTitle<RedisMetrics>>({
        {{"livetemplate_redis_connected", "1 while commands can be sent to Redis, otherwise 0."},
         &RedisMetrics::connected},
        {{"livetemplate_redis_pubsub_connected",
          "1 while messages can be received from Redis, otherwise 0."},
         &RedisMetrics::pubSubConnected},
        {{"livetemplate_redis_commands_waiting",
          "Commands that wait for a connection to Redis or for their answer."},
         &RedisMetrics::commandsWaiting},
        {{"livetemplate_redis_subscriptions",
          "Channels that are subscribed to, those included that wait for a connection."},
         &RedisMetrics::subscriptions},
    });
    static constexpr auto counters = std::to_array<CounterTitle<RedisMetrics>>({
        {{"livetemplate_redis_commands_total", "Commands for Redis that were accepted."},
         &RedisMetrics::commands},
        {{"livetemplate_redis_command_errors_total", "Commands for Redis that failed."},
         &RedisMetrics::commandErrors},
        {{"livetemplate_redis_command_timeouts_total",
          "Commands for Redis that were not answered in time."},
         &RedisMetrics::commandTimeouts},
        {{"livetemplate_redis_commands_refused_total",
          "Commands for Redis that were refused because too many waited."},
         &RedisMetrics::commandsRefused},
        {{"livetemplate_redis_reconnects_total",
          "Connections to Redis that were made anew after one was lost."},
         &RedisMetrics::reconnects},
        {{"livetemplate_redis_bytes_sent_total", "Bytes that were sent to Redis."},
         &RedisMetrics::bytesSent},
        {{"livetemplate_redis_bytes_received_total", "Bytes that were received from Redis."},
         &RedisMetrics::bytesReceived},
        {{"livetemplate_redis_messages_received_total",
          "Messages of channels that were received from Redis."},
         &RedisMetrics::messagesReceived},
        {{"livetemplate_redis_sentinel_failovers_total",
          "Changes of the master that Redis Sentinel told of."},
         &RedisMetrics::sentinelFailovers},
        {{"livetemplate_redis_cluster_moved_total",
          "Commands that a node of the Redis Cluster sent to another one for good."},
         &RedisMetrics::redirectsMoved},
        {{"livetemplate_redis_cluster_ask_total",
          "Commands that a node of the Redis Cluster sent to another one this once."},
         &RedisMetrics::redirectsAsk},
        {{"livetemplate_redis_cluster_retries_total",
          "Commands that were sent again because the Redis Cluster was not ready for them."},
         &RedisMetrics::clusterRetries},
    });
    static constexpr auto summaries = std::to_array<SummaryTitle<RedisMetrics>>({
        {{"livetemplate_redis_command_duration_seconds",
          "Seconds from a command's acceptance to its answer by Redis."},
         &RedisMetrics::commandDuration},
    });
};

template<>
struct Titles<BroadcasterMetrics>
{
    static constexpr auto gauges = std::to_array<GaugeTitle<BroadcasterMetrics>>({
        {{"livetemplate_pubsub_publishes_waiting",
          "Messages to other servers that wait to be taken by Redis."},
         &BroadcasterMetrics::publishesWaiting},
        {{"livetemplate_pubsub_last_lag_seconds",
          "Seconds that the last probe needed through Redis and back."},
         &BroadcasterMetrics::lastLag,
         nanosecondsPerSecond},
    });
    static constexpr auto counters = std::to_array<CounterTitle<BroadcasterMetrics>>({
        {{"livetemplate_pubsub_published_total", "Messages that were published to other servers."},
         &BroadcasterMetrics::published},
        {{"livetemplate_pubsub_publish_errors_total",
          "Messages to other servers that could not be published."},
         &BroadcasterMetrics::publishErrors},
        {{"livetemplate_pubsub_received_total", "Messages that came from other servers."},
         &BroadcasterMetrics::received},
        {{"livetemplate_pubsub_dropped_total",
          "Messages that were received and not carried out, by the reason."},
         &BroadcasterMetrics::droppedOwn,
         "own"},
        {{"livetemplate_pubsub_dropped_total",
          "Messages that were received and not carried out, by the reason."},
         &BroadcasterMetrics::droppedMalformed,
         "malformed"},
        {{"livetemplate_pubsub_dropped_total",
          "Messages that were received and not carried out, by the reason."},
         &BroadcasterMetrics::droppedUnknownTarget,
         "unknown_target"},
        {{"livetemplate_pubsub_dropped_total",
          "Messages that were received and not carried out, by the reason."},
         &BroadcasterMetrics::droppedTopics,
         "topic"},
        {{"livetemplate_pubsub_dead_links_total",
          "Connections to Redis' channels that were made anew because no probe came back."},
         &BroadcasterMetrics::deadLinks},
        {{"livetemplate_pubsub_probes_lost_total",
          "Probes that did not come back through Redis in time."},
         &BroadcasterMetrics::probesLost},
    });
    static constexpr auto summaries = std::to_array<SummaryTitle<BroadcasterMetrics>>({
        {{"livetemplate_pubsub_lag_seconds", "Seconds that a probe needed through Redis and back."},
         &BroadcasterMetrics::lag},
    });
};

template<>
struct Titles<SessionStoreMetrics>
{
    static constexpr auto gauges = std::to_array<GaugeTitle<SessionStoreMetrics>>({
        {{"livetemplate_session_fallback",
          "1 while states are kept in memory because Redis cannot be used, otherwise 0."},
         &SessionStoreMetrics::fallback},
        {{"livetemplate_session_unwritten", "States in memory that Redis does not have yet."},
         &SessionStoreMetrics::unwritten},
        {{"livetemplate_session_copies", "States in memory, of which Redis has most as well."},
         &SessionStoreMetrics::copies},
    });
    static constexpr auto counters = std::to_array<CounterTitle<SessionStoreMetrics>>({
        {{"livetemplate_session_loads_total", "States that were loaded from Redis."},
         &SessionStoreMetrics::loads},
        {{"livetemplate_session_load_errors_total", "States that could not be loaded from Redis."},
         &SessionStoreMetrics::loadErrors},
        {{"livetemplate_session_saves_total", "States that were saved to Redis."},
         &SessionStoreMetrics::saves},
        {{"livetemplate_session_save_errors_total", "States that could not be saved to Redis."},
         &SessionStoreMetrics::saveErrors},
        {{"livetemplate_session_retries_total",
          "Loads and saves that were tried again after Redis failed."},
         &SessionStoreMetrics::retries},
        {{"livetemplate_session_conflicts_total",
          "Saves that Redis did not take because it had a newer state."},
         &SessionStoreMetrics::conflicts},
        {{"livetemplate_session_fallbacks_total",
          "Times that states began to be kept in memory because Redis could not be used."},
         &SessionStoreMetrics::fallbacks},
        {{"livetemplate_session_lost_total",
          "States that memory had no room for before Redis had them, or that Redis refused."},
         &SessionStoreMetrics::lost},
        {{"livetemplate_session_written_back_total",
          "States that were kept in memory and that Redis got later."},
         &SessionStoreMetrics::writtenBack},
    });
    static constexpr auto summaries = std::to_array<SummaryTitle<SessionStoreMetrics>>({
        {{"livetemplate_session_load_duration_seconds",
          "Seconds that loading a state from Redis took."},
         &SessionStoreMetrics::loadDuration},
        {{"livetemplate_session_save_duration_seconds",
          "Seconds that saving a state to Redis took."},
         &SessionStoreMetrics::saveDuration},
    });
};

template<typename Metrics>
class Collector final : public prometheus::Collectable
{
    using Table = Titles<Metrics>;
    // A field that is added to the struct is added to its table.
    static_assert(sizeof(Metrics)
                      == Table::gauges.size() * sizeof(Gauge)
                          + Table::counters.size() * sizeof(Counter)
                          + Table::summaries.size() * sizeof(Distribution),
                  "Each field needs a metric.");

public:
    Collector(std::shared_ptr<const Metrics> metrics, CollectorClock clock)
        : m_metrics(std::move(metrics))
        , m_clock(std::move(clock))
        , m_windows(Table::summaries.size(), DistributionWindow(m_clock()))
    {
    }

    [[nodiscard]] std::vector<MetricFamily> Collect() const override
    {
        std::vector<MetricFamily> families;
        for (const auto &gauge : Table::gauges) {
            const double value = double(((*m_metrics).*gauge.field).value());
            families.push_back(gaugeFamily(gauge, value / gauge.unit));
        }
        const char *lastName = nullptr;
        for (const auto &counter : Table::counters) {
            MetricFamily family = counterFamily(counter,
                                                double(((*m_metrics).*counter.field).value()));
            if (counter.reason)
                family.metric.front().label = {{"reason", counter.reason}};
            if (lastName && family.name == lastName)
                families.back().metric.push_back(std::move(family.metric.front()));
            else
                families.push_back(std::move(family));
            lastName = counter.name;
        }
        addSummaries(families);
        return families;
    }

private:
    void addSummaries(std::vector<MetricFamily> &families) const
    {
        // Held while counting, too: for a window, counts must never go back.
        const std::lock_guard lock(m_mutex);
        const auto now = m_clock();
        for (std::size_t i = 0; i < Table::summaries.size(); ++i) {
            const auto &title = Table::summaries[i];
            DistributionSum total;
            total.add((*m_metrics).*title.field);
            families.push_back({title.name,
                                title.help,
                                MetricType::Summary,
                                {summaryMetric(total, m_windows[i].recent(total.counts, now),
                                               nanosecondsPerSecond)}});
        }
    }

    const std::shared_ptr<const Metrics> m_metrics;
    const CollectorClock m_clock;
    /// Guards the windows.
    mutable std::mutex m_mutex;
    mutable std::vector<DistributionWindow> m_windows;
};

} // namespace

std::shared_ptr<const prometheus::Collectable> collectRedis(
    std::shared_ptr<const RedisMetrics> metrics, CollectorClock clock)
{
    return std::make_shared<const Collector<RedisMetrics>>(std::move(metrics), std::move(clock));
}

std::shared_ptr<const prometheus::Collectable> collectBroadcaster(
    std::shared_ptr<const BroadcasterMetrics> metrics, CollectorClock clock)
{
    return std::make_shared<const Collector<BroadcasterMetrics>>(std::move(metrics),
                                                                 std::move(clock));
}

std::shared_ptr<const prometheus::Collectable> collectSessionStore(
    std::shared_ptr<const SessionStoreMetrics> metrics, CollectorClock clock)
{
    return std::make_shared<const Collector<SessionStoreMetrics>>(std::move(metrics),
                                                                  std::move(clock));
}

} // namespace LiveTemplate
