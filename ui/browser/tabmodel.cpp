// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tabmodel.h"

#include <algorithm>
#include <utility>

namespace LiveTemplate::Ui {

namespace {

// More than anybody remembers; the list must have an end.
constexpr qsizetype maxClosedTabs = 50;

} // namespace

TabModel::TabModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int TabModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tabs.size());
}

QVariant TabModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};

    const Tab &tab = m_tabs.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return tab.title.isEmpty() ? tab.url.toDisplayString() : tab.title;
    case Qt::DecorationRole:
        return browserIcon(tab.browser);
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(tab.title, browserName(tab.browser));
    case Qt::ToolTipRole:
        return tab.sessionGroup.isEmpty()
            ? tr("%1\n%2").arg(tab.title, browserName(tab.browser))
            : tr("%1\n%2, session group %3")
                  .arg(tab.title, browserName(tab.browser), tab.sessionGroup);
    case IdRole:
        return std::to_underlying(tab.id);
    case BrowserRole:
        return std::to_underlying(tab.browser);
    case UrlRole:
        return tab.url;
    case SessionGroupRole:
        return tab.sessionGroup;
    case ConnectionLabelRole:
        return tab.connectionLabel;
    default:
        return {};
    }
}

QHash<int, QByteArray> TabModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{IdRole, "id"},
                  {BrowserRole, "browser"},
                  {UrlRole, "url"},
                  {SessionGroupRole, "sessionGroup"},
                  {ConnectionLabelRole, "connectionLabel"}});
    return names;
}

const Tab *TabModel::tab(TabId id) const
{
    const auto found = std::ranges::find(m_tabs, id, &Tab::id);
    return found == m_tabs.cend() ? nullptr : &*found;
}

int TabModel::row(TabId id) const
{
    const Tab *found = tab(id);
    return found ? static_cast<int>(found - m_tabs.constData()) : -1;
}

TabId TabModel::open(BrowserId browser, const QUrl &url)
{
    Tab tab;
    tab.id = TabId{++m_lastId};
    tab.browser = browser;
    tab.url = url;
    insert(rowCount(), tab);
    return tab.id;
}

void TabModel::close(TabId id)
{
    const int closedRow = row(id);
    if (closedRow < 0)
        return;

    beginRemoveRows({}, closedRow, closedRow);
    m_closed.append({.tab = m_tabs.takeAt(closedRow), .row = closedRow});
    if (m_closed.size() > maxClosedTabs)
        m_closed.removeFirst();
    const bool wasCurrent = m_current == id;
    if (m_tabs.isEmpty())
        m_current.reset();
    else if (wasCurrent)
        m_current = m_tabs.at(std::min(closedRow, rowCount() - 1)).id;
    endRemoveRows();

    if (wasCurrent)
        Q_EMIT currentChanged();
    Q_EMIT canReopenChanged();
}

std::optional<TabId> TabModel::reopenClosed()
{
    if (m_closed.isEmpty())
        return std::nullopt;

    ClosedTab closed = m_closed.takeLast();
    closed.tab.id = TabId{++m_lastId};
    closed.tab.connectionLabel.clear(); // its view is a new one
    insert(std::min(closed.row, rowCount()), closed.tab);
    setCurrent(closed.tab.id);
    Q_EMIT canReopenChanged();
    return closed.tab.id;
}

void TabModel::move(int from, int to)
{
    if (from == to)
        return;
    // Qt counts the destination before the row is taken out.
    if (!beginMoveRows({}, from, from, {}, to > from ? to + 1 : to))
        return;
    m_tabs.move(from, to);
    endMoveRows();
}

TabId TabModel::moveToBrowser(TabId id, BrowserId browser)
{
    const int oldRow = row(id);
    if (oldRow < 0 || m_tabs.at(oldRow).browser == browser)
        return id;
    Tab moved = m_tabs.at(oldRow);
    moved.id = TabId{++m_lastId};
    moved.browser = browser;
    moved.sessionGroup.clear();
    moved.connectionLabel.clear();
    // First the new one, so that there is always a current tab.
    insert(oldRow + 1, moved);
    if (m_current == id)
        setCurrent(moved.id);
    beginRemoveRows({}, oldRow, oldRow);
    m_tabs.removeAt(oldRow);
    endRemoveRows();
    return moved.id;
}

void TabModel::setUrl(TabId id, const QUrl &url)
{
    set(id, &Tab::url, url, {UrlRole, Qt::DisplayRole});
}

void TabModel::setTitle(TabId id, const QString &title)
{
    set(id, &Tab::title, title, {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

void TabModel::setSessionGroup(TabId id, const QString &group)
{
    set(id, &Tab::sessionGroup, group, {SessionGroupRole, Qt::ToolTipRole});
}

void TabModel::setConnectionLabel(TabId id, const QString &label)
{
    set(id, &Tab::connectionLabel, label, {ConnectionLabelRole});
}

void TabModel::setCurrent(TabId id)
{
    if (m_current == id || !tab(id))
        return;
    m_current = id;
    Q_EMIT currentChanged();
}

void TabModel::step(int distance)
{
    const int count = rowCount();
    if (!m_current || count == 0)
        return;
    const int target = (row(*m_current) + distance % count + count) % count;
    setCurrent(m_tabs.at(target).id);
}

void TabModel::insert(int row, const Tab &tab)
{
    beginInsertRows({}, row, row);
    m_tabs.insert(row, tab);
    endInsertRows();
    if (!m_current)
        setCurrent(tab.id);
}

template<typename Value>
void TabModel::set(TabId id, Value Tab::*member, const Value &value, const QList<int> &roles)
{
    const int changedRow = row(id);
    if (changedRow < 0 || m_tabs.at(changedRow).*member == value)
        return;
    m_tabs[changedRow].*member = value;
    Q_EMIT dataChanged(index(changedRow), index(changedRow), roles);
}

} // namespace LiveTemplate::Ui
