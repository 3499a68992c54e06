// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The sample pages, as a visitor has them.

#include "counter.h"
#include "demos.h"

#include "livetest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace LiveTemplate;
using namespace LiveTemplate::Demos;
using namespace Qt::StringLiterals;

using Scripts = LiveTest::Browser::Scripts;

class DemosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theIndexLeadsToEveryPage();
    void theCounterCounts_data();
    void theCounterCounts();
    void tabsOfOneBrowserAgree();
    void theNumberIsKept();
    void aFolderTakesThePlaceOfTemplates();
};

void DemosTest::theIndexLeadsToEveryPage()
{
    LiveTest::Site site;
    mountSamplePages(site.server());
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    QCOMPARE(tab.title(), u"LiveTemplate for Qt"_s);
    // All that are mounted but the index itself.
    QCOMPARE(tab.count(u".pages a"), site.server().pages().size() - 1);
    for (const MountedPage &page : site.server().pages())
        QCOMPARE(browser.open(page.path).status(), 200);
    QCOMPARE(tab.texts(u".pages b"), QStringList{u"Counter"_s});
    QVERIFY(tab.click(u".pages a:contains(Counter)"));
    QCOMPARE(tab.address(), u"/counter"_s);
    QCOMPARE(tab.text(u"#counter"), u"0"_s);
    QVERIFY(tab.click(u"nav a"));
    QCOMPARE(tab.address(), u"/"_s);
}

void DemosTest::theCounterCounts_data()
{
    QTest::addColumn<Scripts>("scripts");
    QTest::newRow("live") << Scripts::On;
    QTest::newRow("without a WebSocket") << Scripts::WithoutWebSocket;
    QTest::newRow("without JavaScript") << Scripts::Off;
}

void DemosTest::theCounterCounts()
{
    QFETCH(const Scripts, scripts);
    LiveTest::Site site;
    mountSamplePages(site.server());
    LiveTest::Browser browser(site, scripts);
    LiveTest::Tab tab = browser.open(u"/counter"_s);
    QCOMPARE(tab.text(u"#counter"), u"0"_s);
    QVERIFY(tab.click(u"[name=increment]"));
    QVERIFY(tab.click(u"[aria-label='Add one']"));
    QCOMPARE(tab.text(u"#counter"), u"2"_s);
    for (int i = 0; i < 3; ++i)
        QVERIFY(tab.click(u"[name=decrement]"));
    QCOMPARE(tab.text(u"#counter"), u"-1"_s);
}

void DemosTest::tabsOfOneBrowserAgree()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.threads = 2;
    LiveTest::Site site(options);
    mountSamplePages(site.server());
    LiveTest::Browser browser(site);
    LiveTest::Browser strangers(site);
    LiveTest::Tab first = browser.open(u"/counter"_s);
    LiveTest::Tab second = browser.open(u"/counter"_s);
    LiveTest::Tab stranger = strangers.open(u"/counter"_s);
    QVERIFY(first.click(u"[name=increment]"));
    QVERIFY(second.waitForUpdate());
    QCOMPARE(second.text(u"#counter"), u"1"_s);
    QVERIFY(second.click(u"[name=decrement]"));
    QVERIFY(first.waitForUpdate());
    QCOMPARE(first.text(u"#counter"), u"0"_s);
    QCOMPARE(first.state<CounterState>(), second.state<CounterState>());
    // A number and no page is sent.
    QCOMPARE(first.lastUpdate().tree().size(), 1);
    QVERIFY(stranger.isQuiet());
    QCOMPARE(stranger.updates().size(), 1);
}

void DemosTest::theNumberIsKept()
{
    LiveTest::Site site;
    mountSamplePages(site.server());
    LiveTest::Browser browser(site);
    {
        LiveTest::Tab tab = browser.open(u"/counter"_s);
        QVERIFY(tab.click(u"[name=increment]"));
    }
    QCOMPARE(browser.open(u"/counter"_s).text(u"#counter"), u"1"_s);
}

void DemosTest::aFolderTakesThePlaceOfTemplates()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"counter.html"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write("<b id=\"own\">{{ counter }}</b><button name=\"increment\">+</button>") > 0);
    file.close();
    LiveTest::Site site;
    mountSamplePages(site.server(), folder.path());
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open(u"/counter"_s);
    QVERIFY(tab.click(u"[name=increment]"));
    QCOMPARE(tab.text(u"#own"), u"1"_s);
    QCOMPARE(browser.open().title(), u"LiveTemplate for Qt"_s);
}

QTEST_GUILESS_MAIN(DemosTest)
#include "tst_demos.moc"
