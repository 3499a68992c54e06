// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpfrontend_p.h"

#include "clientassets_p.h"
#include "origin_p.h"
#include "queryparameters_p.h"
#include "serverlogging_p.h"
#include "shard_p.h"
#include "shardconfiguration_p.h"
#include "sharddirectory_p.h"
#include "websocketgate_p.h"

#include <QThread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace LiveTemplate {

namespace {

constexpr qsizetype maxLabelLength = 64;

/// A peer that went without a word (a cable, a suspended machine) is found out after two minutes,
/// by the kernel: no timer of ours for each connection.
void findOutWhenPeerVanishes(QTcpSocket &socket)
{
    socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    const auto descriptor = int(socket.socketDescriptor());
    for (const auto &[option, value] :
         {std::pair(TCP_KEEPIDLE, 60), std::pair(TCP_KEEPINTVL, 15), std::pair(TCP_KEEPCNT, 4)}) {
        setsockopt(descriptor, IPPROTO_TCP, option, &value, sizeof value);
    }
}

bool wantsWebSocket(const Request &request)
{
    return request.header("Upgrade").trimmed().compare("websocket", Qt::CaseInsensitive) == 0;
}

/// ConnectionSnapshot::label.
QString labelOf(const Request &request)
{
    const QByteArray label = request.header("X-LiveTemplate-Tab");
    const bool isGood = !label.isEmpty() && label.size() <= maxLabelLength
        && std::ranges::all_of(label, [](char character) {
               return (character >= 'a' && character <= 'z')
                   || (character >= 'A' && character <= 'Z')
                   || (character >= '0' && character <= '9') || character == '-';
           });
    return isGood ? QString::fromLatin1(label) : QString();
}

HttpResponse otherOrigin()
{
    return HttpResponse::text(HttpStatus::Forbidden,
                              "Pages of other origins may not use this server.");
}

/// Why something that did not even become a request was refused.
Rejection rejectionOf(HttpStatus status)
{
    switch (status) {
    case HttpStatus::RequestTimeout:
        return Rejection::TimedOut;
    case HttpStatus::ContentTooLarge:
    case HttpStatus::HeadTooLarge:
        return Rejection::TooLarge;
    default:
        return Rejection::BadRequest;
    }
}

} // namespace

HttpFrontend::HttpFrontend(const ShardConfiguration &configuration, const ShardDirectory &shards,
                           std::size_t index, ShardMetrics &metrics)
    : m_configuration(configuration)
    , m_shards(shards)
    , m_index(index)
    , m_metrics(metrics)
    , m_operations(configuration)
{
    m_operations.setParent(this);
}

HttpFrontend::~HttpFrontend()
{
    cutAll();
}

void HttpFrontend::adopt(AcceptedDescriptor accepted)
{
    auto socket = std::make_unique<ServerSocket>(accepted.takeShare(),
                                                 *m_configuration.options.clock);
    const int descriptor = accepted.take();
    if (m_shuttingDown || !socket->setSocketDescriptor(descriptor)) {
        if (socket->socketDescriptor() < 0)
            ::close(descriptor);
        return;
    }
    // Updates are small and each is waited for: Nagle's algorithm would hold them back.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    findOutWhenPeerVanishes(*socket);
    const quint64 id = ++m_lastId;
    auto *connection = new HttpConnection(std::move(socket), m_configuration.options, this);
    m_connections.insert(id, connection);
    m_metrics.httpConnectionsActive.set(count());
    connect(connection, &HttpConnection::requestReceived, this,
            [this, id, connection](const HttpParser::Message &message) {
                handle(id, *connection, message);
            });
    connect(connection, &HttpConnection::requestRefused, this, [this](HttpStatus status) {
        m_metrics.rejections[std::size_t(rejectionOf(status))].add();
    });
    connect(connection, &HttpConnection::finished, this, [this, id] { remove(id); });
}

void HttpFrontend::remove(quint64 id)
{
    HttpConnection *connection = m_connections.take(id);
    if (!connection)
        return;
    connection->disconnect(this);
    connection->deleteLater();
    m_metrics.httpConnectionsActive.set(count());
    Q_EMIT removed();
}

void HttpFrontend::refuse(HttpConnection &connection, Rejection reason,
                          const HttpResponse &response)
{
    m_metrics.rejections[std::size_t(reason)].add();
    connection.respond(response);
}

void HttpFrontend::handle(quint64 id, HttpConnection &connection,
                          const HttpParser::Message &message)
{
    m_metrics.httpRequests.add();
    const Request &request = message.request;
    if (m_shuttingDown) {
        refuse(connection, Rejection::ShuttingDown,
               HttpResponse::text(HttpStatus::ServiceUnavailable, "The server is shutting down."));
        return;
    }
    const auto page = findPage(request.path);
    if (!page && m_operations.handle(request, [this, id](const HttpResponse &response) {
            respond(id, response);
        }))
        return;
    const bool isSafe = request.method == "GET" || request.method == "HEAD";
    if (!isSafe && request.method != "POST") {
        auto response = HttpResponse::text(HttpStatus::MethodNotAllowed, "Method not allowed");
        response.headers.emplace_back("Allow", "GET, HEAD, POST");
        connection.respond(response);
        return;
    }
    if (!page && isSafe) {
        if (const auto asset = clientAsset(request.path)) {
            connection.respond(*asset);
            return;
        }
    }
    if (!page) {
        connection.respond(
            HttpResponse::text(HttpStatus::NotFound, "There is no page at this address."));
    } else if (message.upgrade && wantsWebSocket(request)) {
        upgrade(connection, request, *page); // any other protocol may be ignored, RFC 9110, 7.8
    } else if (request.method == "HEAD") {
        connection.respond({}); // PROTOCOL.md A.3: asks for nothing but the header of every answer
    } else if (!isSafe && !isAllowedOrigin(request, m_configuration.options)) {
        refuse(connection, Rejection::Origin, otherOrigin());
    } else {
        servePage(id, message, *page);
    }
}

