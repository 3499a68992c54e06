// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventloop.h"

namespace LiveTemplate::Load {

/// Does nothing but wait.
class Pause final : public Task
{
public:
    explicit Pause(Duration duration)
        : m_end(Clock::now() + duration)
    {
    }

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override
    {
        return now < m_end ? std::optional(m_end) : std::nullopt;
    }

private:
    TimePoint m_end;
};

} // namespace LiveTemplate::Load
