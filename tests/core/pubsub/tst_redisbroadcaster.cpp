// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "broadcastermetrics_p.h"
#include "logcapture.h"
#include "redisbroadcaster.h"
#include "redisclient.h"
#include "rediscluster.h"
#include "redismetrics_p.h"
#include "redisserver.h"

#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <QUuid>

#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>

#include <arpa/inet.h>
#include <dirent.h>
#include <linux/filter.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;

RedisOptions optionsFor(const QString &url)
{
    RedisOptions options;
    const auto parsed = RedisUrl::parse(url);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().message));
    options.url = *parsed;
    options.maxReconnectDelay = 200ms;
    return options;
}

/// A server of an application, as far as it concerns the broadcaster: keeps what it receives.
class Instance
{
public:
    explicit Instance(const QString &url, RedisBroadcasterOptions options = {})
        : client(std::make_shared<RedisClient>(optionsFor(url)))
        , broadcaster(client, options)
    {
        broadcaster.subscribe([this](const BroadcastMessage &message) {
            static constexpr auto scopes = std::to_array({"global", "group", "user"});
            add(QString::fromLatin1(scopes[size_t(message.scope)]) + u' ' + message.group.value()
                + message.user.value() + u' ' + QString::fromUtf8(message.payload));
        });
        broadcaster.subscribeServerActions([this](const ServerActionMessage &message) {
            add(u"server_action "_s + message.user.value() + u' ' + message.action + u' '
                + toText(message.data));
        });
        broadcaster.subscribeGroupActions([this](const GroupActionMessage &message) {
            add(u"group_action "_s + message.group.value() + u' ' + message.action + u' '
                + toText(message.data));
        });
    }

    /// Waits until it gets what is sent to group "g" and user "u".
    [[nodiscard]] bool subscribe()
    {
        std::atomic<int> done = 0;
        const auto count = [&done] {
            ++done;
        };
        broadcaster.subscribeToGroup(GroupId(u"g"_s), count);
        broadcaster.subscribeToUser(UserId(u"u"_s), count);
        broadcaster.subscribeToServerAction(UserId(u"u"_s), count);
        return QTest::qWaitFor([&] { return done == 3; }, patience);
    }

    [[nodiscard]] QStringList received() const
    {
        const std::lock_guard lock(m_mutex);
        return m_received;
    }

    /// Waits for as many messages and some more, which must not come.
    [[nodiscard]] QStringList receivedAfter(qsizetype count) const
    {
        if (QTest::qWaitFor([&] { return received().size() >= count; }, patience))
            QTest::qWait(20);
        return received();
    }

    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_received.clear();
    }

    [[nodiscard]] const BroadcasterMetrics &metrics() const { return *broadcaster.metrics(); }

    std::shared_ptr<RedisClient> client;
    RedisBroadcaster broadcaster;

private:
    static QString toText(const QJsonObject &data)
    {
        return QString::fromUtf8(QJsonDocument(data).toJson(QJsonDocument::Compact));
    }

    void add(const QString &text)
    {
        const std::lock_guard lock(m_mutex);
        m_received << text;
    }

    mutable std::mutex m_mutex;
    QStringList m_received;
};

/// What redis-cli sees of our channels.
class Watcher
{
public:
    explicit Watcher(const RedisServer &server)
    {
        m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        m_process.start(u"redis-cli"_s,
                        {u"-p"_s, QString::number(server.port()), u"psubscribe"_s,
                         u"livetemplate:*"_s});
    }
    ~Watcher()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] bool isReady()
    {
        return QTest::qWaitFor([this] { return linesOf("psubscribe") == 1; }, patience);
    }

    /// The first @p count messages, as (channel, payload); probes are left out.
    [[nodiscard]] QList<std::pair<QByteArray, QByteArray>> messages(qsizetype count)
    {
        QList<std::pair<QByteArray, QByteArray>> found;
        const auto hasAll = [&] {
            found.clear();
            read();
            const QByteArrayList lines = m_output.split('\n');
            for (qsizetype i = 0; i + 4 < lines.size(); ++i) {
                if (lines[i] == "pmessage" && !lines[i + 2].startsWith("livetemplate:probe:"))
                    found.emplaceBack(lines[i + 2], lines[i + 3]);
            }
            return found.size() >= count;
        };
        return QTest::qWaitFor(hasAll, patience) ? found : decltype(found)();
    }

private:
    void read() { m_output += m_process.readAllStandardOutput(); }

    [[nodiscard]] qsizetype linesOf(const QByteArray &word)
    {
        read();
        return m_output.split('\n').count(word);
    }

    QProcess m_process;
    QByteArray m_output;
};

/// How many subscribe to a channel.
int subscribers(const RedisServer &server, const QString &channel)
{
    return server.cli({u"pubsub"_s, u"numsub"_s, channel}).split('\n').value(1).toInt();
}

const GroupId group(u"g"_s);
const UserId user(u"u"_s);

} // namespace

