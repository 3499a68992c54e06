// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "presence.h"

#include "guests.h"
#include "roomauthenticator.h"

#include <LiveTemplate/Server>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Presence::Presence(LiveTemplate::Server &server, Guests &guests)
    : m_server(server)
    , m_guests(guests)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(200ms);
    connect(&m_timer, &QTimer::timeout, this, &Presence::look);
}

void Presence::lookSoon()
{
    // Not anew: somebody may come all the time.
    if (!m_timer.isActive())
        m_timer.start();
}

void Presence::look()
{
    m_server.requestSnapshot(this, [this](const LiveTemplate::ServerSnapshot &snapshot) {
        QSet<QString> ids;
        for (const LiveTemplate::ConnectionSnapshot &connection : snapshot.connections) {
            if (m_guests.has(connection.user))
                ids.insert(connection.user);
        }
        if (m_guests.setPresent(ids))
            m_server.triggerAction(roomGroup(), u"refresh"_s);
    });
}
