// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "connection.h"
#include "messages.h"
#include "tally.h"
#include "traffic.h"

#include <QList>

#include <memory>
#include <vector>

namespace LiveTemplate::Load {

/// All connections of a run. Connection i belongs to the group i modulo the number of groups, so
/// that neighbours are of different groups.
class Crowd final : private Connection::Listener
{
    Q_DISABLE_COPY_MOVE(Crowd)

public:
    /// Is told of every connection, from when it is made until it is destroyed. Must not be made
    /// or destroyed by what it is told.
    class Observer
    {
        Q_DISABLE_COPY_MOVE(Observer)

    public:
        virtual ~Observer();
        virtual void connectionOpened(int, TimePoint) {}
        /// The first message of a connection, too.
        virtual void messageReceived(int, const ServerMessage &, TimePoint) {}
        virtual void connectionEnded(int) {}

    protected:
        explicit Observer(Crowd &crowd);

        [[nodiscard]] Crowd &crowd() const { return m_crowd; }

    private:
        Crowd &m_crowd;
    };

    Crowd(EventLoop &loop, int connections, int groups);

    [[nodiscard]] int size() const { return int(m_connections.size()); }
    [[nodiscard]] int groups() const { return m_groups; }
    [[nodiscard]] int groupOf(int index) const { return index % m_groups; }

    [[nodiscard]] bool isOpen(int index) const;
    [[nodiscard]] int openCount() const { return m_open; }
    /// The open connections, in order.
    [[nodiscard]] std::vector<int> openConnections() const;

    void open(int index, const Target &target, const Connection::Handshake &handshake);
    void send(int index, QByteArrayView message);
    void sendHeartbeat(int index);
    void giveUp(int index, const QString &why);
    /// Begins to close all connections.
    void sayGoodbye();

    [[nodiscard]] const Traffic &traffic() const { return m_traffic; }
    /// Connections that did not come to be open.
    [[nodiscard]] const Tally &failures() const { return m_failures; }
    /// Connections that ended before we said goodbye.
    [[nodiscard]] const Tally &losses() const { return m_losses; }

private:
    void connectionOpened(Connection &connection, TimePoint at) override;
    void messageReceived(Connection &connection, const QByteArray &message, TimePoint at) override;
    void connectionEnded(Connection &connection, Connection::State before,
                         const QString &why) override;

    [[nodiscard]] Connection &at(int index) const { return *m_connections[std::size_t(index)]; }

    int m_groups;
    Traffic m_traffic;
    std::vector<std::unique_ptr<Connection>> m_connections;
    QList<Observer *> m_observers;
    int m_open = 0;
    Tally m_failures;
    Tally m_losses;
};

} // namespace LiveTemplate::Load
