// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace prometheus {
class Collectable;
}

namespace LiveTemplate {

struct ShardMetrics;

/// What GET /metrics answers: the counters of all shards, and what the system says about the
/// process, in the text format of Prometheus (PROTOCOL.md E.13). Reads only when it is asked.
/// Quantiles are of what came lately (DistributionWindow).
///
/// Threading: all functions may be called from any thread.
class LIVETEMPLATE_PRIVATE_EXPORT MetricsExporter
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;
    using Shards = std::vector<std::shared_ptr<const ShardMetrics>>;

    /// What does not change while the server runs.
    struct Facts
    {
        /// ServerOptions::maxConnections; 0: no limit.
        int maxConnections = 0;
        /// Of the library.
        QString version;
    };

    static constexpr QByteArrayView contentType = "text/plain; version=0.0.4; charset=utf-8";

    /// @p clock is for tests.
    explicit MetricsExporter(Shards shards, Facts facts,
                             Clock clock = std::chrono::steady_clock::now);
    ~MetricsExporter();
    Q_DISABLE_COPY_MOVE(MetricsExporter)

    /// Adds what somebody else counts, under names that nobody else has. It is asked from the
    /// threads that call expose().
    void add(std::shared_ptr<const prometheus::Collectable> collectable);

    /// All metrics, in some hundred microseconds.
    [[nodiscard]] QByteArray expose() const;

private:
    mutable std::mutex m_mutex;
    std::vector<std::shared_ptr<const prometheus::Collectable>> m_collectables;
};

} // namespace LiveTemplate
