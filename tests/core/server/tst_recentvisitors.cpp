// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "recentvisitors_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRecentVisitors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oneRowForGroupPageAndTier();
    void rowsLeaveAMinuteAfterTheLastAct();
    void theOldestIsDroppedAtTheLimit();

private:
    quint64 act(const QString &group, const QString &page = u"/"_s,
                ConnectionTier tier = ConnectionTier::Http)
    {
        return m_visitors->note({.group = GroupId(group),
                                 .user = {},
                                 .page = page,
                                 .tier = tier,
                                 .action = u"increment"_s,
                                 .bytesIn = 10,
                                 .bytesOut = 100});
    }
    [[nodiscard]] ServerSnapshot snapshot() const
    {
        ServerSnapshot snapshot;
        m_visitors->addTo(snapshot);
        return snapshot;
    }

    std::chrono::steady_clock::time_point m_now;
    ConnectionIds m_ids{0, 1};
    std::optional<RecentVisitors> m_visitors;
};

void TestRecentVisitors::init()
{
    m_ids = ConnectionIds(1, 4);
    m_visitors.emplace(m_ids, [this] { return m_now; });
}

void TestRecentVisitors::oneRowForGroupPageAndTier()
{
    const quint64 first = act(u"group-one"_s);
    QCOMPARE(first, quint64(2)); // the second shard of four
    QCOMPARE(act(u"group-one"_s), first);
    QCOMPARE(act(u"group-one"_s, u"/other"_s), quint64(6));
    QCOMPARE(act(u"group-one"_s, u"/"_s, ConnectionTier::Form), quint64(10));
    QCOMPARE(act(u"group-two"_s), quint64(14));

    const ServerSnapshot taken = snapshot();
    QVERIFY(taken.connections.isEmpty());
    QCOMPARE(taken.groups, 0);
    QCOMPARE(taken.visitors.size(), 4);
    const ConnectionSnapshot &row = taken.visitors.first();
    QCOMPARE(row.id, first);
    QCOMPARE(row.group, u"group-on"_s);
    QCOMPARE(row.groupId.value(), u"group-one"_s);
    QCOMPARE(row.actions, quint64(2));
    QCOMPARE(row.bytesIn, quint64(20));
    QCOMPARE(row.bytesOut, quint64(200));
    QCOMPARE(row.lastAction, u"increment"_s);
    QVERIFY(row.lastActionAt >= row.connectedAt && row.connectedAt.isValid());
}

void TestRecentVisitors::rowsLeaveAMinuteAfterTheLastAct()
{
    const quint64 early = act(u"early"_s);
    act(u"late"_s);
    m_now += 59s;
    QCOMPARE(act(u"early"_s), early);
    m_now += 1s;
    QCOMPARE(snapshot().visitors.size(), 1); // before it is swept, too
    m_visitors->sweep();
    QCOMPARE(snapshot().visitors.size(), 1);
    QCOMPARE(snapshot().visitors.first().id, early);
    m_now += 59s;
    m_visitors->sweep();
    QVERIFY(snapshot().visitors.isEmpty());
    QCOMPARE(snapshot().visitorsDropped, quint64(0));
    QVERIFY(act(u"early"_s) != early); // an id is never used twice
}

void TestRecentVisitors::theOldestIsDroppedAtTheLimit()
{
    for (qsizetype i = 0; i < RecentVisitors::limit; ++i)
        act(u"group-%1"_s.arg(i));
    act(u"group-0"_s); // now the newest
    QCOMPARE(snapshot().visitorsDropped, quint64(0));
    act(u"one more"_s);
    const ServerSnapshot taken = snapshot();
    QCOMPARE(taken.visitors.size(), RecentVisitors::limit);
    QCOMPARE(taken.visitorsDropped, quint64(1));
    const auto has = [&taken](const QString &group) {
        return std::ranges::contains(taken.visitors, GroupId(group), &ConnectionSnapshot::groupId);
    };
    QVERIFY(has(u"group-0"_s));
    QVERIFY(!has(u"group-1"_s));
    QVERIFY(has(u"group-2"_s));
}

QTEST_GUILESS_MAIN(TestRecentVisitors)
#include "tst_recentvisitors.moc"
