// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "awaited.h"
#include "redisclient.h"
#include "redismetrics_p.h"
#include "redisserver.h"
#include "tcpproxy.h"
#include "tlscertificates.h"

#include <QRegularExpression>
#include <QTest>
#include <QThread>

#include <atomic>
#include <latch>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRedisClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void setsAndGets();
    void answersInOrder();

private:
    static RedisOptions optionsFor(const QString &url)
    {
        RedisOptions options;
        const auto parsed = RedisUrl::parse(url);
        if (!parsed)
            qFatal("%ls", qUtf16Printable(parsed.error().message));
        options.url = *parsed;
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
    const auto error = Awaited::command(client, {"INCR", "key"});
    QVERIFY(!error);
    QCOMPARE(error.error().kind, RedisError::Kind::Server);
    QCOMPARE(error.error().code, "ERR");
    QVERIFY(client.isConnected());
    QCOMPARE(client.errorString(), QString());
}

void TestRedisClient::answersInOrder()
{
    constexpr int count = 20'000;
    RedisClient client(optionsFor(m_server.url()));
    QVERIFY(Awaited::command(client, {"PING"}));
    std::atomic<int> wrong = 0;
    std::latch left(count);
    for (int i = 0; i < count; ++i) {
        const QByteArray text = QByteArray::number(i);
        client.command({"ECHO", text},
                       [&, text](const RedisClient::Reply &reply) {
                           if (!reply || reply->toBytes() != text)
                               ++wrong;
                           left.count_down();
                       },
                       {.keyIndex = -1});
    }
    left.wait();
    QCOMPARE(wrong, 0);
}

QTEST_GUILESS_MAIN(TestRedisClient)
#include "tst_redisclient.moc"
