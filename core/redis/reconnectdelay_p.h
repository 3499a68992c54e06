// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

namespace LiveTemplate {

/// How long to wait before a lost connection is tried again: doubled each time up to a limit, with
/// up to a fifth of chance, so that many servers do not come back in the same moment.
class ReconnectDelay
{
public:
    ReconnectDelay(std::chrono::milliseconds first, std::chrono::milliseconds most)
        : m_first(std::max(first, std::chrono::milliseconds(1)))
        , m_most(std::max(most, m_first))
        , m_next(m_first)
    {
    }

    [[nodiscard]] std::chrono::milliseconds next()
    {
        const auto base = m_next;
        m_next = std::min(m_next * 2, m_most);
        const auto chance = QRandomGenerator::global()->bounded(qint64(base.count() / 5 + 1));
        return base + std::chrono::milliseconds(chance);
    }

    /// After a success.
    void reset() { m_next = m_first; }

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_most;
    std::chrono::milliseconds m_next;
};

} // namespace LiveTemplate
