// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisurl.h"
#include "redisvalue.h"

#include <QList>

#include <optional>
#include <vector>

namespace LiveTemplate {

/// Which node of a Cluster serves which slots, as one of the nodes has told.
class LIVETEMPLATE_PRIVATE_EXPORT ClusterSlots
{
public:
    using Endpoint = RedisUrl::Endpoint;

    ClusterSlots() = default;

    /// Reads an answer to CLUSTER SLOTS that @p answerer gave: a node that does not know its own
    /// address leaves it out. Nothing when it is not such an answer.
    [[nodiscard]] static std::optional<ClusterSlots> fromSlots(const RedisValue &answer,
                                                               const Endpoint &answerer);
    /// The same with an answer to CLUSTER SHARDS, whose nodes have a port for TLS and one without.
    [[nodiscard]] static std::optional<ClusterSlots> fromShards(const RedisValue &answer,
                                                                const Endpoint &answerer, bool tls);

    /// Nothing when no node serves the slot, as far as is known.
    [[nodiscard]] std::optional<Endpoint> owner(int slot) const;
    /// What a MOVED has told.
    void setOwner(int slot, const Endpoint &owner);

    /// Nodes that serve slots, in the order of their slots.
    [[nodiscard]] QList<Endpoint> masters() const;
    /// All that were told of, replicas and failed ones among them.
    [[nodiscard]] const QList<Endpoint> &nodes() const { return m_nodes; }

    [[nodiscard]] bool isEmpty() const { return m_nodes.isEmpty(); }
    /// How many slots are served.
    [[nodiscard]] int coverage() const;

private:
    [[nodiscard]] int indexOf(const Endpoint &endpoint);
    void assign(qint64 first, qint64 last, int index);

    QList<Endpoint> m_nodes;
    /// Index in m_nodes for each slot, -1 for none. Empty, or complete.
    std::vector<int> m_owners;
};

} // namespace LiveTemplate