/// Two servers of ours, and servers in Go as far as redis-cli can play them, on a real Redis.
class TestRedisBroadcaster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void reachesTheOther();
    void asRedisSeesIt();
    void fromOtherServers_data();
    void fromOtherServers();
    void notUnderstood_data();
    void notUnderstood();
    void floodOfNonsenseIsOneLine();
    void onlyForThoseWhoAreHere();
    void topicsAreDropped();
    void tooLarge();
    void tooLargeIsRefusedWhenReceived();
    void emptyTargets();
    void sequenceGrowsOverThreads();
    void burstIsFewWrites();
    void tooManyWait();
    void callingThreadPaysLittle();
    void subscribedOnceHoweverOften();
    void lingers();
    void lingersForEver();
    void reconnects();
    void doneWithoutRedis();
    void doneWhenRedisHangs();
    void publishedWhenRedisIsBack();
    void lostPublishesAreOneLine();
    void probesMeasureTheLag();
    void deadLinkIsMadeAnew();
    void closed();
    void handlersEndWithTheCall();
    void destroyedInTheMidst();
    void cluster_data();
    void cluster();

private:
    [[nodiscard]] QString url() const { return m_server.url(); }

    RedisServer m_server;
};

void TestRedisBroadcaster::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log());
}

void TestRedisBroadcaster::init()
{
    if (!m_server.isRunning())
        QVERIFY2(m_server.start(), m_server.log());
}

void TestRedisBroadcaster::reachesTheOther()
{
    Instance first(url());
    Instance second(url());
    QVERIFY(first.subscribe());
    QVERIFY(second.subscribe());
    QVERIFY(first.broadcaster.instanceId() != second.broadcaster.instanceId());
    QCOMPARE(QUuid::fromString(first.broadcaster.instanceId()).version(), QUuid::Random);
    const QJsonObject data{{u"by"_s, 2}};
    QVERIFY(first.broadcaster.publishGlobal(R"({"a":1})"));
    QVERIFY(first.broadcaster.publishToGroup(group, R"({"a":2})"));
    QVERIFY(first.broadcaster.publishToUser(user, R"({"a":3})"));
    QVERIFY(first.broadcaster.publishServerAction(user, u"tick"_s, data));
    QVERIFY(first.broadcaster.publishGroupAction(group, u"Increment"_s, data));
    QVERIFY(first.broadcaster.publishGroupAction(group, u"Reset"_s, {}));
    const QStringList expected{u"global  {\"a\":1}"_s,
                               u"group g {\"a\":2}"_s,
                               u"user u {\"a\":3}"_s,
                               u"server_action u tick {\"by\":2}"_s,
                               u"group_action g Increment {\"by\":2}"_s,
                               u"group_action g Reset {}"_s};
    QCOMPARE(second.receivedAfter(6), expected);
    QCOMPARE(second.metrics().received.value(), 6U);
    QCOMPARE(first.metrics().published.value(), 6U);
    QTRY_COMPARE(first.metrics().droppedOwn.value(), 6U);
    QCOMPARE(first.received(), QStringList());
    QCOMPARE(first.metrics().publishesWaiting.value(), 0);
}

void TestRedisBroadcaster::asRedisSeesIt()
{
    Instance instance(url());
    Watcher watcher(m_server);
    QVERIFY(watcher.isReady());
    const QJsonObject data{{u"by"_s, 2}};
    QVERIFY(instance.broadcaster.publishGlobal(R"({"Counter":5})"));
    QVERIFY(instance.broadcaster.publishToGroup(group, "{}"));
    QVERIFY(instance.broadcaster.publishToUser(user, "{}"));
    QVERIFY(instance.broadcaster.publishServerAction(user, u"tick"_s, data));
    QVERIFY(instance.broadcaster.publishServerAction(user, u"tick"_s, {}));
    QVERIFY(instance.broadcaster.publishGroupAction(group, u"Increment"_s, data));
    QVERIFY(instance.broadcaster.publishGroupAction(group, u"Increment"_s, {}));
    const QList<std::pair<QByteArray, QByteArray>> expected{
        {"livetemplate:broadcast:global",
         R"({"type":"broadcast","payload":"eyJDb3VudGVyIjo1fQ==",ORIGIN,"scope":"global"})"},
        {"livetemplate:broadcast:group:g",
         R"({"type":"broadcast","groupID":"g","payload":"e30=",ORIGIN,"scope":"group"})"},
        {"livetemplate:broadcast:user:u",
         R"({"type":"broadcast","userID":"u","payload":"e30=",ORIGIN,"scope":"user"})"},
        {"livetemplate:action:user:u",
         R"({"type":"server_action","userID":"u","action":"tick","data":{"by":2},ORIGIN})"},
        {"livetemplate:action:user:u",
         R"({"type":"server_action","userID":"u","action":"tick",ORIGIN})"},
        {"livetemplate:groupaction:group:g",
         R"({"type":"group_action","groupID":"g","action":"Increment","data":{"by":2},"seq":1,ORIGIN})"},
        {"livetemplate:groupaction:group:g",
         R"({"type":"group_action","groupID":"g","action":"Increment","seq":2,ORIGIN})"}};
    static const QRegularExpression origin(
        uR"re("timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z","instanceID":"([-0-9a-f]{36})")re"_s);
    const auto found = watcher.messages(expected.size());
    QCOMPARE(found.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        QCOMPARE(found[i].first, expected[i].first);
        QString payload = QString::fromUtf8(found[i].second);
        const auto match = origin.match(payload);
        QVERIFY2(match.hasMatch(), qPrintable(payload));
        QCOMPARE(match.captured(1), instance.broadcaster.instanceId());
        payload.replace(match.capturedStart(), match.capturedLength(), u"ORIGIN"_s);
        QCOMPARE(payload, QString::fromUtf8(expected[i].second));
    }
}

