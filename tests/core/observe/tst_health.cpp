// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "health.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QThread>
#include <QTimeZone>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Rows = QList<std::pair<QString, QString>>;

/// Far more than any of these tests takes.
constexpr auto patience = 1min;

/// Answers when the test says so.
class ManualCheck final : public HealthCheck
{
public:
    explicit ManualCheck(QString name)
        : m_name(std::move(name))
    {
    }

    [[nodiscard]] QString name() const override { return m_name; }
    void run(Done done) override { m_waiting.push_back(std::move(done)); }

    [[nodiscard]] std::size_t runs() const { return m_waiting.size(); }
    void answer(const Result &result) const { m_waiting.back()(result); }

private:
    const QString m_name;
    std::vector<Done> m_waiting;
};

/// Answers from a thread of its own.
class ThreadCheck final : public HealthCheck
{
public:
    explicit ThreadCheck(QString name)
        : m_name(std::move(name))
    {
    }

    ~ThreadCheck() override
    {
        for (std::thread &thread : m_threads)
            thread.join();
    }

    [[nodiscard]] QString name() const override { return m_name; }

    void run(Done done) override
    {
        const std::lock_guard lock(m_mutex);
        m_threads.emplace_back([done = std::move(done)] {
            done(std::unexpected(u"no answer from %1"_s.arg(u"the cache"_s)));
        });
    }

private:
    const QString m_name;
    std::mutex m_mutex;
    std::vector<std::thread> m_threads;
};

/// Fails, and has figures to show.
class DetailedCheck final : public HealthCheck
{
public:
    [[nodiscard]] QString name() const override { return u"database"_s; }
    void run(Done done) override { done(std::unexpected(u"full"_s)); }
    [[nodiscard]] QJsonObject details() const override { return {{u"tables"_s, 7}}; }
};

std::shared_ptr<HealthCheck> good(const QString &name)
{
    return HealthCheck::fromFunction(name, [] { return HealthCheck::Result(); });
}

std::shared_ptr<HealthCheck> bad(const QString &name, const QString &error)
{
    return HealthCheck::fromFunction(name, [error]() -> HealthCheck::Result {
        return std::unexpected(error);
    });
}

} // namespace

class TestHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noChecks();
    void allWell();
    void failing();
    void details();
    void firstFailureIsTheFirstAdded();
    void allRunAtOnce();
    void sameNameReplaces();
    void withinTheBudget_data();
    void withinTheBudget();
    void lateAnswerIsIgnored();
    void secondAnswerIsIgnored();
    void answerFromAnotherThread();
    void contextGoneWhileWaiting();
    void contextGoneInDone();
    void healthGoneWhileWaiting();
    void fromSeveralThreads();
    void unavailableText_data();
    void unavailableText();
    void json_data();
    void json();

private:
    void check(std::chrono::milliseconds budget = patience)
    {
        m_health->check(this, budget, [this](const HealthReport &report) {
            m_reports.append(report);
            QCOMPARE(QThread::currentThread(), thread());
        });
    }

    /// Lets come what may come yet.
    static void settle()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    std::unique_ptr<Health> m_health;
    QList<HealthReport> m_reports;
};

void TestHealth::init()
{
    m_health = std::make_unique<Health>();
    m_reports.clear();
}

void TestHealth::noChecks()
{
    check();
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().healthy);
    QVERIFY(m_reports.first().checks.isEmpty());
    QVERIFY(m_reports.first().firstFailureText.isEmpty());
    QCOMPARE(m_reports.first().readyBody(), "READY"_ba);
    QCOMPARE(HealthReport::liveBody(), "OK"_ba);
}

void TestHealth::allWell()
{
    m_health->addCheck(good(u"redis"_s));
    m_health->addCheck(good(u"database"_s));
    check();
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().healthy);
    QCOMPARE(m_reports.first().checks, Rows({{u"redis"_s, u"ok"_s}, {u"database"_s, u"ok"_s}}));
    QCOMPARE(m_reports.first().readyBody(), "READY"_ba);

    // Each check is a new one.
    check();
    QTRY_COMPARE(m_reports.size(), 2);
    QVERIFY(m_reports.last().healthy);
}

void TestHealth::failing()
{
    m_health->addCheck(good(u"redis"_s));
    m_health->addCheck(bad(u"database"_s, u"connection refused"_s));
    check();
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(!m_reports.first().healthy);
    QCOMPARE(m_reports.first().checks,
             Rows({{u"redis"_s, u"ok"_s}, {u"database"_s, u"error: connection refused"_s}}));
    QCOMPARE(m_reports.first().firstFailureText, u"Database unavailable"_s);
    QCOMPARE(m_reports.first().readyBody(), "Database unavailable"_ba);
}

