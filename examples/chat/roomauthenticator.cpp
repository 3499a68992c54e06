// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "roomauthenticator.h"

#include "guests.h"

using namespace Qt::StringLiterals;
using namespace LiveTemplate;

GroupId roomGroup()
{
    // No secret: who is in the group is decided below, and by nothing that a browser says of it.
    return GroupId(u"chat-room"_s);
}

RoomAuthenticator::RoomAuthenticator(const Guests &guests)
    : m_guests(guests)
{
}

std::expected<UserId, AuthenticationError> RoomAuthenticator::identify(const Request &request)
{
    const QString id = Guests::idOf(request.cookie(guestCookieName).value_or(QByteArray()));
    return m_guests.has(id) ? UserId(id) : UserId();
}

std::expected<GroupId, AuthenticationError> RoomAuthenticator::sessionGroup(const Request &request,
                                                                            const UserId &user)
{
    return user.isEmpty() ? AnonymousAuthenticator::sessionGroup(request, user) : roomGroup();
}
