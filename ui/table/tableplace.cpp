// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tableplace.h"

#include "tablemodel.h"
#include "tableview.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace LiveTemplate::Ui {

namespace {

// With more of them, an index for each that follows its row costs more than looking them up.
constexpr qsizetype maxSelectedToFollow = 100;

/// @p rows, in ascending order, as few ranges.
QItemSelection selectionOf(const QAbstractItemModel &model, const QList<int> &rows)
{
    QItemSelection selection;
    const int lastColumn = model.columnCount() - 1;
    for (qsizetype i = 0; i < rows.size();) {
        const int first = rows.at(i);
        int last = first;
        while (++i < rows.size() && rows.at(i) == last + 1)
            ++last;
        selection.append(QItemSelectionRange(model.index(first, 0), model.index(last, lastColumn)));
    }
    return selection;
}

QList<int> selectedRows(const QItemSelectionModel &selectionModel)
{
    QList<int> rows;
    for (const QItemSelectionRange &range : selectionModel.selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
    return rows;
}

} // namespace

TablePlace::TablePlace(TableModel &model, TableView &view)
    : QObject(&view)
    , m_model(model)
    , m_view(view)
{
    connect(&model, &TableModel::aboutToRefresh, this, &TablePlace::remember);
    connect(&model, &TableModel::refreshed, this, &TablePlace::restore);
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_isRefreshing)
            Q_EMIT selectionChanged();
    });
}

QList<QVariant> TablePlace::selectedKeys() const
{
    if (m_isRefreshing)
        return m_selected;
    QList<QVariant> keys;
    for (const int row : selectedRows(*m_view.selectionModel()))
        keys.append(m_model.index(row, 0).data(TableModel::KeyRole));
    return keys;
}

void TablePlace::remember()
{
    rememberScrolling();
    rememberSelection();
    m_isRefreshing = true;
    // The current row may go, and its neighbour is not to be scrolled to.
    m_view.setAutoScroll(false);
}

void TablePlace::restore()
{
    restoreSelection();
    restoreCurrent();
    restoreScrolling();
    m_view.setAutoScroll(true);
    m_isRefreshing = false;

    const qsizetype before = std::exchange(m_selected, {}).size();
    if (selectedRows(*m_view.selectionModel()).size() != before)
        Q_EMIT selectionChanged();
}

void TablePlace::rememberSelection()
{
    m_selected = selectedKeys();
    const QModelIndex current = m_view.currentIndex();
    m_current = current.data(TableModel::KeyRole);
    m_currentRow = current.row();
    m_currentColumn = current.column();
    if (m_selected.size() > maxSelectedToFollow) {
        const QSignalBlocker blocker(m_view.selectionModel());
        m_view.selectionModel()->clearSelection();
    }
}

void TablePlace::restoreSelection()
{
    QList<int> rows;
    for (const QVariant &key : std::as_const(m_selected)) {
        if (const int row = m_model.rowOf(key); row >= 0)
            rows.append(row);
    }
    std::ranges::sort(rows);
    if (rows == selectedRows(*m_view.selectionModel()))
        return;
    m_view.selectionModel()->select(selectionOf(m_model, rows),
                                    QItemSelectionModel::ClearAndSelect);
}

void TablePlace::restoreCurrent()
{
    if (m_currentRow < 0)
        return;
    int row = m_model.rowOf(m_current);
    if (row < 0) {
        // One that is near, so that the arrow keys go on from there.
        if (m_view.currentIndex().isValid())
            return;
        row = std::min(m_currentRow, m_model.rowCount() - 1);
    }
    const QModelIndex current = m_model.index(row, std::max(0, m_currentColumn));
    if (current != m_view.currentIndex())
        m_view.selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
}

void TablePlace::rememberScrolling()
{
    const QScrollBar *bar = m_view.verticalScrollBar();
    m_wasAtTop = bar->value() == bar->minimum();
    m_wasAtEnd = bar->value() == bar->maximum();
    m_seen.clear();
    if (m_wasAtTop || followsEnd())
        return;

    const int top = bar->value();
    const int bottom = std::min(top + bar->pageStep(), m_model.rowCount() - 1);
    const auto add = [this, top](int row) {
        m_seen.append(
            {.key = m_model.index(row, 0).data(TableModel::KeyRole), .distance = row - top});
    };
    // What one works with stays where it is, or else what one reads.
    if (const int current = m_view.currentIndex().row(); current >= top && current <= bottom)
        add(current);
    for (int row = top; row <= bottom; ++row)
        add(row);
}

void TablePlace::restoreScrolling()
{
    m_view.layOutNow();
    QScrollBar *bar = m_view.verticalScrollBar();
    if (followsEnd()) {
        bar->setValue(bar->maximum());
        return;
    }
    if (m_wasAtTop) {
        bar->setValue(bar->minimum());
        return;
    }
    for (const Seen &seen : std::as_const(m_seen)) {
        if (const int row = m_model.rowOf(seen.key); row >= 0) {
            bar->setValue(row - seen.distance);
            return;
        }
    }
    // A ring loses rows at its front, so what is nearest to them is there.
    if (m_isFollowing && !isSorted())
        bar->setValue(bar->minimum());
}

bool TablePlace::isSorted() const
{
    return m_view.horizontalHeader()->sortIndicatorSection() >= 0;
}

bool TablePlace::followsEnd() const
{
    // In another order the newest is anywhere.
    return m_isFollowing && m_wasAtEnd && !isSorted();
}

} // namespace LiveTemplate::Ui
