// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "expositionreader.h"
#include "metricsexporter_p.h"
#include "processmetrics_p.h"
#include "shardmetrics_p.h"

#include <QDateTime>
#include <QFile>
#include <QMap>
#include <QTest>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <atomic>
#include <cmath>
#include <latch>
#include <sys/prctl.h>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct CounterRow
{
    const char *name;
    Counter ShardMetrics::*field;
};

constexpr CounterRow counterRows[] = {
    {"livetemplate_connections_opened_total", &ShardMetrics::connectionsOpened},
    {"livetemplate_http_requests_total", &ShardMetrics::httpRequests},
    {"livetemplate_messages_received_total", &ShardMetrics::messagesReceived},
    {"livetemplate_messages_malformed_total", &ShardMetrics::messagesMalformed},
    {"livetemplate_received_bytes_total", &ShardMetrics::bytesReceived},
    {"livetemplate_sent_bytes_total", &ShardMetrics::bytesSent},
    {"livetemplate_actions_processed_total", &ShardMetrics::actionsProcessed},
    {"livetemplate_actions_unknown_total", &ShardMetrics::actionsUnknown},
    {"livetemplate_errors_total", &ShardMetrics::errors},
    {"livetemplate_templates_executed_total", &ShardMetrics::templatesExecuted},
    {"livetemplate_trees_built_total", &ShardMetrics::treesBuilt},
    {"livetemplate_renders_shared_total", &ShardMetrics::treesShared},
    {"livetemplate_trees_diffed_total", &ShardMetrics::treesDiffed},
    {"livetemplate_dispatches_total", &ShardMetrics::dispatches},
    {"livetemplate_websocket_dispatch_dropped_total", &ShardMetrics::dispatchDropped},
    {"livetemplate_broadcasts_over_limit_total", &ShardMetrics::broadcastsOverLimit},
    {"livetemplate_rate_limited_total", &ShardMetrics::rateLimited},
    {"livetemplate_websocket_pending_actions_closes_total", &ShardMetrics::pendingActionsExceeded},
    {"livetemplate_websocket_buffer_full_total", &ShardMetrics::bufferFull},
    {"livetemplate_renders_coalesced_total", &ShardMetrics::rendersCoalesced},
    {"livetemplate_websocket_slow_client_closes_total", &ShardMetrics::slowClientCloses},
    {"livetemplate_websocket_idle_closes_total", &ShardMetrics::idleCloses},
    {"livetemplate_websocket_protocol_errors_total", &ShardMetrics::protocolErrors},
    {"livetemplate_websocket_write_errors_total", &ShardMetrics::writeErrors},
    {"livetemplate_full_tree_sends_total", &ShardMetrics::fullTreeSends},
    {"livetemplate_dynamics_only_sends_total", &ShardMetrics::dynamicsOnlySends},
    {"livetemplate_states_saved_total", &ShardMetrics::statesSaved},
};

struct GaugeRow
{
    const char *name;
    Gauge ShardMetrics::*field;
};

constexpr GaugeRow gaugeRows[] = {
    {"livetemplate_groups_active", &ShardMetrics::groupsActive},
    {"livetemplate_http_connections_active", &ShardMetrics::httpConnectionsActive},
    {"livetemplate_websocket_send_buffer_size", &ShardMetrics::pendingBytes},
    {"livetemplate_connections_behind", &ShardMetrics::connectionsBehind},
};

struct SummaryRow
{
    const char *name;
    Distribution ShardMetrics::*field;
    double unit;
};

constexpr SummaryRow summaryRows[] = {
    {"livetemplate_template_duration_seconds", &ShardMetrics::templateDuration, 1e9},
    {"livetemplate_build_duration_seconds", &ShardMetrics::buildDuration, 1e9},
    {"livetemplate_diff_duration_seconds", &ShardMetrics::diffDuration, 1e9},
    {"livetemplate_action_duration_seconds", &ShardMetrics::actionDuration, 1e9},
    {"livetemplate_update_payload_bytes", &ShardMetrics::updatePayload, 1},
    {"livetemplate_loop_lag_seconds", &ShardMetrics::loopLag, 1e9},
};

template<typename Rows>
void addRows(const Rows &rows)
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < std::size(rows); ++i)
        QTest::newRow(rows[i].name) << i;
}

