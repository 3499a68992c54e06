// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QJsonObject>
#include <QString>

namespace LiveTemplate {

/// The data that came with an action, read as the type one wants.
///
/// The client turns what looks like a number or a boolean into one, and without JavaScript all is
/// text: so a title "42" may arrive as a number and a quantity as text. Every getter therefore
/// converts both ways, and gives its fallback when the value is missing or makes no sense.
class LIVETEMPLATE_EXPORT ActionData
{
public:
    ActionData() = default;
    explicit ActionData(QJsonObject values)
        : m_values(std::move(values))
    {
    }

    [[nodiscard]] const QJsonObject &values() const { return m_values; }
    [[nodiscard]] bool has(QStringView key) const { return m_values.contains(key); }

    /// Text as it is; a number without exponent, whole ones without a point; "true" or "false".
    [[nodiscard]] QString string(QStringView key, const QString &fallback = {}) const;

    /// A whole number, or text that is one; a fraction is cut off. The fallback when it does not
    /// fit 64 bits.
    [[nodiscard]] qint64 integer(QStringView key, qint64 fallback = 0) const;

    /// A number, or text that is one, in the C locale. Never infinite or NaN.
    [[nodiscard]] double number(QStringView key, double fallback = 0) const;

    /// A boolean; "true", "1", "on" or "false", "0", "off" in any case; a number is true unless 0.
    [[nodiscard]] bool boolean(QStringView key, bool fallback = false) const;

private:
    QJsonObject m_values;
};

} // namespace LiveTemplate
