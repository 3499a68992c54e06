// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clock.h"

namespace LiveTemplate {

Clock::~Clock() = default;

std::chrono::steady_clock::time_point Clock::steady() const
{
    return std::chrono::steady_clock::now();
}

QDateTime Clock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

ManualClock::ManualClock(const QDateTime &start)
    : m_steadyStart(std::chrono::steady_clock::now())
    , m_start(start.toUTC())
{
}

ManualClock::~ManualClock() = default;

void ManualClock::advance(std::chrono::microseconds duration)
{
    Q_ASSERT_X(duration.count() >= 0, "ManualClock::advance", "time does not go back");
    m_passed += duration.count();
}

std::chrono::steady_clock::time_point ManualClock::steady() const
{
    return m_steadyStart + std::chrono::microseconds(m_passed.load());
}

QDateTime ManualClock::now() const
{
    return m_start.addDuration(
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::microseconds(m_passed.load())));
}

} // namespace LiveTemplate
