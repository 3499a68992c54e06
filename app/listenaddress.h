// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QString>

#include <expected>

namespace LiveTemplate::App {

/// Where a program listens, as the option --listen says it.
struct ListenAddress
{
    QHostAddress host = QHostAddress(QHostAddress::LocalHost);
    /// 0: any free port.
    quint16 port = 8080;

    bool operator==(const ListenAddress &) const = default;

    /// Reads HOST:PORT, [IPv6]:PORT, localhost:PORT or a bare PORT, which means 127.0.0.1. A host
    /// is an address of this machine and not a name: no name is looked up. The error is a
    /// sentence for the person who typed @p text.
    [[nodiscard]] static std::expected<ListenAddress, QString> parse(const QString &text);

    /// As parse() reads it, with brackets around an IPv6 address.
    [[nodiscard]] QString toString() const;
};

} // namespace LiveTemplate::App
