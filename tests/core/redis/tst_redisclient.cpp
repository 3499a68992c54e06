// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "awaited.h"
#include "logrecorder.h"
#include "redisclient.h"
#include "redismetrics_p.h"
#include "redispubsub_p.h"
#include "redisserver.h"
#include "tcpproxy.h"
#include "tlscertificates.h"

#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <array>
#include <atomic>
#include <latch>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = RedisError::Kind;

class TestRedisClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void setsAndGets();
    void logsIn_data();
    void logsIn();
    void passwordIsChangedMeanwhile();
    void userIsDeletedMeanwhile();
    void selectsADatabase();
    void tellsItsName();
    void needsNoRightToTellItsName();
    void speaksTls_data();
    void speaksTls();
    void readsCertificatesAnew();

    void tellsWhyItIsNotConnected_data();
    void tellsWhyItIsNotConnected();
    void hasNoHost();
    void noAnswerToTheLogin();
    void turnedAwayAtTheLimit();
    void somethingElseListens();

    void matchesThousands();
    void pipelines();
    void answersOfCommandsThatTimedOutAreSkipped();
    void refusesWhatHasNotOneAnswer_data();
    void refusesWhatHasNotOneAnswer();
    void refusesTooMany();
    void refusesRepliesThatAreTooLarge();
    void commandsOnNodes();

    void serverIsKilledAndStarted();
    void waitsForAConnection();
    void waitsInVainForAConnection();
    void connectionIsKilled();
    void serverHangs();
    void serverHangsWhileNothingIsAsked();
    void networkIsCutManyTimes();

    void endsWithCommandsOutstanding_data();
    void endsWithCommandsOutstanding();
    void callsBackInOneThread();

private:
    static RedisOptions optionsFor(const QString &url)
    {
        RedisOptions options;
        const auto parsed = RedisUrl::parse(url);
        if (!parsed)
            qFatal("%ls", qUtf16Printable(parsed.error().message));
        options.url = *parsed;
        options.reconnectDelay = 20ms;
        options.maxReconnectDelay = 100ms;
        return options;
    }

    /// The same with time-outs that a test can wait for.
    static RedisOptions impatient(const QString &url)
    {
        RedisOptions options = optionsFor(url);
        options.connectTimeout = 500ms;
        options.commandTimeout = 500ms;
        return options;
    }

    RedisServer m_server;
};

void TestRedisClient::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log());
}

void TestRedisClient::setsAndGets()
{
    RedisClient client(optionsFor(m_server.url()));
    QCOMPARE(Awaited::command(client, {"SET", "key", "value"}).value(),
             RedisValue(RedisValue::Status{"OK"}));
    QCOMPARE(Awaited::command(client, {"GET", "key"}).value(), RedisValue(QByteArray("value")));
    QCOMPARE(Awaited::command(client, {"GET", "other"}).value(), RedisValue());
    QCOMPARE(Awaited::command(client, {"STRLEN", "key"}).value(), RedisValue(qint64(5)));
    QCOMPARE(m_server.cli({u"GET"_s, u"key"_s}), "value");
    const auto error = Awaited::command(client, {"INCR", "key"});
    QVERIFY(!error);
    QCOMPARE(error.error().kind, Kind::Server);
    QCOMPARE(error.error().code, "ERR");
    QVERIFY(client.isConnected());
    QCOMPARE(client.errorString(), QString());
    const auto metrics = client.metrics();
    QCOMPARE(metrics->connected.value(), 1);
    QCOMPARE(metrics->commands.value(), 5u);
    QCOMPARE(metrics->commandErrors.value(), 1u);
    QCOMPARE(metrics->commandsWaiting.value(), 0);
    QCOMPARE(metrics->reconnects.value(), 0u);
    QVERIFY(metrics->bytesSent.value() > 100);
    QVERIFY(metrics->bytesReceived.value() > 50);
    Distribution::Counts counts{};
    metrics->commandDuration.addTo(counts);
    QCOMPARE(Distribution::count(counts), 5u);
}

