// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessiongroupspanel.h"

#include "connectiondetailspane.h"
#include "noticebar.h"
#include "sampletimer.h"
#include "server.h"
#include "servermonitor.h"
#include "sessionacts.h"
#include "symbolicicon.h"
#include "tablepanel.h"

#include <QAction>
#include <QScopedValueRollback>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Narrower, the two tables stand below each other.
constexpr int wideEnough = 760;

// In proportion, at first.
constexpr int groupsWidth = 480;
constexpr int connectionsWidth = 800;

} // namespace

SessionGroupsPanel::SessionGroupsPanel(const Server &server, ServerMonitor &monitor,
                                       const TabModel &tabs, Acts acts, QWidget *parent)
    : Panel(u"session-groups"_s, tr("Session Groups"), u"session-groups"_s, parent)
    , m_server(server)
    , m_monitor(monitor)
    , m_tabs(tabs)
    , m_groups(Ui::groupTable())
    , m_connections(Ui::connectionTable())
{
    m_notice = new NoticeBar;
    m_acts = new SessionActs(server, *m_notice, this);
    createTables();
    createActions(acts);
    createLayout();
    connect(&monitor, &ServerMonitor::snapshotTaken, this, &SessionGroupsPanel::showSnapshot);
    monitor.watchFor(this);
}

SessionGroupsPanel::~SessionGroupsPanel()
{
    delete m_all; // the tables go before their models
}

void SessionGroupsPanel::createTables()
{
    m_groupPanel = new TablePanel(m_groups, u"groups"_s, tr("Session groups"));
    m_groupPanel->showDetailsOnEnter();
    m_groupPanel->setEmptyText(
        tr("<p><b>Nobody is connected.</b></p><p>Open a page of this server in a tab, or in any "
           "browser. All tabs of one browser are one session group.</p>"));
    m_connectionPanel = new TablePanel(m_connections, u"connections"_s, tr("Connections"));
    m_connectionPanel->setEmptyText(
        tr("<p>Each open tab of a live page is a row here.</p><p>Press Enter on one to see its "
           "state.</p>"));
    m_details = new ConnectionDetailsPane(m_server);
    m_details->hide();

    connect(m_groupPanel, &TablePanel::selectionChanged, this,
            &SessionGroupsPanel::showConnections);
    connect(m_connectionPanel, &TablePanel::selectionChanged, this,
            &SessionGroupsPanel::reportSelection);
    connect(m_connectionPanel, &TablePanel::activated, this, &SessionGroupsPanel::openDetails);
    connect(m_details, &ConnectionDetailsPane::closeRequested, this,
            &SessionGroupsPanel::closeDetails);
}

QAction *SessionGroupsPanel::addAct(TablePanel *table, const QString &icon, const QString &text,
                                    const QString &toolTip, void (SessionGroupsPanel::*method)())
{
    auto *action = new QAction(symbolicIcon(icon), text, this);
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, method);
    table->addAction(action, true);
    m_actions.append(action);
    return action;
}

void SessionGroupsPanel::createActions(Acts acts)
{
    addAct(m_groupPanel, u"group-all"_s, tr("&Show All"),
           tr("Show the connections of all session groups"), &SessionGroupsPanel::showAll);
    if (acts == Acts::Offered)
        createGroupActs();
    addAct(m_connectionPanel, u"information"_s, tr("D&etails"),
           tr("Show the state and the last actions of the connection (Enter)"),
           &SessionGroupsPanel::openDetails);
    if (acts == Acts::Offered)
        createConnectionActs();
}

void SessionGroupsPanel::createGroupActs()
{
    addAct(m_groupPanel, u"trigger"_s, tr("&Trigger Action on Group…"),
           tr("Run an action on all tabs of the session group"),
           &SessionGroupsPanel::triggerOnGroups);
    addAct(m_groupPanel, u"disconnect"_s, tr("&Disconnect Group…"),
           tr("Close all connections of the session group"), &SessionGroupsPanel::disconnectGroup);
    addAct(m_groupPanel, u"forget"_s, tr("&Forget Session…"),
           tr("Remove what the session group has saved, and have its tabs begin anew"),
           &SessionGroupsPanel::forgetSession);
}

void SessionGroupsPanel::createConnectionActs()
{
    addAct(m_connectionPanel, u"trigger"_s, tr("&Trigger Action…"),
           tr("Run an action on the selected tabs"), &SessionGroupsPanel::triggerOnConnections);
    addAct(m_connectionPanel, u"disconnect"_s, tr("&Disconnect…"),
           tr("Close the selected connections"), &SessionGroupsPanel::disconnectConnections);
}

void SessionGroupsPanel::createLayout()
{
    m_tables = new QSplitter;
    m_tables->addWidget(m_groupPanel);
    m_tables->addWidget(m_connectionPanel);
    m_tables->setStretchFactor(0, 3);
    m_tables->setStretchFactor(1, 5);
    m_tables->setSizes({groupsWidth, connectionsWidth});
    m_tables->setChildrenCollapsible(false);
    m_all = new QSplitter(Qt::Vertical);
    m_all->addWidget(m_tables);
    m_all->addWidget(m_details);
    m_all->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_all, 1);
    setFocusProxy(m_connectionPanel);
}

