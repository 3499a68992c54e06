// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QTcpSocket>

#include <limits>

namespace LiveTemplate {

/// An accepted socket. QWebSocketServer writes the 101 answer itself and has no way to add to it,
/// so this adds the headers as the answer passes.
class ServerSocket : public QTcpSocket
{
    Q_OBJECT

public:
    using QTcpSocket::QTcpSocket;

    /// Whole header lines, each with its CRLF, for the next "101" that is written.
    void setUpgradeHeaders(const QByteArray &lines) { m_upgradeHeaders = lines; }

    /// Bounds what may wait for a client that does not read, whoever writes it: QtWebSockets
    /// answers each ping by itself. Past it the socket is aborted.
    void setMaxPending(qint64 bytes) { m_maxPending = bytes; }

Q_SIGNALS:
    /// The limit was passed; the socket is about to be aborted.
    void overflowed();
    /// The 101 answer was just written.
    void upgraded();

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_upgradeHeaders;
    qint64 m_maxPending = std::numeric_limits<qint64>::max();
    bool m_overflowed = false;
};

} // namespace LiveTemplate
