// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "frameguard_p.h"

#include <QtEndian>

#include <algorithm>
#include <limits>

namespace LiveTemplate {

namespace {

// RFC 6455, 5.2.
constexpr quint8 maskBit = 0x80;
constexpr quint8 lengthBits = 0x7f;
constexpr quint8 sixteenBitsFollow = 126;
constexpr quint8 sixtyFourBitsFollow = 127;
constexpr quint64 maskSize = 4;

} // namespace

bool FrameGuard::skip(quint64 bytes)
{
    if (bytes > m_toSkip)
        return false;
    m_toSkip -= bytes;
    return true;
}

bool FrameGuard::accept(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (m_toSkip > 0) {
            const auto skipped = std::min(m_toSkip, quint64(bytes.size()));
            m_toSkip -= skipped;
            bytes = bytes.sliced(qsizetype(skipped));
            continue;
        }
        if (!appendToHeader(bytes.front()))
            return false;
        bytes = bytes.sliced(1);
    }
    return true;
}

bool FrameGuard::appendToHeader(char byte)
{
    m_header[m_headerSize++] = quint8(byte);
    if (m_headerSize < 2)
        return true;
    if (!(m_header[1] & maskBit))
        return false;
    quint64 length = m_header[1] & lengthBits;
    if (length == sixteenBitsFollow) {
        if (m_headerSize < 4)
            return true;
        length = qFromBigEndian<quint16>(m_header.data() + 2);
    } else if (length == sixtyFourBitsFollow) {
        if (m_headerSize < 10)
            return true;
        length = qFromBigEndian<quint64>(m_header.data() + 2);
    }
    m_toSkip = std::min(length, std::numeric_limits<quint64>::max() - maskSize) + maskSize;
    m_headerSize = 0;
    return true;
}

} // namespace LiveTemplate
