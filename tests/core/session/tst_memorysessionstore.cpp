// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessionstore.h"

#include <QTest>
#include <QThread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestMemorySessionStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void loadsWhatWasSaved();
    void keepsGroupsAndPagesApart();
    void expiresAfterItsTimeToLive();
    void everyUseStartsTheTimeAnew();
    void sweepsByItself();
    void remove();
    void usableFromSeveralThreads();

private:
    static std::optional<QJsonObject> load(MemorySessionStore &store, const SessionKey &key)
    {
        std::optional<QJsonObject> result;
        store.load(key, [&](const auto &loaded) { result = loaded; });
        return result;
    }

    static QJsonObject state(int value) { return {{u"value"_s, value}}; }

    std::chrono::steady_clock::time_point m_now;
    MemorySessionStore::Clock m_clock = [this] {
        return m_now;
    };
    const SessionKey m_key{GroupId(u"g"_s), u"/"_s};
};

void TestMemorySessionStore::init()
{
    m_now = {};
}

void TestMemorySessionStore::loadsWhatWasSaved()
{
    MemorySessionStore store(24h, m_clock);
    QVERIFY(!load(store, m_key));
    store.save(m_key, state(1));
    store.save(m_key, state(2));
    QCOMPARE(load(store, m_key), state(2));
}

void TestMemorySessionStore::keepsGroupsAndPagesApart()
{
    MemorySessionStore store(24h, m_clock);
    store.save(m_key, state(1));
    store.save({GroupId(u"h"_s), u"/"_s}, state(2));
    store.save({GroupId(u"g"_s), u"/other"_s}, state(3));
    QCOMPARE(load(store, m_key), state(1));
    QCOMPARE(load(store, {GroupId(u"h"_s), u"/"_s}), state(2));
    QCOMPARE(load(store, {GroupId(u"g"_s), u"/other"_s}), state(3));
}

void TestMemorySessionStore::expiresAfterItsTimeToLive()
{
    MemorySessionStore store(24h, m_clock);
    store.save(m_key, state(1));
    m_now += 24h - 1ms;
    QVERIFY(load(store, m_key));
    m_now += 24h;
    QVERIFY(!load(store, m_key));
}

void TestMemorySessionStore::everyUseStartsTheTimeAnew()
{
    MemorySessionStore store(10s, m_clock);
    store.save(m_key, state(1));
    for (int i = 0; i < 10; ++i) {
        m_now += 9s;
        QVERIFY(load(store, m_key));
    }
}

void TestMemorySessionStore::sweepsByItself()
{
    MemorySessionStore store(24h, m_clock);
    for (int i = 0; i < 100; ++i)
        store.save({GroupId(QString::number(i)), u"/"_s}, state(i));
    QCOMPARE(store.size(), 100);
    m_now += 25h;
    store.save(m_key, state(1)); // any use will do
    QCOMPARE(store.size(), 1);
    m_now += 25h;
    store.sweep();
    QCOMPARE(store.size(), 0);
}

void TestMemorySessionStore::remove()
{
    MemorySessionStore store(24h, m_clock);
    store.save(m_key, state(1));
    store.remove(m_key);
    store.remove(m_key);
    QVERIFY(!load(store, m_key));
}

void TestMemorySessionStore::usableFromSeveralThreads()
{
    MemorySessionStore store;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back(QThread::create([&store, t] {
            for (int i = 0; i < 1000; ++i) {
                const SessionKey key{GroupId(QString::number(i % 10)), QString::number(t)};
                store.save(key, {{u"value"_s, i}});
                store.load(key, [](const auto &) {});
            }
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QCOMPARE(store.size(), 40);
}

QTEST_GUILESS_MAIN(TestMemorySessionStore)
#include "tst_memorysessionstore.moc"
