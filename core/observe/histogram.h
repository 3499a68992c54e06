// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QList>
#include <QtTypes>

namespace LiveTemplate {

/// How often which value was seen since the start, to 3 %. What was seen between two looks is
/// newer.since(older).
///
/// A value type that holds only what was seen: some hundred bytes.
class LIVETEMPLATE_EXPORT Histogram
{
public:
    Histogram() = default;

    [[nodiscard]] quint64 count() const { return m_count; }
    /// Of all values.
    [[nodiscard]] quint64 sum() const { return m_sum; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// 0 when it is empty.
    [[nodiscard]] double mean() const;

    /// The value that the fraction @p quantile (0 to 1) of all does not exceed, rounded up by at
    /// most 3 %; 0 when it is empty.
    [[nodiscard]] quint64 quantile(double quantile) const;

    /// What came since @p older, which is an earlier look at the same thing.
    [[nodiscard]] Histogram since(const Histogram &older) const;

    bool operator==(const Histogram &) const = default;

private:
    friend class HistogramBuilder;

    /// Ascending, and only those that are not empty.
    struct Bucket
    {
        quint16 index = 0;
        quint64 count = 0;

        bool operator==(const Bucket &) const = default;
    };
    QList<Bucket> m_buckets;
    quint64 m_count = 0;
    quint64 m_sum = 0;
};

} // namespace LiveTemplate
