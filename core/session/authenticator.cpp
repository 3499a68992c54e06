// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "authenticator.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace LiveTemplate {

namespace {

/// PROTOCOL.md A.8: 32 random bytes, written with padding in 44 characters.
constexpr std::size_t groupIdBytes = 32;
constexpr qsizetype groupIdLength = 44;

bool isBase64Url(char character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9') || character == '-' || character == '_';
}

} // namespace

Authenticator::~Authenticator() = default;

std::expected<UserId, AuthenticationError> AnonymousAuthenticator::identify(const Request &)
{
    return UserId();
}

std::expected<GroupId, AuthenticationError> AnonymousAuthenticator::sessionGroup(
    const Request &request, const UserId &)
{
    const auto cookie = request.cookie(sessionCookieName);
    if (cookie && isWellFormed(*cookie))
        return GroupId(QString::fromLatin1(*cookie));
    return newGroup();
}

GroupId AnonymousAuthenticator::newGroup()
{
    std::array<quint32, groupIdBytes / sizeof(quint32)> words;
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), groupIdBytes);
    return GroupId(QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding)));
}

bool AnonymousAuthenticator::isWellFormed(QByteArrayView id)
{
    return id.size() == groupIdLength && id.endsWith('=')
        && std::all_of(id.begin(), id.end() - 1, isBase64Url);
}

} // namespace LiveTemplate