void TestRedisClient::logsIn_data()
{
    QTest::addColumn<QString>("login");
    QTest::addColumn<bool>("serverHasPassword");
    QTest::addColumn<bool>("succeeds");
    QTest::addColumn<QByteArray>("code");

    QTest::addRow("none needed") << u""_s << false << true << QByteArray();
    QTest::addRow("password") << u":pass%20w%C3%B6rd@"_s << true << true << QByteArray();
    QTest::addRow("default user") << u"default:pass%20w%C3%B6rd@"_s << true << true << QByteArray();
    QTest::addRow("user") << u"alice:secret@"_s << true << true << QByteArray();
    QTest::addRow("missing") << u""_s << true << false << QByteArray("NOAUTH");
    QTest::addRow("wrong") << u":geheim@"_s << true << false << QByteArray("WRONGPASS");
    QTest::addRow("wrong of user")
        << u"alice:geheim@"_s << true << false << QByteArray("WRONGPASS");
    QTest::addRow("no such user") << u"bob:geheim@"_s << true << false << QByteArray("WRONGPASS");
    QTest::addRow("server has none") << u":geheim@"_s << false << false << QByteArray("ERR");
}

void TestRedisClient::logsIn()
{
    QFETCH(const QString, login);
    QFETCH(const bool, serverHasPassword);
    QFETCH(const bool, succeeds);
    QFETCH(const QByteArray, code);

    RedisServer server;
    QVERIFY2(server.start(), server.log());
    if (serverHasPassword) {
        server.run(
            {u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"on"_s, u">secret"_s, u"~*"_s, u"+@all"_s});
        server.run({u"CONFIG"_s, u"SET"_s, u"requirepass"_s, u"pass wörd"_s});
    }
    const LogRecorder log;
    RedisClient client(
        optionsFor(u"redis://"_s + login + u"127.0.0.1:"_s + QString::number(server.port())));
    if (succeeds) {
        QCOMPARE(Awaited::command(client, {"PING"}).value().toBytes(), "PONG");
        return;
    }
    const auto reply = Awaited::command(client, {"PING"},
                                        {.timeout = 300ms, .waitForConnection = true});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Kind::TimedOut);
    QVERIFY(!client.isConnected());
    const QString reason = client.errorString();
    QVERIFY2(reason.contains(QLatin1StringView(code)), qPrintable(reason));
    QVERIFY2(reason.contains("password"_L1), qPrintable(reason));
    QVERIFY2(reply.error().message.contains(reason), qPrintable(reply.error().message));
    // Many attempts, one line, and no secret in it.
    QCOMPARE(log.lines().size(), 1);
    QVERIFY(!log.lines().first().contains("geheim"_L1));
    QVERIFY(!reason.contains("geheim"_L1));
    QVERIFY(RedisServer::field(server.cli({u"-a"_s, u"pass wörd"_s, u"INFO"_s, u"stats"_s}),
                               "total_connections_received")
                .toInt()
            > 3);
}

void TestRedisClient::passwordIsChangedMeanwhile()
{
    RedisServer server({.password = u"first"_s});
    QVERIFY2(server.start(), server.log());
    const LogRecorder log;
    RedisClient client(optionsFor(server.url()));
    QVERIFY(Awaited::command(client, {"PING"}));
    // Connections that are there stay logged in.
    QVERIFY(Awaited::command(client, {"CONFIG", "SET", "requirepass", "second"}));
    QVERIFY(Awaited::command(client, {"SET", "key", "value"}));
    server.run({u"-a"_s, u"second"_s, u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"normal"_s});
    QTRY_VERIFY(client.errorString().contains("WRONGPASS"_L1));
    QVERIFY(!client.isConnected());
    server.run({u"-a"_s, u"second"_s, u"CONFIG"_s, u"SET"_s, u"requirepass"_s, u"first"_s});
    QCOMPARE(Awaited::command(client, {"GET", "key"}).value().toBytes(), "value");
    // Lost; and why it does not come back, which somebody has to see to.
    QCOMPARE(log.count(u"Trying to connect"), 2);
    QCOMPARE(log.count(u"WRONGPASS"), 1);
    QCOMPARE(log.count(u"Connected again"), 1);
    QCOMPARE(client.metrics()->reconnects.value(), 1u);
}

