// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpconnection_p.h"

#include "serveroptions.h"

namespace LiveTemplate {

namespace {

/// What the socket reads ahead of us; a request head is a quarter of it.
constexpr qint64 readBufferSize = 64 * 1024;

/// While more than this of its answers waits for a client, its next request does.
constexpr qint64 maxUnsentAnswers = 256 * 1024;

} // namespace

HttpConnection::HttpConnection(std::unique_ptr<ServerSocket> socket, const ServerOptions &options,
                               QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_options(options)
    , m_parser(options.maxRequestHeadSize)
    , m_deadline(options.handshakeTimeout)
    , m_peer(m_socket->peerAddress())
{
    m_socket->setReadBufferSize(readBufferSize);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpConnection::readMore);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &HttpConnection::proceed);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &HttpConnection::finished);
}

HttpConnection::~HttpConnection()
{
    // The socket outlives nothing of ours: no signal may reach us while it dies.
    if (m_socket)
        m_socket->disconnect(this);
}

void HttpConnection::readMore()
{
    if (m_phase == Phase::Reading && m_socket && m_socket->bytesAvailable() > 0)
        consume(m_socket->readAll());
}

void HttpConnection::consume(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    // The time for a head starts with its first byte, and does not start again with each; empty
    // lines before it are no beginning.
    const bool wasInside = m_parser.isInsideRequest();
    auto fed = m_parser.feed(bytes);
    if (!fed) {
        refuse(fed.error());
        return;
    }
    std::optional<HttpParser::Message> &message = *fed;
    if (!message) {
        if (!wasInside && m_parser.isInsideRequest())
            m_deadline = QDeadlineTimer(m_options.handshakeTimeout);
        return;
    }
    m_phase = Phase::Answering;
    m_deadline = QDeadlineTimer(QDeadlineTimer::Forever);
    Request &request = message->request;
    request.peer = m_peer;
    m_keepAlive = message->keepAlive && m_keepAlive;
    m_headRequest = request.method == "HEAD";
    Q_EMIT requestReceived(request, message->upgrade);
}

void HttpConnection::respond(const HttpResponse &response)
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return; // the client did not wait
    m_socket->write(serialize(response, m_headRequest ? BodyPolicy::Omit : BodyPolicy::Send,
                              m_keepAlive ? ConnectionPolicy::KeepAlive : ConnectionPolicy::Close));
    if (!m_keepAlive) {
        m_socket->disconnectFromHost();
        m_deadline = QDeadlineTimer(m_options.handshakeTimeout);
        return;
    }
    m_phase = Phase::Answered;
    m_deadline = QDeadlineTimer(m_options.keepAliveTimeout);
    // A pipelined request may be here already; it is read in a turn of its own.
    QMetaObject::invokeMethod(this, &HttpConnection::proceed, Qt::QueuedConnection);
}

void HttpConnection::proceed()
{
    if (m_phase != Phase::Answered || m_socket->bytesToWrite() > maxUnsentAnswers)
        return;
    m_phase = Phase::Reading;
    // What was read already comes first; it may hold a whole request, and more stays behind it.
    consume(m_parser.takeRest());
    readMore();
}

void HttpConnection::refuse(const HttpResponse &response)
{
    m_phase = Phase::Answering;
    m_keepAlive = false;
    m_headRequest = false;
    respond(response);
}

bool HttpConnection::hasMore() const
{
    return m_parser.hasRest() || m_socket->bytesAvailable() > 0;
}

std::unique_ptr<ServerSocket> HttpConnection::takeSocketForUpgrade(const Request &request)
{
    m_socket->disconnect(this);
    m_socket->setReadBufferSize(0);
    // QtWebSockets keeps the whole head for the life of the connection: 4.6 KB less without the
    // browser's (DESIGN.md §6). It gets the lines that it looks at.
    const QByteArray head
        = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + request.header("Sec-WebSocket-Key") + "\r\n\r\n";
    for (qsizetype i = head.size() - 1; i >= 0; --i)
        m_socket->ungetChar(head.at(i));
    return std::move(m_socket);
}

void HttpConnection::closeOverdue()
{
    if (m_parser.isInsideRequest() && m_phase == Phase::Reading) {
        refuse(
            HttpResponse::text(HttpStatus::RequestTimeout, "The request did not arrive in time."));
        return;
    }
    m_socket->abort();
    Q_EMIT finished();
}

void HttpConnection::closeAfterAnswer()
{
    m_keepAlive = false;
    if (m_phase != Phase::Answering)
        m_socket->disconnectFromHost();
}

} // namespace LiveTemplate
