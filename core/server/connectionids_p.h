// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtTypes>

#include <cstddef>

namespace LiveTemplate {

/// Gives ids that are unique in the server without asking the other shards: each shard has those
/// of one remainder.
class ConnectionIds
{
public:
    ConnectionIds(std::size_t shard, std::size_t shards)
        : m_shard(shard)
        , m_shards(shards)
    {
    }

    [[nodiscard]] quint64 next() { return m_count++ * m_shards + m_shard + 1; }

    /// The shard that gave @p id, which must not be 0.
    [[nodiscard]] static std::size_t shardOf(quint64 id, std::size_t shards)
    {
        return std::size_t((id - 1) % shards);
    }

private:
    std::size_t m_shard;
    std::size_t m_shards;
    quint64 m_count = 0;
};

} // namespace LiveTemplate
