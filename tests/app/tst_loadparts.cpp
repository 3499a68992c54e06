// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clientframe.h"
#include "framereader.h"
#include "httpanswerreader.h"
#include "latencies.h"
#include "loadoptions.h"
#include "messages.h"
#include "pace.h"
#include "serverprocess.h"
#include "tally.h"
#include "target.h"

#include <QCommandLineParser>
#include <QTcpServer>
#include <QTest>
#include <QtEndian>

#include <netinet/in.h>

using namespace LiveTemplate::Load;
using namespace Qt::StringLiterals;

namespace {

/// A frame as a server sends it.
QByteArray serverFrame(int firstByte, const QByteArray &payload)
{
    QByteArray frame(1, char(firstByte));
    if (payload.size() <= 125) {
        frame += char(payload.size());
    } else if (payload.size() <= 0xffff) {
        frame += char(126);
        frame.resize(4);
        qToBigEndian(quint16(payload.size()), frame.data() + 2);
    } else {
        frame += char(127);
        frame.resize(10);
        qToBigEndian(quint64(payload.size()), frame.data() + 2);
    }
    return frame + payload;
}

QByteArray text(const QByteArray &payload)
{
    return serverFrame(0x81, payload);
}

/// What comes out of @p bytes that arrive @p size at a time; nothing when they cannot be read.
std::optional<QList<FrameReader::Message>> readFrames(const QByteArray &bytes, qsizetype size)
{
    FrameReader reader;
    QList<FrameReader::Message> messages;
    for (qsizetype i = 0; i < bytes.size(); i += size) {
        reader.append(QByteArrayView(bytes).sliced(i, std::min(size, bytes.size() - i)));
        for (;;) {
            const auto message = reader.next();
            if (!message)
                return std::nullopt;
            if (!*message)
                break;
            messages.append(**message);
        }
    }
    return messages;
}

std::expected<LoadOptions, QString> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    LoadOptions::addTo(parser);
    if (!parser.parse(QStringList{u"livetemplate-load"_s} + arguments))
        return std::unexpected(parser.errorText());
    return LoadOptions::read(parser);
}

const QString page = u"http://127.0.0.1:8080/counter"_s;

} // namespace

class LoadPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesAreThoseOfTheStandard();
    void framesOfAllLengths_data();
    void framesOfAllLengths();
    void framesAreReadHoweverTheyAreSplit_data();
    void framesAreReadHoweverTheyAreSplit();
    void brokenFramesAreRefused_data();
    void brokenFramesAreRefused();
    void answersAreReadHoweverTheyAreSplit_data();
    void answersAreReadHoweverTheyAreSplit();
    void answerWithoutALengthEndsWithTheConnection();
    void brokenAnswersAreRefused_data();
    void brokenAnswersAreRefused();
    void messagesAreTold_data();
    void messagesAreTold();
    void actionsAreQuoted();
    void paceIsEven();
    void latenciesAreSorted();
    void reasonsAreBounded();
    void targetsAreRead_data();
    void targetsAreRead();
    void otherTargetsAreRefused_data();
    void otherTargetsAreRefused();
    void manyConnectionsComeFromSeveralAddresses();
    void optionsHaveDefaults();
    void optionsAreRead();
    void wrongOptionsAreRefused_data();
    void wrongOptionsAreRefused();
    void processesAreFoundByTheirPort();
};

void LoadPartsTest::framesAreThoseOfTheStandard()
{
    // RFC 6455, 5.7.
    QCOMPARE(encodeClientFrame(Opcode::Text, "Hello", 0x37fa213d).toHex(' '),
             "81 85 37 fa 21 3d 7f 9f 4d 51 58");
    QCOMPARE(encodeClientFrame(Opcode::Close, "\x03\xe8", 0).toHex(' '), "88 82 00 00 00 00 03 e8");
}

void LoadPartsTest::framesOfAllLengths_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("none") << qsizetype(0) << "8180"_ba;
    QTest::newRow("longest in seven bits") << qsizetype(125) << "81fd"_ba;
    QTest::newRow("shortest in sixteen bits") << qsizetype(126) << "81fe007e"_ba;
    QTest::newRow("longest in sixteen bits") << qsizetype(65535) << "81feffff"_ba;
    QTest::newRow("shortest in sixty-four bits") << qsizetype(65536) << "81ff0000000000010000"_ba;
}

