// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "serverstatistics.h"

#include <QList>

#include <chrono>
#include <deque>
#include <limits>
#include <utility>
#include <vector>

namespace LiveTemplate::Ui {

/// What is remembered of each sample, as a number that can be plotted.
enum class Series {
    Connections,
    Groups,
    Actions,
    BroadcastsSent,
    Dispatches,
    ActionP50,
    ActionP95,
    ActionP99,
    BytesIn,
    BytesOut,
    BuildP95,
    PageP95,
    DiffP95,
    PendingBytes,
    /// One for each Rejection.
    FirstRejection,
    ResidentBytes = FirstRejection + rejectionCount,
    Cpu,
    OpenFiles,
    RedisCommandP95,
    RedisLagP95,
    /// One for each shard, up to StatisticsHistory::mostShardSeries.
    FirstLoopLag,
};

/// The series of a rejection's reason.
[[nodiscard]] constexpr Series seriesOf(Rejection reason)
{
    return Series(int(Series::FirstRejection) + int(reason));
}

/// The last half an hour of a server: samples of ServerStatistics, one a second while somebody
/// looks, as numbers that can be plotted and compared with thresholds.
///
/// Nothing is sampled while nobody looks. What was not sampled is a gap: the first sample after it
/// begins a new run (Sample::beginsRun), rates and quantiles start anew with the sample after that,
/// and no line is drawn across. Counters go on meanwhile, so that increase() has what was not seen,
/// too.
///
/// Memory: at most @c capacity samples and a minute of histograms, about one megabyte.
class StatisticsHistory
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds interval = std::chrono::seconds(1);
    static constexpr qsizetype capacity = 30 * 60;
    /// Later than that after the one before, a sample has a gap before it: two were left out.
    static constexpr std::chrono::milliseconds gapAfter = std::chrono::milliseconds(2500);
    /// Of what came in so long quantiles are plotted: each second by itself would have none
    /// between two clicks.
    static constexpr std::chrono::seconds quantileWindow = std::chrono::seconds(10);
    /// Of so long they are compared with thresholds, as in /metrics.
    static constexpr std::chrono::seconds alertWindow = std::chrono::seconds(60);
    /// More lines could not be told apart: with more shards the series are those of the slowest
    /// and of a typical one.
    static constexpr int mostShardSeries = 6;

    static constexpr double none = std::numeric_limits<double>::quiet_NaN();

    struct Sample
    {
        TimePoint takenAt;
        QDateTime time;
        /// There is a gap before it, or nothing.
        bool beginsRun = false;
        ServerStatistics::Gauges gauges;
        ServerStatistics::Counters counters;
        ServerStatistics::Process process;
        /// Without histograms.
        std::optional<ServerStatistics::Redis> redis;
        /// By Series; none where there is nothing to say.
        std::vector<double> values;
    };

    /// Which histogram; of all shards together, but for LoopLag, which is the slowest shard's.
    enum class Duration {
        Action,
        RedisCommand,
        RedisLag,
        LoopLag,
    };

    void add(const ServerStatistics &statistics);

    [[nodiscard]] qsizetype size() const { return qsizetype(m_samples.size()); }
    [[nodiscard]] bool isEmpty() const { return m_samples.empty(); }
    /// 0 is the oldest.
    [[nodiscard]] const Sample &sample(qsizetype index) const
    {
        return m_samples[std::size_t(index)];
    }
    [[nodiscard]] const Sample &newest() const { return m_samples.back(); }
    [[nodiscard]] const ServerStatistics::Limits &limits() const { return m_limits; }
    [[nodiscard]] int shardCount() const { return m_shardCount; }

    /// The number of series that a sample has.
    [[nodiscard]] int seriesCount() const;
    [[nodiscard]] double value(qsizetype index, Series series) const
    {
        return sample(index).values[std::size_t(series)];
    }
    /// How many seconds before the newest sample; 0 or negative.
    [[nodiscard]] double age(qsizetype index) const;
    /// The first sample that is at most @p seconds older than the newest; size() when empty.
    [[nodiscard]] qsizetype firstWithin(double seconds) const;
    /// The sample that is nearest to @p age, within the time of two samples; -1 in a gap.
    [[nodiscard]] qsizetype nearest(double age) const;

    /// By how much a number that only grows has grown in @p window before the newest sample, also
    /// across gaps, and over how many seconds that is: fewer when there is no older sample.
    struct Increase
    {
        double amount = 0;
        double seconds = 0;

        [[nodiscard]] double rate() const { return seconds > 0 ? amount / seconds : none; }
    };
    template<typename Counter>
    [[nodiscard]] Increase increase(std::chrono::seconds window, Counter counter) const
    {
        if (isEmpty())
            return {};
        const qsizetype first = atOrBefore(window);
        const auto now = counter(newest());
        const auto then = counter(sample(first));
        return {now > then ? double(now - then) : 0, -age(first)};
    }

    /// Seconds, of alertWindow; none when nothing came in it.
    [[nodiscard]] double recentQuantile(Duration duration, double quantile) const;

private:
    void startOver(const ServerStatistics &statistics);
    [[nodiscard]] Sample makeSample(const ServerStatistics &statistics) const;
    void addRates(Sample &sample) const;
    void addQuantiles(Sample &sample, const ServerStatistics &now) const;
    void addLoopLags(Sample &sample, const ServerStatistics &now) const;
    /// The newest of this run that is at least @p window older than its newest one, or else its
    /// oldest; null when the run has just begun.
    [[nodiscard]] const ServerStatistics *before(std::chrono::seconds window, TimePoint now) const;
    [[nodiscard]] qsizetype atOrBefore(std::chrono::seconds window) const;

    std::deque<Sample> m_samples;
    /// Of this run, with histograms, as long as alertWindow.
    std::deque<ServerStatistics> m_recent;
    ServerStatistics::Limits m_limits;
    int m_shardCount = 0;
};

} // namespace LiveTemplate::Ui
