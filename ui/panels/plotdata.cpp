// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plotdata.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

/// Those points of a column of pixels that are drawn.
class Column
{
public:
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    [[nodiscard]] int index() const { return m_index; }

    void add(int index, QPointF point)
    {
        m_index = index;
        if (m_count++ == 0)
            m_first = m_smallest = m_largest = point;
        if (point.y() < m_smallest.y())
            m_smallest = point;
        if (point.y() > m_largest.y())
            m_largest = point;
        m_last = point;
    }

    void moveTo(PlotSegment &segment)
    {
        QList<QPointF> points = {m_first, m_smallest, m_largest, m_last};
        std::ranges::sort(points, {}, [](QPointF point) { return point.x(); });
        for (const QPointF point : points) {
            if (segment.isEmpty() || segment.last() != point)
                segment.append(point);
        }
        m_count = 0;
    }

private:
    int m_index = 0;
    int m_count = 0;
    QPointF m_first;
    QPointF m_smallest;
    QPointF m_largest;
    QPointF m_last;
};

QString quoted(const QString &field)
{
    QString text = field;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

QList<PlotSegment> decimated(const StatisticsHistory &history, Series series, double seconds,
                             int columns)
{
    QList<PlotSegment> segments;
    PlotSegment segment;
    Column column;
    const auto finishSegment = [&] {
        if (!column.isEmpty())
            column.moveTo(segment);
        if (!segment.isEmpty())
            segments.append(std::exchange(segment, {}));
    };
    const double width = seconds / std::max(columns, 1);
    for (qsizetype i = history.firstWithin(seconds); i < history.size(); ++i) {
        const double value = history.value(i, series);
        if (history.sample(i).beginsRun || std::isnan(value))
            finishSegment();
        if (std::isnan(value))
            continue;
        const double age = history.age(i);
        const int index = int((age + seconds) / width);
        if (!column.isEmpty() && column.index() != index)
            column.moveTo(segment);
        column.add(index, {age, value});
    }
    finishSegment();
    return segments;
}

double largestValue(const StatisticsHistory &history, Series series, double seconds)
{
    double largest = StatisticsHistory::none;
    for (qsizetype i = history.firstWithin(seconds); i < history.size(); ++i)
        largest = std::fmax(largest, history.value(i, series));
    return largest;
}

QString statisticsCsv(const StatisticsHistory &history, const QList<Plot> &plots, double seconds)
{
    QStringList header = {quoted(u"time"_s)};
    for (const Plot &plot : plots) {
        for (const PlotLine &line : plot.lines) {
            header.append(
                quoted(u"%1: %2 (%3)"_s.arg(plot.title, line.name, baseUnitName(plot.unit))));
        }
    }
    QString text = header.join(u',') + u"\r\n"_s;
    for (qsizetype i = history.firstWithin(seconds); i < history.size(); ++i) {
        const StatisticsHistory::Sample &sample = history.sample(i);
        if (sample.beginsRun && i > history.firstWithin(seconds))
            text += QString(header.size() - 1, u',') + u"\r\n"_s;
        QStringList fields = {sample.time.toUTC().toString(Qt::ISODateWithMs)};
        for (const Plot &plot : plots) {
            for (const PlotLine &line : plot.lines)
                fields.append(plainNumber(history.value(i, line.series)));
        }
        text += fields.join(u',') + u"\r\n"_s;
    }
    return text;
}

QString statisticsText(const StatisticsHistory &history, const QList<Plot> &plots, qsizetype sample)
{
    if (sample < 0 || sample >= history.size())
        return {};
    QString text = history.sample(sample).time.toLocalTime().toString(Qt::ISODate) + u'\n';
    for (const Plot &plot : plots) {
        QStringList values;
        for (const PlotLine &line : plot.lines) {
            values.append(u"%1 %2"_s.arg(line.name,
                                         formatted(plot.unit, history.value(sample, line.series))));
        }
        text += u"%1: %2\n"_s.arg(plot.title, values.join(u", "_s));
    }
    return text;
}

QString headline(const StatisticsHistory &history, const Plot &plot, qsizetype sample)
{
    if (sample < 0 || sample >= history.size())
        return formatted(plot.unit, StatisticsHistory::none);
    if (plot.headline >= 0)
        return formatted(plot.unit, history.value(sample, plot.lines.at(plot.headline).series));
    double sum = 0;
    for (const PlotLine &line : plot.lines)
        sum += history.value(sample, line.series);
    return formatted(plot.unit, sum);
}

} // namespace LiveTemplate::Ui
