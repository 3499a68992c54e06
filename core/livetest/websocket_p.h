// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "http_p.h"

#include <QByteArray>
#include <QLocalSocket>

#include <functional>
#include <memory>

namespace LiveTest {

/// The client's end of a WebSocket (RFC 6455) on a connection that is there already, which
/// QWebSocket cannot be given. Text messages only.
class WebSocket
{
public:
    using Received = std::function<void(const QByteArray &message)>;

    /// Asks for the upgrade and waits for the answer. Where that is not 101 there is no WebSocket,
    /// and the answer says why.
    WebSocket(std::unique_ptr<QLocalSocket> socket, HttpRequest request, Received received);
    /// Cuts the connection.
    ~WebSocket();
    Q_DISABLE_COPY_MOVE(WebSocket)

    /// The answer to the upgrade.
    [[nodiscard]] const Response &answer() const { return m_answer; }
    [[nodiscard]] bool isOpen() const;

    /// Why the server closed it (RFC 6455, 7.1.5 and 7.1.6); 0 when it has not, or did not say.
    [[nodiscard]] int closeCode() const { return m_closeCode; }
    [[nodiscard]] const QString &closeReason() const { return m_closeReason; }

    void send(const QByteArray &message);
    /// Says goodbye, and closes.
    void close();

private:
    void read();
    void takeFrames();
    void sendFrame(char opcode, const QByteArray &payload);

    std::unique_ptr<QLocalSocket> m_socket;
    Received m_received;
    Response m_answer;
    QByteArray m_bytes;
    /// The frames so far of a message that came in several.
    QByteArray m_message;
    int m_closeCode = 0;
    QString m_closeReason;
    bool m_upgraded = false;
};

} // namespace LiveTest
