// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "counter_p.h"
#include "distribution_p.h"
#include "rejection.h"

#include <array>

namespace LiveTemplate {

/// What one shard counts. The shard's thread writes, any thread reads.
struct ShardMetrics
{
    // As they are now
    Gauge connectionsActive;
    Gauge groupsActive;
    Gauge httpConnectionsActive;
    /// Bytes that wait for clients that do not read, as of the last sweep.
    Gauge pendingBytes;
    /// Connections that are not sent every render because they do not read.
    Gauge connectionsBehind;

    // Since the start
    Counter connectionsOpened;
    std::array<Counter, rejectionCount> rejections;
    Counter httpRequests;
    Counter messagesReceived;
    Counter messagesMalformed;
    Counter bytesReceived;
    Counter bytesSent;
    Counter actionsProcessed;
    Counter actionsUnknown;
    /// Actions that gave errors, and pages that could not be mounted or rendered.
    Counter errors;
    Counter templatesExecuted;
    Counter treesBuilt;
    /// Renders that were taken from a peer with an equal state.
    Counter treesShared;
    Counter treesDiffed;
    /// Calls of broadcastAction() that were carried out.
    Counter broadcastsSent;
    /// Actions that a broadcast or a trigger put into the queues of connections.
    Counter dispatches;
    /// Those that were dropped because too many waited.
    Counter dispatchDropped;
    /// broadcastAction() beyond the hundredth of one action.
    Counter broadcastsOverLimit;
    Counter rateLimited;
    /// Connections that were closed because too many of their actions waited.
    Counter pendingActionsExceeded;
    /// Times that a connection's output was full, so that renders were skipped.
    Counter bufferFull;
    /// Renders that were skipped because of it.
    Counter rendersCoalesced;
    Counter slowClientCloses;
    Counter idleCloses;
    Counter protocolErrors;
    Counter writeErrors;
    Counter fullTreeSends;
    Counter dynamicsOnlySends;
    Counter statesSaved;

    // How long, in nanoseconds, and how much, in bytes
    Distribution templateDuration;
    Distribution buildDuration;
    Distribution diffDuration;
    Distribution actionDuration;
    Distribution updatePayload;
    /// How late the shard's timer came: what a new event waits for.
    Distribution loopLag;
};

} // namespace LiveTemplate
