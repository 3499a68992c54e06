// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "units.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Ui::Units", text);
}

/// A multiple of a base unit: from @c factor on numbers are shown in it.
struct Scale
{
    double factor;
    const char *name;
};

constexpr double kibi = 1024;

constexpr std::array secondScales = {Scale{1e-6, "µs"}, Scale{1e-3, "ms"}, Scale{1, "s"}};
constexpr std::array byteScales = {Scale{1, "B"}, Scale{kibi, "KiB"}, Scale{kibi * kibi, "MiB"},
                                   Scale{kibi * kibi * kibi, "GiB"}};
constexpr std::array byteRateScales = {Scale{1, "B/s"}, Scale{kibi, "KiB/s"},
                                       Scale{kibi * kibi, "MiB/s"},
                                       Scale{kibi * kibi * kibi, "GiB/s"}};
constexpr std::array countScales = {Scale{1, ""}, Scale{1e6, "M"}};
constexpr std::array rateScales = {Scale{1, "/s"}, Scale{1e6, "M/s"}};
constexpr std::array shareScales = {Scale{0.01, "%"}};

std::span<const Scale> scalesOf(Unit unit)
{
    switch (unit) {
    case Unit::Count:
    case Unit::YesNo:
        return countScales;
    case Unit::PerSecond:
        return rateScales;
    case Unit::Seconds:
        return secondScales;
    case Unit::Bytes:
        return byteScales;
    case Unit::BytesPerSecond:
        return byteRateScales;
    case Unit::Share:
        return shareScales;
    }
    Q_UNREACHABLE_RETURN({});
}

/// The largest one that @p value reaches.
Scale scaleOf(Unit unit, double value)
{
    const std::span<const Scale> scales = scalesOf(unit);
    Scale chosen = scales.front();
    for (const Scale &scale : scales) {
        // 999.6 would be written as 1000.
        if (std::abs(value) >= scale.factor * 0.9995)
            chosen = scale;
    }
    return chosen;
}

QString withUnit(const QString &number, const Scale &scale)
{
    const QString name = QString::fromUtf8(scale.name);
    if (name.isEmpty() || name.startsWith(u'/'))
        return number + name;
    return number + u' ' + name;
}

/// With three digits, and no zeros at the end.
QString shortNumber(double value)
{
    const double size = std::abs(value);
    const int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : 2;
    QLocale locale;
    QString text = locale.toString(value, 'f', decimals);
    if (decimals > 0) {
        while (text.endsWith(locale.zeroDigit()))
            text.chop(1);
        if (text.endsWith(locale.decimalPoint()))
            text.chop(1);
    }
    return text;
}

bool isInBytes(Unit unit)
{
    return unit == Unit::Bytes || unit == Unit::BytesPerSecond;
}

/// The smallest step that is easy to read and not below @p least.
double niceStep(Unit unit, double least)
{
    if (isInBytes(unit))
        return std::max(std::exp2(std::ceil(std::log2(least) - 1e-9)), 1.0);
    const double power = std::pow(10.0, std::floor(std::log10(least) + 1e-9));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (power * step >= least * (1 - 1e-9))
            return power * step;
    }
    return power * 10;
}

/// Nobody wants to read half a connection or a tenth of a microsecond.
double smallestStep(Unit unit)
{
    switch (unit) {
    case Unit::Seconds:
        return 1e-6;
    case Unit::Share:
        return 0.01;
    case Unit::PerSecond:
        return 0.1;
    default:
        return 1;
    }
}

} // namespace

QString formatted(Unit unit, double value)
{
    if (!std::isfinite(value))
        return u"–"_s;
    if (unit == Unit::YesNo)
        return value > 0 ? tr("yes") : tr("no");
    const Scale scale = scaleOf(unit, value);
    return withUnit(shortNumber(value / scale.factor), scale);
}

QString plainNumber(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 10) : QString();
}

QString baseUnitName(Unit unit)
{
    switch (unit) {
    case Unit::Count:
        return u"count"_s;
    case Unit::PerSecond:
        return u"per second"_s;
    case Unit::Seconds:
        return u"seconds"_s;
    case Unit::Bytes:
        return u"bytes"_s;
    case Unit::BytesPerSecond:
        return u"bytes per second"_s;
    case Unit::Share:
        return u"ratio"_s;
    case Unit::YesNo:
        return u"0 or 1"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QList<AxisTick> axisTicks(Unit unit, double largest, int most)
{
    const double least = smallestStep(unit);
    const double end = std::isfinite(largest) ? std::max(largest, least) : least;
    const double step = niceStep(unit, std::max(end / std::max(most, 1), least));
    const int count = std::max(1, int(std::ceil(end / step - 1e-9)));
    const Scale scale = scaleOf(unit, step * count);
    QList<AxisTick> ticks;
    for (int i = 0; i <= count; ++i) {
        const double value = step * i;
        ticks.append({value, i == 0 ? u"0"_s : withUnit(shortNumber(value / scale.factor), scale)});
    }
    return ticks;
}

QList<AxisTick> timeTicks(int seconds)
{
    // Three of them, at whole numbers: more have no room below a small plot.
    const int step = seconds == 300 ? 120 : seconds / 3;
    QList<AxisTick> ticks;
    for (int ago = seconds / step * step; ago >= 0; ago -= step) {
        QString label = tr("now");
        if (ago > 0)
            label = ago % 60 == 0 && seconds > 60 ? tr("−%1 min").arg(ago / 60)
                                                  : tr("−%1 s").arg(ago);
        ticks.append({-double(ago), label});
    }
    return ticks;
}

} // namespace LiveTemplate::Ui
