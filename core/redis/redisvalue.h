// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <variant>

namespace LiveTemplate {

/// A value of Redis' protocol, RESP2 or RESP3.
class LIVETEMPLATE_EXPORT RedisValue
{
public:
    using Array = QList<RedisValue>;
    struct Null
    {
        friend bool operator==(const Null &, const Null &) = default;
    };
    /// "OK" and the like.
    struct Status
    {
        QByteArray text;
        friend bool operator==(const Status &, const Status &) = default;
    };
    /// An error that is a part of a value: of one command in EXEC, say. "CODE message".
    struct Error
    {
        QByteArray text;
        friend bool operator==(const Error &, const Error &) = default;
    };

    RedisValue() = default;
    RedisValue(Null) {}
    RedisValue(Status value)
        : m_value(std::move(value))
    {
    }
    RedisValue(Error value)
        : m_value(std::move(value))
    {
    }
    RedisValue(QByteArray value)
        : m_value(std::move(value))
    {
    }
    RedisValue(qint64 value)
        : m_value(value)
    {
    }
    RedisValue(double value)
        : m_value(value)
    {
    }
    RedisValue(bool value)
        : m_value(value)
    {
    }
    RedisValue(Array value)
        : m_value(std::move(value))
    {
    }

    [[nodiscard]] bool isNull() const { return std::holds_alternative<Null>(m_value); }
    [[nodiscard]] bool isError() const { return std::holds_alternative<Error>(m_value); }
    [[nodiscard]] bool isArray() const { return std::holds_alternative<Array>(m_value); }

    /// The bytes of a string, a status or an error; a number as text; empty for everything else.
    [[nodiscard]] QByteArray toBytes() const;
    /// A number, also one that is written as a string; nothing for everything else.
    [[nodiscard]] std::optional<qint64> toInteger() const;
    /// The elements of an array, a set, a map (key, value, key, value) or a push; empty for
    /// everything else.
    [[nodiscard]] const Array &toArray() const;
    /// The element of an array; null when there is none.
    [[nodiscard]] const RedisValue &at(qsizetype index) const;
    /// The value behind @p key in an array of keys and values, as HGETALL answers; null when there
    /// is none.
    [[nodiscard]] const RedisValue &value(QByteArrayView key) const;

    LIVETEMPLATE_EXPORT friend bool operator==(const RedisValue &, const RedisValue &);

private:
    /// Fills arrays in place.
    friend class RespReader;

    std::variant<Null, Status, Error, QByteArray, qint64, double, bool, Array> m_value;
};

} // namespace LiveTemplate
