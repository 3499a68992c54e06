// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>

namespace LiveTemplate {

/// The texts of options' values. What is not understood gives nothing.

/// "true", "1", "yes", "on" or "false", "0", "no", "off", in any case, as in the Go server.
[[nodiscard]] std::optional<bool> parseSwitch(QStringView text);

/// Decimal digits and nothing else.
[[nodiscard]] std::optional<qint64> parseCount(QStringView text);

/// Bytes, or KiB, MiB or GiB: "65536", "64K", "64KiB".
[[nodiscard]] std::optional<qint64> parseSize(QStringView text);

/// Seconds, or times with a unit, as many as wanted: "30", "1.5s", "500ms", "1h30m", "365d". Gives
/// whole milliseconds only.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseTime(QStringView text);

/// As parseSize() reads it, in the largest unit that needs no fraction.
[[nodiscard]] QString printSize(qint64 bytes);

/// As parseTime() reads it, in the largest unit that needs no fraction. A single day is "24h".
[[nodiscard]] QString printTime(std::chrono::milliseconds time);

/// @p text with "***" for the passwords of the URLs in it.
[[nodiscard]] QString withoutPasswords(const QString &text);

/// @p text on one line: control characters are written as in C.
[[nodiscard]] QString onOneLine(const QString &text);

} // namespace LiveTemplate
