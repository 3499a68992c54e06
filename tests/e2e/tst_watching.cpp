// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "appearance.h"
#include "demos.h"
#include "followpanel.h"
#include "livepages.h"
#include "mainwindow.h"
#include "paneldocks.h"
#include "redismembership.h"
#include "redispanel.h"
#include "redisserver.h"
#include "server.h"
#include "serverprocess.h"
#include "sessiongroupspanel.h"
#include "statisticspanel.h"
#include "tablepanel.h"

#include <QAbstractItemModelTester>
#include <QDockWidget>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace LivePages;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the panels of the window show while somebody clicks: here, and on another server of the
/// same Redis. Real pages, a real Redis, a real second server.
class TestWatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void aClickHereShowsInEveryPanel();
    void aClickOnAnotherServerReachesTheTab();
    void nothingIsSampledForPanelsThatNobodySees();
    void aRedisThatGoesAndComesIsSaidInThePanel();
    void lightAndDark();

private:
    template<typename PanelType>
    PanelType &panel() const
    {
        for (Panel *panel : m_window->panels().panels()) {
            if (auto *found = qobject_cast<PanelType *>(panel))
                return *found;
        }
        qFatal("There is no such panel.");
    }

    template<typename PanelType>
    PanelType &show() const
    {
        PanelType &shown = panel<PanelType>();
        m_window->panels().bringToFront(shown);
        return shown;
    }

    /// The connection of the tab with that number.
    [[nodiscard]] std::optional<ConnectionRow> connectionOf(const QString &tab) const
    {
        const auto &table = static_cast<KeyedTable<ConnectionRow> &>(
            panel<SessionGroupsPanel>().connectionTable().model());
        for (const ConnectionRow &row : table.rows()) {
            if (row.name() == tab)
                return row;
        }
        return std::nullopt;
    }

    /// Messages of that action in the stream, by the instance that published them.
    [[nodiscard]] QStringList publishersOf(const QString &action) const
    {
        QStringList instances;
        auto &messages = panel<RedisPanel>().messages();
        for (int row = 0; row < messages.rowCount(); ++row) {
            const auto &observed = messages.row(row).observed;
            if (observed && observed->action == action)
                instances.append(observed->instanceId);
        }
        return instances;
    }

    /// What the matrix says of that pair of tabs, from 0.
    [[nodiscard]] QString reason(int row, int column) const
    {
        auto &follow = panel<FollowPanel>();
        if (follow.matrix().rowCount() <= std::max(row, column))
            return {};
        return follow.matrix().answer(row, column).sentence;
    }

    void screenshot(const QString &name) const
    {
        const QString size = m_window->devicePixelRatio() > 1 ? u"-2x"_s : QString();
        LivePages::screenshot(*m_window, u"dashboard-"_s + name + size);
    }

    QTemporaryDir m_directory;
    RedisServer m_redis;
    std::unique_ptr<ServerProcess> m_other;
    std::unique_ptr<RedisMembership> m_membership;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<MainWindow> m_window;
};

void TestWatching::initTestCase()
{
    QVERIFY(m_directory.isValid());
    QVERIFY2(m_redis.start(), m_redis.log());
    const QString redis = u"redis://127.0.0.1:%1"_s.arg(m_redis.port());
    m_other = std::make_unique<ServerProcess>(QStringLiteral(SERVER_PROGRAM),
                                              QStringList{u"--redis"_s, redis});
    QVERIFY(m_other->isListening());

    m_membership = std::make_unique<RedisMembership>();
    ServerOptions options;
    options.actionHistory = 50;
    options.sessionStore = m_membership->sessionStore();
    options.broadcaster = m_membership->broadcaster();
    m_server = std::make_unique<Server>(options);
    Demos::mountSamplePages(*m_server);
    QVERIFY2(m_server->listen(), qPrintable(m_server->errorString()));

    DashboardOptions dashboard;
    dashboard.redisUrl = redis;
    dashboard.pages = {{BrowserId(0), u"/counter"_s},
                       {BrowserId(0), u"/counter"_s},
                       {BrowserId(1), u"/counter"_s}};
    m_window = std::make_unique<MainWindow>(*m_server, UserDirectories::inside(m_directory.path()),
                                            dashboard, m_membership.get());
    for (auto *model : m_window->findChildren<QAbstractItemModel *>())
        new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::Fatal,
                                     m_window.get());
    for (const TablePanel *table : m_window->findChildren<TablePanel *>())
        new QAbstractItemModelTester(&table->model(),
                                     QAbstractItemModelTester::FailureReportingMode::Fatal,
                                     m_window.get());
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QCOMPARE(m_window->tabs().size(), 3);
    for (BrowserTab *tab : m_window->tabs())
        QTRY_VERIFY_WITH_TIMEOUT(isLive(tab), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_membership->state(), RedisMembership::State::Joined, patience);
    QTRY_COMPARE_WITH_TIMEOUT(panel<RedisPanel>().observer().status().state,
                              RedisObserverStatus::State::Connected, patience);
}

