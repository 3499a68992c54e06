// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QJsonValue>
#include <QMetaType>
#include <QVariant>

#include <expected>

namespace LiveTemplate {

/// Whether values of @p type can be written as JSON and read back equal: numbers, strings, dates,
/// enumerators, gadgets, and lists and string-keyed maps of such. The error says why not.
[[nodiscard]] std::expected<void, QString> checkStorable(QMetaType type);

/// Writes a value whose type passed checkStorable().
[[nodiscard]] QJsonValue toJsonValue(const QVariant &value);

/// Reads what toJsonValue() wrote as a value of @p type. Parts that do not fit keep the value that
/// a default-constructed @p type has: saved state outlives the program that wrote it.
[[nodiscard]] QVariant fromJsonValue(const QJsonValue &json, QMetaType type);

} // namespace LiveTemplate
