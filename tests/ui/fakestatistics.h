// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "distribution_p.h"
#include "histogrambuilder_p.h"
#include "serverstatistics.h"

#include <array>
#include <chrono>
#include <memory>
#include <vector>

namespace LiveTemplate::Ui {

/// What a server would have counted: for tests of what is made of it. Its clock is set by hand.
class FakeStatistics
{
public:
    explicit FakeStatistics(int shardCount = 1)
    {
        statistics.takenAt = std::chrono::steady_clock::time_point() + std::chrono::hours(1);
        statistics.time = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"),
                                                Qt::ISODate);
        statistics.shards.resize(shardCount);
        for (int i = 0; i < shardCount; ++i)
            m_lags.push_back(std::make_unique<Distribution>());
    }

    void advance(std::chrono::milliseconds duration = std::chrono::seconds(1))
    {
        statistics.takenAt += duration;
        statistics.time = statistics.time.addDuration(duration);
    }

    void act(std::chrono::nanoseconds duration, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            m_actions->record(quint64(duration.count()));
        statistics.counters.actionsProcessed += quint64(times);
        statistics.actionDuration = HistogramBuilder::of(
            std::array<const Distribution *, 1>{m_actions.get()});
    }

    void lag(int shard, std::chrono::nanoseconds duration)
    {
        const Distribution *distribution = m_lags[std::size_t(shard)].get();
        m_lags[std::size_t(shard)]->record(quint64(duration.count()));
        statistics.shards[shard].loopLag = HistogramBuilder::of(std::array{distribution});
    }

    ServerStatistics statistics;

private:
    std::unique_ptr<Distribution> m_actions = std::make_unique<Distribution>();
    std::vector<std::unique_ptr<Distribution>> m_lags;
};

} // namespace LiveTemplate::Ui
