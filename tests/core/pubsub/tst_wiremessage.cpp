// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "wiremessage_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// PROTOCOL.md F.2, byte by byte.
class TestWireMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodes_data();
    void encodes();
    void readsWhatItWrote();
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void timestamps_data();
    void timestamps();
    void timestampsAreWrittenInUtc();
    void numbersAreDoubles();
    void countsTheLeastSize();
    void decodingSpeed();
    void encodingSpeed();
};

namespace {

/// 2026-01-02T03:04:05.678901Z
const WireTime instant(std::chrono::sys_days(2026y / 1 / 2) + 3h + 4min + 5s + 678901us);
const MessageOrigin origin{"6b1f3f0e-5d0a-4c8e-9a51-000000000001", instant};

/// The part of a message that all have, as it stands in Go's.
#define ORIGIN \
    R"("timestamp":"2026-01-02T03:04:05.678901Z","instanceID":"6b1f3f0e-5d0a-4c8e-9a51-000000000001")"

QByteArray describe(const BroadcastMessage &message)
{
    static constexpr auto scopes = std::to_array({"global", "group", "user"});
    return "broadcast " + QByteArray(scopes[size_t(message.scope)])
        + " group=" + message.group.value().toUtf8() + " user=" + message.user.value().toUtf8()
        + " payload=" + message.payload;
}

QByteArray describe(const ServerActionMessage &message)
{
    return "server_action user=" + message.user.value().toUtf8()
        + " action=" + message.action.toUtf8()
        + " data=" + QJsonDocument(message.data).toJson(QJsonDocument::Compact);
}

QByteArray describe(const GroupActionMessage &message)
{
    return "group_action group=" + message.group.value().toUtf8()
        + " action=" + message.action.toUtf8()
        + " data=" + QJsonDocument(message.data).toJson(QJsonDocument::Compact);
}

QByteArray describe(TopicActionMessage)
{
    return "topic_action";
}

QByteArray describe(ProbeMessage)
{
    return "probe";
}

QByteArray describe(const WireMessage &message)
{
    QByteArray text = std::visit([](const auto &content) { return describe(content); },
                                 message.content);
    if (message.sequence != 0)
        text += " seq=" + QByteArray::number(message.sequence);
    return text;
}

} // namespace

void TestWireMessage::encodes_data()
{
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<QByteArray>("expected");
    using Scope = BroadcastMessage::Scope;
    QTest::newRow("global") << encodeMessage(
        BroadcastMessage{Scope::Global, {}, {}, R"({"Counter":5})"}, origin)
                            << R"({"type":"broadcast","payload":"eyJDb3VudGVyIjo1fQ==",)" ORIGIN
                               R"(,"scope":"global"})"_ba;
    QTest::newRow("group")
        << encodeMessage(BroadcastMessage{Scope::Group, GroupId(u"g1"_s), {}, R"({"Counter":5})"},
                         origin)
        << R"({"type":"broadcast","groupID":"g1","payload":"eyJDb3VudGVyIjo1fQ==",)" ORIGIN
           R"(,"scope":"group"})"_ba;
    QTest::newRow("user") << encodeMessage(
        BroadcastMessage{Scope::User, {}, UserId(u"alice"_s), "{}"}, origin)
                          << R"({"type":"broadcast","userID":"alice","payload":"e30=",)" ORIGIN
                             R"(,"scope":"user"})"_ba;
    QTest::newRow("empty payload")
        << encodeMessage(BroadcastMessage{Scope::Global, {}, {}, {}}, origin)
        << R"({"type":"broadcast","payload":"",)" ORIGIN R"(,"scope":"global"})"_ba;
    QTest::newRow("server action")
        << encodeMessage(ServerActionMessage{UserId(u"alice"_s), u"tick"_s, {{u"n"_s, 1}}}, origin)
        << R"({"type":"server_action","userID":"alice","action":"tick","data":{"n":1},)" ORIGIN
           "}"_ba;
    QTest::newRow("server action without data")
        << encodeMessage(ServerActionMessage{UserId(u"alice"_s), u"tick"_s, {}}, origin)
        << R"({"type":"server_action","userID":"alice","action":"tick",)" ORIGIN "}"_ba;
    QTest::newRow("group action")
        << encodeMessage(GroupActionMessage{GroupId(u"g1"_s), u"Increment"_s, {{u"by"_s, 2.5}}},
                         origin, 17)
        << R"({"type":"group_action","groupID":"g1","action":"Increment","data":{"by":2.5},"seq":17,)" ORIGIN
           "}"_ba;
    QTest::newRow("group action without data")
        << encodeMessage(GroupActionMessage{GroupId(u"g1"_s), u"Increment"_s, {}}, origin, 1)
        << R"({"type":"group_action","groupID":"g1","action":"Increment","seq":1,)" ORIGIN "}"_ba;
    QTest::newRow("probe") << encodeMessage(ProbeMessage(), origin, 3)
                           << R"({"type":"probe","seq":3,)" ORIGIN "}"_ba;
    QTest::newRow("escapes")
        << encodeMessage(ServerActionMessage{UserId(u"a\"\\\n\r\t\u0001ü😀"_s), u"ä"_s, {}}, origin)
        << R"({"type":"server_action","userID":"a\"\\\n\r\t\u0001ü😀","action":"ä",)" ORIGIN "}"_ba;
}

