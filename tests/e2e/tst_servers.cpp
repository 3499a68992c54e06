// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Several servers that one Redis joins, as an operator runs them, while things go wrong.

#include "liveclient.h"
#include "rediscluster.h"
#include "redisserver.h"
#include "sentineltrio.h"
#include "serverprocess.h"
#include "tcpproxy.h"
#include "webclient.h"

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTest>

#include <array>
#include <functional>
#include <memory>

#include <sys/prctl.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Longer than anything takes that is waited for.
constexpr auto patience = 30s;

/// A tab that shows the counter.
class CounterTab
{
public:
    CounterTab(const ServerProcess &server, const QByteArray &cookie)
        : CounterTab(server.url(), cookie)
    {
    }
    CounterTab(const QUrl &page, const QByteArray &cookie)
        : m_client(page, cookie)
    {
        take(m_client.nextJson());
    }

    [[nodiscard]] int count() const { return m_count; }

    /// Clicks, and waits for the answer; false when none came.
    [[nodiscard]] bool click(const QString &action = u"increment"_s)
    {
        m_client.action(action);
        for (;;) {
            const QJsonObject message = m_client.nextJson();
            if (message.isEmpty())
                return false;
            take(message);
            if (message.value("meta"_L1).toObject().value("action"_L1) == action)
                return true;
        }
    }

    /// Reads until it shows @p wanted; false when it does not in time. Says what it shows.
    [[nodiscard]] bool shows(int wanted)
    {
        QDeadlineTimer deadline(patience);
        while (m_count != wanted && !deadline.hasExpired()) {
            const QJsonObject message = m_client.nextJson();
            if (!message.isEmpty())
                take(message);
        }
        if (m_count != wanted)
            qWarning() << "shows" << m_count << "and not" << wanted;
        return m_count == wanted;
    }

    /// Reads what has come until now.
    [[nodiscard]] bool catchUp()
    {
        m_client.send(u"{\"action\":\"__ping__\"}"_s);
        for (;;) {
            const QJsonObject message = m_client.nextJson();
            if (message.isEmpty())
                return false;
            if (message.contains("pong"_L1))
                return true;
            take(message);
        }
    }

    [[nodiscard]] bool isQuiet() { return m_client.isQuiet(); }
    [[nodiscard]] LiveClient &client() { return m_client; }

private:
    void take(const QJsonObject &message)
    {
        const QJsonValue value = message.value("tree"_L1).toObject().value("0"_L1);
        if (value.isString())
            m_count = value.toString().toInt();
    }

    LiveClient m_client;
    int m_count = -1;
};

QByteArray newCookie(const ServerProcess &server)
{
    WebClient browser(server.url(u"/"_s));
    browser.get(u"/counter"_s);
    return browser.cookie();
}

int readiness(const ServerProcess &server)
{
    return WebClient(server.url(u"/"_s)).get(u"/health/ready"_s).status;
}

bool becomesReady(const ServerProcess &server, int status = 200)
{
    return QTest::qWaitFor([&] { return readiness(server) == status; }, patience);
}

double metric(const ServerProcess &server, const QByteArray &name)
{
    for (const QByteArray &line :
         WebClient(server.url(u"/"_s)).get(u"/metrics"_s).body.split('\n')) {
        if (line.startsWith(name + ' '))
            return line.mid(name.size() + 1).toDouble();
    }
    return -1;
}

} // namespace

class TestServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tabsOnTwoServersFollowEachOther();
    void formsAndJsonReachTabsOfTheOtherServer();
    void theTabsOfAKilledServerLandOnTheOther();
    void aServerThatEndsHasSavedEverything();
    void redisIsKilledAndComesBack();
    void redisStandsStill();
    void redisGetsAnotherPassword();
    void redisIsFull();
    void redisIsSlow();
    void sentinelFailsOver();
    void aClusterLosesANode();
    void behindALoadBalancer_data();
    void behindALoadBalancer();