void LoadPartsTest::framesOfAllLengths()
{
    QFETCH(qsizetype, size);
    QFETCH(QByteArray, head);
    const QByteArray start = QByteArray::fromHex(head + "a1b2c3d4");
    const QByteArray frame = encodeClientFrame(Opcode::Text, QByteArray(size, 'x'), 0xa1b2c3d4);
    QCOMPARE(frame.first(start.size()).toHex(), start.toHex());
    QCOMPARE(frame.size(), start.size() + size);
    for (qsizetype i = 0; i < size; ++i)
        QCOMPARE(char(frame.at(start.size() + i) ^ start.at(start.size() - 4 + i % 4)), 'x');
}

void LoadPartsTest::framesAreReadHoweverTheyAreSplit_data()
{
    using Messages = QList<FrameReader::Message>;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Messages>("messages");
    const QByteArray medium(300, 'm');
    const QByteArray large(70'000, 'l');
    QTest::newRow("text") << text("Hello") << Messages{{Opcode::Text, "Hello"}};
    QTest::newRow("empty") << text("") << Messages{{Opcode::Text, ""}};
    QTest::newRow("two") << text("one") + text("two")
                         << Messages{{Opcode::Text, "one"}, {Opcode::Text, "two"}};
    QTest::newRow("sixteen bits") << text(medium) + text("after")
                                  << Messages{{Opcode::Text, medium}, {Opcode::Text, "after"}};
    QTest::newRow("sixty-four bits")
        << text(large) + text("after") << Messages{{Opcode::Text, large}, {Opcode::Text, "after"}};
    QTest::newRow("fragments with a ping between")
        << serverFrame(0x01, "He") + serverFrame(0x89, "alive?") + serverFrame(0x00, "ll")
            + serverFrame(0x80, "o") + text("next")
        << Messages{{Opcode::Ping, "alive?"}, {Opcode::Text, "Hello"}, {Opcode::Text, "next"}};
    QTest::newRow("binary and goodbye") << serverFrame(0x82, "\1\2")
            + serverFrame(0x88,
                          "\x03\xe9"
                          "bye")
                                        << Messages{{Opcode::Binary, "\1\2"},
                                                    {Opcode::Close,
                                                     "\x03\xe9"
                                                     "bye"}};
}

void LoadPartsTest::framesAreReadHoweverTheyAreSplit()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<FrameReader::Message>, messages);
    for (const qsizetype size :
         {qsizetype(1), qsizetype(2), qsizetype(3), qsizetype(7), qsizetype(1000), bytes.size()}) {
        const auto read = readFrames(bytes, size);
        QVERIFY2(read, qPrintable(QString::number(size)));
        QVERIFY2(*read == messages, qPrintable(QString::number(size)));
    }
}

void LoadPartsTest::brokenFramesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("masked") << encodeClientFrame(Opcode::Text, "Hello", 1);
    QTest::newRow("reserved bit") << serverFrame(0xc1, "Hello");
    QTest::newRow("unknown kind") << serverFrame(0x83, "Hello");
    QTest::newRow("unknown control") << serverFrame(0x8b, "Hello");
    QTest::newRow("long ping") << serverFrame(0x89, QByteArray(126, 'p'));
    QTest::newRow("ping in fragments") << serverFrame(0x09, "p");
    QTest::newRow("continues nothing") << serverFrame(0x80, "o");
    QTest::newRow("text in the midst of a text") << serverFrame(0x01, "He") + text("next");
    QTest::newRow("too long") << QByteArray::fromHex("817f0000000004000001");
    QTest::newRow("far too long") << QByteArray::fromHex("817fffffffffffffffff");
    QTest::newRow("too long together")
        << serverFrame(0x01, "He") + QByteArray::fromHex("807f0000000003ffffff");
}

void LoadPartsTest::brokenFramesAreRefused()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!readFrames(bytes, bytes.size()));
    QVERIFY(!readFrames(bytes, 1));
    // What comes before is read all the same.
    QVERIFY(readFrames(text("Hello"), 1));
}

