// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "websocketgate_p.h"

#include "livegroups_p.h"
#include "serveroptions.h"

#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// RFC 6455, 4.1: the key is 16 bytes in base64.
constexpr qsizetype webSocketKeyLength = 24;

} // namespace

std::expected<void, HttpResponse> checkHandshake(const Request &request)
{
    const QByteArray key = request.header("Sec-WebSocket-Key");
    const auto keys = std::ranges::count_if(request.headers, [](const auto &header) {
        return header.first.compare("sec-websocket-key", Qt::CaseInsensitive) == 0;
    });
    if (keys != 1 || request.method != "GET" || key.size() != webSocketKeyLength
        || QByteArray::fromBase64(key).size() != 16) {
        return std::unexpected(HttpResponse::text(
            HttpStatus::BadRequest, "The request to open a WebSocket is not complete."));
    }
    if (request.header("Sec-WebSocket-Version") != "13") {
        auto response = HttpResponse::text(
            HttpStatus::UpgradeRequired,
            "Only version 13 of the WebSocket protocol is spoken here.");
        response.headers.emplace_back("Sec-WebSocket-Version", "13");
        return std::unexpected(response);
    }
    return {};
}

WebSocketGate::WebSocketGate(const ServerOptions &options, LiveGroups &groups)
    : m_groups(groups)
    , m_webSocketServer(std::make_unique<QWebSocketServer>(u"LiveTemplate"_s,
                                                           QWebSocketServer::NonSecureMode, this))
{
    m_webSocketServer->setHandshakeTimeout(options.handshakeTimeout);
    connect(m_webSocketServer.get(), &QWebSocketServer::newConnection, this, &WebSocketGate::adopt);
}

WebSocketGate::~WebSocketGate()
{
    cutAll();
}

void WebSocketGate::open(std::unique_ptr<ServerSocket> socket, Entry entry)
{
    QByteArray headers = "X-LiveTemplate-WebSocket: enabled\r\n";
    if (!entry.setCookie.isEmpty())
        headers += "Set-Cookie: " + entry.setCookie + "\r\n";
    socket->setUpgradeHeaders(headers);

    ServerSocket *raw = socket.release();
    raw->setParent(this); // until QWebSocketServer has made a WebSocket of it
    m_upgrading.insert(raw);
    connect(raw, &QTcpSocket::disconnected, this, [this, raw] {
        if (m_upgrading.remove(raw))
            raw->deleteLater();
        Q_EMIT lost();
    });
    connect(raw, &QObject::destroyed, this, [this, raw] {
        m_upgrading.remove(raw);
        Q_EMIT lost();
    });
    connect(raw, &ServerSocket::upgraded, this,
            [this, raw, shared = std::make_shared<Entry>(std::move(entry))] {
                m_upgraded = {raw, shared};
            });
    m_webSocketServer->handleConnection(raw);
}

void WebSocketGate::adopt()
{
    std::unique_ptr<QWebSocket> webSocket(m_webSocketServer->nextPendingConnection());
    const auto [socket, entry] = std::exchange(m_upgraded, {});
    // The client was gone before the 101 could be written: the socket goes with its WebSocket.
    // Later: QWebSocketServer is not done with them.
    if (!webSocket || !socket) {
        if (webSocket)
            webSocket.release()->deleteLater();
        return;
    }
    m_upgrading.remove(socket);
    socket->disconnect(this);
    webSocket->setParent(nullptr);
    m_groups.add(std::move(webSocket), *socket, *entry->page, std::move(entry->identity),
                 std::move(entry->place));
}

void WebSocketGate::cutAll()
{
    for (ServerSocket *socket : std::exchange(m_upgrading, {})) {
        socket->disconnect(this);
        delete socket;
    }
}

} // namespace LiveTemplate
