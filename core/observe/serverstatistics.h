// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "histogram.h"
#include "rejection.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>

#include <array>
#include <chrono>
#include <optional>

namespace LiveTemplate {

/// What a server has counted when it was looked at: Server::statistics(). Counters and histograms
/// only grow while the server lives, so that the difference of two looks says what happened between
/// them. The same numbers as those of /metrics.
///
/// @code
/// const ServerStatistics before = server.statistics();
/// …
/// const ServerStatistics after = server.statistics();
/// const Histogram actions = after.actionDuration.since(before.actionDuration);
/// qInfo() << actions.count() << "actions," << actions.quantile(0.95) << "ns";
/// @endcode
struct ServerStatistics
{
    /// What may be at most; 0: no limit.
    struct Limits
    {
        int connections = 0;
        int connectionsPerGroup = 0;
        /// Bytes that may wait for one client.
        qint64 pendingBytesPerConnection = 0;
    };

    /// As they are now.
    struct Gauges
    {
        qint64 connections = 0;
        qint64 groups = 0;
        qint64 httpConnections = 0;
        /// Bytes that wait for clients that do not read, as of at most some seconds ago.
        qint64 pendingBytes = 0;
        /// Connections that are not sent every render because they do not read.
        qint64 connectionsBehind = 0;
    };

    /// Since the server was made.
    struct Counters
    {
        quint64 connectionsOpened = 0;
        quint64 httpRequests = 0;
        quint64 messagesReceived = 0;
        quint64 bytesReceived = 0;
        quint64 bytesSent = 0;
        quint64 actionsProcessed = 0;
        /// Actions that gave errors, and pages that could not be mounted or rendered.
        quint64 errors = 0;
        /// Broadcasts that actions made.
        quint64 broadcastsSent = 0;
        /// Actions that a broadcast or a trigger put into the queue of a connection.
        quint64 dispatches = 0;
        /// Those that were dropped because too many waited.
        quint64 dispatchesDropped = 0;
        /// Renders that were taken from a peer with an equal state.
        quint64 rendersShared = 0;
        /// Connections that were closed because they did not read.
        quint64 slowClientCloses = 0;
        /// By Rejection.
        std::array<quint64, rejectionCount> rejections{};

        [[nodiscard]] quint64 rejected(Rejection reason) const
        {
            return rejections[std::size_t(reason)];
        }
    };

    /// What one thread of the server does.
    struct Shard
    {
        qint64 connections = 0;
        qint64 groups = 0;
        /// Nanoseconds that an event waited until the thread was free for it.
        Histogram loopLag;
    };

    /// What the server and its Redis had to do with each other.
    struct Redis
    {
        /// Commands can be sent; messages can be received.
        bool isConnected = false;
        bool isSubscribed = false;
        quint64 commands = 0;
        quint64 commandErrors = 0;
        quint64 commandTimeouts = 0;
        /// Too many waited.
        quint64 commandsRefused = 0;
        qint64 commandsWaiting = 0;
        quint64 reconnects = 0;
        quint64 bytesSent = 0;
        quint64 bytesReceived = 0;
        /// Nanoseconds from a command's acceptance to its answer.
        Histogram commandDuration;
        /// Messages to and from other servers.
        quint64 published = 0;
        quint64 publishErrors = 0;
        qint64 publishesWaiting = 0;
        quint64 received = 0;
        quint64 probesLost = 0;
        /// Nanoseconds that a probe needed through Redis and back.
        Histogram lag;
        /// States are kept in memory because Redis cannot be used.
        bool isFallback = false;
        /// States in memory that Redis does not have yet.
        qint64 unwrittenStates = 0;
    };

    /// What the system says about the process. What it does not say is left out.
    struct Process
    {
        std::optional<qint64> residentBytes;
        /// User and system code on all cores since the start.
        std::optional<double> cpuSeconds;
        std::optional<qint64> openFiles;
        std::optional<qint64> maxFiles;
    };

    /// When it was looked at: for differences, and for people (UTC).
    std::chrono::steady_clock::time_point takenAt;
    QDateTime time = {};

    Limits limits = {};
    Gauges gauges = {};
    Counters counters = {};

    // Of all shards together, in nanoseconds; updatePayload in bytes.
    /// Rendering a template to a tree, what of it is the tree, and comparing two trees.
    Histogram templateDuration = {};
    Histogram buildDuration = {};
    Histogram diffDuration = {};
    Histogram actionDuration = {};
    Histogram updatePayload = {};

    /// At least one.
    QList<Shard> shards = {};
    /// Without a Redis there is none.
    std::optional<Redis> redis = {};
    Process process = {};
};

} // namespace LiveTemplate

Q_DECLARE_METATYPE(LiveTemplate::ServerStatistics)
