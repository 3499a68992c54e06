// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ids.h"
#include "mailbox_p.h"

#include <QThread>

#include <functional>
#include <memory>
#include <vector>

namespace LiveTemplate {

class Shard;

/// The shards of a server, to be reached from any thread: they share nothing, and post messages to
/// each other.
class ShardDirectory
{
public:
    struct Entry
    {
        /// Lives in the thread.
        Shard *shard = nullptr;
        QThread *thread = nullptr;
        std::unique_ptr<Mailbox> inbox;
    };

    void add(Entry entry) { m_entries.push_back(std::move(entry)); }

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

    /// The home of a group: all its connections and all its actions are there, so that they are
    /// serial and need no lock.
    [[nodiscard]] std::size_t homeOf(const GroupId &group) const
    {
        return qHash(group, 0) % m_entries.size();
    }

    /// For whoever is in that shard's thread.
    [[nodiscard]] Shard &shard(std::size_t index) const { return *m_entries[index].shard; }
    [[nodiscard]] QThread *threadOf(std::size_t index) const { return m_entries[index].thread; }

    /// Has @p call made in the thread of that shard, after what was posted before.
    void post(std::size_t index, std::move_only_function<void(Shard &)> call) const
    {
        const Entry &entry = m_entries[index];
        entry.inbox->post(
            [shard = entry.shard, call = std::move(call)]() mutable { call(*shard); });
    }

private:
    std::vector<Entry> m_entries;
};

} // namespace LiveTemplate
