// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "framewriter_p.h"

#include <QTcpSocket>
#include <QtEndian>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <sys/socket.h>

namespace LiveTemplate {

namespace {

// RFC 6455, 5.2.
constexpr char finalText = char(0x81);
constexpr qsizetype longestInSevenBits = 125;
constexpr char sixteenBitsFollow = 126;
constexpr char sixtyFourBitsFollow = 127;

} // namespace

QByteArray encodeTextFrame(QByteArrayView payload)
{
    QByteArray frame;
    frame.reserve(payload.size() + 10);
    frame += finalText;
    if (payload.size() <= longestInSevenBits) {
        frame += char(payload.size());
    } else if (payload.size() <= std::numeric_limits<quint16>::max()) {
        frame += sixteenBitsFollow;
        frame.resize(frame.size() + 2);
        qToBigEndian(quint16(payload.size()), frame.data() + frame.size() - 2);
    } else {
        frame += sixtyFourBitsFollow;
        frame.resize(frame.size() + 8);
        qToBigEndian(quint64(payload.size()), frame.data() + frame.size() - 8);
    }
    frame += payload;
    return frame;
}

WriteResult writeFrame(QTcpSocket &socket, const QByteArray &frame)
{
    if (socket.state() != QAbstractSocket::ConnectedState)
        return WriteResult::NotConnected;

    // What QtWebSockets wrote, its answers to handshakes and pings, would wait for the event loop.
    if (socket.bytesToWrite() > 0) {
        socket.flush();
        if (socket.state() != QAbstractSocket::ConnectedState)
            return WriteResult::NotConnected;
    }
    qsizetype sent = 0;
    if (socket.bytesToWrite() == 0) {
        // The descriptor is asked for each time: a kept one can be somebody else's by now.
        const auto descriptor = int(socket.socketDescriptor());
        const ssize_t count = ::send(descriptor, frame.constData(), std::size_t(frame.size()),
                                     MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            return WriteResult::NotConnected; // QTcpSocket finds out on its next read and tells
        sent = std::max<ssize_t>(count, 0);
        if (sent == frame.size())
            return WriteResult::Written;
    }
    socket.write(frame.constData() + sent, frame.size() - sent);
    return WriteResult::Written;
}

} // namespace LiveTemplate
