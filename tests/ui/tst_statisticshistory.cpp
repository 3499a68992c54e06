// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "fakestatistics.h"
#include "statisticshistory.h"

#include <QTest>

#include <cmath>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace std::chrono_literals;

class StatisticsHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst()
    {
        const StatisticsHistory history;
        QVERIFY(history.isEmpty());
        QCOMPARE(history.nearest(0), qsizetype(-1));
        QVERIFY(std::isnan(history.recentQuantile(StatisticsHistory::Duration::Action, 0.95)));
    }

    void ratesAreOfTheTimeBetween()
    {
        FakeStatistics fake;
        StatisticsHistory history;
        fake.statistics.counters.actionsProcessed = 1000;
        history.add(fake.statistics);
        QVERIFY(history.newest().beginsRun);
        QVERIFY(std::isnan(last(history, Series::Actions)));
        QCOMPARE(last(history, Series::Connections), 0.0);

        fake.advance(2s);
        fake.statistics.counters.actionsProcessed += 50;
        fake.statistics.counters.bytesSent += 4096;
        fake.statistics.counters.rejections[std::size_t(Rejection::Origin)] += 3;
        fake.statistics.gauges.connections = 7;
        history.add(fake.statistics);
        QVERIFY(!history.newest().beginsRun);
        QCOMPARE(last(history, Series::Actions), 25.0);
        QCOMPARE(last(history, Series::BytesOut), 2048.0);
        QCOMPARE(last(history, seriesOf(Rejection::Origin)), 1.5);
        QCOMPARE(last(history, seriesOf(Rejection::Capacity)), 0.0);
        QCOMPARE(last(history, Series::Connections), 7.0);
    }

    void cpuIsInCores()
    {
        FakeStatistics fake;
        StatisticsHistory history;
        fake.statistics.process.cpuSeconds = 10;
        history.add(fake.statistics);
        fake.advance();
        fake.statistics.process.cpuSeconds = 11.5;
        history.add(fake.statistics);
        QCOMPARE(last(history, Series::Cpu), 1.5);
        QVERIFY(std::isnan(last(history, Series::ResidentBytes)));
    }

    void quantilesAreOfTenSeconds()
    {
        FakeStatistics fake;
        StatisticsHistory history;
        history.add(fake.statistics);
        fake.advance();
        fake.act(1ms, 19);
        fake.act(50ms);
        history.add(fake.statistics);
        QVERIFY(isAbout(last(history, Series::ActionP50), 1e-3));
        QVERIFY(isAbout(last(history, Series::ActionP95), 1e-3));
        QVERIFY(isAbout(last(history, Series::ActionP99), 50e-3));
        for (int i = 0; i < 9; ++i) {
            fake.advance();
            history.add(fake.statistics);
        }
        QVERIFY(isAbout(last(history, Series::ActionP99), 50e-3));
        fake.advance();
        history.add(fake.statistics);
        QVERIFY(std::isnan(last(history, Series::ActionP99)));
        // Thresholds look at a minute.
        QVERIFY(isAbout(history.recentQuantile(StatisticsHistory::Duration::Action, 0.99), 50e-3));
        for (int i = 0; i < 60; ++i) {
            fake.advance();
            history.add(fake.statistics);
        }
        QVERIFY(std::isnan(history.recentQuantile(StatisticsHistory::Duration::Action, 0.99)));
    }

    void aPauseIsAGap_data()
    {
        QTest::addColumn<std::chrono::milliseconds>("pause");
        QTest::addColumn<bool>("isGap");
        QTest::newRow("a second") << 1000ms << false;
        QTest::newRow("one left out") << 2000ms << false;
        QTest::newRow("at the limit") << 2500ms << false;
        QTest::newRow("two left out") << 3000ms << true;
        QTest::newRow("a night") << std::chrono::milliseconds(9h) << true;
    }

    void aPauseIsAGap()
    {
        QFETCH(const std::chrono::milliseconds, pause);
        QFETCH(const bool, isGap);
        FakeStatistics fake;
        StatisticsHistory history;
        history.add(fake.statistics);
        fake.advance();
        history.add(fake.statistics);
        fake.advance(pause);
        fake.act(1ms, 5);
        history.add(fake.statistics);
        QCOMPARE(history.newest().beginsRun, isGap);
        QCOMPARE(std::isnan(last(history, Series::Actions)), isGap);
        QCOMPARE(std::isnan(last(history, Series::ActionP50)), isGap);
        // What came meanwhile is counted all the same.
        const auto increase = history.increase(24h, [](const StatisticsHistory::Sample &sample) {
            return sample.counters.actionsProcessed;
        });
        QCOMPARE(increase.amount, 5.0);
    }

    void memoryIsBounded()
    {
        FakeStatistics fake;
        StatisticsHistory history;
        const qsizetype more = StatisticsHistory::capacity + 500;
        for (qsizetype i = 0; i < more; ++i) {
            fake.statistics.gauges.connections = i;
            history.add(fake.statistics);
            fake.advance();
        }
        QCOMPARE(history.size(), StatisticsHistory::capacity);
        QCOMPARE(history.value(0, Series::Connections), 500.0);
        QCOMPARE(last(history, Series::Connections), double(more - 1));
        QCOMPARE(history.age(0), -double(StatisticsHistory::capacity - 1));
        QCOMPARE(history.firstWithin(60), history.size() - 61);
    }

    void increaseOfAWindow()
    {
        FakeStatistics fake;
        StatisticsHistory history;
        const auto grown = [&history](std::chrono::seconds window) {
            return history.increase(window, [](const StatisticsHistory::Sample &sample) {
                return sample.counters.broadcastsSent;
            });
        };
        for (int i = 0; i <= 100; ++i) {
            history.add(fake.statistics);
            fake.advance();
            fake.statistics.counters.broadcastsSent += 2;
        }
        QCOMPARE(grown(10s).amount, 20.0);
        QCOMPARE(grown(10s).seconds, 10.0);
        QCOMPARE(grown(10s).rate(), 2.0);
        // There is nothing older than a hundred seconds.
        QCOMPARE(grown(5min).amount, 200.0);
        QCOMPARE(grown(5min).seconds, 100.0);
    }

    void eachShardHasALag()
    {
        FakeStatistics fake(3);
        StatisticsHistory history;
        history.add(fake.statistics);
        fake.advance();
        fake.lag(0, 1ms);
        fake.lag(2, 40ms);
        history.add(fake.statistics);
        QVERIFY(isAbout(lag(history, 0), 1e-3));
        QVERIFY(std::isnan(lag(history, 1)));
        QVERIFY(isAbout(lag(history, 2), 40e-3));
        QVERIFY(isAbout(history.recentQuantile(StatisticsHistory::Duration::LoopLag, 0.99), 40e-3));
    }

    void ofManyShardsTheSlowestAndATypicalOne()
    {
        FakeStatistics fake(16);
        StatisticsHistory history;
        history.add(fake.statistics);
        fake.advance();
        for (int shard = 0; shard < 16; ++shard)
            fake.lag(shard, shard == 5 ? 80ms : 2ms);
        history.add(fake.statistics);
        QCOMPARE(history.seriesCount(), int(Series::FirstLoopLag) + 2);
        QVERIFY(isAbout(lag(history, 0), 80e-3));
        QVERIFY(isAbout(lag(history, 1), 2e-3));
    }

    void findsTheSampleOfAMoment()
    {
        FakeStatistics fake;
        StatisticsHistory history;
        for (int i = 0; i < 5; ++i) {
            history.add(fake.statistics);
            fake.advance();
        }
        fake.advance(60s);
        history.add(fake.statistics);
        QCOMPARE(history.nearest(0), qsizetype(5));
        QCOMPARE(history.nearest(-30), qsizetype(-1));
        QCOMPARE(history.nearest(history.age(2) + 0.3), qsizetype(2));
        QCOMPARE(history.nearest(-10000), qsizetype(-1));
    }

private:
    static double last(const StatisticsHistory &history, Series series)
    {
        return history.value(history.size() - 1, series);
    }
    static double lag(const StatisticsHistory &history, int shard)
    {
        return last(history, Series(int(Series::FirstLoopLag) + shard));
    }
    /// To 4 %, as histograms are.
    static bool isAbout(double value, double expected)
    {
        return std::abs(value - expected) <= 0.04 * expected;
    }
};

QTEST_GUILESS_MAIN(StatisticsHistoryTest)
#include "tst_statisticshistory.moc"
