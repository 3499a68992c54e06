// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "feed.h"
#include "tickercontroller.h"

#include <LiveTemplate/LiveTest>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TickerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void nothingMovesBeforeTheStart();
    void pricesComeByThemselves();
    void tabsOfOneBrowserFollow();
    void afterTheStopAllStandsStill();
    void aPageThatIsOpenedAgainGoesOn();
    void whoIsGoneIsForgotten();
    void theDrawingFits();
    void theFeedEndsAtOnce();
    void theFeedMayOutliveTheServer();

private:
    void mountOn(LiveTest::Site &site)
    {
        QVERIFY(site.mount<TickerState>(u"/", u":/ticker.html", new TickerController(*m_feed)));
    }

    std::unique_ptr<Feed> m_feed;
    std::unique_ptr<LiveTest::Site> m_site;
};

void TickerTest::init()
{
    m_feed = std::make_unique<Feed>(5ms);
    m_site = std::make_unique<LiveTest::Site>();
    mountOn(*m_site);
}

void TickerTest::cleanup()
{
    m_site = nullptr;
    m_feed = nullptr;
}

void TickerTest::nothingMovesBeforeTheStart()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QCOMPARE(tab.text(u"#price"), u"100.00"_s);
    QCOMPARE(tab.text(u"#status"), u"Stopped"_s);
    QVERIFY(tab.isQuiet());
    QCOMPARE(m_feed->subscribers(), 0);
}

void TickerTest::pricesComeByThemselves()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=start]"));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(tab.waitForUpdate());
        QVERIFY(!tab.lastUpdate().isAnswer());
    }
    QTRY_VERIFY(tab.attribute(u"#line", u"points").count(u',') > 3);
    QVERIFY(tab.text(u"#price") != u"100.00");
}

void TickerTest::tabsOfOneBrowserFollow()
{
    LiveTest::Browser mine(*m_site);
    LiveTest::Browser yours(*m_site);
    LiveTest::Tab first = mine.open();
    LiveTest::Tab second = mine.open();
    LiveTest::Tab other = yours.open();
    QVERIFY(first.click(u"button[name=start]"));
    QTRY_COMPARE(second.text(u"#status"), u"Live from the server"_s);
    QTRY_VERIFY(second.attribute(u"#line", u"points").count(u',') > 3);
    QVERIFY(second.click(u"button[name=stop]"));
    QTRY_COMPARE(first.text(u"#status"), u"Stopped"_s);
    QVERIFY(other.isQuiet());
    QCOMPARE(other.text(u"#status"), u"Stopped"_s);
}

void TickerTest::afterTheStopAllStandsStill()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=start]"));
    QVERIFY(tab.waitForUpdate());
    QVERIFY(tab.click(u"button[name=stop]"));
    QCOMPARE(m_feed->subscribers(), 0);
    const auto before = tab.state<TickerState>();
    // Nor does a tick that was on its way, or that somebody sends.
    QVERIFY(tab.send(u"tick"_s));
    QCOMPARE(tab.state<TickerState>(), before);
}

void TickerTest::aPageThatIsOpenedAgainGoesOn()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=start]"));
    tab.close();
    QTRY_COMPARE(m_feed->subscribers(), 0);
    LiveTest::Tab next = browser.open();
    QCOMPARE(next.text(u"#status"), u"Live from the server"_s);
    QVERIFY(next.waitForUpdate());
}

void TickerTest::whoIsGoneIsForgotten()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=start]"));
    QCOMPARE(m_feed->subscribers(), 1);
    tab.drop();
    QTRY_COMPARE(m_feed->subscribers(), 0);
    QVERIFY(tab.reconnect());
    QCOMPARE(m_feed->subscribers(), 1);
}

void TickerTest::theDrawingFits()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=start]"));
    QTRY_COMPARE(m_feed->prices().size(), Feed::history);
    QTRY_VERIFY(tab.attribute(u"#line", u"points").count(u',') == Feed::history);
    const QStringList places = tab.attribute(u"#line", u"points").split(u' ');
    QCOMPARE(places.first().section(u',', 0, 0), u"0.0"_s);
    QCOMPARE(places.last().section(u',', 0, 0), u"600.0"_s);
    for (const QString &place : places) {
        const double y = place.section(u',', 1).toDouble();
        QVERIFY2(y >= 0 && y <= 160, qPrintable(place));
    }
}

void TickerTest::theFeedEndsAtOnce()
{
    // It would take an hour, if its thread did not hear of it.
    Feed feed(1h);
    feed.subscribe(LiveTemplate::Session());
    QCOMPARE(feed.prices().size(), 1);
}

void TickerTest::theFeedMayOutliveTheServer()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=start]"));
    QVERIFY(tab.waitForUpdate());
    m_site->stop();
    QTRY_COMPARE(m_feed->subscribers(), 0);
}

QTEST_GUILESS_MAIN(TickerTest)
#include "tst_ticker.moc"
