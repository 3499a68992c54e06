// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "request.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace LiveTemplate {

/// A cookie to be set. Scripts do not see it, and other sites' requests do not carry it, unless it
/// is said.
struct Cookie
{
    enum class SameSite {
        Lax,
        Strict,
        None
    };

    QByteArray name;
    /// Any bytes; what may not stand in a cookie is percent-encoded.
    QByteArray value;
    QByteArray path = "/";
    /// None: until the browser is closed. 0 or less: the browser forgets it at once.
    std::optional<std::chrono::seconds> maxAge = std::nullopt;
    bool httpOnly = true;
    bool secure = false;
    SameSite sameSite = SameSite::Lax;

    /// Whether the name is one (RFC 6265, 4.1.1) and the path can be sent.
    [[nodiscard]] LIVETEMPLATE_EXPORT bool isValid() const;
    /// The value of a Set-Cookie header.
    [[nodiscard]] LIVETEMPLATE_EXPORT QByteArray toHeader() const;
};

/// Whether @p value may stand in a cookie as it is (RFC 6265, 4.1.1), and is not too long.
[[nodiscard]] LIVETEMPLATE_EXPORT bool isCookieValue(QByteArrayView value);

/// What an action can see and set of the HTTP request that it answers.
struct HttpExchange
{
    struct Redirect
    {
        QByteArray location;
        int status = 303;
    };

    const Request &request;
    QList<Cookie> cookies = {};
    std::optional<Redirect> redirect = std::nullopt;
};

} // namespace LiveTemplate
