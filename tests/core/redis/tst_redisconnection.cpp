// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "reconnectdelay_p.h"
#include "rediscommand_p.h"
#include "redisconnection_p.h"
#include "redisserver.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <optional>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = RedisError::Kind;
using State = RedisConnection::State;

class TestRedisConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void writesLoginAndPrologueAtOnce();
    void answersThePrologue();
    void prologueFailsWithTheLogin();
    void failsWithoutASocket();
    void opensAgain();
    void closesInACallback();
    void doesNotBufferWithoutEnd();
    void takesLinesOfMonitor();
    void takesShardChannelsBack();
    void matchesSubscriptionsByTheirChannels();
    void pingsWhenNothingComes();
    void dropsWhatItDoesNotUnderstand();
    void waitsLongerEachTime();

private:
    [[nodiscard]] RedisConnectionSettings settings() const
    {
        return {.endpoint = {u"127.0.0.1"_s, m_server.port()}};
    }

    /// What @p done was told, once it was.
    struct Told
    {
        std::optional<RedisConnection::Reply> reply;

        RedisConnection::Done callback()
        {
            return [this](RedisConnection::Reply value) {
                reply = std::move(value);
            };
        }
    };

    const std::shared_ptr<RedisMetrics> m_metrics = std::make_shared<RedisMetrics>();
    RedisServer m_server;
};

void TestRedisConnection::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log());
}

void TestRedisConnection::writesLoginAndPrologueAtOnce()
{
    // Only listens: what matters is what comes in one piece.
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    RedisConnectionSettings login = settings();
    login.endpoint.port = listener.serverPort();
    login.user = u"alice"_s;
    login.password = u"secret"_s;
    login.clientName = "name";
    login.database = 2;
    RedisConnection connection(login, m_metrics);
    connection.setPrologue([&] {
        connection.sendSubscription(encodeRedisCommand({"SUBSCRIBE", "c"}), {"subscribe", {"c"}},
                                    [](const auto &) {});
        connection.send(encodeRedisCommand({"PING"}), 1, [](const auto &) {});
    });
    connection.open();
    QTRY_VERIFY(listener.hasPendingConnections());
    QTcpSocket *const socket = listener.nextPendingConnection();
    QTRY_VERIFY(socket->bytesAvailable() > 0);
    QCOMPARE(socket->readAll(),
             encodeRedisCommand({"AUTH", "alice", "secret"})
                 + encodeRedisCommand({"CLIENT", "SETNAME", "name"})
                 + encodeRedisCommand({"SELECT", "2"}) + encodeRedisCommand({"SUBSCRIBE", "c"})
                 + encodeRedisCommand({"PING"}));
    QCOMPARE(connection.state(), State::Opening);
}

void TestRedisConnection::answersThePrologue()
{
    RedisConnection connection(settings(), m_metrics);
    QList<QByteArray> order;
    connect(&connection, &RedisConnection::opened, this, [&] { order += "opened"; });
    connection.setPrologue([&] {
        connection.send(encodeRedisCommand({"ECHO", "a"}) + encodeRedisCommand({"ECHO", "b"}), 2,
                        [&](const RedisConnection::Reply &reply) {
                            order += reply ? reply->at(1).toBytes() : "error";
                        });
    });
    connection.open();
    QTRY_COMPARE(order, QList<QByteArray>({"opened", "b"}));
}

void TestRedisConnection::prologueFailsWithTheLogin()
{
    RedisServer server({.password = u"right"_s});
    QVERIFY2(server.start(), server.log());
    RedisConnectionSettings login = settings();
    login.endpoint.port = server.port();
    login.password = u"wrong"_s;
    RedisConnection connection(login, m_metrics);
    Told told;
    connection.setPrologue(
        [&] { connection.send(encodeRedisCommand({"GET", "x"}), 1, told.callback()); });
    QSignalSpy opened(&connection, &RedisConnection::opened);
    QSignalSpy lost(&connection, &RedisConnection::lost);
    connection.open();
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(opened.size(), 0);
    QCOMPARE(lost[0][0].value<RedisError>().kind, Kind::Authentication);
    QVERIFY(told.reply && !*told.reply);
    QCOMPARE(told.reply->error().kind, Kind::Authentication);
}

void TestRedisConnection::failsWithoutASocket()
{
    RedisConnection connection(settings(), m_metrics);
    Told before;
    connection.send(encodeRedisCommand({"PING"}), 1, before.callback());
    QVERIFY(before.reply && !*before.reply);
    QCOMPARE(before.reply->error().kind, Kind::Disconnected);
    connection.open();
    Told opening;
    connection.send(encodeRedisCommand({"PING"}), 1, opening.callback());
    QVERIFY(opening.reply && !*opening.reply);
    QTRY_VERIFY(connection.isOpen());
    connection.close({.kind = Kind::Closed});
    Told after;
    connection.send(encodeRedisCommand({"PING"}), 1, after.callback());
    QVERIFY(after.reply && !*after.reply);
}

