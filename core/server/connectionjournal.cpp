// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "connectionjournal_p.h"

#include <algorithm>
#include <utility>

namespace LiveTemplate {

namespace {

/// "What became of the last one?" is asked, and the last is seldom more than a few ago.
constexpr std::size_t maxBroadcasts = 16;
/// Those of several peers: four times as many.
constexpr std::size_t maxDispatches = 64;

template<typename Record>
void keep(std::deque<Record> &records, Record record, std::size_t most)
{
    if (records.size() >= most)
        records.pop_front();
    records.push_back(std::move(record));
}

} // namespace

void ConnectionJournal::note(ActionRecord record)
{
    keep(m_actions, std::move(record), m_maxActions);
}

void ConnectionJournal::noteBroadcast(const SentBroadcast &broadcast)
{
    keep(m_broadcasts, broadcast, maxBroadcasts);
    m_broadcasts.back().at = now();
}

void ConnectionJournal::noteDispatch(const DispatchSource &source, const QString &action,
                                     Outcome outcome)
{
    const Moment at = now();
    keep(m_dispatches,
         {source.broadcast, source.source, source.from, action, at,
          outcome == Outcome::Waiting ? Moment() : at, outcome},
         maxDispatches);
}

void ConnectionJournal::noteRun(const DispatchSource &source, ActionRecord record)
{
    const auto result = record.result;
    record.source = source.source;
    record.from = source.from;
    note(std::move(record));
    if (source.source == ActionSource::Client)
        return;
    switch (result) {
    case ActionRecord::Result::Succeeded:
        // What the ring has lost needs no end.
        m_unshown.removeIf([this](quint64 broadcast) { return !find(broadcast); });
        m_unshown.append(source.broadcast);
        break;
    case ActionRecord::Result::Unknown:
        noteEnd(source, Outcome::ActionUnknown);
        break;
    case ActionRecord::Result::Failed:
    case ActionRecord::Result::RateLimited:
        noteEnd(source, Outcome::ActionFailed);
        break;
    }
}

void ConnectionJournal::noteEnd(const DispatchSource &source, Outcome outcome)
{
    if (ReceivedDispatch *dispatch = find(source.broadcast)) {
        dispatch->outcome = outcome;
        dispatch->endedAt = now();
    }
}

void ConnectionJournal::noteShown(bool changed, quint64 frameBytes)
{
    if (!m_actions.empty())
        m_actions.back().frameBytes += frameBytes;
    settle(changed ? Outcome::Changed : Outcome::Unchanged);
    m_unshown.clear();
}

void ConnectionJournal::noteCoalesced(quint64 frameBytes)
{
    if (!m_actions.empty())
        m_actions.back().frameBytes += frameBytes;
    settle(Outcome::Coalesced); // and again when the client reads
}

void ConnectionJournal::settle(Outcome outcome)
{
    for (const quint64 broadcast : std::as_const(m_unshown))
        noteEnd({.broadcast = broadcast}, outcome);
}

FollowTrace ConnectionJournal::trace() const
{
    return {{m_broadcasts.begin(), m_broadcasts.end()}, {m_dispatches.begin(), m_dispatches.end()}};
}

QList<ActionRecord> ConnectionJournal::actions() const
{
    return {m_actions.begin(), m_actions.end()};
}

ReceivedDispatch *ConnectionJournal::find(quint64 broadcast)
{
    // It is one of the last.
    const auto found = std::find_if(m_dispatches.rbegin(), m_dispatches.rend(),
                                    [broadcast](const ReceivedDispatch &dispatch) {
                                        return dispatch.broadcast == broadcast;
                                    });
    return found == m_dispatches.rend() ? nullptr : &*found;
}

} // namespace LiveTemplate
