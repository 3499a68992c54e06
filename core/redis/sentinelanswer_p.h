// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisurl.h"
#include "redisvalue.h"

#include <QByteArrayView>

#include <optional>

/// What Sentinels, and servers behind them, answer.
namespace LiveTemplate::SentinelAnswer {

/// What is announced on the channel +switch-master: "name oldhost oldport newhost newport".
struct SwitchedMaster
{
    QString name;
    RedisUrl::Endpoint from;
    RedisUrl::Endpoint to;

    friend bool operator==(const SwitchedMaster &, const SwitchedMaster &) = default;
};

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::optional<SwitchedMaster> switchedMaster(
    QByteArrayView payload);

/// SENTINEL GET-MASTER-ADDR-BY-NAME: [host, port].
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::optional<RedisUrl::Endpoint> masterAddress(
    const RedisValue &answer);

/// SENTINEL SENTINELS: the others; those that are down are left out.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QList<RedisUrl::Endpoint> otherSentinels(
    const RedisValue &answer);

/// ROLE: whether who answers takes itself for a master.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT bool isMasterRole(const RedisValue &answer);

} // namespace LiveTemplate::SentinelAnswer