void HttpFrontend::servePage(quint64 id, const HttpParser::Message &message, std::size_t page)
{
    auto visitor = identifyVisitor(message.request, *m_configuration.authenticator,
                                   m_configuration.options);
    if (!visitor) {
        refuse(*m_connections.value(id), Rejection::Unauthorized, visitor.error());
        return;
    }
    const std::size_t home = m_shards.homeOf(visitor->group);
    callAt(home,
           [id, page, request = message.request, body = message.body, visitor = *std::move(visitor),
            &shards = m_shards, origin = m_index](Shard &shard) mutable {
               const bool isHere = shard.index() == origin;
               shard.pageHandler().handle(
                   {&shard.page(page), std::move(request), std::move(body), std::move(visitor)},
                   [id, &shards, &shard, origin, isHere](const HttpResponse &response) {
                       if (isHere) {
                           shard.httpFrontend().respond(id, response);
                           return;
                       }
                       shards.post(origin, [id, response](Shard &front) {
                           front.httpFrontend().respond(id, response);
                       });
                   });
           });
}

void HttpFrontend::respond(quint64 connection, const HttpResponse &response)
{
    if (HttpConnection *waiting = m_connections.value(connection))
        waiting->respond(response);
}

void HttpFrontend::upgrade(HttpConnection &connection, const Request &request, std::size_t page)
{
    const ServerOptions &options = m_configuration.options;
    if (!options.webSocketEnabled) {
        connection.respond(
            HttpResponse::text(HttpStatus::BadRequest, "WebSocket is disabled on this endpoint"));
        return;
    }
    if (const auto checked = checkHandshake(request); !checked) {
        refuse(connection, Rejection::BadRequest, checked.error());
        return;
    }
    if (connection.hasMore()) {
        refuse(connection, Rejection::BadRequest,
               HttpResponse::text(HttpStatus::BadRequest,
                                  "Nothing may be sent before the WebSocket is open."));
        return;
    }
    auto visitor = identifyVisitor(request, *m_configuration.authenticator, options);
    if (!visitor) {
        refuse(connection, Rejection::Unauthorized, visitor.error());
        return;
    }
    auto place = m_configuration.directory->reserve(visitor->group);
    if (!place) {
        refuse(connection, place.error(),
               HttpResponse::text(HttpStatus::ServiceUnavailable,
                                  "Service at capacity, please try again later"));
        return;
    }
    if (!isAllowedOrigin(request, options)) {
        refuse(connection, Rejection::Origin, otherOrigin());
        return;
    }
    std::unique_ptr<ServerSocket> socket = connection.takeSocketForUpgrade(request);
    ServerSocket *const raw = socket.get();
    Q_EMIT connection.finished();

    const std::size_t home = m_shards.homeOf(visitor->group);
    auto open = [page, socket = std::move(socket), place = *std::move(place),
                 visitor = *std::move(visitor), label = labelOf(request),
                 query = queryParameters(request.query)](Shard &shard) mutable {
        shard.openWebSocket(
            std::move(socket), page,
            {.group = visitor.group, .user = visitor.user, .label = label, .query = query},
            std::move(place), visitor.setCookie);
    };
    if (home == m_index) {
        open(m_shards.shard(home));
        return;
    }
    // The socket is in the middle of telling that it has something to read: it can change threads
    // only when it is done with that.
    QMetaObject::invokeMethod(
        this,
        [this, raw, home, open = std::move(open)]() mutable {
            raw->moveToThread(m_shards.threadOf(home));
            m_shards.post(home, std::move(open));
        },
        Qt::QueuedConnection);
}

std::optional<std::size_t> HttpFrontend::findPage(const QString &path) const
{
    const auto &pages = m_configuration.pages;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (pages[i]->path == path)
            return i;
    }
    return std::nullopt;
}

void HttpFrontend::callAt(std::size_t shard, std::move_only_function<void(Shard &)> call)
{
    if (shard == m_index)
        call(m_shards.shard(m_index));
    else
        m_shards.post(shard, std::move(call));
}

void HttpFrontend::shutDown()
{
    m_shuttingDown = true;
    for (HttpConnection *connection : m_connections.values())
        connection->closeAfterAnswer();
}

void HttpFrontend::sweep()
{
    for (HttpConnection *connection : m_connections.values()) {
        if (connection->isOverdue())
            connection->closeOverdue();
    }
}

void HttpFrontend::cutAll()
{
    for (HttpConnection *connection : std::exchange(m_connections, {})) {
        connection->disconnect(this);
        delete connection;
    }
}

} // namespace LiveTemplate
