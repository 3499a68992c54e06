// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QVariant>

namespace LiveTemplate::Ui {

enum class ExportFormat {
    /// Comma-separated values as in RFC 4180, in UTF-8.
    Csv,
    /// A JSON object on each line.
    Ndjson,
};

/// "csv" or "ndjson"; also the end of a file's name.
[[nodiscard]] QString formatName(ExportFormat format);

/// The line of column keys; empty for NDJSON, whose lines have them all.
[[nodiscard]] QByteArray headLine(ExportFormat format, const QStringList &keys);

/// A line with its end. Points in time are RFC 3339 in UTC with milliseconds.
///
/// A text that a spreadsheet would take for a formula begins with an apostrophe in CSV: what is
/// exported here comes from visitors and other servers.
[[nodiscard]] QByteArray rowLine(ExportFormat format, const QStringList &keys,
                                 const QVariantList &values);

} // namespace LiveTemplate::Ui
