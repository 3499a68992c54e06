// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "tagparser_p.h"

namespace LiveTemplate {

/// What parses tag @p name; null when it is none of ours.
[[nodiscard]] ParseTag tagParser(const QString &name);

} // namespace LiveTemplate