void LoadPartsTest::answersAreReadHoweverTheyAreSplit_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QByteArray>("cookie");
    QTest::addColumn<bool>("keepsAlive");
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
                               "Set-Cookie: other=1\r\n"
                               "Set-Cookie: livetemplate-id=abc=; Path=/; HttpOnly\r\n\r\nHello"
                               "HTTP/1.1"_ba
                            << u"200 OK"_s << "abc="_ba << true << "HTTP/1.1"_ba;
    QTest::newRow("chunks") << "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n"
                               "set-cookie: livetemplate-id=abc\r\n\r\n"
                               "5\r\nHello\r\n0\r\n\r\n"_ba
                            << u"200 OK"_s << "abc"_ba << true << ""_ba;
    QTest::newRow("refusal") << "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
                                "Content-Length: 2\r\n\r\nno"_ba
                             << u"503 Service Unavailable"_s << ""_ba << false << ""_ba;
    QTest::newRow("no reason") << "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n"_ba << u"404"_s
                               << ""_ba << true << ""_ba;
    QTest::newRow("upgrade") << "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                "Connection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n"_ba
            + text("first") << u"101 Switching Protocols"_s
                             << ""_ba << true << text("first");
}

void LoadPartsTest::answersAreReadHoweverTheyAreSplit()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype size : {qsizetype(1), qsizetype(2), qsizetype(16), bytes.size()}) {
        HttpAnswerReader reader;
        bool complete = false;
        QByteArray rest;
        for (qsizetype i = 0; i < bytes.size(); i += size) {
            const QByteArrayView piece = QByteArrayView(bytes).sliced(
                i, std::min(size, bytes.size() - i));
            if (complete) {
                rest += piece;
                continue;
            }
            const auto fed = reader.feed(piece);
            QVERIFY(fed);
            complete = *fed;
        }
        QVERIFY(complete);
        QTEST(reader.statusLine(), "status");
        QTEST(reader.cookie(), "cookie");
        QTEST(reader.keepsAlive(), "keepsAlive");
        QTEST(reader.rest() + rest, "rest");
    }
}

void LoadPartsTest::answerWithoutALengthEndsWithTheConnection()
{
    HttpAnswerReader reader;
    QVERIFY(reader.isEmpty());
    const auto fed = reader.feed("HTTP/1.1 200 OK\r\nSet-Cookie: livetemplate-id=abc\r\n\r\nHel");
    QVERIFY(fed);
    QVERIFY(!*fed);
    QVERIFY(!reader.isEmpty());
    QVERIFY(reader.finish());
    QCOMPARE(reader.status(), 200);

    HttpAnswerReader cut;
    QVERIFY(cut.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHel"));
    QVERIFY(!cut.finish());
}

void LoadPartsTest::brokenAnswersAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no HTTP") << "SSH-2.0-OpenSSH_9.2\r\n"_ba;
    QTest::newRow("large head") << "HTTP/1.1 200 OK\r\nA: " + QByteArray(70'000, 'a') + "\r\n\r\n";
}

void LoadPartsTest::brokenAnswersAreRefused()
{
    QFETCH(QByteArray, bytes);
    HttpAnswerReader reader;
    QVERIFY(!reader.feed(bytes));
}

void LoadPartsTest::messagesAreTold_data()
{
    using Kind = ServerMessage::Kind;
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QStringList>("errors");
    const auto row = [](const char *name, const QByteArray &json, Kind kind,
                        const QString &action = {}, const QStringList &errors = {}) {
        QTest::newRow(name) << json << kind << action << errors;
    };
    row("pong", R"({"pong":true})", Kind::Pong);
    row("pong with spaces", R"({ "pong": true })", Kind::Pong);
    row("first", R"({"tree":{"s":["",""],"0":"1"},"meta":{"success":true,"errors":{}}})",
        Kind::Update);
    row("update", R"({"tree":{"0":"1"}})", Kind::Update);
    row("update of a Go server", R"({"tree":{"0":"1"},"meta":{"success":true,"errors":null}})",
        Kind::Update);
    row("answer", R"({"tree":{},"meta":{"success":true,"errors":{},"action":"save"}})",
        Kind::Answer, u"save"_s);
    row("answer with an error",
        R"({"tree":{},"meta":{"success":false,"errors":{"name":"required"},"action":"save"}})",
        Kind::Answer, u"save"_s, {u"name: required"_s});
    row("too many messages",
        R"({"tree":{},"meta":{"success":false,"errors":{"_rate_limit":"slow down"}}})",
        Kind::Answer, {}, {u"_rate_limit: slow down"_s});
    row("no tree", R"({"type":"error","code":"topic_forbidden"})", Kind::Other);
    row("no object", "[1]", Kind::Unreadable);
    row("no JSON", "tree", Kind::Unreadable);
}

void LoadPartsTest::messagesAreTold()
{
    QFETCH(QByteArray, json);
    const ServerMessage message = ServerMessage::parse(json);
    QTEST(message.kind, "kind");
    QTEST(message.action, "action");
    QTEST(message.errors, "errors");
}

void LoadPartsTest::actionsAreQuoted()
{
    QCOMPARE(actionMessage(u"increment"_s), R"({"action":"increment","data":{}})");
    QCOMPARE(actionMessage(u"a\"b"_s), R"({"action":"a\"b","data":{}})");
}

