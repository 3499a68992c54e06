// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "statisticshistory.h"

#include <algorithm>
#include <cmath>

namespace LiveTemplate::Ui {

namespace {

constexpr double nanosecondsPerSecond = 1e9;

double seconds(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

double quantileSeconds(const Histogram &histogram, double quantile)
{
    return histogram.isEmpty() ? StatisticsHistory::none
                               : double(histogram.quantile(quantile)) / nanosecondsPerSecond;
}

template<typename Value>
double numberOf(const std::optional<Value> &value)
{
    return value ? double(*value) : StatisticsHistory::none;
}

double grown(quint64 now, quint64 before)
{
    return now > before ? double(now - before) : 0;
}

ServerStatistics::Redis withoutHistograms(ServerStatistics::Redis redis)
{
    redis.commandDuration = {};
    redis.lag = {};
    return redis;
}

Histogram actionsBetween(const ServerStatistics &older, const ServerStatistics &newer)
{
    return newer.actionDuration.since(older.actionDuration);
}

/// Of the Redis that both have; empty when one has none.
Histogram redisBetween(const ServerStatistics &older, const ServerStatistics &newer,
                       Histogram ServerStatistics::Redis::*field)
{
    if (!older.redis || !newer.redis)
        return {};
    return ((*newer.redis).*field).since((*older.redis).*field);
}

/// The lag of each shard, none where nothing was measured.
std::vector<double> loopLags(const ServerStatistics &older, const ServerStatistics &newer,
                             double quantile)
{
    std::vector<double> lags;
    for (qsizetype i = 0; i < newer.shards.size(); ++i) {
        lags.push_back(quantileSeconds(newer.shards.at(i).loopLag.since(older.shards.at(i).loopLag),
                                       quantile));
    }
    return lags;
}

} // namespace

void StatisticsHistory::add(const ServerStatistics &statistics)
{
    if (statistics.shards.size() != m_shardCount)
        startOver(statistics);
    const bool continuesRun = !m_recent.empty()
        && statistics.takenAt - m_recent.back().takenAt <= gapAfter;
    if (!continuesRun)
        m_recent.clear();
    m_limits = statistics.limits;

    Sample sample = makeSample(statistics);
    sample.beginsRun = !continuesRun;
    m_samples.push_back(std::move(sample));
    if (size() > capacity)
        m_samples.pop_front();

    m_recent.push_back(statistics);
    // One that is as old as the window stays: what came since is the window's.
    while (m_recent.size() > 2 && statistics.takenAt - m_recent[1].takenAt >= alertWindow)
        m_recent.pop_front();
    // For a clock that stands still.
    if (m_recent.size() > std::size_t(alertWindow / interval) * 2)
        m_recent.pop_front();
}

void StatisticsHistory::startOver(const ServerStatistics &statistics)
{
    m_samples.clear();
    m_recent.clear();
    m_shardCount = int(statistics.shards.size());
}

int StatisticsHistory::seriesCount() const
{
    const int lags = m_shardCount <= mostShardSeries ? m_shardCount : 2;
    return int(Series::FirstLoopLag) + lags;
}

StatisticsHistory::Sample StatisticsHistory::makeSample(const ServerStatistics &statistics) const
{
    Sample sample{.takenAt = statistics.takenAt,
                  .time = statistics.time,
                  .gauges = statistics.gauges,
                  .counters = statistics.counters,
                  .process = statistics.process,
                  .redis = statistics.redis.transform(withoutHistograms),
                  .values = std::vector<double>(std::size_t(seriesCount()), none)};
    const auto set = [&sample](Series series, double value) {
        sample.values[std::size_t(series)] = value;
    };
    set(Series::Connections, double(statistics.gauges.connections));
    set(Series::Groups, double(statistics.gauges.groups));
    set(Series::PendingBytes, double(statistics.gauges.pendingBytes));
    set(Series::ResidentBytes, numberOf(statistics.process.residentBytes));
    set(Series::OpenFiles, numberOf(statistics.process.openFiles));
    if (!m_recent.empty()) {
        addRates(sample);
        addQuantiles(sample, statistics);
        addLoopLags(sample, statistics);
    }
    return sample;
}

void StatisticsHistory::addRates(Sample &sample) const
{
    const ServerStatistics &last = m_recent.back();
    const double elapsed = seconds(sample.takenAt - last.takenAt);
    if (elapsed <= 0)
        return;
    const ServerStatistics::Counters &now = sample.counters;
    const ServerStatistics::Counters &then = last.counters;
    const auto set = [&](Series series, quint64 newer, quint64 older) {
        sample.values[std::size_t(series)] = grown(newer, older) / elapsed;
    };
    set(Series::Actions, now.actionsProcessed, then.actionsProcessed);
    set(Series::BroadcastsSent, now.broadcastsSent, then.broadcastsSent);
    set(Series::Dispatches, now.dispatches, then.dispatches);
    set(Series::BytesIn, now.bytesReceived, then.bytesReceived);
    set(Series::BytesOut, now.bytesSent, then.bytesSent);
    for (int i = 0; i < rejectionCount; ++i)
        set(seriesOf(Rejection(i)), now.rejected(Rejection(i)), then.rejected(Rejection(i)));
    if (sample.process.cpuSeconds && last.process.cpuSeconds) {
        sample.values[std::size_t(Series::Cpu)] = std::max(*sample.process.cpuSeconds
                                                               - *last.process.cpuSeconds,
                                                           0.0)
            / elapsed;
    }
}

void StatisticsHistory::addQuantiles(Sample &sample, const ServerStatistics &now) const
{
    const ServerStatistics *older = before(quantileWindow, now.takenAt);
    const auto set = [&sample](Series series, const Histogram &histogram, double quantile) {
        sample.values[std::size_t(series)] = quantileSeconds(histogram, quantile);
    };
    const Histogram actions = actionsBetween(*older, now);
    set(Series::ActionP50, actions, 0.5);
    set(Series::ActionP95, actions, 0.95);
    set(Series::ActionP99, actions, 0.99);
    set(Series::BuildP95, now.buildDuration.since(older->buildDuration), 0.95);
    set(Series::PageP95, now.templateDuration.since(older->templateDuration), 0.95);
    set(Series::DiffP95, now.diffDuration.since(older->diffDuration), 0.95);
    set(Series::RedisCommandP95,
        redisBetween(*older, now, &ServerStatistics::Redis::commandDuration), 0.95);
    set(Series::RedisLagP95, redisBetween(*older, now, &ServerStatistics::Redis::lag), 0.95);
}

void StatisticsHistory::addLoopLags(Sample &sample, const ServerStatistics &now) const
{
    std::vector<double> lags = loopLags(*before(quantileWindow, now.takenAt), now, 0.99);
    double *target = &sample.values[std::size_t(Series::FirstLoopLag)];
    if (m_shardCount <= mostShardSeries) {
        std::ranges::copy(lags, target);
        return;
    }
    std::erase_if(lags, [](double lag) { return std::isnan(lag); });
    if (lags.empty())
        return;
    std::ranges::sort(lags);
    target[0] = lags.back();
    target[1] = lags[lags.size() / 2];
}

const ServerStatistics *StatisticsHistory::before(std::chrono::seconds window, TimePoint now) const
{
    const ServerStatistics *found = m_recent.empty() ? nullptr : &m_recent.front();
    for (const ServerStatistics &candidate : m_recent) {
        if (now - candidate.takenAt >= window)
            found = &candidate;
    }
    return found;
}

double StatisticsHistory::age(qsizetype index) const
{
    return -seconds(newest().takenAt - sample(index).takenAt);
}

qsizetype StatisticsHistory::firstWithin(double window) const
{
    const auto found = std::ranges::find_if(m_samples, [&](const Sample &sample) {
        return seconds(newest().takenAt - sample.takenAt) <= window;
    });
    return found - m_samples.begin();
}

qsizetype StatisticsHistory::nearest(double wanted) const
{
    if (isEmpty())
        return -1;
    const auto after = std::ranges::lower_bound(
        m_samples, wanted, {},
        [this](const Sample &sample) { return -seconds(newest().takenAt - sample.takenAt); });
    qsizetype best = std::min<qsizetype>(after - m_samples.begin(), size() - 1);
    if (best > 0 && std::abs(age(best - 1) - wanted) < std::abs(age(best) - wanted))
        --best;
    return std::abs(age(best) - wanted) <= seconds(gapAfter) ? best : -1;
}

qsizetype StatisticsHistory::atOrBefore(std::chrono::seconds window) const
{
    const auto after = std::ranges::find_if(m_samples, [&](const Sample &sample) {
        return newest().takenAt - sample.takenAt < window;
    });
    return std::max<qsizetype>(after - m_samples.begin() - 1, 0);
}

double StatisticsHistory::recentQuantile(Duration duration, double quantile) const
{
    if (m_recent.size() < 2)
        return none;
    const ServerStatistics &now = m_recent.back();
    const ServerStatistics &older = *before(alertWindow, now.takenAt);
    switch (duration) {
    case Duration::Action:
        return quantileSeconds(actionsBetween(older, now), quantile);
    case Duration::RedisCommand:
        return quantileSeconds(redisBetween(older, now, &ServerStatistics::Redis::commandDuration),
                               quantile);
    case Duration::RedisLag:
        return quantileSeconds(redisBetween(older, now, &ServerStatistics::Redis::lag), quantile);
    case Duration::LoopLag: {
        double slowest = none;
        for (const double lag : loopLags(older, now, quantile))
            slowest = std::fmax(slowest, lag);
        return slowest;
    }
    }
    Q_UNREACHABLE_RETURN(none);
}

} // namespace LiveTemplate::Ui
