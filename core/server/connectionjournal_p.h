// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connectiondetails.h"

#include <deque>

namespace LiveTemplate {

/// Where an action came from.
struct DispatchSource
{
    ActionSource source = ActionSource::Client;
    /// The connection or visitor of this server; 0 when it is none.
    quint64 from = 0;
    /// Names the broadcast for those who compare sender and receivers; 0 when nobody does.
    quint64 broadcast = 0;
};

/// What a connection remembers of its last actions and broadcasts. There is one only where
/// ServerOptions::actionHistory asks for it: without, nothing of it is kept or spent.
///
/// At most 50 actions, 16 broadcasts and 64 dispatches take about 11 KB.
class ConnectionJournal
{
public:
    explicit ConnectionJournal(int maxActions)
        : m_maxActions(std::size_t(maxActions))
    {
    }

    [[nodiscard]] static Moment now()
    {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    }

    /// An action was refused.
    void note(ActionRecord record);
    /// An action was run; where it succeeded, the page is still to be shown.
    void noteRun(const DispatchSource &source, ActionRecord record);
    void noteBroadcast(const SentBroadcast &broadcast);
    void noteSaved() { m_savedAt = now(); }

    /// A dispatch came, with what is known of its end by now.
    void noteDispatch(const DispatchSource &source, const QString &action,
                      ReceivedDispatch::Outcome outcome = ReceivedDispatch::Outcome::Waiting);
    /// It will not be run.
    void noteEnd(const DispatchSource &source, ReceivedDispatch::Outcome outcome);

    /// The page was shown as it is after all that ran, by a frame of @p frameBytes.
    void noteShown(bool changed, quint64 frameBytes);
    /// It was not, as the client does not read; it was answered by a frame of @p frameBytes.
    void noteCoalesced(quint64 frameBytes = 0);

    [[nodiscard]] FollowTrace trace() const;
    [[nodiscard]] QList<ActionRecord> actions() const;
    [[nodiscard]] Moment savedAt() const { return m_savedAt; }

private:
    using Outcome = ReceivedDispatch::Outcome;

    [[nodiscard]] ReceivedDispatch *find(quint64 broadcast);
    void settle(Outcome outcome);

    std::size_t m_maxActions;
    // Grow with use: most connections do little.
    std::deque<ActionRecord> m_actions;
    std::deque<SentBroadcast> m_broadcasts;
    std::deque<ReceivedDispatch> m_dispatches;
    /// Broadcasts that were run and have not been shown.
    QList<quint64> m_unshown;
    Moment m_savedAt = {};
};

} // namespace LiveTemplate
