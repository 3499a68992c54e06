// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "broadcastscenario.h"

namespace LiveTemplate::Load {

BroadcastScenario::BroadcastScenario(Crowd &crowd, const Settings &settings)
    : Observer(crowd)
    , m_settings(settings)
    , m_message(actionMessage(settings.action))
    , m_awaited(std::size_t(crowd.size()))
{
}

std::optional<TimePoint> BroadcastScenario::proceed(TimePoint now)
{
    if (isUnderWay()) {
        const TimePoint deadline = m_begun + m_settings.timeout;
        const bool isComplete = m_answered && m_missing == 0;
        if (!isComplete && now < deadline)
            return deadline;
        if (isComplete) {
            ++m_figures.completed;
            m_latencies.record(m_lastUpdate - m_begun);
        }
        m_sender = -1;
    }
    if (m_figures.times == m_settings.times || crowd().openCount() == 0)
        return std::nullopt;
    if (now < m_earliestNext)
        return m_earliestNext;
    begin(now);
    return m_begun + m_settings.timeout;
}

void BroadcastScenario::begin(TimePoint now)
{
    while (!crowd().isOpen(m_nextSender))
        m_nextSender = (m_nextSender + 1) % crowd().size();
    m_sender = m_nextSender;
    m_nextSender = (m_nextSender + 1) % crowd().size();

    m_missing = 0;
    for (int i = 0; i < crowd().size(); ++i) {
        const bool isPeer = crowd().groupOf(i) == crowd().groupOf(m_sender) && i != m_sender
            && crowd().isOpen(i);
        m_awaited[std::size_t(i)] = isPeer;
        m_missing += isPeer ? 1 : 0;
    }
    m_figures.updatesExpected += m_missing;
    ++m_figures.times;

    const std::chrono::duration<double> interval(1 / m_settings.rate);
    m_earliestNext = now + std::chrono::duration_cast<Duration>(interval);
    m_answered = false;
    m_begun = Clock::now();
    m_lastUpdate = m_begun;
    crowd().send(m_sender, m_message);
}

void BroadcastScenario::messageReceived(int index, const ServerMessage &message, TimePoint at)
{
    if (index == m_sender && message.kind == ServerMessage::Kind::Answer) {
        m_answered = true;
        for (const QString &error : message.errors)
            m_figures.errors.add(error);
    }
    if (m_awaited[std::size_t(index)] && message.kind == ServerMessage::Kind::Update) {
        m_awaited[std::size_t(index)] = false;
        --m_missing;
        ++m_figures.updates;
        m_lastUpdate = at;
    }
}

void BroadcastScenario::connectionEnded(int index)
{
    if (m_awaited[std::size_t(index)]) {
        m_awaited[std::size_t(index)] = false;
        --m_missing; // and m_figures.updates stays behind by one
    }
    if (index == m_sender)
        m_answered = true; // nothing more will come
}

BroadcastFigures BroadcastScenario::figures() const
{
    BroadcastFigures figures = m_figures;
    figures.latency = m_latencies.figures();
    return figures;
}

} // namespace LiveTemplate::Load
