// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpparser_p.h"

#include <algorithm>
#include <utility>

namespace LiveTemplate {

namespace {

/// No method that is served needs a body; a short one is read and dropped.
constexpr qint64 maxIgnoredBody = 64 * 1024;

/// Requests are read one at a time: the next waits until this one is answered.
constexpr int pause = HPE_PAUSED;
constexpr int proceed = HPE_OK;

/// Reads a request's target (RFC 9112, 3.2) as browsers write it, which send many characters as
/// they are that a strict URL would have to encode.
bool parseTarget(const QByteArray &target, Request &request)
{
    QByteArrayView rest(target);
    if (rest.startsWith("http://") || rest.startsWith("https://")) {
        rest = rest.sliced(rest.indexOf("//") + 2);
        const qsizetype slash = rest.indexOf('/');
        rest = slash < 0 ? QByteArrayView("/") : rest.sliced(slash);
    }
    if (!rest.startsWith('/'))
        return false;
    if (const qsizetype fragment = rest.indexOf('#'); fragment >= 0)
        rest = rest.first(fragment);
    const qsizetype question = rest.indexOf('?');
    const QByteArrayView path = question < 0 ? rest : rest.first(question);
    request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(path.toByteArray()));
    if (question < 0)
        return true;
    // In a query a plus sign is a space (WHATWG URL, application/x-www-form-urlencoded).
    QByteArray query = rest.sliced(question + 1).toByteArray();
    request.query = QUrlQuery(QString::fromUtf8(query.replace('+', "%20")));
    return true;
}

} // namespace

HttpParser &HttpParser::self(llhttp_t *parser)
{
    return *static_cast<HttpParser *>(parser->data);
}

HttpParser::HttpParser(qint64 maxHeadSize)
    : m_maxHeadSize(maxHeadSize)
{
    llhttp_settings_init(&m_settings);
    m_settings.on_message_begin = [](llhttp_t *parser) {
        HttpParser &that = self(parser);
        that.m_headSize = 0;
        that.m_bodySize = 0;
        that.m_started = true;
        that.m_url.clear();
        that.m_message = {};
        return proceed;
    };
    m_settings.on_url = [](llhttp_t *parser, const char *at, std::size_t length) {
        self(parser).m_url.append(at, qsizetype(length));
        return self(parser).countHead(length);
    };
    m_settings.on_header_field = [](llhttp_t *parser, const char *at, std::size_t length) {
        self(parser).m_name.append(at, qsizetype(length));
        return self(parser).countHead(length);
    };
    m_settings.on_header_value = [](llhttp_t *parser, const char *at, std::size_t length) {
        self(parser).m_value.append(at, qsizetype(length));
        return self(parser).countHead(length);
    };
    m_settings.on_header_value_complete = [](llhttp_t *parser) {
        HttpParser &that = self(parser);
        that.m_message.request.headers.emplace_back(std::exchange(that.m_name, {}),
                                                    std::exchange(that.m_value, {}));
        return proceed;
    };
    m_settings.on_body = [](llhttp_t *parser, const char *, std::size_t length) {
        HttpParser &that = self(parser);
        that.m_bodySize += qint64(length);
        return that.m_bodySize > maxIgnoredBody ? int(HPE_USER) : proceed;
    };
    m_settings.on_message_complete = [](llhttp_t *parser) {
        self(parser).m_complete = true;
        return pause;
    };
    llhttp_init(&m_parser, HTTP_REQUEST, &m_settings);
    m_parser.data = this;
}

int HttpParser::countHead(std::size_t length)
{
    m_headSize += qint64(length);
    return m_headSize > m_maxHeadSize ? int(HPE_USER) : proceed;
}

std::expected<std::optional<HttpParser::Message>, HttpResponse> HttpParser::feed(
    const QByteArray &bytes)
{
    m_complete = false;
    llhttp_errno_t error = llhttp_execute(&m_parser, bytes.constData(), std::size_t(bytes.size()));
    if (error == HPE_PAUSED_UPGRADE && !m_complete) {
        // The request before asked for another protocol and did not get it: HTTP goes on.
        llhttp_resume_after_upgrade(&m_parser);
        error = llhttp_execute(&m_parser, bytes.constData(), std::size_t(bytes.size()));
    }
    if (error == HPE_OK)
        return std::nullopt;
    if (m_complete) {
        m_rest = bytes.sliced(llhttp_get_error_pos(&m_parser) - bytes.constData());
        llhttp_resume(&m_parser);
        auto message = takeMessage();
        if (!message)
            return std::unexpected(message.error());
        return *std::move(message);
    }
    if (m_headSize > m_maxHeadSize) {
        return std::unexpected(
            HttpResponse::text(HttpStatus::HeadTooLarge,
                               "The head of the request is too large. Fewer or shorter headers "
                               "(cookies, most often) will pass."));
    }
    if (m_bodySize > maxIgnoredBody) {
        return std::unexpected(HttpResponse::text(HttpStatus::ContentTooLarge,
                                                  "The body of the request is too large."));
    }
    return std::unexpected(HttpResponse::text(HttpStatus::BadRequest,
                                              QByteArray("The request is not valid HTTP/1.1: ")
                                                  + llhttp_get_error_reason(&m_parser) + '.'));
}

std::expected<HttpParser::Message, HttpResponse> HttpParser::takeMessage()
{
    m_started = false;
    m_message.upgrade = llhttp_get_upgrade(&m_parser) != 0;
    m_message.keepAlive = llhttp_should_keep_alive(&m_parser) != 0;
    m_message.request.method = llhttp_method_name(llhttp_method_t(llhttp_get_method(&m_parser)));

    if (llhttp_get_http_major(&m_parser) != 1) {
        return std::unexpected(HttpResponse::text(HttpStatus::BadRequest,
                                                  "Only HTTP/1.1 and HTTP/1.0 are spoken here."));
    }
    // RFC 9112, 3.2.
    const auto hosts = std::ranges::count_if(m_message.request.headers, [](const auto &header) {
        return header.first.compare("host", Qt::CaseInsensitive) == 0;
    });
    if (hosts > 1 || (hosts == 0 && llhttp_get_http_minor(&m_parser) > 0)) {
        return std::unexpected(
            HttpResponse::text(HttpStatus::BadRequest, "The request must have one Host header."));
    }
    if (!parseTarget(m_url, m_message.request)) {
        return std::unexpected(HttpResponse::text(HttpStatus::BadRequest,
                                                  "The address that was asked for is not a path."));
    }
    return std::exchange(m_message, {});
}

} // namespace LiveTemplate
