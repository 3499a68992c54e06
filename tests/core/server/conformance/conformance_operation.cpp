// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "conformance_operation.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto formType = "Content-Type: application/x-www-form-urlencoded\r\n";

std::shared_ptr<HealthCheck> failing(const QString &name)
{
    return HealthCheck::fromFunction(name, []() -> HealthCheck::Result {
        return std::unexpected(u"it is away"_s);
    });
}

std::shared_ptr<HealthCheck> passing(const QString &name)
{
    return HealthCheck::fromFunction(name, [] { return HealthCheck::Result(); });
}

/// What breaks a promise: it never answers.
class SilentCheck : public HealthCheck
{
public:
    [[nodiscard]] QString name() const override { return u"database"_s; }
    void run(Done done) override { m_done.push_back(std::move(done)); }

private:
    std::vector<Done> m_done;
};

} // namespace

// ---- Health

// /health/live is "OK", whatever else is wrong.
void OperationConformance::e13_liveIsAlwaysOk()
{
    server().health().addCheck(failing(u"redis"_s));
    const WebAnswer answer = ask(request("GET", "/health/live"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "OK"_ba);
    QVERIFY(!answer.headers.contains("set-cookie"));
}

void OperationConformance::e13_readyTellsWhatIsMissing_data()
{
    QTest::addColumn<QStringList>("passes");
    QTest::addColumn<QStringList>("fails");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no checks") << QStringList() << QStringList() << 200 << "READY"_ba;
    QTest::newRow("all is well") << QStringList{u"redis"_s, u"database"_s} << QStringList() << 200
                                 << "READY"_ba;
    QTest::newRow("Redis") << QStringList{u"database"_s} << QStringList{u"redis"_s} << 503
                           << "Redis unavailable"_ba;
    QTest::newRow("database") << QStringList{u"redis"_s} << QStringList{u"database"_s} << 503
                              << "Database unavailable"_ba;
}

// /health/ready is "READY", or 503 and the first thing that is unavailable.
void OperationConformance::e13_readyTellsWhatIsMissing()
{
    QFETCH(QStringList, passes);
    QFETCH(QStringList, fails);
    for (const QString &name : passes)
        server().health().addCheck(passing(name));
    for (const QString &name : fails)
        server().health().addCheck(failing(name));
    const WebAnswer answer = ask(request("GET", "/health/ready"));
    QTEST(answer.status, "status");
    QTEST(answer.body, "body");
    QVERIFY(answer.header("content-type").startsWith("text/plain"));
}

// A check that does not answer within three seconds has failed.
void OperationConformance::e13_checksHaveThreeSeconds()
{
    QCOMPARE(Health::defaultBudget, std::chrono::milliseconds(3s));
    server().health().addCheck(std::make_shared<SilentCheck>());
    const WebAnswer answer = ask(request("GET", "/health/ready"));
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body, "Database unavailable"_ba);
}

// /health is a JSON object of four keys: status, checks, timestamp and active_connections.
void OperationConformance::e13_healthIsJson()
{
    server().health().addCheck(passing(u"redis"_s));
    const auto first = open();
    const auto second = open();
    const QDateTime before = QDateTime::currentDateTimeUtc().addMSecs(-1);
    const WebAnswer answer = ask(request("GET", "/health"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "application/json"_ba);
    const QJsonObject health = answer.json();
    QCOMPARE(health.keys(),
             (QStringList{u"active_connections"_s, u"checks"_s, u"status"_s, u"timestamp"_s}));
    QCOMPARE(health.value(u"status"), QJsonValue(u"healthy"_s));
    QCOMPARE(health.value(u"checks").toObject(), (QJsonObject{{u"redis"_s, u"ok"_s}}));
    QCOMPARE(health.value(u"active_connections").toInt(-1), 2);
    const QString timestamp = health.value(u"timestamp").toString();
    QVERIFY2(timestamp.endsWith(u'Z'), qPrintable(timestamp));
    const QDateTime taken = QDateTime::fromString(timestamp, Qt::ISODateWithMs);
    QVERIFY(taken.isValid() && before <= taken && taken <= QDateTime::currentDateTimeUtc());
}

// When a check fails /health is 503, and says which and why.
void OperationConformance::e13_unhealthyIs503()
{
    server().health().addCheck(passing(u"database"_s));
    server().health().addCheck(failing(u"redis"_s));
    const WebAnswer answer = ask(request("GET", "/health"));
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.json().value(u"status"), QJsonValue(u"unhealthy"_s));
    QCOMPARE(answer.json().value(u"checks").toObject(),
             (QJsonObject{{u"database"_s, u"ok"_s}, {u"redis"_s, u"error: it is away"_s}}));
}

void OperationConformance::e13_healthIsForGetOnly_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/health", "/health/live", "/health/ready"})
        QTest::newRow(path) << QByteArray(path);
}

