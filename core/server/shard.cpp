// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "shard_p.h"

#include "clientassets_p.h"
#include "origin_p.h"
#include "serverlogging_p.h"

#include <QPointer>
#include <QTcpServer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <limits>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

Q_LOGGING_CATEGORY(lcServer, "livetemplate.server", QtInfoMsg)

namespace {

/// Time-outs are looked at this often, by one timer for all connections.
constexpr auto sweepInterval = 1s;

/// Qt's default of 50 is short for many browsers that come back at once.
constexpr int listenBacklog = 1024;

/// A year, PROTOCOL.md A.8.
constexpr int cookieMaxAge = 31'536'000;

/// Descriptors that are left to everything but connections: files, libraries, the logs.
constexpr qsizetype reservedDescriptors = 64;

qsizetype maxSockets()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return std::numeric_limits<qsizetype>::max();
    return std::max<qsizetype>(qsizetype(limit.rlim_cur) - reservedDescriptors, 1);
}

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

/// What may stand in a cookie's value (RFC 6265, 4.1.1), and in a bounded number.
bool isCookieValue(QByteArrayView value)
{
    return !value.isEmpty() && value.size() <= 256
        && std::ranges::all_of(value, [](char character) {
               return character > 0x20 && character < 0x7f
                   && !QByteArrayView("\",;\\").contains(character);
           });
}

bool wantsWebSocket(const Request &request)
{
    return request.header("Upgrade").trimmed().compare("websocket", Qt::CaseInsensitive) == 0;
}

/// RFC 6455, 4.1: the key is 16 bytes in base64.
constexpr qsizetype webSocketKeyLength = 24;

QJsonObject toJson(const QUrlQuery &query)
{
    QJsonObject object;
    for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded))
        object.insert(key, value);
    return object;
}

std::expected<void, HttpResponse> checkHandshake(const Request &request)
{
    const bool complete = request.method == "GET"
        && QByteArray::fromBase64(request.header("Sec-WebSocket-Key")).size() == 16
        && request.header("Sec-WebSocket-Key").size() == webSocketKeyLength;
    if (!complete)
        return std::unexpected(HttpResponse::text(
            HttpStatus::BadRequest, "The request to open a WebSocket is not complete."));
    if (request.header("Sec-WebSocket-Version") != "13") {
        auto response = HttpResponse::text(
            HttpStatus::UpgradeRequired,
            "Only version 13 of the WebSocket protocol is spoken here.");
        response.headers.emplace_back("Sec-WebSocket-Version", "13");
        return std::unexpected(response);
    }
    if (!isAllowedOrigin(request))
        return std::unexpected(HttpResponse::text(
            HttpStatus::Forbidden, "Pages of other origins may not connect to this server."));
    return {};
}

} // namespace

/// Turns accepted descriptors into sockets.
class Shard::Acceptor : public QTcpServer
{
public:
    explicit Acceptor(Shard &shard)
        : m_shard(shard)
    {
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto socket = std::make_unique<ServerSocket>();
        if (socket->setSocketDescriptor(descriptor))
            m_shard.accept(std::move(socket));
        else
            ::close(int(descriptor));
    }

private:
    Shard &m_shard;
};

Shard::Shard(const ShardConfiguration &configuration)
    : m_configuration(configuration)
    , m_maxSockets(maxSockets())
{
}

Shard::~Shard()
{
    for (HttpConnection *connection : std::as_const(m_httpConnections))
        connection->disconnect(this);
    for (const auto &[id, connection] : m_connections)
        connection->disconnect(this);
}

std::expected<quint16, Shard::ListenFailure> Shard::listen(const QHostAddress &address,
                                                           quint16 port)
{
    for (const auto &page : m_configuration.pages) {
        auto compiled = Template::load(page->templateFile);
        if (!compiled)
            return std::unexpected(
                ListenFailure{ListenFailure::Cause::Page, {}, compiled.error().toString()});
        for (const QString &warning : compiled->warnings())
            qCWarning(lcServer).noquote() << warning;
        m_pages.push_back(
            std::make_unique<LivePage>(page, *std::move(compiled), m_configuration.options));
    }
    if (m_configuration.options.developmentMode) {
        m_developmentMode = std::make_unique<DevelopmentMode>(m_pages);
        connect(m_developmentMode.get(), &DevelopmentMode::pageChanged, this, &Shard::refresh);
    }

    m_webSocketServer = std::make_unique<QWebSocketServer>(u"LiveTemplate"_s,
                                                           QWebSocketServer::NonSecureMode);
    m_webSocketServer->setHandshakeTimeout(m_configuration.options.handshakeTimeout);
    connect(m_webSocketServer.get(), &QWebSocketServer::newConnection, this,
            &Shard::adoptWebSocket);

    m_acceptor = std::make_unique<Acceptor>(*this);
    m_acceptor->setListenBacklogSize(listenBacklog);
    if (!m_acceptor->listen(address, port))
        return std::unexpected(ListenFailure{ListenFailure::Cause::Socket,
                                             m_acceptor->serverError(), m_acceptor->errorString()});

    connect(&m_sweepTimer, &QTimer::timeout, this, &Shard::sweep);
    m_sweepTimer.start(sweepInterval);
    return m_acceptor->serverPort();
}

