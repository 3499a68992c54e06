// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "farewell.h"

namespace LiveTemplate::Load {

Farewell::Farewell(Crowd &crowd)
    : m_crowd(crowd)
    , m_deadline(Clock::now() + std::chrono::seconds(5))
{
    crowd.sayGoodbye();
}

std::optional<TimePoint> Farewell::proceed(TimePoint now)
{
    if (m_crowd.openCount() == 0 || now >= m_deadline)
        return std::nullopt;
    return m_deadline;
}

} // namespace LiveTemplate::Load