// Probes do not post; HEAD is answered as GET is, without the body.
void OperationConformance::e13_healthIsForGetOnly()
{
    QFETCH(QByteArray, path);
    for (const QByteArray method : {"POST", "PUT", "DELETE"})
        QCOMPARE(ask(request(method, path)).status, 405);
    QCOMPARE(ask(request("HEAD", path)).status, 200);
}

// ---- Metrics

// /metrics is the text format of Prometheus, version 0.0.4.
void OperationConformance::e13_metricsAreInTheTextFormat()
{
    static const QRegularExpression line(
        u"^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\\{[^}]*\\})? (?:[-+0-9.e]+|NaN|Nan|\\+Inf))$"_s);
    const WebAnswer answer = ask(request("GET", "/metrics"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8"_ba);
    QVERIFY(answer.body.endsWith('\n'));
    for (const QByteArray &text : answer.body.chopped(1).split('\n'))
        QVERIFY2(line.match(QString::fromUtf8(text)).hasMatch(), text);
}

void OperationConformance::e13_metricsAreForGetOnly_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"POST", "PUT", "DELETE", "OPTIONS"})
        QTest::newRow(method) << QByteArray(method);
}

// Other methods than GET get 405.
void OperationConformance::e13_metricsAreForGetOnly()
{
    QFETCH(QByteArray, method);
    const WebAnswer answer = ask(request(method, "/metrics"));
    QCOMPARE(answer.status, 405);
    QCOMPARE(answer.header("allow"), "GET, HEAD"_ba);
}

void OperationConformance::e13_metricsHaveTheirNamesAndTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    const auto rows = [](const char *type, std::initializer_list<const char *> names) {
        for (const char *name : names)
            QTest::newRow(name) << QByteArray(type);
    };
    rows("gauge",
         {"connections_active", "groups_active", "websocket_send_buffer_size", "connections_max"});
    rows("counter",
         {"connections_rejected_total", "actions_processed_total", "templates_executed_total",
          "trees_built_total", "trees_diffed_total", "broadcasts_sent_total",
          "publishes_sent_total", "errors_total", "websocket_buffer_full_total",
          "websocket_slow_client_closes_total", "websocket_write_errors_total",
          "websocket_dispatch_dropped_total", "full_tree_sends_total", "dynamics_only_sends_total",
          "fingerprint_mismatches_total"});
    rows("summary",
         {"template_duration_seconds", "build_duration_seconds", "diff_duration_seconds",
          "action_duration_seconds", "update_payload_bytes"});
}

// Each metric has the name that dashboards know, and its type.
void OperationConformance::e13_metricsHaveTheirNamesAndTypes()
{
    QFETCH(QByteArray, type);
    const QByteArray name = QByteArray("livetemplate_") + QTest::currentDataTag();
    const auto lines = ask(request("GET", "/metrics")).body.split('\n');
    QVERIFY(lines.contains("# TYPE " + name + ' ' + type));
    const QByteArray sample = type == "summary" ? name + "_count " : name + ' ';
    QCOMPARE(std::ranges::count_if(lines,
                                   [&](const QByteArray &line) { return line.startsWith(sample); }),
             1);
}

void OperationConformance::e13_summariesHaveFourQuantiles_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name :
         {"template_duration_seconds", "build_duration_seconds", "diff_duration_seconds",
          "action_duration_seconds", "update_payload_bytes"})
        QTest::newRow(name) << QByteArray(QByteArray("livetemplate_") + name);
}

// A summary has the quantiles 0.5, 0.9, 0.95 and 0.99, a sum and a count.
void OperationConformance::e13_summariesHaveFourQuantiles()
{
    QFETCH(QByteArray, name);
    const auto found = metrics();
    QStringList quantiles;
    for (auto it = found.cbegin(); it != found.cend(); ++it) {
        if (it.key().startsWith(name + "{quantile="))
            quantiles.append(QString::fromLatin1(it.key().sliced(name.size())));
    }
    quantiles.sort();
    QCOMPARE(quantiles,
             (QStringList{u"{quantile=\"0.5\"}"_s, u"{quantile=\"0.9\"}"_s,
                          u"{quantile=\"0.95\"}"_s, u"{quantile=\"0.99\"}"_s}));
    QVERIFY(found.contains(name + "_sum") && found.contains(name + "_count"));
}

// livetemplate_connections_max is the limit; without one it is infinite, so that no alert divides
// by zero.
void OperationConformance::e13_theLimitOfConnectionsIsAMetric()
{
    QVERIFY(ask(request("GET", "/metrics")).body.contains("\nlivetemplate_connections_max +Inf\n"));
    ServerOptions options = patientOptions();
    options.maxConnections = 500;
    start(options);
    QCOMPARE(metrics().value("livetemplate_connections_max"), 500.0);
}

