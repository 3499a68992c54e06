// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "broadcastscenario.h"
#include "clickscenario.h"
#include "replicas.h"
#include "traffic.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace LiveTemplate::Load {

/// What connecting took.
struct ConnectFigures
{
    int wanted = 0;
    int opened = 0;
    int browsers = 0;
    /// Of all connections together.
    Duration duration{};
    /// From the attempt to connect until the first message of each.
    LatencyFigures latency;
    Tally failures;
    Tally losses;
};

/// What the server's process used.
struct ServerFigures
{
    qint64 id = 0;
    /// Resident memory, in bytes: before the first request, when all connections were open and the
    /// idle time was over, and after the scenario.
    qint64 memoryBefore = 0;
    qint64 memoryConnected = 0;
    qint64 memoryAfter = 0;
    /// CPU time during the scenario: all that the process did.
    Duration cpu{};
};

/// All that a run has measured.
struct Report
{
    QString url;
    ConnectFigures connecting;
    Traffic traffic;
    std::optional<ClickFigures> click;
    std::optional<BroadcastFigures> broadcast;
    std::optional<ServerFigures> server;
    std::optional<ReplicaFigures> replicas;

    /// What went wrong, one sentence each.
    [[nodiscard]] QStringList problems() const;

    /// Times are in microseconds, memory in bytes.
    [[nodiscard]] QJsonObject toJson() const;

    /// A table.
    [[nodiscard]] QString toText() const;

private:
    [[nodiscard]] double connectionsPerSecond() const;
    [[nodiscard]] double memoryPerConnection() const;
    /// CPU time of one action or broadcast, in microseconds; 0 when there was none.
    [[nodiscard]] double cpuPerEvent() const;
};

} // namespace LiveTemplate::Load
