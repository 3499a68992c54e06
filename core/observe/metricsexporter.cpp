// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "metricsexporter_p.h"

#include "distributionwindow_p.h"
#include "metricfamilies_p.h"
#include "processmetrics_p.h"
#include "shardmetrics_p.h"

#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <utility>

namespace LiveTemplate {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using TimePoint = DistributionWindow::TimePoint;

struct GaugeTitle : MetricTitle
{
    Gauge ShardMetrics::*field;
};

struct CounterTitle : MetricTitle
{
    Counter ShardMetrics::*field;
};

struct SummaryTitle : MetricTitle
{
    Distribution ShardMetrics::*field;
    /// How many of what is recorded make one of what is shown.
    double unit;
};

constexpr double bytes = 1;

constexpr auto gauges = std::to_array<GaugeTitle>({
    {{"livetemplate_connections_active", "WebSocket connections that are open."},
     &ShardMetrics::connectionsActive},
    {{"livetemplate_groups_active", "Session groups that have an open WebSocket connection."},
     &ShardMetrics::groupsActive},
    {{"livetemplate_http_connections_active", "HTTP connections that are open."},
     &ShardMetrics::httpConnectionsActive},
    {{"livetemplate_websocket_send_buffer_size",
      "Bytes that wait in the server for clients that do not read."},
     &ShardMetrics::pendingBytes},
    {{"livetemplate_connections_behind",
      "WebSocket connections that are not sent every render because they do not read."},
     &ShardMetrics::connectionsBehind},
});

constexpr auto counters = std::to_array<CounterTitle>({
    {{"livetemplate_connections_opened_total", "WebSocket connections that were opened."},
     &ShardMetrics::connectionsOpened},
    {{"livetemplate_http_requests_total", "HTTP requests that were read."},
     &ShardMetrics::httpRequests},
    {{"livetemplate_messages_received_total", "WebSocket messages that clients sent."},
     &ShardMetrics::messagesReceived},
    {{"livetemplate_messages_malformed_total",
      "WebSocket messages that clients sent and that could not be understood."},
     &ShardMetrics::messagesMalformed},
    {{"livetemplate_received_bytes_total", "Bytes that were received from clients."},
     &ShardMetrics::bytesReceived},
    {{"livetemplate_sent_bytes_total", "Bytes that were sent to clients."},
     &ShardMetrics::bytesSent},
    {{"livetemplate_actions_processed_total", "Actions that were run."},
     &ShardMetrics::actionsProcessed},
    {{"livetemplate_actions_unknown_total",
      "Actions that were asked for and that the page does not have."},
     &ShardMetrics::actionsUnknown},
    {{"livetemplate_errors_total",
      "Actions that gave errors, and pages that could not be mounted or rendered."},
     &ShardMetrics::errors},
    {{"livetemplate_templates_executed_total", "Templates that were rendered."},
     &ShardMetrics::templatesExecuted},
    {{"livetemplate_trees_built_total", "Trees that were built from rendered templates."},
     &ShardMetrics::treesBuilt},
    {{"livetemplate_renders_shared_total",
      "Renders that were saved because a connection with an equal state had just been rendered."},
     &ShardMetrics::treesShared},
    {{"livetemplate_trees_diffed_total",
      "Trees that were compared with the one that the client has."},
     &ShardMetrics::treesDiffed},
    {{"livetemplate_broadcasts_sent_total", "Broadcasts of actions that were carried out."},
     &ShardMetrics::broadcastsSent},
    {{"livetemplate_dispatches_total",
      "Actions that a broadcast or a trigger put into the queue of a connection."},
     &ShardMetrics::dispatches},
    {{"livetemplate_websocket_dispatch_dropped_total",
      "Actions of broadcasts and triggers that were dropped because too many waited."},
     &ShardMetrics::dispatchDropped},
    {{"livetemplate_broadcasts_over_limit_total",
      "Broadcasts that were dropped because one action made too many."},
     &ShardMetrics::broadcastsOverLimit},
    {{"livetemplate_rate_limited_total",
      "WebSocket messages that were refused because their client sent too many in a second."},
     &ShardMetrics::rateLimited},
    {{"livetemplate_websocket_pending_actions_closes_total",
      "WebSocket connections that were closed because too many of their actions waited."},
     &ShardMetrics::pendingActionsExceeded},
    {{"livetemplate_websocket_buffer_full_total",
      "Times that the output of a WebSocket connection was full, so that renders were skipped."},
     &ShardMetrics::bufferFull},
    {{"livetemplate_renders_coalesced_total",
      "Renders that were skipped because the client did not read and a later one replaces them."},
     &ShardMetrics::rendersCoalesced},
    {{"livetemplate_websocket_slow_client_closes_total",
      "WebSocket connections that were closed because the client did not read."},
     &ShardMetrics::slowClientCloses},
    {{"livetemplate_websocket_idle_closes_total",
      "WebSocket connections that were closed because nothing came from the client."},
     &ShardMetrics::idleCloses},
    {{"livetemplate_websocket_protocol_errors_total",
      "WebSocket connections that were closed because the client broke the protocol."},
     &ShardMetrics::protocolErrors},
    {{"livetemplate_websocket_write_errors_total",
      "Writes to WebSocket connections that the system refused."},
     &ShardMetrics::writeErrors},
    {{"livetemplate_full_tree_sends_total", "Trees that were sent whole, with their statics."},
     &ShardMetrics::fullTreeSends},
    {{"livetemplate_dynamics_only_sends_total",
      "Updates that were sent with nothing but what changed."},
     &ShardMetrics::dynamicsOnlySends},
    {{"livetemplate_states_saved_total", "States of session groups that were saved."},
     &ShardMetrics::statesSaved},
});

constexpr auto summaries = std::to_array<SummaryTitle>({
    {{"livetemplate_template_duration_seconds", "Seconds that rendering a template took."},
     &ShardMetrics::templateDuration,
     nanosecondsPerSecond},
    {{"livetemplate_build_duration_seconds", "Seconds that building a tree took."},
     &ShardMetrics::buildDuration,
     nanosecondsPerSecond},
    {{"livetemplate_diff_duration_seconds", "Seconds that comparing two trees took."},
     &ShardMetrics::diffDuration,
     nanosecondsPerSecond},
    {{"livetemplate_action_duration_seconds", "Seconds that an action took."},
     &ShardMetrics::actionDuration,
     nanosecondsPerSecond},
    {{"livetemplate_update_payload_bytes", "Bytes of an update that was sent to a client."},
     &ShardMetrics::updatePayload,
     bytes},
    {{"livetemplate_loop_lag_seconds",
      "Seconds that an event waited until the thread that serves it was free."},
     &ShardMetrics::loopLag,
     nanosecondsPerSecond},
});

// A field that is added to ShardMetrics is added to one of the tables.
static_assert(sizeof(ShardMetrics)
                  == gauges.size() * sizeof(Gauge)
                      + (counters.size() + rejectionCount) * sizeof(Counter)
                      + summaries.size() * sizeof(Distribution),
              "Each field of ShardMetrics needs a metric.");

std::vector<ClientMetric::Label> shardLabel(std::size_t shard)
{
    return {{"shard", std::to_string(shard)}};
}

class ShardCollector final : public prometheus::Collectable
{
public:
    ShardCollector(MetricsExporter::Shards shards, MetricsExporter::Facts facts,
                   MetricsExporter::Clock clock)
        : m_shards(std::move(shards))
        , m_facts(std::move(facts))
        , m_clock(std::move(clock))
        , m_windows(summaries.size(), DistributionWindow(m_clock()))
        , m_shardWindows(m_shards.size(), DistributionWindow(m_clock()))
    {
    }

