// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>
#include <QVariant>

namespace LiveTemplate {

enum class ScriptEscape {
    String,
    TemplateLiteral,
    RegularExpression
};

/// @p value as a JavaScript literal, which is JSON as well, and has no character that ends a script
/// element, an attribute or a line.
[[nodiscard]] QByteArray scriptValue(const QVariant &value);

/// @p text for the inside of a literal: no character of it can end that or the script element.
[[nodiscard]] QByteArray scriptEscaped(QStringView text, ScriptEscape escape);

} // namespace LiveTemplate
