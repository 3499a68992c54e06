// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "distribution_p.h"

#include <QString>

#include <chrono>

namespace LiveTemplate {

/// Records how long an action took, and says so when that was too long: nobody else of its shard
/// was served meanwhile, not even a heartbeat.
class ActionWatch
{
public:
    /// @p passed, where it is given, is set at the end.
    ActionWatch(Distribution &durations, const QString &page, const QString &action,
                std::chrono::nanoseconds *passed = nullptr)
        : m_durations(durations)
        , m_page(page)
        , m_action(action)
        , m_passed(passed)
        , m_start(std::chrono::steady_clock::now())
    {
    }
    Q_DISABLE_COPY_MOVE(ActionWatch)
    ~ActionWatch();

private:
    Distribution &m_durations;
    const QString &m_page;
    const QString &m_action;
    std::chrono::nanoseconds *m_passed;
    const std::chrono::steady_clock::time_point m_start;
};

} // namespace LiveTemplate