    [[nodiscard]] std::vector<MetricFamily> Collect() const override
    {
        std::vector<MetricFamily> families;
        addFacts(families);
        for (const GaugeTitle &gauge : gauges)
            families.push_back(gaugeFamily(gauge, total(gauge.field)));
        addRejections(families);
        for (const CounterTitle &counter : counters)
            addCounter(families, counter);
        addDistributions(families);
        addShardConnections(families);
        return families;
    }

private:
    template<typename Value>
    [[nodiscard]] double total(Value ShardMetrics::*field) const
    {
        double sum = 0;
        for (const auto &shard : m_shards)
            sum += double(((*shard).*field).value());
        return sum;
    }

    void addFacts(std::vector<MetricFamily> &families) const
    {
        MetricFamily build = gaugeFamily({"livetemplate_build_info",
                                          "Always 1; the label tells the version of the library."},
                                         1);
        build.metric.front().label = {{"version", m_facts.version.toStdString()}};
        families.push_back(std::move(build));

        // Not 0 for "no limit": by that, alerts that compare with the limit would divide.
        const int limit = m_facts.maxConnections;
        families.push_back(gaugeFamily(
            {"livetemplate_connections_max",
             "WebSocket connections that may be open at a time; +Inf when there is no limit."},
            limit > 0 ? double(limit) : std::numeric_limits<double>::infinity()));
    }

    void addRejections(std::vector<MetricFamily> &families) const
    {
        std::array<quint64, rejectionCount> rejections{};
        for (const auto &shard : m_shards) {
            for (std::size_t i = 0; i < rejections.size(); ++i)
                rejections[i] += shard->rejections[i].value();
        }

        // Alerts read this as one number.
        families.push_back(counterFamily(
            {"livetemplate_connections_rejected_total",
             "Connections that were refused because the server or their session group was full, "
             "or because the server was shutting down."},
            double(rejections[std::size_t(Rejection::Capacity)]
                   + rejections[std::size_t(Rejection::GroupCapacity)]
                   + rejections[std::size_t(Rejection::ShuttingDown)])));

        MetricFamily byReason{"livetemplate_requests_rejected_total",
                              "Requests and connections that were refused, by the reason.",
                              MetricType::Counter,
                              {}};
        for (std::size_t i = 0; i < rejections.size(); ++i) {
            ClientMetric metric;
            metric.label = {{"reason", rejectionName(Rejection(i)).data()}};
            metric.counter.value = double(rejections[i]);
            byReason.metric.push_back(std::move(metric));
        }
        families.push_back(std::move(byReason));

        families.push_back(counterFamily(
            {"livetemplate_fingerprint_mismatches_total",
             "Always 0, because this server needs no fingerprints; there for dashboards that "
             "were made for other servers."},
            0));
    }

