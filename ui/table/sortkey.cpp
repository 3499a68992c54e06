// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sortkey.h"

#include <QDateTime>
#include <QJsonValue>

#include <algorithm>
#include <cmath>

namespace LiveTemplate::Ui {

namespace {

/// The first four characters, so that texts that begin differently are told apart by one number.
quint64 prefixOf(const QString &text)
{
    quint64 prefix = 0;
    for (qsizetype i = 0; i < 4; ++i)
        prefix = (prefix << 16) | (i < text.size() ? text.at(i).unicode() : 0u);
    return prefix;
}

} // namespace

SortKey::SortKey(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr:
        break;
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::LongLong:
    case QMetaType::Short:
    case QMetaType::UShort:
        setNumber(value.toLongLong());
        break;
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        setNumber(value.toULongLong());
        break;
    case QMetaType::Float:
    case QMetaType::Double:
        setNumber(value.toDouble());
        break;
    case QMetaType::QDateTime:
        if (const QDateTime time = value.toDateTime(); time.isValid())
            setNumber(time.toMSecsSinceEpoch());
        break;
    case QMetaType::QJsonValue:
        *this = SortKey(value.toJsonValue().toVariant());
        break;
    default:
        if (value.metaType().flags().testFlag(QMetaType::IsEnumeration))
            setNumber(value.toLongLong());
        else
            setText(value.toString());
    }
}

std::strong_ordering SortKey::compare(const SortKey &other) const
{
    if (m_kind != other.m_kind)
        return m_kind <=> other.m_kind;
    if (m_number < other.m_number)
        return std::strong_ordering::less;
    if (m_number > other.m_number)
        return std::strong_ordering::greater;
    return m_kind == Kind::Text ? QString::compare(m_text, other.m_text) <=> 0
                                : std::strong_ordering::equal;
}

void SortKey::setNumber(long double number)
{
    // What is not a number has no place in an order.
    if (std::isnan(number))
        return;
    m_kind = Kind::Number;
    m_number = number;
}

void SortKey::setText(const QString &text)
{
    m_kind = Kind::Text;
    m_text = text.toCaseFolded();
    m_number = static_cast<long double>(prefixOf(m_text));
}

} // namespace LiveTemplate::Ui