void TestRedisClient::userIsDeletedMeanwhile()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    const auto create = [&] {
        server.run({u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"on"_s, u">secret"_s, u"~app:*"_s,
                    u"+@all"_s, u"-flushall"_s});
    };
    create();
    RedisClient client(optionsFor(u"redis://alice:secret@127.0.0.1:%1"_s.arg(server.port())));
    QCOMPARE(Awaited::command(client, {"ACL", "WHOAMI"}).value().toBytes(), "alice");
    // What she may not do is an answer, and not the end of the connection.
    for (const QList<QByteArray> &command :
         {QList<QByteArray>{"GET", "other"}, QList<QByteArray>{"FLUSHALL"}}) {
        const auto reply = Awaited::command(client, command);
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, Kind::Server);
        QCOMPARE(reply.error().code, "NOPERM");
    }
    server.run({u"ACL"_s, u"DELUSER"_s, u"alice"_s});
    QTRY_VERIFY(client.errorString().contains("WRONGPASS"_L1));
    create();
    QCOMPARE(Awaited::command(client, {"ACL", "WHOAMI"}).value().toBytes(), "alice");
}

void TestRedisClient::selectsADatabase()
{
    RedisClient client(optionsFor(m_server.url() + u"/3"_s));
    QVERIFY(Awaited::command(client, {"SET", "in3", "yes"}));
    QCOMPARE(m_server.cli({u"-n"_s, u"3"_s, u"GET"_s, u"in3"_s}), "yes");
    QCOMPARE(m_server.cli({u"GET"_s, u"in3"_s}), "");
    // Also after the connection was lost.
    m_server.run({u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"normal"_s});
    QTRY_COMPARE(client.metrics()->reconnects.value(), 1u);
    QCOMPARE(Awaited::command(client, {"GET", "in3"}).value().toBytes(), "yes");
}

void TestRedisClient::tellsItsName()
{
    RedisOptions options = optionsFor(m_server.url());
    options.clientName = "a-name";
    const RedisClient client(options);
    QVERIFY(m_server.waitFor({u"CLIENT"_s, u"LIST"_s}, "name=a-name"));
}

void TestRedisClient::needsNoRightToTellItsName()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    server.run({u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"on"_s, u">secret"_s, u"~*"_s, u"+ping"_s});
    RedisClient client(optionsFor(u"redis://alice:secret@127.0.0.1:%1"_s.arg(server.port())));
    QVERIFY(Awaited::command(client, {"PING"}));
}

void TestRedisClient::speaksTls_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("asksForCertificate");
    QTest::addColumn<QString>("error");

    QTest::addRow("trusted") << u"ca=AUTHORITY"_s << false << QString();
    QTest::addRow("not trusted") << u""_s << false << u"certificate"_s;
    QTest::addRow("foreign authority") << u"ca=FOREIGN"_s << false << u"certificate"_s;
    QTest::addRow("not verified") << u"verify=0"_s << false << QString();
    QTest::addRow("with certificate") << u"ca=AUTHORITY&cert=CLIENT&key=KEY"_s << true << QString();
    QTest::addRow("without certificate") << u"ca=AUTHORITY"_s << true << u"certificate"_s;
    QTest::addRow("certificate not asked for")
        << u"ca=AUTHORITY&cert=CLIENT&key=KEY"_s << false << QString();
    QTest::addRow("no such authority")
        << u"ca=/no/such.pem"_s << false << u"/no/such.pem cannot be read"_s;
    QTest::addRow("no such certificate")
        << u"ca=AUTHORITY&cert=/no/such.pem&key=KEY"_s << false << u"/no/such.pem cannot be read"_s;
    QTest::addRow("no such key") << u"ca=AUTHORITY&cert=CLIENT&key=/no/such.pem"_s << false
                                 << u"/no/such.pem cannot be read"_s;
    QTest::addRow("key for authority") << u"ca=KEY"_s << false << u"holds no certificate"_s;
    QTest::addRow("certificate for key")
        << u"ca=AUTHORITY&cert=CLIENT&key=CLIENT"_s << false << u"holds no private key"_s;
}

void TestRedisClient::speaksTls()
{
    QFETCH(QString, query);
    QFETCH(const bool, asksForCertificate);
    QFETCH(const QString, error);
    const TlsCertificates certificates;
    QVERIFY(certificates.isValid());
    RedisServer server({.tls = &certificates, .asksForCertificate = asksForCertificate});
    QVERIFY2(server.start(), server.log());
    query.replace("AUTHORITY"_L1, certificates.authority())
        .replace("FOREIGN"_L1, certificates.foreignAuthority())
        .replace("CLIENT"_L1, certificates.clientCertificate())
        .replace("KEY"_L1, certificates.clientKey());
    RedisClient client(
        optionsFor(u"rediss://127.0.0.1:%1?%2"_s.arg(QString::number(server.port()), query)));
    if (error.isEmpty()) {
        const QByteArray large(1'000'000, 'x');
        QCOMPARE(Awaited::command(client, {"ECHO", large}).value().toBytes(), large);
        return;
    }
    QTRY_VERIFY2(client.errorString().contains(error), qPrintable(client.errorString()));
    const auto reply = Awaited::command(client, {"PING"}, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Kind::Disconnected);
    QVERIFY(reply.error().message.contains(error));
}

