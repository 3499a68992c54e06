// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redirection_p.h"

#include "hashslot_p.h"

#include <QByteArray>
#include <QList>

namespace LiveTemplate {

std::optional<Redirection> Redirection::parse(QByteArrayView error,
                                              const RedisUrl::Endpoint &answerer)
{
    const QList<QByteArray> words = error.toByteArray().split(' ');
    if (words.size() != 3 || (words[0] != "MOVED" && words[0] != "ASK"))
        return std::nullopt;
    bool isNumber = false;
    const int slot = words[1].toInt(&isNumber);
    if (!isNumber || slot < 0 || slot >= hashSlotCount)
        return std::nullopt;
    // An IPv6 address has colons of its own, and no brackets.
    const qsizetype colon = words[2].lastIndexOf(':');
    bool isPort = false;
    const ushort port = words[2].sliced(colon + 1).toUShort(&isPort);
    if (colon < 0 || !isPort || port == 0)
        return std::nullopt;
    const QByteArray host = words[2].first(colon);
    const bool isUnknown = host.isEmpty() || host == "?";
    return Redirection{
        .kind = words[0] == "MOVED" ? Kind::Moved : Kind::Ask,
        .slot = slot,
        .target = {isUnknown ? answerer.host : QString::fromUtf8(host), port},
    };
}

} // namespace LiveTemplate