void TestRedisBroadcaster::fromOtherServers_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *channel, const char *json,
                        const char *expected) {
        QTest::newRow(name) << u"livetemplate:"_s + QString::fromLatin1(channel)
                            << QString::fromUtf8(json) << QString::fromUtf8(expected);
    };
#define ORIGIN \
    R"("timestamp":"2026-01-02T03:04:05.678901234+02:00","instanceID":"5b2f6a52-8b0c-4a53-9e0c-3f1d6c8e9a10")"
    row("global", "broadcast:global",
        R"({"type":"broadcast","payload":"eyJDb3VudGVyIjo1fQ==",)" ORIGIN R"(,"scope":"global"})",
        R"(global  {"Counter":5})");
    row("group", "broadcast:group:g",
        R"({"type":"broadcast","groupID":"g","payload":"eyJDb3VudGVyIjo1fQ==",)" ORIGIN
        R"(,"scope":"group"})",
        R"(group g {"Counter":5})");
    row("user", "broadcast:user:u",
        R"({"type":"broadcast","userID":"u","payload":"e30=",)" ORIGIN R"(,"scope":"user"})",
        "user u {}");
    row("server action", "action:user:u",
        R"({"type":"server_action","userID":"u","action":"tick","data":{"n":1.5},)" ORIGIN "}",
        R"(server_action u tick {"n":1.5})");
    row("server action without data", "action:user:u",
        R"({"type":"server_action","userID":"u","action":"tick",)" ORIGIN "}",
        "server_action u tick {}");
    row("group action", "groupaction:group:g",
        R"({"type":"group_action","groupID":"g","action":"Increment","data":{"by":2},"seq":17,)" ORIGIN
        "}",
        R"(group_action g Increment {"by":2})");
    row("group action before 0.9.2", "groupaction:group:g",
        R"({"type":"group_action","groupID":"g","action":"Increment",)" ORIGIN "}",
        "group_action g Increment {}");
    row("group action by the global channel, before 0.8.5", "broadcast:global",
        R"({"type":"group_action","groupID":"g","action":"Increment",)" ORIGIN "}",
        "group_action g Increment {}");
    row("server action by the global channel, before 0.8.5", "broadcast:global",
        R"({"type":"server_action","userID":"u","action":"tick",)" ORIGIN "}",
        "server_action u tick {}");
    row("umlauts and emoji", "groupaction:group:g",
        R"({"type":"group_action","groupID":"g","action":"größer😀","data":{"ä":"\u00fc"},)" ORIGIN
        "}",
        R"(group_action g größer😀 {"ä":"ü"})");
#undef ORIGIN
}

void TestRedisBroadcaster::fromOtherServers()
{
    QFETCH(QString, channel);
    QFETCH(QString, json);
    QFETCH(QString, expected);
    Instance instance(url());
    QVERIFY(instance.subscribe());
    QCOMPARE(m_server.cli({u"publish"_s, channel, json}), "1");
    QCOMPARE(instance.receivedAfter(1), QStringList{expected});
    QCOMPARE(instance.metrics().droppedMalformed.value(), 0U);
}

void TestRedisBroadcaster::notUnderstood_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("no JSON") << u"hello"_s;
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("array") << u"[]"_s;
    QTest::newRow("unknown type") << uR"({"type":"farewell"})"_s;
    QTest::newRow("bad base64") << uR"({"type":"broadcast","payload":"!","scope":"global"})"_s;
    QTest::newRow("bad timestamp")
        << uR"({"type":"group_action","groupID":"g","action":"a","timestamp":"today"})"_s;
    QTest::newRow("deep") << QString(50'000, u'[');
}

void TestRedisBroadcaster::notUnderstood()
{
    QFETCH(QString, json);
    Instance instance(url());
    QVERIFY(instance.subscribe());
    const LogCapture log("livetemplate.pubsub");
    m_server.run({u"publish"_s, u"livetemplate:groupaction:group:g"_s, json});
    QTRY_COMPARE(instance.metrics().droppedMalformed.value(), 1U);
    QCOMPARE(log.lines(u"not understood"_s).size(), 1);
    // And it goes on.
    m_server.run({u"publish"_s, u"livetemplate:groupaction:group:g"_s,
                  uR"({"type":"group_action","groupID":"g","action":"a"})"_s});
    QCOMPARE(instance.receivedAfter(1), QStringList{u"group_action g a {}"_s});
}

void TestRedisBroadcaster::floodOfNonsenseIsOneLine()
{
    Instance instance(url());
    std::atomic<bool> done = false;
    const GroupId secret(u"secret0123456789"_s);
    instance.broadcaster.subscribeToGroup(secret, [&] { done = true; });
    QTRY_VERIFY(done);
    const LogCapture log("livetemplate.pubsub");
    m_server.run({u"eval"_s, u"for i=1,1000 do redis.call('publish',ARGV[1],'{') end"_s, u"0"_s,
                  u"livetemplate:broadcast:group:"_s + secret.value()});
    QTRY_COMPARE(instance.metrics().droppedMalformed.value(), 1000U);
    const QStringList lines = log.lines(u"not understood"_s);
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines.first().contains(secret.shortened()), qPrintable(lines.first()));
    QVERIFY2(!lines.first().contains(secret.value()), qPrintable(lines.first()));
}

