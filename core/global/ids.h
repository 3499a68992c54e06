// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHashFunctions>
#include <QString>

namespace LiveTemplate {

/// Text of one meaning, so that a user cannot be passed where a group is wanted.
template<typename Tag>
class StrongText
{
public:
    StrongText() = default;
    explicit StrongText(QString value)
        : m_value(std::move(value))
    {
    }

    [[nodiscard]] const QString &value() const { return m_value; }
    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }
    /// The first eight characters, for logs and eyes: a group's id is a secret.
    [[nodiscard]] QString shortened() const { return m_value.left(8); }

    friend bool operator==(const StrongText &, const StrongText &) = default;
    friend size_t qHash(const StrongText &id, size_t seed = 0) noexcept
    {
        return qHash(id.m_value, seed);
    }

private:
    QString m_value;
};

/// A session group: all tabs of one browser, or of one user.
using GroupId = StrongText<struct GroupIdTag>;
/// A user as an Authenticator names them; empty for anonymous visitors.
using UserId = StrongText<struct UserIdTag>;

} // namespace LiveTemplate
