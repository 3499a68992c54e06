// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tcpproxy.h"

#include "redisserver.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace {

/// As much as is kept of what the other side does not take; then no more is read.
constexpr size_t maxChunks = 4096;

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr *pointer(const sockaddr_in &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

} // namespace

TcpProxy::TcpProxy(quint16 target)
    : m_target(target)
    , m_wakeUp(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    for (int attempt = 0; attempt < 10 && m_port == 0; ++attempt) {
        const quint16 port = RedisServer::freePort();
        if (listenOn(port))
            m_port = port;
    }
    m_thread = std::thread([this] { run(); });
}

TcpProxy::~TcpProxy()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    wake();
    m_thread.join();
    for (const auto &connection : m_connections)
        close(*connection, true);
    if (m_listener >= 0)
        ::close(m_listener);
    ::close(m_wakeUp);
}

void TcpProxy::wake() const
{
    const quint64 one = 1;
    static_cast<void>(::write(m_wakeUp, &one, sizeof(one)) == sizeof(one));
}

bool TcpProxy::listenOn(quint16 port)
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    const sockaddr_in address = loopback(port);
    if (::bind(listener, pointer(address), sizeof(address)) != 0 || ::listen(listener, 64) != 0) {
        ::close(listener);
        return false;
    }
    m_listener = listener;
    return true;
}

void TcpProxy::setTarget(quint16 target)
{
    const std::lock_guard lock(m_mutex);
    m_target = target;
}

void TcpProxy::setDelay(std::chrono::milliseconds delay)
{
    const std::lock_guard lock(m_mutex);
    m_delay = delay;
}

void TcpProxy::freeze()
{
    const std::lock_guard lock(m_mutex);
    m_isFrozen = true;
    wake();
}

void TcpProxy::thaw()
{
    const std::lock_guard lock(m_mutex);
    m_isFrozen = false;
    wake();
}

void TcpProxy::cut()
{
    const std::lock_guard lock(m_mutex);
    for (const auto &connection : m_connections)
        close(*connection, true);
    m_connections.clear();
    wake();
}

void TcpProxy::refuse()
{
    const std::lock_guard lock(m_mutex);
    if (m_listener >= 0) {
        // The thread may be waiting for it, which keeps it open after a close().
        ::shutdown(m_listener, SHUT_RDWR);
        ::close(std::exchange(m_listener, -1));
    }
    wake();
}

void TcpProxy::accept()
{
    const std::lock_guard lock(m_mutex);
    if (m_listener < 0)
        static_cast<void>(listenOn(m_port));
    wake();
}

int TcpProxy::connectionsMade() const
{
    const std::lock_guard lock(m_mutex);
    return m_connectionsMade;
}

int TcpProxy::connectionsOpen() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_connections.size());
}

void TcpProxy::takeConnection()
{
    const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0)
        return;
    // To the own machine: connects at once, or not at all.
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(m_target);
    auto connection = std::make_unique<Connection>(client, server,
                                                   Stream{.from = client, .to = server},
                                                   Stream{.from = server, .to = client});
    if (::connect(server, pointer(address), sizeof(address)) != 0) {
        close(*connection, true);
        return;
    }
    const int yes = 1;
    ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    ::setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    ++m_connectionsMade;
    m_connections.push_back(std::move(connection));
}

bool TcpProxy::read(Stream &stream) const
{
    std::array<char, 65536> buffer; // NOLINT: filled by recv
    const ssize_t size = ::recv(stream.from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size > 0) {
        stream.chunks.push_back({Clock::now() + m_delay, std::string(buffer.data(), size_t(size))});
        return true;
    }
    if (size == 0) {
        stream.hasEnded = true;
        return true;
    }
    return errno == EAGAIN || errno == EINTR;
}

bool TcpProxy::write(Stream &stream) const
{
    while (!stream.chunks.empty() && stream.chunks.front().due <= Clock::now()) {
        std::string &bytes = stream.chunks.front().bytes;
        const ssize_t size = ::send(stream.to, bytes.data(), bytes.size(),
                                    MSG_DONTWAIT | MSG_NOSIGNAL);
        if (size < 0)
            return errno == EAGAIN || errno == EINTR;
        bytes.erase(0, size_t(size));
        if (!bytes.empty())
            return true;
        stream.chunks.pop_front();
    }
    if (stream.chunks.empty() && stream.hasEnded && !stream.endIsPassedOn) {
        ::shutdown(stream.to, SHUT_WR);
        stream.endIsPassedOn = true;
    }
    return true;
}

void TcpProxy::close(const Connection &connection, bool withReset)
{
    for (const int descriptor : {connection.client, connection.server}) {
        if (withReset) {
            const linger reset{.l_onoff = 1, .l_linger = 0};
            ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
        }
        ::close(descriptor);
    }
}

void TcpProxy::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_ends) {
        // Work is done without looking at what poll() has found: descriptors may have been closed
        // meanwhile, and reading from a socket that has nothing costs little.
        std::vector<pollfd> descriptors{{m_wakeUp, POLLIN, 0}};
        if (m_listener >= 0)
            descriptors.push_back({m_listener, POLLIN, 0});
        Clock::time_point next = Clock::time_point::max();
        if (!m_isFrozen) {
            for (const auto &connection : m_connections) {
                for (const Stream *const each : {&connection->up, &connection->down}) {
                    const Stream &stream = *each;
                    if (!stream.hasEnded && stream.chunks.size() < maxChunks)
                        descriptors.push_back({stream.from, POLLIN, 0});
                    if (stream.chunks.empty())
                        continue;
                    if (stream.chunks.front().due <= Clock::now())
                        descriptors.push_back({stream.to, POLLOUT, 0});
                    else
                        next = std::min(next, stream.chunks.front().due);
                }
            }
        }
        int time = -1;
        if (next != Clock::time_point::max()) {
            time = int(std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count());
            time = std::max(time, 0);
        }
        lock.unlock();
        ::poll(descriptors.data(), descriptors.size(), time);
        lock.lock();
        quint64 count = 0;
        static_cast<void>(::read(m_wakeUp, &count, sizeof(count)) > 0);
        if (m_listener >= 0)
            takeConnection();
        if (m_isFrozen)
            continue;
        std::erase_if(m_connections, [&](const auto &connection) {
            bool isWhole = true;
            for (Stream *const each : {&connection->up, &connection->down}) {
                Stream &stream = *each;
                if (!stream.hasEnded && stream.chunks.size() < maxChunks)
                    isWhole = read(stream) && isWhole;
                isWhole = isWhole && write(stream);
            }
            const bool isOver = connection->up.endIsPassedOn && connection->down.endIsPassedOn;
            if (isWhole && !isOver)
                return false;
            close(*connection, !isWhole);
            return true;
        });
    }
}
