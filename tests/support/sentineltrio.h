// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisserver.h"

#include <memory>
#include <vector>

/// A master, its replicas, and three sentinels that take half a second to see that the master is
/// gone.
class SentinelTrio
{
public:
    struct Options
    {
        int replicas = 2;
        /// Of the master and its replicas.
        QString password = {};
        /// Of the sentinels themselves.
        QString sentinelPassword = {};
        QString masterName = QStringLiteral("mymaster");
        /// More lines of the configuration of master and replicas.
        QStringList configuration = {};
        /// With them only TLS is spoken; they must outlive the servers.
        const TlsCertificates *tls = nullptr;
    };

    SentinelTrio()
        : SentinelTrio(Options())
    {
    }
    explicit SentinelTrio(Options options);

    /// Returns when all sentinels know each other, the master and its replicas.
    [[nodiscard]] bool start();

    /// 0 is the first master; the others begin as replicas.
    [[nodiscard]] RedisServer &server(int index) { return *m_servers[size_t(index)]; }
    [[nodiscard]] int serverCount() const { return int(m_servers.size()); }
    [[nodiscard]] RedisServer &sentinel(int index) { return *m_sentinels[size_t(index)]; }
    [[nodiscard]] static constexpr int sentinelCount() { return 3; }
    /// Sentinel forgets its short periods when it is started anew.
    [[nodiscard]] bool restartSentinel(int index);

    /// Index of the server that most of the living sentinels take for the master; -1: none.
    [[nodiscard]] int masterIndex() const;
    /// Has another server be master than @p index; gives which, or -1.
    [[nodiscard]] int waitForMasterOtherThan(int index) const;
    /// Returns when the server @p index follows the master.
    [[nodiscard]] bool waitForReplica(int index) const;

    /// For RedisUrl::parse().
    [[nodiscard]] QString url() const;

private:
    void hurry(const RedisServer &sentinel) const;

    Options m_options;
    std::vector<std::unique_ptr<RedisServer>> m_servers;
    std::vector<std::unique_ptr<RedisServer>> m_sentinels;
};
