// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tableview.h"

#include "tabledelegate.h"
#include "tablestyle.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QTextDocument>

#include <algorithm>

namespace LiveTemplate::Ui {

namespace {

constexpr int rowPadding = 6;
constexpr int noticeWidth = 420;

} // namespace

TableView::TableView(QWidget *parent)
    : QTableView(parent)
{
    auto *style = new TableStyle;
    style->setParent(this);
    setStyle(style);
    horizontalHeader()->setStyle(style);
    setItemDelegate(new TableDelegate(this));
    setAlternatingRowColors(true);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setCornerButtonEnabled(false);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollMode(ScrollPerPixel);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setTabKeyNavigation(false);
    // A row is the unit of scrolling, so that the first one is never cut.
    setVerticalScrollMode(ScrollPerItem);
    setWordWrap(false);

    // Rows that are measured one by one would cost a pass over all of them at each refresh.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + rowPadding);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    // Not activated(): in some styles that is a single click.
    connect(this, &QAbstractItemView::doubleClicked, this, &TableView::rowActivated);
}

void TableView::setNotice(const QString &text)
{
    if (m_notice == text)
        return;
    m_notice = text;
    viewport()->update();
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuWanted(event->reason() == QContextMenuEvent::Mouse ? event->globalPos()
                                                                  : menuPosition());
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    const bool isShifted = event->modifiers() == Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (currentIndex().isValid())
            Q_EMIT rowActivated(currentIndex());
        return;
    case Qt::Key_Escape:
        Q_EMIT escapePressed();
        return;
    // Not every platform makes a context menu event of these.
    case Qt::Key_Menu:
        Q_EMIT menuWanted(menuPosition());
        return;
    case Qt::Key_F10:
        if (isShifted) {
            Q_EMIT menuWanted(menuPosition());
            return;
        }
        break;
    default:
        break;
    }
    QTableView::keyPressEvent(event);
}

void TableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_notice.isEmpty() || (model() && model()->rowCount() > 0))
        return;

    QTextDocument document;
    document.setDefaultFont(font());
    document.setDefaultStyleSheet(
        QStringLiteral("* { color: %1; }").arg(palette().placeholderText().color().name()));
    document.setHtml(QStringLiteral("<center>%1</center>").arg(m_notice));
    document.setTextWidth(std::min(noticeWidth, viewport()->width() - 2 * rowPadding));
    QPainter painter(viewport());
    const QSizeF size = document.size();
    painter.translate((viewport()->width() - size.width()) / 2,
                      std::max(0.0, (viewport()->height() - size.height()) / 2));
    document.drawContents(&painter);
}

QPoint TableView::menuPosition() const
{
    const QRect row = visualRect(currentIndex());
    const QPoint place = row.isValid() && viewport()->rect().contains(row.center())
        ? row.bottomLeft()
        : QPoint();
    return viewport()->mapToGlobal(place);
}

} // namespace LiveTemplate::Ui
