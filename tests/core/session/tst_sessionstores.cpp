// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisclient.h"
#include "redisserver.h"
#include "redissessionstore.h"

#include <QJsonArray>
#include <QTest>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::shared_ptr<SessionStore>)

/// What every store does, whatever it keeps states in.
class TestSessionStores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void loadsWhatWasSaved_data() { stores(); }
    void loadsWhatWasSaved();
    void keepsAnyJson_data() { stores(); }
    void keepsAnyJson();
    void keepsGroupsAndPagesApart_data() { stores(); }
    void keepsGroupsAndPagesApart();
    void remove_data() { stores(); }
    void remove();
    void savedAgainAfterRemoval_data() { stores(); }
    void savedAgainAfterRemoval();
    void lists_data() { stores(); }
    void lists();
    void pings_data() { stores(); }
    void pings();
    void expires_data() { stores(1s); }
    void expires();
    void everyUseStartsTheTimeAnew_data() { stores(2s); }
    void everyUseStartsTheTimeAnew();
    void usableFromSeveralThreads_data() { stores(); }
    void usableFromSeveralThreads();

private:
    using Result = std::optional<QJsonObject>;

    /// Rows with one store of each kind.
    void stores(std::chrono::milliseconds timeToLive = 24h);
    /// Loads, and waits for the answer.
    static Result load(SessionStore &store, const SessionKey &key);
    static QStringList list(SessionStore &store);

    static QJsonObject state(int value) { return {{u"value"_s, value}}; }

    RedisServer m_server;
    const SessionKey m_key{GroupId(u"g"_s), u"/"_s};
};

void TestSessionStores::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.log());
}

void TestSessionStores::init()
{
    m_server.run({u"flushall"_s});
}

void TestSessionStores::stores(std::chrono::milliseconds timeToLive)
{
    QTest::addColumn<std::shared_ptr<SessionStore>>("store");
    QTest::newRow("memory") << std::shared_ptr<SessionStore>(
        std::make_shared<MemorySessionStore>(timeToLive));
    RedisOptions options;
    options.url = RedisUrl::parse(m_server.url()).value();
    const auto client = std::make_shared<RedisClient>(options);
    RedisSessionStoreOptions storeOptions;
    storeOptions.timeToLive = timeToLive;
    // Machines that test may be slow; that is not what is tested here.
    storeOptions.operationTimeout = 20s;
    QTest::newRow("redis") << std::shared_ptr<SessionStore>(
        std::make_shared<RedisSessionStore>(client, storeOptions));
    storeOptions.fallbackToMemory = false;
    QTest::newRow("redis without memory")
        << std::shared_ptr<SessionStore>(std::make_shared<RedisSessionStore>(client, storeOptions));
}

TestSessionStores::Result TestSessionStores::load(SessionStore &store, const SessionKey &key)
{
    std::promise<Result> promise;
    auto future = promise.get_future();
    store.load(key, [&](Result loaded) { promise.set_value(std::move(loaded)); });
    return future.get();
}

QStringList TestSessionStores::list(SessionStore &store)
{
    std::promise<std::expected<QList<SessionKey>, QString>> promise;
    auto future = promise.get_future();
    store.list([&](auto listed) { promise.set_value(std::move(listed)); });
    const auto listed = future.get();
    if (!listed)
        return {listed.error()};
    QStringList texts;
    for (const SessionKey &key : *listed)
        texts << key.group.value() + u' ' + key.page;
    texts.sort();
    return texts;
}

void TestSessionStores::loadsWhatWasSaved()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    QVERIFY(!load(*store, m_key));
    for (int i = 0; i < 100; ++i) {
        store->save(m_key, state(i));
        QCOMPARE(load(*store, m_key), Result(state(i)));
    }
    for (int i = 0; i < 100; ++i)
        store->save(m_key, state(i));
    QCOMPARE(load(*store, m_key), Result(state(99)));
}

void TestSessionStores::keepsAnyJson()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    const QJsonObject odd{{u""_s, QJsonObject()},
                          {u"text"_s, u"\"\\\n\u0000ü😀"_s},
                          {u"numbers"_s,
                           QJsonArray{0, -1, 1.5, 1e300, 9007199254740991.0,
                                      qint64(9223372036854775807)}},
                          {u"others"_s, QJsonArray{true, false, QJsonValue::Null, QJsonArray()}},
                          {u"large"_s, QString(1'000'000, u'x')}};
    store->save(m_key, odd);
    QCOMPARE(load(*store, m_key), Result(odd));
    store->save(m_key, {});
    QCOMPARE(load(*store, m_key), Result(QJsonObject()));
}

