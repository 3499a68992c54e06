// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "rowmatcher.h"
#include "tablemodel.h"

#include <functional>
#include <vector>

namespace LiveTemplate::Ui {

/// What KeyedTable and StreamTable have in common that does not depend on the type of a row: which
/// rows are shown and how the views are told that others are.
class TableCore : public TableModel
{
    Q_OBJECT

public:
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final;
    /// The order of the rows themselves for column -1.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) final;

protected:
    /// What is to be shown instead of what is shown.
    struct Change
    {
        /// See entries().
        QList<qint64> entries;
        /// For each row that is shown now its row after the change, or -1 when it goes. Empty when
        /// the rows stay where they are.
        QList<int> targets;
        /// By row after the change: whether something in it is another than before. May be empty.
        std::vector<bool> isChanged;
        /// Puts the new rows in the place of the old ones. Called once: the entries are of old rows
        /// before and of new ones after it.
        std::function<void()> replaceRows;
    };

    using TableModel::TableModel;

    /// By row of the table what the derived class finds its row with: an index or a number.
    [[nodiscard]] const QList<qint64> &entries() const { return m_entries; }
    [[nodiscard]] qint64 entry(int row) const { return m_entries.at(row); }

    /// Another one whenever entries() are others.
    [[nodiscard]] quint64 revision() const { return m_revision; }

    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }
    [[nodiscard]] const RowMatcher &matcher() const { return m_matcher; }

    /// Tells the views as little as is true: cells, ranges of rows that come and go, another order;
    /// or that everything is another when there are too many ranges.
    void show(Change change);
    /// The same for the frequent case: the first @p dropped rows go, @p added come at the end.
    void slide(int dropped, const QList<qint64> &added, const std::function<void()> &replaceRows);
    /// The same for rows that come before all others.
    void prepend(const QList<qint64> &entries);

    /// Show what matcher() lets through.
    virtual void applyMatcher() = 0;
    /// Sort by sortColumn() and sortOrder().
    virtual void applySort() = 0;

    void applyFilter() final;

private:
    void setEntries(QList<qint64> entries);
    void removeEntries(int first, int count);
    void insertEntries(int first, const QList<qint64> &entries);
    void showInPlace(Change &change);
    void showAnew(Change &change);
    void showInSteps(Change &change);
    void removeGoing(const QList<int> &targets);
    void reorder(const QList<int> &targets, const Change &change);
    void insertComing(const Change &change);
    void tellChanges(const std::vector<bool> &isChanged);

    QList<qint64> m_entries;
    quint64 m_revision = 0;
    RowMatcher m_matcher;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace LiveTemplate::Ui
