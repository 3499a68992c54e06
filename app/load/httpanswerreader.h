// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <expected>

#include <llhttp.h>

namespace LiveTemplate::Load {

/// Reads one answer of an HTTP/1.1 server, and keeps of it what a load generator needs.
class HttpAnswerReader
{
    Q_DISABLE_COPY_MOVE(HttpAnswerReader)

public:
    HttpAnswerReader();

    /// Reads on. True when the answer is complete; rest() then has what came behind it. The error
    /// says why it cannot be read.
    [[nodiscard]] std::expected<bool, QString> feed(QByteArrayView bytes);

    /// The server has closed the connection. Whether that completes the answer, which it does when
    /// the answer said nothing of its length.
    [[nodiscard]] bool finish();

    /// Whether nothing was read yet.
    [[nodiscard]] bool isEmpty() const { return m_headSize == 0; }

    [[nodiscard]] int status() const { return m_status; }
    /// Status and reason, for example "403 Forbidden".
    [[nodiscard]] QString statusLine() const;

    /// The value of the cookie `livetemplate-id` that was set; empty when it was not.
    [[nodiscard]] QByteArray cookie() const { return m_cookie; }
    /// The value of Sec-WebSocket-Accept.
    [[nodiscard]] QByteArray webSocketAccept() const { return m_webSocketAccept; }

    /// Whether another request may follow on the same connection.
    [[nodiscard]] bool keepsAlive() const { return m_keepsAlive; }

    [[nodiscard]] QByteArray rest() const { return m_rest; }

private:
    [[nodiscard]] static HttpAnswerReader &self(llhttp_t *parser);
    int appendTo(QByteArray &target, const char *at, std::size_t length);
    void takeHeader();

    llhttp_settings_t m_settings{};
    llhttp_t m_parser{};
    qsizetype m_headSize = 0;
    QByteArray m_reason;
    QByteArray m_name;
    QByteArray m_value;

    int m_status = 0;
    QByteArray m_cookie;
    QByteArray m_webSocketAccept;
    bool m_keepsAlive = false;
    bool m_complete = false;
    QByteArray m_rest;
};

} // namespace LiveTemplate::Load
