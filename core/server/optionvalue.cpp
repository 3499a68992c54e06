// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "optionvalue_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

struct Unit
{
    QLatin1StringView name;
    qint64 size;
};

constexpr std::array sizeUnits = {
    Unit{"G"_L1, 1024 * 1024 * 1024},
    Unit{"M"_L1, 1024 * 1024},
    Unit{"K"_L1, 1024},
};

// In milliseconds.
constexpr std::array timeUnits = {
    Unit{"d"_L1, std::chrono::milliseconds(24h).count()},
    Unit{"h"_L1, std::chrono::milliseconds(1h).count()},
    Unit{"m"_L1, std::chrono::milliseconds(1min).count()},
    Unit{"s"_L1, std::chrono::milliseconds(1s).count()},
    Unit{"ms"_L1, 1},
};

/// A time above it makes no sense anywhere, and below it doubles are exact enough.
constexpr double longestTime = 1e15;

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

std::optional<std::chrono::milliseconds> wholeMilliseconds(double time)
{
    // What is less than a microsecond comes from the binary fraction and not from the text.
    constexpr double rounding = 1e-3;
    if (time > longestTime || std::abs(time - std::round(time)) > rounding)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(time));
}

} // namespace

std::optional<bool> parseSwitch(QStringView text)
{
    const QString word = text.trimmed().toString().toLower();
    if (word == "true"_L1 || word == "1"_L1 || word == "yes"_L1 || word == "on"_L1)
        return true;
    if (word == "false"_L1 || word == "0"_L1 || word == "no"_L1 || word == "off"_L1)
        return false;
    return std::nullopt;
}

std::optional<qint64> parseCount(QStringView text)
{
    // toLongLong() also takes signs and spaces.
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    return fits && std::ranges::all_of(text, isDigit) ? std::optional(number) : std::nullopt;
}

std::optional<qint64> parseSize(QStringView text)
{
    const auto end = std::ranges::find_if_not(text, isDigit);
    const std::optional<qint64> number = parseCount(text.first(end - text.begin()));
    const QStringView suffix = text.sliced(end - text.begin());
    if (!number || suffix.isEmpty())
        return number;
    for (const Unit &unit : sizeUnits) {
        const bool isMeant = suffix.compare(unit.name, Qt::CaseInsensitive) == 0
            || suffix.compare(QString(unit.name + "iB"_L1), Qt::CaseInsensitive) == 0;
        if (isMeant && *number <= std::numeric_limits<qint64>::max() / unit.size)
            return *number * unit.size;
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> parseTime(QStringView text)
{
    static const QRegularExpression plain(uR"(^\d+(\.\d+)?$)"_s);
    static const QRegularExpression withUnits(uR"(^(\d+(\.\d+)?(ms|[smhd]))+$)"_s);
    static const QRegularExpression part(uR"((\d+(?:\.\d+)?)(ms|[smhd]))"_s);
    if (plain.matchView(text).hasMatch())
        return wholeMilliseconds(text.toDouble() * 1000);
    if (!withUnits.matchView(text).hasMatch())
        return std::nullopt;
    double time = 0;
    for (const QRegularExpressionMatch &match : part.globalMatchView(text)) {
        const auto unit = std::ranges::find_if(timeUnits, [&match](const Unit &candidate) {
            return match.capturedView(2) == candidate.name;
        });
        time += match.capturedView(1).toDouble() * double(unit->size);
    }
    return wholeMilliseconds(time);
}

QString printSize(qint64 bytes)
{
    for (const Unit &unit : sizeUnits) {
        if (bytes != 0 && bytes % unit.size == 0)
            return QString::number(bytes / unit.size) + unit.name;
    }
    return QString::number(bytes);
}

QString printTime(std::chrono::milliseconds time)
{
    if (time == 0ms)
        return u"0s"_s;
    const auto *unit = std::ranges::find_if(timeUnits, [&](const Unit &candidate) {
        const bool isSingleDay = candidate.name == "d"_L1 && time == 24h;
        return time.count() % candidate.size == 0 && !isSingleDay;
    });
    return QString::number(time.count() / unit->size) + unit->name;
}

QString withoutPasswords(const QString &text)
{
    // To the last '@' of the word: a password that is not encoded may have '@', '/' and ':' in it.
    static const QRegularExpression password(uR"((://[^:/?#@\s]*):\S*@)"_s);
    return QString(text).replace(password, u"\\1:***@"_s);
}

QString onOneLine(const QString &text)
{
    QString line;
    line.reserve(text.size());
    for (const QChar character : text) {
        if (character == u'\n')
            line += "\\n"_L1;
        else if (character == u'\r')
            line += "\\r"_L1;
        else if (character == u'\t')
            line += "\\t"_L1;
        else if (character.category() == QChar::Other_Control)
            line += u"\\x%1"_s.arg(uint(character.unicode()), 2, 16, QChar(u'0'));
        else
            line += character;
    }
    return line;
}

} // namespace LiveTemplate
