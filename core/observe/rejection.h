// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QLatin1StringView>

namespace LiveTemplate {

/// Why a client was turned away.
enum class Rejection {
    /// ServerOptions::maxConnections.
    Capacity,
    /// ServerOptions::maxConnectionsPerGroup.
    GroupCapacity,
    /// An origin that is not allowed.
    Origin,
    /// Not who it must be.
    Unauthorized,
    /// A request that is no HTTP, or too large, or too late.
    BadRequest,
    TooLarge,
    TimedOut,
    /// The server is on its way out.
    ShuttingDown,
};
inline constexpr int rejectionCount = int(Rejection::ShuttingDown) + 1;

/// As /metrics calls it: "group_capacity".
[[nodiscard]] LIVETEMPLATE_EXPORT QLatin1StringView rejectionName(Rejection rejection);

} // namespace LiveTemplate
