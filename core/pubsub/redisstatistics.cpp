// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisstatistics_p.h"

#include "broadcastermetrics_p.h"
#include "histogrambuilder_p.h"
#include "redismetrics_p.h"
#include "sessionstoremetrics_p.h"

#include <array>

namespace LiveTemplate {

namespace {

Histogram histogram(const Distribution &distribution)
{
    return HistogramBuilder::of(std::array<const Distribution *, 1>{&distribution});
}

} // namespace

ServerStatistics::Redis redisStatistics(const RedisMetrics &client,
                                        const BroadcasterMetrics &broadcaster,
                                        const SessionStoreMetrics &store)
{
    return {
        .isConnected = client.connected.value() != 0,
        .isSubscribed = client.pubSubConnected.value() != 0,
        .commands = client.commands.value(),
        .commandErrors = client.commandErrors.value(),
        .commandTimeouts = client.commandTimeouts.value(),
        .commandsRefused = client.commandsRefused.value(),
        .commandsWaiting = client.commandsWaiting.value(),
        .reconnects = client.reconnects.value(),
        .bytesSent = client.bytesSent.value(),
        .bytesReceived = client.bytesReceived.value(),
        .commandDuration = histogram(client.commandDuration),
        .published = broadcaster.published.value(),
        .publishErrors = broadcaster.publishErrors.value(),
        .publishesWaiting = broadcaster.publishesWaiting.value(),
        .received = broadcaster.received.value(),
        .probesLost = broadcaster.probesLost.value(),
        .lag = histogram(broadcaster.lag),
        .isFallback = store.fallback.value() != 0,
        .unwrittenStates = store.unwritten.value(),
    };
}

} // namespace LiveTemplate
