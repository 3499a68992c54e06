// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "addressbar.h"
#include "appearance.h"
#include "browsertab.h"
#include "commandpalette.h"
#include "demos.h"
#include "mainwindow.h"
#include "messagebar.h"
#include "screenshot.h"
#include "server.h"
#include "sessiongroupspanel.h"
#include "tablepanel.h"

#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineView>

#include <chrono>
#include <memory>

#include <unistd.h>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Chromium's processes start slowly on a busy machine.
constexpr int startTimeout = 30000;

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        ServerOptions options;
        options.heartbeatInterval = 1s;
        options.shutdownTimeout = 1s;
        m_server = std::make_unique<Server>(options);
        Demos::mountSamplePages(*m_server);
        QVERIFY2(m_server->listen(), qPrintable(m_server->errorString()));
        m_connections = 0;
        openWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_server.reset();
        m_directory.reset();
    }

    void theFirstStartShowsTwoTabsOfOneBrowserAndOneOfAnother()
    {
        const QList<BrowserTab *> tabs = m_window->tabs();
        QCOMPARE(tabs.size(), 3);
        for (const BrowserTab *tab : tabs) {
            QTRY_VERIFY_WITH_TIMEOUT(!tab->sessionGroup().isEmpty(), startTimeout);
            QVERIFY(tab->view()->isVisible());
            QCOMPARE(tab->url(), m_server->url(u"/counter"_s));
        }
        QCOMPARE(tabs.at(0)->sessionGroup().size(), 8);
        QCOMPARE(tabs.at(0)->sessionGroup(), tabs.at(1)->sessionGroup());
        QCOMPARE_NE(tabs.at(0)->sessionGroup(), tabs.at(2)->sessionGroup());
    }

    void connectionsAreKnownAsTabs()
    {
        QTRY_COMPARE_WITH_TIMEOUT(connections(), 3, startTimeout);
        QSet<QString> expected;
        for (const BrowserTab *tab : m_window->tabs())
            expected.insert(tab->connectionLabel());
        QCOMPARE(expected.size(), 3);
        QSet<QString> labels;
        m_server->requestSnapshot(this, [&labels](const ServerSnapshot &snapshot) {
            for (const ConnectionSnapshot &connection : snapshot.connections)
                labels.insert(connection.label);
        });
        QTRY_VERIFY_WITH_TIMEOUT(!labels.isEmpty(), startTimeout);
        QCOMPARE(labels, expected);

        auto *panel = m_window->findChild<SessionGroupsPanel *>();
        QVERIFY(panel);
        Q_EMIT panel->attentionWanted();
        TablePanel &table = panel->connectionTable();
        QTRY_COMPARE_WITH_TIMEOUT(table.model().rowCount(), 3, startTimeout);
        // A row raises its tab, and a tab shows its row.
        const auto nameOf = [&table](const QVariant &key) {
            return table.model().index(table.model().rowOf(key), 0).data().toString();
        };
        for (int row = 0; row < 3; ++row) {
            const QVariant key = table.model().index(row, 0).data(TableModel::KeyRole);
            table.select(key);
            const int number = nameOf(key).section(u' ', 1).toInt();
            QCOMPARE(m_window->currentTab(), m_window->tabs().value(number - 1));
        }
        for (int number = 1; number <= 3; ++number) {
            m_window->tabModel().setCurrent(m_window->tabModel().tabs().at(number - 1).id);
            QCOMPARE(nameOf(table.selectedKeys().value(0)), u"Tab %1"_s.arg(number));
        }
    }

    void aNewTabIsInTheCurrentBrowser()
    {
        m_window->tabModel().setCurrent(m_window->tabModel().tabs().at(2).id);
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(m_window->tabs().size(), 4);
        QCOMPARE(m_window->currentTab(), m_window->tabs().at(3));
        QCOMPARE(m_window->currentTab()->browser().id(), BrowserId{1});
    }

    void aNewBrowserIsApart()
    {
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_window->currentTab()->browser().id(), BrowserId{2});
        const BrowserTab *fresh = m_window->currentTab();
        QTRY_VERIFY_WITH_TIMEOUT(!fresh->sessionGroup().isEmpty(), startTimeout);
        for (const BrowserTab *tab : m_window->tabs())
            QVERIFY(tab == fresh || tab->sessionGroup() != fresh->sessionGroup());
    }

    void closesAndReopens()
    {
        m_window->tabModel().setCurrent(m_window->tabModel().tabs().at(2).id);
        QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(m_window->tabs().size(), 2);
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_window->tabs().size(), 3);
        QCOMPARE(m_window->currentTab()->browser().id(), BrowserId{1});
        QCOMPARE(m_window->currentTab()->url(), m_server->url(u"/counter"_s));
    }

    void staysOpenWithoutTabs()
    {
        for (int number = 0; number < 4; ++number)
            QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
        QVERIFY(m_window->tabs().isEmpty());
        QVERIFY(m_window->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(m_window->tabs().size(), 1);
    }

    void numbersChooseATab()
    {
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(m_window->currentTab(), m_window->tabs().at(1));
        QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
        QCOMPARE(m_window->currentTab(), m_window->tabs().at(2));
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QCOMPARE(m_window->currentTab(), m_window->tabs().at(2));
    }

    void oneTabIsVisibleWhenStacked()
    {
        m_window->tabArea().setArrangement(TabArrangement::Stacked);
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QVERIFY(!m_window->tabs().at(0)->isVisible());
        QVERIFY(!m_window->tabs().at(1)->isVisible());
        QVERIFY(m_window->tabs().at(2)->isVisible());
    }

    void theAddressBarTakesAPath()
    {
        BrowserTab *tab = m_window->currentTab();
        QTRY_VERIFY_WITH_TIMEOUT(!tab->sessionGroup().isEmpty(), startTimeout);
        m_window->addressBar().setText(u"/"_s);
        QTest::keyClick(&m_window->addressBar(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(tab->view()->title(), u"LiveTemplate for Qt"_s, startTimeout);
        QTRY_COMPARE(m_window->addressBar().text(), m_server->url().toString());
    }

    // Chromium shows another site with another process, and so with another widget.
    void aPageKeepsTheFocusWhenItChangesItsSite()
    {
        BrowserTab *tab = m_window->currentTab();
        QTRY_COMPARE_WITH_TIMEOUT(tab->view()->title(), u"Counter"_s, startTimeout);
        QUrl url = m_server->url();
        url.setHost(u"localhost"_s);
        m_window->addressBar().setText(url.toString());
        QTest::keyClick(&m_window->addressBar(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(tab->view()->title(), u"LiveTemplate for Qt"_s, startTimeout);
        QCOMPARE(m_window->currentTab(), tab);
        QVERIFY(tab->isAncestorOf(QApplication::focusWidget()));
        QVERIFY(QApplication::focusWidget()->isVisible());
        QCOMPARE(m_window->addressBar().text(), url.toString());
    }

    void refusesWhatIsNoAddress()
    {
        const QUrl before = m_window->currentTab()->url();
        m_window->addressBar().setText(u"file:///etc/passwd"_s);
        QTest::keyClick(&m_window->addressBar(), Qt::Key_Return);
        QVERIFY(m_window->messageBar().isVisible());
        QCOMPARE(m_window->currentTab()->url(), before);
    }

    void commandsAreFoundByName()
    {
        QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        CommandPalette &palette = m_window->commandPalette();
        QVERIFY(palette.isVisible());
        auto *input = palette.findChild<QLineEdit *>();
        QTest::keyClicks(input, u"new tab"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QVERIFY(!palette.isVisible());
        QTRY_COMPARE(m_window->tabs().size(), 4);
    }

    void aResetOfTheLayoutCanBeUndone()
    {
        QDockWidget *logs = logsDock();
        logs->hide();
        chooseCommand(u"reset layout"_s);
        QTRY_VERIFY(logs->isVisible());
        QVERIFY(m_window->messageBar().isVisible());
        m_window->messageBar().findChild<QPushButton *>()->click();
        QVERIFY(logs->isHidden());
        QVERIFY(!m_window->messageBar().isVisible());
    }

    void aLayoutIsSavedAndLoaded()
    {
        const QString file = m_directory->filePath(u"mine.layout.json"_s);
        logsDock()->hide();
        m_window->saveLayout(file);
        logsDock()->show();
        m_window->loadLayout(file);
        QVERIFY(logsDock()->isHidden());
        QVERIFY(!m_window->messageBar().isVisible());
        m_window->loadLayout(m_directory->filePath(u"missing"_s));
        QVERIFY(m_window->messageBar().text().contains(u"missing"_s));
    }

    void theAppearanceIsRemembered()
    {
        chooseCommand(u"dark"_s);
        QTRY_VERIFY(m_window->palette().color(QPalette::Window).lightness() < 128);
        m_window->close();
        m_window.reset();
        setAppearance(Appearance::Light);
        openWindow();
        QVERIFY(m_window->palette().color(QPalette::Window).lightness() < 128);
        Screenshot::take(*m_window, u"window-dark"_s);
        chooseCommand(u"system"_s);
        QTRY_VERIFY(m_window->palette().color(QPalette::Window).lightness() >= 128);
    }

    void comesBackAsItWas()
    {
        logsDock()->hide();
        m_window->newBrowser();
        m_window->tabArea().setArrangement(TabArrangement::Stacked);
        m_window->tabModel().setCurrent(m_window->tabModel().tabs().at(1).id);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->tabs().at(1)->sessionGroup().isEmpty(), startTimeout);
        const QString group = m_window->tabs().at(1)->sessionGroup();
        m_window->close();
        m_window.reset();

        openWindow();
        QCOMPARE(m_window->tabs().size(), 4);
        QCOMPARE(m_window->tabs().at(3)->browser().id(), BrowserId{2});
        QCOMPARE(m_window->tabs().at(3)->url(), m_server->url());
        QCOMPARE(m_window->currentTab(), m_window->tabs().at(1));
        QCOMPARE(m_window->tabArea().arrangement(), TabArrangement::Stacked);
        QCOMPARE(m_window->tabs().at(1)->sessionGroup(), group);
        QVERIFY(logsDock()->isHidden());
    }

    void aPageComesBackWithTheServer()
    {
        BrowserTab *tab = m_window->currentTab();
        QTRY_VERIFY_WITH_TIMEOUT(tab->title() == u"Counter"_s && !tab->isLoading(), startTimeout);
        const quint16 port = m_server->port();
        m_server->close();

        tab->reload();
        QTRY_VERIFY_WITH_TIMEOUT(!tab->view()->isVisible(), startTimeout);
        QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
        QTRY_VERIFY_WITH_TIMEOUT(tab->view()->isVisible(), startTimeout);
        QCOMPARE(tab->view()->title(), u"Counter"_s);
    }

    // The client gives up for good when its server is away at a heartbeat.
    void aLivePageComesBackAfterALongAbsence()
    {
        const QList<BrowserTab *> tabs = m_window->tabs();
        for (const BrowserTab *tab : tabs)
            QTRY_COMPARE_WITH_TIMEOUT(tab->view()->title(), u"Counter"_s, startTimeout);
        QTRY_COMPARE_WITH_TIMEOUT(connections(), 3, startTimeout);
        // The watch must have seen the pages live.
        QTRY_VERIFY_WITH_TIMEOUT(
            tabs.at(0)->isLive() && tabs.at(1)->isLive() && tabs.at(2)->isLive(), startTimeout);

        const quint16 port = m_server->port();
        m_server->close();
        for (const BrowserTab *tab : tabs)
            QTRY_VERIFY_WITH_TIMEOUT(!tab->view()->isVisible(), startTimeout);

        QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
        QTRY_COMPARE_WITH_TIMEOUT(connections(), 3, startTimeout);
        for (const BrowserTab *tab : tabs)
            QTRY_VERIFY_WITH_TIMEOUT(tab->view()->isVisible(), startTimeout);
    }

private:
    int connections()
    {
        m_server->requestSnapshot(this, [this](const ServerSnapshot &snapshot) {
            m_connections = static_cast<int>(snapshot.connections.size());
        });
        return m_connections;
    }

    [[nodiscard]] QDockWidget *logsDock() const
    {
        return m_window->findChild<QDockWidget *>(u"dock-logs"_s);
    }

    void chooseCommand(const QString &typed)
    {
        QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *input = m_window->commandPalette().findChild<QLineEdit *>();
        QTest::keyClicks(input, typed);
        QTest::keyClick(input, Qt::Key_Return);
    }

    void openWindow()
    {
        m_window = std::make_unique<MainWindow>(*m_server,
                                                UserDirectories::inside(m_directory->path()));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<MainWindow> m_window;
    int m_connections = 0;
};

int main(int argc, char *argv[])
{
    // As the dashboard does, see there.
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    const QApplication application(argc, argv);
    MainWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_mainwindow.moc"
