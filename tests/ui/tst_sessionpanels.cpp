// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The panels that show who is connected and who follows whom, fed by a running server.

#include "actdialog.h"
#include "appearance.h"
#include "connectiondetailspane.h"
#include "followpanel.h"
#include "jsonfield.h"
#include "liveclient.h"
#include "noticebar.h"
#include "server.h"
#include "servermonitor.h"
#include "sessionacts.h"
#include "sessiongroupspanel.h"
#include "tablepanel.h"
#include "triggerdialog.h"
#include "webclient.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class PanelState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QStringList names MEMBER names)
    Q_PROPERTY(int visits MEMBER visits STORED false)
public:
    int counter = 0;
    QStringList names{u"Ada"_s, u"Grace"_s};
    int visits = 0;
    bool operator==(const PanelState &) const = default;
};

class PanelController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE PanelState increment(PanelState state, LiveTemplate::Context &context)
    {
        state.counter += int(context.integer(u"by", 1));
        ++state.visits;
        context.broadcastAction(u"increment"_s);
        return state;
    }
    Q_INVOKABLE PanelState quiet(PanelState state, LiveTemplate::Context &)
    {
        ++state.counter;
        return state;
    }
    Q_INVOKABLE LiveTemplate::Result<PanelState> fail(PanelState, LiveTemplate::Context &)
    {
        return std::unexpected(ActionError(u"As always."_s));
    }
};

class TestSessionPanels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();

    void groupsAndTheirConnections();
    void aTabAndItsRowAreSelectedTogether();
    void detailsFollowTheState();
    void anActionIsTriggered();
    void clientsAreDisconnected();
    void aSessionIsForgottenAndComesBack();
    void nothingIsAskedWhileNothingIsSeen();
    void theMatrixTellsWhy();
    void strangersCanBeCompared();
    void thousandsOfRows();

private:
    struct Client
    {
        TabId tab{};
        std::unique_ptr<LiveClient> socket;
    };

    /// A new browser's cookie.
    [[nodiscard]] QByteArray newCookie() const
    {
        WebClient browser(m_server->url());
        browser.get(u"/"_s);
        return browser.cookie();
    }
    /// What the window would have: a tab, and the page's connection.
    Client openTab(int browser, const QByteArray &cookie, const QString &page = u"/"_s)
    {
        Client client;
        client.tab = m_tabs->open(BrowserId{browser}, m_server->url(page));
        const QString label = u"label-%1"_s.arg(int(client.tab));
        m_tabs->setConnectionLabel(client.tab, label);
        m_tabs->setSessionGroup(client.tab,
                                QString::fromLatin1(cookie.mid(cookie.indexOf('=') + 1).left(8)));
        client.socket = connectPage(cookie, label.toLatin1(), page);
        return client;
    }
    [[nodiscard]] std::unique_ptr<LiveClient> connectPage(const QByteArray &cookie,
                                                          const QByteArray &label,
                                                          const QString &page = u"/"_s) const
    {
        auto socket = std::make_unique<LiveClient>(m_server->url(page), cookie, QByteArray(),
                                                   QByteArray(), label);
        if (socket->next().isEmpty())
            qWarning("No first message came.");
        return socket;
    }

    [[nodiscard]] static QModelIndex cell(const TableModel &model, int row, const QString &column)
    {
        const QList<ColumnTitle> titles = model.columnTitles();
        const auto found = std::ranges::find(titles, column, &ColumnTitle::key);
        return model.index(row, int(found - titles.begin()));
    }
    [[nodiscard]] static QString text(const TableModel &model, int row, const QString &column)
    {
        return cell(model, row, column).data().toString();
    }
    static void selectRow(TablePanel &panel, int row)
    {
        panel.select(panel.model().index(row, 0).data(TableModel::KeyRole));
    }
    static QAction *action(const Panel &panel, const QString &text)
    {
        for (QAction *action : panel.commands()) {
            if (action->text().remove(u'&').startsWith(text))
                return action;
        }
        return nullptr;
    }

    SessionGroupsPanel &showGroups()
    {
        m_groups = std::make_unique<SessionGroupsPanel>(*m_server, *m_monitor, *m_tabs);
        for (QAbstractItemModel *model : std::initializer_list<QAbstractItemModel *>{
                 &m_groups->groupTable().model(), &m_groups->connectionTable().model(),
                 &m_groups->details().stateTree(), &m_groups->details().actions()}) {
            new QAbstractItemModelTester(model,
                                         QAbstractItemModelTester::FailureReportingMode::QtTest,
                                         m_groups.get());
        }
        m_groups->resize(1280, 520);
        m_groups->show();
        return *m_groups;
    }
    FollowPanel &showMatrix()
    {
        m_follow = std::make_unique<FollowPanel>(*m_server, *m_monitor, *m_tabs);
        new QAbstractItemModelTester(&m_follow->matrix(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_follow.get());
        m_follow->resize(960, 340);
        m_follow->show();
        return *m_follow;
    }

    static void takePicture(QWidget &widget, const QString &name)
    {
        QFETCH_GLOBAL(Qt::ColorScheme, scheme);
        const QString folder = QStringLiteral(ARTIFACTS);
        QVERIFY(QDir().mkpath(folder));
        const QString file = u"%1/%2-%3.png"_s.arg(folder, name,
                                                   scheme == Qt::ColorScheme::Dark ? u"dark"_s
                                                                                   : u"light"_s);
        QVERIFY(widget.grab().save(file));
    }

    std::unique_ptr<Server> m_server;
    std::unique_ptr<ServerMonitor> m_monitor;
    std::unique_ptr<TabModel> m_tabs;
    std::unique_ptr<SessionGroupsPanel> m_groups;
    std::unique_ptr<FollowPanel> m_follow;
};

