// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rediscluster.h"

#include "tlscertificates.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

RedisCluster::RedisCluster(Options options)
    : m_options(std::move(options))
{
}

bool RedisCluster::launchNode()
{
    RedisServer::Options options;
    options.program = m_options.program;
    options.password = m_options.password;
    options.tls = m_options.tls;
    options.isClusterNode = true;
    options.isPersistent = true;
    options.configuration = m_options.configuration;
    options.configuration << u"cluster-node-timeout %1"_s.arg(m_options.nodeTimeout.count())
                          // A replica takes over however long it has not heard of its master.
                          << u"cluster-replica-validity-factor 0"_s
                          << u"cluster-allow-replica-migration no"_s;
    m_nodes.push_back(std::make_unique<RedisServer>(options));
    if (!m_nodes.back()->start())
        return false;
    m_ids.push_back(m_nodes.back()->cli({u"CLUSTER"_s, u"MYID"_s}));
    return m_ids.back().size() == 40;
}

void RedisCluster::introduce(int index)
{
    const auto isKnown = [&](const auto &node) {
        return node->isRunning() && node != m_nodes[size_t(index)];
    };
    const auto known = std::ranges::find_if(m_nodes, isKnown);
    if (known == m_nodes.end())
        return;
    const RedisServer &first = **known;
    node(index).run({u"CLUSTER"_s, u"MEET"_s, u"127.0.0.1"_s, QString::number(first.port()),
                     QString::number(first.busPort())});
}

bool RedisCluster::waitForAcquaintance() const
{
    const QByteArray known = "cluster_known_nodes:" + QByteArray::number(qint64(m_nodes.size()));
    return std::ranges::all_of(m_nodes, [&](const auto &node) {
        return !node->isRunning() || node->waitFor({u"CLUSTER"_s, u"INFO"_s}, known);
    });
}

bool RedisCluster::start()
{
    const int count = m_options.masters * (1 + m_options.replicasOfEach);
    for (int index = 0; index < count; ++index) {
        if (!launchNode())
            return false;
        node(index).run({u"CLUSTER"_s, u"SET-CONFIG-EPOCH"_s, QString::number(index + 1)});
        if (index < m_options.masters) {
            const auto first = slotCount * index / m_options.masters;
            const auto last = slotCount * (index + 1) / m_options.masters - 1;
            node(index).run(
                {u"CLUSTER"_s, u"ADDSLOTSRANGE"_s, QString::number(first), QString::number(last)});
        }
        if (index > 0)
            introduce(index);
    }
    if (!waitForAcquaintance())
        return false;
    for (int master = 0; master < m_options.masters; ++master) {
        for (int which = 0; which < m_options.replicasOfEach; ++which) {
            const RedisServer &replica = node(replicaOf(master, which));
            // Known, but not yet as a master, right after the meeting.
            if (!replica.waitFor({u"CLUSTER"_s, u"REPLICATE"_s, QString::fromLatin1(id(master))},
                                 "OK"))
                return false;
        }
    }
    for (int index = m_options.masters; index < count; ++index) {
        if (!node(index).waitFor({u"INFO"_s, u"replication"_s}, "master_link_status:up"))
            return false;
    }
    return waitForState();
}

bool RedisCluster::waitForState(QByteArrayView state) const
{
    const QByteArray line = "cluster_state:" + state.toByteArray();
    return std::ranges::all_of(m_nodes, [&](const auto &node) {
        return !node->isRunning() || node->waitFor({u"CLUSTER"_s, u"INFO"_s}, line);
    });
}

int RedisCluster::firstOwner(int slot) const
{
    int owner = 0;
    while (slot >= slotCount * (owner + 1) / m_options.masters)
        ++owner;
    return owner;
}

RedisCluster::Key RedisCluster::keyOf(int index, int from) const
{
    for (int number = from;; ++number) {
        const QByteArray tag = '{' + QByteArray::number(number) + '}';
        const int slot
            = m_nodes.front()->cli({u"CLUSTER"_s, u"KEYSLOT"_s, QString::fromLatin1(tag)}).toInt();
        if (firstOwner(slot) == index)
            return {tag, slot};
    }
}

void RedisCluster::beginMove(int slot, int from, int to)
{
    const QString number = QString::number(slot);
    node(to).run(
        {u"CLUSTER"_s, u"SETSLOT"_s, number, u"IMPORTING"_s, QString::fromLatin1(id(from))});
    node(from).run(
        {u"CLUSTER"_s, u"SETSLOT"_s, number, u"MIGRATING"_s, QString::fromLatin1(id(to))});
}

void RedisCluster::moveKey(const QByteArray &key, int from, int to)
{
    QStringList arguments{u"MIGRATE"_s, u"127.0.0.1"_s, QString::number(node(to).port()),
                          u""_s,        u"0"_s,         u"5000"_s};
    if (!m_options.password.isEmpty())
        arguments << u"AUTH"_s << m_options.password;
    node(from).run(arguments << u"KEYS"_s << QString::fromUtf8(key));
}

void RedisCluster::moveKeys(int slot, int from, int to)
{
    while (true) {
        const QByteArray keys = node(from).cli(
            {u"CLUSTER"_s, u"GETKEYSINSLOT"_s, QString::number(slot), u"100"_s});
        if (keys.isEmpty())
            return;
        for (const QByteArray &key : keys.split('\n'))
            moveKey(key, from, to);
    }
}

void RedisCluster::finishMove(int slot, int from, int to)
{
    // The new owner first: nobody may send clients to one that does not know of it.
    QList<int> order{to, from};
    for (int index = 0; index < nodeCount(); ++index) {
        if (!order.contains(index))
            order << index;
    }
    for (const int index : order) {
        if (node(index).isRunning()) {
            node(index).run({u"CLUSTER"_s, u"SETSLOT"_s, QString::number(slot), u"NODE"_s,
                             QString::fromLatin1(id(to))});
        }
    }
}

int RedisCluster::addMaster()
{
    if (!launchNode())
        return -1;
    const int index = nodeCount() - 1;
    introduce(index);
    return waitForAcquaintance() && waitForState() ? index : -1;
}

QString RedisCluster::url() const
{
    QStringList hosts;
    for (size_t index = 0; index < std::min<size_t>(m_nodes.size(), 3); ++index)
        hosts << u"127.0.0.1:%1"_s.arg(m_nodes[index]->port());
    QString result = u"redis+cluster://"_s;
    if (!m_options.password.isEmpty()) {
        result += u':' + QString::fromLatin1(QUrl::toPercentEncoding(m_options.password)) + u'@';
    }
    result += hosts.join(u',');
    if (m_options.tls) {
        result += u"?tls=1&ca="_s
            + QString::fromLatin1(QUrl::toPercentEncoding(m_options.tls->authority()));
    }
    return result;
}