void TestWireMessage::encodes()
{
    QFETCH(QByteArray, encoded);
    QFETCH(QByteArray, expected);
    QCOMPARE(encoded, expected);
}

void TestWireMessage::readsWhatItWrote()
{
    const QString odd = u"a\"\\\n\u0000\u001f/\u007f\u0080ü\u2028\ufffd😀"_s;
    const QJsonObject data{{odd, odd}, {u"list"_s, QJsonArray{1, u"x"_s, QJsonValue::Null}}};
    const auto group = decodeMessage(
        encodeMessage(GroupActionMessage{GroupId(odd), odd, data}, origin, ~0U));
    QVERIFY2(group, group ? "" : qPrintable(group.error()));
    const auto &action = std::get<GroupActionMessage>(group->content);
    QCOMPARE(action.group.value(), odd);
    QCOMPARE(action.action, odd);
    QCOMPARE(action.data, data);
    QCOMPARE(group->sequence, quint64(~0U));
    QVERIFY(group->origin == origin);

    QByteArray allBytes;
    for (int i = 0; i < 256; ++i)
        allBytes += char(i);
    const auto user = decodeMessage(encodeMessage(
        BroadcastMessage{BroadcastMessage::Scope::User, {}, UserId(odd), allBytes}, origin));
    QVERIFY2(user, user ? "" : qPrintable(user.error()));
    const auto &message = std::get<BroadcastMessage>(user->content);
    QCOMPARE(message.scope, BroadcastMessage::Scope::User);
    QCOMPARE(message.user.value(), odd);
    QCOMPARE(message.payload, allBytes);
    QVERIFY(user->origin == origin);
}

