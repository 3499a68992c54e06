// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "browsertab.h"
#include "demonstration.h"
#include "demos.h"
#include "guidebar.h"
#include "mainwindow.h"
#include "messagebar.h"
#include "server.h"
#include "tabcommands.h"

#include <QAction>
#include <QDir>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEnginePage>
#include <QWebEngineView>

#include <chrono>
#include <memory>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Chromium's processes start slowly on a busy machine.
constexpr int startTimeout = 60000;

} // namespace

/// Tabs beside each other, in other browsers, and the demonstration: all need pages that live.
class DemonstrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tilesShowTheCurrentTabAndItsNeighbours();
    void tilingOpensTabsWhenThereAreFewer();
    void aMovedTabIsInTheOtherGroup();
    void theMenusOfferOtherBrowsers();
    void theDemonstrationNoticesWhatWasClicked();
    void theDemonstrationEndsWithItsTabs();
    void theDemonstrationOpensWhatItNeeds();

private:
    [[nodiscard]] BrowserTab *tab(int number) const { return m_window->tabs().at(number); }
    [[nodiscard]] QList<int> shownTabs() const;
    [[nodiscard]] bool waitForPages() const;
    void click(BrowserTab *tab) const;
    void keepPicture(const QString &name) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<MainWindow> m_window;
};

void DemonstrationTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    ServerOptions options;
    options.heartbeatInterval = 1s;
    options.shutdownTimeout = 1s;
    m_server = std::make_unique<Server>(options);
    Demos::mountSamplePages(*m_server);
    QVERIFY2(m_server->listen(), qPrintable(m_server->errorString()));
    m_window = std::make_unique<MainWindow>(*m_server,
                                            UserDirectories::inside(m_directory->path()));
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void DemonstrationTest::cleanup()
{
    m_window.reset();
    m_server.reset();
    m_directory.reset();
}

QList<int> DemonstrationTest::shownTabs() const
{
    QList<int> shown;
    const QList<BrowserTab *> tabs = m_window->tabs();
    for (int i = 0; i < tabs.size(); ++i) {
        if (tabs.at(i)->isVisible())
            shown.append(i);
    }
    return shown;
}

bool DemonstrationTest::waitForPages() const
{
    return QTest::qWaitFor(
        [this] {
            const QList<BrowserTab *> tabs = m_window->tabs();
            return std::ranges::all_of(tabs, [](const BrowserTab *tab) {
                return tab->isLive() && !tab->sessionGroup().isEmpty();
            });
        },
        startTimeout);
}

void DemonstrationTest::click(BrowserTab *tab) const
{
    for (const Tab &row : m_window->tabModel().tabs()) {
        if (m_window->tabArea().tab(row.id) == tab)
            m_window->tabModel().setCurrent(row.id);
    }
    tab->view()->page()->runJavaScript(
        u"document.querySelector('button[name=increment]').click()"_s);
}

void DemonstrationTest::keepPicture(const QString &name) const
{
    const QString folder = qEnvironmentVariable("LIVETEMPLATE_TEST_ARTIFACTS", QDir::currentPath());
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(m_window->grab().save(folder + u"/demonstration-%1.png"_s.arg(name)));
}

void DemonstrationTest::tilesShowTheCurrentTabAndItsNeighbours()
{
    m_window->openTab(firstBrowser, m_server->url());
    m_window->openTab(firstBrowser, m_server->url());
    TabArea &area = m_window->tabArea();
    TabModel &model = m_window->tabModel();
    const auto *strip = area.findChild<QTabBar *>();
    QCOMPARE(shownTabs(), (QList<int>{0, 1, 2, 3, 4}));
    QVERIFY(!strip->isVisible());

    model.setCurrent(model.tabs().at(0).id);
    m_window->tabCommands().tile(2);
    // Those that are not shown are open, behind the strip.
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(shownTabs(), (QList<int>{0, 1}));
    QVERIFY(strip->isVisible());
    model.setCurrent(model.tabs().at(1).id);
    QCOMPARE(shownTabs(), (QList<int>{0, 1}));
    model.setCurrent(model.tabs().at(3).id);
    QCOMPARE(shownTabs(), (QList<int>{2, 3}));
    m_window->tabCommands().tile(3);
    QCOMPARE(shownTabs(), (QList<int>{2, 3, 4}));
    m_window->tabCommands().tile(1);
    QCOMPARE(shownTabs(), (QList<int>{3}));
    QCOMPARE(area.arrangement(), TabArrangement::Stacked);
    m_window->tabCommands().tile(0);
    QCOMPARE(shownTabs().size(), 5);
    for (const QAction *action : m_window->tabCommands().tileActions())
        QCOMPARE(action->isChecked(), action->data().toInt() == 0);
}

void DemonstrationTest::tilingOpensTabsWhenThereAreFewer()
{
    m_window->tabModel().setCurrent(m_window->tabModel().tabs().at(2).id);
    m_window->tabCommands().tile(4);
    QCOMPARE(m_window->tabs().size(), 4);
    QCOMPARE(shownTabs(), (QList<int>{0, 1, 2, 3}));
    // Like the current one.
    QCOMPARE(tab(3)->browser().id(), BrowserId{1});
    QCOMPARE(tab(3)->url(), m_server->url(u"/counter"_s));
}

