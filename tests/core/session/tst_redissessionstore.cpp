// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "logcapture.h"
#include "redisclient.h"
#include "rediscluster.h"
#include "redisserver.h"
#include "redissessionstore.h"
#include "sessionstoremetrics_p.h"
#include "tcpproxy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;

using Result = std::optional<QJsonObject>;

std::shared_ptr<RedisClient> clientFor(const QString &url)
{
    RedisOptions options;
    const auto parsed = RedisUrl::parse(url);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().message));
    options.url = *parsed;
    options.maxReconnectDelay = 200ms;
    return std::make_shared<RedisClient>(options);
}

/// A store as a server of an application has it.
class Store
{
public:
    explicit Store(const QString &url, RedisSessionStoreOptions options = {})
        : client(clientFor(url))
        , store(std::make_unique<RedisSessionStore>(client, options))
    {
    }

    [[nodiscard]] bool isConnected() const
    {
        return QTest::qWaitFor([this] { return client->isConnected(); }, patience);
    }

    [[nodiscard]] Result load(const SessionKey &key) const
    {
        std::promise<Result> promise;
        auto future = promise.get_future();
        store->load(key, [&](Result loaded) { promise.set_value(std::move(loaded)); });
        return future.get();
    }

    /// What is wrong; empty when nothing is.
    [[nodiscard]] QString ping() const
    {
        std::promise<QString> promise;
        auto future = promise.get_future();
        store->ping(
            [&](const auto &result) { promise.set_value(result ? QString() : result.error()); });
        return future.get();
    }

    [[nodiscard]] const SessionStoreMetrics &metrics() const { return *store->metrics(); }

    std::shared_ptr<RedisClient> client;
    std::unique_ptr<RedisSessionStore> store;
};

/// Whoever saves meanwhile waits for a Redis that hangs no longer than that.
RedisSessionStoreOptions impatient()
{
    RedisSessionStoreOptions options;
    options.operationTimeout = 300ms;
    return options;
}

QJsonObject state(int value)
{
    return {{u"value"_s, value}};
}

/// Calls of a command since CONFIG RESETSTAT.
qint64 calls(const RedisServer &server, const QString &command)
{
    const QString all = QString::fromUtf8(server.cli({u"info"_s, u"commandstats"_s}));
    const QRegularExpression line(u"cmdstat_%1:calls=(\\d+)"_s.arg(command));
    return line.match(all).captured(1).toLongLong();
}

const SessionKey key{GroupId(u"g"_s), u"/"_s};
const QString redisKey = u"livetemplate:session:g"_s;

} // namespace

/// What only this store does; what all do is in tst_sessionstores.
class TestRedisSessionStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void asRedisSeesIt();
    void fromGoServers_data();
    void fromGoServers();
    void stringsOfTheOldFormAreRemoved();
    void otherTypesAreLeftAlone();
    void newerStateOfGoStays();
    void newerStateOfOursStays();
    void revisionFromTheFarFutureDoesNotWin();
    void failoverThatLostTheNewer();
    void olderStateIsReplacedWhole();
    void useLengthensTheTimeToLive();
    void savesOfOneKeyAreDrawnTogether();
    void scriptsThatWereFlushed();
    void withoutPermissionForScripts();
    void ownWriteIsSeenWhileRedisHangs();
    void loadWaitsForTheFirstConnection();
    void retriesWhileRedisLoads();
    void goesOnFromMemory();
    void goesOnFromMemoryWhenRedisHangs();
    void shortLossIsWaitedOut();
    void writesBackMany();
    void removalWhileRedisIsGone();
    void writeBackKeepsWhatIsNewer();
    void passwordChanged();
    void memoryFull();
    void memoryIsBounded();
    void withoutFallback();
    void flush();
    void loadsAreAnsweredWhenTheStoreEnds();
    void cluster();

private:
    [[nodiscard]] QByteArray cli(const QStringList &arguments) const
    {
        return m_server.cli(arguments);
    }
    [[nodiscard]] QByteArray stateInRedis() const { return cli({u"hget"_s, redisKey, u"state"_s}); }

    RedisServer m_server{RedisServer::Options{.isPersistent = true}};
};

void TestRedisSessionStore::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log());
}

void TestRedisSessionStore::init()
{
    QVERIFY2(m_server.start(), m_server.log());
    m_server.run({u"flushall"_s});
    m_server.run({u"config"_s, u"resetstat"_s});
}

