// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "latencies.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

double microseconds(quint64 nanoseconds)
{
    return double(nanoseconds) / 1e3;
}

QString inUnit(quint64 nanoseconds)
{
    const double value = double(nanoseconds);
    if (value < 1e6)
        return u"%1 µs"_s.arg(value / 1e3, 0, 'f', 0);
    if (value < 1e9)
        return u"%1 ms"_s.arg(value / 1e6, 0, 'f', value < 1e7 ? 2 : 1);
    return u"%1 s"_s.arg(value / 1e9, 0, 'f', 2);
}

} // namespace

void Latencies::record(Duration duration)
{
    const auto nanoseconds = quint64(std::max<qint64>(duration.count(), 0));
    m_distribution->record(nanoseconds);
    m_max = std::max(m_max, nanoseconds);
}

LatencyFigures Latencies::figures() const
{
    Distribution::Counts counts{};
    m_distribution->addTo(counts);
    // A bucket's upper bound can be above all that is in it.
    const auto quantile = [&](double fraction) {
        return std::min(Distribution::quantile(counts, fraction), m_max);
    };
    return {.count = Distribution::count(counts),
            .p50 = quantile(0.5),
            .p95 = quantile(0.95),
            .p99 = quantile(0.99),
            .max = m_max};
}

QJsonObject LatencyFigures::toJson() const
{
    return {{u"count"_s, qint64(count)},
            {u"p50"_s, microseconds(p50)},
            {u"p95"_s, microseconds(p95)},
            {u"p99"_s, microseconds(p99)},
            {u"max"_s, microseconds(max)}};
}

QString LatencyFigures::toText() const
{
    return u"p50 %1, p95 %2, p99 %3, max %4"_s.arg(inUnit(p50), inUnit(p95), inUnit(p99),
                                                   inUnit(max));
}

} // namespace LiveTemplate::Load
