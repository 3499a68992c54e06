// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtTypes>

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// A network that can fail: passes bytes on between a port of the loopback address and a server,
/// in a thread of its own.
class TcpProxy
{
public:
    using Clock = std::chrono::steady_clock;

    /// For a server that listens on @p target.
    explicit TcpProxy(quint16 target);
    ~TcpProxy();
    TcpProxy(const TcpProxy &) = delete;
    TcpProxy &operator=(const TcpProxy &) = delete;

    /// 0 when it could not listen.
    [[nodiscard]] quint16 port() const { return m_port; }

    /// Connections that are made from now on go there.
    void setTarget(quint16 target);
    /// How long bytes that come from now on are under way, in each direction.
    void setDelay(std::chrono::milliseconds delay);
    /// Connections stay, and new ones are made, but nothing is passed on.
    void freeze();
    void thaw();
    /// Resets all connections; new ones are taken.
    void cut();
    /// Nothing listens any longer; connections stay.
    void refuse();
    /// Listens again, on the same port.
    void accept();

    /// Connections that have been made so far.
    [[nodiscard]] int connectionsMade() const;
    [[nodiscard]] int connectionsOpen() const;

private:
    struct Chunk
    {
        Clock::time_point due;
        std::string bytes;
    };
    /// One direction of a connection.
    struct Stream
    {
        int from = -1;
        int to = -1;
        std::deque<Chunk> chunks = {};
        bool hasEnded = false;
        bool endIsPassedOn = false;
    };
    struct Connection
    {
        int client = -1;
        int server = -1;
        Stream up;
        Stream down;
    };

    void run();
    void wake() const;
    [[nodiscard]] bool listenOn(quint16 port);
    void takeConnection();
    /// Each false when the connection is broken.
    [[nodiscard]] bool read(Stream &stream) const;
    [[nodiscard]] bool write(Stream &stream) const;
    static void close(const Connection &connection, bool withReset);

    mutable std::mutex m_mutex;
    quint16 m_target;
    quint16 m_port = 0;
    int m_listener = -1;
    int m_wakeUp = -1;
    bool m_isFrozen = false;
    bool m_ends = false;
    std::chrono::milliseconds m_delay{};
    int m_connectionsMade = 0;
    std::vector<std::unique_ptr<Connection>> m_connections;
    std::thread m_thread;
};
