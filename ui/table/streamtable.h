// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "rowring.h"
#include "typedtable.h"

#include <QTimer>

namespace LiveTemplate::Ui {

/// A table of what comes one after the other, the newest at the end: a ring that keeps the last
/// @c capacity rows and counts all. Rows have the key by which they came (1, 2, 3, …). While paused
/// the ring goes on; what is shown stays until the pause is over, with what the ring has lost
/// meanwhile counted.
///
/// The order is that of arrival, or by a column when the table is asked to sort. A long stream is
/// searched from its end, some thousand rows at a time, so that nothing waits for it.
template<typename Row>
class StreamTable : public TypedTable<Row>
{
public:
    /// TableDefinition::key may be empty: the table numbers its rows.
    StreamTable(TableDefinition<Row> definition, qsizetype capacity, QObject *parent = nullptr)
        : TypedTable<Row>(std::move(definition), parent)
        , m_arrived(capacity)
        , m_shown(capacity)
    {
        m_searchTimer.setSingleShot(true);
        QObject::connect(&m_searchTimer, &QTimer::timeout, this, [this] { searchOn(); });
    }

    /// One call for many rows: at most ten times a second.
    void append(QList<Row> rows)
    {
        m_arrived.append(std::move(rows));
        if (!this->isPaused())
            showArrived();
        Q_EMIT this->countsChanged();
    }

    /// Also what is shown while paused.
    void clear()
    {
        m_arrived.clear();
        m_order.clear();
        m_searchTimer.stop();
        this->show({.entries = {},
                    .targets = QList<int>(this->entries().size(), -1),
                    .isChanged = {},
                    .replaceRows = [this] {
                        m_shown = m_arrived;
                    }});
        Q_EMIT this->countsChanged();
    }

    /// Rows that came since the table was made or cleared.
    [[nodiscard]] quint64 arrivedCount() const { return quint64(m_arrived.end() - 1); }
    /// Of them, those that the ring no longer has.
    [[nodiscard]] quint64 droppedCount() const { return quint64(m_arrived.first() - 1); }

    [[nodiscard]] qsizetype totalCount() const final { return m_shown.size(); }
    [[nodiscard]] qsizetype waitingCount() const final { return m_arrived.end() - m_shown.end(); }

    [[nodiscard]] int rowOf(const QVariant &key) const final
    {
        const qint64 number = key.toLongLong();
        if (number < m_shown.first() || number >= m_shown.end())
            return -1;
        const QList<qint64> &entries = this->entries();
        if (this->sortColumn() < 0)
            return rowAt(std::ranges::lower_bound(entries, number), number);
        // In the middle of a change the order is not that of the entries.
        if (m_order.size() != std::size_t(entries.size()))
            return rowAt(std::ranges::find(entries, number), number);
        const auto place = std::ranges::lower_bound(
            m_order, SortedEntry{.key = this->sortKey(m_shown.at(number)), .entry = number},
            SortedEntryLess{this->sortOrder()});
        return rowAt(entries.cbegin() + (place - m_order.cbegin()), number);
    }

    [[nodiscard]] TableExport takeExport() const final
    {
        return {.columns = this->columnTitles(),
                .rowCount = this->entries().size(),
                .value = [columns = this->definition().columns, rows = m_shown,
                          entries = this->entries()](qsizetype row, int column) {
                    return columns.at(column).value(rows.at(entries.at(row)));
                }};
    }

protected:
    [[nodiscard]] const Row &rowOfEntry(qint64 entry) const final { return m_shown.at(entry); }
    [[nodiscard]] QVariant keyOfEntry(qint64 entry) const final { return quint64(entry); }

    void applyMatcher() final
    {
        m_searchedFrom = m_shown.end();
        showNumbers(searchOlder(this->isUnfiltered() ? m_shown.size() : firstSearch));
        searchOnLater();
    }

    void applySort() final
    {
        QList<qint64> numbers = this->entries();
        std::ranges::sort(numbers);
        showNumbers(std::move(numbers));
    }

    void applyWaiting() final { showArrived(); }

private:
    int rowAt(QList<qint64>::const_iterator place, qint64 number) const
    {
        const QList<qint64> &entries = this->entries();
        return place != entries.cend() && *place == number
            ? static_cast<int>(place - entries.cbegin())
            : -1;
    }

    // What the GUI thread can search between two frames, and again while one does not wait for it.
    static constexpr qsizetype firstSearch = 20'000;
    static constexpr qsizetype nextSearch = 5'000;

    /// The numbers from @p first to @p end - 1 of rows of @p ring that are to be shown.
    [[nodiscard]] QList<qint64> matching(const RowRing<Row> &ring, qint64 first, qint64 end) const
    {
        QString buffer;
        QList<qint64> numbers;
        for (qint64 number = std::max(first, ring.first()); number < end; ++number) {
            if (this->isUnfiltered() || this->matches(ring.at(number), buffer))
                numbers.append(number);
        }
        return numbers;
    }