void TestRedisConnection::opensAgain()
{
    RedisConnection connection(settings(), m_metrics);
    QSignalSpy lost(&connection, &RedisConnection::lost);
    for (int i = 0; i < 5; ++i) {
        connection.open();
        connection.open(); // once is enough
        if (i % 2 == 0)
            QTRY_VERIFY(connection.isOpen());
        connection.close({.kind = Kind::Disconnected}, true);
        QCOMPARE(connection.state(), State::Closed);
        QCOMPARE(lost.size(), i + 1);
    }
    connection.open();
    QTRY_VERIFY(connection.isOpen());
    Told told;
    connection.send(encodeRedisCommand({"PING"}), 1, told.callback());
    QTRY_VERIFY(told.reply);
    QVERIFY(*told.reply);
    QCOMPARE(lost.size(), 5);
}

void TestRedisConnection::closesInACallback()
{
    RedisConnection connection(settings(), m_metrics);
    int lost = 0;
    connect(&connection, &RedisConnection::lost, this, [&] {
        ++lost;
        connection.open();
    });
    connection.open();
    QTRY_VERIFY(connection.isOpen());
    int answered = 0;
    int failed = 0;
    // The answers to all come in one piece.
    for (int i = 0; i < 10; ++i) {
        connection.send(encodeRedisCommand({"ECHO", QByteArray::number(i)}), 1,
                        [&, i](const RedisConnection::Reply &reply) {
                            ++(reply ? answered : failed);
                            if (i == 4)
                                connection.close({.kind = Kind::Disconnected}, true);
                        });
    }
    QTRY_COMPARE(answered, 5);
    QCOMPARE(failed, 5);
    QCOMPARE(lost, 1);
    QCOMPARE(connection.waiting(), 0);
    QTRY_VERIFY(connection.isOpen());
    // And one that times out.
    Told told;
    connection.send(
        encodeRedisCommand({"BLPOP", "nothing", "1"}), 1,
        [&](const RedisConnection::Reply &reply) {
            told.reply = reply;
            connection.close({.kind = Kind::Disconnected}, true);
        },
        20ms);
    QTRY_VERIFY(told.reply);
    QCOMPARE(told.reply->error().kind, Kind::TimedOut);
    QTRY_VERIFY(connection.isOpen());
    QCOMPARE(lost, 2);
}

void TestRedisConnection::doesNotBufferWithoutEnd()
{
    RedisServer server;
    QVERIFY2(server.start(), server.log());
    RedisConnectionSettings small = settings();
    small.endpoint.port = server.port();
    small.maxOutgoingSize = 20'000'000;
    small.commandTimeout = 60s;
    RedisConnection connection(small, m_metrics);
    connection.open();
    QTRY_VERIFY(connection.isOpen());
    server.freeze();
    const QByteArray command = encodeRedisCommand({"SET", "key", QByteArray(1'000'000, 'x')});
    int refused = 0;
    int answered = 0;
    // The kernel takes some of it.
    for (int i = 0; i < 60; ++i) {
        connection.send(command, 1, [&](const RedisConnection::Reply &reply) {
            if (reply)
                ++answered;
            else if (reply.error().kind == Kind::Overflow)
                ++refused;
        });
        QCoreApplication::processEvents();
    }
    QVERIFY(refused > 20);
    QCOMPARE(connection.waiting(), 60 - refused);
    server.thaw();
    QTRY_COMPARE(connection.waiting(), 0);
    QCOMPARE(answered, 60 - refused);
    Told told;
    connection.send(encodeRedisCommand({"STRLEN", "key"}), 1, told.callback());
    QTRY_VERIFY(told.reply);
    QCOMPARE(told.reply->value().toInteger(), 1'000'000);
}

void TestRedisConnection::takesLinesOfMonitor()
{
    RedisConnectionSettings silent = settings();
    silent.pingInterval = 0ms;
    RedisConnection connection(silent, m_metrics);
    QList<QByteArray> lines;
    connection.setPushHandler([&](const RedisValue &value) { lines += value.toBytes(); });
    Told told;
    connection.setPrologue(
        [&] { connection.send(encodeRedisCommand({"MONITOR"}), 1, told.callback()); });
    connection.open();
    QTRY_VERIFY(told.reply);
    QCOMPARE(told.reply->value().toBytes(), "OK");
    m_server.run({u"SET"_s, u"watched"_s, u"1"_s});
    QTRY_VERIFY(!lines.isEmpty() && lines.last().contains("\"SET\" \"watched\" \"1\""));
}

