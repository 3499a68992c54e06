// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rawsocket.h"

#include <QDeadlineTimer>

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace {

/// With large segments the server's kernel would keep megabytes for a client that does not read.
void makeSmall(int descriptor)
{
    const int segment = 536;
    setsockopt(descriptor, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
    const int buffer = 4096;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
}

bool connectTo(int descriptor, quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
}

bool waitFor(int descriptor, short events, std::chrono::milliseconds time)
{
    const QDeadlineTimer deadline(time);
    pollfd entry{descriptor, events, 0};
    int ready = 0;
    do {
        ready = ::poll(&entry, 1, int(deadline.remainingTime()));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

bool isForLater(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

RawSocket::RawSocket(quint16 port, Window window)
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    if (m_descriptor < 0) {
        m_ending = Ending::Reset;
        return;
    }
    // Each piece that a test sends is to arrive by itself.
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (window == Window::Small)
        makeSmall(m_descriptor);
    if (!connectTo(m_descriptor, port)) {
        close();
        m_ending = Ending::Reset;
    }
}

RawSocket::RawSocket(RawSocket &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_ending(other.m_ending)
    , m_received(std::move(other.m_received))
{
}

RawSocket &RawSocket::operator=(RawSocket &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_ending, other.m_ending);
    m_received.swap(other.m_received);
    return *this;
}

bool RawSocket::send(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qsizetype sent = sendNow(bytes);
        if (sent < 0)
            return false;
        bytes = bytes.sliced(sent);
        if (!bytes.isEmpty() && !waitFor(m_descriptor, POLLOUT, patience))
            return false;
    }
    return true;
}

qsizetype RawSocket::sendNow(QByteArrayView bytes)
{
    const auto sent = ::send(m_descriptor, bytes.data(), std::size_t(bytes.size()),
                             MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent < 0 && isForLater(errno) ? 0 : qsizetype(sent);
}

bool RawSocket::receive(std::chrono::milliseconds time)
{
    if (m_ending != Ending::None || !waitFor(m_descriptor, POLLIN, time))
        return false;
    std::array<char, 64 * 1024> buffer;
    const auto count = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (count > 0)
        m_received.append(buffer.data(), count);
    else
        m_ending = count == 0 ? Ending::Closed : Ending::Reset;
    return count > 0;
}

bool RawSocket::receiveUntil(const std::function<bool(const QByteArray &)> &isEnough)
{
    const QDeadlineTimer deadline(patience);
    while (!isEnough(m_received)) {
        if (!receive(std::chrono::milliseconds(deadline.remainingTime())))
            return false;
    }
    return true;
}

RawSocket::Ending RawSocket::receiveAll()
{
    const QDeadlineTimer deadline(patience);
    while (receive(std::chrono::milliseconds(deadline.remainingTime()))) {
    }
    return m_ending;
}

QByteArray RawSocket::take(qsizetype size)
{
    const QByteArray taken = m_received.first(size);
    m_received.remove(0, size);
    return taken;
}

void RawSocket::finishSending()
{
    ::shutdown(m_descriptor, SHUT_WR);
}

void RawSocket::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

void RawSocket::reset()
{
    const linger atOnce{1, 0};
    setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    close();
}
