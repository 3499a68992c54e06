// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "crowd.h"

namespace LiveTemplate::Load {

/// Closes all connections as browsers do, and waits for the server to close them too, but not for
/// long.
class Farewell final : public Task
{
public:
    explicit Farewell(Crowd &crowd);

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override;

private:
    Crowd &m_crowd;
    TimePoint m_deadline;
};

} // namespace LiveTemplate::Load
