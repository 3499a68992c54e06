// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tablecolumns.h"

namespace LiveTemplate::Ui {

/// A table of what comes one after the other, the newest at the end: a ring that keeps the last
/// @c capacity rows and counts all. Rows have the key by which they came (1, 2, 3, …). While paused
/// the ring goes on; what is shown stays until the pause is over, with what the ring has lost
/// meanwhile counted.
///
/// The order is that of arrival, or by a column when the table is asked to sort.
template<typename Row>
class StreamTable : public TableModel
{
public:
    /// TableDefinition::key may be empty: the table numbers its rows.
    StreamTable(TableDefinition<Row> definition, qsizetype capacity, QObject *parent = nullptr);

    /// One call for many rows: at most ten times a second.
    void append(QList<Row> rows);
    void clear();

    /// Of a row that is shown.
    [[nodiscard]] const Row &row(int row) const;
    /// Rows that came since the table was made or cleared.
    [[nodiscard]] quint64 arrivedCount() const;
    /// Of them, those that the ring no longer has.
    [[nodiscard]] quint64 droppedCount() const;
};

} // namespace LiveTemplate::Ui
