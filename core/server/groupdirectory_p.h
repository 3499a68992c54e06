// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"
#include "delivery_p.h"
#include "session.h"
#include "shardmetrics_p.h"

#include <QHash>

#include <functional>
#include <memory>
#include <mutex>

namespace LiveTemplate {

class ConnectionSlot;

/// The live connections of the whole server, counted by group: bounds them, knows whether a group
/// has any, and takes to them what comes from elsewhere: from the program, and by the broadcaster
/// from other servers.
///
/// Threading: any thread; it is asked when a connection comes or goes and when an action is
/// triggered or broadcast, not for each action.
class GroupDirectory : public GroupDispatcher, public std::enable_shared_from_this<GroupDirectory>
{
public:
    /// Takes something to the shards that it concerns.
    using Deliver = std::function<void(const Delivery &)>;

    /// 0 is no limit. @p broadcaster may be null: there are no other servers.
    GroupDirectory(int maxConnections, int maxConnectionsPerGroup,
                   std::shared_ptr<Broadcaster> broadcaster);

    /// From here on what comes is delivered, also from other servers.
    void open(Deliver deliver);
    /// No more: when it returns, nothing is on its way.
    void close();

    /// Counts one connection more, for as long as the slot lives.
    [[nodiscard]] std::expected<ConnectionSlot, Rejection> reserve(const GroupId &group);

    [[nodiscard]] int connections() const;

    /// Runs the action on each connection of the group, on every server.
    std::expected<void, TriggerError> trigger(const GroupId &group, const QString &action,
                                              const QJsonObject &data) override;

    /// The same for a user, whatever groups the connections are of.
    std::expected<void, TriggerError> triggerForUser(const UserId &user, const QString &action,
                                                     const QJsonObject &data);

    /// Shows values to connections on every server, without a change of their state.
    std::expected<void, TriggerError> show(const std::variant<Everyone, GroupId, UserId> &target,
                                           const QJsonObject &values);

    /// Takes a broadcast to the group's connections on other servers; those of this one have it
    /// already.
    void publish(const GroupId &group, const BroadcastRequest &request) const;
    /// Whether there may be other servers.
    [[nodiscard]] bool publishes() const { return m_broadcaster && !m_broadcaster->isAlone(); }

private:
    friend class ConnectionSlot;
    void release(const GroupId &group);
    void receive(const BroadcastMessage &message);
    [[nodiscard]] std::expected<void, TriggerError> deliver(const Delivery &delivery);

    const int m_maxConnections;
    const int m_maxConnectionsPerGroup;
    const std::shared_ptr<Broadcaster> m_broadcaster;
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
