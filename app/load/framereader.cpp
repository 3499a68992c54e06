// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "framereader.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <utility>

namespace LiveTemplate::Load {

namespace {

// RFC 6455, 5.2.
constexpr quint8 finalFrame = 0x80;
constexpr quint8 reservedBits = 0x70;
constexpr quint8 opcodeBits = 0x0f;
constexpr quint8 masked = 0x80;
constexpr quint8 lengthBits = 0x7f;
constexpr quint8 longestInSevenBits = 125;
constexpr quint8 sixteenBitsFollow = 126;

constexpr std::array knownOpcodes{Opcode::Continuation, Opcode::Text, Opcode::Binary,
                                  Opcode::Close,        Opcode::Ping, Opcode::Pong};

bool isControl(Opcode opcode)
{
    return opcode >= Opcode::Close;
}

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Load::FrameReader", text);
}

} // namespace

struct FrameReader::Head
{
    Opcode opcode = Opcode::Text;
    bool isFinal = true;
    qsizetype size = 0;
    quint64 payloadSize = 0;
};

void FrameReader::append(QByteArrayView bytes)
{
    m_bytes.remove(0, m_position);
    m_position = 0;
    m_bytes += bytes;
}

std::expected<std::optional<FrameReader::Message>, QString> FrameReader::next()
{
    for (;;) {
        const auto head = readHead();
        if (!head)
            return std::unexpected(head.error());
        const auto available = quint64(m_bytes.size() - m_position);
        if (!*head || quint64((*head)->size) + (*head)->payloadSize > available)
            return std::nullopt;
        auto message = take(**head);
        if (!message || *message)
            return message;
    }
}

std::expected<std::optional<FrameReader::Head>, QString> FrameReader::readHead() const
{
    const QByteArrayView bytes = QByteArrayView(m_bytes).sliced(m_position);
    if (bytes.size() < 2)
        return std::nullopt;
    const auto first = quint8(bytes[0]);
    const auto second = quint8(bytes[1]);
    Head head;
    head.opcode = Opcode(first & opcodeBits);
    head.isFinal = first & finalFrame;
    if (first & reservedBits)
        return std::unexpected(tr("The server sent a frame with reserved bits"));
    if (!std::ranges::contains(knownOpcodes, head.opcode))
        return std::unexpected(tr("The server sent a frame of an unknown kind"));
    if (second & masked)
        return std::unexpected(tr("The server sent a masked frame"));

    const quint8 length = second & lengthBits;
    if (isControl(head.opcode) && (!head.isFinal || length > longestInSevenBits))
        return std::unexpected(tr("The server sent a control frame that is too long"));
    const qsizetype lengthSize = length < sixteenBitsFollow ? 0
        : length == sixteenBitsFollow                       ? 2
                                                            : 8;
    head.size = 2 + lengthSize;
    if (bytes.size() < head.size)
        return std::nullopt;
    head.payloadSize = lengthSize == 0 ? length
        : lengthSize == 2              ? qFromBigEndian<quint16>(bytes.data() + 2)
                                       : qFromBigEndian<quint64>(bytes.data() + 2);
    const quint64 before = m_partial ? quint64(m_partial->payload.size()) : 0;
    if (head.payloadSize > maxMessageSize - before)
        return std::unexpected(tr("The server sent a message that is too long"));
    return head;
}

std::expected<std::optional<FrameReader::Message>, QString> FrameReader::take(const Head &head)
{
    const QByteArray payload = m_bytes.sliced(m_position + head.size, qsizetype(head.payloadSize));
    skip(head.size + payload.size());
    if (isControl(head.opcode))
        return Message{head.opcode, payload};
    if ((head.opcode == Opcode::Continuation) != m_partial.has_value())
        return std::unexpected(tr("The server mixed the frames of two messages"));
    if (!m_partial)
        m_partial = Message{head.opcode, {}};
    m_partial->payload += payload;
    return head.isFinal ? std::exchange(m_partial, std::nullopt) : std::nullopt;
}

void FrameReader::skip(qsizetype count)
{
    m_position += count;
    // Most often all is read: an idle connection keeps no memory.
    if (m_position == m_bytes.size()) {
        m_bytes = {};
        m_position = 0;
    }
}

} // namespace LiveTemplate::Load
