// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "visitor_p.h"

#include "authenticator.h"
#include "httpexchange.h"
#include "serverlogging_p.h"
#include "serveroptions.h"

namespace LiveTemplate {

namespace {

/// A group's id is part of Redis channels, keys and logs.
constexpr qsizetype maxGroupLength = 256;

HttpResponse refusal(AuthenticationError error, const Authenticator &authenticator)
{
    if (error != AuthenticationError::Unauthorized)
        return HttpResponse::text(HttpStatus::InternalServerError, "Internal server error");
    auto response = HttpResponse::text(HttpStatus::Unauthorized, "Unauthorized");
    if (const QByteArray challenge = authenticator.challenge(); !challenge.isEmpty())
        response.headers.emplace_back("WWW-Authenticate", challenge);
    return response;
}

} // namespace

std::expected<Visitor, HttpResponse> identifyVisitor(const Request &request,
                                                     Authenticator &authenticator,
                                                     const ServerOptions &options)
{
    const auto user = authenticator.identify(request);
    if (!user)
        return std::unexpected(refusal(user.error(), authenticator));
    const auto group = authenticator.sessionGroup(request, *user);
    if (!group)
        return std::unexpected(refusal(group.error(), authenticator));
    if (group->isEmpty() || group->value().size() > maxGroupLength) {
        qCCritical(lcServer) << "the authenticator gave a session group that is empty or too long:"
                             << group->shortened();
        return std::unexpected(refusal(AuthenticationError::Failed, authenticator));
    }

    QByteArray value = group->value().toUtf8();
    if (!isCookieValue(value))
        value = value.toPercentEncoding();
    Visitor visitor{*user, *group, {}};
    if (request.cookie(sessionCookieName) != value) {
        visitor.setCookie = Cookie{.name = sessionCookieName.toByteArray(),
                                   .value = value,
                                   .maxAge = options.cookieMaxAge,
                                   .secure = options.cookieSecure}
                                .toHeader();
    }
    return visitor;
}

} // namespace LiveTemplate
