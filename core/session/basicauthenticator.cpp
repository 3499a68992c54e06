// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "basicauthenticator.h"

#include <QStringDecoder>

#include <algorithm>

namespace LiveTemplate {

namespace {

/// No name or password is longer.
constexpr qsizetype maxCredentials = 1024;

struct Credentials
{
    QString user;
    QString password;
};

/// RFC 7617, 2: the scheme's name in any case, then base64 of "user:password" in UTF-8.
std::optional<Credentials> credentialsOf(const Request &request)
{
    const QByteArray header = request.header("Authorization").trimmed();
    const qsizetype space = header.indexOf(' ');
    if (space < 0 || header.size() > 2 * maxCredentials
        || QByteArrayView(header).first(space).compare("basic", Qt::CaseInsensitive) != 0)
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(header.sliced(space + 1).trimmed(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    QStringDecoder toUtf16(QStringDecoder::Utf8);
    const QString text = toUtf16(*decoded);
    const qsizetype colon = text.indexOf(u':');
    const bool hasControls = std::ranges::any_of(text, [](QChar character) {
        return character < u' ' || character == u'\x7f';
    });
    if (toUtf16.hasError() || colon <= 0 || hasControls)
        return std::nullopt;
    return Credentials{text.first(colon), text.sliced(colon + 1)};
}

} // namespace

BasicAuthenticator::BasicAuthenticator(Validate validate, QString realm)
    : m_validate(std::move(validate))
    , m_realm(std::move(realm))
{
    Q_ASSERT(m_validate);
}

BasicAuthenticator::~BasicAuthenticator() = default;

std::expected<UserId, AuthenticationError> BasicAuthenticator::identify(const Request &request)
{
    const auto credentials = credentialsOf(request);
    if (!credentials || !m_validate(credentials->user, credentials->password))
        return std::unexpected(AuthenticationError::Unauthorized);
    return UserId(credentials->user);
}

std::expected<GroupId, AuthenticationError> BasicAuthenticator::sessionGroup(const Request &,
                                                                             const UserId &user)
{
    if (user.isEmpty())
        return std::unexpected(AuthenticationError::Failed);
    return GroupId(user.value());
}

QByteArray BasicAuthenticator::challenge() const
{
    QByteArray realm = m_realm.toUtf8();
    realm.removeIf([](char character) { return character < ' ' && character >= 0; });
    realm.replace('\\', "\\\\").replace('"', "\\\"");
    return "Basic realm=\"" + realm + "\", charset=\"UTF-8\"";
}

} // namespace LiveTemplate