void TestWatching::cleanupTestCase()
{
    m_window.reset();
    m_server.reset();
    m_membership.reset();
    setAppearance(Appearance::System);
}

void TestWatching::aClickHereShowsInEveryPanel()
{
    const QList<BrowserTab *> tabs = m_window->tabs();

    show<SessionGroupsPanel>();
    QTRY_VERIFY_WITH_TIMEOUT(
        connectionOf(u"Tab 1"_s) && connectionOf(u"Tab 2"_s) && connectionOf(u"Tab 3"_s), patience);
    const quint64 actionsBefore = connectionOf(u"Tab 1"_s)->connection.actions;
    const quint64 dispatchesBefore = connectionOf(u"Tab 2"_s)->connection.broadcasts;
    const quint64 strangersBefore = connectionOf(u"Tab 3"_s)->connection.broadcasts;
    const quint64 actionsCounted = m_server->statistics().counters.actionsProcessed;

    click(tabs[0], u"button[name=increment]"_s);
    QTRY_COMPARE_WITH_TIMEOUT(counter(tabs[1]), u"1"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(connectionOf(u"Tab 1"_s)->connection.actions, actionsBefore + 1,
                              patience);
    QTRY_COMPARE_WITH_TIMEOUT(connectionOf(u"Tab 2"_s)->connection.broadcasts, dispatchesBefore + 1,
                              patience);
    QCOMPARE(connectionOf(u"Tab 1"_s)->connection.lastAction, u"increment"_s);
    QCOMPARE(connectionOf(u"Tab 3"_s)->connection.broadcasts, strangersBefore);
    QCOMPARE(connectionOf(u"Tab 1"_s)->connection.group,
             connectionOf(u"Tab 2"_s)->connection.group);
    screenshot(u"groups"_s);

    // Selecting a row raises its tab, and the other way round.
    auto &connections = panel<SessionGroupsPanel>().connectionTable();
    connections.select(QVariant::fromValue(connectionOf(u"Tab 3"_s)->connection.id));
    QTRY_COMPARE(m_window->currentTab(), tabs[2]);
    m_window->tabModel().setCurrent(m_window->tabModel().tabs().at(0).id);
    QTRY_COMPARE(connections.selectedKeys(),
                 QVariantList{QVariant::fromValue(connectionOf(u"Tab 1"_s)->connection.id)});

    show<FollowPanel>();
    QTRY_VERIFY_WITH_TIMEOUT(reason(1, 0).contains(u"increment"), patience);
    QVERIFY2(reason(1, 0).contains(u"follows"), qPrintable(reason(1, 0)));
    QVERIFY2(reason(2, 0).contains(u"cookie"), qPrintable(reason(2, 0)));
    screenshot(u"why"_s);

    show<RedisPanel>();
    QTRY_COMPARE_WITH_TIMEOUT(publishersOf(u"increment"_s), QStringList{m_membership->instanceId()},
                              patience);
    screenshot(u"redis"_s);

    show<StatisticsPanel>();
    QCOMPARE(m_server->statistics().counters.actionsProcessed, actionsCounted + 1);
    // So that there is something to see: a click now and then.
    for (int i = 0; i < 6; ++i) {
        click(tabs[1], u"button[name=increment]"_s);
        QTRY_COMPARE_WITH_TIMEOUT(counter(tabs[0]), QString::number(i + 2), patience);
        QTest::qWait(500);
    }
    screenshot(u"statistics"_s);
}

void TestWatching::aClickOnAnotherServerReachesTheTab()
{
    show<RedisPanel>();
    const QList<BrowserTab *> tabs = m_window->tabs();
    // One host, one cookie: the page of the other server is of the same session group.
    BrowserTab *remote = m_window->openTab(tabs[0]->browser().id(), m_other->url());
    QTRY_VERIFY_WITH_TIMEOUT(isLive(remote), patience);
    const QString before = counter(tabs[0]);
    QTRY_COMPARE_WITH_TIMEOUT(counter(remote), before, patience);
    click(remote, u"button[name=increment]"_s);
    const QString after = QString::number(before.toInt() + 1);
    QTRY_COMPARE_WITH_TIMEOUT(counter(remote), after, patience);
    QTRY_COMPARE_WITH_TIMEOUT(counter(tabs[0]), after, patience);
    QTRY_COMPARE_WITH_TIMEOUT(counter(tabs[1]), after, patience);
    QCOMPARE(counter(tabs[2]), u"0"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!publishersOf(u"increment"_s).isEmpty()
                                 && publishersOf(u"increment"_s).last()
                                     != m_membership->instanceId(),
                             patience);
    // Both servers give signs of life.
    QTRY_COMPARE_WITH_TIMEOUT(panel<RedisPanel>().servers().rowCount(), 2, patience);
    screenshot(u"two-servers"_s);

    // And from here to there.
    click(tabs[0], u"button[name=decrement]"_s);
    QTRY_COMPARE_WITH_TIMEOUT(counter(remote), before, patience);
}

void TestWatching::nothingIsSampledForPanelsThatNobodySees()
{
    show<StatisticsPanel>();
    const RedisPanel &redis = panel<RedisPanel>();
    QTRY_VERIFY(!redis.sampleTimer().isWatched());
    const quint64 sampled = redis.sampleTimer().count();
    const quint64 arrived = panel<RedisPanel>().messages().arrivedCount();
    // Probes go on, and are recorded; Redis is not asked for anything.
    QTRY_VERIFY_WITH_TIMEOUT(panel<RedisPanel>().observer().status().state
                                     == RedisObserverStatus::State::Connected
                                 && panel<RedisPanel>().messages().arrivedCount() > arrived,
                             patience);
    QCOMPARE(redis.sampleTimer().count(), sampled);
    show<RedisPanel>();
    QTRY_VERIFY_WITH_TIMEOUT(redis.sampleTimer().count() > sampled, patience);
}

void TestWatching::aRedisThatGoesAndComesIsSaidInThePanel()
{
    show<RedisPanel>();
    const QList<BrowserTab *> tabs = m_window->tabs();
    const int before = counter(tabs[0]).toInt();
    m_redis.kill();
    QTRY_VERIFY_WITH_TIMEOUT(panel<RedisPanel>().observer().status().state
                                 == RedisObserverStatus::State::Waiting,
                             patience);
    // The pages go on.
    click(tabs[0], u"button[name=increment]"_s);
    QTRY_COMPARE_WITH_TIMEOUT(counter(tabs[1]), QString::number(before + 1), patience);
    screenshot(u"redis-gone"_s);
    QVERIFY(!QApplication::activeModalWidget());
    QVERIFY(m_redis.start());
    QTRY_COMPARE_WITH_TIMEOUT(panel<RedisPanel>().observer().status().state,
                              RedisObserverStatus::State::Connected, patience);
    const qsizetype seen = publishersOf(u"increment"_s).size();
    QTRY_COMPARE_WITH_TIMEOUT(m_membership->problem(), RedisProblem(), patience);
    click(tabs[0], u"button[name=increment]"_s);
    QTRY_COMPARE_WITH_TIMEOUT(counter(tabs[1]), QString::number(before + 2), patience);
    QTRY_VERIFY_WITH_TIMEOUT(publishersOf(u"increment"_s).size() > seen, patience);
}

void TestWatching::lightAndDark()
{
    const auto lightness = [this] {
        return m_window->palette().color(QPalette::Window).lightness();
    };
    for (const auto &[appearance, name] :
         {std::pair(Appearance::Light, u"light"_s), std::pair(Appearance::Dark, u"dark"_s)}) {
        setAppearance(appearance);
        QTRY_COMPARE(lightness() < 128, appearance == Appearance::Dark);
        show<SessionGroupsPanel>();
        QTest::qWait(300); // let it be painted
        screenshot(name);
        show<FollowPanel>();
        QTest::qWait(300);
        screenshot(name + u"-why"_s);
        show<RedisPanel>();
        QTest::qWait(300);
        screenshot(name + u"-redis"_s);
        show<StatisticsPanel>();
        QTest::qWait(1200);
        screenshot(name + u"-statistics"_s);
    }
}

int main(int argc, char *argv[])
{
    // Chromium refuses to run its sandbox as root.
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    QApplication application(argc, argv);
    TestWatching test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_watching.moc"