void TestRedisBroadcaster::onlyForThoseWhoAreHere()
{
    Instance instance(url());
    QVERIFY(instance.subscribe());
    const QString channel = u"livetemplate:broadcast:global"_s;
    for (const QString &json :
         {uR"({"type":"group_action","groupID":"other","action":"a"})"_s,
          uR"({"type":"server_action","userID":"other","action":"a"})"_s,
          uR"({"type":"broadcast","groupID":"other","payload":"e30=","scope":"group"})"_s,
          uR"({"type":"broadcast","userID":"other","payload":"e30=","scope":"user"})"_s})
        m_server.run({u"publish"_s, channel, json});
    QTRY_COMPARE(instance.metrics().droppedUnknownTarget.value(), 4U);
    // A channel stays subscribed to for a while after its group has gone.
    instance.broadcaster.unsubscribeFromGroup(group);
    m_server.run({u"publish"_s, u"livetemplate:groupaction:group:g"_s,
                  uR"({"type":"group_action","groupID":"g","action":"a"})"_s});
    QTRY_COMPARE(instance.metrics().droppedUnknownTarget.value(), 5U);
    QCOMPARE(instance.received(), QStringList());
}

void TestRedisBroadcaster::topicsAreDropped()
{
    Instance instance(url());
    QVERIFY(instance.subscribe());
    const LogCapture log("livetemplate.pubsub");
    m_server.run(
        {u"publish"_s, u"livetemplate:broadcast:global"_s,
         uR"({"type":"topic_action","groupID":"","topic":"room/1","action":"a","seq":1})"_s});
    QTRY_COMPARE(instance.metrics().droppedTopics.value(), 1U);
    QCOMPARE(instance.received(), QStringList());
    QCOMPARE(log.lines(), QStringList());
}

