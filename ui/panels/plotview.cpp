// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plotview.h"

#include "plotcolors.h"

#include <QCategoryAxis>
#include <QChart>
#include <QFocusEvent>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLineSeries>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// On the axis of values: one for each so many pixels, but at least so many.
constexpr int pixelsPerTick = 60;
constexpr int leastTicks = 3;

// Room above the highest value, so that it does not touch the edge.
constexpr double headroom = 1.05;

// A threshold that is so many times above everything is named, but does not squeeze the lines.
constexpr double farThreshold = 3;

// A single value is drawn this wide, in seconds, as a line of no length would not be seen.
constexpr double pointWidth = 0.6;

// Of the window's length, for the arrow keys.
constexpr int keySteps = 60;

} // namespace

PlotView::PlotView(const Plot &plot, QWidget *parent)
    : QChartView(parent)
    , m_plot(plot)
    , m_timeAxis(new QCategoryAxis(this))
    , m_valueAxis(new QCategoryAxis(this))
    , m_segments(plot.lines.size())
{
    setObjectName(u"plot-"_s + plot.key);
    setAccessibleName(plot.title);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRenderHint(QPainter::Antialiasing);
    setCursor(Qt::PointingHandCursor);

    chart()->legend()->hide();
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setBackgroundRoundness(0);
    for (QCategoryAxis *axis : {m_timeAxis, m_valueAxis}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setStartValue(0);
    }
    chart()->addAxis(m_timeAxis, Qt::AlignBottom);
    chart()->addAxis(m_valueAxis, Qt::AlignLeft);
    applyColors();
}

PlotView::~PlotView() = default;

void PlotView::showHistory(const StatisticsHistory &history, int seconds,
                           const QList<PlotThreshold> &thresholds)
{
    if (m_seconds != seconds) {
        m_seconds = seconds;
        for (const QString &label : m_timeAxis->categoriesLabels())
            m_timeAxis->remove(label);
        m_timeAxis->setStartValue(-seconds - 1);
        for (const AxisTick &tick : timeTicks(seconds))
            m_timeAxis->append(tick.label, tick.value);
        m_timeAxis->setRange(-seconds, 0);
    }
    m_thresholds = thresholds;
    chooseLines(history);
    scaleAxes(history);
    const int columns = std::max(int(chart()->plotArea().width()), 1);
    for (int line = 0; line < m_plot.lines.size(); ++line) {
        drawLine(line,
                 m_shownLines.contains(line)
                     ? decimated(history, m_plot.lines.at(line).series, seconds, columns)
                     : QList<PlotSegment>());
    }
    viewport()->update();
}

void PlotView::chooseLines(const StatisticsHistory &history)
{
    m_shownLines.clear();
    for (int line = 0; line < m_plot.lines.size(); ++line) {
        const double largest = largestValue(history, m_plot.lines.at(line).series, m_seconds);
        if (!m_plot.leavesOutZeros || largest > 0)
            m_shownLines.append(line);
    }
}

void PlotView::scaleAxes(const StatisticsHistory &history)
{
    double largest = 0;
    for (const int line : m_shownLines) {
        largest = std::fmax(largest,
                            largestValue(history, m_plot.lines.at(line).series, m_seconds));
    }
    double end = largest * headroom;
    for (const PlotThreshold &threshold : m_thresholds) {
        if (threshold.value <= largest * farThreshold)
            end = std::max(end, threshold.value * headroom);
    }
    const int most = std::max(leastTicks, int(chart()->plotArea().height()) / pixelsPerTick);
    const QList<AxisTick> ticks = axisTicks(m_plot.unit, end, most);
    if (m_ticks == ticks)
        return;
    m_ticks = ticks;
    for (const QString &label : m_valueAxis->categoriesLabels())
        m_valueAxis->remove(label);
    m_valueAxis->setStartValue(-1);
    for (const AxisTick &tick : ticks)
        m_valueAxis->append(tick.label, tick.value);
    m_valueAxis->setRange(0, ticks.last().value);
}

void PlotView::drawLine(int line, const QList<PlotSegment> &segments)
{
    QList<QLineSeries *> &drawn = m_segments[line];
    for (qsizetype i = 0; i < segments.size(); ++i) {
        if (i == drawn.size())
            drawn.append(addSegment(line));
        PlotSegment points = segments.at(i);
        if (points.size() == 1) {
            points.prepend(points.first() - QPointF(pointWidth / 2, 0));
            points.last() += QPointF(pointWidth / 2, 0);
        }
        drawn.at(i)->replace(points);
    }
    // Most have one segment: what is not needed any more goes, but not the last.
    while (drawn.size() > std::max<qsizetype>(segments.size(), 1)) {
        QLineSeries *unneeded = drawn.takeLast();
        chart()->removeSeries(unneeded);
        delete unneeded;
    }
    if (segments.isEmpty() && !drawn.isEmpty())
        drawn.first()->clear();
}

QLineSeries *PlotView::addSegment(int line)
{
    auto *series = new QLineSeries;
    series->setName(m_plot.lines.at(line).name);
    chart()->addSeries(series);
    series->attachAxis(m_timeAxis);
    series->attachAxis(m_valueAxis);
    series->setPen(PlotColors(palette()).linePen(line));
    return series;
}

void PlotView::setCrosshair(std::optional<double> age)
{
    if (m_crosshair == age)
        return;
    m_crosshair = age;
    viewport()->update();
}

QList<QLineSeries *> PlotView::segments(int line) const
{
    QList<QLineSeries *> shown = m_segments.at(line);
    shown.removeIf([](const QLineSeries *series) { return series->count() == 0; });
    return shown;
}

