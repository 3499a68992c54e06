// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "metricfamilies_p.h"

#include <limits>
#include <utility>

namespace LiveTemplate {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

void DistributionSum::add(const Distribution &distribution)
{
    distribution.addTo(counts);
    sum += double(distribution.sum());
}

MetricFamily gaugeFamily(const MetricTitle &title, double value)
{
    ClientMetric metric;
    metric.gauge.value = value;
    return {title.name, title.help, MetricType::Gauge, {std::move(metric)}};
}

MetricFamily counterFamily(const MetricTitle &title, double value)
{
    ClientMetric metric;
    metric.counter.value = value;
    return {title.name, title.help, MetricType::Counter, {std::move(metric)}};
}

ClientMetric summaryMetric(const DistributionSum &total, const Distribution::Counts &recent,
                           double unit)
{
    ClientMetric metric;
    metric.summary.sample_count = Distribution::count(total.counts);
    metric.summary.sample_sum = total.sum / unit;
    const bool isEmpty = Distribution::count(recent) == 0;
    for (const double quantile : {0.5, 0.9, 0.95, 0.99}) {
        const double value = isEmpty ? std::numeric_limits<double>::quiet_NaN()
                                     : double(Distribution::quantile(recent, quantile)) / unit;
        metric.summary.quantile.push_back({quantile, value});
    }
    return metric;
}

} // namespace LiveTemplate
