// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "observedmessage.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

/// What a person is shown of channels and messages: never the id of a group, which is a secret.
class TestObservedMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsAreShortened_data();
    void groupsAreShortened();
    void kindsAreKnown_data();
    void kindsAreKnown();
    void contentCanBeLeftOut();
};

void TestObservedMessage::groupsAreShortened_data()
{
    QTest::addColumn<QByteArray>("channel");
    QTest::addColumn<QString>("shown");
    const QByteArray id = "AbCdEfGh" + QByteArray(35, 'x') + '=';
    QTest::newRow("values of a group")
        << "livetemplate:broadcast:group:" + id << u"livetemplate:broadcast:group:AbCdEfGh…"_s;
    QTest::newRow("actions of a group")
        << "livetemplate:groupaction:group:" + id << u"livetemplate:groupaction:group:AbCdEfGh…"_s;
    QTest::newRow("topic of a session")
        << "livetemplate:topic:lvt:session:" + id << u"livetemplate:topic:lvt:session:AbCdEfGh…"_s;
    QTest::newRow("keyspace notification") << "__keyspace@0__:livetemplate:session:" + id
                                           << u"__keyspace@0__:livetemplate:session:AbCdEfGh…"_s;
    QTest::newRow("of a page") << "__keyspace@0__:livetemplate:session:" + id + ":/counter"
                               << u"__keyspace@0__:livetemplate:session:AbCdEfGh…:/counter"_s;
    QTest::newRow("topic of a room")
        << "livetemplate:topic:room/1"_ba << u"livetemplate:topic:room/1"_s;
    QTest::newRow("somebody else's") << "orders:1234567890123"_ba << u"orders:1234567890123"_s;
    QTest::newRow("bytes") << "a\x01"_ba << u"a\\x01"_s;
}

void TestObservedMessage::groupsAreShortened()
{
    QFETCH(const QByteArray, channel);
    QFETCH(const QString, shown);
    QCOMPARE(ObservedChannel::read(channel).displayName, shown);
}

void TestObservedMessage::kindsAreKnown_data()
{
    using Kind = ObservedChannel::Kind;
    QTest::addColumn<QByteArray>("channel");
    QTest::addColumn<int>("kind");
    QTest::newRow("all") << "livetemplate:broadcast:global"_ba << int(Kind::Global);
    QTest::newRow("group") << "livetemplate:broadcast:group:g"_ba << int(Kind::Group);
    QTest::newRow("user") << "livetemplate:broadcast:user:u"_ba << int(Kind::User);
    QTest::newRow("action of a user") << "livetemplate:action:user:u"_ba << int(Kind::ServerAction);
    QTest::newRow("action of a group")
        << "livetemplate:groupaction:group:g"_ba << int(Kind::GroupAction);
    QTest::newRow("topic") << "livetemplate:topic:t"_ba << int(Kind::Topic);
    QTest::newRow("probe") << "livetemplate:probe:i"_ba << int(Kind::Probe);
    QTest::newRow("another") << "livetemplate"_ba << int(Kind::Other);
    QTest::newRow("nothing") << ""_ba << int(Kind::Other);
}

void TestObservedMessage::kindsAreKnown()
{
    QFETCH(const QByteArray, channel);
    QFETCH(const int, kind);
    QCOMPARE(int(ObservedChannel::read(channel).kind), kind);
}

void TestObservedMessage::contentCanBeLeftOut()
{
    const RedisMessage message{
        .channel = "livetemplate:groupaction:group:g",
        .payload
        = R"({"type":"group_action","groupID":"g","action":"save","data":{"a":1},"instanceID":"i","seq":7})"};
    const auto observed = ObservedMessage::read(message);
    QVERIFY(observed && observed->isValid());
    QCOMPARE(observed->data.value(u"a"_s).toInt(), 1);
    const auto rest = observed->withoutContent();
    QVERIFY(rest->data.isEmpty());
    QCOMPARE(rest->action, u"save"_s);
    QCOMPARE(rest->instanceId, u"i"_s);
    QCOMPARE(rest->sequence, 7u);
    QCOMPARE(rest->group, observed->group);
}

QTEST_GUILESS_MAIN(TestObservedMessage)
#include "tst_observedmessage.moc"
