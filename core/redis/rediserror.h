// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QString>

namespace LiveTemplate {

/// Why something that was asked of Redis did not come about.
struct LIVETEMPLATE_EXPORT RedisError
{
    enum class Kind {
        /// The URL or an option makes no sense.
        BadUrl,
        /// The host name has no address, or nothing listens there, or the network is down.
        Unreachable,
        /// TLS could not be agreed on, or a certificate is not trusted.
        Tls,
        /// User or password is wrong, or missing (AUTH, NOAUTH, WRONGPASS).
        Authentication,
        /// There was no connection, or it broke before the answer came. Whether the command was
        /// carried out is not known.
        Disconnected,
        /// No answer in time. Whether the command was carried out is not known.
        TimedOut,
        /// What came is not Redis' protocol, or is larger than the limit.
        Protocol,
        /// Redis answered with an error; @c code is its first word.
        Server,
        /// Too many commands are waiting.
        Overflow,
        /// The client was closed.
        Closed,
    };

    Kind kind = Kind::Disconnected;
    /// Of Kind::Server and Kind::Authentication: "OOM", "READONLY", "MOVED" and the like.
    QByteArray code = {};
    /// A sentence for whoever operates the server; never has a password in it.
    QString message = {};

    /// Whether the same command may well succeed in a moment: the connection was lost, Redis loads
    /// its data, fails over, or moves slots (LOADING, READONLY, MASTERDOWN, TRYAGAIN, CLUSTERDOWN,
    /// BUSY).
    [[nodiscard]] bool isTransient() const;
};

} // namespace LiveTemplate
