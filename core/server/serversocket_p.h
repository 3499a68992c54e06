// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QTcpSocket>

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

Q_SIGNALS:
    /// The 101 answer was just written.
    void upgraded();

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_upgradeHeaders;
};

} // namespace LiveTemplate
