// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <expected>
#include <optional>

#include <sys/socket.h>

namespace LiveTemplate::Load {

/// An internet address with a port, as the system calls want it.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t length = 0;

    [[nodiscard]] const sockaddr *data() const
    {
        return reinterpret_cast<const sockaddr *>(&storage);
    }
};

/// The page that is loaded, and where its server is.
struct Target
{
    SocketAddress address;
    quint16 port = 0;
    /// The value of the Host header.
    QByteArray authority;
    /// Path and query, as they stand in a request.
    QByteArray path;

    /// Reads http://HOST[:PORT][/PATH][?QUERY] and looks up a host that is a name, IPv4 first. The
    /// error is a sentence for whoever typed @p url.
    [[nodiscard]] static std::expected<Target, QString> parse(const QString &url);

    /// Whether the server is on this machine, by the address that was found.
    [[nodiscard]] bool isLoopback() const;

    /// The origin that pages of this server have.
    [[nodiscard]] QByteArray origin() const { return "http://" + authority; }

    /// The address that the socket number @p index (from 0) should come from, since one address
    /// has only so many ports for connections to one server. Nothing: the system's choice.
    [[nodiscard]] std::optional<SocketAddress> source(int index) const;
};

} // namespace LiveTemplate::Load
