// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "distribution_p.h"
#include "livetemplate_export.h"

#include <chrono>

namespace LiveTemplate {

/// What came lately of what a distribution counts over its whole life: in the last one or two
/// lengths; since the last look where that was longer ago.
class LIVETEMPLATE_PRIVATE_EXPORT DistributionWindow
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds length = std::chrono::seconds(60);

    explicit DistributionWindow(TimePoint now)
        : m_taken(now)
    {
    }

    /// @p total never has less than at the call before.
    [[nodiscard]] Distribution::Counts recent(const Distribution::Counts &total, TimePoint now);

private:
    /// When m_newer was.
    TimePoint m_taken;
    Distribution::Counts m_newer{};
    Distribution::Counts m_older{};
};

} // namespace LiveTemplate
