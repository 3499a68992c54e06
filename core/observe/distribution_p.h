// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "counter_p.h"
#include "livetemplate_export.h"

#include <array>
#include <bit>
#include <cstddef>

namespace LiveTemplate {

/// How often which value was seen, to 3 %: buckets whose width grows with the value, as in an HDR
/// histogram. One thread records, any may read. Values are whole numbers (nanoseconds, bytes) from
/// 0 to 2^43, two hours and a half of nanoseconds; larger ones count as the largest.
class LIVETEMPLATE_PRIVATE_EXPORT Distribution
{
public:
    static constexpr int precisionBits = 5;
    static constexpr int largestBits = 43;
    static constexpr std::size_t bucketCount = std::size_t(largestBits - precisionBits + 1)
        << precisionBits;
    using Counts = std::array<quint64, bucketCount>;

    void record(quint64 value)
    {
        m_buckets[bucketOf(value)].add();
        m_sum.add(value);
    }

    [[nodiscard]] static constexpr std::size_t bucketOf(quint64 value)
    {
        constexpr quint64 largest = (quint64(1) << largestBits) - 1;
        const quint64 bounded = value < largest ? value : largest;
        const int shift = std::bit_width(bounded) - precisionBits - 1;
        if (shift <= 0)
            return std::size_t(bounded);
        return (std::size_t(shift) << precisionBits) + std::size_t(bounded >> shift);
    }

    /// The largest value of a bucket.
    [[nodiscard]] static constexpr quint64 upperBound(std::size_t bucket)
    {
        const std::size_t shift = bucket >> precisionBits;
        if (shift <= 1)
            return bucket;
        const std::size_t mantissa = (bucket & ((std::size_t(1) << precisionBits) - 1))
            + (std::size_t(1) << precisionBits);
        return ((quint64(mantissa) + 1) << (shift - 1)) - 1;
    }

    /// The sum of all values.
    [[nodiscard]] quint64 sum() const { return m_sum.value(); }

    /// Adds what was counted to @p counts.
    void addTo(Counts &counts) const;

    [[nodiscard]] static quint64 count(const Counts &counts);

    /// The value that the fraction @p quantile (0 to 1) of all does not exceed; 0 when there is
    /// none.
    [[nodiscard]] static quint64 quantile(const Counts &counts, double quantile);

private:
    std::array<Counter, bucketCount> m_buckets{};
    Counter m_sum;
};

} // namespace LiveTemplate
