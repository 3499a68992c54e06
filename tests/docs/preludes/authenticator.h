// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of core/session/authenticator.h take for granted.

struct Sessions
{
    std::optional<QString> userOf(const QByteArray &cookie);
};
extern Sessions &sessions;
