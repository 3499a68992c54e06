// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "awaited.h"
#include "logrecorder.h"
#include "redisclient.h"
#include "redismetrics_p.h"
#include "redispubsub_p.h"
#include "redisserver.h"
#include "tcpproxy.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = RedisPubSub::Kind;

namespace {

/// What the handlers of a RedisPubSub were told.
class Received
{
public:
    struct Message
    {
        QByteArray channel;
        QByteArray payload;
        QByteArray pattern;
        friend bool operator==(const Message &, const Message &) = default;
    };
    struct Ready
    {
        qsizetype subscriptions;
        bool isReconnect;
    };

    explicit Received(RedisClient &client)
    {
        RedisPubSub &pubSub = client.pubSub();
        pubSub.setMessageHandler([state = m_state](const QByteArray &channel,
                                                   const QByteArray &payload,
                                                   const QByteArray &pattern) {
            std::unique_lock lock(state->mutex);
            state->condition.wait(lock, [&] { return !state->blocked; });
            state->messages.append({channel, payload, pattern});
        });
        pubSub.setReadyHandler([state = m_state](qsizetype subscriptions, bool isReconnect) {
            const std::lock_guard lock(state->mutex);
            state->ready.append({subscriptions, isReconnect});
        });
        pubSub.setLostHandler([state = m_state](const RedisError &reason) {
            const std::lock_guard lock(state->mutex);
            state->lost.append(reason);
        });
    }
    ~Received() { setBlocked(false); }
    Q_DISABLE_COPY_MOVE(Received)

    [[nodiscard]] QList<Message> messages() const { return copyOf(m_state->messages); }
    [[nodiscard]] QList<Ready> ready() const { return copyOf(m_state->ready); }
    [[nodiscard]] QList<RedisError> lost() const { return copyOf(m_state->lost); }
    [[nodiscard]] bool has(const Message &message) const { return messages().contains(message); }

    /// Has the handler stand still, and with it the client's worker.
    void setBlocked(bool blocked)
    {
        {
            const std::lock_guard lock(m_state->mutex);
            m_state->blocked = blocked;
        }
        m_state->condition.notify_all();
    }

private:
    struct State
    {
        mutable std::mutex mutex;
        std::condition_variable condition;
        bool blocked = false;
        QList<Message> messages;
        QList<Ready> ready;
        QList<RedisError> lost;
    };

    template<typename T>
    [[nodiscard]] T copyOf(const T &value) const
    {
        const std::lock_guard lock(m_state->mutex);
        return value;
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

std::expected<void, RedisError> subscribe(RedisClient &client, const QByteArray &channel,
                                          Kind kind = Kind::Channel)
{
    Awaited::Subscribed subscribed;
    client.pubSub().subscribe(kind, channel, subscribed.callback());
    return subscribed.get();
}

/// How often a command was carried out.
int calls(const RedisServer &server, const QByteArray &command)
{
    const QByteArray statistics = RedisServer::field(server.cli({u"INFO"_s, u"commandstats"_s}),
                                                     "cmdstat_" + command);
    const qsizetype start = statistics.indexOf("calls=");
    if (start < 0)
        return 0;
    return statistics.mid(start + 6, statistics.indexOf(',') - start - 6).toInt();
}

/// How many clients are subscribed to a channel.
int subscribers(const RedisServer &server, const QString &channel)
{
    return server.cli({u"PUBSUB"_s, u"NUMSUB"_s, channel}).split('\n').value(1).toInt();
}

} // namespace

class TestRedisPubSub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void getsMessages();
    void keepsTheirOrder();
    void countsReferences();
    void lingers();
    void lingersForEver();
    void dropsWhenItHasLingered();
    void subscribesAgainInTheSameTurn();
    void asksForManyInFewCommands();
    void saysWhatIsRefused();
    void triesAgainWhatWasRefused();

    void replaysAfterALoss_data();
    void replaysAfterALoss();
    void replaysWhatIsAllowed();
    void subscribesWithoutAConnection();
    void subscribesWhileItConnects();
    void serverHangs();
    void acknowledgementTakesTooLong();
    void reconnectsWhenTold();
    void messageIsTooLarge();
    void readsTooSlowly();
    void passwordIsWrong();
    void staysTrueInDisorder();

