// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "broadcastermetrics_p.h"
#include "collectors_p.h"
#include "expositionreader.h"
#include "metricsexporter_p.h"
#include "redismetrics_p.h"
#include "sessionstoremetrics_p.h"
#include "shardmetrics_p.h"

#include <QTest>

#include <prometheus/collectable.h>

#include <atomic>
#include <cmath>
#include <functional>
#include <latch>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Everything that is counted between servers.
struct AllMetrics
{
    RedisMetrics redis;
    BroadcasterMetrics broadcaster;
    SessionStoreMetrics store;
};

template<typename Part>
using Member = Part AllMetrics::*;

/// What a row does to the metrics, and what is to be read then.
struct Row
{
    const char *sample;
    const char *type;
    std::function<void(AllMetrics &)> change;
    double expected;
};

template<typename Part>
Row counter(const char *sample, Member<Part> part, Counter Part::*field)
{
    return {sample, "counter",
            [=](AllMetrics &metrics) { ((metrics.*part).*field).add(40'000'000'003); },
            40'000'000'003.0};
}

template<typename Part>
Row gauge(const char *sample, Member<Part> part, Gauge Part::*field)
{
    return {sample, "gauge",
            [=](AllMetrics &metrics) {
                ((metrics.*part).*field).set(7);
                ((metrics.*part).*field).add(-2);
            },
            5.0};
}

const QList<Row> &rows()
{
    static const auto redis = &AllMetrics::redis;
    static const auto broadcaster = &AllMetrics::broadcaster;
    static const auto store = &AllMetrics::store;
    static const QList<Row> all = {
        gauge("livetemplate_redis_connected", redis, &RedisMetrics::connected),
        gauge("livetemplate_redis_pubsub_connected", redis, &RedisMetrics::pubSubConnected),
        counter("livetemplate_redis_commands_total", redis, &RedisMetrics::commands),
        counter("livetemplate_redis_command_errors_total", redis, &RedisMetrics::commandErrors),
        counter("livetemplate_redis_command_timeouts_total", redis, &RedisMetrics::commandTimeouts),
        counter("livetemplate_redis_commands_refused_total", redis, &RedisMetrics::commandsRefused),
        gauge("livetemplate_redis_commands_waiting", redis, &RedisMetrics::commandsWaiting),
        counter("livetemplate_redis_reconnects_total", redis, &RedisMetrics::reconnects),
        counter("livetemplate_redis_bytes_sent_total", redis, &RedisMetrics::bytesSent),
        counter("livetemplate_redis_bytes_received_total", redis, &RedisMetrics::bytesReceived),
        gauge("livetemplate_redis_subscriptions", redis, &RedisMetrics::subscriptions),
        counter("livetemplate_redis_messages_received_total", redis,
                &RedisMetrics::messagesReceived),
        counter("livetemplate_redis_sentinel_failovers_total", redis,
                &RedisMetrics::sentinelFailovers),
        counter("livetemplate_redis_cluster_moved_total", redis, &RedisMetrics::redirectsMoved),
        counter("livetemplate_redis_cluster_ask_total", redis, &RedisMetrics::redirectsAsk),
        counter("livetemplate_redis_cluster_retries_total", redis, &RedisMetrics::clusterRetries),
        counter("livetemplate_pubsub_published_total", broadcaster, &BroadcasterMetrics::published),
        counter("livetemplate_pubsub_publish_errors_total", broadcaster,
                &BroadcasterMetrics::publishErrors),
        counter("livetemplate_pubsub_received_total", broadcaster, &BroadcasterMetrics::received),
        counter("livetemplate_pubsub_dropped_total{reason=\"own\"}", broadcaster,
                &BroadcasterMetrics::droppedOwn),
        counter("livetemplate_pubsub_dropped_total{reason=\"malformed\"}", broadcaster,
                &BroadcasterMetrics::droppedMalformed),
        counter("livetemplate_pubsub_dropped_total{reason=\"unknown_target\"}", broadcaster,
                &BroadcasterMetrics::droppedUnknownTarget),
        counter("livetemplate_pubsub_dropped_total{reason=\"topic\"}", broadcaster,
                &BroadcasterMetrics::droppedTopics),
        counter("livetemplate_pubsub_dead_links_total", broadcaster,
                &BroadcasterMetrics::deadLinks),
        gauge("livetemplate_pubsub_publishes_waiting", broadcaster,
              &BroadcasterMetrics::publishesWaiting),
        {"livetemplate_pubsub_last_lag_seconds", "gauge",
         [](AllMetrics &metrics) { metrics.broadcaster.lastLag.set(1'500'000); }, 0.0015},
        counter("livetemplate_pubsub_probes_lost_total", broadcaster,
                &BroadcasterMetrics::probesLost),
        counter("livetemplate_session_loads_total", store, &SessionStoreMetrics::loads),
        counter("livetemplate_session_load_errors_total", store, &SessionStoreMetrics::loadErrors),
        counter("livetemplate_session_saves_total", store, &SessionStoreMetrics::saves),
        counter("livetemplate_session_save_errors_total", store, &SessionStoreMetrics::saveErrors),
        counter("livetemplate_session_retries_total", store, &SessionStoreMetrics::retries),
        counter("livetemplate_session_conflicts_total", store, &SessionStoreMetrics::conflicts),
        gauge("livetemplate_session_fallback", store, &SessionStoreMetrics::fallback),
        counter("livetemplate_session_fallbacks_total", store, &SessionStoreMetrics::fallbacks),
        gauge("livetemplate_session_unwritten", store, &SessionStoreMetrics::unwritten),
        gauge("livetemplate_session_copies", store, &SessionStoreMetrics::copies),
        counter("livetemplate_session_lost_total", store, &SessionStoreMetrics::lost),
        counter("livetemplate_session_written_back_total", store,
                &SessionStoreMetrics::writtenBack),
    };
    return all;
}

struct SummaryRow
{
    const char *name;
    std::function<Distribution &(AllMetrics &)> field;
};

const QList<SummaryRow> &summaryRows()
{
    static const QList<SummaryRow> all = {
        {"livetemplate_redis_command_duration_seconds",
         [](AllMetrics &metrics) -> Distribution & {
             return metrics.redis.commandDuration;
         }},
        {"livetemplate_pubsub_lag_seconds",
         [](AllMetrics &metrics) -> Distribution & {
             return metrics.broadcaster.lag;
         }},
        {"livetemplate_session_load_duration_seconds",
         [](AllMetrics &metrics) -> Distribution & {
             return metrics.store.loadDuration;
         }},
        {"livetemplate_session_save_duration_seconds",
         [](AllMetrics &metrics) -> Distribution & {
             return metrics.store.saveDuration;
         }},
    };
    return all;
}

QString familyOf(const QString &sample)
{
    return sample.section(u'{', 0, 0);
}

} // namespace

class TestCollectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void names();
    void values_data();
    void values();
    void summaries_data();
    void summaries();
    void quantilesForget();
    void namesOfTheirOwn();
    void outliveTheirOwner();
    void readWhileOthersCount();

private:
    [[nodiscard]] Families expose() const
    {
        const auto families = ExpositionReader::read(m_exporter->expose());
        if (!families)
            qCritical() << families.error();
        return families.value_or(Families());
    }

    [[nodiscard]] double value(const QString &sample) const
    {
        return expose()[familyOf(sample)].samples.value(sample, -1);
    }

    std::chrono::steady_clock::time_point m_now;
    std::shared_ptr<AllMetrics> m_metrics;
    std::unique_ptr<MetricsExporter> m_exporter;
};

void TestCollectors::init()
{
    m_now = {};
    m_metrics = std::make_shared<AllMetrics>();
    m_exporter = std::make_unique<MetricsExporter>(
        MetricsExporter::Shards{std::make_shared<const ShardMetrics>()}, MetricsExporter::Facts());
    const auto clock = [this] {
        return m_now;
    };
    m_exporter->add(
        collectRedis(std::shared_ptr<const RedisMetrics>(m_metrics, &m_metrics->redis), clock));
    m_exporter->add(collectBroadcaster(
        std::shared_ptr<const BroadcasterMetrics>(m_metrics, &m_metrics->broadcaster), clock));
    m_exporter->add(collectSessionStore(
        std::shared_ptr<const SessionStoreMetrics>(m_metrics, &m_metrics->store), clock));
}

void TestCollectors::names()
{
    QStringList expected;
    for (const Row &row : rows())
        expected.append(QString::fromLatin1(row.sample));
    for (const SummaryRow &row : summaryRows()) {
        const QString name = QString::fromLatin1(row.name);
        expected.append({name + u"_count"_s, name + u"_sum"_s});
        for (const QString &quantile : {u"0.5"_s, u"0.9"_s, u"0.95"_s, u"0.99"_s})
            expected.append(name + u"{quantile=\"%1\"}"_s.arg(quantile));
    }
    expected.sort();

    QStringList found;
    for (const auto &[name, family] : expose().asKeyValueRange()) {
        static const QRegularExpression ours(u"^livetemplate_(redis|pubsub|session)_"_s);
        if (ours.match(name).hasMatch())
            found.append(family.samples.keys());
    }
    found.sort();
    QCOMPARE(found, expected);
}

void TestCollectors::values_data()
{
    QTest::addColumn<qsizetype>("index");
    for (qsizetype i = 0; i < rows().size(); ++i)
        QTest::newRow(rows()[i].sample) << i;
}

void TestCollectors::values()
{
    QFETCH(qsizetype, index);
    const Row &row = rows()[index];
    const QString sample = QString::fromLatin1(row.sample);
    const Families before = expose();
    QCOMPARE(before[familyOf(sample)].type, QString::fromLatin1(row.type));
    QCOMPARE(before[familyOf(sample)].samples.value(sample, -1), 0.0);
    row.change(*m_metrics);
    const QMap<QString, double> expected = {{sample, row.expected}};
    QCOMPARE(difference(before, expose()), expected);
}

void TestCollectors::summaries_data()
{
    QTest::addColumn<qsizetype>("index");
    for (qsizetype i = 0; i < summaryRows().size(); ++i)
        QTest::newRow(summaryRows()[i].name) << i;
}

void TestCollectors::summaries()
{
    QFETCH(qsizetype, index);
    const QString name = QString::fromLatin1(summaryRows()[index].name);
    const Families before = expose();
    QCOMPARE(before[name].type, u"summary"_s);
    QVERIFY(std::isnan(before[name].samples[name + u"{quantile=\"0.5\"}"_s]));

    Distribution &distribution = summaryRows()[index].field(*m_metrics);
    for (quint64 i = 1; i <= 1000; ++i)
        distribution.record(i * 1'000'000);
    const Families after = expose();
    QCOMPARE(difference(before, after).size(), 6);
    QCOMPARE(after[name].samples[name + u"_count"_s], 1000.0);
    QCOMPARE(after[name].samples[name + u"_sum"_s], 500.5);
    for (const auto &[quantile, exact] :
         {std::pair(u"0.5"_s, 0.5), {u"0.9"_s, 0.9}, {u"0.95"_s, 0.95}, {u"0.99"_s, 0.99}}) {
        const double found = after[name].samples[name + u"{quantile=\"%1\"}"_s.arg(quantile)];
        QVERIFY2(found >= exact && found <= exact * 1.032, qPrintable(QString::number(found)));
    }
}

void TestCollectors::quantilesForget()
{
    const QString median = u"livetemplate_pubsub_lag_seconds{quantile=\"0.5\"}"_s;
    m_metrics->broadcaster.lag.record(1'000'000'000);
    QVERIFY(value(median) >= 1);
    m_now += 60s;
    QVERIFY(value(median) >= 1);
    m_now += 60s;
    QVERIFY(std::isnan(value(median)));
    // What is no quantile is of the whole life.
    const QString name = u"livetemplate_pubsub_lag_seconds"_s;
    QCOMPARE(expose()[name].samples.value(name + u"_count"_s), 1.0);
}

void TestCollectors::namesOfTheirOwn()
{
    // With a shard there are all names that a server can have; the reader refuses a name that
    // comes twice.
    MetricsExporter exporter({std::make_shared<const ShardMetrics>()}, {});
    const qsizetype without = ExpositionReader::read(exporter.expose()).value_or(Families()).size();
    QVERIFY(without > 50);
    exporter.add(collectRedis(std::make_shared<const RedisMetrics>()));
    exporter.add(collectBroadcaster(std::make_shared<const BroadcasterMetrics>()));
    exporter.add(collectSessionStore(std::make_shared<const SessionStoreMetrics>()));
    const auto families = ExpositionReader::read(exporter.expose());
    QVERIFY2(families, families ? "" : qPrintable(families.error()));
    // The four reasons are of one family.
    QCOMPARE(families->size() - without, rows().size() - 3 + summaryRows().size());
}

void TestCollectors::outliveTheirOwner()
{
    m_metrics->redis.commands.add(3);
    m_metrics.reset();
    QCOMPARE(value(u"livetemplate_redis_commands_total"_s), 3.0);
}

void TestCollectors::readWhileOthersCount()
{
    // Each look turns the window over, which would show counts that go back as huge ones.
    std::atomic<int> minutes = 0;
    const auto metrics = std::make_shared<RedisMetrics>();
    MetricsExporter exporter({std::make_shared<const ShardMetrics>()}, {});
    exporter.add(collectRedis(metrics, [&] {
        return std::chrono::steady_clock::time_point(std::chrono::minutes(++minutes));
    }));
    std::latch started(2);
    std::atomic<bool> stop = false;
    quint64 written = 0;
    std::thread writer([&] {
        started.count_down();
        for (; !stop; ++written)
            metrics->commandDuration.record(1'000'000);
    });
    std::thread reader([&] {
        started.count_down();
        while (!stop)
            (void)exporter.expose();
    });
    started.wait();
    const QString name = u"livetemplate_redis_command_duration_seconds"_s;
    double last = 0;
    bool isSteady = true;
    for (int i = 0; i < 100; ++i) {
        const auto samples
            = ExpositionReader::read(exporter.expose()).value_or(Families())[name].samples;
        const double count = samples.value(name + u"_count"_s, -1);
        const double slowest = samples.value(name + u"{quantile=\"0.99\"}"_s, -1);
        isSteady = isSteady && count >= last
            && (std::isnan(slowest) || (slowest >= 0.001 && slowest <= 0.00104));
        last = count;
    }
    stop = true;
    writer.join();
    reader.join();
    QVERIFY(isSteady);
    const auto families = ExpositionReader::read(exporter.expose()).value_or(Families());
    QCOMPARE(families[name].samples[name + u"_count"_s], double(written));
}

QTEST_GUILESS_MAIN(TestCollectors)
#include "tst_collectors.moc"
