// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpconnection_p.h"

#include "origin_p.h"
#include "serveroptions.h"

#include <chrono>
#include <sys/socket.h>

using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// What the socket reads ahead of us.
constexpr qint64 readBufferSize = 64 * 1024;

/// While more than this of its answers waits for a client, its next request does.
constexpr qint64 maxUnsentAnswers = 256 * 1024;

/// How long a client may go on sending what was refused. Closing before it has stopped would
/// reset the connection, and the answer with it.
constexpr auto lingerTimeout = 2s;

} // namespace

HttpConnection::HttpConnection(std::unique_ptr<ServerSocket> socket, const ServerOptions &options,
                               QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_options(options)
    , m_parser({options.maxRequestHeadSize, options.maxRequestHeaders, options.maxRequestBodySize})
    , m_deadline(options.handshakeTimeout)
    , m_peer(m_socket->peerAddress())
{
    m_socket->setReadBufferSize(readBufferSize);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpConnection::readMore);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &HttpConnection::writeMore);
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
    if (!m_socket || m_socket->bytesAvailable() == 0)
        return;
    if (m_phase == Phase::Reading)
        consume(m_socket->readAll());
    else if (m_phase == Phase::Closing || m_phase == Phase::Lingering)
        m_socket->readAll();
}

void HttpConnection::consume(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    // The time for a head starts with its first byte, and does not start again with each; empty
    // lines before it are no beginning.
    const bool wasInside = m_parser.isInsideRequest();
    const bool wasInBody = m_parser.isInsideBody();
    auto fed = m_parser.feed(bytes);
    if (!fed) {
        refuse(fed.error());
        return;
    }
    std::optional<HttpParser::Message> &message = *fed;
    if (!message) {
        if (!wasInBody && m_parser.isInsideBody())
            continueWithBody();
        else if (!wasInside && m_parser.isInsideRequest())
            m_deadline = QDeadlineTimer(m_options.handshakeTimeout);
        return;
    }
    m_phase = Phase::Answering;
    m_deadline = QDeadlineTimer(QDeadlineTimer::Forever);
    Request &request = message->request;
    request.peer = m_peer;
    if (m_options.trustForwardedHeaders)
        request.peer = forwardedPeer(request).value_or(m_peer);
    m_keepAlive = message->keepAlive && m_keepAlive;
    m_headRequest = request.method == "HEAD";
    Q_EMIT requestReceived(*message);
}

void HttpConnection::continueWithBody()
{
    m_deadline = QDeadlineTimer(m_options.requestBodyTimeout);
    if (m_parser.takeExpectation())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
}

void HttpConnection::respond(const HttpResponse &response)
{
    if (m_phase != Phase::Answering || m_socket->state() != QAbstractSocket::ConnectedState)
        return; // the client did not wait
    m_socket->write(serialize(response, m_headRequest ? BodyPolicy::Omit : BodyPolicy::Send,
                              m_keepAlive ? ConnectionPolicy::KeepAlive : ConnectionPolicy::Close,
                              m_options.webSocketEnabled ? WebSocketPolicy::Enabled
                                                         : WebSocketPolicy::Disabled));
    m_socket->flush(); // before anybody else hears of what was done
    if (!m_keepAlive) {
        m_phase = Phase::Closing;
        m_deadline = QDeadlineTimer(m_options.handshakeTimeout);
        if (m_lingers)
            writeMore();
        else
            m_socket->disconnectFromHost();
        return;
    }
    m_phase = Phase::Answered;
    m_deadline = QDeadlineTimer(m_options.keepAliveTimeout);
    // A pipelined request may be here already; it is read in a turn of its own.
    QMetaObject::invokeMethod(this, &HttpConnection::writeMore, Qt::QueuedConnection);
}

void HttpConnection::writeMore()
{
    if (!m_socket)
        return;
    if (m_phase == Phase::Closing && m_lingers && m_socket->bytesToWrite() == 0) {
        finishWriting();
        return;
    }
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
    m_lingers = true;
    Q_EMIT requestRefused(response.status);
    respond(response);
}

void HttpConnection::finishWriting()
{
    m_phase = Phase::Lingering;
    m_deadline = QDeadlineTimer(lingerTimeout);
    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
    readMore();
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
    // A request that has begun gets its answer.
    const bool isIdle = m_phase == Phase::Reading && !m_parser.isInsideRequest();
    if (isIdle || m_phase == Phase::Answered)
        m_socket->disconnectFromHost();
}

} // namespace LiveTemplate
