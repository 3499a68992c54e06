// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tablestate.h"

#include "tablemodel.h"

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr auto columnsKey = "columns"_L1;
constexpr auto nameKey = "key"_L1;
constexpr auto widthKey = "width"_L1;
constexpr auto shownKey = "shown"_L1;
constexpr auto sortKey = "sort"_L1;
constexpr auto descendingKey = "descending"_L1;

// A file can be edited by hand.
constexpr int minWidth = 20;
constexpr int maxWidth = 2000;

int columnOf(const QList<ColumnTitle> &titles, const QString &key)
{
    const auto found = std::ranges::find(titles, key, &ColumnTitle::key);
    return found == titles.cend() ? -1 : static_cast<int>(found - titles.cbegin());
}

void restoreColumns(const QJsonArray &columns, const QList<ColumnTitle> &titles,
                    QHeaderView &header)
{
    int visual = 0;
    for (const QJsonValue &value : columns) {
        const QJsonObject saved = value.toObject();
        const int column = columnOf(titles, saved.value(nameKey).toString());
        if (column < 0)
            continue;
        header.moveSection(header.visualIndex(column), visual++);
        // The width of a hidden column is 0 until it is shown.
        header.showSection(column);
        if (const int width = saved.value(widthKey).toInt(); width > 0)
            header.resizeSection(column, std::clamp(width, minWidth, maxWidth));
        header.setSectionHidden(column, !saved.value(shownKey).toBool(true));
    }
    // Somebody must be able to ask for the others.
    if (header.hiddenSectionCount() == header.count())
        header.showSection(header.logicalIndex(0));
}

int widthOf(QHeaderView &header, int column)
{
    if (!header.isSectionHidden(column))
        return header.sectionSize(column);
    // There is no other way to ask.
    header.showSection(column);
    const int width = header.sectionSize(column);
    header.hideSection(column);
    return width;
}

} // namespace

QByteArray saveTableState(const TableModel &model, const QTableView &view)
{
    const QList<ColumnTitle> titles = model.columnTitles();
    QHeaderView &header = *view.horizontalHeader();
    QJsonArray columns;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        const bool isShown = !header.isSectionHidden(column);
        columns.append(QJsonObject{{nameKey, titles.at(column).key},
                                   {widthKey, widthOf(header, column)},
                                   {shownKey, isShown}});
    }
    QJsonObject state{{columnsKey, columns}};
    if (const int sorted = header.sortIndicatorSection(); sorted >= 0 && sorted < titles.size()) {
        state.insert(sortKey,
                     QJsonObject{{nameKey, titles.at(sorted).key},
                                 {descendingKey,
                                  header.sortIndicatorOrder() == Qt::DescendingOrder}});
    }
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void restoreTableState(const QByteArray &state, const TableModel &model, QTableView &view)
{
    const QJsonObject object = QJsonDocument::fromJson(state).object();
    if (object.isEmpty())
        return;
    const QList<ColumnTitle> titles = model.columnTitles();
    restoreColumns(object.value(columnsKey).toArray(), titles, *view.horizontalHeader());
    const QJsonObject sort = object.value(sortKey).toObject();
    view.sortByColumn(columnOf(titles, sort.value(nameKey).toString()),
                      sort.value(descendingKey).toBool() ? Qt::DescendingOrder
                                                         : Qt::AscendingOrder);
}

} // namespace LiveTemplate::Ui