void Shard::accept(std::unique_ptr<ServerSocket> socket)
{
    // Updates are small and each is waited for: Nagle's algorithm would hold them back.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    findOutWhenPeerVanishes(*socket);
    auto *connection = new HttpConnection(std::move(socket), m_configuration.options, this);
    m_httpConnections.insert(connection);
    connect(connection, &HttpConnection::requestReceived, this,
            [this, connection](const Request &request, bool upgrade) {
                handle(*connection, request, upgrade);
            });
    connect(connection, &HttpConnection::finished, this, [this, connection] {
        m_httpConnections.remove(connection);
        connection->disconnect(this);
        connection->deleteLater();
        acceptWhilePossible();
        checkDrained();
    });
    acceptWhilePossible();
}

void Shard::acceptWhilePossible()
{
    // At the limit of descriptors a listening socket stays readable for ever, and accepting fails
    // for ever: better not to listen for a while.
    const auto open = m_httpConnections.size() + m_upgrading.size()
        + qsizetype(m_connections.size());
    const bool possible = open < m_maxSockets;
    if (possible == m_accepting)
        return;
    m_accepting = possible;
    if (possible) {
        m_acceptor->resumeAccepting();
    } else {
        m_acceptor->pauseAccepting();
        qCWarning(lcServer) << "no more connections are accepted while" << open
                            << "are open: the limit of open files (ulimit -n) is reached";
    }
}

void Shard::handle(HttpConnection &connection, const Request &request, bool upgrade)
{
    if (m_shuttingDown) {
        connection.respond(
            HttpResponse::text(HttpStatus::ServiceUnavailable, "The server is shutting down."));
        return;
    }
    if (request.method != "GET" && request.method != "HEAD") {
        auto response = HttpResponse::text(HttpStatus::MethodNotAllowed, "Method not allowed");
        response.headers.emplace_back("Allow", "GET, HEAD");
        connection.respond(response);
        return;
    }
    if (const auto asset = clientAsset(request.path)) {
        connection.respond(*asset);
        return;
    }
    const LivePage *page = findPage(request.path);
    if (!page)
        connection.respond(
            HttpResponse::text(HttpStatus::NotFound, "There is no page at this address."));
    else if (upgrade && wantsWebSocket(request)) // any other protocol may be ignored, RFC 9110, 7.8
        upgradeToWebSocket(connection, request, *page);
    else if (request.method == "HEAD")
        connection.respond({}); // PROTOCOL.md A.3: asks for nothing but the header of every answer
    else
        servePage(connection, request, *page);
}

void Shard::servePage(HttpConnection &connection, const Request &request, const LivePage &page)
{
    const auto visitor = identify(request);
    if (!visitor) {
        connection.respond(visitor.error());
        return;
    }
    const SessionKey key{visitor->group, page.page().path};
    m_configuration.sessionStore->load(
        key,
        [this, key, guard = QPointer(&connection), visitor = *visitor, &page,
         query = toJson(request.query)](const std::optional<QJsonObject> &saved) {
            if (!guard)
                return;
            const Page &definition = page.page();
            const QVariant state = saved ? definition.stateType.restore(*saved)
                                         : definition.stateType.initial();
            Context context(Context::Origin::Client, {}, ActionData(query), visitor.group,
                            visitor.user);
            const auto mounted = definition.actions.mount(definition.controller.get(), state,
                                                          context);
            if (!mounted) {
                qCWarning(lcServer)
                    << "page" << definition.path << "mount failed:" << mounted.error().errors();
                guard->respond(HttpResponse::text(HttpStatus::InternalServerError,
                                                  "Failed to initialize application state"));
                return;
            }
            // A visitor who has done nothing yet leaves nothing to keep.
            if (saved || *mounted != definition.stateType.initial())
                m_configuration.sessionStore->save(key, definition.stateType.save(*mounted));
            const auto document = page.document(*mounted);
            if (!document) {
                qCCritical(lcServer).noquote()
                    << "page" << definition.path
                    << "cannot be rendered:" << document.error().toString();
                guard->respond(HttpResponse::text(HttpStatus::InternalServerError,
                                                  "The page could not be rendered."));
                return;
            }
            auto response = HttpResponse::html(*document);
            if (!visitor.setCookie.isEmpty())
                response.headers.emplace_back("Set-Cookie", visitor.setCookie);
            guard->respond(response);
        });
}

