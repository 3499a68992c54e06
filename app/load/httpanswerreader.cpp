// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "httpanswerreader.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

constexpr qsizetype maxHeadSize = 64 * 1024;

/// Of a reason phrase; it comes from outside and is printed.
constexpr qsizetype longestReason = 100;

constexpr QByteArrayView cookieName = "livetemplate-id=";

} // namespace

HttpAnswerReader &HttpAnswerReader::self(llhttp_t *parser)
{
    return *static_cast<HttpAnswerReader *>(parser->data);
}

HttpAnswerReader::HttpAnswerReader()
{
    llhttp_settings_init(&m_settings);
    m_settings.on_status = [](llhttp_t *parser, const char *at, std::size_t length) {
        return self(parser).appendTo(self(parser).m_reason, at, length);
    };
    m_settings.on_header_field = [](llhttp_t *parser, const char *at, std::size_t length) {
        return self(parser).appendTo(self(parser).m_name, at, length);
    };
    m_settings.on_header_value = [](llhttp_t *parser, const char *at, std::size_t length) {
        return self(parser).appendTo(self(parser).m_value, at, length);
    };
    m_settings.on_header_value_complete = [](llhttp_t *parser) {
        self(parser).takeHeader();
        return int(HPE_OK);
    };
    m_settings.on_message_complete = [](llhttp_t *parser) {
        HttpAnswerReader &that = self(parser);
        that.m_status = llhttp_get_status_code(parser);
        that.m_keepsAlive = llhttp_should_keep_alive(parser) != 0;
        that.m_complete = true;
        return int(HPE_PAUSED);
    };
    llhttp_init(&m_parser, HTTP_RESPONSE, &m_settings);
    m_parser.data = this;
}

int HttpAnswerReader::appendTo(QByteArray &target, const char *at, std::size_t length)
{
    target.append(at, qsizetype(length));
    m_headSize += qsizetype(length);
    return m_headSize > maxHeadSize ? int(HPE_USER) : int(HPE_OK);
}

void HttpAnswerReader::takeHeader()
{
    const QByteArray name = std::exchange(m_name, {});
    const QByteArray value = std::exchange(m_value, {}).trimmed();
    if (name.compare("Set-Cookie", Qt::CaseInsensitive) == 0 && value.startsWith(cookieName))
        m_cookie = value.first(value.indexOf(';') < 0 ? value.size() : value.indexOf(';'))
                       .sliced(cookieName.size());
    else if (name.compare("Sec-WebSocket-Accept", Qt::CaseInsensitive) == 0)
        m_webSocketAccept = value;
}

std::expected<bool, QString> HttpAnswerReader::feed(QByteArrayView bytes)
{
    const llhttp_errno_t error = llhttp_execute(&m_parser, bytes.data(), std::size_t(bytes.size()));
    if (m_complete) {
        m_rest = bytes.sliced(llhttp_get_error_pos(&m_parser) - bytes.data()).toByteArray();
        return true;
    }
    if (error != HPE_OK) {
        return std::unexpected(QCoreApplication::translate("LiveTemplate::Load::HttpAnswerReader",
                                                           "The answer is not HTTP/1.1 (%1)")
                                   .arg(QString::fromLatin1(llhttp_errno_name(error))));
    }
    return false;
}

bool HttpAnswerReader::finish()
{
    llhttp_finish(&m_parser);
    return m_complete;
}

QString HttpAnswerReader::statusLine() const
{
    return u"%1 %2"_s.arg(m_status)
        .arg(QString::fromUtf8(m_reason.first(std::min(m_reason.size(), longestReason))))
        .trimmed();
}

} // namespace LiveTemplate::Load
