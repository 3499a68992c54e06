// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtTypes>

#include <chrono>
#include <optional>
#include <utility>

namespace LiveTemplate {

/// Keeps a log from being filled with what happens over and over: one line in a while, which says
/// how often it was. Of one thread.
class LogThrottle
{
public:
    using Clock = std::chrono::steady_clock;

    explicit LogThrottle(std::chrono::milliseconds interval = std::chrono::seconds(10))
        : m_interval(interval)
    {
    }

    /// Counts @p times. Returns how often it has been since the last line when it is time for
    /// another, and otherwise 0.
    [[nodiscard]] quint64 count(quint64 times = 1)
    {
        m_count += times;
        const auto now = Clock::now();
        if (m_lastLine && now - *m_lastLine < m_interval)
            return 0;
        m_lastLine = now;
        return std::exchange(m_count, 0);
    }

private:
    std::chrono::milliseconds m_interval;
    std::optional<Clock::time_point> m_lastLine;
    quint64 m_count = 0;
};

} // namespace LiveTemplate
