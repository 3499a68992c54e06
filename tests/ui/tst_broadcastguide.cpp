// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "broadcastguide.h"

#include <QTest>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

using Stage = BroadcastGuide::Stage;

class BroadcastGuideTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_guide = BroadcastGuide(u"Browser A"_s, u"Browser B"_s); }

    void waitsForThePages()
    {
        QCOMPARE(m_guide.stage(), Stage::Loading);
        QVERIFY(!see({}, {}, {}));
        QVERIFY(!see(u"0"_s, u"0"_s, {}));
        QCOMPARE(m_guide.stage(), Stage::Loading);
        QVERIFY(m_guide.instruction().contains(u"two tabs of Browser A and one of Browser B"_s));
        QVERIFY(see(u"0"_s, u"0"_s, u"5"_s));
        QCOMPARE(m_guide.stage(), Stage::ClickInPair);
        QCOMPARE(m_guide.step(), 1);
        QVERIFY(m_guide.happened().isEmpty());
    }

    void theWholeWay_data()
    {
        QTest::addColumn<int>("used");
        QTest::addColumn<QString>("where");
        QTest::newRow("the first tab") << 0 << u"You clicked in the first tab of Browser A;"_s;
        QTest::newRow("the second tab") << 1 << u"You clicked in the second tab of Browser A;"_s;
        QTest::newRow("nobody knows where") << -1 << u"You clicked in a tab of Browser A;"_s;
    }

    void theWholeWay()
    {
        QFETCH(const int, used);
        QFETCH(const QString, where);
        see(u"0"_s, u"0"_s, u"0"_s);
        QVERIFY(!see(u"0"_s, u"0"_s, u"0"_s));
        // One is always a moment before the other.
        QVERIFY(!see(u"1"_s, u"0"_s, u"0"_s, used));
        QVERIFY(see(u"1"_s, u"1"_s, u"0"_s, used));
        QCOMPARE(m_guide.stage(), Stage::ClickInOther);
        QCOMPARE(m_guide.step(), 2);
        QVERIFY(m_guide.happened().startsWith(where));
        QVERIFY(m_guide.happened().contains(u"both show 1. Browser B did not: it shows 0."_s));
        QCOMPARE(m_guide.instruction(), u"Now click +1 in Browser B."_s);

        QVERIFY(!see(u"1"_s, u"1"_s, u"0"_s));
        QVERIFY(see(u"1"_s, u"1"_s, u"1"_s, 2));
        QCOMPARE(m_guide.stage(), Stage::Finished);
        QCOMPARE(m_guide.happened(),
                 u"You clicked in Browser B: it shows 1. The tabs of Browser A did not follow."_s);
        QVERIFY(!see(u"9"_s, u"9"_s, u"9"_s));
    }

    void theOtherBrowserFirst()
    {
        see(u"0"_s, u"0"_s, u"0"_s);
        QVERIFY(see(u"0"_s, u"0"_s, u"1"_s, 2));
        QCOMPARE(m_guide.stage(), Stage::ClickInPair);
        QVERIFY(m_guide.happened().startsWith(u"You clicked in Browser B"_s));
        QVERIFY(see(u"1"_s, u"1"_s, u"1"_s, 0));
        QCOMPARE(m_guide.stage(), Stage::ClickInOther);
    }

    void thePairAgain()
    {
        see(u"0"_s, u"0"_s, u"0"_s);
        see(u"1"_s, u"1"_s, u"0"_s, 0);
        QVERIFY(see(u"2"_s, u"2"_s, u"0"_s, 1));
        QCOMPARE(m_guide.stage(), Stage::ClickInOther);
        QVERIFY(m_guide.happened().contains(u"both show 2"_s));
    }

    void aTabThatDoesNotFollow()
    {
        see(u"0"_s, u"0"_s, u"0"_s);
        int looks = 0;
        while (!see(u"1"_s, u"0"_s, u"0"_s) && looks < 1000)
            ++looks;
        QVERIFY(looks > 4 && looks < 100);
        QVERIFY(m_guide.happened().contains(u"Why did it follow?"_s));
        QCOMPARE(m_guide.stage(), Stage::ClickInPair);
        // Said once, and right as soon as it does.
        QVERIFY(!see(u"1"_s, u"0"_s, u"0"_s));
        QVERIFY(see(u"1"_s, u"1"_s, u"0"_s));
        QCOMPARE(m_guide.stage(), Stage::ClickInOther);
    }

    void aPageThatLoadsAnewIsWaitedFor()
    {
        see(u"3"_s, u"3"_s, u"0"_s);
        QVERIFY(!see({}, u"3"_s, u"0"_s));
        QVERIFY(!see(u"3"_s, u"3"_s, u"0"_s));
        QCOMPARE(m_guide.stage(), Stage::ClickInPair);
    }

private:
    bool see(const QString &first, const QString &second, const QString &other, int used = -1)
    {
        return m_guide.observe({first, second, other}, used);
    }

    BroadcastGuide m_guide{{}, {}};
};

QTEST_GUILESS_MAIN(BroadcastGuideTest)
#include "tst_broadcastguide.moc"