void TestRedisClient::readsCertificatesAnew()
{
    const TlsCertificates certificates;
    QVERIFY(certificates.isValid());
    RedisServer server({.tls = &certificates});
    QVERIFY2(server.start(), server.log());
    const QTemporaryDir folder;
    const QString authority = folder.filePath(u"ca.pem"_s);
    QVERIFY(QFile::copy(certificates.foreignAuthority(), authority));
    RedisClient client(optionsFor(
        u"rediss://127.0.0.1:%1?ca=%2"_s.arg(QString::number(server.port()), authority)));
    QTRY_VERIFY(client.errorString().contains("TLS failed"_L1));
    QVERIFY(QFile::remove(authority));
    QVERIFY(QFile::copy(certificates.authority(), authority));
    QVERIFY(Awaited::command(client, {"PING"}));
}

void TestRedisClient::tellsWhyItIsNotConnected_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("reason");
    const QString port = QString::number(m_server.port());
    QTest::addRow("nothing listens")
        << u"redis://127.0.0.1:%1"_s.arg(RedisServer::freePort()) << u"refused"_s;
    QTest::addRow("no such host") << u"redis://no-such-host.invalid"_s << u"ost"_s;
    QTest::addRow("no such database") << u"redis://127.0.0.1:%1/99"_s.arg(port) << u"database 99"_s;
    QTest::addRow("no TLS there") << u"rediss://127.0.0.1:%1"_s.arg(port) << u"TLS"_s;
}

void TestRedisClient::tellsWhyItIsNotConnected()
{
    QFETCH(const QString, url);
    QFETCH(const QString, reason);
    RedisClient client(optionsFor(url));
    QTRY_VERIFY2_WITH_TIMEOUT(client.errorString().contains(reason),
                              qPrintable(client.errorString()), 20s);
    QVERIFY(!client.isConnected());
    QCOMPARE(client.metrics()->connected.value(), 0);
    const auto reply = Awaited::command(client, {"PING"}, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Kind::Disconnected);
    QVERIFY(reply.error().isTransient());
}

void TestRedisClient::hasNoHost()
{
    RedisClient client({});
    QTRY_COMPARE(client.errorString(), u"Redis: the URL has no host."_s);
    const auto reply = Awaited::command(client, {"PING"}, {});
    QCOMPARE(reply.error().kind, Kind::Disconnected);
    Awaited::Subscribed subscribed;
    client.pubSub().subscribe(RedisPubSub::Kind::Channel, "c", subscribed.callback());
    QVERIFY(subscribed.get().error().message.contains("no host"_L1));
}

void TestRedisClient::noAnswerToTheLogin()
{
    TcpProxy proxy(m_server.port());
    QVERIFY(proxy.port() != 0);
    proxy.freeze();
    RedisClient client(impatient(m_server.url(proxy.port())));
    QTRY_VERIFY(client.errorString().contains("no answer to the login within 500 ms"_L1));
    // The next attempt is a new connection.
    QTRY_VERIFY(proxy.connectionsMade() >= 2);
    proxy.thaw();
    QVERIFY(Awaited::command(client, {"PING"}, {.timeout = 20s, .waitForConnection = true}));
}

void TestRedisClient::turnedAwayAtTheLimit()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    auto first = std::make_unique<RedisClient>(optionsFor(server.url()));
    QVERIFY(Awaited::command(*first, {"CONFIG", "SET", "maxclients", "1"}));
    RedisClient second(optionsFor(server.url()));
    QTRY_VERIFY2(second.errorString().contains("max number of clients"_L1),
                 qPrintable(second.errorString()));
    QVERIFY(!second.isConnected());
    QCOMPARE(second.metrics()->reconnects.value(), 0u);
    QVERIFY(Awaited::command(*first, {"PING"}));
    first.reset();
    QVERIFY(Awaited::command(second, {"PING"}));
}

void TestRedisClient::somethingElseListens()
{
    // As a web server does when it is spoken to in another tongue.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        QTcpSocket *const socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
    });
    const RedisClient client(optionsFor(u"redis://127.0.0.1:%1"_s.arg(server.serverPort())));
    QTRY_VERIFY2(client.errorString().contains("Not understood"_L1),
                 qPrintable(client.errorString()));
}

