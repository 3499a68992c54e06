// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "distribution_p.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace LiveTemplate {

// Neighbouring buckets touch, and each holds its own upper bound.
static_assert(Distribution::bucketOf(31) == 31);
static_assert(Distribution::bucketOf(32) == 32 && Distribution::upperBound(32) == 32);
static_assert(Distribution::bucketOf(63) == 63 && Distribution::upperBound(63) == 63);
static_assert(Distribution::bucketOf(64) == 64 && Distribution::bucketOf(65) == 64
              && Distribution::upperBound(64) == 65);
static_assert(Distribution::bucketOf(~quint64(0)) == Distribution::bucketCount - 1);

void Distribution::addTo(Counts &counts) const
{
    for (std::size_t i = 0; i < bucketCount; ++i)
        counts[i] += m_buckets[i].value();
}

quint64 Distribution::count(const Counts &counts)
{
    return std::accumulate(counts.begin(), counts.end(), quint64(0));
}

quint64 Distribution::quantile(const Counts &counts, double quantile)
{
    const quint64 total = count(counts);
    if (total == 0)
        return 0;
    const auto wanted = std::max<quint64>(quint64(std::ceil(double(total) * quantile)), 1);
    quint64 seen = 0;
    for (std::size_t i = 0; i < bucketCount; ++i) {
        seen += counts[i];
        if (seen >= wanted)
            return upperBound(i);
    }
    return upperBound(bucketCount - 1);
}

} // namespace LiveTemplate
