// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpparser_p.h"
#include "httpresponse_p.h"
#include "serversocket_p.h"

#include <QDeadlineTimer>
#include <QObject>

#include <functional>

namespace LiveTemplate {

struct ServerOptions;

/// One accepted connection while it speaks HTTP: reads requests one after the other, writes their
/// answers, and lets go of the socket when it becomes a WebSocket.
class HttpConnection : public QObject
{
    Q_OBJECT

public:
    HttpConnection(std::unique_ptr<ServerSocket> socket, const ServerOptions &options,
                   QObject *parent);
    ~HttpConnection() override;

    /// Answers the request that requestReceived() told of, at once or later.
    void respond(const HttpResponse &response);

    /// Whether the client has sent more than the request that is being answered.
    [[nodiscard]] bool hasMore() const;

    /// Gives up the socket, with a minimal upgrade request to read on it. The connection has
    /// nothing to do any more then.
    [[nodiscard]] std::unique_ptr<ServerSocket> takeSocketForUpgrade(const Request &request);

    /// Whether it kept the server waiting for too long.
    [[nodiscard]] bool isOverdue() const { return m_deadline.hasExpired(); }

    /// Answers a request that is late in coming, and closes. An idle connection just closes.
    void closeOverdue();

    /// Closes as soon as the answer that is due has been written.
    void closeAfterAnswer();

Q_SIGNALS:
    /// A whole request; the next comes after respond().
    void requestReceived(const LiveTemplate::HttpParser::Message &message);
    /// What came was no request, too large, or too late, and was refused with @p status.
    void requestRefused(LiveTemplate::HttpStatus status);
    /// The connection is over.
    void finished();

private:
    /// The way of one request.
    enum class Phase {
        Reading,
        /// It was announced, and respond() is awaited.
        Answering,
        /// The next may be read, once the client has taken enough of the answer.
        Answered,
        /// The last answer is being written.
        Closing,
        /// It was; what the client still sends is dropped, so that it comes to read the answer.
        Lingering,
    };

    void readMore();
    void writeMore();
    void consume(const QByteArray &bytes);
    void continueWithBody();
    void refuse(const HttpResponse &response);
    void finishWriting();

    std::unique_ptr<ServerSocket> m_socket;
    const ServerOptions &m_options;
    HttpParser m_parser;
    QDeadlineTimer m_deadline;
    QHostAddress m_peer;
    Phase m_phase = Phase::Reading;
    bool m_headRequest = false;
    bool m_keepAlive = true;
    /// The client has not sent all that it began to.
    bool m_lingers = false;
};

} // namespace LiveTemplate
