// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "databasehealth.h"
#include "databasehealthcheck_p.h"
#include "health.h"
#include "postgresserver.h"
#include "processmetrics_p.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Far more than any of these tests takes.
constexpr std::chrono::milliseconds patience = 30s;

/// A connection of the test's own.
class Client
{
public:
    Client(const QString &driver, const std::function<void(QSqlDatabase &)> &configure)
        : m_name(u"test-%1"_s.arg(++s_count))
        , m_database(QSqlDatabase::addDatabase(driver, m_name))
    {
        configure(m_database);
        if (!m_database.open())
            qCritical() << m_database.lastError();
    }

    ~Client()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(Client)

    /// The first column of the first row, if there is one.
    QVariant execute(const QString &statement)
    {
        QSqlQuery query(m_database);
        if (!query.exec(statement))
            qCritical() << query.lastError();
        return query.next() ? query.value(0) : QVariant();
    }

private:
    static inline int s_count = 0;
    const QString m_name;
    QSqlDatabase m_database;
};

QStringList connectionsOfChecks()
{
    return QSqlDatabase::connectionNames().filter(u"livetemplate-health"_s);
}

} // namespace

class TestDatabaseHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void poolStatistics_data();
    void poolStatistics();
    void withPoolStatistics();

    void sqlite();
    void sqliteUnusable_data();
    void sqliteUnusable();
    void sqliteDeleted();
    void sqliteReplaced();
    void sqliteLocked();
    void sqliteManyProbes();

    void postgres();
    void postgresKeepsOneConnection();
    void postgresRefuses_data();
    void postgresRefuses();
    void postgresOverLocalSocket();
    void postgresStartedAnew();
    void postgresDown();
    void postgresHangs();
    void postgresHangsWhileConnecting();
    void postgresHangsAtTheEnd();
    void probesThatWaitAreBounded();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"app %1?.db"_s); }
    [[nodiscard]] QString sqliteUrl() const
    {
        return u"sqlite:"_s + QString::fromLatin1(QUrl::toPercentEncoding(path(), "/"_ba));
    }

    void addCheck(const QString &url)
    {
        const auto check = databaseHealthCheckFromUrl(url);
        QVERIFY2(check, check ? "" : qPrintable(check.error()));
        m_health.emplace();
        m_health->addCheck(*check);
    }

    /// "ok", or what is wrong, as /health shows it.
    [[nodiscard]] QString probe(std::chrono::milliseconds budget = patience)
    {
        // Shared, because after a failure the report may come later.
        const auto report = std::make_shared<HealthReport>();
        m_health->check(this, budget, [report](const HealthReport &found) { *report = found; });
        if (!QTest::qWaitFor([&] { return !report->checks.isEmpty(); }, QDeadlineTimer(patience)))
            return u"no report"_s;
        return report->checks.first().second;
    }

    /// The one server of all tests, made for the first that needs it.
    [[nodiscard]] bool hasPostgres()
    {
        if (!m_postgres) {
            m_postgres.emplace();
            m_postgresError = m_postgres->create();
        }
        return m_postgresError.isEmpty();
    }

    std::optional<QTemporaryDir> m_folder;
    std::optional<Health> m_health;
    std::optional<PostgresServer> m_postgres;
    QString m_postgresError;
};

#define NEED_POSTGRES() \
    if (!hasPostgres()) \
    QSKIP(qPrintable(m_postgresError))

void TestDatabaseHealth::init()
{
    m_folder.emplace();
    QVERIFY(m_folder->isValid());
}

void TestDatabaseHealth::cleanup()
{
    if (m_postgres)
        m_postgres->thaw();
    m_health.reset();
    // A check takes its thread and its connection with it.
    QTRY_COMPARE(connectionsOfChecks(), QStringList());
}

void TestDatabaseHealth::poolStatistics_data()
{
    QTest::addColumn<int>("open");
    QTest::addColumn<int>("max");
    QTest::addColumn<double>("percent");
    QTest::addColumn<bool>("isHigh");
    QTest::newRow("none") << 0 << 25 << 0.0 << false;
    QTest::newRow("some") << 10 << 25 << 40.0 << false;
    QTest::newRow("just not high") << 20 << 25 << 80.0 << false;
    QTest::newRow("just high") << 21 << 25 << 84.0 << true;
    QTest::newRow("all") << 25 << 25 << 100.0 << true;
    QTest::newRow("no limit") << 25 << 0 << 0.0 << false;
}

