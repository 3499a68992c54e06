// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "groupdirectory_p.h"

#include <utility>

namespace LiveTemplate {

GroupDirectory::GroupDirectory(int maxConnections, int maxConnectionsPerGroup)
    : m_maxConnections(maxConnections)
    , m_maxConnectionsPerGroup(maxConnectionsPerGroup)
{
}

void GroupDirectory::setDeliver(Deliver deliver)
{
    const std::lock_guard lock(m_mutex);
    m_deliver = std::move(deliver);
}

std::expected<ConnectionSlot, Rejection> GroupDirectory::reserve(const GroupId &group)
{
    const std::lock_guard lock(m_mutex);
    if (m_maxConnections > 0 && m_connections >= m_maxConnections)
        return std::unexpected(Rejection::Capacity);
    const int inGroup = m_groups.value(group);
    if (m_maxConnectionsPerGroup > 0 && inGroup >= m_maxConnectionsPerGroup)
        return std::unexpected(Rejection::GroupCapacity);
    m_groups.insert(group, inGroup + 1);
    ++m_connections;
    return ConnectionSlot(shared_from_this(), group);
}

void GroupDirectory::release(const GroupId &group)
{
    const std::lock_guard lock(m_mutex);
    --m_connections;
    const auto found = m_groups.find(group);
    if (--*found == 0)
        m_groups.erase(found);
}

int GroupDirectory::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

std::expected<void, TriggerError> GroupDirectory::trigger(const GroupId &group,
                                                          const QString &action,
                                                          const QJsonObject &data)
{
    // Delivered under the lock, so that after setDeliver({}) nothing is on its way any more.
    const std::lock_guard lock(m_mutex);
    if (!m_deliver)
        return std::unexpected(TriggerError::ServerGone);
    if (!m_groups.contains(group))
        return std::unexpected(TriggerError::Disconnected);
    m_deliver(group, action, data);
    return {};
}

} // namespace LiveTemplate