void TestSessionStores::keepsGroupsAndPagesApart()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    const QList<SessionKey> keys{{GroupId(u"g"_s), u"/"_s},
                                 {GroupId(u"h"_s), u"/"_s},
                                 {GroupId(u"g"_s), u"/other"_s},
                                 {GroupId(u"g"_s), u"/other/"_s},
                                 {GroupId(u"g:/other"_s), u"/"_s},
                                 {GroupId(u"g%3A/other"_s), u"/"_s},
                                 {GroupId(u"g%253A/x"_s), u"/"_s},
                                 {GroupId(u"g:"_s), u"/other"_s},
                                 {GroupId(u"g:"_s), u"/"_s},
                                 {GroupId(u"größe 😀"_s), u"/ü"_s},
                                 {GroupId(u"*"_s), u"/"_s},
                                 {GroupId(u"{g}"_s), u"/{x}"_s},
                                 {GroupId(u"https://issuer/ü%20:/:/"_s), u"/a:/b"_s}};
    for (qsizetype i = 0; i < keys.size(); ++i)
        store->save(keys[i], state(int(i)));
    QStringList expected;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        QCOMPARE(load(*store, keys[i]), Result(state(int(i))));
        expected << keys[i].group.value() + u' ' + keys[i].page;
    }
    expected.sort();
    QCOMPARE(list(*store), expected);
    store->remove(keys[0]);
    QVERIFY(!load(*store, keys[0]));
    for (qsizetype i = 1; i < keys.size(); ++i)
        QCOMPARE(load(*store, keys[i]), Result(state(int(i))));
}

void TestSessionStores::remove()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    store->save(m_key, state(1));
    store->remove(m_key);
    QVERIFY(!load(*store, m_key));
    store->remove(m_key);
    QVERIFY(!load(*store, m_key));
    QCOMPARE(list(*store), QStringList());
}

void TestSessionStores::savedAgainAfterRemoval()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    for (int i = 0; i < 20; ++i) {
        store->save(m_key, state(i));
        store->remove(m_key);
        store->save(m_key, state(i + 100));
        QCOMPARE(load(*store, m_key), Result(state(i + 100)));
    }
}

void TestSessionStores::lists()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    QCOMPARE(list(*store), QStringList());
    QStringList expected;
    for (int i = 0; i < 3000; ++i) {
        store->save({GroupId(QString::number(i)), u"/"_s}, state(i));
        expected << QString::number(i) + u" /"_s;
    }
    expected.sort();
    QCOMPARE(list(*store), expected);
}

void TestSessionStores::pings()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    const auto isWell = [&] {
        std::promise<bool> promise;
        auto future = promise.get_future();
        store->ping([&](const auto &result) { promise.set_value(result.has_value()); });
        return future.get();
    };
    QTRY_VERIFY(isWell());
}

void TestSessionStores::expires()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    store->save(m_key, state(1));
    QCOMPARE(load(*store, m_key), Result(state(1)));
    QTest::qWait(1100);
    QVERIFY(!load(*store, m_key));
}

void TestSessionStores::everyUseStartsTheTimeAnew()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    store->save(m_key, state(1));
    // Each wait is longer than what the use before the last had left; a use within a second of
    // another may count with that.
    for (int i = 0; i < 3; ++i) {
        QTest::qWait(1200);
        QCOMPARE(load(*store, m_key), Result(state(1)));
    }
}

void TestSessionStores::usableFromSeveralThreads()
{
    QFETCH(std::shared_ptr<SessionStore>, store);
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 500; ++i) {
                    const SessionKey key{GroupId(QString::number(i % 10)),
                                         u'/' + QString::number(t)};
                    store->save(key, state(i));
                    if (i % 10 == 0 && load(*store, key) != Result(state(i)))
                        ++wrong;
                }
            });
        }
    }
    QCOMPARE(wrong, 0);
    QCOMPARE(list(*store).size(), 40);
}

QTEST_GUILESS_MAIN(TestSessionStores)
#include "tst_sessionstores.moc"