    void endsWithSubscriptionsOutstanding_data();
    void endsWithSubscriptionsOutstanding();

private:
    [[nodiscard]] RedisOptions options(quint16 port = 0) const
    {
        return {
            .url = RedisUrl::parse(m_server->url(port == 0 ? m_server->port() : port)).value(),
            .reconnectDelay = 20ms,
            .maxReconnectDelay = 100ms,
        };
    }

    /// With time-outs that a test can wait for.
    [[nodiscard]] RedisOptions impatient(quint16 port = 0) const
    {
        RedisOptions result = options(port);
        result.connectTimeout = 500ms;
        result.commandTimeout = 500ms;
        return result;
    }

    void publish(const QString &channel, const QString &payload) const
    {
        m_server->run({u"PUBLISH"_s, channel, payload});
    }

    void killSubscribers() const
    {
        m_server->run({u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"pubsub"_s});
    }

    std::unique_ptr<RedisServer> m_server;
};

void TestRedisPubSub::init()
{
    m_server = std::make_unique<RedisServer>();
    QVERIFY2(m_server->start(), m_server->log());
}

void TestRedisPubSub::getsMessages()
{
    RedisClient client(options());
    const Received received(client);
    QVERIFY(subscribe(client, "c"));
    QVERIFY(subscribe(client, "p*", Kind::Pattern));
    QVERIFY(subscribe(client, "s", Kind::Shard));
    const QByteArray binary("\0\r\n$5\r\n\xff", 8);
    QCOMPARE(Awaited::command(client, {"PUBLISH", "c", binary}).value().toInteger(), 1);
    QCOMPARE(Awaited::command(client, {"PUBLISH", "pq", ""}).value().toInteger(), 1);
    QCOMPARE(Awaited::command(client, {"SPUBLISH", "s", "shard"}).value().toInteger(), 1);
    QCOMPARE(Awaited::command(client, {"PUBLISH", "other", "x"}).value().toInteger(), 0);
    QTRY_COMPARE(received.messages().size(), 3);
    QVERIFY(received.has({"c", binary, {}}));
    QVERIFY(received.has({"pq", "", "p*"}));
    QVERIFY(received.has({"s", "shard", {}}));
    QCOMPARE(client.metrics()->messagesReceived.value(), 3u);
    QCOMPARE(client.metrics()->subscriptions.value(), 3);
    QTRY_COMPARE(client.metrics()->pubSubConnected.value(), 1);
    QVERIFY(!received.ready().isEmpty());
    QVERIFY(!received.ready().first().isReconnect);
}

void TestRedisPubSub::keepsTheirOrder()
{
    constexpr int count = 50'000;
    RedisOptions patient = options();
    patient.commandTimeout = 90s; // it is about the order, also on a slow machine
    RedisClient client(patient);
    const Received received(client);
    QVERIFY(subscribe(client, "c"));
    QVERIFY(Awaited::command(client, {"PING"}));
    for (int i = 0; i < count; ++i) {
        const QByteArray number = QByteArray::number(i);
        // Of all sizes up to more than what is read at once.
        client.command({"PUBLISH", "c", number + QByteArray(i % 500 == 0 ? 100'000 : i % 300, ' ')},
                       [](const RedisClient::Reply &) {});
    }
    QTRY_COMPARE_WITH_TIMEOUT(received.messages().size(), count, 90s);
    const auto messages = received.messages();
    for (int i = 0; i < count; ++i)
        QCOMPARE(messages[i].payload.trimmed(), QByteArray::number(i));
}

void TestRedisPubSub::countsReferences()
{
    RedisClient client(options());
    const Received received(client);
    client.pubSub().setLinger(0ms);
    QVERIFY(subscribe(client, "c"));
    QVERIFY(subscribe(client, "c"));
    QVERIFY(subscribe(client, "c"));
    QCOMPARE(calls(*m_server, "subscribe"), 1);
    client.pubSub().unsubscribe(Kind::Channel, "c");
    client.pubSub().unsubscribe(Kind::Channel, "c");
    // One that does not belong to it.
    client.pubSub().unsubscribe(Kind::Pattern, "c");
    client.pubSub().unsubscribe(Kind::Channel, "other");
    QVERIFY(subscribe(client, "later")); // all of it has been done
    QCOMPARE(subscribers(*m_server, u"c"_s), 1);
    client.pubSub().unsubscribe(Kind::Channel, "c");
    QTRY_COMPARE(subscribers(*m_server, u"c"_s), 0);
    QCOMPARE(calls(*m_server, "unsubscribe"), 1);
    // One too many does no harm.
    client.pubSub().unsubscribe(Kind::Channel, "c");
    QVERIFY(subscribe(client, "c"));
    QCOMPARE(subscribers(*m_server, u"c"_s), 1);
    QCOMPARE(client.metrics()->subscriptions.value(), 2);
}

void TestRedisPubSub::lingers()
{
    RedisClient client(options());
    const Received received(client);
    client.pubSub().setLinger(60s);
    QVERIFY(subscribe(client, "c"));
    for (int i = 0; i < 10; ++i) {
        client.pubSub().unsubscribe(Kind::Channel, "c");
        QVERIFY(subscribe(client, "c"));
    }
    QCOMPARE(calls(*m_server, "subscribe"), 1);
    QCOMPARE(calls(*m_server, "unsubscribe"), 0);
    publish(u"c"_s, u"still"_s);
    QTRY_VERIFY(received.has({"c", "still", {}}));
}

void TestRedisPubSub::lingersForEver()
{
    RedisClient client(options());
    client.pubSub().setLinger(-1ms);
    QVERIFY(subscribe(client, "c"));
    client.pubSub().unsubscribe(Kind::Channel, "c");
    client.pubSub().setLinger(0ms);
    // The linger is that of the time when it was taken back.
    QVERIFY(subscribe(client, "d"));
    client.pubSub().unsubscribe(Kind::Channel, "d");
    QTRY_COMPARE(subscribers(*m_server, u"d"_s), 0);
    QCOMPARE(subscribers(*m_server, u"c"_s), 1);
}

void TestRedisPubSub::dropsWhenItHasLingered()
{
    RedisClient client(options());
    client.pubSub().setLinger(200ms);
    QVERIFY(subscribe(client, "used"));
    QVERIFY(subscribe(client, "unused"));
    client.pubSub().unsubscribe(Kind::Channel, "used");
    client.pubSub().unsubscribe(Kind::Channel, "unused");
    QVERIFY(subscribe(client, "used"));
    QTRY_COMPARE(subscribers(*m_server, u"unused"_s), 0);
    QCOMPARE(subscribers(*m_server, u"used"_s), 1);
    QCOMPARE(client.metrics()->subscriptions.value(), 1);
    // What has gone can come back.
    QVERIFY(subscribe(client, "unused"));
    QCOMPARE(subscribers(*m_server, u"unused"_s), 1);
}

void TestRedisPubSub::subscribesAgainInTheSameTurn()
{
    RedisClient client(options());
    const Received received(client);
    RedisPubSub &pubSub = client.pubSub();
    pubSub.setLinger(0ms);
    QVERIFY(subscribe(client, "c"));
    Awaited::Subscribed again;
    Awaited::Subscribed dropped;
    client.post([&] {
        for (int i = 0; i < 3; ++i) {
            pubSub.unsubscribe(Kind::Channel, "c");
            pubSub.subscribe(Kind::Channel, "c", [](const auto &) {});
        }
        pubSub.unsubscribe(Kind::Channel, "c");
        pubSub.subscribe(Kind::Channel, "c", again.callback());
        pubSub.subscribe(Kind::Channel, "d", dropped.callback());
        pubSub.unsubscribe(Kind::Channel, "d");
    });
    QVERIFY(again.get());
    QVERIFY(!dropped.get());
    QCOMPARE(subscribers(*m_server, u"c"_s), 1);
    QCOMPARE(subscribers(*m_server, u"d"_s), 0);
    publish(u"c"_s, u"once"_s);
    QTRY_VERIFY(received.has({"c", "once", {}}));
    QCOMPARE(client.metrics()->reconnects.value(), 0u);
}

void TestRedisPubSub::asksForManyInFewCommands()
{
    constexpr int count = 5000;
    RedisClient client(options());
    RedisPubSub &pubSub = client.pubSub();
    pubSub.setLinger(0ms);
    QVERIFY(subscribe(client, "first"));
    std::vector<Awaited::Subscribed> all(count);
    client.post([&] {
        for (int i = 0; i < count; ++i)
            pubSub.subscribe(Kind::Channel, QByteArray::number(i), all[std::size_t(i)].callback());
    });
    for (Awaited::Subscribed &subscribed : all)
        QVERIFY(subscribed.get());
    QCOMPARE(calls(*m_server, "subscribe"), 1 + 5);
    client.post([&] {
        for (int i = 0; i < count; ++i)
            pubSub.unsubscribe(Kind::Channel, QByteArray::number(i));
    });
    QTRY_COMPARE(m_server->cli({u"PUBSUB"_s, u"CHANNELS"_s}), "first");
}

void TestRedisPubSub::saysWhatIsRefused()
{
    m_server->run({u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"on"_s, u">secret"_s, u"~*"_s, u"+@all"_s,
                   u"resetchannels"_s, u"&allowed:*"_s});
    RedisOptions asAlice = options();
    asAlice.url.user = u"alice"_s;
    asAlice.url.password = u"secret"_s;
    RedisClient client(asAlice);
    const Received received(client);
    QVERIFY(subscribe(client, "allowed:0"));
    const auto alone = subscribe(client, "forbidden");
    QVERIFY(!alone);
    QCOMPARE(alone.error().kind, RedisError::Kind::Server);
    QCOMPARE(alone.error().code, "NOPERM");
    // In one command with others, which it must not spoil.
    RedisPubSub &pubSub = client.pubSub();
    std::vector<Awaited::Subscribed> allowed(3);
    Awaited::Subscribed forbidden;
    client.post([&] {
        pubSub.subscribe(Kind::Channel, "allowed:1", allowed[0].callback());
        pubSub.subscribe(Kind::Channel, "forbidden:1", forbidden.callback());
        pubSub.subscribe(Kind::Channel, "allowed:2", allowed[1].callback());
        pubSub.subscribe(Kind::Pattern, "allowed:*", allowed[2].callback());
    });
    const auto refused = forbidden.get();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, "NOPERM");
    for (Awaited::Subscribed &subscribed : allowed)
        QVERIFY(subscribed.get());
    publish(u"allowed:2"_s, u"x"_s);
    QTRY_VERIFY(received.has({"allowed:2", "x", {}}));
    QTRY_VERIFY(received.has({"allowed:2", "x", "allowed:*"}));
    // An error reply does not cost the connection.
    QCOMPARE(client.metrics()->reconnects.value(), 0u);
    QVERIFY(received.lost().isEmpty());
}

void TestRedisPubSub::triesAgainWhatWasRefused()
{
    m_server->run({u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"on"_s, u">secret"_s, u"~*"_s, u"+@all"_s,
                   u"resetchannels"_s});
    RedisOptions asAlice = options();
    asAlice.url.user = u"alice"_s;
    asAlice.url.password = u"secret"_s;
    RedisClient client(asAlice);
    const Received received(client);
    QVERIFY(!subscribe(client, "c"));
    m_server->run({u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"&c"_s});
    // Asked for anew by the next who wants it.
    QVERIFY(subscribe(client, "c"));
    publish(u"c"_s, u"x"_s);
    QTRY_VERIFY(received.has({"c", "x", {}}));
}

void TestRedisPubSub::replaysAfterALoss_data()
{
    QTest::addColumn<bool>("restart");
    QTest::addRow("connection killed") << false;
    QTest::addRow("server killed") << true;
}

void TestRedisPubSub::replaysAfterALoss()
{
    QFETCH(const bool, restart);
    constexpr int count = 2500;
    RedisClient client(options());
    const LogRecorder log;
    const Received received(client);
    RedisPubSub &pubSub = client.pubSub();
    std::vector<Awaited::Subscribed> all(count);
    for (int i = 0; i < count; ++i)
        pubSub.subscribe(Kind::Channel, QByteArray::number(i), all[std::size_t(i)].callback());
    for (Awaited::Subscribed &subscribed : all)
        QVERIFY(subscribed.get());
    QVERIFY(subscribe(client, "p*", Kind::Pattern));
    const int before = calls(*m_server, "subscribe");
    if (restart) {
        m_server->kill();
        QTRY_VERIFY(!received.lost().isEmpty());
        QTRY_COMPARE(client.metrics()->pubSubConnected.value(), 0);
        QVERIFY2(m_server->start(), m_server->log());
    } else {
        killSubscribers();
    }
    QTRY_COMPARE(received.ready().size(), 2);
    QCOMPARE(received.ready()[0].isReconnect, false);
    QCOMPARE(received.ready()[1].isReconnect, true);
    QCOMPARE(received.ready()[1].subscriptions, count + 1);
    QCOMPARE(client.metrics()->pubSubConnected.value(), 1);
    // All of them were there when ready was said, and it took few commands.
    QCOMPARE(m_server->cli({u"PUBSUB"_s, u"CHANNELS"_s}).count('\n') + 1, count);
    QCOMPARE(m_server->cli({u"PUBSUB"_s, u"NUMPAT"_s}), "1");
    QCOMPARE(calls(*m_server, "subscribe"), (restart ? 0 : before) + 3);
    publish(u"1234"_s, u"x"_s);
    publish(u"pq"_s, u"y"_s);
    QTRY_VERIFY(received.has({"1234", "x", {}}));
    QTRY_VERIFY(received.has({"pq", "y", "p*"}));
    QCOMPARE(log.count(u"Reconnected successfully"), 1);
    QCOMPARE(log.count(u"dynamic_channels=2501"), 1);
    QCOMPARE(log.count(u"messages are lost meanwhile"), 1);
}

void TestRedisPubSub::replaysWhatIsAllowed()
{
    m_server->run({u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"on"_s, u">secret"_s, u"~*"_s, u"+@all"_s,
                   u"resetchannels"_s, u"&a*"_s, u"&b"_s});
    RedisOptions asAlice = options();
    asAlice.url.user = u"alice"_s;
    asAlice.url.password = u"secret"_s;
    RedisClient client(asAlice);
    const Received received(client);
    for (const char *channel : {"a1", "b", "a2"})
        QVERIFY(subscribe(client, channel));
    m_server->run({u"ACL"_s, u"SETUSER"_s, u"alice"_s, u"resetchannels"_s, u"&a*"_s});
    // Redis drops whoever is subscribed to what is not allowed any more.
    QTRY_COMPARE(received.ready().size(), 2);
    QCOMPARE(received.ready()[1].subscriptions, 2);
    publish(u"a2"_s, u"x"_s);
    QTRY_VERIFY(received.has({"a2", "x", {}}));
    QCOMPARE(subscribers(*m_server, u"b"_s), 0);
    QCOMPARE(received.lost().size(), 1);
}

void TestRedisPubSub::subscribesWithoutAConnection()
{
    m_server->kill();
    RedisClient client(options());
    const Received received(client);
    // The first attempt is waited for; the answer is that it failed.
    const auto first = subscribe(client, "a");
    QVERIFY(!first);
    QVERIFY(first.error().isTransient());
    QTRY_VERIFY(!received.lost().isEmpty());
    QVERIFY(!subscribe(client, "b"));
    QVERIFY(!subscribe(client, "c"));
    client.pubSub().setLinger(0ms);
    client.pubSub().unsubscribe(Kind::Channel, "c");
    QVERIFY2(m_server->start(), m_server->log());
    QTRY_COMPARE(received.ready().size(), 1);
    QCOMPARE(received.ready()[0].subscriptions, 2);
    QCOMPARE(received.ready()[0].isReconnect, false);
    QCOMPARE(subscribers(*m_server, u"a"_s), 1);
    QCOMPARE(subscribers(*m_server, u"b"_s), 1);
    QCOMPARE(subscribers(*m_server, u"c"_s), 0);
    // Now it is there.
    QVERIFY(subscribe(client, "a"));
}

void TestRedisPubSub::subscribesWhileItConnects()
{
    TcpProxy proxy(m_server->port());
    QVERIFY(proxy.port() != 0);
    proxy.setDelay(50ms);
    RedisClient client(options(proxy.port()));
    std::vector<Awaited::Subscribed> all(100);
    for (std::size_t i = 0; i < all.size(); ++i) {
        client.pubSub().subscribe(Kind::Channel, QByteArray::number(i), all[i].callback());
        if (i % 10 == 0)
            QTest::qWait(5);
    }
    for (Awaited::Subscribed &subscribed : all)
        QVERIFY(subscribed.get());
    QCOMPARE(client.metrics()->subscriptions.value(), 100);
}

void TestRedisPubSub::serverHangs()
{
    RedisClient client(impatient());
    const Received received(client);
    QVERIFY(subscribe(client, "c"));
    m_server->freeze();
    // Nobody asks anything: a PING of its own finds it out.
    QTRY_VERIFY(!received.lost().isEmpty());
    QVERIFY2(received.lost().first().message.contains("nothing came for 500 ms"_L1),
             qPrintable(received.lost().first().message));
    QCOMPARE(client.metrics()->pubSubConnected.value(), 0);
    m_server->thaw();
    QTRY_COMPARE(client.metrics()->pubSubConnected.value(), 1);
    publish(u"c"_s, u"x"_s);
    QTRY_VERIFY(received.has({"c", "x", {}}));
    // A server that is only silent is left alone.
    const qsizetype lost = received.lost().size();
    QTest::qWait(2000);
    QCOMPARE(received.lost().size(), lost);
}

void TestRedisPubSub::acknowledgementTakesTooLong()
{
    TcpProxy proxy(m_server->port());
    QVERIFY(proxy.port() != 0);
    RedisOptions slow = options(proxy.port());
    slow.commandTimeout = 500ms;
    RedisClient client(slow);
    const Received received(client);
    QVERIFY(subscribe(client, "c"));
    proxy.freeze();
    const auto late = subscribe(client, "d");
    QVERIFY(!late);
    QVERIFY(late.error().kind == RedisError::Kind::TimedOut);
    proxy.thaw();
    // It is wanted nevertheless.
    QTRY_COMPARE(subscribers(*m_server, u"d"_s), 1);
    QTRY_VERIFY(subscribe(client, "d"));
    publish(u"d"_s, u"x"_s);
    QTRY_VERIFY(received.has({"d", "x", {}}));
}

void TestRedisPubSub::reconnectsWhenTold()
{
    RedisClient client(options());
    const Received received(client);
    QVERIFY(subscribe(client, "c"));
    client.pubSub().reconnect({.kind = RedisError::Kind::TimedOut, .message = u"No probe came."_s});
    QTRY_COMPARE(received.ready().size(), 2);
    QCOMPARE(received.lost().size(), 1);
    QCOMPARE(received.lost().first().message, u"No probe came."_s);
    QCOMPARE(client.metrics()->reconnects.value(), 1u);
    publish(u"c"_s, u"x"_s);
    QTRY_VERIFY(received.has({"c", "x", {}}));
}

void TestRedisPubSub::messageIsTooLarge()
{
    RedisOptions small = options();
    small.maxReplySize = 100'000;
    RedisClient client(small);
    const LogRecorder log;
    const Received received(client);
    QVERIFY(subscribe(client, "c"));
    QVERIFY(Awaited::command(client, {"PUBLISH", "c", QByteArray(90'000, 'x')}));
    QTRY_COMPARE(received.messages().size(), 1);
    QVERIFY(Awaited::command(client, {"PUBLISH", "c", QByteArray(100'001, 'x')}));
    QTRY_COMPARE(received.ready().size(), 2);
    QCOMPARE(received.lost().first().kind, RedisError::Kind::Protocol);
    QCOMPARE(log.count(u"larger than 100000 bytes"), 1);
    publish(u"c"_s, u"after"_s);
    QTRY_VERIFY(received.has({"c", "after", {}}));
    QCOMPARE(received.messages().size(), 2);
}

void TestRedisPubSub::readsTooSlowly()
{
    m_server->run({u"CONFIG"_s, u"SET"_s, u"client-output-buffer-limit"_s, u"pubsub 1mb 1mb 0"_s});
    RedisClient client(options());
    RedisClient publisher(options());
    Received received(client);
    QVERIFY(subscribe(client, "c"));
    received.setBlocked(true);
    // More than all buffers on the way hold.
    const QByteArray payload(100'000, 'x');
    for (int i = 0; i < 200; ++i)
        QVERIFY(Awaited::command(publisher, {"PUBLISH", "c", payload}));
    QTRY_COMPARE(subscribers(*m_server, u"c"_s), 0);
    received.setBlocked(false);
    QTRY_COMPARE(received.ready().size(), 2);
    QVERIFY(received.ready()[1].isReconnect);
    publish(u"c"_s, u"after"_s);
    QTRY_VERIFY(received.has({"c", "after", {}}));
    QVERIFY(received.messages().size() < 200);
}

void TestRedisPubSub::passwordIsWrong()
{
    m_server->run({u"CONFIG"_s, u"SET"_s, u"requirepass"_s, u"right"_s});
    RedisOptions wrong = options();
    wrong.url.password = u"geheim"_s;
    const LogRecorder log;
    RedisClient client(wrong);
    const Received received(client);
    const auto subscribed = subscribe(client, "c");
    QVERIFY(!subscribed);
    QTRY_VERIFY(received.lost().size() > 2);
    for (const RedisError &reason : received.lost()) {
        QCOMPARE(reason.kind, RedisError::Kind::Authentication);
        QCOMPARE(reason.code, "WRONGPASS");
        QVERIFY(!reason.message.contains("geheim"_L1));
    }
    QCOMPARE(client.metrics()->pubSubConnected.value(), 0);
    m_server->run({u"-a"_s, u"right"_s, u"CONFIG"_s, u"SET"_s, u"requirepass"_s, u"geheim"_s});
    QTRY_COMPARE(received.ready().size(), 1);
    // One of the client's own connection and one of the channels'.
    QCOMPARE(log.count(u"WRONGPASS"), 2);
}

void TestRedisPubSub::staysTrueInDisorder()
{
    RedisClient client(options());
    const Received received(client);
    RedisPubSub &pubSub = client.pubSub();
    pubSub.setLinger(0ms);
    QRandomGenerator random(4711);
    QHash<QByteArray, int> references;
    std::atomic<int> outstanding = 0;
    for (int round = 0; round < 15; ++round) {
        for (int i = 0; i < 400; ++i) {
            const QByteArray channel = "c" + QByteArray::number(random.bounded(50));
            if (random.bounded(2) == 0) {
                ++references[channel];
                ++outstanding;
                pubSub.subscribe(Kind::Channel, channel, [&](const auto &) { --outstanding; });
            } else if (references.value(channel) > 0) {
                --references[channel];
                pubSub.unsubscribe(Kind::Channel, channel);
            }
        }
        if (round % 3 == 0)
            killSubscribers();
    }
    QTRY_COMPARE(outstanding, 0);
    QSet<QByteArray> expected;
    for (auto it = references.cbegin(); it != references.cend(); ++it) {
        if (it.value() > 0)
            expected.insert(it.key());
    }
    QVERIFY(!expected.isEmpty());
    const auto actual = [&] {
        const QList<QByteArray> lines = m_server->cli({u"PUBSUB"_s, u"CHANNELS"_s}).split('\n');
        return QSet<QByteArray>(lines.begin(), lines.end());
    };
    QTRY_COMPARE(actual(), expected);
    QCOMPARE(client.metrics()->subscriptions.value(), expected.size());
}

void TestRedisPubSub::endsWithSubscriptionsOutstanding_data()
{
    QTest::addColumn<bool>("isFrozen");
    QTest::addRow("server answers") << false;
    QTest::addRow("server hangs") << true;
}

void TestRedisPubSub::endsWithSubscriptionsOutstanding()
{
    QFETCH(const bool, isFrozen);
    constexpr int count = 1000;
    std::atomic<int> completed = 0;
    std::atomic<int> wrong = 0;
    {
        RedisClient client(options());
        RedisPubSub &pubSub = client.pubSub();
        QVERIFY(subscribe(client, "first"));
        if (isFrozen)
            m_server->freeze();
        for (int i = 0; i < count; ++i) {
            pubSub.subscribe(Kind::Channel, QByteArray::number(i), [&](const auto &result) {
                ++completed;
                if (!result && result.error().kind != RedisError::Kind::Closed)
                    ++wrong;
            });
        }
    }
    QCOMPARE(completed, count);
    QCOMPARE(wrong, 0);
}

QTEST_GUILESS_MAIN(TestRedisPubSub)
#include "tst_redispubsub.moc"
