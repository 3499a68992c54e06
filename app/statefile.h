// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QVariantHash>

#include <expected>

namespace LiveTemplate::App {

/// What a template sees of the state in a JSON file: the members of an object by their names, and
/// the whole as "state", unless the object has a member of that name. "-" is the standard input.
///
/// Half a surrogate pair, which JSON can name and UTF-8 cannot, becomes U+FFFD. The error is a
/// sentence that starts with the file, and the line and column of what is not JSON.
[[nodiscard]] std::expected<QVariantHash, QString> readStateFile(const QString &path);

} // namespace LiveTemplate::App
