// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <chrono>
#include <functional>
#include <memory>

namespace prometheus {
class Collectable;
}

namespace LiveTemplate {

struct BroadcasterMetrics;
struct RedisMetrics;
struct SessionStoreMetrics;

/// For tests.
using CollectorClock = std::function<std::chrono::steady_clock::time_point()>;

/// What is counted between servers, for MetricsExporter::add(): as livetemplate_redis_…,
/// livetemplate_pubsub_… and livetemplate_session_…. One of each to an exporter, because their
/// names are always the same.
///
/// Threading: may be collected from any thread.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::shared_ptr<const prometheus::Collectable>
collectRedis(std::shared_ptr<const RedisMetrics> metrics,
             CollectorClock clock = std::chrono::steady_clock::now);

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::shared_ptr<const prometheus::Collectable>
collectBroadcaster(std::shared_ptr<const BroadcasterMetrics> metrics,
                   CollectorClock clock = std::chrono::steady_clock::now);

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::shared_ptr<const prometheus::Collectable>
collectSessionStore(std::shared_ptr<const SessionStoreMetrics> metrics,
                    CollectorClock clock = std::chrono::steady_clock::now);

} // namespace LiveTemplate
