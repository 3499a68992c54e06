// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "alertbook.h"
#include "plotdata.h"

#include <QFrame>

#include <optional>

class QLabel;
class QToolButton;

namespace LiveTemplate::Ui {

class PlotLegend;
class PlotView;

/// One plot of the statistics: its title and newest value, its lines, and what there is to know of
/// it.
class PlotTile : public QFrame
{
    Q_OBJECT

public:
    explicit PlotTile(const Plot &plot, QWidget *parent = nullptr);

    [[nodiscard]] const Plot &plot() const { return m_plot; }
    [[nodiscard]] PlotView *view() const { return m_view; }
    /// The large number; for tests.
    [[nodiscard]] QString valueText() const;

    /// Draws the last @p seconds; @p crosshair is an age whose values are shown in the place of the
    /// newest.
    void showHistory(const StatisticsHistory &history, const AlertBook &alerts, int seconds,
                     std::optional<double> crosshair);
    /// Only the values, and where the crosshair stands.
    void showValues(const StatisticsHistory &history, std::optional<double> crosshair);

Q_SIGNALS:
    void crosshairMoved(std::optional<double> age);
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString explanation() const;
    void setFiring(bool isFiring);

    Plot m_plot;
    QLabel *m_warning = nullptr;
    QLabel *m_value = nullptr;
    QLabel *m_limit = nullptr;
    PlotLegend *m_legend = nullptr;
    PlotView *m_view = nullptr;
    bool m_isFiring = false;
};

} // namespace LiveTemplate::Ui
