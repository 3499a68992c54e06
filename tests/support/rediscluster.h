// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisserver.h"

#include <memory>
#include <vector>

/// Masters that share the slots evenly, and replicas of them.
class RedisCluster
{
public:
    static constexpr int slotCount = 16'384;

    struct Options
    {
        int masters = 3;
        int replicasOfEach = 0;
        RedisServer::Program program = RedisServer::Program::Redis;
        QString password = {};
        /// How long a node must be silent to be taken for dead.
        std::chrono::milliseconds nodeTimeout = std::chrono::seconds(1);
        QStringList configuration = {};
        /// With them only TLS is spoken; they must outlive the servers.
        const TlsCertificates *tls = nullptr;
    };

    RedisCluster()
        : RedisCluster(Options())
    {
    }
    explicit RedisCluster(Options options);

    /// Returns when all nodes agree that the cluster is in order.
    [[nodiscard]] bool start();

    /// First the masters as they were at the start, then the replicas of the first master, of the
    /// second and so on.
    [[nodiscard]] RedisServer &node(int index) { return *m_nodes[size_t(index)]; }
    [[nodiscard]] int nodeCount() const { return int(m_nodes.size()); }
    [[nodiscard]] int masterCount() const { return m_options.masters; }
    [[nodiscard]] int replicaOf(int master, int which = 0) const
    {
        return m_options.masters + master * m_options.replicasOfEach + which;
    }
    /// What CLUSTER MYID answers.
    [[nodiscard]] QByteArray id(int index) const { return m_ids[size_t(index)]; }

    /// Index of the master that had @p slot at the start.
    [[nodiscard]] int firstOwner(int slot) const;
    /// A key "{n}" and its slot, for the first n from @p from on whose slot is of master @p index.
    struct Key
    {
        QByteArray tag;
        int slot = 0;
    };
    [[nodiscard]] Key keyOf(int index, int from = 0) const;

    // A slot's move, step by step.

    /// The new owner IMPORTs, the old one MIGRATEs: ASK is answered from now on.
    void beginMove(int slot, int from, int to);
    void moveKey(const QByteArray &key, int from, int to);
    /// All that are left.
    void moveKeys(int slot, int from, int to);
    /// All masters learn who owns the slot: MOVED is answered from now on.
    void finishMove(int slot, int from, int to);

    /// Adds an empty master; gives its index, or -1.
    [[nodiscard]] int addMaster();

    /// Returns when all running nodes say that the cluster's state is @p state.
    [[nodiscard]] bool waitForState(QByteArrayView state = "ok") const;

    /// For RedisUrl::parse(); names the first three nodes.
    [[nodiscard]] QString url() const;

private:
    [[nodiscard]] bool launchNode();
    void introduce(int index);
    [[nodiscard]] bool waitForAcquaintance() const;

    Options m_options;
    std::vector<std::unique_ptr<RedisServer>> m_nodes;
    std::vector<QByteArray> m_ids;
};
