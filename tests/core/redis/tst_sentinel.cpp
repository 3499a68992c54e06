// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisclient.h"
#include "redismetrics_p.h"
#include "redispubsub_p.h"
#include "sentineltrio.h"
#include "tlscertificates.h"
#include "traffic.h"

#include <QTest>

#include <future>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The master that Sentinel names, while commands and messages are under way.
class TestSentinel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheMaster_data();
    void findsTheMaster();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void waitsForSentinels();
    void followsAFailOver();
    void leavesAMasterThatHangs();
    void goesFromAReadOnlyServer();
    void learnsOfOtherSentinels();
    void listensToAnotherSentinel();

private:
    static RedisOptions optionsFor(const QString &url)
    {
        RedisOptions options;
        options.url = RedisUrl::parse(url).value();
        return options;
    }
    static QList<QByteArray> keys()
    {
        QList<QByteArray> result;
        for (int number = 0; number < 10; ++number)
            result << "counter:" + QByteArray::number(number);
        return result;
    }
    static constexpr int patience = 30'000;
};

void TestSentinel::findsTheMaster_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void TestSentinel::findsTheMaster()
{
    QFETCH(bool, tls);
    const TlsCertificates certificates;
    QVERIFY(certificates.isValid());
    SentinelTrio trio({.replicas = 1,
                       .password = u"of:the@master"_s,
                       .sentinelPassword = u"of:the@sentinels"_s,
                       .tls = tls ? &certificates : nullptr});
    QVERIFY(trio.start());
    RedisClient client(optionsFor(trio.url()));
    const auto role = ask(client, {"ROLE"}, {.keyIndex = -1, .waitForConnection = true});
    QVERIFY2(role, qPrintable(client.errorString()));
    QCOMPARE(role->at(0).toBytes(), "master");
    QVERIFY(client.isConnected());

    QVERIFY(ask(client, {"SET", "key", "value"}));
    QCOMPARE(trio.server(0).cli({u"GET"_s, u"key"_s}), "value");
    Listener listener(client);
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Channel, "channel"));
    QVERIFY(listener.hears(client, RedisPubSub::Kind::Channel, "channel"));
    QCOMPARE(trio.server(0).cli({u"PUBSUB"_s, u"NUMSUB"_s, u"channel"_s}), "channel\n1");

    std::promise<RedisClient::Reply> all;
    client.commandOnAllMasters({"DBSIZE"}, [&](auto reply) { all.set_value(std::move(reply)); });
    const RedisClient::Reply answers = all.get_future().get();
    QVERIFY(answers);
    const QByteArray node = "127.0.0.1:" + QByteArray::number(trio.server(0).port());
    QCOMPARE(*answers, RedisValue(RedisValue::Array{RedisValue::Array{node, qint64(1)}}));
    for (const QByteArray &name : {node, "127.0.0.1:1"_ba}) {
        std::promise<RedisClient::Reply> one;
        client.commandOnNode(name, {"DBSIZE"},
                             [&](auto reply) { one.set_value(std::move(reply)); });
        QCOMPARE(one.get_future().get().has_value(), name == node);
    }
    QCOMPARE(client.metrics()->sentinelFailovers.value(), 0);
}

void TestSentinel::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("expected");

    QTest::newRow("another name") << u"/mymaster"_s << u"/theirs"_s << u"theirs"_s;
    QTest::newRow("no password for the Sentinels")
        << u"?sentinel_password=ps"_s << QString() << u"NOAUTH"_s;
    QTest::newRow("a wrong password for the Sentinels")
        << u"=ps"_s << u"=wrong"_s << u"WRONGPASS"_s;
    QTest::newRow("a wrong password for the master") << u":pm@"_s << u":wrong@"_s << u"WRONGPASS"_s;
}

void TestSentinel::saysWhatIsWrong()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, expected);
    static SentinelTrio trio({.replicas = 1, .password = u"pm"_s, .sentinelPassword = u"ps"_s});
    static const bool isStarted = trio.start();
    QVERIFY(isStarted);
    QString url = trio.url();
    QVERIFY(url.contains(from));
    RedisClient client(optionsFor(url.replace(from, to)));
    QTRY_VERIFY_WITH_TIMEOUT(client.errorString().contains(expected), patience);
    QVERIFY(!client.isConnected());
    const auto reply = ask(client, {"GET", "key"}, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, RedisError::Kind::Disconnected);
}

