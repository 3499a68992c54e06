// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"

#include <chrono>
#include <optional>
#include <variant>

namespace LiveTemplate {

using WireTime = PublishTime;

/// Who sends a message, and when.
struct MessageOrigin
{
    QByteArray instanceId;
    WireTime timestamp;

    friend bool operator==(const MessageOrigin &, const MessageOrigin &) = default;
};

/// Goes through Redis and back to whoever sent it. Ours alone: no other server receives it.
struct ProbeMessage
{
};

/// For those who have subscribed to a topic, of which we have none.
struct TopicActionMessage
{
};

/// A message as it is on the wire (PROTOCOL.md F.2).
struct WireMessage
{
    std::variant<BroadcastMessage, ServerActionMessage, GroupActionMessage, TopicActionMessage,
                 ProbeMessage>
        content;
    MessageOrigin origin;
    /// Counts the group actions of a server, or its probes; 0 when there is none.
    quint64 sequence = 0;
};

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray encodeMessage(const BroadcastMessage &message,
                                                                   const MessageOrigin &origin);
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray
encodeMessage(const ServerActionMessage &message, const MessageOrigin &origin);
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray
encodeMessage(const GroupActionMessage &message, const MessageOrigin &origin, quint64 sequence);
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray encodeMessage(ProbeMessage message,
                                                                   const MessageOrigin &origin,
                                                                   quint64 sequence);

/// The least that @p data takes as JSON, in bytes; counted no further than @p enough. For a look
/// before the encoding, which is not the caller's to pay.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT qint64 leastJsonSize(const QJsonObject &data,
                                                               qint64 enough);

/// Reads a message of any server, ours or Go's. As Go does it looks at the message and not at the
/// channel that it came by, ignores fields it does not know, takes a field that is missing or null
/// for an empty one, and refuses the message when a field is of a wrong type. The error is a
/// sentence for the log and has nothing of the message in it but the name of its type.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::expected<WireMessage, QString> decodeMessage(
    const QByteArray &json);

/// Appends @p time as RFC 3339, in UTC.
LIVETEMPLATE_PRIVATE_EXPORT void appendTimestamp(QByteArray &json, WireTime time);

/// Reads RFC 3339 with any zone, as strictly as Go does; what is finer than a microsecond is cut
/// off.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::optional<WireTime> parseTimestamp(QStringView text);

} // namespace LiveTemplate
