// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "celltext.h"
#include "sortkey.h"
#include "tablecolumns.h"
#include "tablecore.h"

#include <utility>

namespace LiveTemplate::Ui {

/// The part of KeyedTable and StreamTable that knows the columns.
template<typename Row>
class TypedTable : public TableCore
{
public:
    [[nodiscard]] QList<ColumnTitle> columnTitles() const final
    {
        QList<ColumnTitle> titles;
        for (const TableColumn<Row> &column : m_definition.columns)
            titles.append(column.title);
        return titles;
    }

    [[nodiscard]] QList<FilterChip> filterChips() const final
    {
        QList<FilterChip> chips;
        for (const TableChip<Row> &chip : m_definition.chips)
            chips.append(chip.chip);
        return chips;
    }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_definition.columns.size());
    }

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const final
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const ColumnTitle &title = m_definition.columns.at(section).title;
        switch (role) {
        case Qt::DisplayRole:
            return title.title;
        case Qt::ToolTipRole:
            return title.toolTip;
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(title.alignment);
        default:
            return {};
        }
    }

    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const final
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const qint64 found = entry(index.row());
        if (role == KeyRole)
            return keyOfEntry(found);
        return cellData(rowOfEntry(found), m_definition.columns.at(index.column()), role);
    }

    /// Of a row that is shown.
    [[nodiscard]] const Row &row(int row) const { return rowOfEntry(entry(row)); }

    /// Besides the filter only rows are shown for which @p holds says so; empty: all. For what the
    /// panel around the table lets one choose.
    void narrow(std::function<bool(const Row &)> holds)
    {
        m_narrowing = std::move(holds);
        applyMatcher();
        Q_EMIT countsChanged();
    }

protected:
    explicit TypedTable(TableDefinition<Row> definition, QObject *parent)
        : TableCore(parent)
        , m_definition(std::move(definition))
    {
    }

    [[nodiscard]] virtual const Row &rowOfEntry(qint64 entry) const = 0;
    [[nodiscard]] virtual QVariant keyOfEntry(qint64 entry) const = 0;

    [[nodiscard]] const TableDefinition<Row> &definition() const { return m_definition; }

    [[nodiscard]] bool isUnfiltered() const { return !m_narrowing && matcher().isEmpty(); }

    /// @p buffer is for text, so that not every row needs memory of its own.
    [[nodiscard]] bool matches(const Row &row, QString &buffer) const
    {
        if (m_narrowing && !m_narrowing(row))
            return false;
        const RowMatcher &wanted = matcher();
        if (!wanted.matchesChips(
                [&](qsizetype chip) { return m_definition.chips.at(chip).holds(row); }))
            return false;
        if (!wanted.needsText())
            return true;
        buffer.resize(0);
        for (const TableColumn<Row> &column : m_definition.columns) {
            buffer += text(row, column);
            buffer += u' ';
        }
        return wanted.matchesText(buffer);
    }

    [[nodiscard]] SortKey sortKey(const Row &row) const
    {
        return SortKey(m_definition.columns.at(sortColumn()).value(row));
    }

private:
    static QString text(const Row &row, const TableColumn<Row> &column)
    {
        return column.text ? column.text(row) : cellText(column.value(row));
    }

    static QVariant cellData(const Row &row, const TableColumn<Row> &column, int role)
    {
        switch (role) {
        case Qt::DisplayRole:
            return text(row, column);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.title.alignment);
        case Qt::ToolTipRole:
            return column.toolTip ? QVariant(column.toolTip(row)) : QVariant();
        case Qt::DecorationRole:
            return column.decoration ? column.decoration(row) : QVariant();
        case Qt::ForegroundRole:
            return column.foreground ? column.foreground(row) : QVariant();
        case extraRole:
            return column.extra ? column.extra(row) : QVariant();
        case ValueRole:
            return column.value(row);
        default:
            return {};
        }
    }

    TableDefinition<Row> m_definition;
    std::function<bool(const Row &)> m_narrowing;
};

/// A row's place in an order, and what finds it.
struct SortedEntry
{
    SortKey key;
    qint64 entry = 0;
};

/// Rows with equal keys stay in the order of their entries, in both directions.
struct SortedEntryLess
{
    Qt::SortOrder order = Qt::AscendingOrder;

    bool operator()(const SortedEntry &left, const SortedEntry &right) const
    {
        const std::strong_ordering compared = left.key.compare(right.key);
        if (compared == std::strong_ordering::equal)
            return left.entry < right.entry;
        return (compared == std::strong_ordering::less) == (order == Qt::AscendingOrder);
    }
};

} // namespace LiveTemplate::Ui
