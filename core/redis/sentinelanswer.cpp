// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sentinelanswer_p.h"

#include <QByteArray>

namespace LiveTemplate::SentinelAnswer {

namespace {

std::optional<RedisUrl::Endpoint> endpoint(const QByteArray &host, const QByteArray &port)
{
    bool isNumber = false;
    const ushort number = port.toUShort(&isNumber);
    if (host.isEmpty() || !isNumber || number == 0)
        return std::nullopt;
    return RedisUrl::Endpoint{QString::fromUtf8(host), number};
}

} // namespace

std::optional<SwitchedMaster> switchedMaster(QByteArrayView payload)
{
    const QList<QByteArray> words = payload.toByteArray().split(' ');
    if (words.size() != 5 || words[0].isEmpty())
        return std::nullopt;
    const auto from = endpoint(words[1], words[2]);
    const auto to = endpoint(words[3], words[4]);
    if (!from || !to)
        return std::nullopt;
    return SwitchedMaster{QString::fromUtf8(words[0]), *from, *to};
}

std::optional<RedisUrl::Endpoint> masterAddress(const RedisValue &answer)
{
    if (answer.toArray().size() != 2)
        return std::nullopt;
    return endpoint(answer.at(0).toBytes(), answer.at(1).toBytes());
}

QList<RedisUrl::Endpoint> otherSentinels(const RedisValue &answer)
{
    QList<RedisUrl::Endpoint> result;
    for (const RedisValue &sentinel : answer.toArray()) {
        const auto where = endpoint(sentinel.value("ip").toBytes(),
                                    sentinel.value("port").toBytes());
        const QList<QByteArray> flags = sentinel.value("flags").toBytes().split(',');
        if (where && !flags.contains("s_down") && !flags.contains("o_down"))
            result.append(*where);
    }
    return result;
}

bool isMasterRole(const RedisValue &answer)
{
    return answer.at(0).toBytes() == "master";
}

} // namespace LiveTemplate::SentinelAnswer
