// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "portprobe_p.h"
#include "rediserror.h"
#include "redisproblem.h"
#include "redisurl.h"

namespace LiveTemplate {

/// Whether the error alone does not say what is at the port: a PortProbe can.
[[nodiscard]] bool isAmbiguous(const RedisError &error);

/// Puts an error into words. @p finding is of a PortProbe, Unknown when there was none;
/// @p wasConnected says whether the Redis had been there before.
[[nodiscard]] RedisProblem explain(const RedisError &error, const RedisUrl &url,
                                   PortProbe::Finding finding, bool wasConnected);

} // namespace LiveTemplate
