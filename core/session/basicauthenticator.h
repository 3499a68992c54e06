// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "authenticator.h"

#include <functional>

namespace LiveTemplate {

/// Asks for a name and a password (HTTP Basic, RFC 7617). All browsers of a user are one session
/// group, which has the user's name.
///
/// The browser sends the password with each request, readable to whoever is on the way: use it
/// behind HTTPS only.
class LIVETEMPLATE_EXPORT BasicAuthenticator : public Authenticator
{
public:
    /// Whether @p password is that of @p user. Compare in constant time (a password hash's own
    /// check does). Called from the server's threads, several at once when it has several; must
    /// not block.
    using Validate = std::function<bool(const QString &user, const QString &password)>;

    /// @p realm is what the browser shows when it asks.
    explicit BasicAuthenticator(Validate validate, QString realm = QStringLiteral("LiveTemplate"));
    ~BasicAuthenticator() override;

    [[nodiscard]] std::expected<UserId, AuthenticationError> identify(
        const Request &request) override;
    [[nodiscard]] std::expected<GroupId, AuthenticationError> sessionGroup(
        const Request &request, const UserId &user) override;
    [[nodiscard]] QByteArray challenge() const override;

private:
    Validate m_validate;
    QString m_realm;
};

} // namespace LiveTemplate
