// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "distribution_p.h"

#include <QtClassHelperMacros>

#include <chrono>

namespace LiveTemplate {

/// Records how long its block took, in nanoseconds.
class Stopwatch
{
public:
    explicit Stopwatch(Distribution &distribution)
        : m_distribution(distribution)
        , m_start(std::chrono::steady_clock::now())
    {
    }
    Q_DISABLE_COPY_MOVE(Stopwatch)
    ~Stopwatch()
    {
        const std::chrono::nanoseconds passed = std::chrono::steady_clock::now() - m_start;
        m_distribution.record(quint64(passed.count()));
    }

private:
    Distribution &m_distribution;
    const std::chrono::steady_clock::time_point m_start;
};

} // namespace LiveTemplate