void TestHealth::details()
{
    m_health->addCheck(good(u"redis"_s));
    m_health->addCheck(std::make_shared<DetailedCheck>());
    check();
    QTRY_COMPARE(m_reports.size(), 1);
    const HealthReport &report = m_reports.first();
    QCOMPARE(report.checks, Rows({{u"redis"_s, u"ok"_s}, {u"database"_s, u"error: full"_s}}));
    QCOMPARE(report.details.size(), 1);
    QCOMPARE(report.details.value(u"database"_s), QJsonObject({{u"tables"_s, 7}}));
    QCOMPARE(report.readyBody(), "Database unavailable"_ba);
}

void TestHealth::firstFailureIsTheFirstAdded()
{
    const auto slow = std::make_shared<ManualCheck>(u"redis"_s);
    m_health->addCheck(slow);
    m_health->addCheck(bad(u"database"_s, u"full"_s));
    check();
    settle();
    QVERIFY(m_reports.isEmpty());
    slow->answer(std::unexpected(u"gone"_s));
    QTRY_COMPARE(m_reports.size(), 1);
    QCOMPARE(m_reports.first().checks,
             Rows({{u"redis"_s, u"error: gone"_s}, {u"database"_s, u"error: full"_s}}));
    QCOMPARE(m_reports.first().firstFailureText, u"Redis unavailable"_s);
}

void TestHealth::allRunAtOnce()
{
    const auto first = std::make_shared<ManualCheck>(u"first"_s);
    const auto second = std::make_shared<ManualCheck>(u"second"_s);
    m_health->addCheck(first);
    m_health->addCheck(second);
    check();
    QCOMPARE(first->runs(), std::size_t(1));
    QCOMPARE(second->runs(), std::size_t(1));
    second->answer({});
    settle();
    QVERIFY(m_reports.isEmpty());
    first->answer({});
    QTRY_COMPARE(m_reports.size(), 1);
    QCOMPARE(m_reports.first().checks, Rows({{u"first"_s, u"ok"_s}, {u"second"_s, u"ok"_s}}));
}

void TestHealth::sameNameReplaces()
{
    m_health->addCheck(bad(u"redis"_s, u"gone"_s));
    m_health->addCheck(good(u"redis"_s));
    check();
    QTRY_COMPARE(m_reports.size(), 1);
    QCOMPARE(m_reports.first().checks, Rows({{u"redis"_s, u"ok"_s}}));
}

void TestHealth::withinTheBudget_data()
{
    QTest::addColumn<std::chrono::milliseconds>("budget");
    QTest::addColumn<QString>("text");
    QTest::newRow("milliseconds") << 30ms << u"error: did not answer within 30 ms"_s;
    QTest::newRow("a second") << std::chrono::milliseconds(1s)
                              << u"error: did not answer within 1 s"_s;
}

void TestHealth::withinTheBudget()
{
    QFETCH(std::chrono::milliseconds, budget);
    QFETCH(QString, text);
    m_health->addCheck(good(u"database"_s));
    m_health->addCheck(std::make_shared<ManualCheck>(u"redis"_s));
    check(budget);
    settle();
    QVERIFY(m_reports.isEmpty());
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(!m_reports.first().healthy);
    QCOMPARE(m_reports.first().checks, Rows({{u"database"_s, u"ok"_s}, {u"redis"_s, text}}));
    QCOMPARE(m_reports.first().readyBody(), "Redis unavailable"_ba);
}

void TestHealth::lateAnswerIsIgnored()
{
    const auto slow = std::make_shared<ManualCheck>(u"redis"_s);
    m_health->addCheck(slow);
    check(10ms);
    QTRY_COMPARE(m_reports.size(), 1);
    slow->answer({});
    settle();
    slow->answer({});
    settle();
    QCOMPARE(m_reports.size(), 1);
    QVERIFY(children().isEmpty());
}

void TestHealth::secondAnswerIsIgnored()
{
    const auto first = std::make_shared<ManualCheck>(u"first"_s);
    const auto second = std::make_shared<ManualCheck>(u"second"_s);
    m_health->addCheck(first);
    m_health->addCheck(second);
    check();
    first->answer({});
    first->answer(std::unexpected(u"twice"_s));
    settle();
    first->answer(std::unexpected(u"thrice"_s));
    settle();
    QVERIFY(m_reports.isEmpty());
    second->answer({});
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().healthy);
}

void TestHealth::answerFromAnotherThread()
{
    m_health->addCheck(std::make_shared<ThreadCheck>(u"cache"_s));
    check();
    QTRY_COMPARE(m_reports.size(), 1);
    QCOMPARE(m_reports.first().checks, Rows({{u"cache"_s, u"error: no answer from the cache"_s}}));
}

void TestHealth::contextGoneWhileWaiting()
{
    const auto slow = std::make_shared<ManualCheck>(u"redis"_s);
    m_health->addCheck(slow);
    int calls = 0;
    auto context = std::make_unique<QObject>();
    m_health->check(context.get(), 10ms, [&](const HealthReport &) { ++calls; });
    context.reset();
    slow->answer({});
    QTest::qWait(20);
    QCOMPARE(calls, 0);

    // With an answer on its way, too.
    context = std::make_unique<QObject>();
    m_health->check(context.get(), patience, [&](const HealthReport &) { ++calls; });
    slow->answer({});
    context.reset();
    settle();
    QCOMPARE(calls, 0);
}

