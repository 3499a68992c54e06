// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "countingpage.h"
#include "expositionreader.h"
#include "livetest.h"
#include "redisserver.h"

#include <QTest>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_site.reset(); }

    void beforeTheServerListens();
    void countsWhatClientsDid_data();
    void countsWhatClientsDid();
    void agreesWithMetrics_data();
    void agreesWithMetrics();
    void theTimeBetweenTwoLooks();
    void rejections();
    void limits();
    void redis();
    void manyThreadsLook();

private:
    void start(const ServerOptions &options = LiveTest::Site::defaultOptions())
    {
        m_site.emplace(options);
        QVERIFY(m_site->mount<CountingState>(u"/", countingTemplate, new CountingController,
                                             Server::ControllerThreads::All));
        QVERIFY(m_site->start());
    }
    [[nodiscard]] ServerStatistics statistics() { return m_site->server().statistics(); }

    static void threadRows()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("four threads") << 4;
    }

    std::optional<LiveTest::Site> m_site;
};

void TestStatistics::beforeTheServerListens()
{
    ServerOptions options;
    options.threads = 3;
    const Server server(options);
    const ServerStatistics statistics = server.statistics();
    QCOMPARE(statistics.shards.size(), 3);
    QCOMPARE(statistics.gauges.connections, 0);
    QCOMPARE(statistics.counters.actionsProcessed, quint64(0));
    QVERIFY(statistics.actionDuration.isEmpty());
    QVERIFY(!statistics.redis);
    QVERIFY(statistics.process.residentBytes.value_or(0) > 0);
    QVERIFY(statistics.process.openFiles.value_or(0) > 0);
}

void TestStatistics::countsWhatClientsDid_data()
{
    threadRows();
}

void TestStatistics::countsWhatClientsDid()
{
    QFETCH(const int, threads);
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.threads = threads;
    start(options);
    LiveTest::Browser browser(*m_site);
    LiveTest::Browser strangers(*m_site);
    LiveTest::Tab first = browser.open();
    LiveTest::Tab second = browser.open();
    LiveTest::Tab stranger = strangers.open();

    // It counts what it has sent a moment after that.
    QTRY_COMPARE(statistics().updatePayload.count(), quint64(3));
    const ServerStatistics before = statistics();
    QCOMPARE(before.gauges.connections, 3);
    QCOMPARE(before.gauges.groups, 2);
    QCOMPARE(before.counters.connectionsOpened, quint64(3));
    QCOMPARE(before.counters.actionsProcessed, quint64(0));

    constexpr int clicks = 5;
    for (int i = 0; i < clicks; ++i) {
        QVERIFY(first.send(u"increment"_s));
        QVERIFY(second.waitForUpdate());
    }
    QVERIFY(stranger.send(u"fail"_s));

    QTRY_COMPARE(statistics().updatePayload.since(before.updatePayload).count(),
                 quint64(2 * clicks + 1));
    const ServerStatistics after = statistics();
    const auto difference = [&](quint64 ServerStatistics::Counters::*field) {
        return after.counters.*field - before.counters.*field;
    };
    QCOMPARE(difference(&ServerStatistics::Counters::messagesReceived), quint64(clicks + 1));
    // What clients asked for, a failure too; it ran again in the other tab of the group.
    QCOMPARE(difference(&ServerStatistics::Counters::actionsProcessed), quint64(clicks + 1));
    QCOMPARE(after.actionDuration.since(before.actionDuration).count(), quint64(2 * clicks + 1));
    QCOMPARE(difference(&ServerStatistics::Counters::broadcastsSent), quint64(clicks));
    QCOMPARE(difference(&ServerStatistics::Counters::dispatches), quint64(clicks));
    QCOMPARE(difference(&ServerStatistics::Counters::dispatchesDropped), quint64(0));
    QCOMPARE(difference(&ServerStatistics::Counters::errors), quint64(1));
    QCOMPARE(after.updatePayload.since(before.updatePayload).count(), quint64(2 * clicks + 1));
    QVERIFY(difference(&ServerStatistics::Counters::bytesReceived) > 0);
    QVERIFY(difference(&ServerStatistics::Counters::bytesSent) > 0);

    QCOMPARE(after.shards.size(), threads);
    qint64 connections = 0;
    qint64 groups = 0;
    for (const ServerStatistics::Shard &shard : after.shards) {
        connections += shard.connections;
        groups += shard.groups;
    }
    QCOMPARE(connections, 3);
    QCOMPARE(groups, 2);
    QVERIFY(after.takenAt > before.takenAt);

    stranger.close();
    QTRY_COMPARE(statistics().gauges.connections, 2);
    QCOMPARE(statistics().gauges.groups, 1);
}

void TestStatistics::agreesWithMetrics_data()
{
    threadRows();
}

