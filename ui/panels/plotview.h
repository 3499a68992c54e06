// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "plotdata.h"

#include <QChartView>

#include <optional>

class QCategoryAxis;
class QLineSeries;

namespace LiveTemplate::Ui {

/// A threshold in a plot.
struct PlotThreshold
{
    double value = 0;
    /// "alert", say.
    QString name;

    bool operator==(const PlotThreshold &) const = default;
};

/// The lines of one plot over the last minutes, with a crosshair that other plots share.
class PlotView : public QChartView
{
    Q_OBJECT

public:
    explicit PlotView(const Plot &plot, QWidget *parent = nullptr);
    ~PlotView() override;

    /// Draws the last @p seconds. A line is interrupted where nothing was sampled.
    void showHistory(const StatisticsHistory &history, int seconds,
                     const QList<PlotThreshold> &thresholds);

    /// An age in seconds (0 or negative); nothing: no crosshair.
    void setCrosshair(std::optional<double> age);

    /// The series that are drawn, for the segments of a line in the order of Plot::lines; for
    /// tests.
    [[nodiscard]] QList<QLineSeries *> segments(int line) const;
    /// Whether the axis reaches up to the threshold, so that its line can be seen.
    [[nodiscard]] bool isVisible(const PlotThreshold &threshold) const;
    /// Lines that are shown, by their number in Plot::lines.
    [[nodiscard]] const QList<int> &shownLines() const { return m_shownLines; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The mouse or the keys are at that age; nothing: they left.
    void crosshairMoved(std::optional<double> age);
    /// A click, Enter or Space.
    void activated();

protected:
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();
    void placePlotArea();
    void chooseLines(const StatisticsHistory &history);
    void scaleAxes(const StatisticsHistory &history);
    void drawLine(int line, const QList<PlotSegment> &segments);
    void drawThresholds(QPainter &painter);
    [[nodiscard]] QLineSeries *addSegment(int line);
    [[nodiscard]] double ageAt(const QPointF &position) const;
    [[nodiscard]] double xOf(double age) const;

    Plot m_plot;
    QCategoryAxis *m_timeAxis = nullptr;
    QCategoryAxis *m_valueAxis = nullptr;
    /// By line; those that are not needed are empty.
    QList<QList<QLineSeries *>> m_segments;
    QList<int> m_shownLines;
    QList<PlotThreshold> m_thresholds;
    QList<AxisTick> m_ticks;
    std::optional<double> m_crosshair;
    int m_seconds = 0;
};

} // namespace LiveTemplate::Ui
