// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tabledelegate.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QStyle>
#include <QTextDocument>
#include <QToolTip>

namespace LiveTemplate::Ui {

bool TableDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                              const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.data(Qt::ToolTipRole).toString().isEmpty())
        return QStyledItemDelegate::helpEvent(event, view, option, index);

    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QRect place = view->style()->subElementRect(QStyle::SE_ItemViewItemText, &cell, view);
    const int margin = view->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, view) + 1;
    const bool isWhole = cell.fontMetrics.horizontalAdvance(cell.text) <= place.width() - 2 * margin
        && !cell.text.contains(QChar::LineSeparator);
    // What is plain text must not be taken for rich text.
    QToolTip::showText(event->globalPos(),
                       isWhole ? QString() : Qt::convertFromPlainText(index.data().toString()),
                       view);
    return true;
}

void TableDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (option->displayAlignment.testFlag(Qt::AlignRight))
        option->font.setFeature("tnum", 1);
}

} // namespace LiveTemplate::Ui
