// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "distribution_p.h"
#include "eventloop.h"

#include <QJsonObject>

#include <memory>

namespace LiveTemplate::Load {

/// How long something took, in nanoseconds, to 3 %.
struct LatencyFigures
{
    quint64 count = 0;
    quint64 p50 = 0;
    quint64 p95 = 0;
    quint64 p99 = 0;
    /// The longest, which is exact.
    quint64 max = 0;

    /// In microseconds.
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] QString toText() const;
};

/// Gathers how long something took.
class Latencies
{
public:
    void record(Duration duration);

    [[nodiscard]] LatencyFigures figures() const;

private:
    std::unique_ptr<Distribution> m_distribution = std::make_unique<Distribution>();
    quint64 m_max = 0;
};

} // namespace LiveTemplate::Load
