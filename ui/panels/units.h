// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

namespace LiveTemplate::Ui {

/// What a number of the statistics counts.
enum class Unit {
    Count,
    PerSecond,
    Seconds,
    Bytes,
    BytesPerSecond,
    /// 1 is 100 %.
    Share,
    /// 1: it is so; 0: it is not.
    YesNo,
};

/// @p value for a person, with three digits and what fits the size: "4.5 ms", "12.3 MiB",
/// "12,345". A dash when it is no number.
[[nodiscard]] QString formatted(Unit unit, double value);

/// The same for a file: without a unit, in the base unit, with a point.
[[nodiscard]] QString plainNumber(double value);

/// The base unit for the title of a column: "seconds", "bytes".
[[nodiscard]] QString baseUnitName(Unit unit);

struct AxisTick
{
    double value = 0;
    QString label;

    bool operator==(const AxisTick &) const = default;
};

/// Marks of an axis from 0 on, at numbers that are easy to read, at most @p most of them besides
/// 0. The last one is at @p largest or beyond, so that it can end the axis. For bytes the marks are
/// at powers of two. All labels are in one unit.
[[nodiscard]] QList<AxisTick> axisTicks(Unit unit, double largest, int most);

/// How long ago, on the axis of time: "now", "−30 s", "−5 min".
[[nodiscard]] QList<AxisTick> timeTicks(int seconds);

} // namespace LiveTemplate::Ui
