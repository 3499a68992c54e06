// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tablestyle.h"

namespace LiveTemplate::Ui {

namespace {

constexpr int sideMargin = 6;

} // namespace

int TableStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                            const QWidget *widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
        // What Qt's styles leave beside the text of a cell, less a pixel.
        return sideMargin - 1;
    case PM_HeaderMargin:
        return sideMargin;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

} // namespace LiveTemplate::Ui
