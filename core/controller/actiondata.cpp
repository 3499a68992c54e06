// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "actiondata.h"

#include "fieldvalue_p.h"

#include <QJsonValue>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Beyond this, doubles are not all the whole numbers: RFC 8259, section 6.
constexpr double largestExactInteger = 9007199254740991.0;

/// 2^63: the first double that does not fit.
constexpr double integerLimit = 9223372036854775808.0;

bool isWithinRange(double number)
{
    return number >= -integerLimit && number < integerLimit;
}

} // namespace

QString ActionData::string(QStringView key, const QString &fallback) const
{
    return textOf(m_values.value(key)).value_or(fallback);
}

qint64 ActionData::integer(QStringView key, qint64 fallback) const
{
    const QJsonValue value = m_values.value(key);
    switch (value.type()) {
    case QJsonValue::Double: {
        const double number = value.toDouble();
        if (std::abs(number) > largestExactInteger)
            return isWithinRange(number) ? value.toInteger(qint64(number)) : fallback;
        return qint64(number);
    }
    case QJsonValue::String: {
        const QString text = value.toString().trimmed();
        bool ok = false;
        if (const qint64 whole = QLocale::c().toLongLong(text, &ok); ok)
            return whole;
        const double number = QLocale::c().toDouble(text, &ok);
        return ok && isWithinRange(number) ? qint64(number) : fallback;
    }
    case QJsonValue::Bool:
        return value.toBool() ? 1 : 0;
    default:
        return fallback;
    }
}

double ActionData::number(QStringView key, double fallback) const
{
    const QJsonValue value = m_values.value(key);
    switch (value.type()) {
    case QJsonValue::Double:
        return std::isfinite(value.toDouble()) ? value.toDouble() : fallback;
    case QJsonValue::String: {
        bool ok = false;
        const double number = QLocale::c().toDouble(value.toString().trimmed(), &ok);
        return ok && std::isfinite(number) ? number : fallback;
    }
    case QJsonValue::Bool:
        return value.toBool() ? 1 : 0;
    default:
        return fallback;
    }
}

bool ActionData::boolean(QStringView key, bool fallback) const
{
    const QJsonValue value = m_values.value(key);
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double:
        return value.toDouble() != 0;
    case QJsonValue::String: {
        const QString text = value.toString().trimmed();
        for (const auto word : {"true"_L1, "1"_L1, "on"_L1}) {
            if (text.compare(word, Qt::CaseInsensitive) == 0)
                return true;
        }
        for (const auto word : {"false"_L1, "0"_L1, "off"_L1}) {
            if (text.compare(word, Qt::CaseInsensitive) == 0)
                return false;
        }
        return fallback;
    }
    default:
        return fallback;
    }
}

} // namespace LiveTemplate