// After known traffic each counter has exactly the value of it, over all threads.
void OperationConformance::e13_countersAreExact()
{
    const QByteArray cookie = newCookie(); // a page
    const QByteArray headers = "Cookie: " + cookie + "\r\n" + formType;
    const auto first = open(u"/"_s, cookie);
    const auto second = open(u"/"_s, cookie);
    const auto stranger = open(u"/"_s, newCookie()); // another page
    QVERIFY(!first->run(u"increment"_s).isEmpty());
    QVERIFY(!first->run(u"fail"_s).isEmpty());
    QVERIFY(!first->run(u"nothing"_s).isEmpty());
    QVERIFY(!first->run(u"spread"_s).isEmpty());
    QVERIFY(second->contains(u"<p id=\"counter\">1</p>"_s));
    QCOMPARE(
        ask(request("POST", "/", headers + "Accept: application/json\r\n", "increment=")).status,
        200);
    QVERIFY(server().triggerAction(groupOf(cookie), u"increment"_s));
    QVERIFY(second->contains(u"<p id=\"counter\">2</p>"_s));
    QVERIFY(first->read());

    const QList<std::pair<QByteArray, double>> expected{
        {"connections_active", 3},
        {"groups_active", 2},
        {"connections_opened_total", 3},
        {"connections_rejected_total", 0},
        // Four of the first tab and one by POST.
        {"actions_processed_total", 5},
        {"actions_unknown_total", 1},
        {"errors_total", 1},
        {"templates_executed_total", 2},
        {"broadcasts_sent_total", 1},
        {"publishes_sent_total", 1},
        // One of the broadcast, two of the trigger.
        {"dispatches_total", 3},
        {"websocket_dispatch_dropped_total", 0},
        // Three first messages and the answer to the POST.
        {"full_tree_sends_total", 4},
        {"messages_received_total", 4},
        {"messages_malformed_total", 0},
        {"rate_limited_total", 0},
        {"fingerprint_mismatches_total", 0},
        {"websocket_slow_client_closes_total", 0},
        {"websocket_write_errors_total", 0},
        {"websocket_buffer_full_total", 0},
        // All that were run, here and there.
        {"action_duration_seconds_count", 8},
        {"template_duration_seconds_count", 2},
        // Three first messages, four answers, one update of the broadcast, two of the trigger.
        {"update_payload_bytes_count", 10},
    };
    for (const auto &[name, value] : expected)
        QVERIFY2(counts("livetemplate_" + name, value), name);
    const auto found = metrics();
    QCOMPARE(found.value("livetemplate_build_duration_seconds_count"),
             found.value("livetemplate_trees_built_total"));
    QVERIFY(found.value("livetemplate_update_payload_bytes_sum") > 0);
    // Each update is a difference: made for one, or shared with who shows the same.
    QVERIFY(found.value("livetemplate_dynamics_only_sends_total") >= 6);

    ask(request("GET", "/?fail=1"));
    QVERIFY(counts("livetemplate_errors_total", 2));
}

// The time of every comparison of two trees is in the summary.
void OperationConformance::e13_eachDifferenceIsTimed()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    const auto second = open(u"/"_s, cookie);
    first->run(u"increment"_s);
    first->run(u"spread"_s);
    QVERIFY(second->contains(u"<p id=\"counter\">1</p>"_s));
    QVERIFY(counts("livetemplate_trees_diffed_total", 3));
    QCOMPARE(metrics().value("livetemplate_diff_duration_seconds_count"), 3.0);
}

// Metrics and health can be switched off; their addresses are pages like others then.
void OperationConformance::e13_operationCanBeSwitchedOff()
{
    ServerOptions options = patientOptions();
    options.metricsEnabled = false;
    options.healthEnabled = false;
    start(options);
    for (const QByteArray path : {"/metrics", "/health", "/health/live", "/health/ready"})
        QCOMPARE(ask(request("GET", path)).status, 404);
}

// ---- Shutdown

// A shutdown closes every WebSocket with code 1001, calls onDisconnect, and takes nobody in any
// more; what was saved is there when the server listens again.
void OperationConformance::e13_theShutdownTellsEverybody()
{
    const QByteArray cookie = newCookie();
    std::vector<std::unique_ptr<LiveTab>> tabs;
    for (int i = 0; i < 2 * threads(); ++i)
        tabs.push_back(open(u"/"_s, i == 0 ? cookie : newCookie()));
    tabs.front()->run(u"increment"_s);
    const quint16 port = server().port();
    server().close();
    QVERIFY(!server().isListening());
    for (const auto &tab : tabs) {
        QVERIFY(tab->client().waitForState(QAbstractSocket::UnconnectedState));
        QCOMPARE(int(tab->client().socket().closeCode()), 1001);
        QCOMPARE(tab->client().socket().closeReason(), u"Server shutting down"_s);
    }
    QCOMPARE(journal().count(u"onDisconnect"_s), qsizetype(tabs.size()));
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE_WITH_TIMEOUT(late.error(), QAbstractSocket::ConnectionRefusedError, 10'000);

    QVERIFY(server().listen());
    QVERIFY(open(u"/"_s, cookie)->html().contains(u"<p id=\"counter\">1</p>"));
}

// A shutdown takes thirty seconds at most, unless it is set.
void OperationConformance::e13_thirtySecondsAreTheDefault()
{
    QCOMPARE(ServerOptions().shutdownTimeout, std::chrono::milliseconds(30s));
}
