// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <LiveTemplate/Authenticator>
#include <LiveTemplate/Server>

#include <memory>

class LastValues;
class Thermostat;

/// There is one thermostat: all who have the page open are one session group, and see the same.
class OneForAll : public LiveTemplate::Authenticator
{
public:
    [[nodiscard]] static LiveTemplate::GroupId group();

    [[nodiscard]] std::expected<LiveTemplate::UserId, LiveTemplate::AuthenticationError> identify(
        const LiveTemplate::Request &request) override;
    [[nodiscard]] std::expected<LiveTemplate::GroupId, LiveTemplate::AuthenticationError>
    sessionGroup(const LiveTemplate::Request &request, const LiveTemplate::UserId &user) override;
};

/// Shows the thermostat on a page, and lets it be set there. This is the one place where threads
/// meet:
///
/// - The object lives in the application's main thread, with thermostat and server. Pages are
/// served
///   in a thread of the server's own, so that they are never late because a window is.
/// - What pages show is a copy of the values (LastValues), written here and read there.
/// - What pages want comes as a queued signal, and so is done in the main thread.
/// - Neither thread ever waits for the other.
class RemoteControl : public QObject
{
    Q_OBJECT

public:
    /// Mounts the page on @p server, whose authenticator must be OneForAll, and which must not
    /// listen yet. Both must outlive it.
    RemoteControl(Thermostat &thermostat, LiveTemplate::Server &server);

private:
    /// Writes the copy, and has open pages show it.
    void publish();

    Thermostat &m_thermostat;
    LiveTemplate::Server &m_server;
    std::shared_ptr<LastValues> m_values;
};