void TestRedisClient::matchesThousands()
{
    constexpr int threadCount = 3;
    constexpr int count = 10'000;
    RedisOptions options = optionsFor(m_server.url());
    options.commandTimeout = 90s; // it is about the order, also on a slow machine
    RedisClient client(options);
    QVERIFY(Awaited::command(client, {"PING"}));
    QVERIFY(Awaited::command(client, {"SET", "text", "no number"}));
    std::atomic<int> wrong = 0;
    std::latch left(threadCount * count);
    const auto check = [&](bool isRight) {
        if (!isRight)
            ++wrong;
        left.count_down();
    };
    const auto work = [&](int thread) {
        QRandomGenerator random(quint32(thread) + 1);
        for (int i = 0; i < count; ++i) {
            const QByteArray text = QByteArray::number(thread) + ' ' + QByteArray::number(i);
            switch (random.bounded(4)) {
            case 0: {
                const QByteArray large = text + QByteArray(random.bounded(20'000), 'x');
                client.command({"ECHO", large}, [check, large](const RedisClient::Reply &reply) {
                    check(reply && reply->toBytes() == large);
                });
                break;
            }
            case 1:
                client.command({"INCR", "text"}, [check](const RedisClient::Reply &reply) {
                    check(!reply && reply.error().kind == Kind::Server);
                });
                break;
            case 2:
                client.pipeline({{"ECHO", text}, {"INCR", "text"}, {"ECHO", "end"}},
                                [check, text](const RedisClient::Reply &reply) {
                                    check(reply && reply->toArray().size() == 3
                                          && reply->at(0).toBytes() == text
                                          && reply->at(1).isError()
                                          && reply->at(2).toBytes() == "end");
                                });
                break;
            default:
                client.command({"ECHO", text}, [check, text](const RedisClient::Reply &reply) {
                    check(reply && reply->toBytes() == text);
                });
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < threadCount; ++thread)
            threads.emplace_back(work, thread);
    }
    left.wait();
    QCOMPARE(wrong, 0);
    QCOMPARE(client.metrics()->commandsWaiting.value(), 0);
    QCOMPARE(client.metrics()->reconnects.value(), 0u);
}

void TestRedisClient::pipelines()
{
    RedisClient client(optionsFor(m_server.url()));
    const auto none = Awaited::pipeline(client, {});
    QCOMPARE(none.value(), RedisValue(RedisValue::Array()));
    const auto one = Awaited::pipeline(client, {{"ECHO", "a"}});
    QCOMPARE(one.value(), RedisValue(RedisValue::Array{QByteArray("a")}));
    const auto error = Awaited::pipeline(client, {{"ECHO"}});
    QCOMPARE(error.value().toArray().size(), 1);
    QVERIFY(error->at(0).isError());
    QVERIFY(error->at(0).toBytes().startsWith("ERR wrong number"));
    const auto session = Awaited::pipeline(client,
                                           {{"DEL", "s"},
                                            {"HSET", "s", "a", "1", "b", "2"},
                                            {"EXPIRE", "s", "100"},
                                            {"HGETALL", "s"}});
    QCOMPARE(session.value().toArray().size(), 4);
    QCOMPARE(session->at(1).toInteger(), 2);
    QCOMPARE(session->at(3).value("b").toBytes(), "2");
    QCOMPARE(client.metrics()->commands.value(), 6u);
}

void TestRedisClient::answersOfCommandsThatTimedOutAreSkipped()
{
    RedisServer server({.configuration = {u"enable-debug-command yes"_s}});
    QVERIFY2(server.start(), server.log());
    RedisClient client(optionsFor(server.url()));
    const QByteArray id = Awaited::command(client, {"CLIENT", "ID"}).value().toBytes();
    Awaited::Reply slow;
    Awaited::Reply behind;
    client.command({"DEBUG", "SLEEP", "0.5"}, slow.callback(), {.keyIndex = -1});
    std::vector<Awaited::Reply> late(3);
    for (Awaited::Reply &reply : late)
        client.command({"ECHO", "late"}, reply.callback(), {.timeout = 100ms});
    client.pipeline({{"ECHO", "a"}, {"ECHO", "b"}}, behind.callback());
    for (Awaited::Reply &reply : late) {
        const auto answer = reply.get();
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Kind::TimedOut);
        QVERIFY(answer.error().code.isEmpty());
    }
    QVERIFY(!behind.isThere());
    QCOMPARE(slow.get().value().toBytes(), "OK");
    QCOMPARE(behind.get().value(), RedisValue(RedisValue::Array{QByteArray("a"), QByteArray("b")}));
    QCOMPARE(client.metrics()->commandTimeouts.value(), 3u);
    QCOMPARE(Awaited::command(client, {"CLIENT", "ID"}).value().toBytes(), id);
}

void TestRedisClient::refusesWhatHasNotOneAnswer_data()
{
    QTest::addColumn<QList<QByteArray>>("command");
    QTest::addRow("nothing") << QList<QByteArray>{};
    QTest::addRow("subscribe") << QList<QByteArray>{"subscribe", "a", "b"};
    QTest::addRow("PUNSUBSCRIBE") << QList<QByteArray>{"PUNSUBSCRIBE"};
    QTest::addRow("Monitor") << QList<QByteArray>{"Monitor"};
}

void TestRedisClient::refusesWhatHasNotOneAnswer()
{
    QFETCH(const QList<QByteArray>, command);
    RedisClient client(optionsFor(m_server.url()));
    QVERIFY(Awaited::command(client, {"PING"}));
    const auto alone = Awaited::command(client, command);
    QVERIFY(!alone);
    QCOMPARE(alone.error().kind, Kind::Protocol);
    const auto among = Awaited::pipeline(client, {{"PING"}, command});
    QVERIFY(!among);
    QCOMPARE(among.error().kind, Kind::Protocol);
    Awaited::Reply everywhere;
    client.commandOnAllMasters(command, everywhere.callback());
    QCOMPARE(everywhere.get().error().kind, Kind::Protocol);
    QCOMPARE(Awaited::command(client, {"ECHO", "x"}).value().toBytes(), "x");
    QCOMPARE(client.metrics()->reconnects.value(), 0u);
}

void TestRedisClient::refusesTooMany()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    RedisOptions options = optionsFor(server.url());
    options.maxWaitingCommands = 10;
    RedisClient client(options);
    QVERIFY(Awaited::command(client, {"PING"}));
    server.freeze();
    std::vector<Awaited::Reply> replies(15);
    for (Awaited::Reply &reply : replies)
        client.command({"PING"}, reply.callback(), {});
    for (std::size_t i = 10; i < replies.size(); ++i) {
        const auto reply = replies[i].get();
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, Kind::Overflow);
    }
    QCOMPARE(client.metrics()->commandsRefused.value(), 5u);
    // A pipeline counts as its commands.
    QVERIFY(!replies[9].isThere());
    server.thaw();
    for (std::size_t i = 0; i < 10; ++i)
        QVERIFY(replies[i].get());
    QList<QList<QByteArray>> commands(11, {"PING"});
    const auto tooLong = Awaited::pipeline(client, commands, {});
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().kind, Kind::Overflow);
    commands.removeLast();
    QVERIFY(Awaited::pipeline(client, commands, {}));
}