    void addCounter(std::vector<MetricFamily> &families, const CounterTitle &counter) const
    {
        const double value = total(counter.field);
        families.push_back(counterFamily(counter, value));
        if (counter.field == &ShardMetrics::broadcastsSent) {
            families.push_back(counterFamily(
                {"livetemplate_publishes_sent_total",
                 "The same as livetemplate_broadcasts_sent_total, under its newer name."},
                value));
        }
    }

    void addDistributions(std::vector<MetricFamily> &families) const
    {
        // Held while counting, too: for a window, counts must never go back.
        const std::lock_guard lock(m_mutex);
        const TimePoint now = m_clock();
        for (std::size_t i = 0; i < summaries.size(); ++i) {
            const SummaryTitle &title = summaries[i];
            DistributionSum total;
            for (const auto &shard : m_shards)
                total.add((*shard).*title.field);
            families.push_back(
                {title.name,
                 title.help,
                 MetricType::Summary,
                 {summaryMetric(total, m_windows[i].recent(total.counts, now), title.unit)}});
        }

        MetricFamily lags{"livetemplate_shard_loop_lag_seconds",
                          "Seconds that an event waited until its thread was free, by the shard.",
                          MetricType::Summary,
                          {}};
        for (std::size_t i = 0; i < m_shards.size(); ++i) {
            DistributionSum total;
            total.add(m_shards[i]->loopLag);
            lags.metric.push_back(summaryMetric(total, m_shardWindows[i].recent(total.counts, now),
                                                nanosecondsPerSecond));
            lags.metric.back().label = shardLabel(i);
        }
        families.push_back(std::move(lags));
    }

    void addShardConnections(std::vector<MetricFamily> &families) const
    {
        MetricFamily connections{"livetemplate_shard_connections_active",
                                 "WebSocket connections that are open, by the shard.",
                                 MetricType::Gauge,
                                 {}};
        for (std::size_t i = 0; i < m_shards.size(); ++i) {
            ClientMetric metric;
            metric.label = shardLabel(i);
            metric.gauge.value = double(m_shards[i]->connectionsActive.value());
            connections.metric.push_back(std::move(metric));
        }
        families.push_back(std::move(connections));
    }

    const MetricsExporter::Shards m_shards;
    const MetricsExporter::Facts m_facts;
    const MetricsExporter::Clock m_clock;
    /// Guards the windows.
    mutable std::mutex m_mutex;
    mutable std::vector<DistributionWindow> m_windows;
    mutable std::vector<DistributionWindow> m_shardWindows;
};

/// The names that all client libraries of Prometheus give them.
class ProcessCollector final : public prometheus::Collectable
{
public:
    [[nodiscard]] std::vector<MetricFamily> Collect() const override
    {
        const ProcessMetrics process = ProcessMetrics::read();
        std::vector<MetricFamily> families;
        const auto add = [&](const auto &family, const MetricTitle &title, const auto &value) {
            if (value)
                families.push_back(family(title, double(*value)));
        };
        add(counterFamily,
            {"process_cpu_seconds_total", "Seconds of processor time that the process has used."},
            process.cpuSeconds);
        add(gaugeFamily,
            {"process_resident_memory_bytes", "Bytes of memory that the process occupies."},
            process.residentBytes);
        add(gaugeFamily,
            {"process_virtual_memory_bytes", "Bytes of address space that the process has."},
            process.virtualBytes);
        add(gaugeFamily,
            {"process_open_fds", "File descriptors that are open, sockets among them."},
            process.openFiles);
        add(gaugeFamily, {"process_max_fds", "File descriptors that may be open at a time."},
            process.maxFiles);
        add(gaugeFamily,
            {"process_start_time_seconds",
             "When the process was started, in seconds since 1970 (UTC)."},
            process.startTime);
        add(gaugeFamily, {"process_threads", "Threads of the process."}, process.threads);
        return families;
    }
};

} // namespace

MetricsExporter::MetricsExporter(Shards shards, Facts facts, Clock clock)
    : m_collectables{std::make_shared<const ShardCollector>(std::move(shards), std::move(facts),
                                                            std::move(clock)),
                     std::make_shared<const ProcessCollector>()}
{
}

MetricsExporter::~MetricsExporter() = default;

void MetricsExporter::add(std::shared_ptr<const prometheus::Collectable> collectable)
{
    const std::lock_guard lock(m_mutex);
    m_collectables.push_back(std::move(collectable));
}

QByteArray MetricsExporter::expose() const
{
    const auto collectables = [&] {
        const std::lock_guard lock(m_mutex);
        return m_collectables;
    }();
    std::vector<MetricFamily> families;
    for (const auto &collectable : collectables)
        std::ranges::move(collectable->Collect(), std::back_inserter(families));
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(families));
}

} // namespace LiveTemplate
