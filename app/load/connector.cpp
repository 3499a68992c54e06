// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connector.h"

#include <QCoreApplication>

#include <utility>

namespace LiveTemplate::Load {

Connector::Connector(Crowd &crowd, const Settings &settings)
    : Observer(crowd)
    , m_settings(settings)
    , m_begun(std::size_t(crowd.size()))
    , m_start(Clock::now())
    , m_end(m_start)
{
}

bool Connector::isUnderWay(int index) const
{
    return m_begun[std::size_t(index)] != TimePoint();
}

std::optional<TimePoint> Connector::proceed(TimePoint now)
{
    endOverdue(now);
    while (m_underWay < m_settings.parallel && m_next < crowd().size())
        begin(m_next++, now);
    if (m_underWay == 0)
        return std::nullopt;
    while (!isUnderWay(m_inOrder.front()))
        m_inOrder.pop_front();
    return m_begun[std::size_t(m_inOrder.front())] + m_settings.timeout;
}

void Connector::begin(int index, TimePoint now)
{
    m_begun[std::size_t(index)] = now;
    m_inOrder.push_back(index);
    ++m_underWay;
    const CookieFetch::Cookie &cookie = m_settings.cookies[std::size_t(crowd().groupOf(index))];
    if (cookie)
        crowd().open(index, m_settings.target, {m_settings.origin, *cookie});
    else
        crowd().giveUp(index, cookie.error());
}

void Connector::endOverdue(TimePoint now)
{
    while (!m_inOrder.empty()) {
        const int index = m_inOrder.front();
        if (isUnderWay(index)) {
            if (now < m_begun[std::size_t(index)] + m_settings.timeout)
                return;
            crowd().giveUp(index,
                           QCoreApplication::translate("LiveTemplate::Load::Connector",
                                                       "No first message in time"));
        }
        m_inOrder.pop_front();
    }
}

void Connector::connectionOpened(int index, TimePoint at)
{
    m_latencies.record(at - std::exchange(m_begun[std::size_t(index)], {}));
    --m_underWay;
    m_end = at;
}

void Connector::connectionEnded(int index)
{
    if (!isUnderWay(index))
        return; // it was open before
    m_begun[std::size_t(index)] = {};
    --m_underWay;
    m_end = Clock::now();
}

} // namespace LiveTemplate::Load
