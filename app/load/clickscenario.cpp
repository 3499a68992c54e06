// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clickscenario.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

ClickScenario::ClickScenario(Crowd &crowd, const Settings &settings)
    : Observer(crowd)
    , m_settings(settings)
    , m_message(actionMessage(settings.action))
    , m_pace(settings.rate, Clock::now())
{
    const std::vector<int> open = crowd.openConnections();
    const std::size_t active = std::min(std::size_t(settings.active), open.size());
    m_actors.resize(active);
    for (std::size_t i = 0; i < active; ++i)
        m_actors[i].index = open[i * open.size() / active];
    m_figures.active = int(active);
    const std::chrono::duration<double> seconds = settings.duration;
    m_figures.planned = quint64(std::llround(settings.rate * seconds.count()));
}

std::optional<TimePoint> ClickScenario::proceed(TimePoint now)
{
    while (m_due < m_figures.planned && m_pace.take(now)) {
        act(m_actors[m_due % m_actors.size()]);
        ++m_due;
        m_deadline = now + m_settings.timeout;
    }
    if (m_due < m_figures.planned)
        return m_pace.next();
    if (m_outstanding == 0 || now >= m_deadline)
        return std::nullopt;
    return m_deadline;
}

void ClickScenario::act(Actor &actor)
{
    if (!crowd().isOpen(actor.index))
        return;
    ++m_outstanding;
    if (actor.waiting) {
        ++m_figures.late;
        ++actor.owed;
    } else {
        send(actor);
    }
}

void ClickScenario::send(Actor &actor)
{
    ++m_figures.sent;
    actor.waiting = true;
    actor.sentAt = Clock::now();
    crowd().send(actor.index, m_message);
}

ClickScenario::Actor *ClickScenario::actorOf(int index)
{
    const auto found = std::ranges::lower_bound(m_actors, index, {}, &Actor::index);
    return found != m_actors.end() && found->index == index ? &*found : nullptr;
}

void ClickScenario::messageReceived(int index, const ServerMessage &message, TimePoint at)
{
    if (message.kind != ServerMessage::Kind::Answer)
        return;
    Actor *actor = actorOf(index);
    if (!actor || !actor->waiting)
        return;
    m_latencies.record(at - actor->sentAt);
    ++m_figures.answered;
    --m_outstanding;
    for (const QString &error : message.errors)
        m_figures.errors.add(error);
    actor->waiting = false;
    if (actor->owed > 0) {
        --actor->owed;
        send(*actor);
    }
}

void ClickScenario::connectionEnded(int index)
{
    Actor *actor = actorOf(index);
    if (!actor)
        return;
    m_outstanding -= actor->owed + (actor->waiting ? 1 : 0);
    actor->owed = 0;
    actor->waiting = false;
}

ClickFigures ClickScenario::figures() const
{
    ClickFigures figures = m_figures;
    figures.latency = m_latencies.figures();
    return figures;
}

} // namespace LiveTemplate::Load
