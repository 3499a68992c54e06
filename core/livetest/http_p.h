// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetestrequest.h"

#include <QByteArray>
#include <QList>
#include <QLocalSocket>
#include <QString>

#include <expected>
#include <memory>
#include <utility>

namespace LiveTest {

class Site;

using HeaderLines = QList<std::pair<QByteArray, QByteArray>>;

struct HttpRequest
{
    QByteArray method = "GET";
    /// Path and query.
    QByteArray target = {};
    HeaderLines headers = {};
    QByteArray body = {};
};

/// A connection to the server of @p site, which has no port: one end of a pair of sockets of which
/// the server gets the other. The error is a sentence.
[[nodiscard]] std::expected<std::unique_ptr<QLocalSocket>, QString> connectTo(Site &site);

/// The bytes of a request as they are sent.
[[nodiscard]] QByteArray toBytes(const HttpRequest &request);

/// Takes the head of an answer off the front of @p bytes; a status of 0 when it is not there yet.
[[nodiscard]] Response takeHead(QByteArray &bytes);

/// Sends a request on a connection of its own and waits for the whole answer. The error is a
/// sentence.
[[nodiscard]] std::expected<Response, QString> exchange(Site &site, const HttpRequest &request);

} // namespace LiveTest
