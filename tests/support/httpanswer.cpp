// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpanswer.h"

#include "rawsocket.h"

#include <algorithm>

namespace {

const QByteArray headEnd = "\r\n\r\n";

/// Of the first answer in @p bytes; -1 while it is not whole.
qsizetype sizeOfAnswer(const QByteArray &bytes)
{
    const qsizetype head = bytes.indexOf(headEnd);
    if (head < 0)
        return -1;
    const qsizetype size = head + headEnd.size()
        + parseAnswer(bytes.first(head + headEnd.size()))
              .headers.value("content-length")
              .toLongLong();
    return size <= bytes.size() ? size : -1;
}

} // namespace

HttpAnswer parseAnswer(const QByteArray &bytes)
{
    HttpAnswer answer;
    const qsizetype end = bytes.indexOf(headEnd);
    const auto lines = bytes.first(std::max<qsizetype>(end, 0)).split('\n');
    answer.status = lines.value(0).split(' ').value(1).toInt();
    for (const QByteArray &line : lines.sliced(std::min<qsizetype>(1, lines.size()))) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            answer.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    answer.body = end < 0 ? QByteArray() : bytes.sliced(end + headEnd.size());
    return answer;
}

HttpAnswer readAnswer(RawSocket &socket)
{
    if (!socket.receiveUntil([](const QByteArray &bytes) { return sizeOfAnswer(bytes) >= 0; }))
        return {};
    return parseAnswer(socket.take(sizeOfAnswer(socket.received())));
}

HttpAnswer ask(RawSocket &socket, const QByteArray &request)
{
    socket.send(request);
    return readAnswer(socket);
}

QList<HttpAnswer> readAllAnswers(RawSocket &socket)
{
    socket.receiveAll();
    QList<HttpAnswer> answers;
    qsizetype size = 0;
    while ((size = sizeOfAnswer(socket.received())) > 0)
        answers.append(parseAnswer(socket.take(size)));
    return answers;
}

QList<int> statusesOf(const QList<HttpAnswer> &answers)
{
    QList<int> statuses;
    for (const HttpAnswer &answer : answers)
        statuses.append(answer.status);
    return statuses;
}

QByteArray cookieOf(const HttpAnswer &answer)
{
    return answer.headers.value("set-cookie").split(';').first();
}