void TestRedisConnection::takesShardChannelsBack()
{
    // A server takes them back when their slot moves; also while something else is waited for.
    // SHUTDOWN and others aside, only a Cluster does so, for which see tst_cluster.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    RedisConnectionSettings there = settings();
    there.endpoint.port = server.serverPort();
    RedisConnection connection(there, m_metrics);
    QList<RedisValue> pushed;
    connection.setPushHandler([&](const RedisValue &value) { pushed += value; });
    connection.open();
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *const socket = server.nextPendingConnection();
    QTRY_VERIFY(socket->bytesAvailable() > 0);
    socket->write("+PONG\r\n");
    QTRY_VERIFY(connection.isOpen());
    Told subscribed;
    Told unsubscribed;
    connection.sendSubscription(encodeRedisCommand({"SSUBSCRIBE", "a"}), {"ssubscribe", {"a"}},
                                subscribed.callback());
    connection.sendSubscription(encodeRedisCommand({"SUNSUBSCRIBE", "b"}), {"sunsubscribe", {"b"}},
                                unsubscribed.callback());
    const auto array = [](const QByteArray &verb, const QByteArray &channel) {
        return "*3\r\n$" + QByteArray::number(verb.size()) + "\r\n" + verb + "\r\n$1\r\n" + channel
            + "\r\n:0\r\n";
    };
    socket->write(array("sunsubscribe", "x") + array("smessage", "y") + array("ssubscribe", "a")
                  + array("sunsubscribe", "z") + array("sunsubscribe", "b")
                  + array("sunsubscribe", "w"));
    QTRY_COMPARE(pushed.size(), 4);
    QVERIFY(subscribed.reply && *subscribed.reply);
    QVERIFY(unsubscribed.reply && *unsubscribed.reply);
    QByteArray channels;
    for (const RedisValue &value : std::as_const(pushed))
        channels += value.at(1).toBytes();
    QCOMPARE(channels, "xyzw");
    QVERIFY(connection.isOpen());
}

void TestRedisConnection::matchesSubscriptionsByTheirChannels()
{
    RedisConnection connection(settings(), m_metrics);
    connection.open();
    QTRY_VERIFY(connection.isOpen());
    QSignalSpy lost(&connection, &RedisConnection::lost);
    Told told;
    // What is sent and what is waited for differ: an answer to something else must not pass for it.
    connection.sendSubscription(encodeRedisCommand({"SUBSCRIBE", "a"}), {"subscribe", {"b"}},
                                told.callback());
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<RedisError>().kind, Kind::Protocol);
    QVERIFY(told.reply && !*told.reply);
}

void TestRedisConnection::pingsWhenNothingComes()
{
    RedisConnectionSettings lively = settings();
    lively.pingInterval = 50ms;
    RedisConnection connection(lively, m_metrics);
    connection.open();
    QTRY_VERIFY(connection.isOpen());
    const auto pings = [&] {
        const QByteArray line = RedisServer::field(m_server.cli({u"INFO"_s, u"commandstats"_s}),
                                                   "cmdstat_ping");
        return line.mid(6, line.indexOf(',') - 6).toInt();
    };
    const int before = pings();
    QTRY_VERIFY(pings() >= before + 3);
    QVERIFY(connection.isOpen());
}

void TestRedisConnection::dropsWhatItDoesNotUnderstand()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    RedisConnectionSettings there = settings();
    there.endpoint.port = server.serverPort();
    RedisConnection connection(there, m_metrics);
    QSignalSpy lost(&connection, &RedisConnection::lost);
    connection.open();
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *const socket = server.nextPendingConnection();
    socket->write("+PONG\r\n");
    QTRY_VERIFY(connection.isOpen());
    // An answer to nothing: whose would the next one be?
    socket->write("+PONG\r\n");
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<RedisError>().kind, Kind::Protocol);
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
}

void TestRedisConnection::waitsLongerEachTime()
{
    ReconnectDelay delay(100ms, 2s);
    for (int round = 0; round < 2; ++round) {
        for (const auto base : {100ms, 200ms, 400ms, 800ms, 1600ms, 2000ms, 2000ms}) {
            const auto next = delay.next();
            QVERIFY(next >= base);
            QVERIFY(next <= base * 6 / 5);
        }
        delay.reset();
    }
    // Many that lose their connection together do not come back together.
    QSet<qint64> different;
    for (int i = 0; i < 100; ++i) {
        ReconnectDelay other(100ms, 2s);
        different.insert(other.next().count());
    }
    QVERIFY(different.size() > 5);
}

QTEST_GUILESS_MAIN(TestRedisConnection)
#include "tst_redisconnection.moc"
