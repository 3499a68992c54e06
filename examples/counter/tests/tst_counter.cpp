// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The program is one file: all of it is here, with another name for its main().
#define main counterProgram
#include "../main.cpp"
#undef main

#include <LiveTemplate/LiveTest>

#include <QTest>

class CounterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aClickCounts();
    void tabsOfOneBrowserCountTogether();
    void anotherBrowserHasItsOwnCounter();
    void resetIsThereOnceSomethingIsCounted();
    void worksWithoutJavaScript();

private:
    std::unique_ptr<LiveTest::Site> m_site;
};

void CounterTest::init()
{
    m_site = std::make_unique<LiveTest::Site>();
    QVERIFY(m_site->mount<CounterState>(u"/", u":/counter.html", new CounterController));
}

void CounterTest::aClickCounts()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QCOMPARE(tab.text(u"#count"), u"0"_s);
    QVERIFY(tab.click(u"button[name=increment]"));
    QCOMPARE(tab.text(u"#count"), u"1"_s);
    QCOMPARE(tab.state<CounterState>().count, 1);
}

void CounterTest::tabsOfOneBrowserCountTogether()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab first = browser.open();
    LiveTest::Tab second = browser.open();
    QVERIFY(first.click(u"button[name=increment]"));
    QTRY_COMPARE(second.text(u"#count"), u"1"_s);
    QVERIFY(second.click(u"button[name=increment]"));
    QTRY_COMPARE(first.text(u"#count"), u"2"_s);
    // What is sent is the number, and nothing else of the page.
    QCOMPARE(second.click(u"button[name=increment]"), true);
    QCOMPARE(second.lastAnswer().diff(), R"({"0":"3"})");
}

void CounterTest::anotherBrowserHasItsOwnCounter()
{
    LiveTest::Browser mine(*m_site);
    LiveTest::Browser yours(*m_site);
    LiveTest::Tab here = mine.open();
    LiveTest::Tab there = yours.open();
    QVERIFY(here.click(u"button[name=increment]"));
    QVERIFY(there.isQuiet());
    QCOMPARE(there.text(u"#count"), u"0"_s);
}

void CounterTest::resetIsThereOnceSomethingIsCounted()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.has(u"button[name=reset]:disabled"));
    QVERIFY(tab.click(u"button[name=increment]"));
    QVERIFY(tab.click(u"button[name=reset]:not(:disabled)"));
    QCOMPARE(tab.state<CounterState>(), CounterState());
}

void CounterTest::worksWithoutJavaScript()
{
    LiveTest::Browser browser(*m_site, LiveTest::Browser::Scripts::Off);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=increment]"));
    QCOMPARE(tab.text(u"#count"), u"1"_s);
}

QTEST_GUILESS_MAIN(CounterTest)
#include "tst_counter.moc"
