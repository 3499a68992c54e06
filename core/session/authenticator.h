// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ids.h"
#include "livetemplate_export.h"
#include "request.h"

#include <QByteArray>
#include <QByteArrayView>

#include <expected>

namespace LiveTemplate {

/// The cookie that carries a session group's id (PROTOCOL.md A.8).
inline constexpr QByteArrayView sessionCookieName = "livetemplate-id";

/// Why a request was not let in.
enum class AuthenticationError {
    /// Answered with 401.
    Unauthorized,
    /// Answered with 500.
    Failed,
};

/// Answers, for every page load, every form and every WebSocket, who a client is and which session
/// group it belongs to.
///
/// A page's own log-in is an authenticator of one's own: it looks up the cookie that the log-in
/// page has set (Context::setCookie) and gives that session's user and group.
///
/// @code
/// class StaffAuthenticator : public LiveTemplate::AnonymousAuthenticator
/// {
///     std::expected<UserId, AuthenticationError> identify(const Request &request) override
///     {
///         const auto user = sessions.userOf(request.cookie("staff").value_or(QByteArray()));
///         if (!user)
///             return std::unexpected(AuthenticationError::Unauthorized);
///         return UserId(*user);
///     }
/// };
/// @endcode
///
/// A group's id that comes from outside is as good as whoever sent it: take it only in the form
/// that AnonymousAuthenticator::isWellFormed() knows, as AnonymousAuthenticator does.
///
/// Threading: called from the server's threads, several at once when it has several; must not
/// block.
class LIVETEMPLATE_EXPORT Authenticator
{
public:
    virtual ~Authenticator();

    /// The user; empty for an anonymous visitor.
    [[nodiscard]] virtual std::expected<UserId, AuthenticationError>
    identify(const Request &request) = 0;

    /// The group whose tabs follow each other. Its id is sent to the client as a cookie, so it must
    /// be hard to guess wherever strangers must stay apart.
    [[nodiscard]] virtual std::expected<GroupId, AuthenticationError>
    sessionGroup(const Request &request, const UserId &user) = 0;

    /// How a client that is not let in can say who it is: the value of the WWW-Authenticate header
    /// of a 401 answer (RFC 9110, 11.6.1). Empty: there is none.
    [[nodiscard]] virtual QByteArray challenge() const { return {}; }
};

/// Lets everybody in: each browser is a session group of its own, known by a cookie with a random
/// id of 256 bits. A cookie that does not have the form of such an id is replaced.
class LIVETEMPLATE_EXPORT AnonymousAuthenticator : public Authenticator
{
public:
    [[nodiscard]] std::expected<UserId, AuthenticationError> identify(
        const Request &request) override;
    [[nodiscard]] std::expected<GroupId, AuthenticationError> sessionGroup(
        const Request &request, const UserId &user) override;

    /// 32 bytes from the system's random source as base64url with padding: 44 characters.
    [[nodiscard]] static GroupId newGroup();

    /// Whether @p id has the form that newGroup() gives.
    [[nodiscard]] static bool isWellFormed(QByteArrayView id);
};

} // namespace LiveTemplate
