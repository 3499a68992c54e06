// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "counter_p.h"
#include "distribution_p.h"

namespace LiveTemplate {

/// What a RedisBroadcaster has counted. Written by the Redis worker's thread, read by any.
struct BroadcasterMetrics
{
    Counter published;
    /// Messages that did not reach Redis; refused ones are among them, too many of which wait.
    Counter publishErrors;
    /// Messages that wait to be taken by Redis.
    Gauge publishesWaiting;
    Counter received;
    /// Dropped: sent by ourselves; not understood; for a group or user without connections here;
    /// for a topic, of which we have none.
    Counter droppedOwn;
    Counter droppedMalformed;
    Counter droppedUnknownTarget;
    Counter droppedTopics;
    /// Nanoseconds from a probe's publishing to its return.
    Distribution lag;
    Gauge lastLag;
    /// Probes that did not come back in time.
    Counter probesLost;
    /// Connections that were made anew because no probe came back.
    Counter deadLinks;
};

} // namespace LiveTemplate
