// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <algorithm>
#include <chrono>

namespace LiveTemplate {

/// A token bucket: so many at once, so many in a second for long (PROTOCOL.md B.8).
class RateLimiter
{
public:
    using Clock = std::chrono::steady_clock;

    /// A @p rate of 0 limits nothing.
    RateLimiter(int rate, int burst, Clock::time_point now)
        : m_rate(float(rate))
        , m_burst(float(std::max(burst, 1)))
        , m_tokens(m_burst)
        , m_filled(now)
    {
    }

    /// Takes one; false when there is none.
    [[nodiscard]] bool take(Clock::time_point now)
    {
        if (m_rate <= 0)
            return true;
        const std::chrono::duration<float> passed = now - m_filled;
        m_tokens = std::min(m_burst, m_tokens + passed.count() * m_rate);
        m_filled = now;
        if (m_tokens < 1)
            return false;
        m_tokens -= 1;
        return true;
    }

private:
    float m_rate;
    float m_burst;
    float m_tokens;
    Clock::time_point m_filled;
};

} // namespace LiveTemplate
