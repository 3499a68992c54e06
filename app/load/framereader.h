// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "clientframe.h"

#include <QString>

#include <expected>
#include <optional>

namespace LiveTemplate::Load {

/// Puts together what a server sends over a WebSocket, however it was cut into pieces on its way.
class FrameReader
{
public:
    struct Message
    {
        /// Text or Binary, or a control frame: Close, Ping or Pong.
        Opcode opcode = Opcode::Text;
        QByteArray payload;

        bool operator==(const Message &) const = default;
    };

    /// Longest message, in bytes.
    static constexpr quint64 maxMessageSize = 64 * 1024 * 1024;

    void append(QByteArrayView bytes);

    /// The next message; nothing when it is not all there yet. The error says which rule of RFC
    /// 6455 the server broke, after which nothing more can be read.
    [[nodiscard]] std::expected<std::optional<Message>, QString> next();

private:
    struct Head;

    [[nodiscard]] std::expected<std::optional<Head>, QString> readHead() const;
    [[nodiscard]] std::expected<std::optional<Message>, QString> take(const Head &head);
    void skip(qsizetype count);

    QByteArray m_bytes;
    /// How much of them was read.
    qsizetype m_position = 0;
    /// The message whose frames are coming.
    std::optional<Message> m_partial;
};

} // namespace LiveTemplate::Load