void TestSessionPanels::initTestCase_data()
{
    QTest::addColumn<Qt::ColorScheme>("scheme");
    QTest::newRow("light") << Qt::ColorScheme::Light;
    QTest::newRow("dark") << Qt::ColorScheme::Dark;
}

void TestSessionPanels::init()
{
    QFETCH_GLOBAL(Qt::ColorScheme, scheme);
    setAppearance(scheme == Qt::ColorScheme::Dark ? Appearance::Dark : Appearance::Light);
    ServerOptions options;
    options.threads = 2;
    options.actionHistory = 50;
    options.messageRate = 0;
    m_server = std::make_unique<Server>(options);
    const auto mount = [this](QStringView path) {
        return m_server->mount<PanelState>(path, u":/templates/panel.html",
                                           [] { return std::make_unique<PanelController>(); });
    };
    QVERIFY(mount(u"/") && mount(u"/counter"));
    QVERIFY(m_server->listen());
    m_monitor = std::make_unique<ServerMonitor>(*m_server);
    m_tabs = std::make_unique<TabModel>();
}

void TestSessionPanels::cleanup()
{
    m_follow.reset();
    m_groups.reset();
    m_tabs.reset();
    m_monitor.reset();
    m_server.reset();
    setAppearance(Appearance::System);
}