void TestRedisClient::refusesRepliesThatAreTooLarge()
{
    RedisOptions options = optionsFor(m_server.url());
    options.maxReplySize = 100'000;
    const LogRecorder log;
    RedisClient client(options);
    QVERIFY(Awaited::command(client, {"SETRANGE", "large", "200000", "x"}));
    const auto reply = Awaited::command(client, {"GET", "large"});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Kind::Protocol);
    QVERIFY(reply.error().message.contains("larger than 100000 bytes"_L1));
    QTRY_COMPARE(log.count(u"larger than 100000 bytes"), 1);
    QCOMPARE(Awaited::command(client, {"STRLEN", "large"}).value().toInteger(), 200'001);
}

void TestRedisClient::commandsOnNodes()
{
    RedisClient client(optionsFor(m_server.url()));
    QVERIFY(Awaited::command(client, {"SET", "a key", "1"}));
    Awaited::Reply all;
    client.commandOnAllMasters({"DBSIZE"}, all.callback());
    const auto sizes = all.get();
    QVERIFY(sizes);
    QCOMPARE(sizes->toArray().size(), 1);
    const QByteArray node = sizes->at(0).at(0).toBytes();
    QCOMPARE(node, "127.0.0.1:" + QByteArray::number(m_server.port()));
    QVERIFY(sizes->at(0).at(1).toInteger() >= 1);
    Awaited::Reply scanned;
    client.commandOnNode(node, {"SCAN", "0", "MATCH", "a key"}, scanned.callback());
    const auto scan = scanned.get();
    QVERIFY(scan);
    QCOMPARE(scan->toArray().size(), 2);
    Awaited::Reply wrong;
    client.commandOnNode("nowhere:1", {"PING"}, wrong.callback());
    QCOMPARE(wrong.get().error().kind, Kind::Unreachable);
}

