// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "crowd.h"
#include "latencies.h"

namespace LiveTemplate::Load {

/// What came of a BroadcastScenario.
struct BroadcastFigures
{
    int times = 0;
    /// Broadcasts that came to every other open connection of the group.
    int completed = 0;
    quint64 updatesExpected = 0;
    quint64 updates = 0;
    /// Answers with errors, by error.
    Tally errors;
    /// From the sending of the action until the last connection had the update.
    LatencyFigures latency;
};

/// One connection sends an action that is broadcast, and the next begins when all others of its
/// group have an update. Groups take turns.
class BroadcastScenario final : public Task, private Crowd::Observer
{
public:
    struct Settings
    {
        QString action;
        int times = 1;
        /// No more than so many in a second.
        double rate = 1;
        /// How long the last connection is waited for.
        Duration timeout{};
    };

    BroadcastScenario(Crowd &crowd, const Settings &settings);

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override;

    [[nodiscard]] BroadcastFigures figures() const;

private:
    void messageReceived(int index, const ServerMessage &message, TimePoint at) override;
    void connectionEnded(int index) override;

    void begin(TimePoint now);
    [[nodiscard]] bool isUnderWay() const { return m_sender >= 0; }

    Settings m_settings;
    QByteArray m_message;
    int m_nextSender = 0;

    // The one that is under way:
    int m_sender = -1;
    bool m_answered = false;
    TimePoint m_begun;
    TimePoint m_lastUpdate;
    /// The connections that have no update yet, by index.
    std::vector<bool> m_awaited;
    quint64 m_missing = 0;

    TimePoint m_earliestNext;
    BroadcastFigures m_figures;
    Latencies m_latencies;
};

} // namespace LiveTemplate::Load
