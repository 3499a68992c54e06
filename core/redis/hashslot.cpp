// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "hashslot_p.h"

#include <array>

namespace LiveTemplate {

namespace {

constexpr std::array<quint16, 256> makeTable()
{
    std::array<quint16, 256> table{};
    for (unsigned int byte = 0; byte < table.size(); ++byte) {
        unsigned int remainder = byte << 8;
        for (int bit = 0; bit < 8; ++bit)
            remainder = (remainder << 1) ^ ((remainder & 0x8000U) != 0 ? 0x1021U : 0U);
        table[byte] = quint16(remainder);
    }
    return table;
}

constexpr std::array<quint16, 256> table = makeTable();

} // namespace

int hashSlot(QByteArrayView key)
{
    if (const qsizetype open = key.indexOf('{'); open >= 0) {
        const qsizetype close = key.indexOf('}', open + 1);
        if (close > open + 1)
            key = key.sliced(open + 1, close - open - 1);
    }
    unsigned int remainder = 0;
    for (const char character : key) {
        const auto index = ((remainder >> 8) ^ static_cast<unsigned char>(character)) & 0xffU;
        remainder = ((remainder << 8) ^ table[index]) & 0xffffU;
    }
    return int(remainder) % hashSlotCount;
}

} // namespace LiveTemplate
