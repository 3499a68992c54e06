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
    Counter publishErrors;
    Counter received;
    /// Dropped: sent by ourselves; not understood; for a group or user without connections here.
    Counter droppedOwn;
    Counter droppedMalformed;
    Counter droppedUnknownTarget;
    /// Nanoseconds from a probe's publishing to its return.
    Distribution lag;
    Gauge lastLag;
    /// Probes that did not come back in time.
    Counter probesLost;
};

} // namespace LiveTemplate
