// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "fieldvalue_p.h"

#include "actiontable_p.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// 2^63: the first double that does not fit.
constexpr double integerLimit = 9223372036854775808.0;

QString numberToString(const QJsonValue &value)
{
    const double number = value.toDouble();
    if (const qint64 whole = value.toInteger(0); whole != 0 || number == 0)
        return QString::number(whole);
    if (number == std::trunc(number) && std::abs(number) < integerLimit)
        return QString::number(qint64(number));
    return QString::number(number, 'f', QLocale::FloatingPointShortest);
}

/// ".5" of a second is 500 milliseconds.
int millisecondsOf(const QString &fraction)
{
    return fraction.leftJustified(3, u'0').toInt();
}

int secondsOf(const QString &offset)
{
    if (offset == "Z"_L1)
        return 0;
    const int seconds = (offset.sliced(1, 2).toInt() * 60 + offset.last(2).toInt()) * 60;
    return offset.startsWith(u'-') ? -seconds : seconds;
}

} // namespace

std::optional<QString> textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Double:
        return numberToString(value);
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    default:
        return std::nullopt;
    }
}

std::optional<double> numberOf(const QString &text)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"-?(\\d+(\\.\\d+)?|\\.\\d+)([eE][-+]?\\d+)?"_s));
    const QString trimmed = text.trimmed();
    const double number = trimmed.toDouble();
    if (!form.match(trimmed).hasMatch() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

std::optional<QDate> dateOf(const QString &text)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"(\\d{4,6})-(\\d\\d)-(\\d\\d)"_s));
    const auto match = form.match(text.trimmed());
    const QDate date(match.captured(1).toInt(), match.captured(2).toInt(),
                     match.captured(3).toInt());
    return date.isValid() ? std::optional(date) : std::nullopt;
}

std::optional<QTime> timeOf(const QString &text)
{
    static const QRegularExpression form(QRegularExpression::anchoredPattern(
        u"(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,3}))?)?"_s));
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const QTime time(match.captured(1).toInt(), match.captured(2).toInt(),
                     match.captured(3).toInt(), millisecondsOf(match.captured(4)));
    return time.isValid() ? std::optional(time) : std::nullopt;
}

std::optional<QDateTime> dateTimeOf(const QString &text)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"([\\d-]+)[T ]([\\d:.]+)(Z|[-+]\\d\\d:\\d\\d)?"_s));
    const auto match = form.match(text.trimmed());
    const auto date = dateOf(match.captured(1));
    const auto time = timeOf(match.captured(2));
    if (!date || !time)
        return std::nullopt;
    if (!match.hasCaptured(3))
        return QDateTime(*date, *time);
    const QTimeZone zone = QTimeZone::fromSecondsAheadOfUtc(secondsOf(match.captured(3)));
    return zone.isValid() ? std::optional(QDateTime(*date, *time, zone)) : std::nullopt;
}

QString keyOf(const QJsonObject &data, const QString &name)
{
    if (name.isEmpty() || data.contains(name))
        return name;
    for (const QString &spelling : ActionTable::spellings(name)) {
        if (data.contains(spelling))
            return spelling;
    }
    return name;
}

QString labelOf(const QString &name)
{
    static const QRegularExpression boundaries(u"[_-]+|(?<=[a-z0-9])(?=[A-Z])"_s);
    QStringList words = name.sliced(name.lastIndexOf(u'.') + 1)
                            .split(boundaries, Qt::SkipEmptyParts);
    for (QString &word : words) {
        // An abbreviation stays one: "homeURL".
        if (word != word.toUpper() || word.size() == 1)
            word = word.toLower();
    }
    QString label = words.join(u' ');
    if (!label.isEmpty())
        label[0] = label[0].toUpper();
    return label;
}

} // namespace LiveTemplate
