// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "distribution_p.h"
#include "livetemplate_export.h"

#include <prometheus/metric_family.h>

namespace LiveTemplate {

/// A metric's name and what it means, in a sentence.
struct MetricTitle
{
    const char *name;
    const char *help;
};

/// How many of what a distribution or a gauge counts make one of what is shown.
inline constexpr double nanosecondsPerSecond = 1e9;

/// What some distributions counted together.
struct LIVETEMPLATE_PRIVATE_EXPORT DistributionSum
{
    void add(const Distribution &distribution);

    Distribution::Counts counts{};
    double sum = 0;
};

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT prometheus::MetricFamily gaugeFamily(
    const MetricTitle &title, double value);

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT prometheus::MetricFamily counterFamily(
    const MetricTitle &title, double value);

/// Count and sum are of @p total, quantiles of @p recent: NaN when there is nothing in it.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT prometheus::ClientMetric summaryMetric(
    const DistributionSum &total, const Distribution::Counts &recent, double unit);

} // namespace LiveTemplate
