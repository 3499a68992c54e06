// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpanswer.h"
#include "rawsocket.h"
#include "websocketbytes.h"

#include <QJsonObject>

/// A WebSocket whose frames a test writes itself, so that they may be wrong.
class RawWebSocket
{
public:
    /// Opens one, and does not read beyond the answer to it.
    explicit RawWebSocket(quint16 port, const QByteArray &cookie = {},
                          RawSocket::Window window = RawSocket::Window::Usual);

    /// To the request to open.
    [[nodiscard]] const HttpAnswer &answer() const { return m_answer; }
    [[nodiscard]] bool isOpen() const { return m_answer.status == 101; }
    [[nodiscard]] RawSocket &socket() { return m_socket; }

    bool send(QByteArrayView bytes) { return m_socket.send(bytes); }
    bool sendText(const QByteArray &text) { return send(clientFrame(Opcode::Text, text)); }
    bool sendAction(const QByteArray &name, const QJsonObject &data = {});

    /// Waits for the next frame; nothing at the end, and when none comes.
    [[nodiscard]] std::optional<ServerFrame> nextFrame();
    /// The next text; empty when something else comes, or nothing.
    [[nodiscard]] QByteArray nextText();
    [[nodiscard]] QJsonObject nextJson();

    /// Reads to the end: the code of the server's close frame, 0 when it ends without one, -1 when
    /// it does not end.
    [[nodiscard]] int closeCode();

    /// Whether an action is answered. What was on its way before is passed over.
    [[nodiscard]] bool answersTo(const QByteArray &action);

private:
    RawSocket m_socket;
    HttpAnswer m_answer;
    QByteArray m_frames;
};
