// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDate>
#include <QDateTime>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QTime>

#include <optional>

namespace LiveTemplate {

// What the value of a form's field says, when it is read as one type or another. Space around a
// value does not count, but for textOf().

/// Text as it is; a number without exponent, whole ones without a point; "true" or "false". Nothing
/// for null, a list and an object.
[[nodiscard]] std::optional<QString> textOf(const QJsonValue &value);

/// HTML, 2.3.4.3: "-2.5e3" for example; no plus sign in front, no infinity.
[[nodiscard]] std::optional<double> numberOf(const QString &text);

/// HTML, 2.3.5.2: "2026-01-31".
[[nodiscard]] std::optional<QDate> dateOf(const QString &text);

/// HTML, 2.3.5.4: "23:59", "23:59:59" or "23:59:59.999".
[[nodiscard]] std::optional<QTime> timeOf(const QString &text);

/// HTML, 2.3.5.5 and 2.3.5.7: a date and a time with "T" or a space between. It is local time
/// unless "Z" or an offset like "+02:00" follows.
[[nodiscard]] std::optional<QDateTime> dateTimeOf(const QString &text);

/// The key that @p data has for @p name: itself, or else another spelling (ActionTable::spellings).
/// @p name when it has none.
[[nodiscard]] QString keyOf(const QJsonObject &data, const QString &name);

/// A field's name in words, for a sentence: "first_name", "first-name" and "firstName" are all
/// "First name". Of a path ("address.city") it is the last part.
[[nodiscard]] QString labelOf(const QString &name);

} // namespace LiveTemplate