void TestRedisClient::serverIsKilledAndStarted()
{
    RedisServer server({.isPersistent = true});
    QVERIFY2(server.start(), server.log());
    const LogRecorder log;
    RedisClient client(optionsFor(server.url()));
    QVERIFY(Awaited::command(client, {"SET", "key", "value"}));
    server.freeze();
    std::vector<Awaited::Reply> outstanding(100);
    for (Awaited::Reply &reply : outstanding)
        client.command({"INCR", "counter"}, reply.callback());
    QTRY_COMPARE(client.metrics()->commandsWaiting.value(), 100);
    server.kill();
    for (Awaited::Reply &reply : outstanding) {
        const auto answer = reply.get();
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Kind::Disconnected);
        QVERIFY(answer.error().isTransient());
    }
    QTRY_VERIFY(!client.isConnected());
    QVERIFY(!client.errorString().isEmpty());
    QTRY_VERIFY(client.errorString().contains("refused"_L1));
    QVERIFY2(server.start(), server.log());
    QCOMPARE(Awaited::command(client, {"GET", "key"}).value().toBytes(), "value");
    QVERIFY(client.isConnected());
    QCOMPARE(client.errorString(), QString());
    QCOMPARE(client.metrics()->reconnects.value(), 1u);
    // One line for each, however many attempts it took.
    QCOMPARE(log.lines().size(), 3);
    QVERIFY(log.lines()[1].contains("Trying to connect"_L1));
    QVERIFY(log.lines()[2].contains("Connected again"_L1));
}

void TestRedisClient::waitsForAConnection()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    server.kill();
    RedisOptions options = optionsFor(server.url());
    options.commandTimeout = 20s;
    RedisClient client(options);
    constexpr int count = 1000;
    std::vector<Awaited::Reply> waiting(count);
    for (Awaited::Reply &reply : waiting)
        client.command({"INCR", "counter"}, reply.callback(), {.waitForConnection = true});
    const auto refused = Awaited::command(client, {"INCR", "counter"}, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::Disconnected);
    QVERIFY2(server.start(), server.log());
    for (qint64 i = 0; i < count; ++i)
        QCOMPARE(waiting[std::size_t(i)].get().value().toInteger(), i + 1);
}

void TestRedisClient::waitsInVainForAConnection()
{
    RedisClient client(optionsFor(u"redis://127.0.0.1:%1"_s.arg(RedisServer::freePort())));
    Awaited::Reply late;
    client.command({"PING"}, late.callback(), {.timeout = 20s, .waitForConnection = true});
    const auto reply = Awaited::command(client, {"PING"},
                                        {.timeout = 100ms, .waitForConnection = true});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Kind::TimedOut);
    QVERIFY2(reply.error().message.contains("refused"_L1), qPrintable(reply.error().message));
    QVERIFY(!late.isThere());
    QCOMPARE(client.metrics()->commandTimeouts.value(), 1u);
}

void TestRedisClient::connectionIsKilled()
{
    RedisClient client(optionsFor(m_server.url()));
    for (quint64 i = 1; i <= 5; ++i) {
        const QByteArray id = Awaited::command(client, {"CLIENT", "ID"}).value().toBytes();
        QCOMPARE(m_server.cli({u"CLIENT"_s, u"KILL"_s, u"ID"_s, QString::fromLatin1(id)}), "1");
        QTRY_COMPARE(client.metrics()->reconnects.value(), i);
    }
    QVERIFY(Awaited::command(client, {"PING"}));
}

void TestRedisClient::serverHangs()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    RedisClient client(impatient(server.url()));
    QVERIFY(Awaited::command(client, {"PING"}));
    server.freeze();
    const auto reply = Awaited::command(client, {"SET", "key", "value"});
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Kind::TimedOut);
    QTRY_VERIFY(!client.isConnected());
    QVERIFY2(client.errorString().contains("nothing came for 500 ms"_L1)
                 || client.errorString().contains("no answer to the login"_L1),
             qPrintable(client.errorString()));
    server.thaw();
    QVERIFY(Awaited::command(client, {"PING"}, {.timeout = 20s, .waitForConnection = true}));
    QVERIFY(client.metrics()->reconnects.value() >= 1);
}

