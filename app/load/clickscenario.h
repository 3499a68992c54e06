// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "crowd.h"
#include "latencies.h"
#include "pace.h"

namespace LiveTemplate::Load {

/// What came of a ClickScenario.
struct ClickFigures
{
    int active = 0;
    quint64 planned = 0;
    quint64 sent = 0;
    quint64 answered = 0;
    /// Actions that were sent later than planned, since the connection's one before was not
    /// answered yet.
    quint64 late = 0;
    /// Answers with errors, by error.
    Tally errors;
    /// From the sending of an action to its answer.
    LatencyFigures latency;
};

/// Some connections send actions at an even pace, in turn. Each has at most one on its way.
class ClickScenario final : public Task, private Crowd::Observer
{
public:
    struct Settings
    {
        QString action;
        /// Actions per second, of all together.
        double rate = 1;
        /// How many connections act; they are spread over all that are open.
        int active = 1;
        Duration duration{};
        /// How long the last answers are waited for.
        Duration timeout{};
    };

    ClickScenario(Crowd &crowd, const Settings &settings);

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override;

    [[nodiscard]] ClickFigures figures() const;

private:
    struct Actor
    {
        int index = 0;
        bool waiting = false;
        TimePoint sentAt;
        /// Actions that were due while it was waiting.
        quint64 owed = 0;
    };

    void messageReceived(int index, const ServerMessage &message, TimePoint at) override;
    void connectionEnded(int index) override;

    void act(Actor &actor);
    void send(Actor &actor);
    [[nodiscard]] Actor *actorOf(int index);

    Settings m_settings;
    QByteArray m_message;
    std::vector<Actor> m_actors;
    Pace m_pace;
    quint64 m_due = 0;
    /// Actions that were due and can still be answered.
    quint64 m_outstanding = 0;
    TimePoint m_deadline;
    ClickFigures m_figures;
    Latencies m_latencies;
};

} // namespace LiveTemplate::Load
