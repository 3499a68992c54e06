// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "http_p.h"

#include "livetestsite.h"
#include "patience_p.h"

#include <array>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace LiveTest {

std::expected<std::unique_ptr<QLocalSocket>, QString> connectTo(Site &site)
{
    if (!site.server().isListening())
        return std::unexpected(u"The server does not serve: it was stopped, or did not start."_s);
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return std::unexpected(u"There are no more sockets: "_s + qt_error_string());
    auto socket = std::make_unique<QLocalSocket>();
    if (!socket->setSocketDescriptor(ends[1])) {
        ::close(ends[0]);
        ::close(ends[1]);
        return std::unexpected(u"A socket could not be used: "_s + socket->errorString());
    }
    site.server().adopt(ends[0]);
    return socket;
}

QByteArray toBytes(const HttpRequest &request)
{
    QByteArray bytes = request.method + ' ' + request.target + " HTTP/1.1\r\nHost: livetest\r\n";
    for (const auto &[name, value] : request.headers)
        bytes += name + ": " + value + "\r\n";
    if (!request.body.isEmpty() || request.method == "POST")
        bytes += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
    return bytes + "\r\n" + request.body;
}

Response takeHead(QByteArray &bytes)
{
    constexpr QByteArrayView headEnd = "\r\n\r\n";
    Response response;
    const qsizetype end = bytes.indexOf(headEnd);
    if (end < 0)
        return response;
    QList<QByteArray> lines = bytes.first(end).split('\n');
    response.status = lines.takeFirst().split(' ').value(1).toInt();
    for (const QByteArray &line : std::as_const(lines)) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            response.headers.emplaceBack(line.first(colon).toLower(),
                                         line.sliced(colon + 1).trimmed());
    }
    bytes.remove(0, end + headEnd.size());
    return response;
}

std::expected<Response, QString> exchange(Site &site, const HttpRequest &request)
{
    auto socket = connectTo(site);
    if (!socket)
        return std::unexpected(socket.error());
    HttpRequest single = request;
    single.headers.emplaceBack("Connection", "close");
    (*socket)->write(toBytes(single));
    // The server closes when it has answered.
    const bool ended = waitUntil(
        [&] { return (*socket)->state() == QLocalSocket::UnconnectedState; });
    QByteArray bytes = (*socket)->readAll();
    Response response = takeHead(bytes);
    response.body = std::move(bytes);
    if (!ended || response.status == 0)
        return std::unexpected(u"The server did not answer %1 %2."_s.arg(
            QString::fromLatin1(request.method), QString::fromUtf8(request.target)));
    return response;
}

} // namespace LiveTest