void TestWireMessage::decodes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &json, const char *expected) {
        QTest::newRow(name) << json << QByteArray(expected);
    };
    row("as in F.2",
        R"({"type":"broadcast","groupID":"g1","payload":"eyJDb3VudGVyIjo1fQ==","timestamp":"2026-01-02T03:04:05.678901234Z","instanceID":"x","scope":"group"})",
        R"(broadcast group group=g1 user= payload={"Counter":5})");
    row("global", R"({"type":"broadcast","payload":"e30=",)" ORIGIN R"(,"scope":"global"})",
        "broadcast global group= user= payload={}");
    row("user",
        R"({"type":"broadcast","userID":"bob","payload":"e30=",)" ORIGIN R"(,"scope":"user"})",
        "broadcast user group= user=bob payload={}");
    row("one connection excluded",
        R"({"type":"broadcast","excludeConnID":"c1","payload":"e30=",)" ORIGIN
        R"(,"scope":"global"})",
        "broadcast global group= user= payload={}");
    row("null payload, Go's nil", R"({"type":"broadcast","payload":null,"scope":"global"})",
        "broadcast global group= user= payload=");
    row("a type of tomorrow with a scope, as Go takes it",
        R"({"type":"announcement","payload":"e30=","scope":"global"})",
        "broadcast global group= user= payload={}");
    row("no type, as Go takes it", R"({"payload":"e30=","scope":"global"})",
        "broadcast global group= user= payload={}");
    row("server action",
        R"({"type":"server_action","userID":"alice","action":"tick","data":{"n":1},)" ORIGIN "}",
        R"(server_action user=alice action=tick data={"n":1})");
    row("server action without data",
        R"({"type":"server_action","userID":"alice","action":"tick",)" ORIGIN "}",
        "server_action user=alice action=tick data={}");
    row("server action, null data",
        R"({"type":"server_action","userID":"alice","action":"tick","data":null})",
        "server_action user=alice action=tick data={}");
    row("group action",
        R"({"type":"group_action","groupID":"g1","action":"Increment","data":{"a":{"b":[1,2]}},"seq":17,)" ORIGIN
        "}",
        R"(group_action group=g1 action=Increment data={"a":{"b":[1,2]}} seq=17)");
    row("group action before 0.9.2, without seq",
        R"({"type":"group_action","groupID":"g1","action":"Increment",)" ORIGIN "}",
        "group_action group=g1 action=Increment data={}");
    row("topic action",
        R"({"type":"topic_action","groupID":"","topic":"room/1","action":"say","seq":18,)" ORIGIN
        "}",
        "topic_action seq=18");
    row("probe", R"({"type":"probe","seq":1,)" ORIGIN "}", "probe seq=1");
    row("zone of Go's server",
        R"({"type":"group_action","groupID":"g","action":"a","timestamp":"2026-01-02T03:04:05+02:00"})",
        "group_action group=g action=a data={}");
    row("no timestamp, no instance, as Go takes it",
        R"({"type":"group_action","groupID":"g","action":"a"})",
        "group_action group=g action=a data={}");
    row("null for empty",
        R"({"type":"group_action","groupID":"g","action":"a","seq":null,"timestamp":null,"instanceID":null,"topic":null})",
        "group_action group=g action=a data={}");
    row("unknown fields",
        R"({"version":9,"type":"group_action","groupID":"g","action":"a","extra":{"x":[]},"scope":5})",
        "group_action group=g action=a data={}");
    row("the last of two equal keys, as Go takes it",
        R"({"type":"group_action","groupID":"g","groupID":"h","action":"a"})",
        "group_action group=h action=a data={}");
    row("spaces", " {\n\t\"type\" : \"group_action\" , \"groupID\":\"g\",\"action\":\"a\" } \r\n",
        "group_action group=g action=a data={}");
    row("escapes", R"({"type":"group\u005faction","groupID":"\u00fc\ud83d\ude00","action":"\/"})",
        "group_action group=ü😀 action=/ data={}");
    row("a group id as a cookie has it",
        R"({"type":"group_action","groupID":"aB3-_xyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXY=","action":"a"})",
        "group_action group=aB3-_xyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXY= action=a data={}");
    row("deep data",
        R"({"type":"group_action","groupID":"g","action":"a","data":{"a":)" + QByteArray(500, '[')
            + QByteArray(500, ']') + "}}",
        ("group_action group=g action=a data={\"a\":" + QByteArray(500, '[') + QByteArray(500, ']')
         + "}")
            .constData());
}

void TestWireMessage::decodes()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    const auto message = decodeMessage(json);
    QVERIFY2(message, message ? "" : qPrintable(message.error()));
    QCOMPARE(describe(*message), expected);
}

