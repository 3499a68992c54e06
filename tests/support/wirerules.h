// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace LiveTemplate {

/// The first rule of PROTOCOL.md C that a sent tree or difference breaks; empty when none.
[[nodiscard]] QString brokenWireRule(const QByteArray &json);

} // namespace LiveTemplate