private:
    [[nodiscard]] static std::unique_ptr<ServerProcess> startServer(const QString &redis)
    {
        return std::make_unique<ServerProcess>(QStringLiteral(SERVER_PROGRAM),
                                               QStringList{u"--redis"_s, redis,
                                                           u"--message-rate=0"_s});
    }

    /// Clicks here and there by turns, and sees that both follow.
    void follow(CounterTab &here, CounterTab &there)
    {
        for (int i = 0; i < 10; ++i) {
            const int before = here.count();
            QVERIFY(here.click());
            QCOMPARE(here.count(), before + 1);
            QVERIFY(there.shows(before + 1));
            QVERIFY(there.click());
            QVERIFY(here.shows(before + 2));
        }
        QVERIFY(here.isQuiet());
        QVERIFY(there.isQuiet());
    }

    /// Each click here is one there, and none is two. What was clicked while they were apart each
    /// has for itself (PROTOCOL.md F.3).
    void followAgain(CounterTab &here, CounterTab &there)
    {
        // A message that waited for Redis for less than its time-out arrives now.
        int before = -1;
        while (std::exchange(before, here.count() + there.count())
               != here.count() + there.count()) {
            QTest::qWait(500);
            QVERIFY(here.catchUp() && there.catchUp());
        }
        for (int i = 0; i < 5; ++i) {
            before = there.count();
            QVERIFY(here.click());
            QVERIFY(there.shows(before + 1));
        }
        QVERIFY(there.isQuiet());
        before = here.count();
        QVERIFY(there.click());
        QVERIFY(here.shows(before + 1));
        QVERIFY(here.isQuiet());
    }

    /// Pages of @p server go on: an open tab, a new one and a form. Prints what they waited.
    void goesOn(CounterTab &tab, const ServerProcess &server, const QByteArray &cookie,
                const char *what)
    {
        QElapsedTimer timer;
        qint64 longest = 0;
        QVERIFY(tab.catchUp());
        for (int i = 0; i < 20; ++i) {
            timer.start();
            const int before = tab.count();
            QVERIFY(tab.click());
            QCOMPARE(tab.count(), before + 1);
            longest = std::max(longest, timer.elapsed());
        }
        timer.start();
        CounterTab another(server, cookie);
        QCOMPARE(another.count(), tab.count());
        qInfo() << what << ": the slowest of 20 clicks took" << longest << "ms, a new tab"
                << timer.elapsed() << "ms";
        QVERIFY(WebClient(server.url(u"/"_s)).get(u"/health/live"_s).status == 200);
    }

    /// Takes Redis away and gives it back, under two servers with a tab each.
    void outage(const char *what, const std::function<void()> &begin,
                const std::function<void()> &end)
    {
        const auto first = startServer(m_redis->url());
        const auto second = startServer(m_redis->url());
        QVERIFY(becomesReady(*first) && becomesReady(*second));
        const QByteArray cookie = newCookie(*first);
        CounterTab here(*first, cookie);
        CounterTab there(*second, cookie);
        follow(here, there);
        if (QTest::currentTestFailed())
            return;

        begin();
        goesOn(here, *first, cookie, what);
        if (QTest::currentTestFailed())
            return;
        QVERIFY(becomesReady(*first, 503));
        QVERIFY(becomesReady(*second, 503));
        goesOn(there, *second, cookie, what);
        if (QTest::currentTestFailed())
            return;

        end();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(becomesReady(*first));
        QVERIFY(becomesReady(*second));
        qInfo() << what << ": both ready" << timer.elapsed() << "ms after Redis";
        followAgain(here, there);
        if (QTest::currentTestFailed())
            return;
        // What was clicked meanwhile is in Redis now: a third server shows the newest.
        const auto third = startServer(m_redis->url());
        QVERIFY(becomesReady(*third));
        QVERIFY(QTest::qWaitFor(
            [&] { return metric(*first, "livetemplate_session_unwritten") == 0; }, patience));
        CounterTab late(*third, cookie);
        QVERIFY2(late.count() == here.count() || late.count() == there.count(),
                 QByteArray::number(late.count()));
    }

    std::unique_ptr<RedisServer> m_redis;
};

