// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "serverstatistics.h"

namespace LiveTemplate {

struct BroadcasterMetrics;
struct RedisMetrics;
struct SessionStoreMetrics;

/// What a server and its Redis have counted, as ServerStatistics shows it. Threading: any thread.
[[nodiscard]] ServerStatistics::Redis redisStatistics(const RedisMetrics &client,
                                                      const BroadcasterMetrics &broadcaster,
                                                      const SessionStoreMetrics &store);

} // namespace LiveTemplate
