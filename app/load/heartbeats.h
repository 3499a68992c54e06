// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "crowd.h"
#include "pace.h"

namespace LiveTemplate::Load {

/// Sends what the browser client sends to see whether its connection is alive. Never done.
class Heartbeats final : public Task
{
public:
    /// Each connection sends one in @p interval; they are spread over it.
    Heartbeats(Crowd &crowd, Duration interval);

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override;

private:
    Crowd &m_crowd;
    Pace m_pace;
    int m_next = 0;
};

} // namespace LiveTemplate::Load
