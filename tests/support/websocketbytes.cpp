// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "websocketbytes.h"

#include <QtEndian>

#include <array>

namespace {

constexpr char finalBit = char(0x80);
constexpr char maskBit = char(0x80);
constexpr char sixteenBitsFollow = 126;
constexpr char sixtyFourBitsFollow = 127;
constexpr std::array<char, 4> mask{0x37, char(0xfa), 0x21, 0x3d}; // RFC 6455, 5.7

template<typename Integer>
QByteArray bigEndian(Integer value)
{
    QByteArray bytes(sizeof value, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray clientFrameHeader(char opcode, quint64 length, FrameBits bits)
{
    QByteArray header;
    header += char(opcode | bits.reserved | (bits.isFinal ? finalBit : 0));
    const char maskFlag = bits.isMasked ? maskBit : 0;
    if (length < 126) {
        header += char(maskFlag | char(length));
    } else if (length < 65536) {
        header += char(maskFlag | sixteenBitsFollow);
        header += bigEndian(quint16(length));
    } else {
        header += char(maskFlag | sixtyFourBitsFollow);
        header += bigEndian(length);
    }
    if (bits.isMasked)
        header.append(mask.data(), mask.size());
    return header;
}

QByteArray clientFrame(char opcode, const QByteArray &payload, FrameBits bits)
{
    QByteArray frame = clientFrameHeader(opcode, quint64(payload.size()), bits);
    if (!bits.isMasked)
        return frame + payload;
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += char(payload[i] ^ mask[std::size_t(i) % mask.size()]);
    return frame;
}

QByteArray closePayload(quint16 code, const QByteArray &reason)
{
    return bigEndian(code) + reason;
}

QByteArray upgradeRequest(const QByteArray &cookie, const QByteArray &more)
{
    return "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + (cookie.isEmpty() ? QByteArray() : "Cookie: " + cookie + "\r\n") + more + "\r\n";
}

std::optional<ServerFrame> takeFrame(QByteArray &bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    qsizetype start = 2;
    quint64 length = quint8(bytes[1]) & 0x7f;
    if (length == quint64(sixteenBitsFollow) || length == quint64(sixtyFourBitsFollow)) {
        start += length == quint64(sixteenBitsFollow) ? 2 : 8;
        if (bytes.size() < start)
            return std::nullopt;
        length = start == 4 ? qFromBigEndian<quint16>(bytes.constData() + 2)
                            : qFromBigEndian<quint64>(bytes.constData() + 2);
    }
    if (quint64(bytes.size() - start) < length)
        return std::nullopt;
    const ServerFrame frame{char(bytes[0] & 0x0f), (bytes[0] & finalBit) != 0,
                            bytes.sliced(start, qsizetype(length))};
    bytes.remove(0, start + qsizetype(length));
    return frame;
}