void Shard::upgradeToWebSocket(HttpConnection &connection, const Request &request,
                               const LivePage &page)
{
    const auto checked = checkHandshake(request);
    if (!checked) {
        connection.respond(checked.error());
        return;
    }
    if (connection.hasMore()) {
        connection.respond(HttpResponse::text(HttpStatus::BadRequest,
                                              "Nothing may be sent before the WebSocket is open."));
        return;
    }
    const auto visitor = identify(request);
    if (!visitor) {
        connection.respond(visitor.error());
        return;
    }
    std::unique_ptr<ServerSocket> socket = connection.takeSocketForUpgrade(request);
    Q_EMIT connection.finished();

    QByteArray headers = "X-LiveTemplate-WebSocket: enabled\r\n";
    if (!visitor->setCookie.isEmpty())
        headers += "Set-Cookie: " + visitor->setCookie + "\r\n";
    socket->setUpgradeHeaders(headers);

    LiveConnection::Identity identity{++m_lastConnectionId, visitor->group, visitor->user,
                                      toJson(request.query)};
    ServerSocket *raw = socket.release();
    raw->setParent(this); // until QWebSocketServer has made a WebSocket of it
    m_upgrading.insert(raw);
    connect(raw, &QTcpSocket::disconnected, this, [this, raw] {
        if (m_upgrading.remove(raw))
            raw->deleteLater();
        checkDrained();
    });
    connect(raw, &ServerSocket::upgraded, this,
            [this, raw, &page, identity] { m_upgraded = {raw, &page, identity}; });
    m_webSocketServer->handleConnection(raw);
}

void Shard::adoptWebSocket()
{
    std::unique_ptr<QWebSocket> webSocket(m_webSocketServer->nextPendingConnection());
    auto [socket, livePage, identity] = std::exchange(m_upgraded, {});
    Q_ASSERT(webSocket && socket);
    m_upgrading.remove(socket);
    socket->disconnect(this);
    webSocket->setParent(nullptr);
    const LivePage &page = *livePage;
    const quint64 id = identity.id;
    const SessionKey key{identity.group, page.page().path};
    auto owned = std::make_unique<LiveConnection>(std::move(webSocket), *socket, page,
                                                  std::move(identity), m_configuration.options,
                                                  *this);
    LiveConnection *connection = owned.get();
    m_connections.emplace(id, std::move(owned));
    m_groups[key.group].insert(connection);
    connect(connection, &LiveConnection::closed, this, [this, connection] { remove(*connection); });
    qCDebug(lcServer) << "connection" << id << "group" << key.group.shortened() << "page"
                      << key.page << "opened";

    m_configuration.sessionStore->load(
        key, [guard = QPointer(connection)](const std::optional<QJsonObject> &saved) {
            if (guard)
                guard->start(saved);
        });
}

void Shard::refresh(const LivePage &page)
{
    for (LiveConnection *connection : openConnections()) {
        if (&connection->page() == &page)
            connection->refresh();
    }
}

void Shard::remove(LiveConnection &connection)
{
    const quint64 id = connection.identity().id;
    const GroupId group = connection.identity().group;
    qCDebug(lcServer) << "connection" << id << "group" << group.shortened() << "closed";
    if (const auto found = m_groups.find(group); found != m_groups.end()) {
        found->remove(&connection);
        if (found->isEmpty())
            m_groups.erase(found);
    }
    if (auto node = m_connections.extract(id); !node.empty()) {
        connection.disconnect(this);
        // It is in the middle of telling us, so it is deleted in a later turn.
        if (m_gone.empty())
            QMetaObject::invokeMethod(this, [this] { m_gone.clear(); }, Qt::QueuedConnection);
        m_gone.push_back(std::move(node.mapped()));
    }
    acceptWhilePossible();
    checkDrained();
}

void Shard::sweep()
{
    const auto connections = m_httpConnections.values();
    for (HttpConnection *connection : connections) {
        if (connection->isOverdue())
            connection->closeOverdue();
    }
    for (LiveConnection *connection : openConnections())
        connection->cutWhenOverdue();
    acceptWhilePossible();
}

