// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>

class QTcpSocket;

namespace LiveTemplate {

/// A whole WebSocket text frame as a server sends it: unmasked, unfragmented (RFC 6455, 5.2).
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray encodeTextFrame(QByteArrayView payload);

enum class WriteResult {
    Written,
    /// The socket is not connected; nothing was written.
    NotConnected,
};

/// Writes what waits in the socket, and then a frame: past the buffers of the socket, if it can.
/// What the kernel does not take is left to the socket, which bounds it.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT WriteResult writeFrame(QTcpSocket &socket,
                                                                 const QByteArray &frame);

} // namespace LiveTemplate
