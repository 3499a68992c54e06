// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any text as a message of another server: what is read from it can be written and read again.

#include "fuzzing.h"
#include "wiremessage_p.h"

#include <algorithm>

using namespace LiveTemplate;

namespace {

/// Our own ids need no escapes, so none are written.
bool isPlain(const QByteArray &id)
{
    return std::ranges::none_of(id, [](char byte) {
        return byte == '"' || byte == '\\' || static_cast<unsigned char>(byte) < 0x20;
    });
}

/// Qt drops it where a text begins, but not everywhere.
constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");

QByteArray encodeAgain(const BroadcastMessage &message, const WireMessage &whole)
{
    return encodeMessage(message, whole.origin);
}

QByteArray encodeAgain(const ServerActionMessage &message, const WireMessage &whole)
{
    return encodeMessage(message, whole.origin);
}

QByteArray encodeAgain(const GroupActionMessage &message, const WireMessage &whole)
{
    return encodeMessage(message, whole.origin, whole.sequence);
}

QByteArray encodeAgain(ProbeMessage message, const WireMessage &whole)
{
    return encodeMessage(message, whole.origin, whole.sequence);
}

QByteArray encodeAgain(TopicActionMessage, const WireMessage &)
{
    return {}; // of which nothing was kept
}

bool equal(const BroadcastMessage &a, const BroadcastMessage &b)
{
    return a.scope == b.scope && a.group == b.group && a.user == b.user && a.payload == b.payload;
}

bool equal(const ServerActionMessage &a, const ServerActionMessage &b)
{
    return a.user == b.user && a.action == b.action && a.data == b.data;
}

bool equal(const GroupActionMessage &a, const GroupActionMessage &b)
{
    return a.group == b.group && a.action == b.action && a.data == b.data;
}

bool equal(ProbeMessage, ProbeMessage)
{
    return true;
}

template<typename A, typename B>
bool equal(const A &, const B &)
{
    return false;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto message = decodeMessage(toByteArray(data, size));
    if (!message) {
        if (message.error().isEmpty())
            qFatal("the refusal says nothing");
        return 0;
    }
    const QByteArray json = std::visit(
        [&](const auto &content) { return encodeAgain(content, *message); }, message->content);
    // Years before 0000 and after 9999, which a zone can make, cannot be written.
    const bool isWritable = message->origin.timestamp >= WireTime(std::chrono::days(-719528))
        && message->origin.timestamp < WireTime(std::chrono::days(2932897));
    if (json.isEmpty() || !isWritable || !isPlain(message->origin.instanceId)
        || toByteArray(data, size).contains(byteOrderMark) || json.contains(byteOrderMark))
        return 0;
    const auto again = decodeMessage(json);
    if (!again)
        qFatal("what was read is refused: %s", json.constData());
    const bool isEqual = std::visit([](const auto &a, const auto &b) { return equal(a, b); },
                                    message->content, again->content);
    if (!isEqual || again->origin != message->origin || again->sequence != message->sequence)
        qFatal("what was read is read differently: %s", json.constData());
    return 0;
}
