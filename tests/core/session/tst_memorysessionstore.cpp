// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessionstore.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What only this store does; what all do is in tst_sessionstores.
class TestMemorySessionStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void expiresAfterItsTimeToLive();
    void everyUseStartsTheTimeAnew();
    void sweepsByItself();

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

QTEST_GUILESS_MAIN(TestMemorySessionStore)
#include "tst_memorysessionstore.moc"