void TestServers::init()
{
    m_redis = std::make_unique<RedisServer>();
    QVERIFY2(m_redis->start(), m_redis->log());
}

void TestServers::tabsOnTwoServersFollowEachOther()
{
    const auto first = startServer(m_redis->url());
    const auto second = startServer(m_redis->url());
    QVERIFY(becomesReady(*first) && becomesReady(*second));
    const QByteArray cookie = newCookie(*first);
    CounterTab here(*first, cookie);
    CounterTab there(*second, cookie);
    CounterTab stranger(*second, newCookie(*second));
    follow(here, there);
    QCOMPARE(stranger.count(), 0);
    QVERIFY(stranger.isQuiet());
    // A new tab anywhere begins where they are.
    QCOMPARE(CounterTab(*second, cookie).count(), here.count());
    QCOMPARE(metric(*first, "livetemplate_pubsub_published_total"), 10);
    QCOMPARE(metric(*first, "livetemplate_pubsub_received_total"), 10);
    // Its own come back to it, and are known by their instance id.
    QCOMPARE(metric(*first, "livetemplate_pubsub_dropped_total{reason=\"own\"}"), 10);
}

void TestServers::formsAndJsonReachTabsOfTheOtherServer()
{
    const auto first = startServer(m_redis->url());
    const auto second = startServer(m_redis->url());
    QVERIFY(becomesReady(*first) && becomesReady(*second));
    WebClient browser(first->url(u"/"_s));
    browser.get(u"/counter"_s);
    CounterTab there(*second, browser.cookie());
    QCOMPARE(browser.postJson(u"/counter"_s, u"increment"_s).status, 200);
    QVERIFY(there.shows(1));
    QCOMPARE(browser.postForm(u"/counter"_s, QUrlQuery(u"increment="_s)).status, 303);
    QVERIFY(there.shows(2));
    QVERIFY(there.click());
    QVERIFY(QTest::qWaitFor([&] { return browser.get(u"/counter"_s).body.contains(">3</output>"); },
                            patience));
    QVERIFY(there.isQuiet());
}

void TestServers::theTabsOfAKilledServerLandOnTheOther()
{
    auto first = startServer(m_redis->url());
    const auto second = startServer(m_redis->url());
    QVERIFY(becomesReady(*first) && becomesReady(*second));
    const QByteArray cookie = newCookie(*first);
    CounterTab here(*first, cookie);
    for (int i = 0; i < 25; ++i)
        QVERIFY(here.click());
    CounterTab there(*second, cookie);
    QCOMPARE(there.count(), 25);
    QVERIFY(here.click());
    QVERIFY(there.shows(26));
    first->kill();
    QVERIFY(here.client().waitForState(QAbstractSocket::UnconnectedState));
    CounterTab landed(*second, cookie);
    QCOMPARE(landed.count(), 26);
    QVERIFY(landed.click());
    QVERIFY(there.shows(27));
    first = startServer(m_redis->url());
    QCOMPARE(CounterTab(*first, cookie).count(), 27);
}

void TestServers::aServerThatEndsHasSavedEverything()
{
    auto first = startServer(m_redis->url());
    QVERIFY(becomesReady(*first));
    QList<QByteArray> cookies;
    std::vector<std::unique_ptr<CounterTab>> tabs;
    for (int i = 0; i < 20; ++i) {
        cookies.append(newCookie(*first));
        tabs.push_back(std::make_unique<CounterTab>(*first, cookies.last()));
        QVERIFY(tabs.back()->click());
    }
    QCOMPARE(first->terminate(), 0);
    first = startServer(m_redis->url());
    for (const QByteArray &cookie : std::as_const(cookies))
        QCOMPARE(CounterTab(*first, cookie).count(), 1);
}

void TestServers::redisIsKilledAndComesBack()
{
    outage("Redis killed", [this] { m_redis->kill(); }, [this] { QVERIFY(m_redis->restart()); });
}

