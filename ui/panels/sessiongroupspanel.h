// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "panel.h"
#include "sessiontables.h"

#include <QHash>
#include <QSet>

class QSplitter;

namespace LiveTemplate {
class Server;
}

namespace LiveTemplate::Ui {

class ConnectionDetailsPane;
class NoticeBar;
class ServerMonitor;
class SessionActs;
class TablePanel;

/// Who is connected: session groups, the connections of those that are selected (or of all), one of
/// these from near, and what one can do to them.
class SessionGroupsPanel : public Panel
{
    Q_OBJECT

public:
    /// Whether one can do something to sessions, or only look at them.
    enum class Acts {
        Offered,
        NotOffered,
    };

    /// All must outlive the panel.
    SessionGroupsPanel(const Server &server, ServerMonitor &monitor, const TabModel &tabs,
                       Acts acts = Acts::Offered, QWidget *parent = nullptr);
    ~SessionGroupsPanel() override;

    /// Selects the row of @p tab's connection, now or as soon as it has one.
    void selectTab(TabId tab);

    [[nodiscard]] QList<QAction *> commands() const override;
    void save(QSettings &settings) const override;
    void restore(QSettings &settings) override;

    [[nodiscard]] TablePanel &groupTable() const { return *m_groupPanel; }
    [[nodiscard]] TablePanel &connectionTable() const { return *m_connectionPanel; }
    [[nodiscard]] ConnectionDetailsPane &details() const { return *m_details; }
    [[nodiscard]] SessionActs &acts() const { return *m_acts; }
    [[nodiscard]] NoticeBar &notice() const { return *m_notice; }

Q_SIGNALS:
    /// Somebody selected the connection of that tab.
    void tabSelected(LiveTemplate::Ui::TabId tab);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void createTables();
    void createActions(Acts acts);
    void createGroupActs();
    void createConnectionActs();
    void createLayout();
    QAction *addAct(TablePanel *table, const QString &icon, const QString &text,
                    const QString &toolTip, void (SessionGroupsPanel::*method)());

    void showSnapshot();
    void showConnections();
    void reportSelection();
    void openDetails();
    void closeDetails();

    void triggerOnGroups();
    void disconnectGroup();
    void forgetSession();
    void showAll();
    void triggerOnConnections();
    void disconnectConnections();

    [[nodiscard]] QList<ConnectionRow> selectedConnections() const;
    [[nodiscard]] QList<GroupRow> selectedGroups() const;
    [[nodiscard]] QList<ConnectionRow> connectionsOf(const QList<GroupRow> &groups) const;

    const Server &m_server;
    ServerMonitor &m_monitor;
    const TabModel &m_tabs;
    SessionRows m_rows;
    KeyedTable<GroupRow> m_groups;
    KeyedTable<ConnectionRow> m_connections;
    NoticeBar *m_notice = nullptr;
    SessionActs *m_acts = nullptr;
    TablePanel *m_groupPanel = nullptr;
    TablePanel *m_connectionPanel = nullptr;
    ConnectionDetailsPane *m_details = nullptr;
    QSplitter *m_tables = nullptr;
    QSplitter *m_all = nullptr;
    QList<QAction *> m_actions;
    /// What is selected follows the tabs, and not the other way round.
    bool m_followsTabs = false;
    /// To be selected when its connection comes.
    std::optional<TabId> m_wantedTab;
};

} // namespace LiveTemplate::Ui
