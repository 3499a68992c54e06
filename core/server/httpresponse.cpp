// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpresponse_p.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

QByteArrayView reasonPhrase(HttpStatus status)
{
    switch (status) {
    case HttpStatus::Continue:
        return "Continue";
    case HttpStatus::Ok:
        return "OK";
    case HttpStatus::SeeOther:
        return "See Other";
    case HttpStatus::BadRequest:
        return "Bad Request";
    case HttpStatus::Unauthorized:
        return "Unauthorized";
    case HttpStatus::Forbidden:
        return "Forbidden";
    case HttpStatus::NotFound:
        return "Not Found";
    case HttpStatus::MethodNotAllowed:
        return "Method Not Allowed";
    case HttpStatus::RequestTimeout:
        return "Request Timeout";
    case HttpStatus::ContentTooLarge:
        return "Content Too Large";
    case HttpStatus::UnsupportedMediaType:
        return "Unsupported Media Type";
    case HttpStatus::UpgradeRequired:
        return "Upgrade Required";
    case HttpStatus::HeadTooLarge:
        return "Request Header Fields Too Large";
    case HttpStatus::InternalServerError:
        return "Internal Server Error";
    case HttpStatus::NotImplemented:
        return "Not Implemented";
    case HttpStatus::ServiceUnavailable:
        return "Service Unavailable";
    }
    return "Redirect"; // one of those that an action chose
}

void appendHeader(QByteArray &bytes, QByteArrayView name, QByteArrayView value)
{
    bytes += name;
    bytes += ": ";
    bytes += value;
    bytes += "\r\n";
}

/// RFC 9110, 5.6.7.
QByteArray httpDate()
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
        .toLatin1();
}

} // namespace

HttpResponse HttpResponse::text(HttpStatus status, const QByteArray &sentence)
{
    return {status,
            {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
            sentence + '\n'};
}

HttpResponse HttpResponse::html(const QByteArray &body)
{
    return {HttpStatus::Ok,
            {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-store"}},
            body};
}

HttpResponse HttpResponse::json(const QByteArray &body)
{
    return {HttpStatus::Ok,
            {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
            body};
}

HttpResponse HttpResponse::redirect(const QByteArray &location, HttpStatus status)
{
    return {status, {{"Location", location}, {"Cache-Control", "no-store"}}, {}};
}

QByteArray serialize(const HttpResponse &response, BodyPolicy body, ConnectionPolicy connection,
                     WebSocketPolicy webSocket)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(int(response.status)) + ' ';
    bytes += reasonPhrase(response.status);
    bytes += "\r\n";
    appendHeader(bytes, "Date", httpDate());
    for (const auto &[name, value] : response.headers)
        appendHeader(bytes, name, value);
    // PROTOCOL.md A.2: on every answer. The client asks for it before it opens a WebSocket.
    appendHeader(bytes, "X-LiveTemplate-WebSocket",
                 webSocket == WebSocketPolicy::Enabled ? "enabled" : "disabled");
    appendHeader(bytes, "X-Content-Type-Options", "nosniff");
    appendHeader(bytes, "Referrer-Policy", "strict-origin-when-cross-origin");
    // An answer to HEAD tells the length that GET would have or none (RFC 9110, 8.6).
    if (body == BodyPolicy::Send || !response.body.isEmpty())
        appendHeader(bytes, "Content-Length", QByteArray::number(response.body.size()));
    appendHeader(bytes, "Connection",
                 connection == ConnectionPolicy::Close ? "close" : "keep-alive");
    bytes += "\r\n";
    if (body == BodyPolicy::Send)
        bytes += response.body;
    return bytes;
}

} // namespace LiveTemplate
