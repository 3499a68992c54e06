// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "bytesource.h"

#include <QString>
#include <QVariant>

namespace LiveTemplate {

/// A text that something between a template and the browser's page might take for its own: HTML,
/// the client's special texts, JSON, text that UTF-8 cannot hold.
[[nodiscard]] QString awkwardText(ByteSource &source);

/// A text, a number of any kind, a flag, or nothing.
[[nodiscard]] QVariant awkwardScalar(ByteSource &source);

} // namespace LiveTemplate