void TestSentinel::waitsForSentinels()
{
    SentinelTrio trio({.replicas = 1});
    QVERIFY(trio.start());
    for (int index = 0; index < 3; ++index)
        trio.sentinel(index).kill();
    RedisClient client(optionsFor(trio.url()));
    QTRY_VERIFY_WITH_TIMEOUT(client.errorString().contains(u"refused"_s, Qt::CaseInsensitive),
                             patience);
    QVERIFY(trio.restartSentinel(2));
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);
    QVERIFY(ask(client, {"SET", "key", "value"}));

    // A master that works is not given up because there is no Sentinel.
    trio.sentinel(2).kill();
    QVERIFY(ask(client, {"SET", "key", "value"}));
    QVERIFY(client.isConnected());
}

void TestSentinel::followsAFailOver()
{
    SentinelTrio trio({.password = u"secret"_s});
    QVERIFY(trio.start());
    RedisClient client(optionsFor(trio.url()));
    Listener listener(client);
    for (const QByteArray &channel : {"one"_ba, "two"_ba})
        QVERIFY(listener.subscribe(RedisPubSub::Kind::Channel, channel));
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Pattern, "three*"));
    QVERIFY(listener.hears(client, RedisPubSub::Kind::Channel, "one"));

    Traffic traffic(client, {.keys = keys(), .mayLoseWrites = true});
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > 500, patience);

    int master = 0;
    for (quint64 failOvers = 1; failOvers <= 2; ++failOvers) {
        trio.server(master).kill();
        const int next = trio.waitForMasterOtherThan(master);
        QVERIFY(next >= 0);
        QTRY_COMPARE_WITH_TIMEOUT(client.metrics()->sentinelFailovers.value(), failOvers, patience);
        const qint64 before = traffic.acknowledged();
        QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > before + 500, patience);
        QVERIFY(trio.server(next).cli({u"GET"_s, u"counter:0"_s}).toInt() > 0);
        for (const QByteArray &channel : {"one"_ba, "two"_ba, "three"_ba})
            QVERIFY(listener.hears(client, RedisPubSub::Kind::Channel, channel));
        QCOMPARE(trio.server(next).cli({u"PUBSUB"_s, u"NUMSUB"_s, u"one"_s}), "one\n1");
        // The old one returns, and is a replica.
        QVERIFY(trio.server(master).restart());
        QVERIFY(trio.waitForReplica(master));
        master = next;
    }

    traffic.stop();
    traffic.checkCounters();
    qInfo() << traffic.acknowledged() << "acknowledged," << traffic.lostWrites()
            << "lost by Redis, errors:" << traffic.errors();
    QCOMPARE(traffic.wrong(), QStringList());
    QCOMPARE(client.metrics()->sentinelFailovers.value(), 2);
}

void TestSentinel::leavesAMasterThatHangs()
{
    SentinelTrio trio;
    QVERIFY(trio.start());
    RedisOptions options = optionsFor(trio.url());
    // Nothing but Sentinel's announcement helps in time.
    options.commandTimeout = 60s;
    RedisClient client(options);
    Listener listener(client);
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Channel, "channel"));
    Traffic traffic(client, {.keys = keys(), .timeout = 60s, .mayLoseWrites = true});
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > 500, patience);

    trio.server(0).freeze();
    QTRY_COMPARE_WITH_TIMEOUT(client.metrics()->sentinelFailovers.value(), 1, patience);
    const qint64 before = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > before + 500, patience);
    QVERIFY(listener.hears(client, RedisPubSub::Kind::Channel, "channel"));

    trio.server(0).thaw();
    QVERIFY(trio.waitForReplica(0));
    const qint64 after = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > after + 500, patience);
    traffic.stop();
    traffic.checkCounters();
    QCOMPARE(traffic.wrong(), QStringList());
    QCOMPARE(client.metrics()->sentinelFailovers.value(), 1);
}

