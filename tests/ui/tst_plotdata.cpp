// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "fakestatistics.h"
#include "plotdata.h"

#include <QLocale>
#include <QSet>
#include <QTest>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class PlotDataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void init()
    {
        m_fake = std::make_unique<FakeStatistics>();
        m_history = StatisticsHistory();
    }

    void fewPointsAreAllDrawn()
    {
        for (const int connections : {1, 5, 2})
            sample(connections);
        const auto segments = decimated(m_history, Series::Connections, 60, 300);
        QCOMPARE(segments.size(), 1);
        QCOMPARE(segments.first(), (PlotSegment{{-2, 1}, {-1, 5}, {0, 2}}));
    }

    void aGapIsNoLine()
    {
        sample(1);
        sample(2);
        m_fake->advance(10s);
        sample(3);
        sample(4);
        const auto segments = decimated(m_history, Series::Connections, 60, 300);
        QCOMPARE(segments.size(), 2);
        QCOMPARE(segments.at(0).size(), 2);
        QCOMPARE(segments.at(1), (PlotSegment{{-1, 3}, {0, 4}}));
        // Nor where there is no value: of rates, the first after a gap.
        const auto rates = decimated(m_history, Series::Actions, 60, 300);
        QCOMPARE(rates.size(), 2);
        QCOMPARE(rates.at(1).size(), 1);
    }

    void peaksAreNotLost()
    {
        for (int i = 0; i < StatisticsHistory::capacity; ++i)
            sample(i == 700 ? 1000 : i == 1203 ? 0 : 100 + i % 3);
        constexpr int columns = 200;
        const auto segments = decimated(m_history, Series::Connections, 1800, columns);
        QCOMPARE(segments.size(), 1);
        const PlotSegment &points = segments.first();
        QCOMPARE_LE(points.size(), 4 * columns);
        const auto [smallest, largest] = std::ranges::minmax(points, {}, &QPointF::y);
        QCOMPARE(smallest.y(), 0.0);
        QCOMPARE(largest.y(), 1000.0);
        QVERIFY(std::ranges::is_sorted(points, {}, &QPointF::x));
        QCOMPARE(points.last(), QPointF(0, 100 + 1799 % 3));
        QCOMPARE(largestValue(m_history, Series::Connections, 1800), 1000.0);
        QCOMPARE(largestValue(m_history, Series::Connections, 60), 102.0);
    }

    void everyPlotSaysWhatItMeans_data()
    {
        QTest::addColumn<int>("shards");
        QTest::newRow("1") << 1;
        QTest::newRow("6") << 6;
        QTest::newRow("64") << 64;
    }

    void everyPlotSaysWhatItMeans()
    {
        QFETCH(const int, shards);
        m_fake = std::make_unique<FakeStatistics>(shards);
        sample(1);
        QSet<QString> keys;
        QSet<int> series;
        for (const Plot &plot : statisticsPlots(shards)) {
            QVERIFY(!plot.title.isEmpty() && !keys.contains(plot.key));
            keys.insert(plot.key);
            for (const QString &text : {plot.meaning, plot.healthy, plot.action})
                QVERIFY2(text.endsWith(u'.'), qPrintable(plot.key));
            QVERIFY(!plot.lines.isEmpty() && plot.headline < plot.lines.size());
            for (const PlotLine &line : plot.lines) {
                QVERIFY(int(line.series) < m_history.seriesCount());
                series.insert(int(line.series));
            }
        }
        // Nothing is remembered that nobody sees.
        QCOMPARE(series.size(), m_history.seriesCount());
    }

    void csv()
    {
        sample(1);
        m_fake->act(1ms, 4);
        sample(12);
        m_fake->advance(1min);
        sample(3);
        const QList<Plot> plots = {
            {.key = u"a"_s, .title = u"Say \"hi\""_s, .lines = {{u"open"_s, Series::Connections}}},
            {.key = u"b"_s,
             .title = u"Actions"_s,
             .unit = Unit::PerSecond,
             .lines = {{u"run"_s, Series::Actions}}}};
        QCOMPARE(statisticsCsv(m_history, plots, 1800),
                 u"\"time\",\"Say \"\"hi\"\": open (count)\",\"Actions: run (per second)\"\r\n"
                 "2026-01-02T03:04:05.000Z,1,\r\n"
                 "2026-01-02T03:04:06.000Z,12,4\r\n"
                 ",,\r\n"
                 "2026-01-02T03:05:07.000Z,3,\r\n"_s);
    }

    void textAndHeadline()
    {
        sample(1);
        m_fake->statistics.counters.rejections = {1, 2, 0, 0, 0, 0, 0, 0};
        sample(2);
        for (const Plot &plot : statisticsPlots(1)) {
            if (plot.key == u"rejected"_s)
                QCOMPARE(headline(m_history, plot, 1), u"3/s"_s);
            if (plot.key == u"connections"_s)
                QCOMPARE(headline(m_history, plot, 1), u"2"_s);
            QCOMPARE(headline(m_history, plot, -1), u"–"_s);
        }
        const QString text = statisticsText(m_history, statisticsPlots(1), 1);
        QVERIFY(text.contains(u"\nConnections: open 2\n"_s));
        QVERIFY(text.contains(u"server full 1/s, group full 2/s, wrong origin 0/s"_s));
    }

private:
    void sample(qint64 connections)
    {
        m_fake->statistics.gauges.connections = connections;
        m_history.add(m_fake->statistics);
        m_fake->advance();
    }

    std::unique_ptr<FakeStatistics> m_fake;
    StatisticsHistory m_history;
};

QTEST_GUILESS_MAIN(PlotDataTest)
#include "tst_plotdata.moc"
