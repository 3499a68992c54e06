// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "serversocket_p.h"

#include <array>

namespace LiveTemplate {

ServerSocket::ServerSocket(SocketBudget::Share share, const Clock &clock)
    : m_share(std::move(share))
    , m_clock(clock)
{
    // Before the QWebSocket, whose slot reads what this one looks at.
    connect(this, &QIODevice::readyRead, this, &ServerSocket::inspectFrames);
}

void ServerSocket::startFrames()
{
    Q_ASSERT(bytesAvailable() == 0);
    m_receivesFrames = true;
    m_lastHeard = m_clock.steady();
    connect(this, &QIODevice::readyRead, this, &ServerSocket::finishReading);
    // When the 101 answer is written, and whoever writes it is done.
    connect(this, &QIODevice::bytesWritten, this, &ServerSocket::trim,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
}

void ServerSocket::inspectFrames()
{
    if (!m_receivesFrames)
        return;
    m_lastHeard = m_clock.steady();
    const qint64 available = bytesAvailable();
    const qint64 fresh = available - m_inspected;
    if (fresh <= 0 || m_guard.skip(quint64(fresh)))
        return;
    // Most messages are short, and nothing is left of the one before.
    std::array<char, 512> few;
    bool masked = true;
    if (available <= qint64(few.size())) {
        const qint64 count = peek(few.data(), available);
        masked = m_guard.accept(QByteArrayView(few.data(), count).sliced(m_inspected));
    } else {
        masked = m_guard.accept(QByteArrayView(peek(available)).sliced(m_inspected));
    }
    if (!masked) {
        m_receivesFrames = false;
        readAll();
        Q_EMIT unmaskedFrameReceived();
    }
}

void ServerSocket::finishReading()
{
    m_inspected = bytesAvailable();
    trim();
}

void ServerSocket::trim()
{
    // Undocumented: what opens a device makes its buffers anew.
    if (bytesAvailable() == 0 && bytesToWrite() == 0 && state() == ConnectedState)
        QIODevice::open(openMode());
}

qint64 ServerSocket::writeData(const char *data, qint64 size)
{
    if (m_overflowed)
        return size; // nothing of it will be sent
    if (bytesToWrite() > 0 && bytesToWrite() + size > m_maxPending) {
        m_overflowed = true;
        Q_EMIT overflowed();
        // Later: whoever writes is not done with the socket.
        QMetaObject::invokeMethod(this, &QAbstractSocket::abort, Qt::QueuedConnection);
        return size;
    }

    const QByteArrayView answer(data, size);
    if (m_upgradeHeaders.isEmpty() || !answer.startsWith("HTTP/1.1 101"))
        return QTcpSocket::writeData(data, size);

    const qsizetype statusEnd = answer.indexOf("\r\n");
    if (statusEnd < 0)
        return QTcpSocket::writeData(data, size);
    QByteArray extended;
    extended += answer.first(statusEnd + 2);
    extended += m_upgradeHeaders;
    extended += answer.sliced(statusEnd + 2);
    m_upgradeHeaders.clear();
    if (QTcpSocket::writeData(extended.constData(), extended.size()) != extended.size())
        return -1;
    Q_EMIT upgraded();
    return size;
}

} // namespace LiveTemplate