void TestRedisSessionStore::asRedisSeesIt()
{
    const Store store(m_server.url());
    const qint64 before = QDateTime::currentSecsSinceEpoch();
    store.store->save(key, {{u"b"_s, 1}, {u"a"_s, u"ü"_s}});
    store.store->save({GroupId(u"g"_s), u"/other"_s}, state(2));
    QVERIFY(store.store->flush(patience));
    QByteArrayList keys = cli({u"keys"_s, u"*"_s}).split('\n');
    std::ranges::sort(keys);
    QCOMPARE(keys, (QByteArrayList{"livetemplate:session:g", "livetemplate:session:g:/other"}));
    QCOMPARE(stateInRedis(), R"({"a":"ü","b":1})");
    const QJsonObject meta = QJsonDocument::fromJson(cli({u"hget"_s, redisKey, u"_meta"_s}))
                                 .object();
    QCOMPARE(meta.keys(), (QStringList{u"updated_at"_s, u"version"_s}));
    QCOMPARE(meta.value("version"_L1), QJsonValue(u"2"_s));
    const qint64 updated = meta.value("updated_at"_L1).toInteger();
    QVERIFY(updated >= before && updated <= QDateTime::currentSecsSinceEpoch());
    const qint64 revision = cli({u"hget"_s, redisKey, u"rev"_s}).toLongLong();
    QVERIFY(revision >= before * 1'000'000);
    QCOMPARE(cli({u"hlen"_s, redisKey}), "3");
    const qint64 left = cli({u"pttl"_s, redisKey}).toLongLong();
    QVERIFY(left > 23LL * 3600 * 1000 && left <= 24LL * 3600 * 1000);
}

