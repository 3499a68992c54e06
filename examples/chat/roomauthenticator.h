// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <LiveTemplate/Authenticator>

class Guests;

/// The cookie that has a guest's token.
inline constexpr QByteArrayView guestCookieName = "chat-guest";

/// The session group of all who are in the room: what one does is broadcast to all.
[[nodiscard]] LiveTemplate::GroupId roomGroup();

/// Puts every guest, whatever browser, into one session group: the room. Whoever is not logged in
/// is let in, too, to see the log-in form, each in a group of their own.
///
/// Asked for each page, form and WebSocket, from all threads of the server.
class RoomAuthenticator : public LiveTemplate::AnonymousAuthenticator
{
public:
    /// @p guests must outlive the server.
    explicit RoomAuthenticator(const Guests &guests);

    [[nodiscard]] std::expected<LiveTemplate::UserId, LiveTemplate::AuthenticationError> identify(
        const LiveTemplate::Request &request) override;
    [[nodiscard]] std::expected<LiveTemplate::GroupId, LiveTemplate::AuthenticationError>
    sessionGroup(const LiveTemplate::Request &request, const LiveTemplate::UserId &user) override;

private:
    const Guests &m_guests;
};
