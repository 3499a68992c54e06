// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>

/// What a client sends at once, and what the server has to answer.
struct RequestCase
{
    const char *name;
    QByteArray bytes;
    int status;
    /// What the server does in place of it so far; null: nothing.
    const char *defect = nullptr;
};

/// To be refused with one answer, after which nothing else is read: behind each of them stands a
/// second request that somebody in between might not have seen as one.
[[nodiscard]] QList<RequestCase> brokenRequests();

/// Unusual and valid: the connection is used on.
[[nodiscard]] QList<RequestCase> oddRequests();