void DemonstrationTest::aMovedTabIsInTheOtherGroup()
{
    QVERIFY(waitForPages());
    const QString groupOfA = tab(0)->sessionGroup();
    const QString groupOfB = tab(2)->sessionGroup();
    const TabId id = m_window->tabModel().tabs().at(1).id;
    m_window->tabCommands().moveToBrowser(id, BrowserId{1});
    QCOMPARE(m_window->tabs().size(), 3);
    QCOMPARE(tab(1)->browser().id(), BrowserId{1});
    QCOMPARE(tab(1)->url(), m_server->url(u"/counter"_s));
    QVERIFY(waitForPages());
    QCOMPARE(tab(1)->sessionGroup(), groupOfB);
    QVERIFY(m_window->messageBar().isVisible());
    QVERIFY(m_window->messageBar().text().contains(u"is now in Browser B"_s));

    m_window->messageBar().findChild<QPushButton *>()->click();
    QCOMPARE(tab(1)->browser().id(), firstBrowser);
    QVERIFY(waitForPages());
    QCOMPARE(tab(1)->sessionGroup(), groupOfA);
}

void DemonstrationTest::theMenusOfferOtherBrowsers()
{
    QMenu menu;
    m_window->tabCommands().addMoveMenu(menu);
    QMenu *moves = menu.actions().first()->menu();
    Q_EMIT moves->aboutToShow();
    QStringList texts;
    for (const QAction *action : moves->actions()) {
        if (!action->isSeparator())
            texts.append(action->text());
    }
    QCOMPARE(texts, (QStringList{u"Browser B"_s, u"A &New Browser"_s}));
    moves->actions().last()->trigger();
    QCOMPARE(tab(0)->browser().id(), BrowserId{2});
}

void DemonstrationTest::theDemonstrationNoticesWhatWasClicked()
{
    m_window->tabCommands().demonstrateAction()->trigger();
    Demonstration &demonstration = m_window->tabCommands().demonstration();
    GuideBar &bar = m_window->tabCommands().guideBar();
    QVERIFY(demonstration.isRunning() && bar.isVisible());
    // The first start has what it needs.
    QCOMPARE(m_window->tabs().size(), 3);
    using Stage = BroadcastGuide::Stage;
    QTRY_COMPARE_WITH_TIMEOUT(demonstration.stage(), Stage::ClickInPair, startTimeout);
    QVERIFY(waitForPages());
    keepPicture(u"first-step"_s);

    click(tab(1));
    QTRY_COMPARE_WITH_TIMEOUT(demonstration.stage(), Stage::ClickInOther, startTimeout);
    QVERIFY(bar.text().startsWith(u"You clicked in the second tab of Browser A; its other tab "
                                  "followed, and both show 1. Browser B did not: it shows 0."_s));
    QTest::qWait(300);
    keepPicture(u"second-step"_s);
    click(tab(2));
    QTRY_COMPARE_WITH_TIMEOUT(demonstration.stage(), Stage::Finished, startTimeout);
    QVERIFY(bar.text().contains(u"The tabs of Browser A did not follow."_s));
    QTest::qWait(300);
    keepPicture(u"finished"_s);

    const QList<QPushButton *> buttons = bar.findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 2);
    buttons.first()->click();
    QTRY_COMPARE_WITH_TIMEOUT(demonstration.stage(), Stage::ClickInPair, startTimeout);
    QTest::keyClick(&bar, Qt::Key_Escape);
    QVERIFY(!demonstration.isRunning() && !bar.isVisible());
    QCOMPARE(m_window->tabs().size(), 3);
}

void DemonstrationTest::theDemonstrationEndsWithItsTabs()
{
    m_window->tabCommands().demonstrateAction()->trigger();
    QVERIFY(m_window->tabCommands().demonstration().isRunning());
    m_window->tabModel().close(m_window->tabModel().tabs().at(1).id);
    QTRY_VERIFY(!m_window->tabCommands().demonstration().isRunning());
    QVERIFY(!m_window->tabCommands().guideBar().isVisible());
}

void DemonstrationTest::theDemonstrationOpensWhatItNeeds()
{
    TabModel &model = m_window->tabModel();
    while (model.rowCount() > 1)
        model.close(model.tabs().last().id);
    m_window->tabCommands().demonstrateAction()->trigger();
    QCOMPARE(m_window->tabs().size(), 4);
    QCOMPARE(tab(1)->browser().id(), tab(2)->browser().id());
    QCOMPARE_NE(tab(1)->browser().id(), tab(3)->browser().id());
    QCOMPARE(shownTabs(), (QList<int>{1, 2, 3}));
    for (int i = 1; i < 4; ++i)
        QCOMPARE(tab(i)->url(), m_server->url(u"/counter"_s));
}

QTEST_MAIN(DemonstrationTest)
#include "tst_demonstration.moc"
