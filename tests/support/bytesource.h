// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace LiveTemplate {

/// Choices read from bytes, so that a fuzzer or a seed decides what a generator makes. Zero is
/// what comes after the end, and generators give it their simplest meaning: fewer bytes make a
/// smaller result.
class ByteSource
{
public:
    explicit ByteSource(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    quint8 byte() { return m_next < m_bytes.size() ? quint8(m_bytes[m_next++]) : quint8(0); }

    /// From 0 to @p count - 1; @p count is at most 256.
    int below(int count) { return count > 1 ? byte() % count : 0; }

    /// True in about @p percent of all cases, and never after the end.
    bool chance(int percent) { return byte() * 100 >= (100 - percent) * 256; }

    /// One of @p items, the first after the end.
    template<typename Items>
    const auto &pick(const Items &items)
    {
        return items[below(int(std::size(items)))];
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_next = 0;
};

} // namespace LiveTemplate