void TestRedisSessionStore::fromGoServers_data()
{
    QTest::addColumn<QStringList>("fields");
    QTest::addColumn<bool>("isRead");
    const QString meta = uR"({"version":"2","updated_at":1767323045})"_s;
    const QString object = uR"({"value":7})"_s;
    const auto row = [](const char *name, const QStringList &fields, bool isRead) {
        QTest::newRow(name) << fields << isRead;
    };
    row("object", {u"_meta"_s, meta, u"state"_s, object}, true);
    row("base64 of an object", {u"_meta"_s, meta, u"state"_s, u"\"eyJ2YWx1ZSI6N30=\""_s}, true);
    row("spaces",
        {u"state"_s, u" \n{ \"value\" : 7.0 }\n "_s, u"_meta"_s,
         u" { \"updated_at\" : 1, \"version\" : \"2\", \"more\" : [] }"_s},
        true);
    row("with a revision", {u"_meta"_s, meta, u"state"_s, object, u"rev"_s, u"1767323045000001"_s},
        true);
    row("with a revision that is none", {u"_meta"_s, meta, u"state"_s, object, u"rev"_s, u"x"_s},
        true);
    row("more fields", {u"_meta"_s, meta, u"state"_s, object, u"other"_s, u"{"_s}, true);
    row("no time", {u"_meta"_s, uR"({"version":"2"})"_s, u"state"_s, object}, true);
    row("odd time",
        {u"_meta"_s, uR"({"version":"2","updated_at":9223372036854775807})"_s, u"state"_s, object},
        true);
    row("version 1", {u"_meta"_s, uR"({"version":"1"})"_s, u"state"_s, object}, false);
    row("version 3", {u"_meta"_s, uR"({"version":"3"})"_s, u"state"_s, object}, false);
    row("version is a number", {u"_meta"_s, uR"({"version":2})"_s, u"state"_s, object}, false);
    row("no _meta", {u"state"_s, object}, false);
    row("broken _meta", {u"_meta"_s, u"{"_s, u"state"_s, object}, false);
    row("no state", {u"_meta"_s, meta}, false);
    row("empty state", {u"_meta"_s, meta, u"state"_s, u""_s}, false);
    row("broken state", {u"_meta"_s, meta, u"state"_s, u"{\"value\":"_s}, false);
    row("state is an array", {u"_meta"_s, meta, u"state"_s, u"[7]"_s}, false);
    row("state is a number", {u"_meta"_s, meta, u"state"_s, u"7"_s}, false);
    row("no base64", {u"_meta"_s, meta, u"state"_s, u"\"!!!!\""_s}, false);
    row("base64 of an array", {u"_meta"_s, meta, u"state"_s, u"\"Wzdd\""_s}, false);
    row("base64 of nonsense", {u"_meta"_s, meta, u"state"_s, u"\"AAAA\""_s}, false);
    row("two strings", {u"_meta"_s, meta, u"state"_s, u"\"e30=\",\"e30=\""_s}, false);
    row("string that does not end", {u"_meta"_s, meta, u"state"_s, u"\"e30="_s}, false);
    row("deep", {u"_meta"_s, meta, u"state"_s, uR"({"a":)"_s + QString(50'000, u'[')}, false);
}

void TestRedisSessionStore::fromGoServers()
{
    QFETCH(QStringList, fields);
    QFETCH(bool, isRead);
    m_server.run(QStringList{u"hset"_s, redisKey} + fields);
    const Store store(m_server.url());
    const LogCapture log("livetemplate.session");
    QCOMPARE(store.load(key), isRead ? Result(state(7)) : std::nullopt);
    QCOMPARE(log.lines(u"cannot be read"_s).size(), isRead ? 0 : 1);
    // Whatever was there, ours replaces it: it is newer.
    store.store->save(key, state(8));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(store.metrics().conflicts.value(), 0U);
    QCOMPARE(cli({u"hlen"_s, redisKey}), "3");
    QCOMPARE(store.load(key), Result(state(8)));
}

void TestRedisSessionStore::stringsOfTheOldFormAreRemoved()
{
    const Store store(m_server.url());
    const LogCapture log("livetemplate.session");
    for (int i = 0; i < 10; ++i) {
        const QString name = u"livetemplate:session:%1"_s.arg(i);
        m_server.run({u"set"_s, name, u"\u000f\u00ff\u0081\u0004gob"_s});
        m_server.run({u"set"_s, name + u":access"_s, u"1767323045"_s});
        QVERIFY(!store.load({GroupId(QString::number(i)), u"/"_s}));
    }
    QTRY_COMPARE(cli({u"dbsize"_s}), "0");
    QCOMPARE(log.lines().size(), 1);
    // One that is saved to before it is loaded.
    m_server.run({u"set"_s, redisKey, u"gob"_s});
    store.store->save(key, state(1));
    QCOMPARE(store.load(key), Result(state(1)));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(stateInRedis(), R"({"value":1})");
}

void TestRedisSessionStore::otherTypesAreLeftAlone()
{
    const Store store(m_server.url());
    m_server.run({u"lpush"_s, redisKey, u"x"_s});
    QVERIFY(!store.load(key));
    QVERIFY(!store.load(key));
    QCOMPARE(cli({u"type"_s, redisKey}), "list");
}

void TestRedisSessionStore::newerStateOfGoStays()
{
    const Store store(m_server.url());
    const qint64 future = QDateTime::currentSecsSinceEpoch() + 100;
    m_server.run({u"hset"_s, redisKey, u"_meta"_s,
                  u"{\"version\":\"2\",\"updated_at\":%1}"_s.arg(future), u"state"_s,
                  uR"({"value":7})"_s});
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(store.metrics().conflicts.value(), 1U);
    QCOMPARE(stateInRedis(), R"({"value":7})");
    QCOMPARE(store.load(key), Result(state(7)));
    // Having seen that one, the next is newer.
    store.store->save(key, state(2));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(store.metrics().conflicts.value(), 1U);
    QCOMPARE(stateInRedis(), R"({"value":2})");
}

void TestRedisSessionStore::newerStateOfOursStays()
{
    const Store store(m_server.url());
    const qint64 future = (QDateTime::currentSecsSinceEpoch() + 100) * 1'000'000;
    m_server.run({u"hset"_s, redisKey, u"_meta"_s, uR"({"version":"2","updated_at":1})"_s,
                  u"state"_s, uR"({"value":7})"_s, u"rev"_s, QString::number(future)});
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(store.metrics().conflicts.value(), 1U);
    QCOMPARE(store.load(key), Result(state(7)));
    store.store->save(key, state(2));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(stateInRedis(), R"({"value":2})");
    QCOMPARE(cli({u"hget"_s, redisKey, u"rev"_s}).toLongLong(), future + 1);
    // Of two of ours that take turns, each wins when it has seen the other's.
    const Store other(m_server.url());
    for (int i = 10; i < 20; ++i) {
        QVERIFY(other.load(key));
        other.store->save(key, state(i));
        QVERIFY(other.store->flush(patience));
        QCOMPARE(store.load(key), Result(state(i)));
        store.store->save(key, state(i + 100));
        QVERIFY(store.store->flush(patience));
        QCOMPARE(other.load(key), Result(state(i + 100)));
    }
    QCOMPARE(store.metrics().conflicts.value(), 1U);
    QCOMPARE(other.metrics().conflicts.value(), 0U);
}

void TestRedisSessionStore::revisionFromTheFarFutureDoesNotWin()
{
    const Store store(m_server.url());
    for (const QString &revision : {u"4102444800000000"_s, u"9223372036854775807"_s, u"1e300"_s,
                                    u"inf"_s, u"nan"_s, u"-5"_s, u""_s}) {
        m_server.run({u"hset"_s, redisKey, u"_meta"_s, uR"({"version":"2","updated_at":1})"_s,
                      u"state"_s, uR"({"value":7})"_s, u"rev"_s, revision});
        QCOMPARE(store.load(key), Result(state(7)));
        store.store->save(key, state(1));
        QVERIFY(store.store->flush(patience));
        QCOMPARE(stateInRedis(), R"({"value":1})");
    }
    QCOMPARE(store.metrics().conflicts.value(), 0U);
    // Ours has not run ahead with it.
    QVERIFY(cli({u"hget"_s, redisKey, u"rev"_s}).toLongLong()
            < (QDateTime::currentSecsSinceEpoch() + 60) * 1'000'000);
}

void TestRedisSessionStore::failoverThatLostTheNewer()
{
    const Store store(m_server.url());
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    const QString revision = QString::fromUtf8(cli({u"hget"_s, redisKey, u"rev"_s}));
    store.store->save(key, state(2));
    QVERIFY(store.store->flush(patience));
    // A replica that had only the first has become the master.
    m_server.run({u"hset"_s, redisKey, u"state"_s, uR"({"value":1})"_s, u"rev"_s, revision});
    QCOMPARE(store.load(key), Result(state(2)));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(stateInRedis(), R"({"value":2})");
}

void TestRedisSessionStore::olderStateIsReplacedWhole()
{
    const Store store(m_server.url());
    m_server.run({u"hset"_s, redisKey, u"_meta"_s, u"x"_s, u"state"_s, u"x"_s, u"other"_s, u"x"_s,
                  u"more"_s, u"x"_s});
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    QByteArrayList fields = cli({u"hkeys"_s, redisKey}).split('\n');
    std::ranges::sort(fields);
    QCOMPARE(fields, (QByteArrayList{"_meta", "rev", "state"}));
    QVERIFY(cli({u"pttl"_s, redisKey}).toLongLong() > 0);
}

void TestRedisSessionStore::useLengthensTheTimeToLive()
{
    const Store store(m_server.url());
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    m_server.run({u"pexpire"_s, redisKey, u"100000"_s});
    m_server.run({u"config"_s, u"resetstat"_s});
    for (int i = 0; i < 100; ++i)
        QVERIFY(store.load(key));
    QTRY_VERIFY(cli({u"pttl"_s, redisKey}).toLongLong() > 100'000);
    // Once in a second, at most.
    QVERIFY(calls(m_server, u"pexpire"_s) < 50);
}

void TestRedisSessionStore::savesOfOneKeyAreDrawnTogether()
{
    const Store store(m_server.url());
    QVERIFY(store.isConnected());
    std::atomic<bool> mayGoOn = false;
    store.client->post([&] { mayGoOn.wait(false); });
    for (int i = 0; i <= 1000; ++i)
        store.store->save(key, state(i));
    mayGoOn = true;
    mayGoOn.notify_all();
    QVERIFY(store.store->flush(patience));
    QCOMPARE(stateInRedis(), R"({"value":1000})");
    const qint64 saves = calls(m_server, u"evalsha"_s) + calls(m_server, u"eval"_s);
    QVERIFY2(saves >= 1 && saves <= 5, qPrintable(QString::number(saves)));
    QCOMPARE(store.metrics().saves.value(), 1001U);
    QCOMPARE(store.metrics().unwritten.value(), 0);
}

void TestRedisSessionStore::scriptsThatWereFlushed()
{
    const Store store(m_server.url());
    for (int i = 0; i < 3; ++i) {
        store.store->save(key, state(i));
        QVERIFY(store.store->flush(patience));
        QCOMPARE(store.load(key), Result(state(i)));
        m_server.run({u"script"_s, u"flush"_s});
    }
    // A save that finds no script must not come after the removal.
    store.store->save(key, state(5));
    store.store->remove(key);
    QVERIFY(store.store->flush(patience));
    QVERIFY(!store.load(key));
    QCOMPARE(cli({u"exists"_s, redisKey}), "0");
    QCOMPARE(store.metrics().saveErrors.value(), 0U);
}

void TestRedisSessionStore::withoutPermissionForScripts()
{
    m_server.run({u"acl"_s, u"setuser"_s, u"app"_s, u"on"_s, u">secret"_s, u"~*"_s, u"&*"_s,
                  u"+@all"_s, u"-@scripting"_s});
    const Store store(QString(m_server.url()).replace(u"redis://"_s, u"redis://app:secret@"_s));
    const LogCapture log("livetemplate.session");
    for (int i = 0; i < 5; ++i) {
        store.store->save(key, state(i));
        QVERIFY(store.store->flush(patience));
        QCOMPARE(stateInRedis(), QJsonDocument(state(i)).toJson(QJsonDocument::Compact));
    }
    QCOMPARE(cli({u"hlen"_s, redisKey}), "3");
    QVERIFY(cli({u"pttl"_s, redisKey}).toLongLong() > 0);
    store.store->remove(key);
    QVERIFY(store.store->flush(patience));
    QCOMPARE(cli({u"exists"_s, redisKey}), "0");
    QCOMPARE(log.lines().size(), 1);
    QVERIFY(!log.lines().first().contains(u"secret"));
    QVERIFY(!store.store->isFallingBack());
}

void TestRedisSessionStore::ownWriteIsSeenWhileRedisHangs()
{
    const Store store(m_server.url());
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    m_server.freeze();
    store.store->save(key, state(2));
    const Result seen = store.load(key);
    store.store->remove(key);
    const Result afterRemoval = store.load(key);
    store.store->save(key, state(3));
    m_server.thaw();
    QCOMPARE(seen, Result(state(2)));
    QCOMPARE(afterRemoval, std::nullopt);
    QVERIFY(store.store->flush(patience));
    QCOMPARE(stateInRedis(), R"({"value":3})");
}

void TestRedisSessionStore::loadWaitsForTheFirstConnection()
{
    m_server.run({u"hset"_s, redisKey, u"_meta"_s, uR"({"version":"2","updated_at":1})"_s,
                  u"state"_s, uR"({"value":7})"_s});
    m_server.stop();
    RedisSessionStoreOptions options;
    options.operationTimeout = patience;
    const Store store(m_server.url(), options);
    auto future = std::async(std::launch::async, [&] { return store.load(key); });
    QVERIFY2(m_server.start(), m_server.log());
    QCOMPARE(future.get(), Result(state(7)));
    QCOMPARE(store.metrics().fallbacks.value(), 0U);
}

void TestRedisSessionStore::retriesWhileRedisLoads()
{
    RedisSessionStoreOptions options;
    options.operationTimeout = patience;
    options.retryDelay = 20ms;
    options.maxRetries = 12;
    const Store store(m_server.url(), options);
    QVERIFY(store.isConnected());
    // A replica of nobody, which refuses to be written to for a while.
    m_server.run({u"replicaof"_s, u"127.0.0.1"_s, u"1"_s});
    store.store->save(key, state(1));
    QTRY_VERIFY(store.metrics().retries.value() >= 1);
    QCOMPARE(store.load(key), Result(state(1)));
    m_server.run({u"replicaof"_s, u"no"_s, u"one"_s});
    QVERIFY(store.store->flush(patience));
    QCOMPARE(stateInRedis(), R"({"value":1})");
    QCOMPARE(store.metrics().fallbacks.value(), 0U);
    QCOMPARE(store.metrics().saveErrors.value(), 0U);
}

void TestRedisSessionStore::goesOnFromMemory()
{
    const Store store(m_server.url());
    const SessionKey loaded{GroupId(u"loaded"_s), u"/"_s};
    const SessionKey unknown{GroupId(u"unknown"_s), u"/"_s};
    m_server.run({u"hset"_s, u"livetemplate:session:loaded"_s, u"_meta"_s,
                  uR"({"version":"2","updated_at":1})"_s, u"state"_s, uR"({"value":7})"_s});
    QVERIFY(store.load(loaded));
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(store.ping(), QString());

    const LogCapture log("livetemplate.session");
    m_server.kill();
    QTRY_VERIFY(!store.client->isConnected());
    QCOMPARE(store.load(key), Result(state(1)));
    QVERIFY(store.store->isFallingBack());
    QCOMPARE(store.load(loaded), Result(state(7)));
    QVERIFY(!store.load(unknown));
    QVERIFY(!store.ping().isEmpty());
    for (int i = 2; i < 10; ++i) {
        store.store->save(key, state(i));
        QCOMPARE(store.load(key), Result(state(i)));
    }
    store.store->save(unknown, state(50));
    QCOMPARE(store.load(unknown), Result(state(50)));
    QCOMPARE(store.metrics().unwritten.value(), 2);
    QCOMPARE(store.metrics().fallbacks.value(), 1U);
    QCOMPARE(store.metrics().fallback.value(), 1);
    QCOMPARE(log.lines().size(), 1);

    QVERIFY2(m_server.start(), m_server.log());
    QTRY_VERIFY_WITH_TIMEOUT(!store.store->isFallingBack(), patience);
    QCOMPARE(store.metrics().unwritten.value(), 0);
    QCOMPARE(store.metrics().writtenBack.value(), 2U);
    QCOMPARE(stateInRedis(), R"({"value":9})");
    QCOMPARE(cli({u"hget"_s, u"livetemplate:session:unknown"_s, u"state"_s}), R"({"value":50})");
    QCOMPARE(log.lines(u"2 that it missed were written"_s).size(), 1);
    QCOMPARE(log.lines().size(), 2);
    QCOMPARE(store.load(key), Result(state(9)));
    QCOMPARE(store.ping(), QString());
}

void TestRedisSessionStore::goesOnFromMemoryWhenRedisHangs()
{
    const Store store(m_server.url(), impatient());
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    m_server.freeze();
    QVERIFY(!store.load({GroupId(u"unknown"_s), u"/"_s}));
    const bool isFallingBack = store.store->isFallingBack();
    const Result kept = store.load(key);
    store.store->save(key, state(2));
    const Result saved = store.load(key);
    const QString problem = store.ping();
    m_server.thaw();
    QVERIFY(isFallingBack);
    QCOMPARE(kept, Result(state(1)));
    QCOMPARE(saved, Result(state(2)));
    QVERIFY(!problem.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!store.store->isFallingBack(), patience);
    QCOMPARE(stateInRedis(), R"({"value":2})");
}

void TestRedisSessionStore::shortLossIsWaitedOut()
{
    m_server.run({u"hset"_s, redisKey, u"_meta"_s, uR"({"version":"2","updated_at":1})"_s,
                  u"state"_s, uR"({"value":7})"_s});
    RedisSessionStoreOptions options;
    options.operationTimeout = patience;
    const Store store(m_server.url(), options);
    QVERIFY(store.isConnected());
    QVERIFY(!store.load({GroupId(u"h"_s), u"/"_s}));
    for (int i = 0; i < 5; ++i) {
        m_server.run({u"client"_s, u"kill"_s, u"type"_s, u"normal"_s, u"skipme"_s, u"yes"_s});
        // Nothing is known of it in memory: it is worth waiting for.
        const Result found = Store(m_server.url(), options).load(key);
        QCOMPARE(found, Result(state(7)));
        QVERIFY(!store.load({GroupId(QString::number(i)), u"/"_s}));
        store.store->save(key, state(7));
        QVERIFY(store.store->flush(patience));
    }
    QCOMPARE(store.metrics().loadErrors.value(), 0U);
    QCOMPARE(store.metrics().saveErrors.value(), 0U);
}

void TestRedisSessionStore::writesBackMany()
{
    constexpr int count = 5000;
    const Store store(m_server.url(), impatient());
    QVERIFY(store.isConnected());
    m_server.kill();
    QTRY_VERIFY(!store.client->isConnected());
    for (int i = 0; i < count; ++i)
        store.store->save({GroupId(QString::number(i)), u"/"_s}, state(i));
    QTRY_VERIFY(store.store->isFallingBack());
    QCOMPARE(store.metrics().unwritten.value(), count);
    const LogCapture log("livetemplate.session");
    QVERIFY2(m_server.start(), m_server.log());
    QTRY_VERIFY_WITH_TIMEOUT(!store.store->isFallingBack(), patience);
    QVERIFY(store.store->flush(patience));
    QCOMPARE(cli({u"dbsize"_s}), QByteArray::number(count));
    QCOMPARE(store.metrics().unwritten.value(), 0);
    QCOMPARE(log.lines().size(), 1);
}

void TestRedisSessionStore::removalWhileRedisIsGone()
{
    const Store store(m_server.url(), impatient());
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    m_server.stop();
    QTRY_VERIFY(!store.client->isConnected());
    store.store->save(key, state(2));
    store.store->remove(key);
    QVERIFY(!store.load(key));
    QTRY_VERIFY(store.store->isFallingBack());
    QVERIFY(!store.load(key));
    QVERIFY2(m_server.start(), m_server.log());
    QTRY_VERIFY_WITH_TIMEOUT(!store.store->isFallingBack(), patience);
    QCOMPARE(cli({u"exists"_s, redisKey}), "0");
    QVERIFY(!store.load(key));
}

void TestRedisSessionStore::writeBackKeepsWhatIsNewer()
{
    TcpProxy network(m_server.port());
    const Store here(m_server.url(network.port()), impatient());
    const Store there(m_server.url());
    QVERIFY(here.isConnected());
    const SessionKey removed{GroupId(u"removed"_s), u"/"_s};
    network.refuse();
    network.cut();
    QTRY_VERIFY(!here.client->isConnected());
    here.store->save(key, state(1));
    here.store->remove(removed);
    QTRY_VERIFY(here.store->isFallingBack());
    QTest::qWait(2); // the clock goes on
    there.store->save(key, state(2));
    there.store->save(removed, state(3));
    QVERIFY(there.store->flush(patience));
    network.accept();
    QTRY_VERIFY_WITH_TIMEOUT(!here.store->isFallingBack(), patience);
    QCOMPARE(here.metrics().conflicts.value(), 2U);
    QCOMPARE(here.load(key), Result(state(2)));
    QCOMPARE(here.load(removed), Result(state(3)));
    QCOMPARE(there.load(key), Result(state(2)));
}

void TestRedisSessionStore::passwordChanged()
{
    const Store store(m_server.url(), impatient());
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(cli({u"config"_s, u"set"_s, u"requirepass"_s, u"secret"_s}), "OK");
    const QStringList login{u"--no-auth-warning"_s, u"-a"_s, u"secret"_s};
    m_server.run(login + QStringList{u"client"_s, u"kill"_s, u"type"_s, u"normal"_s});
    QTRY_VERIFY(!store.client->isConnected());
    QCOMPARE(store.load(key), Result(state(1)));
    store.store->save(key, state(2));
    QVERIFY(store.store->isFallingBack());
    QVERIFY(!store.ping().isEmpty());
    QCOMPARE(m_server.cli(login + QStringList{u"config"_s, u"set"_s, u"requirepass"_s, u""_s}),
             "OK");
    QTRY_VERIFY_WITH_TIMEOUT(!store.store->isFallingBack(), patience);
    QCOMPARE(stateInRedis(), R"({"value":2})");
}

void TestRedisSessionStore::memoryFull()
{
    const Store store(m_server.url(), impatient());
    const SessionKey inRedis{GroupId(u"r"_s), u"/"_s};
    m_server.run({u"hset"_s, u"livetemplate:session:r"_s, u"_meta"_s,
                  uR"({"version":"2","updated_at":1})"_s, u"state"_s, uR"({"value":7})"_s});
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(cli({u"config"_s, u"set"_s, u"maxmemory"_s, u"1"_s}), "OK");
    const LogCapture log("livetemplate.session");
    store.store->save(key, state(2));
    QTRY_VERIFY(store.store->isFallingBack());
    QCOMPARE(store.load(key), Result(state(2)));
    QVERIFY(!store.ping().isEmpty());
    // It can be read all the same, and holds what it had.
    QCOMPARE(store.load(inRedis), Result(state(7)));
    QCOMPARE(stateInRedis(), R"({"value":1})");
    // Some vain attempts.
    QTRY_VERIFY_WITH_TIMEOUT(store.metrics().saveErrors.value() >= 3, patience);
    QVERIFY(store.store->isFallingBack());
    QCOMPARE(cli({u"config"_s, u"set"_s, u"maxmemory"_s, u"0"_s}), "OK");
    QTRY_VERIFY_WITH_TIMEOUT(!store.store->isFallingBack(), patience);
    QCOMPARE(stateInRedis(), R"({"value":2})");
    QCOMPARE(log.lines(u"kept in memory only"_s).size(), 1);
    QCOMPARE(store.metrics().lost.value(), 0U);
}

void TestRedisSessionStore::memoryIsBounded()
{
    RedisSessionStoreOptions options = impatient();
    options.maxEntries = 100;
    const Store store(m_server.url(), options);
    const auto saveMany = [&](int from, int to) {
        for (int i = from; i < to; ++i)
            store.store->save({GroupId(QString::number(i)), u"/"_s}, state(i));
    };
    saveMany(0, 90);
    QVERIFY(store.store->flush(patience));
    m_server.kill();
    QTRY_VERIFY(!store.client->isConnected());
    // Those that Redis has make room first.
    saveMany(100, 190);
    QVERIFY(store.load({GroupId(u"100"_s), u"/"_s}));
    QCOMPARE(store.metrics().lost.value(), 0U);
    const LogCapture log("livetemplate.session");
    saveMany(200, 400);
    QVERIFY(store.load({GroupId(u"399"_s), u"/"_s}));
    QVERIFY(store.metrics().copies.value() <= 100);
    QVERIFY(store.metrics().lost.value() >= 150);
    QCOMPARE(store.metrics().unwritten.value() + qint64(store.metrics().lost.value()), 290);
    QCOMPARE(log.lines(u"forgotten"_s).size(), 1);
}

void TestRedisSessionStore::withoutFallback()
{
    RedisSessionStoreOptions options = impatient();
    options.fallbackToMemory = false;
    const Store store(m_server.url(), options);
    store.store->save(key, state(1));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(store.load(key), Result(state(1)));
    QCOMPARE(store.metrics().copies.value(), 0);
    m_server.stop();
    QTRY_VERIFY(!store.client->isConnected());
    QVERIFY(!store.load(key));
    QVERIFY(!store.store->isFallingBack());
    QVERIFY(!store.ping().isEmpty());
    store.store->save(key, state(2));
    QCOMPARE(store.load(key), Result(state(2))); // is being tried
    QTRY_COMPARE(store.metrics().lost.value(), 1U);
    QVERIFY(!store.load(key));
    QVERIFY2(m_server.start(), m_server.log());
    QVERIFY(store.isConnected());
    QCOMPARE(store.load(key), Result(state(1)));
}

void TestRedisSessionStore::flush()
{
    const Store store(m_server.url(), impatient());
    QVERIFY(store.store->flush(patience)); // nothing
    for (int i = 0; i < 5000; ++i)
        store.store->save({GroupId(QString::number(i)), u"/"_s}, state(i));
    QVERIFY(store.store->flush(patience));
    QCOMPARE(cli({u"dbsize"_s}), "5000");
    m_server.kill();
    QTRY_VERIFY(!store.client->isConnected());
    store.store->save(key, state(1));
    QVERIFY(!store.store->flush(100ms));
    auto flushed = std::async(std::launch::async, [&] { return store.store->flush(patience); });
    QVERIFY2(m_server.start(), m_server.log());
    QVERIFY(flushed.get());
    QCOMPARE(stateInRedis(), R"({"value":1})");
}

void TestRedisSessionStore::loadsAreAnsweredWhenTheStoreEnds()
{
    std::atomic<int> answers = 0;
    {
        Store store(m_server.url());
        QVERIFY(store.isConnected());
        m_server.freeze();
        for (int i = 0; i < 100; ++i) {
            store.store->load({GroupId(QString::number(i)), u"/"_s},
                              [&](const Result &) { ++answers; });
        }
        store.store->save(key, state(1));
        store.store->remove(key);
        store.store->list([](const auto &) {});
        store.store.reset();
        QCOMPARE(answers, 100);
    }
    m_server.thaw();
    // With the client still there, and nobody else who keeps it.
    for (int i = 0; i < 20; ++i) {
        auto store = std::make_unique<RedisSessionStore>(clientFor(m_server.url()));
        store->save(key, state(i));
        store->load(key, [&](const Result &) { ++answers; });
    }
    QCOMPARE(answers, 120);
}

void TestRedisSessionStore::cluster()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    const Store store(cluster.url());
    QVERIFY(store.isConnected());
    QStringList expected;
    for (int i = 0; i < 300; ++i) {
        const SessionKey one{GroupId(QString::number(i)), u"/"_s};
        store.store->save(one, state(i));
        QCOMPARE(store.load(one), Result(state(i)));
        expected << one.group.value();
    }
    QVERIFY(store.store->flush(patience));
    expected.sort();
    std::promise<QStringList> promise;
    store.store->list([&](const auto &keys) {
        QStringList groups;
        for (const SessionKey &one : keys.value_or(QList<SessionKey>()))
            groups << one.group.value();
        groups.sort();
        promise.set_value(groups);
    });
    QCOMPARE(promise.get_future().get(), expected);
    store.store->remove({GroupId(u"0"_s), u"/"_s});
    QVERIFY(store.store->flush(patience));
    QVERIFY(!store.load({GroupId(u"0"_s), u"/"_s}));
    QCOMPARE(store.metrics().saveErrors.value(), 0U);
    QCOMPARE(store.ping(), QString());
}

QTEST_GUILESS_MAIN(TestRedisSessionStore)
#include "tst_redissessionstore.moc"
