// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpresponse_p.h"
#include "ids.h"
#include "request.h"

#include <expected>

namespace LiveTemplate {

class Authenticator;
struct ServerOptions;

/// Who sent a request.
struct Visitor
{
    UserId user;
    GroupId group;
    /// The Set-Cookie header's value; empty when the client has the cookie already.
    QByteArray setCookie;
};

/// Asks @p authenticator. The error is the answer for who is not let in.
[[nodiscard]] std::expected<Visitor, HttpResponse> identifyVisitor(const Request &request,
                                                                   Authenticator &authenticator,
                                                                   const ServerOptions &options);

} // namespace LiveTemplate