std::expected<Shard::Visitor, HttpResponse> Shard::identify(const Request &request) const
{
    const auto refusal = [](AuthenticationError error) {
        return error == AuthenticationError::Unauthorized
            ? HttpResponse::text(HttpStatus::Unauthorized, "Unauthorized")
            : HttpResponse::text(HttpStatus::InternalServerError, "Internal server error");
    };
    const auto user = m_configuration.authenticator->identify(request);
    if (!user)
        return std::unexpected(refusal(user.error()));
    const auto group = m_configuration.authenticator->sessionGroup(request, *user);
    if (!group)
        return std::unexpected(refusal(group.error()));

    Visitor visitor{*user, *group, {}};
    const QByteArray value = group->value().toUtf8();
    if (!isCookieValue(value)) {
        qCCritical(lcServer) << "the authenticator gave a session group that cannot be a cookie:"
                             << group->shortened();
        return std::unexpected(refusal(AuthenticationError::Failed));
    }
    if (request.cookie(sessionCookieName) != value) {
        visitor.setCookie = sessionCookieName.toByteArray() + '=' + value
            + "; Path=/; Max-Age=" + QByteArray::number(cookieMaxAge) + "; HttpOnly; SameSite=Lax";
    }
    return visitor;
}

const LivePage *Shard::findPage(const QString &path) const
{
    for (const auto &page : m_pages) {
        if (page->page().path == path)
            return page.get();
    }
    return nullptr;
}

void Shard::saveState(LiveConnection &connection)
{
    const Page &page = connection.page().page();
    m_configuration.sessionStore->save({connection.identity().group, page.path},
                                       page.stateType.save(connection.state()));
}

void Shard::broadcast(LiveConnection &sender, const BroadcastRequest &request)
{
    const auto group = m_groups.constFind(sender.identity().group);
    if (group == m_groups.cend())
        return;
    for (LiveConnection *peer : *group) {
        if (peer != &sender && !peer->enqueueBroadcast(request)) {
            qCWarning(lcServer) << "connection" << peer->identity().id
                                << "broadcast dropped: too many wait; action"
                                << request.action.left(64);
        }
    }
}

void Shard::scheduleQueue(LiveConnection &connection)
{
    if (m_scheduled.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                const auto scheduled = std::exchange(m_scheduled, {});
                for (const quint64 id : scheduled) {
                    if (const auto found = m_connections.find(id); found != m_connections.end())
                        found->second->processQueue();
                }
            },
            Qt::QueuedConnection);
    }
    m_scheduled.append(connection.identity().id);
}

void Shard::shutDown()
{
    m_shuttingDown = true;
    m_acceptor->close();
    for (HttpConnection *connection : m_httpConnections.values())
        connection->closeAfterAnswer();
    for (LiveConnection *connection : openConnections())
        connection->close(QWebSocketProtocol::CloseCodeGoingAway, u"Server shutting down"_s);
    connect(&m_shutdownTimer, &QTimer::timeout, this, [this] {
        qCWarning(lcServer) << "shutting down:" << m_connections.size()
                            << "connections did not close in time and were cut";
        m_groups.clear();
        m_connections.clear();
        m_httpConnections.clear();
        m_upgrading.clear();
        checkDrained();
    });
    m_shutdownTimer.setSingleShot(true);
    m_shutdownTimer.start(m_configuration.options.shutdownTimeout);
    checkDrained();
}

QList<LiveConnection *> Shard::openConnections() const
{
    QList<LiveConnection *> connections;
    connections.reserve(qsizetype(m_connections.size()));
    for (const auto &[id, connection] : m_connections)
        connections.append(connection.get());
    return connections;
}

void Shard::checkDrained()
{
    if (m_shuttingDown && m_connections.empty() && m_httpConnections.isEmpty()
        && m_upgrading.isEmpty())
        Q_EMIT drained();
}

ServerSnapshot Shard::snapshot() const
{
    ServerSnapshot snapshot;
    snapshot.takenAt = QDateTime::currentDateTimeUtc();
    snapshot.groups = int(m_groups.size());
    snapshot.connections.reserve(qsizetype(m_connections.size()));
    for (const auto &[id, connection] : m_connections)
        snapshot.connections.append(connection->snapshot());
    std::ranges::sort(snapshot.connections, {}, &ConnectionSnapshot::id);
    return snapshot;
}

} // namespace LiveTemplate
