// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "rediserror.h"

#include <QList>
#include <QString>

#include <expected>

namespace LiveTemplate {

/// Where a Redis is, and who we are there.
///
/// @verbatim
/// redis://[user[:password]@]host[:6379][/database]           one server
/// rediss://…                                                 the same by TLS
/// redis+sentinel://[…@]host[:26379][,host…]/name[/database]  the master called name
/// redis+cluster://[…@]host[:6379][,host…]                    a Cluster; any of its nodes
/// host[:port]                                                as redis://host:port
/// @endverbatim
///
/// An IPv6 address stands in brackets. Options follow as a query: tls=1 (sentinel and cluster),
/// ca=FILE, cert=FILE, key=FILE (PEM), verify=0 (accept any certificate), sentinel_user,
/// sentinel_password, sharded=1 (Cluster: shard channels instead of classic ones).
struct LIVETEMPLATE_EXPORT RedisUrl
{
    enum class Topology {
        Single,
        Sentinel,
        Cluster
    };
    struct Endpoint
    {
        QString host;
        quint16 port = 6379;
        friend bool operator==(const Endpoint &, const Endpoint &) = default;
        friend size_t qHash(const Endpoint &endpoint, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, endpoint.host, endpoint.port);
        }
    };

    Topology topology = Topology::Single;
    /// One; the sentinels; or nodes of the Cluster to ask first.
    QList<Endpoint> endpoints;
    bool tls = false;
    /// Empty: Redis' default user.
    QString user;
    QString password;
    int database = 0;
    /// Sentinel's name of the master.
    QString masterName;
    QString sentinelUser;
    QString sentinelPassword;
    /// PEM files. Empty: the system's authorities, and no certificate of ours.
    QString caFile;
    QString certificateFile;
    QString keyFile;
    bool verifyPeer = true;
    bool shardedPubSub = false;

    [[nodiscard]] static std::expected<RedisUrl, RedisError> parse(const QString &text);

    /// The URL with *** for passwords.
    [[nodiscard]] QString toDisplayString() const;
    /// The URL as parse() reads it, with all passwords: for where it goes at once, never to be
    /// shown or kept.
    [[nodiscard]] QString toStringWithPasswords() const;

    friend bool operator==(const RedisUrl &, const RedisUrl &) = default;
};

} // namespace LiveTemplate