void TestRedisClient::serverHangsWhileNothingIsAsked()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    RedisClient client(impatient(server.url()));
    QVERIFY(Awaited::command(client, {"PING"}));
    server.freeze();
    QTRY_VERIFY(!client.isConnected());
    server.thaw();
    QTRY_VERIFY(client.isConnected());
}

void TestRedisClient::networkIsCutManyTimes()
{
    TcpProxy proxy(m_server.port());
    RedisClient client(optionsFor(m_server.url(proxy.port())));
    QVERIFY(Awaited::command(client, {"DEL", "counter"}));
    std::atomic<int> succeeded = 0;
    std::atomic<int> wrong = 0;
    constexpr int rounds = 20;
    constexpr int perRound = 200;
    std::latch left(rounds * perRound);
    for (int round = 0; round < rounds; ++round) {
        QTRY_COMPARE(client.metrics()->reconnects.value(), quint64(round));
        for (int i = 0; i < perRound; ++i) {
            client.command({"INCR", "counter"}, [&](const RedisClient::Reply &reply) {
                if (reply)
                    ++succeeded;
                else if (reply.error().kind != Kind::Disconnected)
                    ++wrong;
                left.count_down();
            });
        }
        proxy.cut();
    }
    left.wait();
    QCOMPARE(wrong, 0);
    QTRY_COMPARE(client.metrics()->reconnects.value(), quint64(rounds));
    // No answer without the deed; a deed may have lost its answer.
    const auto counted
        = Awaited::command(client, {"GET", "counter"}).value().toInteger().value_or(0);
    QVERIFY(counted >= succeeded);
    QVERIFY(counted <= rounds * perRound);
}

void TestRedisClient::endsWithCommandsOutstanding_data()
{
    QTest::addColumn<bool>("isRunning");
    QTest::addColumn<bool>("isFrozen");
    QTest::addRow("server answers") << true << false;
    QTest::addRow("server hangs") << true << true;
    QTest::addRow("no server") << false << false;
}

void TestRedisClient::endsWithCommandsOutstanding()
{
    QFETCH(const bool, isRunning);
    QFETCH(const bool, isFrozen);
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    constexpr int count = 2000;
    std::atomic<int> completed = 0;
    std::atomic<int> wrong = 0;
    {
        auto client = std::make_unique<RedisClient>(optionsFor(server.url()));
        QVERIFY(Awaited::command(*client, {"PING"}));
        if (isFrozen)
            server.freeze();
        if (!isRunning) {
            server.kill();
            QTRY_VERIFY(!client->isConnected());
        }
        const auto take = [&](const RedisClient::Reply &reply) {
            ++completed;
            if (!reply && reply.error().kind != Kind::Closed)
                ++wrong;
        };
        for (int i = 0; i < count; ++i) {
            client->command({"PING"},
                            [&, client = client.get()](const RedisClient::Reply &reply) {
                                take(reply);
                                // Whoever tries again is told at once, too.
                                if (!reply)
                                    client->command({"PING"}, take, {.waitForConnection = true});
                                else
                                    ++completed;
                            },
                            {.timeout = 60s, .waitForConnection = true});
        }
    }
    QCOMPARE(completed, 2 * count);
    QCOMPARE(wrong, 0);
}

void TestRedisClient::callsBackInOneThread()
{
    RedisClient client(optionsFor(m_server.url()));
    std::promise<QThread *> posted;
    client.post([&] { posted.set_value(QThread::currentThread()); });
    QThread *const worker = posted.get_future().get();
    QVERIFY(worker != QThread::currentThread());
    std::atomic<int> elsewhere = 0;
    std::latch left(4);
    const auto take = [&](const RedisClient::Reply &) {
        if (QThread::currentThread() != worker)
            ++elsewhere;
        left.count_down();
    };
    client.command({"PING"}, take, {.waitForConnection = true});
    client.command({"NOSUCH"}, take, {.waitForConnection = true});
    client.command({"PING"}, take, {.timeout = 1ms});
    client.pipeline({}, take);
    left.wait();
    QCOMPARE(elsewhere, 0);
}

QTEST_GUILESS_MAIN(TestRedisClient)
#include "tst_redisclient.moc"
