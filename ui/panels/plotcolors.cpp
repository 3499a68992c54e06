// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plotcolors.h"

#include <array>

namespace LiveTemplate::Ui {

namespace {

// After Okabe and Ito, "Color Universal Design" (2008), darker or lighter where needed: each has a
// contrast of at least 3:1 with its background (WCAG 1.4.11).
constexpr std::array<QRgb, 6> onLight = {
    0xff0a6cb4, // blue
    0xffc85500, // vermilion
    0xff00805c, // bluish green
    0xffa84a86, // reddish purple
    0xff8c6d00, // ochre
    0xff5b5bc7, // violet
};
constexpr std::array<QRgb, 6> onDark = {
    0xff5cb8f2, // sky blue
    0xfff0a04b, // orange
    0xff33c79a, // bluish green
    0xffe39bc7, // reddish purple
    0xffe6d45a, // yellow
    0xffa9a4f5, // violet
};

// Different lengths, so that two dashed lines beside each other differ, too.
QList<qreal> dashes(int line)
{
    switch (line % 4) {
    case 1:
        return {5, 2.5};
    case 2:
        return {1.5, 2};
    case 3:
        return {6, 2, 1.5, 2};
    default:
        return {};
    }
}

constexpr qreal lineWidth = 1.8;

QColor mixed(const QColor &one, const QColor &other, float share)
{
    return QColor::fromRgbF(one.redF() + (other.redF() - one.redF()) * share,
                            one.greenF() + (other.greenF() - one.greenF()) * share,
                            one.blueF() + (other.blueF() - one.blueF()) * share);
}

} // namespace

PlotColors::PlotColors(const QPalette &palette)
    : m_isDark(palette.color(QPalette::Base).lightness() < 128)
    , m_background(palette.color(QPalette::Base))
    , m_text(palette.color(QPalette::Text))
    , m_quietText(mixed(m_text, m_background, 0.3F))
    , m_grid(mixed(m_background, m_text, 0.14F))
{
}

QColor PlotColors::warning() const
{
    return QColor::fromRgb(m_isDark ? 0xffff7a5c : 0xffc0341d);
}

QPen PlotColors::linePen(int line) const
{
    const auto &colors = m_isDark ? onDark : onLight;
    QPen pen(QColor::fromRgb(colors[std::size_t(line) % colors.size()]), lineWidth);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (const QList<qreal> pattern = dashes(line); !pattern.isEmpty())
        pen.setDashPattern(pattern);
    return pen;
}

QPen PlotColors::thresholdPen() const
{
    QPen pen(warning(), 1);
    pen.setDashPattern({8, 4});
    return pen;
}

QPen PlotColors::crosshairPen() const
{
    return {m_quietText, 1};
}

} // namespace LiveTemplate::Ui
