// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tabletext.h"

#include <QAbstractItemModel>
#include <QHeaderView>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

QString oneCell(QString text)
{
    for (QChar &character : text) {
        if (character == u'\t' || character == u'\n' || character == u'\r')
            character = u' ';
    }
    return text;
}

} // namespace

QList<int> shownColumns(const QHeaderView &header)
{
    QList<int> columns;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        if (!header.isSectionHidden(column))
            columns.append(column);
    }
    return columns;
}

QString tabSeparatedText(const QAbstractItemModel &model, const QList<int> &rows,
                         const QList<int> &columns)
{
    QStringList lines;
    QStringList cells;
    if (rows.size() > 1) {
        for (const int column : columns)
            cells.append(oneCell(model.headerData(column, Qt::Horizontal).toString()));
        lines.append(cells.join(u'\t'));
    }
    for (const int row : rows) {
        cells.clear();
        for (const int column : columns)
            cells.append(oneCell(model.index(row, column).data().toString()));
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

} // namespace LiveTemplate::Ui
