// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QPalette>
#include <QPen>

namespace LiveTemplate::Ui {

/// How plots are drawn on a background: dark or light, and so that lines are told apart with every
/// kind of colour blindness, by their colours after Okabe and Ito and by their dashes.
class PlotColors
{
public:
    explicit PlotColors(const QPalette &palette);

    [[nodiscard]] QColor background() const { return m_background; }
    [[nodiscard]] QColor text() const { return m_text; }
    /// For what stands beside the numbers.
    [[nodiscard]] QColor quietText() const { return m_quietText; }
    [[nodiscard]] QColor grid() const { return m_grid; }
    /// Of thresholds, and of plots whose alert fires.
    [[nodiscard]] QColor warning() const;

    /// Of the line with that number, from 0.
    [[nodiscard]] QPen linePen(int line) const;
    [[nodiscard]] QPen thresholdPen() const;
    [[nodiscard]] QPen crosshairPen() const;

private:
    bool m_isDark = false;
    QColor m_background;
    QColor m_text;
    QColor m_quietText;
    QColor m_grid;
};

} // namespace LiveTemplate::Ui