void LoadPartsTest::paceIsEven()
{
    const TimePoint start = Clock::now();
    Pace pace(500, start);
    QVERIFY(pace.take(start));
    QVERIFY(!pace.take(start));
    QCOMPARE(pace.next() - start, std::chrono::milliseconds(2));
    // After a delay all that was missed is due at once, and the pace stays that of the start.
    int taken = 0;
    while (pace.take(start + std::chrono::seconds(1)))
        ++taken;
    QCOMPARE(taken, 500);
    QCOMPARE(pace.next() - start, std::chrono::milliseconds(1002));
}

void LoadPartsTest::latenciesAreSorted()
{
    Latencies latencies;
    QCOMPARE(latencies.figures().max, 0U);
    for (int i = 1; i <= 100; ++i)
        latencies.record(std::chrono::milliseconds(i));
    const LatencyFigures figures = latencies.figures();
    QCOMPARE(figures.count, 100U);
    QCOMPARE(figures.max, 100'000'000U);
    const auto isNear = [](quint64 value, double expected) {
        return std::abs(double(value) / expected - 1) < 0.04;
    };
    QVERIFY(isNear(figures.p50, 50e6));
    QVERIFY(isNear(figures.p95, 95e6));
    QVERIFY(isNear(figures.p99, 99e6));
    QVERIFY(figures.p99 <= figures.max);
    QCOMPARE(figures.toJson().value("max"_L1).toDouble(), 100'000.0);
}

void LoadPartsTest::reasonsAreBounded()
{
    Tally tally;
    for (int i = 0; i < 100; ++i)
        tally.add(QString::number(i));
    tally.add(u"0"_s);
    QCOMPARE(tally.total(), 101U);
    QCOMPARE(tally.counts().value(u"0"_s), 2U);
    QCOMPARE(tally.counts().value(u"Other reasons"_s), 68U);
    QCOMPARE(tally.counts().size(), 33);
}

void LoadPartsTest::targetsAreRead_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("loopback");
    QTest::newRow("page") << page << "127.0.0.1:8080"_ba << "/counter"_ba << 8080 << true;
    QTest::newRow("no path, no port")
        << u"http://127.0.0.1"_s << "127.0.0.1"_ba << "/"_ba << 80 << true;
    QTest::newRow("query") << u"http://127.1.2.3:1/a%20b?c=d&e"_s << "127.1.2.3:1"_ba
                           << "/a%20b?c=d&e"_ba << 1 << true;
    QTest::newRow("IPv6") << u"http://[::1]:8080/"_s << "[::1]:8080"_ba << "/"_ba << 8080 << true;
    QTest::newRow("name") << u"http://localhost:8080/"_s << "localhost:8080"_ba << "/"_ba << 8080
                          << true;
    QTest::newRow("elsewhere") << u"http://192.0.2.1/"_s << "192.0.2.1"_ba << "/"_ba << 80 << false;
    QTest::newRow("elsewhere, IPv6")
        << u"http://[2001:db8::1]/"_s << "[2001:db8::1]"_ba << "/"_ba << 80 << false;
}