class OneFamily final : public prometheus::Collectable
{
public:
    [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override
    {
        prometheus::ClientMetric metric;
        metric.gauge.value = 5;
        return {
            {"other_things", "Things that others have.", prometheus::MetricType::Gauge, {metric}}};
    }
};

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wellFormed_data();
    void wellFormed();
    void namesOfTheProtocol_data();
    void namesOfTheProtocol();
    void counters_data();
    void counters();
    void broadcastsHaveTwoNames();
    void gauges_data();
    void gauges();
    void connections();
    void maxConnections_data();
    void maxConnections();
    void rejections_data();
    void rejections();
    void summaries_data();
    void summaries();
    void quantilesForget();
    void quantilesSinceTheLastScrape();
    void loopLagByShard();
    void fromOthers();
    void readsWhileOthersCount();
    void process();
    void processName();
    void openFiles();
    void threads();

private:
    [[nodiscard]] Families expose() const
    {
        const auto families = ExpositionReader::read(m_exporter->expose());
        if (!families)
            qCritical() << families.error();
        return families.value_or(Families());
    }

    [[nodiscard]] static double sample(const Families &families, const QString &family,
                                       const QString &sample)
    {
        return families[family].samples.value(sample, -1);
    }

    [[nodiscard]] double median(const QString &family) const
    {
        return sample(expose(), family, family + u"{quantile=\"0.5\"}"_s);
    }

    std::chrono::steady_clock::time_point m_now;
    std::shared_ptr<ShardMetrics> m_first;
    std::shared_ptr<ShardMetrics> m_second;
    std::unique_ptr<MetricsExporter> m_exporter;
};

void TestMetrics::init()
{
    m_now = {};
    m_first = std::make_shared<ShardMetrics>();
    m_second = std::make_shared<ShardMetrics>();
    m_exporter = std::make_unique<MetricsExporter>(MetricsExporter::Shards{m_first, m_second},
                                                   MetricsExporter::Facts{.maxConnections = 100,
                                                                          .version = u"1.2.3"_s},
                                                   [this] { return m_now; });
}

void TestMetrics::wellFormed_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("label");
    QTest::newRow("plain") << u"1.2.3"_s << u"1.2.3"_s;
    QTest::newRow("quoted") << u"1 \"2\" \\3ü"_s << u"1 \\\"2\\\" \\\\3ü"_s;
}

void TestMetrics::wellFormed()
{
    QFETCH(QString, version);
    QFETCH(QString, label);
    const MetricsExporter exporter({m_first, m_second}, {.maxConnections = 0, .version = version});
    const QByteArray text = exporter.expose();
    const auto families = ExpositionReader::read(text);
    QVERIFY2(families, families ? "" : qPrintable(families.error()));
    QVERIFY(families->size() > 50);
    QCOMPARE(sample(*families, u"livetemplate_build_info"_s,
                    u"livetemplate_build_info{version=\"%1\"}"_s.arg(label)),
             1.0);

    // What no dashboard should have to guess.
    for (const auto &[name, family] : families->asKeyValueRange()) {
        QVERIFY2(name.startsWith("livetemplate_"_L1) || name.startsWith("process_"_L1),
                 qPrintable(name));
    }
}

void TestMetrics::namesOfTheProtocol_data()
{
    QTest::addColumn<QString>("type");
    for (const char *name :
         {"connections_active", "groups_active", "websocket_send_buffer_size", "connections_max"})
        QTest::newRow(name) << u"gauge"_s;
    for (const char *name :
         {"connections_rejected_total", "actions_processed_total", "templates_executed_total",
          "trees_built_total", "trees_diffed_total", "broadcasts_sent_total",
          "publishes_sent_total", "errors_total", "websocket_buffer_full_total",
          "websocket_slow_client_closes_total", "websocket_write_errors_total",
          "websocket_dispatch_dropped_total", "full_tree_sends_total", "dynamics_only_sends_total",
          "fingerprint_mismatches_total"})
        QTest::newRow(name) << u"counter"_s;
    for (const char *name :
         {"template_duration_seconds", "build_duration_seconds", "diff_duration_seconds",
          "action_duration_seconds", "update_payload_bytes"})
        QTest::newRow(name) << u"summary"_s;
}

