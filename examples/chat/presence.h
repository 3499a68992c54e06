// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QTimer>

class Guests;

namespace LiveTemplate {
class Server;
}

/// Finds out who has the page open, and has the room show it.
///
/// Lives in the thread of the server object, as all that looks into a server.
class Presence : public QObject
{
    Q_OBJECT

public:
    /// @p server and @p guests must outlive it.
    Presence(LiveTemplate::Server &server, Guests &guests);

    /// Looks in a moment: when somebody reloads the page, they go and come.
    void lookSoon();

private:
    void look();

    LiveTemplate::Server &m_server;
    Guests &m_guests;
    QTimer m_timer;
};