void LoadPartsTest::targetsAreRead()
{
    QFETCH(QString, url);
    const auto target = Target::parse(url);
    QVERIFY2(target, target ? "" : qPrintable(target.error()));
    QTEST(target->authority, "authority");
    QTEST(target->path, "path");
    QTEST(int(target->port), "port");
    QTEST(target->isLoopback(), "loopback");
}

void LoadPartsTest::otherTargetsAreRefused_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("reason");
    const QString noAddress = u"is not the address of a page"_s;
    QTest::newRow("TLS") << u"https://127.0.0.1/"_s << u"TLS is not spoken"_s;
    QTest::newRow("no scheme") << u"127.0.0.1:8080"_s << noAddress;
    QTest::newRow("WebSocket") << u"ws://127.0.0.1:8080/"_s << noAddress;
    QTest::newRow("no host") << u"http:///counter"_s << noAddress;
    QTest::newRow("no port") << u"http://127.0.0.1:x/"_s << noAddress;
    QTest::newRow("no such host") << u"http://nowhere.invalid/"_s << u"no machine"_s;
}

void LoadPartsTest::otherTargetsAreRefused()
{
    QFETCH(QString, url);
    QFETCH(QString, reason);
    const auto target = Target::parse(url);
    QVERIFY(!target);
    QVERIFY2(target.error().contains(reason), qPrintable(target.error()));
}