void TestSessionPanels::groupsAndTheirConnections()
{
    SessionGroupsPanel &panel = showGroups();
    TableModel &groups = panel.groupTable().model();
    TableModel &connections = panel.connectionTable().model();
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->timer().count() >= 2, 10'000);
    QCOMPARE(groups.rowCount(), 0);
    takePicture(panel, u"session-groups-empty"_s);

    const QByteArray cookie = newCookie();
    const QByteArray otherCookie = newCookie();
    const Client first = openTab(0, cookie);
    const Client second = openTab(0, cookie, u"/counter"_s);
    const Client third = openTab(1, otherCookie);
    const auto stranger = connectPage(newCookie(), {});
    QTRY_COMPARE_WITH_TIMEOUT(groups.rowCount(), 3, 10'000);
    QCOMPARE(connections.rowCount(), 4);
    first.socket->action(u"increment"_s);
    // Ids of several shards do not come in the order of time.
    int ours = -1;
    for (int row = 0; row < groups.rowCount(); ++row) {
        if (text(groups, row, u"connections"_s) == u"2"_s)
            ours = row;
    }
    QVERIFY(ours >= 0);
    QTRY_COMPARE_WITH_TIMEOUT(text(groups, ours, u"last_action"_s), u"increment"_s, 10'000);
    QCOMPARE(text(groups, ours, u"browser"_s), u"Browser A"_s);
    QVERIFY(text(groups, ours, u"pages"_s).contains(u"/counter"_s));
    QCOMPARE(text(groups, ours, u"group"_s).size(), 8);
    QVERIFY(cookie.contains(text(groups, ours, u"group"_s).toLatin1()));
    QSet<QString> names;
    for (int row = 0; row < connections.rowCount(); ++row)
        names.insert(text(connections, row, u"tab"_s).section(u' ', 0, 0));
    QCOMPARE(names, QSet<QString>({u"Tab"_s, u"Connection"_s}));

    selectRow(panel.groupTable(), ours);
    QTRY_COMPARE_WITH_TIMEOUT(connections.rowCount(), 2, 10'000);
    takePicture(panel, u"session-groups"_s);
    action(panel, u"Show All"_s)->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(connections.rowCount(), 4, 10'000);

    // A client without a connection is a row of its group.
    WebClient browser(m_server->url());
    browser.get(u"/"_s);
    browser.postJson(u"/"_s, u"increment"_s);
    QTRY_COMPARE_WITH_TIMEOUT(connections.rowCount(), 5, 10'000);
    QCOMPARE(text(connections, 4, u"tier"_s), u"HTTP"_s);
    QCOMPARE(groups.rowCount(), 4);

    // Nothing shown anywhere is a whole id.
    const QString secret = QString::fromLatin1(cookie.mid(cookie.indexOf('=') + 1));
    for (const TableModel *model : {&groups, &connections}) {
        const TableExport exported = model->takeExport();
        for (qsizetype row = 0; row < exported.rowCount; ++row) {
            for (int column = 0; column < exported.columns.size(); ++column) {
                QVERIFY(!exported.value(row, column).toString().contains(secret));
                QVERIFY(!model->index(int(row), column)
                             .data(Qt::ToolTipRole)
                             .toString()
                             .contains(secret));
            }
        }
    }
    QVERIFY(stranger->isQuiet());
    Q_UNUSED(third)
    Q_UNUSED(second)
}

void TestSessionPanels::aTabAndItsRowAreSelectedTogether()
{
    SessionGroupsPanel &panel = showGroups();
    QSignalSpy selected(&panel, &SessionGroupsPanel::tabSelected);
    const QByteArray cookie = newCookie();
    const Client first = openTab(0, cookie);
    const Client second = openTab(0, cookie);
    const Client third = openTab(1, newCookie());
    TablePanel &table = panel.connectionTable();
    QTRY_COMPARE_WITH_TIMEOUT(table.model().rowCount(), 3, 10'000);

    const auto selectedName = [&table] {
        const QList<QVariant> keys = table.selectedKeys();
        return keys.size() == 1 ? text(table.model(), table.model().rowOf(keys.first()), u"tab"_s)
                                : QString();
    };
    panel.selectTab(second.tab);
    QTRY_COMPARE_WITH_TIMEOUT(selectedName(), u"Tab 2"_s, 10'000);
    QVERIFY(selected.isEmpty()); // it came from there

    for (int row = 0; row < table.model().rowCount(); ++row) {
        if (text(table.model(), row, u"tab"_s) == u"Tab 3"_s)
            selectRow(table, row);
    }
    QTRY_COMPARE_WITH_TIMEOUT(selected.size(), 1, 10'000);
    QCOMPARE(selected.first().first().value<TabId>(), third.tab);

    // A selected group does not hide the row.
    selectRow(panel.groupTable(), panel.groupTable().model().rowCount() - 1);
    QTest::qWait(0);
    for (const Client *client : {&first, &third}) {
        panel.selectTab(client->tab);
        QTRY_COMPARE_WITH_TIMEOUT(selectedName(), u"Tab %1"_s.arg(int(client->tab)), 10'000);
    }
    QCOMPARE(selected.size(), 1);
}

void TestSessionPanels::detailsFollowTheState()
{
    SessionGroupsPanel &panel = showGroups();
    const QByteArray cookie = newCookie();
    const Client first = openTab(0, cookie);
    const Client second = openTab(0, cookie);
    QTRY_COMPARE_WITH_TIMEOUT(panel.connectionTable().model().rowCount(), 2, 10'000);
    panel.selectTab(first.tab);
    Q_EMIT panel.connectionTable().activated(panel.connectionTable().selectedKeys().first());
    ConnectionDetailsPane &details = panel.details();
    QVERIFY(details.isVisible());
    StateTree &tree = details.stateTree();
    QTRY_COMPARE_WITH_TIMEOUT(tree.rowCount(), 3, 10'000);

    first.socket->action(u"increment"_s);
    first.socket->action(u"fail"_s);
    first.socket->action(u"missing"_s);
    second.socket->action(u"increment"_s);
    const auto value = [&tree](int row, int column) {
        return tree.index(row, column).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(value(0, StateTree::ValueColumn), u"2"_s, 10'000);
    QVERIFY(tree.index(0, 0).data(StateTree::IsChangedRole).toBool());
    QTRY_COMPARE_WITH_TIMEOUT(value(0, StateTree::SavedColumn), u"2"_s, 10'000);
    QCOMPARE(value(2, StateTree::SavedColumn), u"never saved"_s);
    QTRY_COMPARE_WITH_TIMEOUT(details.actions().rowCount(), 4, 10'000);
    QCOMPARE(text(details.actions(), 0, u"source"_s), u"Tab 2"_s);
    QCOMPARE(text(details.actions(), 3, u"result"_s), u"done"_s);
    QVERIFY(details.title().startsWith(u"Tab 1, /, Browser A"_s));
    takePicture(panel, u"session-details"_s);

    // Another page: what differs from what is saved.
    first.socket->socket().close();
    QTRY_COMPARE_WITH_TIMEOUT(panel.connectionTable().model().rowCount(), 1, 10'000);
    QCOMPARE(value(0, StateTree::ValueColumn), u"2"_s); // as it was
    Q_EMIT details.closeRequested();
    QVERIFY(!details.isVisible());
}

void TestSessionPanels::anActionIsTriggered()
{
    SessionGroupsPanel &panel = showGroups();
    const QByteArray cookie = newCookie();
    const Client first = openTab(0, cookie);
    const Client second = openTab(0, cookie);
    QTRY_COMPARE_WITH_TIMEOUT(panel.groupTable().model().rowCount(), 1, 10'000);
    selectRow(panel.groupTable(), 0);
    action(panel, u"Trigger Action on Group"_s)->trigger();
    auto *dialog = qobject_cast<TriggerDialog *>(panel.acts().dialog());
    QVERIFY(dialog);
    QCOMPARE(dialog->heading(), u"Run an action on 2 tabs"_s);
    QCOMPARE(dialog->touched(), QStringList({u"Tab 1, /, Browser A"_s, u"Tab 2, /, Browser A"_s}));
    QStringList offered;
    for (int i = 0; i < dialog->actionBox()->count(); ++i)
        offered.append(dialog->actionBox()->itemText(i));
    QCOMPARE(offered, QStringList({u"fail"_s, u"increment"_s, u"quiet"_s}));

    dialog->actionBox()->setEditText(u"increment"_s);
    dialog->dataField()->editor()->setPlainText(u"{\"by\": 5"_s);
    QVERIFY(!dialog->actButton()->isEnabled());
    takePicture(*dialog, u"trigger-action"_s);
    dialog->dataField()->editor()->setPlainText(u"{\"by\": 5}"_s);
    QVERIFY(dialog->actButton()->isEnabled());
    dialog->actButton()->click();
    // Once on each: what they broadcast is dropped, as of every action that was not a click.
    QVERIFY(!first.socket->next().isEmpty() && !second.socket->next().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(panel.notice().text(), u"increment was triggered on 2 tabs."_s,
                              10'000);
    QVERIFY(!panel.notice().undoButton()->isVisible());
    QVERIFY(first.socket->isQuiet());
}

void TestSessionPanels::clientsAreDisconnected()
{
    SessionGroupsPanel &panel = showGroups();
    const QByteArray cookie = newCookie();
    const Client first = openTab(0, cookie);
    const Client second = openTab(0, cookie);
    const Client third = openTab(0, cookie);
    const Client stranger = openTab(1, newCookie());
    QTRY_COMPARE_WITH_TIMEOUT(panel.connectionTable().model().rowCount(), 4, 10'000);

    // Asked, and not done.
    panel.selectTab(first.tab);
    action(panel, u"Disconnect…"_s)->trigger();
    auto *dialog = qobject_cast<ActDialog *>(panel.acts().dialog());
    QVERIFY(dialog);
    QCOMPARE(dialog->heading(), u"Disconnect Tab 1?"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!panel.acts().dialog(), 10'000);
    QVERIFY(first.socket->isQuiet());

    action(panel, u"Disconnect…"_s)->trigger();
    qobject_cast<ActDialog *>(panel.acts().dialog())->actButton()->click();
    QVERIFY(first.socket->waitForState(QAbstractSocket::UnconnectedState));
    QTRY_COMPARE_WITH_TIMEOUT(panel.notice().text(), u"1 tab disconnected."_s, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(panel.connectionTable().model().rowCount(), 3, 10'000);

    const TableModel &groups = panel.groupTable().model();
    selectRow(panel.groupTable(), text(groups, 0, u"connections"_s) == u"2"_s ? 0 : 1);
    action(panel, u"Disconnect Group"_s)->trigger();
    dialog = qobject_cast<ActDialog *>(panel.acts().dialog());
    QVERIFY(dialog);
    const QString group = QString::fromLatin1(cookie.mid(cookie.indexOf('=') + 1).left(8));
    QCOMPARE(dialog->heading(), u"Disconnect 2 tabs of session group %1?"_s.arg(group));
    QCOMPARE(dialog->touched(), QStringList({u"Tab 2, /, Browser A"_s, u"Tab 3, /, Browser A"_s}));
    takePicture(*dialog, u"disconnect-group"_s);
    dialog->actButton()->click();
    QVERIFY(second.socket->waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(third.socket->waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(stranger.socket->isQuiet());
}

void TestSessionPanels::aSessionIsForgottenAndComesBack()
{
    SessionGroupsPanel &panel = showGroups();
    const QByteArray cookie = newCookie();
    const Client first = openTab(0, cookie);
    first.socket->action(u"quiet"_s);
    QVERIFY(!first.socket->next().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(panel.groupTable().model().rowCount(), 1, 10'000);
    selectRow(panel.groupTable(), 0);
    action(panel, u"Forget Session"_s)->trigger();
    auto *dialog = qobject_cast<ActDialog *>(panel.acts().dialog());
    QVERIFY(dialog);
    QVERIFY(dialog->heading().endsWith(u"has saved, and disconnect its 1 tab?"_s));
    dialog->actButton()->click();
    QVERIFY(first.socket->waitForState(QAbstractSocket::UnconnectedState));
    QTRY_VERIFY_WITH_TIMEOUT(panel.notice().undoButton()->isVisible(), 10'000);
    QVERIFY(panel.notice().text().contains(u"was forgotten: 1 saved state"_s));
    takePicture(panel, u"session-forgotten"_s);

    WebClient page(m_server->url());
    const auto counter = [&] {
        const auto socket = std::make_unique<LiveClient>(m_server->url(), cookie);
        return socket->nextJson().value(u"tree"_s).toObject().value(u"0"_s).toString();
    };
    QCOMPARE(counter(), u"0"_s);
    panel.notice().undoButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(panel.notice().text().contains(u"is as before"_s), 10'000);
    QCOMPARE(counter(), u"1"_s);
}

void TestSessionPanels::nothingIsAskedWhileNothingIsSeen()
{
    SessionGroupsPanel &panel = showGroups();
    showMatrix();
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->timer().count() > 2, 10'000);
    panel.hide();
    m_follow->hide();
    QVERIFY(!m_monitor->timer().isWatched());
    const quint64 count = m_monitor->timer().count();
    QTest::qWait(600); // two samples would be due
    QCOMPARE(m_monitor->timer().count(), count);
    panel.show();
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->timer().count() > count, 10'000);
}

void TestSessionPanels::theMatrixTellsWhy()
{
    FollowPanel &panel = showMatrix();
    QVERIFY(panel.sentence().startsWith(u"Open a second tab"_s));
    takePicture(panel, u"follow-empty"_s);
    const QByteArray cookie = newCookie();
    const Client first = openTab(0, cookie);
    const Client second = openTab(0, cookie);
    const Client third = openTab(1, newCookie());
    const Client fourth = openTab(0, cookie, u"/counter"_s);
    FollowMatrix &matrix = panel.matrix();
    const auto verdict = [&matrix](int row, int column) {
        return FollowVerdict(matrix.index(row, column).data(FollowMatrix::VerdictRole).toInt());
    };
    QTRY_COMPARE_WITH_TIMEOUT(matrix.rowCount(), 4, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(verdict(1, 0), FollowVerdict::WouldFollow, 10'000);
    QCOMPARE(verdict(0, 0), FollowVerdict::Itself);
    QTRY_COMPARE_WITH_TIMEOUT(verdict(2, 0), FollowVerdict::Apart, 10'000);

    first.socket->action(u"increment"_s);
    QTRY_COMPARE_WITH_TIMEOUT(verdict(1, 0), FollowVerdict::Follows, 10'000);
    QCOMPARE(verdict(3, 0), FollowVerdict::Follows);
    QCOMPARE(verdict(0, 1), FollowVerdict::WouldFollow);
    panel.view()->setCurrentIndex(matrix.index(1, 0));
    QVERIFY2(panel.sentence().startsWith(u"Tab 2 follows Tab 1: same cookie, so one session "
                                         u"group "_s),
             qPrintable(panel.sentence()));
    QVERIFY(panel.sentence().contains(u"was delivered and changed the page"_s));
    QCOMPARE(panel.steps().size(), 6);
    for (const QString &step : panel.steps())
        QVERIFY2(step.startsWith(u"✓"_s), qPrintable(step));
    takePicture(panel, u"follow"_s);

    panel.view()->setCurrentIndex(matrix.index(2, 0));
    QVERIFY(panel.sentence().startsWith(u"Tab 3 does not follow Tab 1: they are different "
                                        u"browsers"_s));
    takePicture(panel, u"follow-apart"_s);

    // A selected pair stays selected while the answers change.
    second.socket->socket().close();
    panel.view()->setCurrentIndex(matrix.index(1, 0));
    QTRY_VERIFY_WITH_TIMEOUT(panel.sentence().contains(u"no live connection"_s), 10'000);
    QCOMPARE(panel.view()->currentIndex(), matrix.index(1, 0));
    Q_UNUSED(third)
    Q_UNUSED(fourth)
}

void TestSessionPanels::strangersCanBeCompared()
{
    FollowPanel &panel = showMatrix();
    const QByteArray cookie = newCookie();
    const Client first = openTab(0, cookie);
    const auto phone = connectPage(cookie, {});
    QTRY_COMPARE_WITH_TIMEOUT(panel.matrix().rowCount(), 1, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_monitor->snapshot().connections.size(), 2, 10'000);
    const auto &connections = m_monitor->snapshot().connections;
    const quint64 id = std::ranges::find(connections, QString(), &ConnectionSnapshot::label)->id;
    panel.addConnection(id);
    QTRY_COMPARE_WITH_TIMEOUT(panel.matrix().rowCount(), 2, 10'000);
    first.socket->action(u"increment"_s);
    panel.view()->setCurrentIndex(panel.matrix().index(1, 0));
    const QString name = u"Connection %1"_s.arg(id);
    QTRY_VERIFY_WITH_TIMEOUT(panel.sentence().startsWith(name + u" follows Tab 1: same cookie"_s),
                             10'000);
    QTRY_VERIFY_WITH_TIMEOUT(panel.sentence().contains(u"changed the page"_s), 10'000);
    panel.removeConnection(id);
    QTRY_COMPARE_WITH_TIMEOUT(panel.matrix().rowCount(), 1, 10'000);
    Q_UNUSED(phone)
}

void TestSessionPanels::thousandsOfRows()
{
    ServerSnapshot snapshot;
    snapshot.takenAt = QDateTime::currentDateTimeUtc();
    for (quint64 id = 1; id <= 10'000; ++id) {
        ConnectionSnapshot connection;
        connection.id = id;
        connection.groupId = GroupId(u"group-number-%1"_s.arg(id / 10));
        connection.group = connection.groupId.shortened();
        connection.page = u"/"_s;
        connection.connectedAt = snapshot.takenAt.addSecs(-qint64(id));
        connection.actions = id;
        snapshot.connections.append(connection);
    }
    const SessionRows rows = sessionRows(snapshot, {});
    QCOMPARE(rows.connections.size(), 10'000);
    QCOMPARE(rows.groups.size(), 1001);
    quint64 actions = 0;
    int connections = 0;
    for (const GroupRow &group : rows.groups) {
        actions += group.actions;
        connections += group.connections;
    }
    QCOMPARE(connections, 10'000);
    QCOMPARE(actions, quint64(10'000) * 10'001 / 2);

    KeyedTable<GroupRow> groupModel(Ui::groupTable());
    KeyedTable<ConnectionRow> connectionModel(Ui::connectionTable());
    groupModel.setRows(rows.groups);
    connectionModel.setRows(rows.connections);
    // A second later all are older.
    snapshot.takenAt = snapshot.takenAt.addSecs(1);
    QElapsedTimer timer;
    timer.start();
    const SessionRows later = sessionRows(snapshot, {});
    groupModel.setRows(later.groups);
    connectionModel.setRows(later.connections);
    qInfo("10,000 connections: a refresh took %lld ms", timer.elapsed());
    QCOMPARE(connectionModel.rowCount(), 10'000);
    QCOMPARE(text(connectionModel, 9'999, u"age_s"_s), u"2 h 46 min"_s);
}

QTEST_MAIN(TestSessionPanels)
#include "tst_sessionpanels.moc"