bool PlotView::isVisible(const PlotThreshold &threshold) const
{
    return !m_ticks.isEmpty() && threshold.value <= m_ticks.last().value;
}

QSize PlotView::sizeHint() const
{
    return {300, 120};
}

QSize PlotView::minimumSizeHint() const
{
    return {180, 90};
}

void PlotView::drawForeground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawForeground(painter, rect);
    drawThresholds(*painter);
    const PlotColors colors(palette());
    const QRectF area = chart()->plotArea();
    if (m_crosshair && *m_crosshair >= -m_seconds) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(colors.crosshairPen());
        const double x = xOf(*m_crosshair);
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter->setRenderHint(QPainter::Antialiasing);
    }
    if (hasFocus()) {
        painter->setPen(QPen(palette().color(QPalette::Highlight), 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void PlotView::drawThresholds(QPainter &painter)
{
    const PlotColors colors(palette());
    const QRectF area = chart()->plotArea();
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    painter.setFont(font);
    const qreal lineHeight = QFontMetricsF(font).height();
    QStringList above;
    for (const PlotThreshold &threshold : m_thresholds) {
        const QString text = u"%1 %2"_s.arg(threshold.name,
                                            formatted(m_plot.unit, threshold.value));
        if (!isVisible(threshold)) {
            above.append(text);
            continue;
        }
        const qreal y = area.bottom() - threshold.value / m_ticks.last().value * area.height();
        painter.setPen(colors.thresholdPen());
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        // Below the line where there is no room above it.
        const qreal top = y - lineHeight > area.top() ? y - lineHeight : y;
        painter.drawText(QRectF(area.left() + 4, top, area.width() - 8, lineHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    if (above.isEmpty())
        return;
    painter.setPen(colors.quietText());
    painter.drawText(QRectF(area.left(), area.top(), area.width() - 2, lineHeight),
                     Qt::AlignRight | Qt::AlignTop, above.join(u" · "_s) + u" ↑"_s);
}

double PlotView::ageAt(const QPointF &position) const
{
    const QRectF area = chart()->plotArea();
    const double share = (position.x() - area.left()) / std::max(area.width(), 1.0);
    return (std::clamp(share, 0.0, 1.0) - 1) * m_seconds;
}

double PlotView::xOf(double age) const
{
    const QRectF area = chart()->plotArea();
    return area.right() + age / std::max(m_seconds, 1) * area.width();
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    Q_EMIT crosshairMoved(ageAt(event->position()));
    event->accept();
}

void PlotView::mousePressEvent(QMouseEvent *event)
{
    event->accept();
}

void PlotView::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT activated();
}

void PlotView::leaveEvent(QEvent *event)
{
    QChartView::leaveEvent(event);
    Q_EMIT crosshairMoved(std::nullopt);
}

void PlotView::keyPressEvent(QKeyEvent *event)
{
    const double step = std::max(1.0, double(m_seconds) / keySteps);
    switch (event->key()) {
    case Qt::Key_Left:
        Q_EMIT crosshairMoved(std::max(m_crosshair.value_or(step) - step, -double(m_seconds)));
        break;
    case Qt::Key_Right:
        Q_EMIT crosshairMoved(std::min(m_crosshair.value_or(0) + step, 0.0));
        break;
    case Qt::Key_Home:
        Q_EMIT crosshairMoved(-double(m_seconds));
        break;
    case Qt::Key_End:
        Q_EMIT crosshairMoved(0.0);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT activated();
        break;
    default:
        event->ignore();
    }
}

void PlotView::focusOutEvent(QFocusEvent *event)
{
    QChartView::focusOutEvent(event);
    if (m_crosshair && !underMouse())
        Q_EMIT crosshairMoved(std::nullopt);
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    // The list of plots scrolls.
    event->ignore();
}

void PlotView::resizeEvent(QResizeEvent *event)
{
    // First, because the axes are laid out when the chart gets its size.
    placePlotArea();
    QChartView::resizeEvent(event);
}

void PlotView::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
    if (event->type() == QEvent::FontChange)
        placePlotArea();
}

void PlotView::placePlotArea()
{
    // The same in all plots, so that their times stand under each other.
    const QFontMetricsF metrics(m_valueAxis->labelsFont());
    const qreal left = metrics.horizontalAdvance(u"0.5 MiB/s"_s) + 12;
    const qreal right = metrics.horizontalAdvance(u"now"_s) / 2 + 6;
    chart()->setPlotArea(
        QRectF(rect()).adjusted(left, metrics.height() / 2 + 2, -right, -metrics.height() - 10));
}

void PlotView::applyColors()
{
    const PlotColors colors(palette());
    setBackgroundBrush(colors.background());
    chart()->setBackgroundBrush(colors.background());
    chart()->setBackgroundPen(Qt::NoPen);
    QFont labelFont = font();
    labelFont.setPointSizeF(labelFont.pointSizeF() * 0.85);
    for (QCategoryAxis *axis : {m_timeAxis, m_valueAxis}) {
        axis->setLabelsFont(labelFont);
        axis->setLabelsColor(colors.quietText());
        axis->setGridLinePen(QPen(colors.grid(), 1));
        axis->setLinePen(QPen(colors.grid(), 1));
    }
    for (int line = 0; line < m_segments.size(); ++line) {
        for (QLineSeries *series : m_segments.at(line))
            series->setPen(colors.linePen(line));
    }
}

} // namespace LiveTemplate::Ui
