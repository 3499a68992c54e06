// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisvalue.h"
#include "sessionstore.h"

#include <chrono>

namespace LiveTemplate {

/// A state as Redis keeps it (PROTOCOL.md F.4).
struct RedisState
{
    QJsonObject state;
    /// @c state as JSON text.
    QByteArray json;
    /// Which of two states is the newer: microseconds since 1970, or later when those were taken.
    /// Of a state that a Go server wrote, the second it did so.
    qint64 revision = 0;
    /// Whether the revision was written there, by one of us.
    bool hasRevision = false;

    /// Reads what HGETALL answered; nothing when there is no such key, an error when there is
    /// something else than a state.
    [[nodiscard]] static std::expected<std::optional<RedisState>, QString> read(
        const RedisValue &hash);

    /// The field _meta.
    [[nodiscard]] static QByteArray meta(std::chrono::system_clock::time_point now);
};

/// Begins the key of each saved state.
inline constexpr QByteArrayView sessionKeyPrefix("livetemplate:session:");

/// Redis' key for a saved state.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray toRedisKey(const SessionKey &key);
/// The contrary; nothing for what is no key of a saved state.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::optional<SessionKey> fromRedisKey(
    const QByteArray &key);

/// Replaces a state, or removes it, unless Redis has a newer one. KEYS: the key. ARGV: revision,
/// _meta, state (empty: remove), time to live in milliseconds, the greatest revision to be taken
/// seriously. Answers with the revision that is there then.
[[nodiscard]] const QByteArray &saveScript();
/// What EVALSHA calls it.
[[nodiscard]] const QByteArray &saveScriptHash();

/// Removes the first form's string, which newer servers do not read. KEYS: the key.
[[nodiscard]] const QByteArray &removeStringScript();

} // namespace LiveTemplate
