// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "webclient.h"

#include <QTcpSocket>
#include <QTest>

#include <algorithm>

/// Splits what a server wrote; good enough for answers with a Content-Length. Without a whole head
/// the status is 0.
[[nodiscard]] inline WebAnswer parseAnswer(const QByteArray &bytes)
{
    WebAnswer answer;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return answer;
    const auto lines = bytes.first(end).split('\n');
    answer.status = lines.value(0).split(' ').value(1).toInt();
    for (const QByteArray &line : lines.sliced(std::min<qsizetype>(1, lines.size()))) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            continue;
        QByteArray &value = answer.headers[line.first(colon).toLower()];
        if (!value.isEmpty())
            value += '\n';
        value += line.sliced(colon + 1).trimmed();
    }
    answer.body = bytes.sliced(end + 4);
    return answer;
}

/// Sends @p request as it is, and gives the answer; status 0 when none came in time, or not all of
/// it. The socket must be on its way to the server. Of a WebSocket that was opened the body is what
/// came with the answer.
[[nodiscard]] inline WebAnswer askRaw(QTcpSocket &socket, const QByteArray &request)
{
    socket.write(request);
    const bool hasBody = !request.startsWith("HEAD ");
    QByteArray bytes;
    const auto isComplete = [&] {
        const WebAnswer answer = parseAnswer(bytes);
        if (answer.status == 0)
            return false;
        const auto length = answer.headers.constFind("content-length");
        return !hasBody || answer.status == 101
            || (length != answer.headers.constEnd() && answer.body.size() >= length->toLongLong());
    };
    [[maybe_unused]] const bool ended = QTest::qWaitFor(
        [&] {
            const bool isGone = socket.state() == QAbstractSocket::UnconnectedState;
            bytes += socket.readAll();
            return isComplete() || isGone;
        },
        10'000);
    return isComplete() ? parseAnswer(bytes) : WebAnswer();
}
