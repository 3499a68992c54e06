// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventloop.h"

#include <QtTypes>

namespace LiveTemplate::Load {

/// Even steps: step n, counted from 0, is due n / rate seconds after the start.
class Pace
{
public:
    /// @p perSecond is above 0.
    Pace(double perSecond, TimePoint start)
        : m_perSecond(perSecond)
        , m_start(start)
    {
    }

    /// When the next step is due.
    [[nodiscard]] TimePoint next() const
    {
        const std::chrono::duration<double> after(double(m_taken) / m_perSecond);
        return m_start + std::chrono::duration_cast<Duration>(after);
    }

    /// Takes the next step if it is due.
    [[nodiscard]] bool take(TimePoint now)
    {
        if (now < next())
            return false;
        ++m_taken;
        return true;
    }

private:
    double m_perSecond;
    TimePoint m_start;
    quint64 m_taken = 0;
};

} // namespace LiveTemplate::Load
