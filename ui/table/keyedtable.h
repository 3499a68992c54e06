// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tablekey.h"
#include "typedtable.h"

#include <QHash>

#include <optional>

namespace LiveTemplate::Ui {

/// A table of things that come, change and go, each with a key. setRows() takes the whole of them
/// as they are now and finds out what changed, so that selection and scroll position stay.
///
/// 10,000 rows that all changed take some milliseconds: one pass to compare, one to sort.
template<typename Row>
class KeyedTable : public TypedTable<Row>
{
public:
    explicit KeyedTable(TableDefinition<Row> definition, QObject *parent = nullptr)
        : TypedTable<Row>(std::move(definition), parent)
    {
    }

    /// Two rows are the same when operator== says so.
    void setRows(QList<Row> rows)
    {
        if (this->isPaused()) {
            m_waiting = std::move(rows);
            m_waitingCount = countNew(*m_waiting);
        } else {
            showRows(std::move(rows));
        }
        Q_EMIT this->countsChanged();
    }

    /// With those that the filter hides, in the order in which they were given.
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }

    [[nodiscard]] qsizetype totalCount() const final { return m_rows.size(); }

    [[nodiscard]] qsizetype waitingCount() const final { return m_waitingCount; }

    [[nodiscard]] int rowOf(const QVariant &key) const final
    {
        if (m_revisionOfKeys != this->revision()) {
            m_revisionOfKeys = this->revision();
            const QList<qint64> &entries = this->entries();
            m_rowOfKey.clear();
            m_rowOfKey.reserve(entries.size());
            for (int row = 0; row < entries.size(); ++row)
                m_rowOfKey.insert(keyOf(m_rows.at(entries.at(row))), row);
        }
        return m_rowOfKey.value(TableKey(key), -1);
    }

    [[nodiscard]] TableExport takeExport() const final
    {
        return {.columns = this->columnTitles(),
                .rowCount = this->entries().size(),
                .value = [columns = this->definition().columns, rows = m_rows,
                          entries = this->entries()](qsizetype row, int column) {
                    return columns.at(column).value(rows.at(entries.at(row)));
                }};
    }

protected:
    [[nodiscard]] const Row &rowOfEntry(qint64 entry) const final { return m_rows.at(entry); }
    [[nodiscard]] QVariant keyOfEntry(qint64 entry) const final
    {
        return this->definition().key(m_rows.at(entry));
    }

    void applyMatcher() final { showRows(m_rows); }
    void applySort() final { showRows(m_rows); }
    void applyWaiting() final
    {
        if (m_waiting)
            showRows(*std::exchange(m_waiting, std::nullopt));
        m_waitingCount = 0;
    }

private:
    [[nodiscard]] TableKey keyOf(const Row &row) const
    {
        return TableKey(this->definition().key(row));
    }

    void showRows(QList<Row> rows)
    {
        TableCore::Change change;
        change.entries = arrange(rows);
        if (!areInPlace(rows, change.entries))
            change.targets = targets(rows, change.entries);
        change.isChanged = changes(rows, change);
        change.replaceRows = [this, &rows] {
            m_rows = std::move(rows);
        };
        this->show(std::move(change));
    }

    [[nodiscard]] qsizetype countNew(const QList<Row> &rows) const
    {
        QSet<TableKey> known;
        known.reserve(m_rows.size());
        for (const Row &row : m_rows)
            known.insert(keyOf(row));
        return std::ranges::count_if(rows,
                                     [&](const Row &row) { return !known.contains(keyOf(row)); });
    }

    /// The indices of the rows to show, in their order.
    [[nodiscard]] QList<qint64> arrange(const QList<Row> &rows) const
    {
        QString buffer;
        QList<qint64> entries;
        entries.reserve(rows.size());
        for (qsizetype index = 0; index < rows.size(); ++index) {
            if (this->isUnfiltered() || this->matches(rows.at(index), buffer))
                entries.append(index);
        }
        if (this->sortColumn() < 0)
            return entries;

        std::vector<SortedEntry> sorted;
        sorted.reserve(std::size_t(entries.size()));
        for (const qint64 entry : std::as_const(entries))
            sorted.push_back({.key = this->sortKey(rows.at(entry)), .entry = entry});
        std::ranges::sort(sorted, SortedEntryLess{this->sortOrder()});
        std::ranges::transform(sorted, entries.begin(), &SortedEntry::entry);
        return entries;
    }

    /// Whether the rows that are shown are those of @p entries in the same order.
    [[nodiscard]] bool areInPlace(const QList<Row> &rows, const QList<qint64> &entries) const
    {
        return std::ranges::equal(this->entries(), entries, [&](qint64 shown, qint64 entry) {
            return this->definition().key(m_rows.at(shown))
                == this->definition().key(rows.at(entry));
        });
    }

    /// See TableCore::Change. A key that is there twice names the first of its rows only.
    [[nodiscard]] QList<int> targets(const QList<Row> &rows, const QList<qint64> &entries) const
    {
        QHash<TableKey, int> rowOfKey;
        rowOfKey.reserve(entries.size());
        for (qsizetype row = entries.size() - 1; row >= 0; --row)
            rowOfKey.insert(keyOf(rows.at(entries.at(row))), static_cast<int>(row));

        QList<int> targets;
        targets.reserve(this->entries().size());
        for (const qint64 shown : this->entries()) {
            const auto found = rowOfKey.find(keyOf(m_rows.at(shown)));
            targets.append(found == rowOfKey.end() ? -1 : std::exchange(*found, -1));
        }
        return targets;
    }

    [[nodiscard]] std::vector<bool> changes(const QList<Row> &rows,
                                            const TableCore::Change &change) const
    {
        std::vector<bool> changed(std::size_t(change.entries.size()), false);
        if (rows.constData() == m_rows.constData())
            return changed;
        for (int row = 0; row < this->entries().size(); ++row) {
            const int target = change.targets.isEmpty() ? row : change.targets.at(row);
            if (target >= 0) {
                changed[std::size_t(target)] = !(m_rows.at(this->entry(row))
                                                 == rows.at(change.entries.at(target)));
            }
        }
        return changed;
    }

    QList<Row> m_rows;
    std::optional<QList<Row>> m_waiting;
    qsizetype m_waitingCount = 0;
    /// Made when somebody asks, for the entries of a revision.
    mutable QHash<TableKey, int> m_rowOfKey;
    mutable quint64 m_revisionOfKeys = 0;
};

} // namespace LiveTemplate::Ui
