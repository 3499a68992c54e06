// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QString>

namespace LiveTemplate {

/// What is wrong with a Redis, in words for whoever looks at it, and what to do.
struct LIVETEMPLATE_EXPORT RedisProblem
{
    enum class Kind {
        None,
        BadUrl,
        /// No such host, nothing listens, no way there.
        Unreachable,
        /// We offered TLS to a port that speaks plainly.
        TlsToPlainPort,
        /// We spoke plainly to a port that wants TLS.
        PlainToTlsPort,
        /// TLS is spoken, and a certificate is missing or not trusted.
        Certificate,
        PasswordWanted,
        WrongPassword,
        /// Something answers, and it is no Redis.
        NotRedis,
        /// The user may not do what is needed (ACL).
        NotAllowed,
        /// Takes connections, or keeps them, and answers nothing.
        Silent,
        /// It was there and is not any more.
        Lost,
        Other,
    };

    Kind kind = Kind::None;
    /// What was found, in one sentence. Never has a password in it.
    QString sentence = {};
    /// What to do, in one sentence; may be empty.
    QString advice = {};

    /// Whether it will not pass by itself: to try again without a change is of no use.
    [[nodiscard]] bool needsSomebody() const;

    friend bool operator==(const RedisProblem &, const RedisProblem &) = default;
};

} // namespace LiveTemplate
