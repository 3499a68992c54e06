// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>

/// What a client sends on an open WebSocket, in pieces that arrive one after the other, and the
/// code that the server closes it with.
struct FrameCase
{
    const char *name;
    QList<QByteArray> pieces;
    int closeCode;
};

/// RFC 6455, 5 and 8.1: frames that are not allowed.
[[nodiscard]] QList<FrameCase> brokenFrames();

/// RFC 6455, 5.5.1 and 7.4: what a client may and may not say when it goes.
[[nodiscard]] QList<FrameCase> farewells();