void TestStatistics::agreesWithMetrics()
{
    QFETCH(const int, threads);
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.threads = threads;
    start(options);
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    for (int i = 0; i < 3; ++i)
        QVERIFY(tab.send(u"slow"_s));

    const ServerStatistics counted = statistics();
    const auto families = ExpositionReader::read(browser.fetch({.address = u"/metrics"_s}).body);
    QVERIFY2(families, qPrintable(families ? QString() : families.error()));
    const auto value = [&](const QString &sample) {
        QString family = sample.section(u'{', 0, 0);
        if (!families->contains(family))
            family = family.section(u'_', 0, -2);
        return (*families)[family].samples.value(sample, -1);
    };
    QCOMPARE(double(counted.gauges.connections), value(u"livetemplate_connections_active"_s));
    QCOMPARE(double(counted.gauges.groups), value(u"livetemplate_groups_active"_s));
    const ServerStatistics::Counters &counters = counted.counters;
    QCOMPARE(double(counters.connectionsOpened), value(u"livetemplate_connections_opened_total"_s));
    QCOMPARE(double(counters.messagesReceived), value(u"livetemplate_messages_received_total"_s));
    QCOMPARE(double(counters.actionsProcessed), value(u"livetemplate_actions_processed_total"_s));
    QCOMPARE(double(counters.actionsProcessed), 3.0);
    QCOMPARE(double(counters.broadcastsSent), value(u"livetemplate_broadcasts_sent_total"_s));
    QCOMPARE(double(counters.dispatches), value(u"livetemplate_dispatches_total"_s));

    const QString name = u"livetemplate_action_duration_seconds"_s;
    const Histogram &actions = counted.actionDuration;
    QCOMPARE(double(actions.count()), value(name + u"_count"_s));
    // The text has fewer digits than a double.
    QCOMPARE_LT(std::abs(double(actions.sum()) / 1e9 - value(name + u"_sum"_s)), 1e-6);
    for (const auto &[quantile, label] : {std::pair(0.5, u"0.5"_s), {0.95, u"0.95"_s}}) {
        const double seconds = value(name + u"{quantile=\"%1\"}"_s.arg(label));
        QCOMPARE_LT(std::abs(double(actions.quantile(quantile)) / 1e9 - seconds), 1e-6);
        QCOMPARE_GE(seconds, 0.02);
    }
}

void TestStatistics::theTimeBetweenTwoLooks()
{
    start();
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    const auto act = [&](const QString &action, int times) {
        for (int i = 0; i < times; ++i) {
            if (!tab.send(action))
                return false;
        }
        return true;
    };
    QVERIFY(act(u"slow"_s, 2));
    const ServerStatistics before = statistics();
    QVERIFY(act(u"increment"_s, 20));
    const ServerStatistics between = statistics();
    QVERIFY(act(u"slow"_s, 3));
    const ServerStatistics after = statistics();

    QCOMPARE(between.actionDuration.since(before.actionDuration).count(), quint64(20));
    const Histogram slow = after.actionDuration.since(between.actionDuration);
    QCOMPARE(slow.count(), quint64(3));
    // Nothing of the twenty fast ones is in it.
    QCOMPARE_GE(slow.quantile(0.01), quint64(20'000'000));
    QCOMPARE_GE(slow.mean(), 20e6);
}

void TestStatistics::rejections()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.maxConnections = 1;
    start(options);
    LiveTest::Browser foreigner(*m_site);
    foreigner.setHeader("Origin", "http://evil.example");
    QVERIFY(!foreigner.open().isConnected());
    LiveTest::Browser browser(*m_site);
    const LiveTest::Tab first = browser.open();
    QVERIFY(first.isConnected());
    QVERIFY(!browser.open().isConnected());

    const ServerStatistics::Counters counters = statistics().counters;
    QCOMPARE(counters.rejected(Rejection::Capacity), quint64(1));
    QCOMPARE(counters.rejected(Rejection::Origin), quint64(1));
    quint64 all = 0;
    for (const quint64 count : counters.rejections)
        all += count;
    QCOMPARE(all, quint64(2));
    QCOMPARE(statistics().gauges.connections, 1);
}

void TestStatistics::limits()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.maxConnections = 70;
    options.maxConnectionsPerGroup = 8;
    options.maxPendingBytes = 1'000'000;
    start(options);
    const ServerStatistics::Limits limits = statistics().limits;
    QCOMPARE(limits.connections, 70);
    QCOMPARE(limits.connectionsPerGroup, 8);
    QCOMPARE(limits.pendingBytesPerConnection, 1'000'000);
}

void TestStatistics::redis()
{
    RedisServer redisServer;
    QVERIFY(redisServer.start());
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.redisUrl = redisServer.url();
    start(options);
    const auto redis = [this] {
        return statistics().redis.value_or(ServerStatistics::Redis());
    };
    QTRY_VERIFY_WITH_TIMEOUT(redis().isConnected && redis().isSubscribed, 20'000);
    const ServerStatistics::Redis before = redis();

    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.send(u"increment"_s));
    QTRY_VERIFY(redis().published > before.published);
    QTRY_VERIFY(redis().commands > before.commands);
    QTRY_VERIFY(redis().commandDuration.since(before.commandDuration).count() > 0);
    QCOMPARE(redis().commandTimeouts, quint64(0));
    QVERIFY(!redis().isFallback);

    redisServer.kill();
    QTRY_VERIFY_WITH_TIMEOUT(!redis().isConnected, 20'000);
}

void TestStatistics::manyThreadsLook()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.threads = 2;
    start(options);
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();

    std::atomic<bool> isOver = false;
    std::atomic<bool> wentBack = false;
    std::vector<std::jthread> watchers;
    for (int i = 0; i < 2; ++i) {
        watchers.emplace_back([&] {
            ServerStatistics last = statistics();
            while (!isOver) {
                const ServerStatistics now = statistics();
                if (now.counters.actionsProcessed < last.counters.actionsProcessed
                    || now.actionDuration.count() < last.actionDuration.count())
                    wentBack = true;
                last = now;
            }
        });
    }
    for (int i = 0; i < 200; ++i)
        tab.sendRaw(R"({"action":"increment"})");
    const bool allCame = QTest::qWaitFor([&] { return tab.updates().size() == 1 + 200; }, 20'000);
    isOver = true;
    watchers.clear();
    QVERIFY(allCame);
    QVERIFY(!wentBack);
    QCOMPARE(statistics().counters.actionsProcessed, quint64(200));
}

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
