// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

#include <algorithm>

namespace LiveTemplate::Ui {

/// The last rows of many, numbered from 1 on in the order in which they came.
///
/// It is a value that is cheap to copy: rows are kept in chunks that copies share. A copy does not
/// see what comes later, and may be read in another thread.
template<typename Row>
class RowRing
{
public:
    /// Keeps @p capacity rows, at least one.
    explicit RowRing(qsizetype capacity)
        : m_capacity(std::max<qsizetype>(1, capacity))
    {
    }

    /// The number of the first row that is still there; end() when there is none.
    [[nodiscard]] qint64 first() const { return std::max(m_end - m_capacity, qint64(1)); }
    /// The number that the next row gets.
    [[nodiscard]] qint64 end() const { return m_end; }
    [[nodiscard]] qsizetype size() const { return m_end - first(); }

    /// The row with a number from first() to end() - 1.
    [[nodiscard]] const Row &at(qint64 number) const
    {
        const qint64 place = number - m_start;
        return m_chunks.at(place / chunkSize).at(place % chunkSize);
    }

    void append(QList<Row> rows)
    {
        for (Row &row : rows) {
            if ((m_end - m_start) % chunkSize == 0) {
                m_chunks.emplaceBack();
                m_chunks.last().reserve(chunkSize);
            }
            m_chunks.last().append(std::move(row));
            ++m_end;
        }
        while (m_start + chunkSize <= first()) {
            m_chunks.removeFirst();
            m_start += chunkSize;
        }
    }

    void clear() { *this = RowRing(m_capacity); }

private:
    // One chunk more than the capacity is kept, and one is copied when it is appended to while a
    // copy of the ring shares it: both are little at this size.
    static constexpr qsizetype chunkSize = 1024;

    qsizetype m_capacity;
    QList<QList<Row>> m_chunks;
    /// The number of the first row of the first chunk.
    qint64 m_start = 1;
    qint64 m_end = 1;
};

} // namespace LiveTemplate::Ui