void TestHealth::contextGoneInDone()
{
    m_health->addCheck(good(u"redis"_s));
    auto *context = new QObject;
    int calls = 0;
    m_health->check(context, patience, [&](const HealthReport &) {
        ++calls;
        delete context;
    });
    QTRY_COMPARE(calls, 1);
    settle();
    QCOMPARE(calls, 1);
}

void TestHealth::healthGoneWhileWaiting()
{
    auto slow = std::make_shared<ManualCheck>(u"redis"_s);
    const std::weak_ptr<ManualCheck> watcher = slow;
    m_health->addCheck(slow);
    check();
    m_health.reset();
    slow->answer({});
    slow.reset();
    QVERIFY(!watcher.expired());
    QTRY_COMPARE(m_reports.size(), 1);
    QVERIFY(m_reports.first().healthy);
    settle();
    QVERIFY(watcher.expired());
}

void TestHealth::fromSeveralThreads()
{
    constexpr int threadCount = 4;
    constexpr int rounds = 20;
    m_health->addCheck(std::make_shared<ThreadCheck>(u"cache"_s));
    m_health->addCheck(good(u"redis"_s));
    std::atomic<int> reports = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < rounds; ++round) {
                QObject context;
                QEventLoop loop;
                m_health->check(&context, patience, [&](const HealthReport &report) {
                    if (report.checks.size() >= 2 && !report.healthy)
                        ++reports;
                    loop.quit();
                });
                m_health->addCheck(good(u"of thread %1"_s.arg(i)));
                loop.exec();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(reports, threadCount * rounds);
}

void TestHealth::unavailableText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("redis") << u"Redis unavailable"_s;
    QTest::newRow("Search index") << u"Search index unavailable"_s;
    QTest::newRow("a") << u"A unavailable"_s;
}

void TestHealth::unavailableText()
{
    QTEST(good(QString::fromLatin1(QTest::currentDataTag()))->unavailableText(), "text");
}

void TestHealth::json_data()
{
    QTest::addColumn<HealthReport>("report");
    QTest::addColumn<QJsonObject>("expected");
    const QString timestamp = u"2026-03-01T11:30:05.123Z"_s;
    QTest::newRow("no checks") << HealthReport()
                               << QJsonObject{{u"status"_s, u"healthy"_s},
                                              {u"checks"_s, QJsonObject()},
                                              {u"timestamp"_s, timestamp},
                                              {u"active_connections"_s, 12}};
    QTest::newRow("unhealthy") << HealthReport{.healthy = false,
                                               .checks = {{u"redis"_s, u"error: \"gone\""_s},
                                                          {u"database"_s, u"ok"_s}},
                                               .firstFailureText = u"Redis unavailable"_s}
                               << QJsonObject{{u"status"_s, u"unhealthy"_s},
                                              {u"checks"_s,
                                               QJsonObject{{u"redis"_s, u"error: \"gone\""_s},
                                                           {u"database"_s, u"ok"_s}}},
                                              {u"timestamp"_s, timestamp},
                                              {u"active_connections"_s, 12}};
    QTest::newRow("details") << HealthReport{.healthy = false,
                                             .checks = {{u"redis"_s, u"ok"_s},
                                                        {u"database"_s, u"error: full"_s},
                                                        {u"search"_s, u"ok"_s}},
                                             .firstFailureText = u"Database unavailable"_s,
                                             .details = {{u"database"_s,
                                                          QJsonObject{{u"tables"_s, 7}}},
                                                         {u"search"_s,
                                                          QJsonObject{{u"words"_s, 9}}}}}
                             << QJsonObject{{u"status"_s, u"unhealthy"_s},
                                            {u"checks"_s,
                                             QJsonObject{{u"redis"_s, u"ok"_s},
                                                         {u"database"_s,
                                                          QJsonObject{{u"status"_s, u"error"_s},
                                                                      {u"error"_s, u"full"_s},
                                                                      {u"tables"_s, 7}}},
                                                         {u"search"_s,
                                                          QJsonObject{{u"status"_s, u"ok"_s},
                                                                      {u"words"_s, 9}}}}},
                                            {u"timestamp"_s, timestamp},
                                            {u"active_connections"_s, 12}};
}

void TestHealth::json()
{
    QFETCH(HealthReport, report);
    const QDateTime timestamp(QDate(2026, 3, 1), QTime(12, 30, 5, 123),
                              QTimeZone::fromSecondsAheadOfUtc(3600));
    QTEST(QJsonDocument::fromJson(report.json(12, timestamp)).object(), "expected");
}

QTEST_GUILESS_MAIN(TestHealth)
#include "tst_health.moc"
