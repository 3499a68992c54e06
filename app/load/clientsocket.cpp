// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clientsocket.h"

#include "target.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace LiveTemplate::Load {

namespace {

void setOption(int descriptor, int level, int option)
{
    const int on = 1;
    setsockopt(descriptor, level, option, &on, sizeof on);
}

} // namespace

ClientSocket::ClientSocket(EventLoop &loop, Listener &listener)
    : m_loop(loop)
    , m_listener(listener)
{
}

ClientSocket::~ClientSocket()
{
    close();
}

std::expected<void, QString> ClientSocket::open(const Target &target, int sourceIndex)
{
    close();
    const auto failure = [this] {
        const QString why = qt_error_string(errno);
        close();
        return std::unexpected(why);
    };
    m_descriptor = socket(target.address.storage.ss_family,
                          SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return failure();
    setOption(m_descriptor, IPPROTO_TCP, TCP_NODELAY);
    if (const auto source = target.source(sourceIndex)) {
        // The port is chosen when the server is known: it must be free for that server only.
        setOption(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
        if (bind(m_descriptor, source->data(), source->length) != 0)
            return failure();
    }
    if (connect(m_descriptor, target.address.data(), target.address.length) != 0
        && errno != EINPROGRESS)
        return failure();
    m_connecting = true;
    m_loop.watch(m_descriptor, EPOLLOUT, *this);
    return {};
}

void ClientSocket::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
    m_connecting = false;
    m_unsent = {};
}

void ClientSocket::activated(std::uint32_t events)
{
    if (!isOpen())
        return;
    if (m_connecting) {
        finishConnecting();
        return;
    }
    if ((events & EPOLLOUT) && flush())
        m_loop.change(m_descriptor, EPOLLIN, *this);
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        read();
}

void ClientSocket::finishConnecting()
{
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) {
        end(qt_error_string(error));
        return;
    }
    m_connecting = false;
    m_loop.change(m_descriptor, EPOLLIN, *this);
    m_listener.socketConnected();
}

void ClientSocket::send(const QByteArray &bytes)
{
    if (!isOpen())
        return;
    const bool waiting = !m_unsent.isEmpty();
    m_unsent += bytes;
    if (!waiting && !flush())
        m_loop.change(m_descriptor, EPOLLIN | EPOLLOUT, *this);
}

bool ClientSocket::flush()
{
    // An error is told by the next read, where the listener expects it.
    const ssize_t sent = ::send(m_descriptor, m_unsent.constData(), std::size_t(m_unsent.size()),
                                MSG_NOSIGNAL);
    m_unsent = m_unsent.sliced(std::max<ssize_t>(sent, 0));
    return m_unsent.isEmpty();
}

void ClientSocket::read()
{
    const std::span<char> buffer = m_loop.readBuffer();
    const ssize_t count = recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (count > 0) {
        m_listener.socketReceived(QByteArrayView(buffer.data(), count), Clock::now());
    } else if (count == 0) {
        end(QCoreApplication::translate("LiveTemplate::Load::ClientSocket",
                                        "Closed by the server"));
    } else if (errno != EAGAIN && errno != EINTR) {
        end(qt_error_string(errno));
    }
}

void ClientSocket::end(const QString &why)
{
    close();
    m_listener.socketEnded(why);
}

} // namespace LiveTemplate::Load
