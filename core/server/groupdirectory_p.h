// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session.h"
#include "shardmetrics_p.h"

#include <QHash>

#include <functional>
#include <memory>
#include <mutex>

namespace LiveTemplate {

class ConnectionSlot;

/// The live connections of the whole server, counted by group: bounds them, and knows whether a
/// group has any. Threading: any thread; it is asked when a connection comes or goes and when an
/// action is triggered, not for each action.
class GroupDirectory : public GroupDispatcher, public std::enable_shared_from_this<GroupDirectory>
{
public:
    /// Takes an action to the group's home shard.
    using Deliver
        = std::function<void(const GroupId &, const QString &action, const QJsonObject &data)>;

    /// 0 is no limit.
    GroupDirectory(int maxConnections, int maxConnectionsPerGroup);

    /// From here on triggered actions are delivered; with nothing, no more.
    void setDeliver(Deliver deliver);

    /// Counts one connection more, for as long as the slot lives.
    [[nodiscard]] std::expected<ConnectionSlot, Rejection> reserve(const GroupId &group);

    [[nodiscard]] int connections() const;

    std::expected<void, TriggerError> trigger(const GroupId &group, const QString &action,
                                              const QJsonObject &data) override;

private:
    friend class ConnectionSlot;
    void release(const GroupId &group);

    const int m_maxConnections;
    const int m_maxConnectionsPerGroup;
    mutable std::mutex m_mutex;
    QHash<GroupId, int> m_groups;
    int m_connections = 0;
    Deliver m_deliver;
};

/// A live connection's place in the directory; gives it back when it dies.
class ConnectionSlot
{
public:
    ConnectionSlot() = default;
    ConnectionSlot(std::shared_ptr<GroupDirectory> directory, GroupId group)
        : m_directory(std::move(directory))
        , m_group(std::move(group))
    {
    }
    ConnectionSlot(ConnectionSlot &&other) noexcept = default;
    ConnectionSlot &operator=(ConnectionSlot &&other) noexcept
    {
        std::swap(m_directory, other.m_directory);
        std::swap(m_group, other.m_group);
        return *this;
    }
    ~ConnectionSlot()
    {
        if (m_directory)
            m_directory->release(m_group);
    }

private:
    std::shared_ptr<GroupDirectory> m_directory;
    GroupId m_group;
};

} // namespace LiveTemplate
