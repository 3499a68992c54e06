// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpresponse_p.h"
#include "liveconnection_p.h"
#include "serversocket_p.h"

#include <QObject>
#include <QSet>

#include <memory>

class QWebSocketServer;

namespace LiveTemplate {

class LiveGroups;
struct ServerOptions;

/// Turns sockets whose request was for a WebSocket into live connections, by a QWebSocketServer
/// that does not listen.
class WebSocketGate : public QObject
{
    Q_OBJECT

public:
    /// Whoever asked for a WebSocket, and was let in.
    struct Entry
    {
        const LivePage *page = nullptr;
        LiveConnection::Identity identity;
        ConnectionSlot place;
        /// The Set-Cookie header's value; empty: none.
        QByteArray setCookie;
    };

    WebSocketGate(const ServerOptions &options, LiveGroups &groups);
    ~WebSocketGate() override;

    /// Takes a socket that has a minimal upgrade request to read
    /// (HttpConnection::takeSocketForUpgrade()) and lives in this thread.
    void open(std::unique_ptr<ServerSocket> socket, Entry entry);

    /// Sockets between the HTTP connection that they were and the WebSocket that they become.
    [[nodiscard]] qsizetype count() const { return m_upgrading.size(); }
    void cutAll();

Q_SIGNALS:
    /// A socket was lost on the way.
    void lost();

private:
    struct Upgraded
    {
        ServerSocket *socket = nullptr;
        std::shared_ptr<Entry> entry;
    };

    void adopt();

    LiveGroups &m_groups;
    std::unique_ptr<QWebSocketServer> m_webSocketServer;
    QSet<ServerSocket *> m_upgrading;
    /// The socket whose 101 answer was written last. QWebSocketServer announces the WebSocket
    /// right after that, without saying which socket it is of.
    Upgraded m_upgraded;
};

/// Whether a request to open a WebSocket is whole (RFC 6455, 4.1); the error is the answer.
[[nodiscard]] std::expected<void, HttpResponse> checkHandshake(const Request &request);

} // namespace LiveTemplate