void TestServers::redisStandsStill()
{
    QElapsedTimer frozen;
    outage(
        "Redis frozen",
        [&] {
            m_redis->freeze();
            frozen.start();
        },
        [&] {
            while (frozen.elapsed() < 20'000)
                QTest::qWait(100);
            m_redis->thaw();
        });
}

void TestServers::redisGetsAnotherPassword()
{
    outage(
        "password changed",
        [this] {
            m_redis->run({u"CONFIG"_s, u"SET"_s, u"requirepass"_s, u"other"_s});
            m_redis->run({u"-a"_s, u"other"_s, u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"normal"_s,
                          u"SKIPME"_s, u"yes"_s});
            m_redis->run({u"-a"_s, u"other"_s, u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"pubsub"_s});
        },
        [this] {
            m_redis->run({u"-a"_s, u"other"_s, u"CONFIG"_s, u"SET"_s, u"requirepass"_s, u""_s});
        });
}

void TestServers::redisIsFull()
{
    outage(
        "memory full", [this] { m_redis->run({u"CONFIG"_s, u"SET"_s, u"maxmemory"_s, u"1"_s}); },
        [this] { m_redis->run({u"CONFIG"_s, u"SET"_s, u"maxmemory"_s, u"0"_s}); });
}

void TestServers::redisIsSlow()
{
    TcpProxy proxy(m_redis->port());
    const auto first = startServer(m_redis->url(proxy.port()));
    const auto second = startServer(m_redis->url());
    QVERIFY(becomesReady(*first) && becomesReady(*second));
    const QByteArray cookie = newCookie(*first);
    CounterTab here(*first, cookie);
    CounterTab there(*second, cookie);
    follow(here, there);
    if (QTest::currentTestFailed())
        return;
    proxy.setDelay(150ms);
    goesOn(here, *first, cookie, "Redis slow");
    if (QTest::currentTestFailed())
        return;
    QVERIFY(there.shows(here.count()));
    follow(there, here);
    QCOMPARE(readiness(*first), 200);
}

void TestServers::sentinelFailsOver()
{
    SentinelTrio trio;
    QVERIFY(trio.start());
    const auto first = startServer(trio.url());
    const auto second = startServer(trio.url());
    QVERIFY(becomesReady(*first) && becomesReady(*second));
    const QByteArray cookie = newCookie(*first);
    CounterTab here(*first, cookie);
    CounterTab there(*second, cookie);
    follow(here, there);
    if (QTest::currentTestFailed())
        return;
    trio.server(0).kill();
    goesOn(here, *first, cookie, "master killed");
    if (QTest::currentTestFailed())
        return;
    QVERIFY(trio.waitForMasterOtherThan(0) > 0);
    QVERIFY(becomesReady(*first));
    QVERIFY(becomesReady(*second));
    followAgain(here, there);
}

void TestServers::aClusterLosesANode()
{
    RedisCluster cluster({.replicasOfEach = 1});
    QVERIFY(cluster.start());
    const auto first = startServer(cluster.url());
    const auto second = startServer(cluster.url());
    QVERIFY(becomesReady(*first) && becomesReady(*second));
    struct Pair
    {
        QByteArray cookie;
        std::unique_ptr<CounterTab> here;
        std::unique_ptr<CounterTab> there;
    };
    // Of several groups, so that each node has the state of one.
    std::vector<Pair> pairs;
    for (int i = 0; i < 6; ++i) {
        const QByteArray cookie = newCookie(*first);
        pairs.push_back({cookie, std::make_unique<CounterTab>(*first, cookie),
                         std::make_unique<CounterTab>(*second, cookie)});
        follow(*pairs.back().here, *pairs.back().there);
        if (QTest::currentTestFailed())
            return;
    }
    cluster.node(1).kill();
    for (const Pair &pair : pairs) {
        goesOn(*pair.here, *first, pair.cookie, "node killed");
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(cluster.waitForState());
    QVERIFY(becomesReady(*first));
    QVERIFY(becomesReady(*second));
    for (const Pair &pair : pairs) {
        followAgain(*pair.here, *pair.there);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestServers::behindALoadBalancer_data()
{
    QTest::addColumn<QString>("backend");
    QTest::newRow("sticky") << u"sticky"_s;
    QTest::newRow("round robin") << u"round_robin"_s;
}

// HAProxy with the configuration that docs/deploy has for operators.
void TestServers::behindALoadBalancer()
{
    QFETCH(const QString, backend);
    QString program = QStandardPaths::findExecutable(u"haproxy"_s);
    if (program.isEmpty())
        program = QStandardPaths::findExecutable(u"haproxy"_s, {u"/usr/sbin"_s});
    if (program.isEmpty())
        QSKIP("HAProxy is not installed");
    const auto start = [this] {
        return std::make_unique<ServerProcess>(QStringLiteral(SERVER_PROGRAM),
                                               QStringList{u"--redis"_s, m_redis->url(),
                                                           u"--message-rate=0"_s,
                                                           u"--trust-forwarded-headers"_s});
    };
    std::array servers{start(), start()};
    QVERIFY(becomesReady(*servers[0]) && becomesReady(*servers[1]));
    const auto address = [](const ServerProcess &server) {
        return u"127.0.0.1:%1"_s.arg(server.url().port());
    };
    const QString listen = u"127.0.0.1:%1"_s.arg(RedisServer::freePort());
    QProcess balancer;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LB_LISTEN"_s, listen);
    environment.insert(u"LB_SERVER_A"_s, address(*servers[0]));
    environment.insert(u"LB_SERVER_B"_s, address(*servers[1]));
    environment.insert(u"LB_BACKEND"_s, backend);
    balancer.setProcessEnvironment(environment);
    balancer.setStandardOutputFile(QProcess::nullDevice());
    balancer.setStandardErrorFile(QProcess::nullDevice());
    balancer.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    balancer.start(program, {u"-f"_s, QStringLiteral(HAPROXY_CONFIGURATION)});
    QVERIFY(balancer.waitForStarted());
    const QUrl page(u"http://"_s + listen + u"/counter"_s);
    const auto load = [&page](const QByteArray &cookie) {
        WebClient browser(page.resolved(QUrl(u"/"_s)));
        return browser.get(u"/counter"_s,
                           cookie.isEmpty() ? WebClient::Headers()
                                            : WebClient::Headers{{"Cookie", cookie}});
    };
    QVERIFY(QTest::qWaitFor([&] { return load({}).status == 200; }, patience));

    const QByteArray cookie = load({}).header("set-cookie").split(';').first();
    QVERIFY(cookie.startsWith("livetemplate-id="));
    {
        std::vector<std::unique_ptr<CounterTab>> tabs;
        for (int i = 0; i < 4; ++i)
            tabs.push_back(std::make_unique<CounterTab>(page, cookie));
        const double here = metric(*servers[0], "livetemplate_connections_active");
        const double there = metric(*servers[1], "livetemplate_connections_active");
        QCOMPARE(here + there, 4);
        // Whoever is sticky has them on one, whoever is not on both: both follow each other.
        if (backend == "sticky"_L1)
            QVERIFY(here == 4 || there == 4);
        else
            QCOMPARE(here, 2);
        for (int i = 1; i <= 8; ++i) {
            QVERIFY(tabs[std::size_t(i) % 4]->click());
            for (const auto &tab : tabs)
                QVERIFY(tab->shows(i));
        }
        for (const auto &tab : tabs)
            QVERIFY(tab->isQuiet());
    }
    // One goes: its visitors find the other one, and their state there.
    const bool isFirst = metric(*servers[0], "livetemplate_actions_processed_total") > 0;
    servers[isFirst ? 0 : 1]->kill();
    QVERIFY(QTest::qWaitFor([&] { return load(cookie).body.contains(">8</output>"); }, patience));
    CounterTab landed(page, cookie);
    QCOMPARE(landed.count(), 8);
    QVERIFY(landed.click());
    balancer.terminate();
    balancer.waitForFinished();
}

QTEST_GUILESS_MAIN(TestServers)
#include "tst_servers.moc"
