// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace LiveTemplate {

enum class HttpStatus {
    Continue = 100,
    Ok = 200,
    SeeOther = 303,
    BadRequest = 400,
    Unauthorized = 401,
    Forbidden = 403,
    NotFound = 404,
    MethodNotAllowed = 405,
    RequestTimeout = 408,
    ContentTooLarge = 413,
    UnsupportedMediaType = 415,
    UpgradeRequired = 426,
    HeadTooLarge = 431,
    InternalServerError = 500,
    NotImplemented = 501,
    ServiceUnavailable = 503,
};

/// An answer to a request. The connection adds what belongs to the transport.
struct HttpResponse
{
    HttpStatus status = HttpStatus::Ok;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    /// A sentence for whoever was refused.
    [[nodiscard]] static HttpResponse text(HttpStatus status, const QByteArray &sentence);
    [[nodiscard]] static HttpResponse html(const QByteArray &body);
    [[nodiscard]] static HttpResponse json(const QByteArray &body);
    /// To where @p location says, with any status of 300 to 399.
    [[nodiscard]] static HttpResponse redirect(const QByteArray &location,
                                               HttpStatus status = HttpStatus::SeeOther);
};

enum class BodyPolicy {
    Send,
    /// For HEAD: only tell its length, where it is known.
    Omit,
};

enum class ConnectionPolicy {
    KeepAlive,
    Close
};

/// What every answer says about the server (PROTOCOL.md A.2).
enum class WebSocketPolicy {
    Enabled,
    Disabled
};

/// The answer's bytes (RFC 9112).
[[nodiscard]] QByteArray serialize(const HttpResponse &response, BodyPolicy body,
                                   ConnectionPolicy connection, WebSocketPolicy webSocket);

} // namespace LiveTemplate
