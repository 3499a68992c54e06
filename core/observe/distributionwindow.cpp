// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "distributionwindow_p.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace LiveTemplate {

Distribution::Counts DistributionWindow::recent(const Distribution::Counts &total, TimePoint now)
{
    if (now - m_taken >= length) {
        m_older = std::exchange(m_newer, total);
        m_taken = now;
    }
    Distribution::Counts counts = total;
    std::ranges::transform(total, m_older, counts.begin(), std::minus());
    return counts;
}

} // namespace LiveTemplate
