// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "origin_p.h"

#include "serveroptions.h"

#include <QUrl>

#include <algorithm>

namespace LiveTemplate {

namespace {

/// The first of several proxies, which the client spoke to.
QByteArray firstItem(const QByteArray &list)
{
    const qsizetype comma = list.indexOf(',');
    return (comma < 0 ? list : list.first(comma)).trimmed();
}

/// A parameter of the first element of the Forwarded header (RFC 7239, 4).
QByteArray forwardedParameter(const Request &request, QByteArrayView name)
{
    for (const QByteArray &pair : firstItem(request.header("Forwarded")).split(';')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0
            || QByteArrayView(pair).first(equals).trimmed().compare(name, Qt::CaseInsensitive) != 0)
            continue;
        QByteArray value = pair.sliced(equals + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value;
    }
    return {};
}

QHostAddress addressOf(QByteArray node)
{
    if (node.startsWith('[')) {
        const qsizetype end = node.indexOf(']');
        node = end < 0 ? QByteArray() : node.sliced(1, end - 1);
    } else if (node.count(':') == 1) {
        node.truncate(node.indexOf(':'));
    }
    return QHostAddress(QString::fromLatin1(node));
}

bool isOnThisMachine(const QByteArray &origin)
{
    const QUrl url(QString::fromLatin1(origin), QUrl::StrictMode);
    return url.host() == QLatin1StringView("localhost") || QHostAddress(url.host()).isLoopback();
}

} // namespace

QByteArray forwardedScheme(const Request &request)
{
    QByteArray scheme = firstItem(request.header("X-Forwarded-Proto"));
    if (scheme.isEmpty())
        scheme = forwardedParameter(request, "proto");
    return scheme.compare("https", Qt::CaseInsensitive) == 0 ? "https" : "http";
}

std::optional<QHostAddress> forwardedPeer(const Request &request)
{
    QByteArray node = firstItem(request.header("X-Forwarded-For"));
    if (node.isEmpty())
        node = forwardedParameter(request, "for");
    const QHostAddress address = addressOf(node);
    return address.isNull() ? std::nullopt : std::optional(address);
}

bool isAllowedOrigin(const Request &request, const ServerOptions &options)
{
    const QByteArray origin = request.header("Origin");
    if (origin.isEmpty())
        return true;
    const bool isListed = std::ranges::any_of(options.allowedOrigins, [&](const QString &allowed) {
        return allowed == u"*" || allowed.toUtf8() == origin;
    });
    if (isListed || (options.developmentMode && isOnThisMachine(origin)))
        return true;
    const QByteArray host = request.header("Host");
    const QByteArray scheme = options.trustForwardedHeaders ? forwardedScheme(request) : "http";
    return !host.isEmpty()
        && origin.compare(QByteArray(scheme + "://" + host), Qt::CaseInsensitive) == 0;
}

} // namespace LiveTemplate