void TestDatabaseHealth::poolStatistics()
{
    QFETCH(int, open);
    QFETCH(int, max);
    QFETCH(double, percent);
    QFETCH(bool, isHigh);
    const DatabasePoolStatistics statistics{.openConnections = open,
                                            .inUse = 2,
                                            .idle = open - 2,
                                            .maxOpen = max,
                                            .waitCount = 5'000'000'000,
                                            .waitDuration = 1500ms,
                                            .maxIdleClosed = 3,
                                            .maxIdleTimeClosed = 4,
                                            .maxLifetimeClosed = 5};
    QCOMPARE(statistics.utilizationPercent(), percent);
    QJsonObject expected = {{u"connection_pool"_s,
                             QJsonObject{{u"open_connections"_s, open},
                                         {u"in_use"_s, 2},
                                         {u"idle"_s, open - 2},
                                         {u"max_open"_s, max},
                                         {u"wait_count"_s, qint64(5'000'000'000)},
                                         {u"wait_duration_ms"_s, 1500},
                                         {u"max_idle_closed"_s, 3},
                                         {u"max_idle_time_closed"_s, 4},
                                         {u"max_lifetime_closed"_s, 5}}},
                            {u"pool_utilization_percent"_s, percent}};
    if (isHigh)
        expected.insert(u"warning"_s, u"connection pool utilization high"_s);
    QCOMPARE(statistics.toJson(), expected);
}

void TestDatabaseHealth::withPoolStatistics()
{
    DatabasePoolStatistics statistics{.openConnections = 24, .maxOpen = 25};
    const auto check = databaseHealthCheckFromUrl(sqliteUrl(), [&] { return statistics; });
    QVERIFY(check);
    m_health.emplace();
    m_health->addCheck(*check);
    std::optional<HealthReport> report;
    m_health->check(this, patience, [&](const HealthReport &found) { report = found; });
    QTRY_VERIFY(report);

    // Figures are shown when the database is gone, too: they may tell why.
    const QJsonObject database = QJsonDocument::fromJson(report->json(0, {}))
                                     .object()[u"checks"_s][u"database"_s]
                                     .toObject();
    QJsonObject expected = statistics.toJson();
    expected.insert(u"status"_s, u"error"_s);
    expected.insert(u"error"_s, report->checks.first().second.mid(7));
    QCOMPARE(database, expected);
    QCOMPARE(database[u"warning"_s].toString(), u"connection pool utilization high"_s);
    QVERIFY(database[u"error"_s].toString().contains("unable to open"_L1));

    // What is shown is new each time.
    Client(u"QSQLITE"_s, [&](QSqlDatabase &file) {
        file.setDatabaseName(path());
    }).execute(u"CREATE TABLE t(a)"_s);
    statistics.openConnections = 10;
    report.reset();
    m_health->check(this, patience, [&](const HealthReport &found) { report = found; });
    QTRY_VERIFY(report);
    QVERIFY(report->healthy);
    QCOMPARE(report->details.value(u"database"_s), statistics.toJson());
}

void TestDatabaseHealth::sqlite()
{
    Client client(u"QSQLITE"_s, [&](QSqlDatabase &file) { file.setDatabaseName(path()); });
    client.execute(u"CREATE TABLE t(a)"_s);
    addCheck(sqliteUrl());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(probe(), u"ok"_s);

    // Without figures of a pool /health shows a string.
    std::optional<HealthReport> report;
    m_health->check(this, patience, [&](const HealthReport &found) { report = found; });
    QTRY_VERIFY(report);
    const QJsonObject shown = QJsonDocument::fromJson(report->json(0, {})).object();
    QCOMPARE(shown[u"checks"_s].toObject(), QJsonObject({{u"database"_s, u"ok"_s}}));
}

void TestDatabaseHealth::sqliteUnusable_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("error");
    QTest::newRow("missing") << QByteArray() << u"error: unable to open database file"_s;
    QTest::newRow("no database") << QByteArray(4096, 'x') << u"error: file is not a database"_s;
    QTest::newRow("cut off") << "SQLite format 3\0"_ba.leftJustified(16, '\0')
                             << u"error: file is not a database"_s;
}

void TestDatabaseHealth::sqliteUnusable()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, error);
    if (!content.isEmpty()) {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    addCheck(sqliteUrl());
    QCOMPARE(probe(), error);
    QCOMPARE(probe(), error);
    QCOMPARE(QFile::exists(path()), !content.isEmpty());
}

void TestDatabaseHealth::sqliteDeleted()
{
    const auto create = [this] {
        Client(u"QSQLITE"_s, [&](QSqlDatabase &file) {
            file.setDatabaseName(path());
        }).execute(u"CREATE TABLE t(a)"_s);
    };
    create();
    addCheck(sqliteUrl());
    QCOMPARE(probe(), u"ok"_s);
    QVERIFY(QFile::remove(path()));
    QCOMPARE(probe(), u"error: unable to open database file"_s);
    QVERIFY(!QFile::exists(path()));
    create();
    QCOMPARE(probe(), u"ok"_s);
}

