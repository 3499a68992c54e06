// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

class RawSocket;

/// What a server answered to a request.
struct HttpAnswer
{
    /// 0: there was no answer.
    int status = 0;
    /// By the name in lower case; of several of one name the last.
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
};

/// Splits what a server wrote; good enough for answers with a Content-Length.
[[nodiscard]] HttpAnswer parseAnswer(const QByteArray &bytes);

/// Waits for the next answer, which must have a Content-Length or no body.
[[nodiscard]] HttpAnswer readAnswer(RawSocket &socket);

/// Sends @p request and waits for the answer.
[[nodiscard]] HttpAnswer ask(RawSocket &socket, const QByteArray &request);

/// Reads to the end of the connection and gives the answers that came.
[[nodiscard]] QList<HttpAnswer> readAllAnswers(RawSocket &socket);
[[nodiscard]] QList<int> statusesOf(const QList<HttpAnswer> &answers);

/// The session cookie that an answer sets, as the value of a Cookie header.
[[nodiscard]] QByteArray cookieOf(const HttpAnswer &answer);
