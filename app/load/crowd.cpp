// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "crowd.h"

namespace LiveTemplate::Load {

Crowd::Observer::Observer(Crowd &crowd)
    : m_crowd(crowd)
{
    crowd.m_observers.append(this);
}

Crowd::Observer::~Observer()
{
    m_crowd.m_observers.removeOne(this);
}

Crowd::Crowd(EventLoop &loop, int connections, int groups)
    : m_groups(groups)
{
    Connection::Listener &listener = *this;
    m_connections.reserve(std::size_t(connections));
    for (int i = 0; i < connections; ++i)
        m_connections.push_back(std::make_unique<Connection>(i, loop, listener, m_traffic));
}

bool Crowd::isOpen(int index) const
{
    return at(index).state() == Connection::State::Open;
}

std::vector<int> Crowd::openConnections() const
{
    std::vector<int> open;
    for (int i = 0; i < size(); ++i) {
        if (isOpen(i))
            open.push_back(i);
    }
    return open;
}

void Crowd::open(int index, const Target &target, const Connection::Handshake &handshake)
{
    at(index).open(target, handshake);
}

void Crowd::send(int index, QByteArrayView message)
{
    at(index).send(message);
}

void Crowd::sendHeartbeat(int index)
{
    if (!isOpen(index))
        return;
    ++m_traffic.heartbeats;
    send(index, heartbeatMessage());
}

void Crowd::giveUp(int index, const QString &why)
{
    at(index).giveUp(why);
}

void Crowd::sayGoodbye()
{
    for (const auto &connection : m_connections)
        connection->sayGoodbye();
}

void Crowd::connectionOpened(Connection &connection, TimePoint at)
{
    ++m_open;
    for (Observer *observer : std::as_const(m_observers))
        observer->connectionOpened(connection.index(), at);
}

void Crowd::messageReceived(Connection &connection, const QByteArray &message, TimePoint at)
{
    const ServerMessage parsed = ServerMessage::parse(message);
    if (parsed.kind == ServerMessage::Kind::Pong)
        ++m_traffic.pongs;
    else if (parsed.kind == ServerMessage::Kind::Unreadable)
        ++m_traffic.unreadable;
    for (Observer *observer : std::as_const(m_observers))
        observer->messageReceived(connection.index(), parsed, at);
}

void Crowd::connectionEnded(Connection &connection, Connection::State before, const QString &why)
{
    const bool wasOpen = before == Connection::State::Open;
    const bool wasClosing = before == Connection::State::Closing;
    if (wasOpen || wasClosing)
        --m_open;
    if (wasOpen)
        m_losses.add(why);
    else if (!wasClosing)
        m_failures.add(why);
    for (Observer *observer : std::as_const(m_observers))
        observer->connectionEnded(connection.index());
}

} // namespace LiveTemplate::Load
