// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "statisticshistory.h"
#include "units.h"

#include <QList>
#include <QPointF>
#include <QString>

namespace LiveTemplate::Ui {

/// A line of a plot.
struct PlotLine
{
    /// In a legend.
    QString name;
    Series series{};
};

/// What one plot of the statistics shows, and what there is to know of it.
struct Plot
{
    /// In settings, in files and for AlertRule::plot.
    QString key;
    QString title;
    Unit unit = Unit::Count;
    QList<PlotLine> lines;
    /// What the number is, where it is well, and what to do when it is not: a sentence or two each.
    QString meaning = {};
    QString healthy = {};
    QString action = {};
    /// Which line stands large in the title; -1: the sum of all.
    int headline = 0;
    /// Lines on which nothing happened are left out, as long as others are there.
    bool leavesOutZeros = false;
    /// Only where a server is joined to a Redis.
    bool isOfRedis = false;
};

/// The plots for a server with so many shards.
[[nodiscard]] QList<Plot> statisticsPlots(int shardCount);

/// A line without gaps: age in seconds (0 or negative) and value.
using PlotSegment = QList<QPointF>;

/// What of @p series is drawn over the last @p seconds in @p columns columns of pixels: of each
/// column the first, smallest, largest and last value in their order, so that no peak is lost and
/// the number of points does not grow with time. A new segment begins where nothing was sampled and
/// where there was no value.
[[nodiscard]] QList<PlotSegment> decimated(const StatisticsHistory &history, Series series,
                                           double seconds, int columns);

/// The largest value of the last @p seconds; none when there is no value.
[[nodiscard]] double largestValue(const StatisticsHistory &history, Series series, double seconds);

/// All series of @p plots over the last @p seconds, one sample a line (RFC 4180): first the time
/// (UTC, ISO 8601). Empty fields are where there was no value; an empty line of fields is a gap.
[[nodiscard]] QString statisticsCsv(const StatisticsHistory &history, const QList<Plot> &plots,
                                    double seconds);

/// The values of all plots at a sample, a line each, for the clipboard.
[[nodiscard]] QString statisticsText(const StatisticsHistory &history, const QList<Plot> &plots,
                                     qsizetype sample);

/// What stands large beside the title of @p plot.
[[nodiscard]] QString headline(const StatisticsHistory &history, const Plot &plot,
                               qsizetype sample);

} // namespace LiveTemplate::Ui
