// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpresponse_p.h"
#include "livetemplate_export.h"
#include "request.h"

#include <QByteArray>

#include <llhttp.h>

#include <expected>
#include <optional>

namespace LiveTemplate {

/// What a request may have.
struct HttpLimits
{
    /// Bytes of names and values in its head, and in what stands beside the body's chunks.
    qint64 head = 16 * 1024;
    /// Header lines.
    int headers = 100;
    /// Bytes of its body.
    qint64 body = 1024 * 1024;
};

/// Parses the requests of one connection, one after the other, by llhttp.
class LIVETEMPLATE_PRIVATE_EXPORT HttpParser
{
public:
    struct Message
    {
        Request request;
        QByteArray body;
        /// Whether the client asks to speak WebSocket from here on.
        bool upgrade = false;
        /// Whether the client may send another request on this connection.
        bool keepAlive = false;
    };

    explicit HttpParser(const HttpLimits &limits);
    Q_DISABLE_COPY_MOVE(HttpParser)

    /// Takes bytes in; gives a request once it is whole, nothing while it is not. What follows the
    /// request in @p bytes is kept, see takeRest(). An error is the answer to give before closing.
    [[nodiscard]] std::expected<std::optional<Message>, HttpResponse> feed(const QByteArray &bytes);

    /// The bytes behind the last request: the beginning of the next, or of another protocol.
    [[nodiscard]] QByteArray takeRest() { return std::exchange(m_rest, {}); }

    [[nodiscard]] bool hasRest() const { return !m_rest.isEmpty(); }

    /// Whether a request has begun and is not whole yet.
    [[nodiscard]] bool isInsideRequest() const { return m_started; }

    /// Whether the head of a request is whole and its body is not.
    [[nodiscard]] bool isInsideBody() const { return m_started && m_headComplete; }

    /// Whether the client waits for a "100 Continue" before it sends the body; true once for each
    /// request that does.
    [[nodiscard]] bool takeExpectation() { return std::exchange(m_expectsContinue, false); }

private:
    enum class Excess {
        None,
        Head,
        Headers,
        Body,
    };

    static HttpParser &self(llhttp_t *parser);
    /// Bounds what is stored of a head, names and values without what stands between them.
    [[nodiscard]] int countHead(std::size_t length);
    [[nodiscard]] int finishHeader();
    [[nodiscard]] int finishHead();
    [[nodiscard]] int appendBody(const char *bytes, std::size_t length);
    [[nodiscard]] HttpResponse refusal() const;
    [[nodiscard]] std::expected<Message, HttpResponse> takeMessage();

    llhttp_t m_parser{};
    llhttp_settings_t m_settings{};
    HttpLimits m_limits;
    qint64 m_headSize = 0;
    int m_headers = 0;
    Excess m_excess = Excess::None;
    bool m_started = false;
    bool m_headComplete = false;
    bool m_complete = false;
    bool m_expectsContinue = false;
    QByteArray m_url;
    QByteArray m_name;
    QByteArray m_value;
    Message m_message;
    QByteArray m_rest;
};

} // namespace LiveTemplate
