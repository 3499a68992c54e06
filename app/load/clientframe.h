// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtTypes>

namespace LiveTemplate::Load {

/// What a WebSocket frame is (RFC 6455, 5.2).
enum class Opcode : quint8 {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xa,
};

/// A whole message in one frame as a client sends it, masked with @p mask.
[[nodiscard]] QByteArray encodeClientFrame(Opcode opcode, QByteArrayView payload, quint32 mask);

} // namespace LiveTemplate::Load