void TestMetrics::namesOfTheProtocol()
{
    QFETCH(QString, type);
    const QString name = u"livetemplate_"_s + QString::fromLatin1(QTest::currentDataTag());
    const Families families = expose();
    QVERIFY(families.contains(name));
    QCOMPARE(families[name].type, type);
    const QStringList samples = families[name].samples.keys();
    if (type == "summary"_L1) {
        const QStringList expected = {name + u"_count"_s,
                                      name + u"_sum"_s,
                                      name + u"{quantile=\"0.5\"}"_s,
                                      name + u"{quantile=\"0.9\"}"_s,
                                      name + u"{quantile=\"0.95\"}"_s,
                                      name + u"{quantile=\"0.99\"}"_s};
        QCOMPARE(samples, expected);
    } else {
        QCOMPARE(samples, QStringList(name));
    }
}

void TestMetrics::counters_data()
{
    addRows(counterRows);
}

void TestMetrics::counters()
{
    QFETCH(std::size_t, index);
    const CounterRow &row = counterRows[index];
    const Families before = expose();
    ((*m_first).*row.field).add(3);
    ((*m_second).*row.field).add(40'000'000'000);
    const QMap<QString, double> expected = {{QString::fromLatin1(row.name), 40'000'000'003.0}};
    QCOMPARE(difference(before, expose()), expected);
}

void TestMetrics::broadcastsHaveTwoNames()
{
    const Families before = expose();
    m_first->broadcastsSent.add(3);
    m_second->broadcastsSent.add(4);
    const QMap<QString, double> expected = {{u"livetemplate_broadcasts_sent_total"_s, 7.0},
                                            {u"livetemplate_publishes_sent_total"_s, 7.0}};
    QCOMPARE(difference(before, expose()), expected);
}

void TestMetrics::gauges_data()
{
    addRows(gaugeRows);
}

void TestMetrics::gauges()
{
    QFETCH(std::size_t, index);
    const GaugeRow &row = gaugeRows[index];
    const Families before = expose();
    ((*m_first).*row.field).set(30);
    ((*m_second).*row.field).set(4);
    ((*m_first).*row.field).add(-10);
    const QMap<QString, double> expected = {{QString::fromLatin1(row.name), 24.0}};
    QCOMPARE(difference(before, expose()), expected);
}

void TestMetrics::connections()
{
    const Families before = expose();
    m_first->connectionsActive.set(5);
    m_second->connectionsActive.set(7);
    const QMap<QString, double> expected = {
        {u"livetemplate_connections_active"_s, 12.0},
        {u"livetemplate_shard_connections_active{shard=\"0\"}"_s, 5.0},
        {u"livetemplate_shard_connections_active{shard=\"1\"}"_s, 7.0},
    };
    QCOMPARE(difference(before, expose()), expected);
}

void TestMetrics::maxConnections_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("a limit") << 10'000 << "\nlivetemplate_connections_max 10000\n"_ba;
    QTest::newRow("no limit") << 0 << "\nlivetemplate_connections_max +Inf\n"_ba;
}

void TestMetrics::maxConnections()
{
    QFETCH(int, limit);
    QFETCH(QByteArray, line);
    const MetricsExporter exporter({m_first}, {.maxConnections = limit, .version = {}});
    QVERIFY(exporter.expose().contains(line));
}

void TestMetrics::rejections_data()
{
    QTest::addColumn<Rejection>("rejection");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("isOfConnection");
    QTest::newRow("server full") << Rejection::Capacity << u"capacity"_s << true;
    QTest::newRow("group full") << Rejection::GroupCapacity << u"group_capacity"_s << true;
    QTest::newRow("origin") << Rejection::Origin << u"origin"_s << false;
    QTest::newRow("unauthorized") << Rejection::Unauthorized << u"unauthorized"_s << false;
    QTest::newRow("bad request") << Rejection::BadRequest << u"bad_request"_s << false;
    QTest::newRow("too large") << Rejection::TooLarge << u"too_large"_s << false;
    QTest::newRow("too late") << Rejection::TimedOut << u"timed_out"_s << false;
    QTest::newRow("shutting down") << Rejection::ShuttingDown << u"shutting_down"_s << true;
}

void TestMetrics::rejections()
{
    QFETCH(Rejection, rejection);
    QFETCH(QString, reason);
    QFETCH(bool, isOfConnection);
    const Families before = expose();
    QCOMPARE(before[u"livetemplate_requests_rejected_total"_s].samples.size(), rejectionCount);
    m_first->rejections[std::size_t(rejection)].add(2);
    m_second->rejections[std::size_t(rejection)].add(3);
    QMap<QString, double> expected = {
        {u"livetemplate_requests_rejected_total{reason=\"%1\"}"_s.arg(reason), 5.0}};
    if (isOfConnection)
        expected.insert(u"livetemplate_connections_rejected_total"_s, 5.0);
    QCOMPARE(difference(before, expose()), expected);
}

void TestMetrics::summaries_data()
{
    addRows(summaryRows);
}

void TestMetrics::summaries()
{
    QFETCH(std::size_t, index);
    const SummaryRow &row = summaryRows[index];
    const QString name = QString::fromLatin1(row.name);
    QVERIFY(std::isnan(median(name)));

    for (quint64 i = 1; i <= 1000; ++i) {
        // A name of its own: GCC 14 applies .* to a copy of a conditional expression.
        ShardMetrics &shard = i % 2 == 0 ? *m_first : *m_second;
        (shard.*row.field).record(i * 1'000'000);
    }
    const Families families = expose();
    QCOMPARE(sample(families, name, name + u"_count"_s), 1000.0);
    QCOMPARE(sample(families, name, name + u"_sum"_s), 500'500 * 1e6 / row.unit);
    for (const auto &[quantile, rank] :
         {std::pair(u"0.5"_s, 500), {u"0.9"_s, 900}, {u"0.95"_s, 950}, {u"0.99"_s, 990}}) {
        const double exact = rank * 1e6 / row.unit;
        const double found = sample(families, name, name + u"{quantile=\"%1\"}"_s.arg(quantile));
        QVERIFY2(found >= exact && found <= exact * 1.032, qPrintable(QString::number(found)));
    }
}

void TestMetrics::quantilesForget()
{
    const QString name = u"livetemplate_action_duration_seconds"_s;
    const auto isAbout = [](double found, double exact) {
        return found >= exact && found <= exact * 1.032;
    };
    for (int i = 0; i < 100; ++i)
        m_first->actionDuration.record(5'000'000);
    QVERIFY(isAbout(median(name), 0.005));

    // They are remembered for a minute at least,
    m_now += 59s;
    QVERIFY(isAbout(median(name), 0.005));
    m_now += 1s;
    QVERIFY(isAbout(median(name), 0.005));
    for (int i = 0; i < 10; ++i)
        m_second->actionDuration.record(1'000'000'000);
    m_now += 59s;
    QVERIFY(isAbout(median(name), 0.005));
    // and for two at most.
    m_now += 1s;
    QVERIFY(isAbout(median(name), 1));
    m_now += 60s;
    QVERIFY(std::isnan(median(name)));

    // What is no quantile is of the whole life.
    const Families families = expose();
    QCOMPARE(sample(families, name, name + u"_count"_s), 110.0);
    QCOMPARE(sample(families, name, name + u"_sum"_s), 10.5);
}

void TestMetrics::quantilesSinceTheLastScrape()
{
    const QString name = u"livetemplate_update_payload_bytes"_s;
    m_first->updatePayload.record(10);
    m_now += 1h;
    QCOMPARE(median(name), 10.0);
    m_first->updatePayload.record(20);
    m_now += 1h;
    QCOMPARE(median(name), 20.0);
    m_now += 1h;
    QVERIFY(std::isnan(median(name)));
}

void TestMetrics::loopLagByShard()
{
    m_second->loopLag.record(1'000'000'000);
    const QString name = u"livetemplate_shard_loop_lag_seconds"_s;
    const Families families = expose();
    QCOMPARE(families[name].type, u"summary"_s);
    QCOMPARE(sample(families, name, name + u"_count{shard=\"0\"}"_s), 0.0);
    QCOMPARE(sample(families, name, name + u"_count{shard=\"1\"}"_s), 1.0);
    QCOMPARE(sample(families, name, name + u"_sum{shard=\"1\"}"_s), 1.0);
    QVERIFY(std::isnan(sample(families, name, name + u"{shard=\"0\",quantile=\"0.5\"}"_s)));
    QVERIFY(sample(families, name, name + u"{shard=\"1\",quantile=\"0.5\"}"_s) >= 1.0);
}

void TestMetrics::fromOthers()
{
    QVERIFY(!expose().contains(u"other_things"_s));
    m_exporter->add(std::make_shared<const OneFamily>());
    QCOMPARE(sample(expose(), u"other_things"_s, u"other_things"_s), 5.0);
}

void TestMetrics::readsWhileOthersCount()
{
    // Each call turns the windows over, which would show counts that go back as huge ones.
    std::atomic<int> minutes = 0;
    MetricsExporter exporter({m_first, m_second}, {}, [&] {
        return std::chrono::steady_clock::time_point(std::chrono::minutes(++minutes));
    });
    std::latch started(3);
    std::atomic<bool> stop = false;
    std::array<quint64, 2> written = {};
    const auto write = [&](ShardMetrics &metrics, quint64 &count) {
        started.count_down();
        for (; !stop; ++count) {
            metrics.actionsProcessed.add();
            metrics.actionDuration.record(1'000'000);
            metrics.connectionsActive.set(qint64(count));
        }
    };
    std::thread first(write, std::ref(*m_first), std::ref(written[0]));
    std::thread second(write, std::ref(*m_second), std::ref(written[1]));
    std::thread reader([&] {
        started.count_down();
        while (!stop)
            (void)exporter.expose();
    });
    started.wait();

    const QString actions = u"livetemplate_actions_processed_total"_s;
    const QString duration = u"livetemplate_action_duration_seconds"_s;
    double lastActions = 0;
    double lastCount = 0;
    bool isSteady = true;
    for (int i = 0; i < 100; ++i) {
        const auto families = ExpositionReader::read(exporter.expose()).value_or(Families());
        const double nowActions = sample(families, actions, actions);
        const double nowCount = sample(families, duration, duration + u"_count"_s);
        const double slowest = sample(families, duration, duration + u"{quantile=\"0.99\"}"_s);
        isSteady = isSteady && nowActions >= lastActions && nowCount >= lastCount
            && (std::isnan(slowest) || (slowest >= 0.001 && slowest <= 0.00104));
        lastActions = nowActions;
        lastCount = nowCount;
    }
    stop = true;
    first.join();
    second.join();
    reader.join();
    QVERIFY(isSteady);
    const auto families = ExpositionReader::read(exporter.expose()).value_or(Families());
    QCOMPARE(sample(families, actions, actions), double(written[0] + written[1]));
    QCOMPARE(sample(families, duration, duration + u"_count"_s), double(written[0] + written[1]));
}

void TestMetrics::process()
{
    const Families families = expose();
    const auto value = [&](const QString &name) {
        return sample(families, name, name);
    };
    QVERIFY(value(u"process_cpu_seconds_total"_s) > 0);
    QVERIFY(value(u"process_resident_memory_bytes"_s) > 1024 * 1024);
    QVERIFY(value(u"process_virtual_memory_bytes"_s) > value(u"process_resident_memory_bytes"_s));
    QVERIFY(value(u"process_open_fds"_s) >= 1);
    QVERIFY(value(u"process_max_fds"_s) > value(u"process_open_fds"_s));
    QVERIFY(value(u"process_threads"_s) >= 1);

    // The machine was not started before Linux 6 came, and the process not in the future.
    const double start = value(u"process_start_time_seconds"_s);
    QVERIFY(start > 1.66e9);
    QVERIFY(start < double(QDateTime::currentSecsSinceEpoch()) + 60);
    QCOMPARE(sample(expose(), u"process_start_time_seconds"_s, u"process_start_time_seconds"_s),
             start);
}

void TestMetrics::processName()
{
    std::array<char, 16> name = {};
    QCOMPARE(prctl(PR_GET_NAME, name.data()), 0);
    const ProcessMetrics before = ProcessMetrics::read();
    QCOMPARE(prctl(PR_SET_NAME, "a) 1 2 (b) 3 4"), 0);
    const ProcessMetrics after = ProcessMetrics::read();
    QCOMPARE(prctl(PR_SET_NAME, name.data()), 0);
    QCOMPARE(after.threads, before.threads);
    QVERIFY(after.residentBytes > 1024 * 1024);
    QVERIFY(after.virtualBytes > after.residentBytes);
}

void TestMetrics::openFiles()
{
    const auto before = ProcessMetrics::read().openFiles;
    std::array<QFile, 10> files;
    for (QFile &file : files) {
        file.setFileName(QCoreApplication::applicationFilePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
    }
    QVERIFY(before);
    QCOMPARE(ProcessMetrics::read().openFiles, *before + 10);
    for (QFile &file : files)
        file.close();
    QCOMPARE(ProcessMetrics::read().openFiles, before);
}

void TestMetrics::threads()
{
    const auto before = ProcessMetrics::read().threads;
    std::latch over(1);
    std::thread thread([&] { over.wait(); });
    const auto meanwhile = ProcessMetrics::read().threads;
    over.count_down();
    thread.join();
    QVERIFY(before);
    QCOMPARE(meanwhile, *before + 1);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