void TestSentinel::goesFromAReadOnlyServer()
{
    RedisServer first;
    RedisServer second;
    QVERIFY(first.start() && second.start());
    const auto monitor = [](const RedisServer &server) {
        return u"mymaster 127.0.0.1 %1 1"_s.arg(server.port());
    };
    RedisServer sentinel({.program = RedisServer::Program::Sentinel,
                          .configuration = {u"sentinel monitor "_s + monitor(first)}});
    QVERIFY(sentinel.start());
    RedisClient client(
        optionsFor(u"redis+sentinel://127.0.0.1:%1/mymaster"_s.arg(sentinel.port())));
    QVERIFY(ask(client, {"SET", "key", "first"}));

    // Sentinel is told of another master, and so announces none.
    sentinel.run({u"SENTINEL"_s, u"REMOVE"_s, u"mymaster"_s});
    first.run({u"REPLICAOF"_s, u"127.0.0.1"_s, QString::number(second.port())});
    QVERIFY(first.waitFor({u"ROLE"_s}, "connected"));
    std::promise<RedisClient::Reply> promise;
    std::promise<RedisClient::Reply> pipelined;
    client.command({"SET", "key", "second"},
                   [&](auto reply) { promise.set_value(std::move(reply)); },
                   {.timeout = 20s, .waitForConnection = true});
    client.pipeline({{"SET", "other", "second"}, {"GET", "other"}},
                    [&](auto reply) { pipelined.set_value(std::move(reply)); },
                    {.timeout = 20s, .waitForConnection = true});
    QTRY_VERIFY_WITH_TIMEOUT(!client.isConnected(), patience);
    sentinel.run({u"SENTINEL"_s, u"MONITOR"_s, u"mymaster"_s, u"127.0.0.1"_s,
                  QString::number(second.port()), u"1"_s});
    const auto reply = promise.get_future().get();
    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().message));
    QCOMPARE(second.cli({u"GET"_s, u"key"_s}), "second");
    const auto answers = pipelined.get_future().get();
    QVERIFY(answers);
    QCOMPARE(answers->at(1).toBytes(), "second");
    QCOMPARE(client.metrics()->sentinelFailovers.value(), 1);
}

void TestSentinel::learnsOfOtherSentinels()
{
    SentinelTrio trio;
    QVERIFY(trio.start());
    // Only one of three is known in the beginning.
    const QString url = u"redis+sentinel://127.0.0.1:%1/mymaster"_s.arg(trio.sentinel(0).port());
    RedisClient client(optionsFor(url));
    QVERIFY(ask(client, {"SET", "key", "value"}));
    trio.sentinel(0).kill();
    trio.server(0).kill();
    QVERIFY(trio.waitForMasterOtherThan(0) > 0);
    QTRY_COMPARE_WITH_TIMEOUT(client.metrics()->sentinelFailovers.value(), 1, patience);
    QVERIFY(ask(client, {"SET", "key", "value"}));
}

void TestSentinel::listensToAnotherSentinel()
{
    SentinelTrio trio;
    QVERIFY(trio.start());
    RedisOptions options = optionsFor(trio.url());
    options.commandTimeout = 60s; // a master that hangs is not noticed otherwise
    RedisClient client(options);
    QVERIFY(ask(client, {"SET", "key", "value"}));
    const auto listenedTo = [&] {
        for (int index = 0; index < 3; ++index) {
            const RedisServer &sentinel = trio.sentinel(index);
            if (!sentinel.isRunning())
                continue;
            for (const QByteArray &line : sentinel.cli({u"CLIENT"_s, u"LIST"_s}).split('\n')) {
                if (line.contains("name=livetemplate ") && line.contains(" sub=1 "))
                    return index;
            }
        }
        return -1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(listenedTo() >= 0, patience);
    const int first = listenedTo();
    trio.sentinel(first).kill();
    QTRY_VERIFY_WITH_TIMEOUT(listenedTo() >= 0, patience);
    QVERIFY(listenedTo() != first);

    trio.server(0).freeze();
    QTRY_COMPARE_WITH_TIMEOUT(client.metrics()->sentinelFailovers.value(), 1, patience);
    QVERIFY(ask(client, {"SET", "key", "value"}));
}

QTEST_GUILESS_MAIN(TestSentinel)

#include "tst_sentinel.moc"
