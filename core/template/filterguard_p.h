// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QVariant>

#include <optional>

namespace LiveTemplate {

/// What a filter gives for an argument that it must not be called with; nothing: it may be called.
using FilterGuard = std::optional<QVariant> (*)(const QVariant &input, const QVariant &argument);

/// The guard of the library's filter @p name; null when it takes any argument. Some of the
/// library's filters divide by zero, read past the end of a text or fill the memory for arguments
/// that a page's visitor may choose.
[[nodiscard]] FilterGuard filterGuard(const QString &name);

} // namespace LiveTemplate
