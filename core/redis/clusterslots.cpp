// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clusterslots_p.h"

#include "hashslot_p.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

bool areSlots(const std::optional<qint64> &first, const std::optional<qint64> &last)
{
    return first && last && *first >= 0 && *first <= *last && *last < hashSlotCount;
}

std::optional<RedisUrl::Endpoint> endpoint(const RedisValue &host, const RedisValue &port,
                                           const RedisUrl::Endpoint &answerer)
{
    const auto number = port.toInteger();
    if (!number || *number < 1 || *number > std::numeric_limits<quint16>::max())
        return std::nullopt;
    const QString name = QString::fromUtf8(host.toBytes());
    const bool isUnknown = name.isEmpty() || name == "?"_L1;
    return RedisUrl::Endpoint{isUnknown ? answerer.host : name, quint16(*number)};
}

} // namespace

std::optional<ClusterSlots> ClusterSlots::fromSlots(const RedisValue &answer,
                                                    const Endpoint &answerer)
{
    if (!answer.isArray())
        return std::nullopt;
    ClusterSlots result;
    for (const RedisValue &range : answer.toArray()) {
        const auto first = range.at(0).toInteger();
        const auto last = range.at(1).toInteger();
        if (!areSlots(first, last))
            return std::nullopt;
        for (qsizetype position = 2; position < range.toArray().size(); ++position) {
            const RedisValue &node = range.at(position);
            const auto where = endpoint(node.at(0), node.at(1), answerer);
            if (!where)
                return std::nullopt;
            const int index = result.indexOf(*where);
            if (position == 2) // the master; its replicas follow
                result.assign(*first, *last, index);
        }
    }
    return result;
}

std::optional<ClusterSlots> ClusterSlots::fromShards(const RedisValue &answer,
                                                     const Endpoint &answerer, bool tls)
{
    if (!answer.isArray())
        return std::nullopt;
    ClusterSlots result;
    for (const RedisValue &shard : answer.toArray()) {
        int master = -1;
        for (const RedisValue &node : shard.value("nodes").toArray()) {
            const RedisValue &port = node.value(tls ? "tls-port" : "port");
            if (port.isNull())
                continue; // one that does not speak as we do
            // What clients are to use; "ip" is only how the nodes see each other.
            const auto where = endpoint(node.value("endpoint"), port, answerer);
            if (!where)
                return std::nullopt;
            const int index = result.indexOf(*where);
            // A master that failed is told of beside the one that has taken its place.
            const bool isMaster = node.value("role").toBytes() == "master";
            if (isMaster && (master < 0 || node.value("health").toBytes() == "online"))
                master = index;
        }
        const RedisValue::Array &bounds = shard.value("slots").toArray();
        if (bounds.size() % 2 != 0)
            return std::nullopt;
        for (qsizetype position = 0; position < bounds.size(); position += 2) {
            const auto first = bounds[position].toInteger();
            const auto last = bounds[position + 1].toInteger();
            if (!areSlots(first, last))
                return std::nullopt;
            if (master >= 0)
                result.assign(*first, *last, master);
        }
    }
    return result;
}

int ClusterSlots::indexOf(const Endpoint &endpoint)
{
    const qsizetype known = m_nodes.indexOf(endpoint);
    if (known >= 0)
        return int(known);
    m_nodes.append(endpoint);
    return int(m_nodes.size() - 1);
}

void ClusterSlots::assign(qint64 first, qint64 last, int index)
{
    m_owners.resize(hashSlotCount, -1);
    std::fill(m_owners.begin() + first, m_owners.begin() + last + 1, index);
}

std::optional<RedisUrl::Endpoint> ClusterSlots::owner(int slot) const
{
    if (m_owners.empty() || m_owners[size_t(slot)] < 0)
        return std::nullopt;
    return m_nodes[m_owners[size_t(slot)]];
}

void ClusterSlots::setOwner(int slot, const Endpoint &owner)
{
    assign(slot, slot, indexOf(owner));
}

QList<RedisUrl::Endpoint> ClusterSlots::masters() const
{
    QList<Endpoint> result;
    std::vector<bool> isKnown(size_t(m_nodes.size()));
    for (const int index : m_owners) {
        if (index < 0 || isKnown[size_t(index)])
            continue;
        isKnown[size_t(index)] = true;
        result.append(m_nodes[index]);
    }
    return result;
}

int ClusterSlots::coverage() const
{
    return int(std::ranges::count_if(m_owners, [](int index) { return index >= 0; }));
}

} // namespace LiveTemplate
