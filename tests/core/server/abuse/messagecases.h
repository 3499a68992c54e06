// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>

/// A message that is valid as far as WebSocket goes.
struct MessageCase
{
    const char *name;
    QByteArray text;
    /// Empty: the message is ignored.
    QByteArray answer;
};

/// RFC 8259 at its edges, for a page that shows AbusedState.
[[nodiscard]] QList<MessageCase> oddMessages();
