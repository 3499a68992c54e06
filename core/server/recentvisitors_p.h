// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connectionids_p.h"
#include "livetemplate_export.h"
#include "serversnapshot.h"

#include <QHash>

#include <chrono>
#include <functional>
#include <list>

namespace LiveTemplate {

/// Who acted by HTTP in the last minute: there is no connection to see them by. One row for each
/// session group, page and tier.
class LIVETEMPLATE_PRIVATE_EXPORT RecentVisitors
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// After its last act a row is kept for so long.
    static constexpr std::chrono::seconds keepTime{60};
    /// Of a shard. People cannot look at more, and a flood of strangers costs half a megabyte; past
    /// it the one goes that has not acted for the longest time.
    static constexpr qsizetype limit = 1000;

    struct Act
    {
        GroupId group;
        QString user;
        QString page;
        ConnectionTier tier = ConnectionTier::Http;
        QString action;
        quint64 bytesIn = 0;
        quint64 bytesOut = 0;
    };

    /// @p clock is for tests.
    explicit RecentVisitors(ConnectionIds &ids, Clock clock = std::chrono::steady_clock::now);

    /// Returns the id of the visitor's row.
    quint64 note(const Act &act);
    /// Drops those whose time is over.
    void sweep();
    void addTo(ServerSnapshot &snapshot) const;

private:
    struct Key
    {
        GroupId group;
        QString page;
        ConnectionTier tier = ConnectionTier::Http;

        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, key.group, key.page, key.tier);
        }
    };
    struct Row
    {
        ConnectionSnapshot snapshot;
        std::chrono::steady_clock::time_point lastAct;
    };

    void dropOldest();

    ConnectionIds &m_ids;
    Clock m_clock;
    /// Who acted last is last.
    std::list<Row> m_rows;
    QHash<Key, std::list<Row>::iterator> m_index;
    quint64 m_dropped = 0;
};

} // namespace LiveTemplate