void TestWireMessage::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QByteArray &json, const char *reason) {
        QTest::newRow(name) << json << QString::fromLatin1(reason);
    };
    row("nothing", "", "it is not JSON");
    row("text", "hello", "it is not JSON");
    row("cut off", R"({"type":"group_action","groupID":"g","act)", "it is not JSON");
    row("more behind", R"({"type":"probe"} {})", "it is not JSON");
    row("null", "null", "it is not JSON");
    row("array", "[]", "it is not an object");
    row("too deep", QByteArray(100'000, '['), "it is not JSON");
    row("too deep data",
        R"({"type":"group_action","groupID":"g","action":"a","data":{"a":)"
            + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}}",
        "it is not JSON");
    row("invalid UTF-8", "{\"type\":\"group_action\",\"groupID\":\"\xff\xfe\",\"action\":\"a\"}",
        "it is not JSON");
    row("zero byte", QByteArray("{\"type\":\"probe\"}\0", 17), "it is not JSON");
    row("empty object", "{}", "its type is not known: \"\"");
    row("unknown type", R"({"type":"farewell","groupID":"g"})",
        "its type is not known: \"farewell\"");
    row("very long type", R"({"type":")" + QByteArray(1000, 'x') + R"("})",
        ("its type is not known: \"" + QByteArray(40, 'x') + '"').constData());
    row("type is a number", R"({"type":5})", "its type is not a string");
    row("no scope", R"({"type":"broadcast","payload":"e30="})", "it has no scope that is known");
    row("unknown scope", R"({"type":"broadcast","payload":"e30=","scope":"all"})",
        "it has no scope that is known");
    row("scope is a number", R"({"type":"broadcast","payload":"e30=","scope":1})",
        "its scope is not a string");
    row("group broadcast for no group", R"({"type":"broadcast","payload":"e30=","scope":"group"})",
        "it has no groupID");
    row("user broadcast for no user",
        R"({"type":"broadcast","userID":"","payload":"e30=","scope":"user"})", "it has no userID");
    row("payload is an object", R"({"type":"broadcast","payload":{},"scope":"global"})",
        "its payload is not a string");
    row("payload is not base64", R"({"type":"broadcast","payload":"!!!!","scope":"global"})",
        "its payload is not base64");
    row("base64 without padding", R"({"type":"broadcast","payload":"e30","scope":"global"})",
        "its payload is not base64");
    row("base64 with padding in front", R"({"type":"broadcast","payload":"=e30","scope":"global"})",
        "its payload is not base64");
    row("base64 with too much padding",
        R"({"type":"broadcast","payload":"e30=====","scope":"global"})",
        "its payload is not base64");
    row("base64 of URLs", R"({"type":"broadcast","payload":"-_-_","scope":"global"})",
        "its payload is not base64");
    row("base64 with an umlaut", R"({"type":"broadcast","payload":"e30ü","scope":"global"})",
        "its payload is not base64");
    row("group is a number", R"({"type":"group_action","groupID":5,"action":"a"})",
        "its groupID is not a string");
    row("half of a surrogate pair", R"({"type":"group_action","groupID":"g\ud800","action":"a"})",
        "its groupID has half of a surrogate pair");
    row("no group", R"({"type":"group_action","action":"a"})", "it has no groupID");
    row("no action", R"({"type":"group_action","groupID":"g"})", "it has no action");
    row("no user", R"({"type":"server_action","action":"a"})", "it has no userID");
    row("data is an array", R"({"type":"group_action","groupID":"g","action":"a","data":[]})",
        "its data is not an object");
    row("data is a text", R"({"type":"server_action","userID":"u","action":"a","data":"{}"})",
        "its data is not an object");
    row("negative seq", R"({"type":"group_action","groupID":"g","action":"a","seq":-1})",
        "its seq is not a whole number");
    row("broken seq", R"({"type":"group_action","groupID":"g","action":"a","seq":1.5})",
        "its seq is not a whole number");
    row("seq is a text", R"({"type":"group_action","groupID":"g","action":"a","seq":"1"})",
        "its seq is not a whole number");
    row("instance is a number",
        R"({"type":"group_action","groupID":"g","action":"a","instanceID":1})",
        "its instanceID is not a string");
    row("timestamp is a number",
        R"({"type":"group_action","groupID":"g","action":"a","timestamp":1767323045})",
        "its timestamp is not a time of RFC 3339");
    row("bad timestamp",
        R"({"type":"group_action","groupID":"g","action":"a","timestamp":"yesterday"})",
        "its timestamp is not a time of RFC 3339");
}

void TestWireMessage::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, reason);
    const auto message = decodeMessage(json);
    QVERIFY(!message);
    QVERIFY2(message.error().startsWith(reason), qPrintable(message.error()));
    QVERIFY(message.error().size() < 200);
}

