// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "counter_p.h"
#include "distribution_p.h"

namespace LiveTemplate {

/// What a RedisSessionStore has counted. Written by the Redis worker's thread, read by any.
struct SessionStoreMetrics
{
    Counter loads;
    Counter loadErrors;
    Counter saves;
    Counter saveErrors;
    Counter retries;
    /// Saves that Redis did not take because it has a newer state.
    Counter conflicts;
    /// 1 while states come from memory.
    Gauge fallback;
    Counter fallbacks;
    /// States in memory that Redis has not yet.
    Gauge unwritten;
    Counter writtenBack;
    /// States that memory had no room for before Redis had them, or that Redis refused for good.
    Counter lost;
    /// States in memory, those included that Redis has, too.
    Gauge copies;
    /// Nanoseconds.
    Distribution loadDuration;
    Distribution saveDuration;
};

} // namespace LiveTemplate