void TestRedisBroadcaster::tooLarge()
{
    RedisBroadcasterOptions options;
    options.maxMessageSize = 100'000;
    Instance first(url(), options);
    Instance second(url(), options);
    QVERIFY(second.subscribe());
    const Broadcaster::Published refused = std::unexpected(Broadcaster::PublishError::TooLarge);
    const QByteArray large(100'000, ' ');
    const QJsonObject largeData{{u"a"_s, QString(100'000, u'x')}};
    QVERIFY(first.broadcaster.publishGlobal(large) == refused);
    QVERIFY(first.broadcaster.publishToGroup(group, large) == refused);
    QVERIFY(first.broadcaster.publishToUser(user, large) == refused);
    QVERIFY(first.broadcaster.publishServerAction(user, u"a"_s, largeData) == refused);
    QVERIFY(first.broadcaster.publishGroupAction(group, u"a"_s, largeData) == refused);
    // Whose escapes make it too large, is seen later.
    const LogCapture log("livetemplate.pubsub");
    QVERIFY(first.broadcaster.publishGroupAction(group, u"a"_s, {{u"a"_s, QString(90'000, u'"')}}));
    QTRY_COMPARE(first.metrics().publishErrors.value(), 1U);
    QCOMPARE(log.lines(u"could not be published"_s).size(), 1);

    QVERIFY(first.broadcaster.publishGlobal(QByteArray(74'000, ' ')));
    QCOMPARE(second.receivedAfter(1).value(0).size(), 74'000 + qsizetype(qstrlen("global  ")));
}

void TestRedisBroadcaster::tooLargeIsRefusedWhenReceived()
{
    RedisBroadcasterOptions options;
    options.maxMessageSize = 10'000;
    Instance instance(url(), options);
    QVERIFY(instance.subscribe());
    const LogCapture log("livetemplate.pubsub");
    m_server.run({u"publish"_s, u"livetemplate:groupaction:group:g"_s,
                  uR"({"type":"group_action","groupID":"g","action":")"_s + QString(10'000, u'a')
                      + u"\"}"_s});
    QTRY_COMPARE(instance.metrics().droppedMalformed.value(), 1U);
    QCOMPARE(log.lines(u"bytes"_s).size(), 1);
    QCOMPARE(instance.received(), QStringList());
}

void TestRedisBroadcaster::emptyTargets()
{
    Instance instance(url());
    RedisBroadcaster &broadcaster = instance.broadcaster;
    const Broadcaster::Published refused = std::unexpected(Broadcaster::PublishError::BadTarget);
    QVERIFY(broadcaster.publishToGroup(GroupId(), "{}") == refused);
    QVERIFY(broadcaster.publishToUser(UserId(), "{}") == refused);
    QVERIFY(broadcaster.publishServerAction(UserId(), u"a"_s, {}) == refused);
    QVERIFY(broadcaster.publishServerAction(user, {}, {}) == refused);
    QVERIFY(broadcaster.publishGroupAction(GroupId(), u"a"_s, {}) == refused);
    QVERIFY(broadcaster.publishGroupAction(group, {}, {}) == refused);
    int done = 0;
    broadcaster.subscribeToUser(UserId(), [&] { ++done; });
    QCOMPARE(done, 1);
    broadcaster.unsubscribeFromUser(UserId());
    broadcaster.unsubscribeFromGroup(group); // never subscribed to
}

void TestRedisBroadcaster::sequenceGrowsOverThreads()
{
    constexpr int perThread = 500;
    Instance instance(url());
    Watcher watcher(m_server);
    QVERIFY(watcher.isReady());
    {
        std::vector<std::jthread> shards;
        for (int shard = 0; shard < 4; ++shard) {
            shards.emplace_back([&, shard] {
                for (int i = 0; i < perThread; ++i) {
                    instance.broadcaster
                        .publishGroupAction(group, QString::number(shard), {{u"n"_s, i}})
                        .value();
                }
            });
        }
    }
    const auto messages = watcher.messages(4 * perThread);
    QCOMPARE(messages.size(), 4 * perThread);
    QHash<QString, int> next;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const QJsonObject message = QJsonDocument::fromJson(messages[i].second).object();
        QCOMPARE(message.value("seq"_L1).toInteger(), i + 1);
        // Each thread's messages keep their order.
        const QString shard = message.value("action"_L1).toString();
        QCOMPARE(message.value("data"_L1).toObject().value("n"_L1).toInt(), next[shard]++);
    }
}

void TestRedisBroadcaster::burstIsFewWrites()
{
    constexpr int count = 5000;
    RedisBroadcasterOptions options;
    options.probeInterval = 0ms;
    Instance instance(url(), options);
    QTRY_VERIFY(instance.client->isConnected());
    const auto reads = [&] {
        return RedisServer::field(m_server.cli({u"info"_s, u"stats"_s}), "total_reads_processed")
            .toLongLong();
    };
    std::atomic<bool> mayGoOn = false;
    const qint64 before = reads();
    instance.client->post([&] { mayGoOn.wait(false); });
    {
        std::vector<std::jthread> shards;
        for (int shard = 0; shard < 4; ++shard) {
            shards.emplace_back([&] {
                for (int i = 0; i < count / 4; ++i)
                    instance.broadcaster.publishGroupAction(group, u"a"_s, {}).value();
            });
        }
    }
    mayGoOn = true;
    mayGoOn.notify_all();
    QTRY_COMPARE(instance.metrics().published.value(), quint64(count));
    // About a megabyte, of which Redis takes 16 KB at a time.
    const qint64 needed = reads() - before;
    QVERIFY2(needed < count / 10, qPrintable(QString::number(needed)));
    qInfo("%d messages were read in %lld pieces", count, static_cast<long long>(needed));
}

void TestRedisBroadcaster::tooManyWait()
{
    constexpr int limit = 50'000;
    Instance instance(url());
    QTRY_VERIFY(instance.client->isConnected());
    const LogCapture log("livetemplate.pubsub");
    std::atomic<bool> mayGoOn = false;
    instance.client->post([&] { mayGoOn.wait(false); });
    for (int i = 0; i < limit + 10; ++i)
        QVERIFY(instance.broadcaster.publishGroupAction(group, u"a"_s, {}));
    mayGoOn = true;
    mayGoOn.notify_all();
    QTRY_COMPARE_WITH_TIMEOUT(instance.metrics().published.value(), quint64(limit), patience);
    QCOMPARE(instance.metrics().publishErrors.value(), 10U);
    QCOMPARE(instance.metrics().publishesWaiting.value(), 0);
    QCOMPARE(log.lines(u"10 messages for other servers could not be published"_s).size(), 1);
}

void TestRedisBroadcaster::callingThreadPaysLittle()
{
    Instance instance(url());
    QTRY_VERIFY(instance.client->isConnected());
    const QJsonObject data{{u"by"_s, 1}};
    const GroupId longGroup(u"aB3-_xyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXY="_s);
    // For the eye; a machine may be as slow as it likes.
    QBENCHMARK {
        QVERIFY(instance.broadcaster.publishGroupAction(longGroup, u"increment"_s, data));
    }
    QTRY_COMPARE(instance.metrics().publishesWaiting.value(), 0);
}

void TestRedisBroadcaster::subscribedOnceHoweverOften()
{
    Instance instance(url());
    std::atomic<int> done = 0;
    for (int i = 0; i < 10; ++i)
        instance.broadcaster.subscribeToGroup(group, [&] { ++done; });
    QTRY_COMPARE(done, 10);
    QCOMPARE(subscribers(m_server, u"livetemplate:broadcast:group:g"_s), 1);
    QCOMPARE(subscribers(m_server, u"livetemplate:groupaction:group:g"_s), 1);
    Instance sender(url());
    QVERIFY(sender.broadcaster.publishGroupAction(group, u"a"_s, {}));
    QCOMPARE(instance.receivedAfter(1), QStringList{u"group_action g a {}"_s});
    // Each subscribe wants its unsubscribe.
    instance.clear();
    for (int i = 0; i < 9; ++i)
        instance.broadcaster.unsubscribeFromGroup(group);
    QVERIFY(sender.broadcaster.publishGroupAction(group, u"b"_s, {}));
    QCOMPARE(instance.receivedAfter(1), QStringList{u"group_action g b {}"_s});
}

void TestRedisBroadcaster::lingers()
{
    RedisBroadcasterOptions options;
    options.linger = 100ms;
    Instance instance(url(), options);
    QVERIFY(instance.subscribe());
    const QStringList channels{u"livetemplate:broadcast:group:g"_s,
                               u"livetemplate:groupaction:group:g"_s,
                               u"livetemplate:broadcast:user:u"_s, u"livetemplate:action:user:u"_s};
    for (const QString &channel : channels)
        QCOMPARE(subscribers(m_server, channel), 1);
    instance.broadcaster.unsubscribeFromGroup(group);
    instance.broadcaster.unsubscribeFromUser(user);
    instance.broadcaster.unsubscribeFromServerAction(user);
    for (const QString &channel : channels)
        QTRY_COMPARE(subscribers(m_server, channel), 0);
    QCOMPARE(subscribers(m_server, u"livetemplate:broadcast:global"_s), 1);
    // And again.
    QVERIFY(instance.subscribe());
    for (const QString &channel : channels)
        QCOMPARE(subscribers(m_server, channel), 1);
}

void TestRedisBroadcaster::lingersForEver()
{
    RedisBroadcasterOptions options;
    options.linger = 0ms;
    Instance instance(url(), options);
    QVERIFY(instance.subscribe());
    instance.broadcaster.unsubscribeFromGroup(group);
    QTest::qWait(300); // what is for ever is longer
    QCOMPARE(subscribers(m_server, u"livetemplate:broadcast:group:g"_s), 1);
    QCOMPARE(subscribers(m_server, u"livetemplate:groupaction:group:g"_s), 1);
}

void TestRedisBroadcaster::reconnects()
{
    Instance first(url());
    Instance second(url());
    QVERIFY(first.subscribe());
    QVERIFY(second.subscribe());
    for (int round = 0; round < 3; ++round) {
        const LogCapture log("livetemplate.pubsub");
        m_server.run({u"client"_s, u"kill"_s, u"type"_s, u"pubsub"_s});
        QTRY_COMPARE(log.lines(u"Reconnected successfully: dynamic_channels=4"_s).size(), 2);
        QVERIFY(first.broadcaster.publishGroupAction(group, u"a"_s, {}));
        QVERIFY(first.broadcaster.publishServerAction(user, u"b"_s, {}));
        QVERIFY(first.broadcaster.publishGlobal("c"));
        QCOMPARE(second.receivedAfter(3),
                 (QStringList{u"group_action g a {}"_s, u"server_action u b {}"_s,
                              u"global  c"_s}));
        second.clear();
    }
    QCOMPARE(first.received(), QStringList());
}

void TestRedisBroadcaster::doneWithoutRedis()
{
    m_server.kill();
    Instance instance(url());
    std::atomic<int> done = 0;
    instance.broadcaster.subscribeToGroup(group, [&] { ++done; });
    QTRY_COMPARE(done, 1);
    // Somebody who comes later waits no longer.
    instance.broadcaster.subscribeToUser(user, [&] { ++done; });
    QTRY_COMPARE(done, 2);
    QVERIFY2(m_server.start(), m_server.log());
    QTRY_COMPARE_WITH_TIMEOUT(subscribers(m_server, u"livetemplate:groupaction:group:g"_s), 1,
                              patience);
    m_server.run({u"publish"_s, u"livetemplate:groupaction:group:g"_s,
                  uR"({"type":"group_action","groupID":"g","action":"a"})"_s});
    QCOMPARE(instance.receivedAfter(1), QStringList{u"group_action g a {}"_s});
    QCOMPARE(done, 2);
}

void TestRedisBroadcaster::doneWhenRedisHangs()
{
    Instance instance(url());
    QVERIFY(instance.subscribe());
    m_server.freeze();
    std::atomic<int> done = 0;
    for (int i = 0; i < 100; ++i)
        instance.broadcaster.subscribeToGroup(GroupId(QString::number(i)), [&] { ++done; });
    // Long before the time-outs of Redis' own connections.
    const bool isDone = QTest::qWaitFor([&] { return done == 100; }, 3s);
    m_server.thaw();
    QVERIFY(isDone);
    QTRY_COMPARE(subscribers(m_server, u"livetemplate:groupaction:group:99"_s), 1);
    QCOMPARE(done, 100);
}

void TestRedisBroadcaster::publishedWhenRedisIsBack()
{
    Instance instance(url());
    QTRY_VERIFY(instance.client->isConnected());
    m_server.kill();
    QTRY_VERIFY(!instance.client->isConnected());
    QVERIFY(instance.broadcaster.publishGroupAction(group, u"a"_s, {}));
    QVERIFY2(m_server.start(), m_server.log());
    QTRY_COMPARE_WITH_TIMEOUT(instance.metrics().published.value(), 1U, patience);
    QCOMPARE(instance.metrics().publishErrors.value(), 0U);
}

void TestRedisBroadcaster::lostPublishesAreOneLine()
{
    Instance instance(url());
    QTRY_VERIFY(instance.client->isConnected());
    m_server.kill();
    QTRY_VERIFY(!instance.client->isConnected());
    const LogCapture log("livetemplate.pubsub");
    for (int i = 0; i < 100; ++i)
        QVERIFY(instance.broadcaster.publishGroupAction(group, u"a"_s, {}));
    QTRY_COMPARE_WITH_TIMEOUT(instance.metrics().publishErrors.value(), 100U, patience);
    QCOMPARE(log.lines(u"could not be published"_s).size(), 1);
    QCOMPARE(instance.metrics().publishesWaiting.value(), 0);
}

void TestRedisBroadcaster::probesMeasureTheLag()
{
    RedisBroadcasterOptions options;
    options.probeInterval = 20ms;
    Instance instance(url(), options);
    Instance other(url(), options);
    QTRY_VERIFY(instance.metrics().lastLag.value() > 0);
    Distribution::Counts counts{};
    const auto samples = [&] {
        counts = {};
        instance.metrics().lag.addTo(counts);
        return Distribution::count(counts);
    };
    QTRY_VERIFY(samples() >= 5);
    QCOMPARE(instance.metrics().deadLinks.value(), 0U);
    // Probes reach nobody else, and are no messages.
    QCOMPARE(other.metrics().received.value(), 0U);
    QCOMPARE(other.metrics().droppedUnknownTarget.value(), 0U);
    QCOMPARE(instance.metrics().received.value(), 0U);
    QCOMPARE(instance.metrics().droppedOwn.value(), 0U);
}

void TestRedisBroadcaster::deadLinkIsMadeAnew()
{
    RedisBroadcasterOptions options;
    options.probeInterval = 100ms;
    Instance instance(url(), options);
    QVERIFY(instance.subscribe());
    QTRY_VERIFY(instance.metrics().lastLag.value() > 0);

    // Our end of the channels' connection: from now on the kernel drops all that comes.
    const QByteArray list = m_server.cli({u"client"_s, u"list"_s, u"type"_s, u"pubsub"_s});
    static const QRegularExpression address(u"\\baddr=127\\.0\\.0\\.1:(\\d+)"_s);
    QList<int> ports;
    for (auto it = address.globalMatch(QString::fromUtf8(list)); it.hasNext();)
        ports << it.next().captured(1).toInt();
    QCOMPARE(ports.size(), 1);
    bool isDeaf = false;
    for (int descriptor = 0; descriptor < 1024; ++descriptor) {
        sockaddr_in name{};
        socklen_t size = sizeof name;
        if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&name), &size) != 0
            || name.sin_family != AF_INET || ntohs(name.sin_port) != ports.first())
            continue;
        sock_filter dropAll{.code = BPF_RET | BPF_K, .jt = 0, .jf = 0, .k = 0};
        const sock_fprog program{.len = 1, .filter = &dropAll};
        isDeaf = ::setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program)
            == 0;
    }
    QVERIFY(isDeaf);

    const LogCapture log("livetemplate.pubsub");
    QTRY_COMPARE_WITH_TIMEOUT(instance.metrics().deadLinks.value(), 1U, patience);
    QTRY_COMPARE(log.lines(u"Reconnected successfully: dynamic_channels=4"_s).size(), 1);
    QCOMPARE(log.lines(u"Nothing came back"_s).size(), 1);
    QVERIFY(instance.metrics().probesLost.value() >= 3);
    m_server.run({u"publish"_s, u"livetemplate:groupaction:group:g"_s,
                  uR"({"type":"group_action","groupID":"g","action":"a"})"_s});
    QCOMPARE(instance.receivedAfter(1), QStringList{u"group_action g a {}"_s});
}

void TestRedisBroadcaster::closed()
{
    RedisBroadcasterOptions options;
    options.linger = 50ms;
    Instance instance(url(), options);
    QVERIFY(instance.subscribe());
    instance.broadcaster.close();
    instance.broadcaster.close();
    const auto published = instance.broadcaster.publishGlobal("{}");
    QVERIFY(!published);
    QCOMPARE(published.error(), Broadcaster::PublishError::Closed);
    int done = 0;
    instance.broadcaster.subscribeToGroup(group, [&] { ++done; });
    QCOMPARE(done, 1);
    for (const QString &channel :
         {u"livetemplate:broadcast:global"_s, u"livetemplate:broadcast:group:g"_s,
          u"livetemplate:action:user:u"_s})
        QTRY_COMPARE(subscribers(m_server, channel), 0);
    // The client can serve another one.
    RedisBroadcaster next(instance.client, options);
    QTRY_COMPARE(subscribers(m_server, u"livetemplate:broadcast:global"_s), 1);
    QCOMPARE(instance.received(), QStringList());
}

void TestRedisBroadcaster::handlersEndWithTheCall()
{
    Instance sender(url());
    Instance receiver(url());
    QVERIFY(receiver.subscribe());
    const std::jthread publisher([&](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            sender.broadcaster.publishGlobal("x").value();
            std::this_thread::sleep_for(20us);
        }
    });
    for (int i = 0; i < 50; ++i) {
        std::atomic<bool> isReplaced = false;
        std::atomic<int> count = 0;
        receiver.broadcaster.subscribe([&](const auto &) {
            if (isReplaced)
                qFatal("the handler ran after it was replaced");
            ++count;
        });
        QTRY_VERIFY(count > 0);
        receiver.broadcaster.subscribe({});
        isReplaced = true;
    }
}

void TestRedisBroadcaster::destroyedInTheMidst()
{
    Instance sender(url());
    const std::jthread publisher([&](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            sender.broadcaster.publishGlobal("x").value();
            std::this_thread::sleep_for(20us);
        }
    });
    for (int i = 0; i < 20; ++i) {
        auto client = std::make_shared<RedisClient>(optionsFor(url()));
        std::atomic<int> received = 0;
        std::atomic<int> done = 0;
        {
            RedisBroadcaster broadcaster(client);
            if (i % 2 == 0)
                client.reset(); // the broadcaster is the last that keeps it
            broadcaster.subscribe([&](const auto &) { ++received; });
            for (int group = 0; group < 10; ++group)
                broadcaster.subscribeToGroup(GroupId(QString::number(group)), [&] { ++done; });
            broadcaster.publishGlobal("y").value();
            if (i % 4 < 2)
                QTRY_VERIFY(received > 0);
        }
        // Nobody is left waiting.
        QCOMPARE(done, 10);
    }
}

void TestRedisBroadcaster::cluster_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("isSharded");
    QTest::newRow("classic channels") << u""_s << false;
    QTest::newRow("shard channels") << u"?sharded=1"_s << true;
}

void TestRedisBroadcaster::cluster()
{
    QFETCH(QString, query);
    QFETCH(bool, isSharded);
    RedisCluster cluster;
    QVERIFY(cluster.start());
    RedisBroadcasterOptions options;
    options.probeInterval = 50ms;
    Instance first(cluster.url() + query, options);
    Instance second(cluster.url() + query, options);
    std::atomic<int> done = 0;
    constexpr int groups = 50;
    for (int i = 0; i < groups; ++i)
        second.broadcaster.subscribeToGroup(GroupId(QString::number(i)), [&] { ++done; });
    QTRY_COMPARE(done, groups);
    // A page does not wait for ever, but these shall be there.
    int shardChannels = 0;
    const auto countShardChannels = [&] {
        shardChannels = 0;
        for (int node = 0; node < cluster.nodeCount(); ++node) {
            const QByteArray list = cluster.node(node).cli({u"pubsub"_s, u"shardchannels"_s});
            shardChannels += list.isEmpty() ? 0 : int(list.split('\n').size());
        }
        return shardChannels;
    };
    QTRY_COMPARE(countShardChannels(), isSharded ? 2 * groups : 0);
    QTRY_VERIFY(second.metrics().lastLag.value() > 0);
    QTRY_VERIFY(first.client->isConnected());

    for (int i = 0; i < groups; ++i)
        QVERIFY(first.broadcaster.publishGroupAction(GroupId(QString::number(i)), u"a"_s, {}));
    QVERIFY(first.broadcaster.publishToGroup(GroupId(u"7"_s), "{}"));
    QVERIFY(first.broadcaster.publishGlobal("{}"));
    QStringList received = second.receivedAfter(groups + 2);
    received.sort();
    QStringList expected{u"global  {}"_s, u"group 7 {}"_s};
    for (int i = 0; i < groups; ++i)
        expected << u"group_action %1 a {}"_s.arg(i);
    expected.sort();
    QCOMPARE(received, expected);
    QCOMPARE(first.metrics().publishErrors.value(), 0U);
    QCOMPARE(second.metrics().deadLinks.value(), 0U);
}

QTEST_GUILESS_MAIN(TestRedisBroadcaster)
#include "tst_redisbroadcaster.moc"
