// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>

// What goes over the wire of a WebSocket (RFC 6455), without a library that would keep it in order.

namespace Opcode {
inline constexpr char Continuation = 0x0;
inline constexpr char Text = 0x1;
inline constexpr char Binary = 0x2;
inline constexpr char Close = 0x8;
inline constexpr char Ping = 0x9;
inline constexpr char Pong = 0xa;
} // namespace Opcode

/// What the first two bytes of a frame say besides the opcode.
struct FrameBits
{
    bool isFinal = true;
    /// RSV1 to RSV3: 0x40, 0x20, 0x10.
    char reserved = 0;
    bool isMasked = true;
};

/// A frame as a client sends it.
[[nodiscard]] QByteArray clientFrame(char opcode, const QByteArray &payload, FrameBits bits = {});

/// The beginning of a frame whose payload has @p length bytes, with its mask and nothing behind it.
[[nodiscard]] QByteArray clientFrameHeader(char opcode, quint64 length, FrameBits bits = {});

/// The payload of a close frame.
[[nodiscard]] QByteArray closePayload(quint16 code, const QByteArray &reason = {});

/// A whole request to open a WebSocket; @p more are header lines.
[[nodiscard]] QByteArray upgradeRequest(const QByteArray &cookie = {}, const QByteArray &more = {});

/// A frame that came from a server.
struct ServerFrame
{
    char opcode = 0;
    bool isFinal = true;
    QByteArray payload;
};

/// Takes the first frame out of @p bytes, if it is whole.
[[nodiscard]] std::optional<ServerFrame> takeFrame(QByteArray &bytes);
