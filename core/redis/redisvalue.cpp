// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisvalue.h"

#include <charconv>
#include <cmath>

namespace LiveTemplate {

namespace {

const RedisValue &nothing()
{
    static const RedisValue value;
    return value;
}

} // namespace

QByteArray RedisValue::toBytes() const
{
    struct Visitor
    {
        QByteArray operator()(const Null &) const { return {}; }
        QByteArray operator()(const Status &status) const { return status.text; }
        QByteArray operator()(const Error &error) const { return error.text; }
        QByteArray operator()(const QByteArray &bytes) const { return bytes; }
        QByteArray operator()(qint64 number) const { return QByteArray::number(number); }
        QByteArray operator()(double number) const { return QByteArray::number(number, 'g', 17); }
        QByteArray operator()(bool value) const { return value ? "1" : "0"; }
        QByteArray operator()(const Array &) const { return {}; }
    };
    return std::visit(Visitor{}, m_value);
}

std::optional<qint64> RedisValue::toInteger() const
{
    if (const auto *number = std::get_if<qint64>(&m_value))
        return *number;
    if (const auto *truth = std::get_if<bool>(&m_value))
        return *truth ? 1 : 0;
    if (const auto *number = std::get_if<double>(&m_value)) {
        // Both bounds are exact as doubles; 2^63 is the first that does not fit.
        constexpr double bound = 9223372036854775808.0;
        if (*number >= -bound && *number < bound && std::trunc(*number) == *number)
            return qint64(*number);
        return std::nullopt;
    }
    QByteArrayView text;
    if (const auto *bytes = std::get_if<QByteArray>(&m_value))
        text = *bytes;
    else if (const auto *status = std::get_if<Status>(&m_value))
        text = status->text;
    qint64 number = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
    if (error != std::errc() || end != text.end())
        return std::nullopt;
    return number;
}

const RedisValue::Array &RedisValue::toArray() const
{
    static const Array empty;
    const auto *array = std::get_if<Array>(&m_value);
    return array ? *array : empty;
}

const RedisValue &RedisValue::at(qsizetype index) const
{
    const Array &array = toArray();
    return index >= 0 && index < array.size() ? array.at(index) : nothing();
}

const RedisValue &RedisValue::value(QByteArrayView key) const
{
    const Array &array = toArray();
    for (qsizetype i = 0; i + 1 < array.size(); i += 2) {
        const auto &name = array.at(i).m_value;
        const auto *bytes = std::get_if<QByteArray>(&name);
        const auto *status = std::get_if<Status>(&name);
        if ((bytes && *bytes == key) || (status && status->text == key))
            return array.at(i + 1);
    }
    return nothing();
}

// Not by default in the class: whether lists of values can be compared would depend on itself.
bool operator==(const RedisValue &left, const RedisValue &right)
{
    return left.m_value == right.m_value;
}

} // namespace LiveTemplate