    /// @p numbers in the order in which they are to be shown.
    [[nodiscard]] std::vector<SortedEntry> sorted(const RowRing<Row> &ring,
                                                  const QList<qint64> &numbers) const
    {
        std::vector<SortedEntry> order;
        order.reserve(std::size_t(numbers.size()));
        for (const qint64 number : numbers)
            order.push_back({.key = this->sortKey(ring.at(number)), .entry = number});
        std::ranges::sort(order, SortedEntryLess{this->sortOrder()});
        return order;
    }

    /// Searches up to @p count rows that are older than those that were searched.
    [[nodiscard]] QList<qint64> searchOlder(qsizetype count)
    {
        const qint64 first = std::max(m_shown.first(), m_searchedFrom - count);
        return matching(m_shown, first, std::exchange(m_searchedFrom, first));
    }

    void searchOnLater()
    {
        if (m_searchedFrom > m_shown.first())
            m_searchTimer.start(0);
    }

    void searchOn()
    {
        const QList<qint64> found = searchOlder(nextSearch);
        if (this->sortColumn() < 0)
            this->prepend(found);
        else
            showMerged(sorted(m_shown, found), m_shown.first());
        searchOnLater();
        Q_EMIT this->countsChanged();
    }

    /// @p numbers are in the order of arrival.
    void showNumbers(QList<qint64> numbers)
    {
        std::vector<SortedEntry> order;
        if (this->sortColumn() >= 0) {
            order = sorted(m_shown, numbers);
            std::ranges::transform(order, numbers.begin(), &SortedEntry::entry);
        }
        QList<int> targets = this->targets(numbers);
        showOrder(std::move(order), std::move(numbers), std::move(targets));
    }

    /// Where the rows that are shown are in @p entries.
    [[nodiscard]] QList<int> targets(const QList<qint64> &entries) const
    {
        QList<int> rowOfNumber(m_shown.size(), -1);
        for (int row = 0; row < entries.size(); ++row)
            rowOfNumber[entries.at(row) - m_shown.first()] = row;
        QList<int> targets;
        targets.reserve(this->entries().size());
        for (const qint64 shown : this->entries())
            targets.append(rowOfNumber.at(shown - m_shown.first()));
        return targets;
    }

    /// @p order is empty when no column is sorted by.
    void showOrder(std::vector<SortedEntry> order, QList<qint64> entries, QList<int> targets)
    {
        m_order.clear();
        this->show({.entries = std::move(entries),
                    .targets = std::move(targets),
                    .isChanged = {},
                    .replaceRows = [this, &order] {
                        m_order = std::move(order);
                        if (!this->isPaused())
                            m_shown = m_arrived;
                    }});
    }

    /// After rows arrived.
    void showArrived()
    {
        const QList<qint64> added = matching(m_arrived, m_shown.end(), m_arrived.end());
        if (this->sortColumn() < 0) {
            const QList<qint64> &entries = this->entries();
            const auto kept = std::ranges::lower_bound(entries, m_arrived.first());
            this->slide(static_cast<int>(kept - entries.cbegin()), added,
                        [this] { m_shown = m_arrived; });
            return;
        }
        showMerged(sorted(m_arrived, added), m_arrived.first());
    }

    /// Without sorting anew what is in order. Rows before @p first go.
    void showMerged(std::vector<SortedEntry> added, qint64 first)
    {
        std::vector<SortedEntry> order;
        order.reserve(m_order.size() + added.size());
        QList<int> targets;
        targets.reserve(qsizetype(m_order.size()));
        const SortedEntryLess less{this->sortOrder()};
        auto next = added.begin();
        for (SortedEntry &kept : m_order) {
            if (kept.entry < first) {
                targets.append(-1);
                continue;
            }
            for (; next != added.end() && less(*next, kept); ++next)
                order.push_back(std::move(*next));
            targets.append(static_cast<int>(order.size()));
            order.push_back(std::move(kept));
        }
        order.insert(order.end(), std::move_iterator(next), std::move_iterator(added.end()));

        QList<qint64> entries;
        entries.reserve(qsizetype(order.size()));
        for (const SortedEntry &sorted : order)
            entries.append(sorted.entry);
        showOrder(std::move(order), std::move(entries), std::move(targets));
    }

    RowRing<Row> m_arrived;
    /// What entries() are of: while paused not all that arrived.
    RowRing<Row> m_shown;
    /// Of entries(), when a column is sorted by.
    std::vector<SortedEntry> m_order;
    /// From here on rows were searched; older ones are while the timer runs.
    qint64 m_searchedFrom = 1;
    QTimer m_searchTimer;
};

} // namespace LiveTemplate::Ui
