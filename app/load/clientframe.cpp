// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clientframe.h"

#include <QtEndian>

#include <array>
#include <limits>
#include <utility>

namespace LiveTemplate::Load {

namespace {

// RFC 6455, 5.2.
constexpr int finalFrame = 0x80;
constexpr int masked = 0x80;
constexpr int longestInSevenBits = 125;
constexpr int sixteenBitsFollow = 126;
constexpr int sixtyFourBitsFollow = 127;

template<typename Number>
void append(QByteArray &frame, Number number)
{
    std::array<char, sizeof number> bytes;
    qToBigEndian(number, bytes.data());
    frame.append(bytes.data(), qsizetype(bytes.size()));
}

} // namespace

QByteArray encodeClientFrame(Opcode opcode, QByteArrayView payload, quint32 mask)
{
    QByteArray frame;
    frame.reserve(payload.size() + 14);
    frame += char(finalFrame | std::to_underlying(opcode));
    if (payload.size() <= longestInSevenBits) {
        frame += char(masked | int(payload.size()));
    } else if (payload.size() <= std::numeric_limits<quint16>::max()) {
        frame += char(masked | sixteenBitsFollow);
        append(frame, quint16(payload.size()));
    } else {
        frame += char(masked | sixtyFourBitsFollow);
        append(frame, quint64(payload.size()));
    }
    append(frame, mask);
    const qsizetype maskStart = frame.size() - 4;
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += char(payload[i] ^ frame.at(maskStart + i % 4));
    return frame;
}

} // namespace LiveTemplate::Load
