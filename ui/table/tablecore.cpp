// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tablecore.h"

#include <algorithm>

namespace LiveTemplate::Ui {

namespace {

// Each range costs a view about as much as drawing some rows; with more of them, starting anew is
// cheaper.
constexpr qsizetype maxRanges = 32;

struct Range
{
    int first = 0;
    int last = 0;
};

/// The ranges of rows from 0 to @p count - 1 for which @p holds.
template<typename Holds>
QList<Range> rangesOf(qsizetype count, Holds holds)
{
    QList<Range> ranges;
    for (int row = 0; row < count; ++row) {
        if (!holds(row))
            continue;
        if (!ranges.isEmpty() && ranges.last().last == row - 1)
            ranges.last().last = row;
        else
            ranges.append({.first = row, .last = row});
    }
    return ranges;
}

QList<Range> goingRanges(const QList<int> &targets)
{
    return rangesOf(targets.size(), [&targets](int row) { return targets.at(row) < 0; });
}

QList<Range> comingRanges(const QList<int> &targets, qsizetype count)
{
    std::vector<bool> isTarget(std::size_t(count), false);
    for (const int target : targets) {
        if (target >= 0)
            isTarget[std::size_t(target)] = true;
    }
    return rangesOf(count, [&isTarget](int row) { return !isTarget[std::size_t(row)]; });
}

} // namespace

int TableCore::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

void TableCore::sort(int column, Qt::SortOrder order)
{
    if (column >= columnCount())
        column = -1;
    if (m_sortColumn == column && m_sortOrder == order)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    applySort();
}

void TableCore::applyFilter()
{
    m_matcher = RowMatcher(filter(), filterChips());
    applyMatcher();
}

void TableCore::show(Change change)
{
    if (change.targets.isEmpty() && change.entries.size() == m_entries.size()) {
        showInPlace(change);
        return;
    }
    Q_EMIT aboutToRefresh();
    const qsizetype ranges = goingRanges(change.targets).size()
        + comingRanges(change.targets, change.entries.size()).size();
    if (ranges > maxRanges)
        showAnew(change);
    else
        showInSteps(change);
    Q_EMIT refreshed();
}

void TableCore::slide(int dropped, const QList<qint64> &added,
                      const std::function<void()> &replaceRows)
{
    const bool isChange = dropped > 0 || !added.isEmpty();
    if (isChange)
        Q_EMIT aboutToRefresh();
    if (dropped > 0)
        removeEntries(0, dropped);
    replaceRows();
    if (!added.isEmpty())
        insertEntries(rowCount(), added);
    if (isChange)
        Q_EMIT refreshed();
}

void TableCore::prepend(const QList<qint64> &entries)
{
    if (entries.isEmpty())
        return;
    Q_EMIT aboutToRefresh();
    insertEntries(0, entries);
    Q_EMIT refreshed();
}

void TableCore::setEntries(QList<qint64> entries)
{
    m_entries = std::move(entries);
    ++m_revision;
}

void TableCore::removeEntries(int first, int count)
{
    beginRemoveRows({}, first, first + count - 1);
    m_entries.remove(first, count);
    ++m_revision;
    endRemoveRows();
}

void TableCore::insertEntries(int first, const QList<qint64> &entries)
{
    beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    m_entries.insert(first, entries.size(), 0);
    std::ranges::copy(entries, m_entries.begin() + first);
    ++m_revision;
    endInsertRows();
}

void TableCore::showInPlace(Change &change)
{
    change.replaceRows();
    setEntries(std::move(change.entries));
    tellChanges(change.isChanged);
}

void TableCore::showAnew(Change &change)
{
    beginResetModel();
    change.replaceRows();
    setEntries(std::move(change.entries));
    endResetModel();
}

void TableCore::showInSteps(Change &change)
{
    removeGoing(change.targets);
    change.targets.removeIf([](int target) { return target < 0; });
    reorder(change.targets, change);
    insertComing(change);
    tellChanges(change.isChanged);
}

void TableCore::removeGoing(const QList<int> &targets)
{
    const QList<Range> ranges = goingRanges(targets);
    for (auto range = ranges.crbegin(); range != ranges.crend(); ++range) {
        removeEntries(range->first, range->last - range->first + 1);
    }
}

void TableCore::reorder(const QList<int> &targets, const Change &change)
{
    QList<int> inOrder = targets;
    std::ranges::sort(inOrder);
    QList<qint64> entries;
    entries.reserve(inOrder.size());
    for (const int target : std::as_const(inOrder))
        entries.append(change.entries.at(target));

    if (inOrder == targets) {
        change.replaceRows();
        setEntries(std::move(entries));
        return;
    }

    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    change.replaceRows();
    setEntries(std::move(entries));
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &old : before) {
        const auto place = std::ranges::lower_bound(inOrder, targets.at(old.row()));
        after.append(index(static_cast<int>(place - inOrder.begin()), old.column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void TableCore::insertComing(const Change &change)
{
    for (const Range &range : comingRanges(change.targets, change.entries.size())) {
        insertEntries(range.first,
                      change.entries.sliced(range.first, range.last - range.first + 1));
    }
}

void TableCore::tellChanges(const std::vector<bool> &isChanged)
{
    const QList<Range> ranges = rangesOf(qsizetype(isChanged.size()),
                                         [&](int row) { return isChanged[std::size_t(row)]; });
    if (ranges.isEmpty())
        return;
    const int lastColumn = columnCount() - 1;
    if (ranges.size() > maxRanges) {
        Q_EMIT dataChanged(index(ranges.first().first, 0), index(ranges.last().last, lastColumn));
        return;
    }
    for (const Range &range : ranges)
        Q_EMIT dataChanged(index(range.first, 0), index(range.last, lastColumn));
}

} // namespace LiveTemplate::Ui
