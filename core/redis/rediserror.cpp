// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rediserror.h"

#include <algorithm>
#include <array>

namespace LiveTemplate {

bool RedisError::isTransient() const
{
    static constexpr auto codes = std::to_array<QByteArrayView>(
        {"LOADING", "READONLY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "BUSY", "NOREPLICAS"});
    switch (kind) {
    case Kind::Unreachable:
    case Kind::Disconnected:
    case Kind::TimedOut:
        return true;
    case Kind::Server:
        return std::ranges::find(codes, code) != codes.end();
    default:
        return false;
    }
}

} // namespace LiveTemplate
