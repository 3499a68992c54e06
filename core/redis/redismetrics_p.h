// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "counter_p.h"
#include "distribution_p.h"

namespace LiveTemplate {

/// What one RedisClient has counted. Written by its worker thread, read by any.
struct RedisMetrics
{
    /// 1 while commands can be sent; 1 while subscriptions can be.
    Gauge connected;
    Gauge pubSubConnected;
    Counter commands;
    Counter commandErrors;
    Counter commandTimeouts;
    Counter commandsRefused;
    Gauge commandsWaiting;
    /// Nanoseconds from the command's acceptance to its answer.
    Distribution commandDuration;
    /// Connections that were made anew after one was lost.
    Counter reconnects;
    Counter bytesSent;
    Counter bytesReceived;
    /// Channels subscribed to, those included that wait for a connection.
    Gauge subscriptions;
    Counter messagesReceived;
    Counter sentinelFailovers;
    /// Cluster: MOVED, ASK and TRYAGAIN or CLUSTERDOWN answers.
    Counter redirectsMoved;
    Counter redirectsAsk;
    Counter clusterRetries;
};

} // namespace LiveTemplate