void TestDatabaseHealth::sqliteReplaced()
{
    Client(u"QSQLITE"_s, [&](QSqlDatabase &file) {
        file.setDatabaseName(path());
    }).execute(u"CREATE TABLE t(a)"_s);
    addCheck(sqliteUrl());
    QCOMPARE(probe(), u"ok"_s);
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(100, 'x'));
    file.close();
    QCOMPARE(probe(), u"error: file is not a database"_s);
}

void TestDatabaseHealth::sqliteLocked()
{
    Client client(u"QSQLITE"_s, [&](QSqlDatabase &file) { file.setDatabaseName(path()); });
    client.execute(u"CREATE TABLE t(a)"_s);
    addCheck(sqliteUrl());
    QCOMPARE(probe(), u"ok"_s);
    client.execute(u"BEGIN EXCLUSIVE"_s);
    // Within the budget of a probe, so that it is told why.
    QCOMPARE(probe(Health::defaultBudget), u"error: database is locked"_s);
    client.execute(u"COMMIT"_s);
    QCOMPARE(probe(), u"ok"_s);
}

void TestDatabaseHealth::sqliteManyProbes()
{
    Client(u"QSQLITE"_s, [&](QSqlDatabase &file) {
        file.setDatabaseName(path());
    }).execute(u"CREATE TABLE t(a)"_s);
    const auto check = databaseHealthCheckFromUrl(sqliteUrl());
    QVERIFY(check);
    constexpr int threadCount = 4;
    constexpr int rounds = 200;
    std::atomic<int> good = 0;
    std::atomic<int> all = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                (*check)->run([&](const HealthCheck::Result &result) {
                    good += result ? 1 : 0;
                    ++all;
                });
                std::this_thread::yield();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QTRY_COMPARE(all, threadCount * rounds);
    QVERIFY(good > 0);
    QCOMPARE(connectionsOfChecks().size(), 1);
}

void TestDatabaseHealth::postgres()
{
    NEED_POSTGRES();
    addCheck(m_postgres->url());
    // Nothing is connected before it is asked.
    QCOMPARE(connectionsOfChecks(), QStringList());
    QCOMPARE(probe(), u"ok"_s);
    addCheck(m_postgres->url() + u"?sslmode=prefer&application_name=it's%20me"_s);
    QCOMPARE(probe(), u"ok"_s);
}

void TestDatabaseHealth::postgresKeepsOneConnection()
{
    NEED_POSTGRES();
    addCheck(m_postgres->url());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(probe(), u"ok"_s);
    Client client(u"QPSQL"_s, [&](QSqlDatabase &database) {
        database.setHostName(u"127.0.0.1"_s);
        database.setPort(m_postgres->port());
        database.setUserName(QString::fromLatin1(PostgresServer::user));
        database.setPassword(QString::fromLatin1(PostgresServer::password));
        database.setDatabaseName(u"postgres"_s);
    });
    const QString count = u"SELECT count(*) FROM pg_stat_activity"
                          " WHERE application_name = 'livetemplate-health'"_s;
    QCOMPARE(client.execute(count).toInt(), 1);

    // Ended by an administrator, it is made anew within the same probe.
    QCOMPARE(client
                 .execute(u"SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity"
                          " WHERE application_name = 'livetemplate-health'"_s)
                 .toInt(),
             1);
    QCOMPARE(client.execute(count).toInt(), 0);
    QCOMPARE(probe(), u"ok"_s);
    QCOMPARE(client.execute(count).toInt(), 1);

    m_health.reset();
    QTRY_COMPARE(client.execute(count).toInt(), 0);
}

void TestDatabaseHealth::postgresRefuses_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("database");
    QTest::addColumn<QString>("reason");
    QTest::newRow("wrong password") << u"tester:hunter2"_s << u"postgres"_s
                                    << u"password authentication failed for user \"tester\""_s;
    QTest::newRow("wrong user") << u"nobody:hunter2"_s << u"postgres"_s
                                << u"password authentication failed for user \"nobody\""_s;
    // What the server repeats is not passed on.
    QTest::newRow("password as a name") << u"hunter2:hunter2"_s << u"postgres"_s
                                        << u"password authentication failed for user \"***\""_s;
    QTest::newRow("no password") << u"tester"_s << u"postgres"_s << u"no password supplied"_s;
    QTest::newRow("no such database")
        << QString() << u"elsewhere"_s << u"database \"elsewhere\" does not exist"_s;
}

void TestDatabaseHealth::postgresRefuses()
{
    NEED_POSTGRES();
    QFETCH(QString, user);
    QFETCH(QString, database);
    QFETCH(QString, reason);
    QString url = m_postgres->url();
    url.replace(u"/postgres"_s, u'/' + database);
    if (!user.isEmpty())
        url.replace(url.indexOf("//"_L1) + 2, url.indexOf(u'@') - url.indexOf("//"_L1) - 2, user);
    addCheck(url);
    const QString answer = probe();
    QVERIFY2(answer.startsWith("error: "_L1) && answer.contains(reason), qPrintable(answer));
    QVERIFY2(!answer.contains("hunter2"_L1) && !answer.contains(u'\n'), qPrintable(answer));
}

