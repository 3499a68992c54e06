// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tablecolumns.h"

namespace LiveTemplate::Ui {

/// A table of things that come, change and go, each with a key. setRows() takes the whole of them
/// as they are now and finds out what changed, so that selection and scroll position stay.
///
/// 10,000 rows that all changed take some milliseconds: one pass to compare, one to sort.
template<typename Row>
class KeyedTable : public TableModel
{
public:
    explicit KeyedTable(TableDefinition<Row> definition, QObject *parent = nullptr);

    /// Two rows are the same when operator== says so.
    void setRows(QList<Row> rows);
    /// With those that the filter hides, in the order in which they were given.
    [[nodiscard]] const QList<Row> &rows() const;
    /// Of a row that is shown.
    [[nodiscard]] const Row &row(int row) const;
};

} // namespace LiveTemplate::Ui
