// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "crowd.h"

#include <QMap>

#include <optional>

namespace LiveTemplate::Load {

/// Whether the connections of each group show the same.
struct ReplicaFigures
{
    /// Groups with an open connection.
    int groups = 0;
    /// Groups whose connections show different values.
    int differing = 0;
    /// Groups whose page has no values to compare.
    int withoutValues = 0;
    /// Groups whose counter did not grow by one with each action. Nothing: none was to be checked.
    std::optional<int> miscounted;

    [[nodiscard]] bool areRight() const
    {
        return differing == 0 && withoutValues == 0 && miscounted.value_or(0) == 0;
    }
};

/// Remembers what each connection of a crowd shows: the dynamic values at the top of its page's
/// tree (PROTOCOL.md C). What is inside branches and lists is not looked at.
class Replicas final : private Crowd::Observer
{
public:
    /// @p counterSlot is the number of the dynamic value that each action increments by one.
    Replicas(Crowd &crowd, std::optional<int> counterSlot);

    /// Compares the open connections.
    [[nodiscard]] ReplicaFigures figures() const;

    /// When a connection was last told something new.
    [[nodiscard]] TimePoint lastChange() const { return m_lastChange; }

private:
    using Values = QMap<QString, QString>;

    void messageReceived(int index, const ServerMessage &message, TimePoint at) override;

    [[nodiscard]] bool isCounted(int group, const Values &values) const;

    QString m_counterSlot;
    std::vector<Values> m_values;
    TimePoint m_lastChange;

    // By group:
    std::vector<std::optional<qint64>> m_startOfCounter;
    std::vector<qint64> m_actions;
};

/// Waits until nothing more comes and the replicas are right, or until it has waited too long.
class ReplicaCheck final : public Task
{
public:
    ReplicaCheck(const Replicas &replicas, Duration timeout);

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override;

private:
    const Replicas &m_replicas;
    TimePoint m_start;
    TimePoint m_deadline;
};

} // namespace LiveTemplate::Load