void TestDatabaseHealth::postgresOverLocalSocket()
{
    NEED_POSTGRES();
    QUrl url(m_postgres->url());
    url.setHost({});
    url.setQuery(u"host="_s + m_postgres->folder());
    addCheck(url.toString(QUrl::FullyEncoded));
    QCOMPARE(probe(), u"ok"_s);
}

void TestDatabaseHealth::postgresStartedAnew()
{
    NEED_POSTGRES();
    addCheck(m_postgres->url());
    QCOMPARE(probe(), u"ok"_s);
    m_postgres->stop();
    QCOMPARE(m_postgres->start(), QString());
    // At the first probe, which finds the connection broken.
    QCOMPARE(probe(), u"ok"_s);
}

void TestDatabaseHealth::postgresDown()
{
    NEED_POSTGRES();
    addCheck(m_postgres->url());
    QCOMPARE(probe(), u"ok"_s);
    m_postgres->stop();
    for (int i = 0; i < 2; ++i) {
        const QString answer = probe();
        QVERIFY2(answer.startsWith("error: "_L1) && answer.contains("Connection refused"_L1),
                 qPrintable(answer));
    }
    QCOMPARE(m_postgres->start(), QString());
    QCOMPARE(probe(), u"ok"_s);
}

void TestDatabaseHealth::postgresHangs()
{
    NEED_POSTGRES();
    addCheck(m_postgres->url());
    QCOMPARE(probe(), u"ok"_s);
    m_postgres->freeze();
    QCOMPARE(probe(Health::defaultBudget), u"error: did not answer within 3 s"_s);
    // From then on at once: a probe that would wait for an hour does not.
    for (int i = 0; i < 3; ++i) {
        const QString answer = probe(1h);
        QVERIFY2(answer.startsWith("error: has not answered for "_L1), qPrintable(answer));
    }
    QCOMPARE(connectionsOfChecks().size(), 1);
    m_postgres->thaw();
    QTRY_COMPARE(probe(), u"ok"_s);
    QCOMPARE(connectionsOfChecks().size(), 1);
}

void TestDatabaseHealth::postgresHangsWhileConnecting()
{
    NEED_POSTGRES();
    addCheck(m_postgres->url());
    m_postgres->freeze();
    // Within the budget of a probe, so that it is told why.
    const QString answer = probe(Health::defaultBudget);
    QVERIFY2(answer.startsWith("error: "_L1) && answer.contains("timeout expired"_L1),
             qPrintable(answer));
    m_postgres->thaw();
    QTRY_COMPARE(probe(), u"ok"_s);
}

void TestDatabaseHealth::postgresHangsAtTheEnd()
{
    NEED_POSTGRES();
    addCheck(m_postgres->url());
    QCOMPARE(probe(), u"ok"_s);
    m_postgres->freeze();
    QCOMPARE(probe(10ms), u"error: did not answer within 10 ms"_s);
    // Does not wait for the answer; what is left behind goes when that comes.
    m_health.reset();
    QCOMPARE(connectionsOfChecks().size(), 1);
    m_postgres->thaw();
    QTRY_COMPARE(connectionsOfChecks(), QStringList());
}

void TestDatabaseHealth::probesThatWaitAreBounded()
{
    NEED_POSTGRES();
    auto check = databaseHealthCheckFromUrl(m_postgres->url());
    QVERIFY(check);
    std::atomic<int> good = 0;
    (*check)->run([&](const HealthCheck::Result &result) { good += result ? 1 : 0; });
    QTRY_COMPARE(good, 1);

    m_postgres->freeze();
    const auto threads = ProcessMetrics::read().threads;
    constexpr int limit = DatabaseHealthCheck::maxWaiting;
    int refused = 0;
    for (int i = 0; i < limit + 50; ++i) {
        (*check)->run([&](const HealthCheck::Result &result) {
            if (result) {
                ++good;
            } else {
                QCOMPARE(result.error(), u"256 probes wait for its answer already"_s);
                ++refused;
            }
        });
    }
    QCOMPARE(refused, 50);
    QCOMPARE(good, 1);
    QVERIFY(threads);
    QCOMPARE(ProcessMetrics::read().threads, threads);
    m_postgres->thaw();
    QTRY_COMPARE(good, 1 + limit);
    QCOMPARE(refused, 50);
}

QTEST_GUILESS_MAIN(TestDatabaseHealth)
#include "tst_databasehealth.moc"
