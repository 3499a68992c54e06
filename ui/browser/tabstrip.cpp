// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tabstrip.h"

#include "tabmodel.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QScopedValueRollback>

namespace LiveTemplate::Ui {

TabStrip::TabStrip(TabModel &model, QWidget *parent)
    : QTabBar(parent)
    , m_model(model)
{
    setAccessibleName(tr("Tabs"));
    setDocumentMode(true);
    setElideMode(Qt::ElideRight);
    setExpanding(false);
    setMovable(true);
    setTabsClosable(true);
    setUsesScrollButtons(true);

    connect(&model, &TabModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { insertRows(first, last); });
    connect(&model, &TabModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { removeRows(first, last); });
    connect(&model, &TabModel::rowsMoved, this,
            [this](const QModelIndex &, int from, int, const QModelIndex &, int to) {
                moveRow(from, to > from ? to - 1 : to);
            });
    connect(&model, &TabModel::dataChanged, this,
            [this](const QModelIndex &index) { updateRow(index.row()); });
    connect(&model, &TabModel::currentChanged, this, &TabStrip::showCurrent);

    connect(this, &QTabBar::currentChanged, this, [this](int row) {
        if (m_leader == Leader::None && row >= 0)
            m_model.setCurrent(m_model.tabs().at(row).id);
    });
    connect(this, &QTabBar::tabCloseRequested, this,
            [this](int row) { m_model.close(m_model.tabs().at(row).id); });
    connect(this, &QTabBar::tabMoved, this, [this](int from, int to) {
        if (m_leader != Leader::None)
            return;
        const QScopedValueRollback lead(m_leader, Leader::Strip);
        m_model.move(from, to);
    });

    insertRows(0, model.rowCount() - 1);
    showCurrent();
}

void TabStrip::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const int row = isByKey ? currentIndex() : tabAt(event->pos());
    if (row < 0)
        return;
    const QPoint position = isByKey ? mapToGlobal(tabRect(row).center()) : event->globalPos();
    Q_EMIT menuRequested(m_model.tabs().at(row).id, position);
}

void TabStrip::mouseReleaseEvent(QMouseEvent *event)
{
    QTabBar::mouseReleaseEvent(event);
    const int row = tabAt(event->position().toPoint());
    if (event->button() == Qt::MiddleButton && row >= 0)
        m_model.close(m_model.tabs().at(row).id);
}

void TabStrip::insertRows(int first, int last)
{
    const QScopedValueRollback lead(m_leader, Leader::Model);
    for (int row = first; row <= last; ++row) {
        insertTab(row, QString());
        updateRow(row);
    }
}

void TabStrip::removeRows(int first, int last)
{
    const QScopedValueRollback lead(m_leader, Leader::Model);
    for (int row = last; row >= first; --row)
        removeTab(row);
}

void TabStrip::updateRow(int row)
{
    const QModelIndex index = m_model.index(row);
    // A single ampersand would mark a shortcut.
    setTabText(row, index.data(Qt::DisplayRole).toString().replace(u'&', QStringLiteral("&&")));
    setTabIcon(row, index.data(Qt::DecorationRole).value<QIcon>());
    setTabToolTip(row, index.data(Qt::ToolTipRole).toString());
    setAccessibleTabName(row, index.data(Qt::AccessibleTextRole).toString());
}

void TabStrip::moveRow(int from, int to)
{
    if (m_leader == Leader::Strip)
        return;
    const QScopedValueRollback lead(m_leader, Leader::Model);
    moveTab(from, to);
}

void TabStrip::showCurrent()
{
    const QScopedValueRollback lead(m_leader, Leader::Model);
    if (const auto current = m_model.current())
        setCurrentIndex(m_model.row(*current));
}

} // namespace LiveTemplate::Ui
