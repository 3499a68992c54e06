// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "request.h"

namespace LiveTemplate {

/// Whether a request that changes something may come from where it says: from a page of this very
/// server, or from a program that is no browser and sends no Origin (PROTOCOL.md B.1). Without
/// this any page on the web could use its visitor's cookie here.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT bool isAllowedOrigin(const Request &request);

} // namespace LiveTemplate
