// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisvalue.h"
#include "sessionstore.h"

#include <QByteArray>

#include <expected>
#include <optional>

namespace LiveTemplate {

/// A state as it stands in Redis: a hash with the fields _meta and state of the Go servers'
/// second form (PROTOCOL.md F.4), and one of ours, rev.
struct LIVETEMPLATE_PRIVATE_EXPORT SavedSession
{
    QJsonObject state;
    /// When it was saved, in microseconds since 1970, by a clock that never goes back among all who
    /// read what the others have written (a hybrid logical clock).
    qint64 revision = 0;

    static constexpr QByteArrayView keyPrefix = "livetemplate:session:";

    /// The key of a state; of the page "/" it is that of the Go servers.
    [[nodiscard]] static QByteArray keyOf(const SessionKey &key);
    /// The contrary; nothing for what is no state, such as the Go servers' :access.
    [[nodiscard]] static std::optional<SessionKey> parseKey(QByteArrayView key);

    /// The value of _meta.
    [[nodiscard]] QByteArray meta() const;
    /// The value of state: a JSON object.
    [[nodiscard]] QByteArray json() const;

    /// Reads the answer to HGETALL; nothing when there is no such key. A state is taken as a JSON
    /// object, or as a JSON string with the base64 of one. The error is what is wrong with it.
    [[nodiscard]] static std::expected<std::optional<SavedSession>, QString> parse(
        const RedisValue &fields);
};

} // namespace LiveTemplate
