// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health.h"
#include "redisbroadcaster.h"
#include "redisclient.h"
#include "redissessionstore.h"

#include <expected>
#include <memory>

namespace LiveTemplate {

struct ServerOptions;

/// What a server makes of a Redis URL: one client for the store and the broadcaster.
struct RedisBackend
{
    std::shared_ptr<RedisClient> client;
    std::shared_ptr<RedisSessionStore> store;
    std::shared_ptr<RedisBroadcaster> broadcaster;

    /// Begins to connect. Fails only when the URL makes no sense.
    [[nodiscard]] static std::expected<RedisBackend, RedisError> open(const ServerOptions &options);

    /// "redis": states can be kept, and messages arrive.
    [[nodiscard]] std::shared_ptr<HealthCheck> healthCheck() const;
};

} // namespace LiveTemplate
