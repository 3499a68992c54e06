// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cookiefetch.h"
#include "crowd.h"
#include "latencies.h"

#include <deque>

namespace LiveTemplate::Load {

/// Opens all connections of a crowd, a few at a time.
class Connector final : public Task, private Crowd::Observer
{
public:
    struct Settings
    {
        const Target &target;
        QByteArray origin;
        /// One for each group.
        const std::vector<CookieFetch::Cookie> &cookies;
        /// How many handshakes are under way at a time.
        int parallel = 1;
        /// How long one may take.
        Duration timeout{};
    };

    Connector(Crowd &crowd, const Settings &settings);

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override;

    /// From the first attempt until the last connection was open or had failed.
    [[nodiscard]] Duration duration() const { return m_end - m_start; }

    /// From the attempt to connect until the first message of each connection.
    [[nodiscard]] const Latencies &latencies() const { return m_latencies; }

private:
    void connectionOpened(int index, TimePoint at) override;
    void connectionEnded(int index) override;

    void begin(int index, TimePoint now);
    void endOverdue(TimePoint now);
    [[nodiscard]] bool isUnderWay(int index) const;

    Settings m_settings;
    /// When each connection was begun; TimePoint() when it is not under way.
    std::vector<TimePoint> m_begun;
    std::deque<int> m_inOrder;
    int m_next = 0;
    int m_underWay = 0;
    TimePoint m_start;
    TimePoint m_end;
    Latencies m_latencies;
};

} // namespace LiveTemplate::Load
