// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "histogram.h"

#include "distribution_p.h"
#include "histogrambuilder_p.h"

#include <algorithm>
#include <cmath>

namespace LiveTemplate {

namespace {

/// Never below 0: sum and counts of a histogram are not read at one moment.
quint64 difference(quint64 newer, quint64 older)
{
    return newer > older ? newer - older : 0;
}

} // namespace

double Histogram::mean() const
{
    return m_count > 0 ? double(m_sum) / double(m_count) : 0;
}

quint64 Histogram::quantile(double quantile) const
{
    // As Distribution::quantile(), so that what is shown agrees with /metrics.
    const auto wanted = std::max<quint64>(quint64(std::ceil(double(m_count) * quantile)), 1);
    quint64 seen = 0;
    for (const Bucket &bucket : m_buckets) {
        seen += bucket.count;
        if (seen >= wanted)
            return Distribution::upperBound(bucket.index);
    }
    return m_buckets.isEmpty() ? 0 : Distribution::upperBound(m_buckets.last().index);
}

Histogram Histogram::since(const Histogram &older) const
{
    Histogram result;
    auto before = older.m_buckets.cbegin();
    for (const Bucket &bucket : m_buckets) {
        while (before != older.m_buckets.cend() && before->index < bucket.index)
            ++before;
        const bool isKnown = before != older.m_buckets.cend() && before->index == bucket.index;
        const quint64 count = difference(bucket.count, isKnown ? before->count : 0);
        if (count == 0)
            continue;
        result.m_buckets.append({bucket.index, count});
        result.m_count += count;
    }
    result.m_sum = difference(m_sum, older.m_sum);
    return result;
}

Histogram HistogramBuilder::of(std::span<const Distribution *const> distributions)
{
    Distribution::Counts counts{};
    Histogram result;
    for (const Distribution *distribution : distributions) {
        distribution->addTo(counts);
        result.m_sum += distribution->sum();
    }
    static_assert(Distribution::bucketCount <= 0xffff);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0)
            continue;
        result.m_buckets.append({quint16(i), counts[i]});
        result.m_count += counts[i];
    }
    return result;
}

} // namespace LiveTemplate
