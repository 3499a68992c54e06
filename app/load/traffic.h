// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

namespace LiveTemplate::Load {

/// What went over all live connections, handshakes not counted.
struct Traffic
{
    /// Text messages, heartbeats and their answers among them.
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    /// Bytes of whole frames.
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 heartbeats = 0;
    quint64 pongs = 0;
    /// Messages that are no JSON object.
    quint64 unreadable = 0;
};

} // namespace LiveTemplate::Load
