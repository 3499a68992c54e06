// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace LiveTemplate {

/// Where our plugins are: beside the library, in the build tree as in an installed prefix.
[[nodiscard]] QString pluginFolder();

} // namespace LiveTemplate