void LoadPartsTest::manyConnectionsComeFromSeveralAddresses()
{
    const auto target = Target::parse(page);
    QVERIFY(target);
    QVERIFY(!target->source(0));
    QVERIFY(!target->source(9'999));
    const auto third = target->source(20'000);
    QVERIFY(third);
    const auto *address = reinterpret_cast<const sockaddr_in *>(third->data());
    QCOMPARE(ntohl(address->sin_addr.s_addr), 0x7f000003U);

    QVERIFY(!Target::parse(u"http://[::1]/"_s)->source(20'000));
    QVERIFY(!Target::parse(u"http://192.0.2.1/"_s)->source(20'000));
}

void LoadPartsTest::optionsHaveDefaults()
{
    const auto options = readOptions({page});
    QVERIFY(options);
    QCOMPARE(options->url, page);
    QCOMPARE(options->connections, 100);
    QCOMPARE(options->browsers, 100);
    QVERIFY(options->mode == LoadOptions::Mode::Idle);
    QCOMPARE(options->heartbeat, std::chrono::seconds(20));
    QVERIFY(!options->verify && !options->counterSlot && !options->serverId);
    QCOMPARE(readOptions({page, u"-n"_s, u"7"_s})->browsers, 7);
    QCOMPARE(readOptions({page, u"--cookie"_s, u"abc="_s})->browsers, 1);
}

void LoadPartsTest::optionsAreRead()
{
    const auto click = readOptions(
        {page,      u"-n"_s,          u"50"_s,  u"-b"_s,        u"5"_s,   u"--click"_s,
         u"save"_s, u"--rate"_s,      u"2.5"_s, u"--active"_s,  u"3"_s,   u"--duration"_s,
         u"1.5"_s,  u"--heartbeat"_s, u"0"_s,   u"--timeout"_s, u"0.5"_s, u"--counter"_s,
         u"2"_s,    u"--pid"_s,       u"1"_s,   u"--json"_s});
    QVERIFY(click);
    QVERIFY(click->mode == LoadOptions::Mode::Click);
    QCOMPARE(click->connections, 50);
    QCOMPARE(click->browsers, 5);
    QCOMPARE(click->action, u"save"_s);
    QCOMPARE(click->rate, 2.5);
    QCOMPARE(click->active, 3);
    QCOMPARE(click->duration, std::chrono::milliseconds(1500));
    QCOMPARE(click->heartbeat, Duration::zero());
    QCOMPARE(click->timeout, std::chrono::milliseconds(500));
    QVERIFY(click->verify);
    QCOMPARE(click->counterSlot, 2);
    QCOMPARE(click->serverId, 1);
    QVERIFY(click->json);

    const auto broadcast = readOptions(
        {page, u"-b"_s, u"1"_s, u"--broadcast"_s, u"save"_s, u"--times"_s, u"3"_s});
    QVERIFY(broadcast);
    QVERIFY(broadcast->mode == LoadOptions::Mode::Broadcast);
    QCOMPARE(broadcast->times, 3);
}

void LoadPartsTest::wrongOptionsAreRefused_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no page") << u""_s << u"which page"_s;
    QTest::newRow("two pages") << u"http://a http://b"_s << u"\"http://b\""_s;
    QTest::newRow("no connections") << u"p -n 0"_s << u"--connections \"0\""_s;
    QTest::newRow("no number") << u"p -n x"_s << u"--connections \"x\""_s;
    QTest::newRow("fraction") << u"p -n 1.5"_s << u"from 1 to 1000000"_s;
    QTest::newRow("more browsers") << u"p -n 5 -b 6"_s << u"from 1 to 5"_s;
    QTest::newRow("browsers, cookie") << u"p -b 1 --cookie a"_s << u"exclude each other"_s;
    QTest::newRow("bad cookie") << u"p --cookie a;b"_s << u"cannot stand in a request"_s;
    QTest::newRow("foreign cookie") << u"p --cookie ä"_s << u"cannot stand in a request"_s;
    QTest::newRow("empty cookie") << u"p --cookie "_s << u"cannot stand in a request"_s;
    QTest::newRow("two modes") << u"p --click a --broadcast b"_s << u"exclude each other"_s;
    QTest::newRow("no action") << u"p --click "_s << u"which action"_s;
    QTest::newRow("rate") << u"p --click a --rate 0"_s << u"from 0.01 to 1000000"_s;
    QTest::newRow("no rate") << u"p --click a --rate nan"_s << u"--rate \"nan\""_s;
    QTest::newRow("rate of nothing") << u"p --rate 1"_s << u"with --click or --broadcast"_s;
    QTest::newRow("times of clicks") << u"p --click a --times 1"_s << u"with --broadcast"_s;
    QTest::newRow("active of nothing") << u"p --active 1"_s << u"with --click"_s;
    QTest::newRow("too active") << u"p -n 5 --click a --active 6"_s << u"from 1 to 5"_s;
    QTest::newRow("too short") << u"p --click a --rate 1 --duration 0.5"_s << u"Not one action"_s;
    QTest::newRow("too long") << u"p --idle 86401"_s << u"from 0 to 86400"_s;
    QTest::newRow("heartbeat") << u"p --heartbeat 0.5"_s << u"--heartbeat \"0.5\""_s;
    QTest::newRow("lonely broadcast") << u"p -n 5 -b 3 --broadcast a"_s << u"two connections"_s;
    QTest::newRow("slot") << u"p --counter x"_s << u"--counter \"x\""_s;
    QTest::newRow("process") << u"p --pid 0"_s << u"--pid \"0\""_s;
}

void LoadPartsTest::wrongOptionsAreRefused()
{
    QFETCH(QString, arguments);
    QFETCH(QString, reason);
    const auto options = readOptions(arguments.isEmpty() ? QStringList() : arguments.split(u' '));
    QVERIFY(!options);
    QVERIFY2(options.error().contains(reason), qPrintable(options.error()));
}

void LoadPartsTest::processesAreFoundByTheirPort()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const auto process = ServerProcess::listeningOn(server.serverPort());
    QVERIFY(process);
    QCOMPARE(process->id(), pid_t(QCoreApplication::applicationPid()));
    QVERIFY(process->residentMemory() > 1'000'000);
    const Duration before = process->cpuTime();
    QVERIFY(before > Duration::zero());
    // Reading the clock is work, too.
    QVERIFY(process->cpuTime() > before);

    const quint16 port = server.serverPort();
    server.close();
    QVERIFY(!ServerProcess::listeningOn(port));
    QVERIFY(!ServerProcess::withId(-1));
    QVERIFY(ServerProcess::withId(process->id()));
}

QTEST_GUILESS_MAIN(LoadPartsTest)
#include "tst_loadparts.moc"
