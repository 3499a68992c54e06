// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "feed.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

Feed::Feed(std::chrono::milliseconds period)
    : m_period(period)
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

void Feed::subscribe(const LiveTemplate::Session &session)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_subscribers.insert(session.group(), {session});
    }
    m_wake.notify_one();
}

void Feed::unsubscribe(const LiveTemplate::Session &session)
{
    const std::scoped_lock lock(m_mutex);
    m_subscribers.remove(session.group());
}

qsizetype Feed::subscribers() const
{
    const std::scoped_lock lock(m_mutex);
    return m_subscribers.size();
}

QList<double> Feed::prices() const
{
    const std::scoped_lock lock(m_mutex);
    return m_prices;
}

void Feed::run(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    // Both waits end at once when the thread is to end.
    while (m_wake.wait(lock, stop, [this] { return !m_subscribers.isEmpty(); })) {
        m_wake.wait_for(lock, stop, m_period, [] { return false; });
        if (stop.stop_requested())
            return;
        computeNext();
        tell();
    }
}

void Feed::computeNext()
{
    const double step = QRandomGenerator::global()->bounded(2.0) - 1.0;
    m_prices.append(std::clamp(m_prices.last() + step, 50.0, 150.0));
    if (m_prices.size() > history)
        m_prices.removeFirst();
}

void Feed::tell()
{
    // Returns at once: the action runs later, in the threads of the server.
    m_subscribers.removeIf([](QHash<LiveTemplate::GroupId, Subscriber>::iterator subscriber) {
        const bool hasTabs = subscriber->session.triggerAction(u"tick"_s).has_value();
        subscriber->misses = hasTabs ? 0 : subscriber->misses + 1;
        return subscriber->misses >= patience;
    });
}
