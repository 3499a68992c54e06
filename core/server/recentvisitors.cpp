// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "recentvisitors_p.h"

#include <iterator>
#include <utility>

namespace LiveTemplate {

RecentVisitors::RecentVisitors(ConnectionIds &ids, Clock clock)
    : m_ids(ids)
    , m_clock(std::move(clock))
{
}

quint64 RecentVisitors::note(const Act &act)
{
    const Key key{act.group, act.page, act.tier};
    const auto found = m_index.constFind(key);
    const bool isNew = found == m_index.cend();
    if (isNew) {
        if (m_index.size() >= limit) {
            ++m_dropped;
            dropOldest();
        }
        m_rows.emplace_back();
        m_index.insert(key, std::prev(m_rows.end()));
    } else {
        m_rows.splice(m_rows.end(), m_rows, *found);
    }

    const QDateTime now = QDateTime::currentDateTimeUtc();
    Row &row = m_rows.back();
    row.lastAct = m_clock();
    ConnectionSnapshot &snapshot = row.snapshot;
    if (isNew) {
        snapshot.id = m_ids.next();
        snapshot.tier = act.tier;
        snapshot.group = act.group.shortened();
        snapshot.groupId = act.group;
        snapshot.page = act.page;
        snapshot.connectedAt = now;
    }
    snapshot.user = act.user;
    ++snapshot.actions;
    snapshot.bytesIn += act.bytesIn;
    snapshot.bytesOut += act.bytesOut;
    snapshot.lastAction = act.action;
    snapshot.lastActionAt = now;
    return snapshot.id;
}

void RecentVisitors::sweep()
{
    const auto now = m_clock();
    while (!m_rows.empty() && now - m_rows.front().lastAct >= keepTime)
        dropOldest();
}

void RecentVisitors::dropOldest()
{
    const ConnectionSnapshot &oldest = m_rows.front().snapshot;
    m_index.remove({oldest.groupId, oldest.page, oldest.tier});
    m_rows.pop_front();
}

void RecentVisitors::addTo(ServerSnapshot &snapshot) const
{
    const auto now = m_clock();
    for (const Row &row : m_rows) {
        if (now - row.lastAct < keepTime)
            snapshot.visitors.append(row.snapshot);
    }
    snapshot.visitorsDropped += m_dropped;
}

} // namespace LiveTemplate
