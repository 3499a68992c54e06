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

/// Parses the requests of one connection, one after the other, by llhttp.
class LIVETEMPLATE_PRIVATE_EXPORT HttpParser
{
public:
    struct Message
    {
        Request request;
        /// Whether the client asks to speak WebSocket from here on.
        bool upgrade = false;
        /// Whether the client may send another request on this connection.
        bool keepAlive = false;
    };

    explicit HttpParser(qint64 maxHeadSize);
    Q_DISABLE_COPY_MOVE(HttpParser)

    /// Takes bytes in; gives a request once it is whole, nothing while it is not. What follows the
    /// request in @p bytes is kept, see takeRest(). An error is the answer to give before closing.
    [[nodiscard]] std::expected<std::optional<Message>, HttpResponse> feed(const QByteArray &bytes);

    /// The bytes behind the last request: the beginning of the next, or of another protocol.
    [[nodiscard]] QByteArray takeRest() { return std::exchange(m_rest, {}); }

    [[nodiscard]] bool hasRest() const { return !m_rest.isEmpty(); }

    /// Whether a request has begun and is not whole yet.
    [[nodiscard]] bool isInsideRequest() const { return m_started; }

private:
    static HttpParser &self(llhttp_t *parser);
    /// Bounds what is stored of a head, names and values without what stands between them.
    [[nodiscard]] int countHead(std::size_t length);
    [[nodiscard]] std::expected<Message, HttpResponse> takeMessage();

    llhttp_t m_parser{};
    llhttp_settings_t m_settings{};
    qint64 m_maxHeadSize;
    qint64 m_headSize = 0;
    qint64 m_bodySize = 0;
    bool m_started = false;
    bool m_complete = false;
    QByteArray m_url;
    QByteArray m_name;
    QByteArray m_value;
    Message m_message;
    QByteArray m_rest;
};

} // namespace LiveTemplate
