// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rowwriter.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// RFC 4180, section 2.
constexpr auto lineEnd = "\r\n"_L1;

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QJsonValue jsonNumber(double number)
{
    return std::isfinite(number) ? QJsonValue(number) : QJsonValue();
}

QJsonValue jsonValue(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        return {};
    case QMetaType::QDateTime:
        return value.toDateTime().isValid() ? QJsonValue(timeText(value.toDateTime()))
                                            : QJsonValue();
    case QMetaType::ULong:
    case QMetaType::ULongLong: {
        // Above that QJsonValue has no whole numbers.
        const quint64 number = value.toULongLong();
        return number <= quint64(std::numeric_limits<qint64>::max())
            ? QJsonValue(static_cast<qint64>(number))
            : QJsonValue(QString::number(number));
    }
    case QMetaType::Float:
    case QMetaType::Double:
        return jsonNumber(value.toDouble());
    default:
        return QJsonValue::fromVariant(value);
    }
}

QString jsonText(const QJsonValue &value)
{
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

bool isNumber(const QVariant &value)
{
    const int type = value.typeId();
    return type == QMetaType::QJsonValue ? value.toJsonValue().isDouble()
                                         : type != QMetaType::QString && value.canConvert<double>()
            && type != QMetaType::QByteArray && type != QMetaType::QDateTime;
}

/// See https://owasp.org/www-community/attacks/CSV_Injection.
bool looksLikeFormula(const QString &text)
{
    return !text.isEmpty() && u"=+-@\t\r"_s.contains(text.front());
}

QString csvText(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QDateTime:
        return timeText(value.toDateTime());
    case QMetaType::QJsonValue:
        return jsonText(value.toJsonValue());
    case QMetaType::Float:
    case QMetaType::Double:
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    default:
        return value.toString();
    }
}

QString csvCell(const QVariant &value)
{
    QString text = csvText(value);
    if (!isNumber(value) && looksLikeFormula(text))
        text.prepend(u'\'');
    const bool needsQuotes = std::ranges::any_of(text, [](QChar character) {
        return u"\",\r\n"_s.contains(character);
    });
    return needsQuotes ? u'"' + text.replace(u'"', u"\"\""_s) + u'"' : text;
}

QByteArray csvLine(const QVariantList &values)
{
    QStringList cells;
    for (const QVariant &value : values)
        cells.append(csvCell(value));
    return (cells.join(u',') + lineEnd).toUtf8();
}

} // namespace

QString formatName(ExportFormat format)
{
    return format == ExportFormat::Csv ? u"csv"_s : u"ndjson"_s;
}

QByteArray headLine(ExportFormat format, const QStringList &keys)
{
    if (format == ExportFormat::Ndjson)
        return {};
    QVariantList cells;
    for (const QString &key : keys)
        cells.append(key);
    return csvLine(cells);
}

QByteArray rowLine(ExportFormat format, const QStringList &keys, const QVariantList &values)
{
    if (format == ExportFormat::Csv)
        return csvLine(values);
    QJsonObject object;
    for (qsizetype i = 0; i < keys.size(); ++i)
        object.insert(keys.at(i), jsonValue(values.at(i)));
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace LiveTemplate::Ui
