// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace LiveTemplate {

enum class HttpStatus {
    Ok = 200,
    BadRequest = 400,
    Unauthorized = 401,
    Forbidden = 403,
    NotFound = 404,
    MethodNotAllowed = 405,
    RequestTimeout = 408,
    ContentTooLarge = 413,
    UpgradeRequired = 426,
    HeadTooLarge = 431,
    InternalServerError = 500,
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

/// The answer's bytes (RFC 9112).
[[nodiscard]] QByteArray serialize(const HttpResponse &response, BodyPolicy body,
                                   ConnectionPolicy connection);

} // namespace LiveTemplate
