// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "heartbeats.h"

namespace LiveTemplate::Load {

Heartbeats::Heartbeats(Crowd &crowd, Duration interval)
    : m_crowd(crowd)
    , m_pace(crowd.size() / std::chrono::duration<double>(interval).count(), Clock::now())
{
}

std::optional<TimePoint> Heartbeats::proceed(TimePoint now)
{
    while (m_pace.take(now)) {
        m_crowd.sendHeartbeat(m_next);
        m_next = (m_next + 1) % m_crowd.size();
    }
    return m_pace.next();
}

} // namespace LiveTemplate::Load