void TestWireMessage::timestamps_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("microseconds"); // -1: refused
    const qint64 second = 1767323045; // 2026-01-02T03:04:05Z
    const auto row = [](const char *text, qint64 microseconds) {
        QTest::newRow(text) << QString::fromUtf8(text) << microseconds;
    };
    row("2026-01-02T03:04:05Z", second * 1'000'000);
    row("2026-01-02T03:04:05.6Z", second * 1'000'000 + 600'000);
    row("2026-01-02T03:04:05.678Z", second * 1'000'000 + 678'000);
    row("2026-01-02T03:04:05.678901234Z", second * 1'000'000 + 678'901);
    row("2026-01-02T03:04:05.678901234567890Z", second * 1'000'000 + 678'901);
    row("2026-01-02T05:04:05+02:00", second * 1'000'000);
    row("2026-01-01T21:34:05.5-05:30", second * 1'000'000 + 500'000);
    row("2026-01-02T03:04:05+00:00", second * 1'000'000);
    row("1970-01-01T00:00:00Z", 0);
    row("2024-02-29T00:00:00Z", 1709164800LL * 1'000'000);
    row("9999-12-31T23:59:59Z", 253402300799LL * 1'000'000);
    for (const char *bad : {"",
                            "Z",
                            "2026",
                            "2026-01-02",
                            "2026-01-02T03:04:05",
                            "2026-01-02T03:04Z",
                            "2026-01-02 03:04:05Z",
                            "2026-01-02t03:04:05z",
                            "2026-01-02T3:04:05Z",
                            "2026-01-02T03:04:05,5Z",
                            "2026-01-02T03:04:05.Z",
                            "2026-01-02T24:00:00Z",
                            "2026-01-02T03:60:00Z",
                            "2026-01-02T03:04:60Z",
                            "2026-13-01T00:00:00Z",
                            "2026-00-01T00:00:00Z",
                            "2026-02-29T00:00:00Z",
                            "2026-04-31T00:00:00Z",
                            "2026-01-00T00:00:00Z",
                            "2026-01-02T03:04:05+2:00",
                            "2026-01-02T03:04:05+0200",
                            "2026-01-02T03:04:05+24:00",
                            "2026-01-02T03:04:05+02:60",
                            "2026-01-02T03:04:05ZZ",
                            "2026-01-02T03:04:05Z ",
                            " 2026-01-02T03:04:05Z",
                            "+026-01-02T03:04:05Z",
                            "-026-01-02T03:04:05Z",
                            "12026-01-02T03:04:05Z",
                            "2026-01-02T03:04:05.5",
                            "２０２６-01-02T03:04:05Z"}) {
        row(bad, -1);
    }
}

void TestWireMessage::timestamps()
{
    QFETCH(QString, text);
    QFETCH(qint64, microseconds);
    const auto time = parseTimestamp(text);
    QCOMPARE(time.has_value(), microseconds >= 0);
    if (time)
        QCOMPARE(qint64(time->time_since_epoch().count()), microseconds);
}

void TestWireMessage::timestampsAreWrittenInUtc()
{
    for (const qint64 microseconds :
         {0LL, 1LL, 999'999LL, 951'782'400'000'000LL, 1'767'323'045'000'007LL,
          4'102'444'799'999'999LL, 253'402'300'799'999'999LL}) {
        QByteArray text;
        const WireTime time{std::chrono::microseconds(microseconds)};
        appendTimestamp(text, time);
        QCOMPARE(parseTimestamp(QString::fromLatin1(text)), time);
        const auto byQt = QDateTime::fromMSecsSinceEpoch(microseconds / 1000, QTimeZone::UTC);
        QVERIFY(text.startsWith(byQt.toString(Qt::ISODateWithMs).chopped(1).toLatin1()));
        QVERIFY(text.endsWith('Z'));
    }
}

void TestWireMessage::numbersAreDoubles()
{
    const auto message = decodeMessage(
        R"({"type":"server_action","userID":"u","action":"a","data":{"i":3,"d":0.1,"e":1e3,"big":9007199254740993}})"_ba);
    QVERIFY(message);
    const QJsonObject data = std::get<ServerActionMessage>(message->content).data;
    for (const auto &value : data)
        QVERIFY(value.isDouble());
    QCOMPARE(data.value("i"_L1).toDouble(), 3.0);
    QCOMPARE(data.value("d"_L1).toDouble(), 0.1);
    QCOMPARE(data.value("e"_L1).toDouble(), 1000.0);
    QCOMPARE(data.value("big"_L1).toDouble(), 9007199254740992.0);
}

void TestWireMessage::countsTheLeastSize()
{
    const QJsonObject nested{{u"list"_s, QJsonArray{1, true, QJsonValue::Null, u"text"_s, 2.5}},
                             {u"object"_s, QJsonObject{{u"key"_s, u"ü\"\\"_s}}},
                             {u""_s, QJsonObject()}};
    for (const QJsonObject &data : {QJsonObject(), QJsonObject{{u"a"_s, 1}}, nested}) {
        const qint64 size = QJsonDocument(data).toJson(QJsonDocument::Compact).size();
        const qint64 least = leastJsonSize(data, 1'000'000);
        QVERIFY2(least <= size, qPrintable(u"%1 of %2"_s.arg(least).arg(size)));
        QVERIFY2(least >= size / 2, qPrintable(u"%1 of %2"_s.arg(least).arg(size)));
    }
    const QJsonObject large{{u"a"_s, QString(100'000, u'x')}};
    QVERIFY(leastJsonSize(large, 50'000) >= 50'000);
}

void TestWireMessage::decodingSpeed()
{
    const QByteArray json
        = R"({"type":"group_action","groupID":"aB3-_xyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXY=","action":"increment","data":{"by":1},"seq":17,)" ORIGIN
          "}"_ba;
    QBENCHMARK {
        QVERIFY(decodeMessage(json));
    }
}

void TestWireMessage::encodingSpeed()
{
    const GroupActionMessage message{GroupId(u"aB3-_xyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXY="_s),
                                     u"increment"_s,
                                     {{u"by"_s, 1}}};
    QBENCHMARK {
        QVERIFY(!encodeMessage(message, origin, 17).isEmpty());
    }
}

QTEST_APPLESS_MAIN(TestWireMessage)
#include "tst_wiremessage.moc"
