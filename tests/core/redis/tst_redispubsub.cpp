// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "awaited.h"
#include "redisclient.h"
#include "redismetrics_p.h"
#include "redispubsub_p.h"
#include "redisserver.h"

#include <QTest>

#include <mutex>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRedisPubSub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void getsMessages();

private:
    RedisServer m_server;
};

void TestRedisPubSub::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log());
}

void TestRedisPubSub::getsMessages()
{
    RedisClient client({.url = RedisUrl::parse(m_server.url()).value()});
    Awaited::Answer<std::expected<QByteArray, RedisError>> message;
    client.pubSub().setMessageHandler(
        [told = message.callback()](const QByteArray &channel, const QByteArray &payload,
                                    const QByteArray &) { told(channel + ' ' + payload); });
    Awaited::Subscribed subscribed;
    client.pubSub().subscribe(RedisPubSub::Kind::Channel, "c", subscribed.callback());
    QVERIFY(subscribed.get());
    QCOMPARE(Awaited::command(client, {"PUBLISH", "c", "hello"}).value(), RedisValue(qint64(1)));
    QCOMPARE(message.get().value(), "c hello");
}

QTEST_GUILESS_MAIN(TestRedisPubSub)
#include "tst_redispubsub.moc"