QList<QAction *> SessionGroupsPanel::commands() const
{
    return m_actions;
}

void SessionGroupsPanel::save(QSettings &settings) const
{
    settings.setValue("groups", m_groupPanel->saveState());
    settings.setValue("connections", m_connectionPanel->saveState());
}

void SessionGroupsPanel::restore(QSettings &settings)
{
    m_groupPanel->restoreState(settings.value("groups").toByteArray());
    m_connectionPanel->restoreState(settings.value("connections").toByteArray());
}

void SessionGroupsPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    m_tables->setOrientation(width() >= wideEnough ? Qt::Horizontal : Qt::Vertical);
}

void SessionGroupsPanel::showSnapshot()
{
    if (!canBeSeen(this))
        return;
    m_rows = sessionRows(m_monitor.snapshot(), tabMarks(m_tabs));
    m_groups.setRows(m_rows.groups);
    showConnections();
    if (m_wantedTab)
        selectTab(*m_wantedTab);
    if (!m_details->isVisible())
        return;
    QHash<quint64, QString> names;
    for (const ConnectionRow &row : std::as_const(m_rows.connections)) {
        if (row.tab)
            names.insert(row.connection.id, row.name());
    }
    m_details->refresh(names);
}

void SessionGroupsPanel::showConnections()
{
    const QList<GroupRow> groups = selectedGroups();
    m_connections.setRows(groups.isEmpty() ? m_rows.connections : connectionsOf(groups));
}

QList<GroupRow> SessionGroupsPanel::selectedGroups() const
{
    QSet<QString> keys;
    for (const QVariant &key : m_groupPanel->selectedKeys())
        keys.insert(key.toString());
    QList<GroupRow> groups;
    if (keys.isEmpty())
        return groups;
    std::ranges::copy_if(m_rows.groups, std::back_inserter(groups),
                         [&keys](const GroupRow &row) { return keys.contains(row.id.value()); });
    return groups;
}

QList<ConnectionRow> SessionGroupsPanel::connectionsOf(const QList<GroupRow> &groups) const
{
    QSet<GroupId> ids;
    for (const GroupRow &group : groups)
        ids.insert(group.id);
    QList<ConnectionRow> rows;
    std::ranges::copy_if(m_rows.connections, std::back_inserter(rows),
                         [&ids](const ConnectionRow &row) {
                             return ids.contains(row.connection.groupId);
                         });
    return rows;
}

QList<ConnectionRow> SessionGroupsPanel::selectedConnections() const
{
    QSet<quint64> keys;
    for (const QVariant &key : m_connectionPanel->selectedKeys())
        keys.insert(key.toULongLong());
    QList<ConnectionRow> rows;
    std::ranges::copy_if(m_rows.connections, std::back_inserter(rows),
                         [&keys](const ConnectionRow &row) {
                             return keys.contains(row.connection.id);
                         });
    return rows;
}

void SessionGroupsPanel::reportSelection()
{
    const QList<ConnectionRow> selected = selectedConnections();
    if (selected.size() != 1)
        return;
    if (m_details->isVisible())
        openDetails();
    if (m_followsTabs)
        return;
    m_wantedTab.reset();
    if (selected.first().tab)
        Q_EMIT tabSelected(selected.first().tab->id);
}

void SessionGroupsPanel::selectTab(TabId tab)
{
    const auto found = std::ranges::find_if(m_rows.connections, [tab](const ConnectionRow &row) {
        return row.tab && row.tab->id == tab;
    });
    // A page connects a moment after its tab has come.
    m_wantedTab = found == m_rows.connections.end() ? std::optional(tab) : std::nullopt;
    if (m_wantedTab)
        return;
    const QScopedValueRollback follows(m_followsTabs, true);
    const quint64 id = found->connection.id;
    // A selected group must not hide it.
    if (m_connections.rowOf(id) < 0)
        showAll();
    m_connectionPanel->select(id);
}

void SessionGroupsPanel::openDetails()
{
    const QList<ConnectionRow> selected = selectedConnections();
    if (selected.isEmpty())
        return;
    m_details->setConnection(selected.first());
    m_details->show();
    showSnapshot();
}

void SessionGroupsPanel::closeDetails()
{
    m_details->hide();
    m_details->setConnection(std::nullopt);
    m_connectionPanel->setFocus();
}

void SessionGroupsPanel::showAll()
{
    m_groupPanel->view()->clearSelection();
    showConnections();
}

void SessionGroupsPanel::triggerOnGroups()
{
    m_acts->trigger(connectionsOf(selectedGroups()));
}

void SessionGroupsPanel::disconnectGroup()
{
    if (const QList<GroupRow> groups = selectedGroups(); !groups.isEmpty())
        m_acts->disconnectGroup(groups.first(), connectionsOf({groups.first()}));
}

void SessionGroupsPanel::forgetSession()
{
    if (const QList<GroupRow> groups = selectedGroups(); !groups.isEmpty())
        m_acts->forget(groups.first(), connectionsOf({groups.first()}));
}

void SessionGroupsPanel::triggerOnConnections()
{
    m_acts->trigger(selectedConnections());
}

void SessionGroupsPanel::disconnectConnections()
{
    m_acts->disconnectClients(selectedConnections());
}

} // namespace LiveTemplate::Ui
