// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpparser_p.h"

#include <algorithm>
#include <utility>

namespace LiveTemplate {

namespace {

/// Requests are read one at a time: the next waits until this one is answered.
constexpr int pause = HPE_PAUSED;
constexpr int proceed = HPE_OK;

bool isHostHeader(const std::pair<QByteArray, QByteArray> &header)
{
    return header.first.compare("host", Qt::CaseInsensitive) == 0;
}

void setHost(Request &request, QByteArrayView host)
{
    for (auto &header : request.headers) {
        if (isHostHeader(header))
            header.second = host.toByteArray();
    }
}

/// A name or an address, and a port or none: what a browser can send (RFC 9110, 7.2).
bool isHost(QByteArrayView host)
{
    return std::ranges::all_of(host, [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
            || (character >= '0' && character <= '9')
            || QByteArrayView(".-_:[]%~").contains(character);
    });
}

/// Reads a request's target (RFC 9112, 3.2) as browsers write it, which send many characters as
/// they are that a strict URL would have to encode.
bool parseTarget(const QByteArray &target, Request &request)
{
    QByteArrayView rest(target);
    if (rest.startsWith("http://") || rest.startsWith("https://")) {
        rest = rest.sliced(rest.indexOf("//") + 2);
        const qsizetype slash = rest.indexOf('/');
        // It counts, and not what the header says (RFC 9112, 3.2.2).
        setHost(request, slash < 0 ? rest : rest.first(slash));
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

HttpParser::HttpParser(const HttpLimits &limits)
    : m_limits(limits)
{
    llhttp_settings_init(&m_settings);
    m_settings.on_message_begin = [](llhttp_t *parser) {
        HttpParser &that = self(parser);
        that.m_headSize = 0;
        that.m_headers = 0;
        that.m_started = true;
        that.m_headComplete = false;
        that.m_expectsContinue = false;
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
        return self(parser).finishHeader();
    };
    m_settings.on_headers_complete = [](llhttp_t *parser) {
        return self(parser).finishHead();
    };
    m_settings.on_chunk_extension_name = [](llhttp_t *parser, const char *, std::size_t length) {
        return self(parser).countHead(length);
    };
    m_settings.on_chunk_extension_value = m_settings.on_chunk_extension_name;
    m_settings.on_body = [](llhttp_t *parser, const char *at, std::size_t length) {
        return self(parser).appendBody(at, length);
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
    if (m_headSize <= m_limits.head)
        return proceed;
    m_excess = Excess::Head;
    return HPE_USER;
}

int HttpParser::finishHeader()
{
    QByteArray name = std::exchange(m_name, {});
    QByteArray value = std::exchange(m_value, {});
    if (++m_headers > m_limits.headers) {
        m_excess = Excess::Headers;
        return HPE_USER;
    }
    // What follows the body in a trailer may not pass for a header (RFC 9110, 6.5.1).
    if (!m_headComplete)
        m_message.request.headers.emplace_back(std::move(name), std::move(value));
    return proceed;
}

int HttpParser::finishHead()
{
    m_headComplete = true;
    if (m_parser.content_length > quint64(m_limits.body)) {
        m_excess = Excess::Body; // it need not be sent first
        return -1;
    }
    m_expectsContinue = m_message.request.header("Expect").trimmed().compare("100-continue",
                                                                             Qt::CaseInsensitive)
        == 0;
    return proceed;
}

int HttpParser::appendBody(const char *bytes, std::size_t length)
{
    if (m_message.body.size() + qint64(length) > m_limits.body) {
        m_excess = Excess::Body;
        return HPE_USER;
    }
    m_message.body.append(bytes, qsizetype(length));
    return proceed;
}

HttpResponse HttpParser::refusal() const
{
    switch (m_excess) {
    case Excess::Head:
        return HttpResponse::text(HttpStatus::HeadTooLarge,
                                  "The head of the request is too large. Fewer or shorter headers "
                                  "(cookies, most often) will pass.");
    case Excess::Headers:
        return HttpResponse::text(HttpStatus::HeadTooLarge,
                                  "The request has too many header lines.");
    case Excess::Body:
        return HttpResponse::text(HttpStatus::ContentTooLarge,
                                  "The body of the request is too large.");
    case Excess::None:
        break;
    }
    return HttpResponse::text(HttpStatus::BadRequest,
                              QByteArray("The request is not valid HTTP/1.1: ")
                                  + llhttp_get_error_reason(&m_parser) + '.');
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
    return std::unexpected(refusal());
}

std::expected<HttpParser::Message, HttpResponse> HttpParser::takeMessage()
{
    m_started = false;
    m_headComplete = false;
    m_message.upgrade = llhttp_get_upgrade(&m_parser) != 0;
    m_message.keepAlive = llhttp_should_keep_alive(&m_parser) != 0;
    m_message.request.method = llhttp_method_name(llhttp_method_t(llhttp_get_method(&m_parser)));

    if (llhttp_get_http_major(&m_parser) != 1) {
        return std::unexpected(HttpResponse::text(HttpStatus::BadRequest,
                                                  "Only HTTP/1.1 and HTTP/1.0 are spoken here."));
    }
    // RFC 9112, 3.2.
    const auto hosts = std::ranges::count_if(m_message.request.headers, isHostHeader);
    if (hosts > 1 || (hosts == 0 && llhttp_get_http_minor(&m_parser) > 0)) {
        return std::unexpected(
            HttpResponse::text(HttpStatus::BadRequest, "The request must have one Host header."));
    }
    // A body in another coding than chunks would be taken for something it is not (RFC 9112, 6.1).
    const QByteArray coding = m_message.request.header("Transfer-Encoding").trimmed();
    if (!coding.isEmpty() && coding.compare("chunked", Qt::CaseInsensitive) != 0) {
        return std::unexpected(
            HttpResponse::text(HttpStatus::NotImplemented,
                               "No other transfer coding than \"chunked\" is understood here."));
    }
    // Whoever is in between may not know of chunks then (RFC 9112, 6.1).
    if (!coding.isEmpty() && llhttp_get_http_minor(&m_parser) == 0) {
        return std::unexpected(
            HttpResponse::text(HttpStatus::BadRequest, "HTTP/1.0 has no transfer codings."));
    }
    if (!parseTarget(m_url, m_message.request)) {
        return std::unexpected(HttpResponse::text(HttpStatus::BadRequest,
                                                  "The address that was asked for is not a path."));
    }
    if (!isHost(m_message.request.header("Host"))) {
        return std::unexpected(
            HttpResponse::text(HttpStatus::BadRequest, "The Host header is not a host."));
    }
    return std::exchange(m_message, {});
}

} // namespace LiveTemplate
