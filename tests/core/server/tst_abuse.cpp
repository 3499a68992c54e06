// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "abusedserver.h"
#include "framecases.h"
#include "messagecases.h"
#include "processload.h"
#include "rawwebsocket.h"
#include "requestcases.h"
#include "sessionstore.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QMutex>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>
#include <numeric>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A client that sends a little, and then a little more from time to time.
struct SlowRequest
{
    const char *name;
    QByteArray beginning;
    QByteArray more;
    QList<int> statuses;
};

QList<SlowRequest> slowRequests()
{
    const QByteArray form = "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: "
                            "application/x-www-form-urlencoded\r\n";
    const QByteArray chunks = form + "Transfer-Encoding: chunked\r\n\r\n";
    return {
        {"nothing", {}, {}, {}},
        {"empty lines", {}, "\r\n", {}},
        {"slow method", "P", "", {408}},
        {"slow address", "GET /", "a", {408}},
        {"slow header", "GET / HTTP/1.1\r\nX-A: ", "b", {408}},
        {"slow headers", "GET / HTTP/1.1\r\n", "A: b\r\n", {408}},
        {"end of the head missing", "GET / HTTP/1.1\r\nHost: h\r\n", {}, {408}},
        {"body missing", form + "Content-Length: 6\r\n\r\n", {}, {408}},
        {"body missing that was asked for",
         form + "Content-Length: 6\r\nExpect: 100-continue\r\n\r\n",
         {},
         {100, 408}},
        {"slow body", form + "Content-Length: 100000\r\n\r\n", "x", {408}},
        {"slow chunks", chunks, "1\r\nx\r\n", {408}},
        {"chunk that is announced", chunks + "7fffffffffffffff\r\n", {}, {408}},
        {"slow chunk", chunks + "fffff\r\n", "x", {408}},
        {"slow size", chunks, "0", {408}},
        {"slow extension", chunks + "5;", "a", {408}},
        {"slow trailer", chunks + "0\r\n", "A: b\r\n", {408}},
        {"nothing more", "GET /nope HTTP/1.1\r\nHost: h\r\n\r\n", {}, {404}},
        {"empty lines behind it", "GET /nope HTTP/1.1\r\nHost: h\r\n\r\n", "\r\n", {404}},
        {"slow second request", "GET /nope HTTP/1.1\r\nHost: h\r\n\r\nGET /", "a", {404, 408}},
        {"slow body of a second request",
         "GET /nope HTTP/1.1\r\nHost: h\r\n\r\n" + form + "Content-Length: 100000\r\n\r\n",
         "x",
         {404, 408}},
    };
}

/// Of the first pipelined request that asks for a title on.
QByteArray titleRequest(int number, const QByteArray &cookie)
{
    return "GET /?title=" + QByteArray::number(number) + " HTTP/1.1\r\nHost: h\r\nCookie: " + cookie
        + "\r\n\r\n";
}

/// Whether the answers to an action arrive as JSON in UTF-8.
bool isJson(const QByteArray &text)
{
    QJsonParseError error;
    QJsonDocument::fromJson(text, &error);
    return error.error == QJsonParseError::NoError;
}

} // namespace

/// What a server has to bear: each case with the answer that it must have, and afterwards the
/// server must have what it had before, and serve.
class TestAbuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    // HTTP
    void brokenRequestIsRefused_data();
    void brokenRequestIsRefused();
    void oddRequestIsAnswered_data();
    void oddRequestIsAnswered();
    void chunksOfAnOldClientEndTheConnection();
    void hostOfTheAddressCounts();
    void slowRequestsAreCutOff();
    void silentConnectionsHinderNobody();
    void endlessRequestIsRefused_data();
    void endlessRequestIsRefused();
    void answerArrivesWhileTheClientGoesOnSending();
    void pipelinedPagesAreAnsweredInOrder();
    void pipelinedRequestsWaitForAReader();
    void halfClosedConnectionIsAnswered_data();
    void halfClosedConnectionIsAnswered();
    void halfARequestIsForgotten_data();
    void halfARequestIsForgotten();
    void headersCannotBeInjected_data();
    void headersCannotBeInjected();

    // Who is it?
    void forgedCookieIsReplaced_data();
    void forgedCookieIsReplaced();
    void manyCookies();
    void groupIsForWhoKnowsAllOfItsId_data();
    void groupIsForWhoKnowsAllOfItsId();
    void otherOriginsAreRefused_data();
    void otherOriginsAreRefused();

    // Becoming a WebSocket
    void oddUpgrade_data();
    void oddUpgrade();
    void secondUpgradeOfASocketIsNoFrame();
    void firstClickIsAnswered();

    // Frames and messages
    void brokenFrameClosesTheConnection_data();
    void brokenFrameClosesTheConnection();
    void farewellIsAnswered_data();
    void farewellIsAnswered();
    void halfAFrameIsNotWaitedForForever();
    void fragmentsAreJoined();
    void emptyFragmentsAreBorne();
    void messageLimit_data();
    void messageLimit();
    void fragmentsWithoutAnEnd();
    void oddMessage_data();
    void oddMessage();
    void everyPingIsAnswered();
    void pingsOfWhoDoesNotReadAreBounded();

    // Too much
    void floodOfActionsIsSlowedDown();
    void crowdThatDoesNotReadHindersNobody();
    void connectionLimit();
    void connectionLimitOfAGroup();
    void resets_data();
    void resets();
    void comingAndGoing();
    void acceptingPausesWithoutDescriptors();

private:
    void start(ServerOptions options = {})
    {
        m_server = nullptr;
        m_server = std::make_unique<AbusedServer>(std::move(options));
        QCOMPARE(m_server->trouble(), QString());
        QTRY_COMPARE_WITH_TIMEOUT(m_server->damage(), QString(), RawSocket::patience);
    }

    [[nodiscard]] quint16 port() const { return m_server->port(); }

    std::unique_ptr<AbusedServer> m_server;
    qint64 m_maxFiles = 0;
};

void TestAbuse::initTestCase()
{
    // Of each abuse the server says what it thinks of it.
    QLoggingCategory::setFilterRules(u"livetemplate.server*=false"_s);
    m_maxFiles = ProcessLoad::raiseFileLimit();
}

void TestAbuse::init()
{
    start();
}

void TestAbuse::cleanup()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_server->damage(), QString(), RawSocket::patience);
    QCOMPARE(m_server->trouble(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(m_server->damage(), QString(), RawSocket::patience);
}

void TestAbuse::brokenRequestIsRefused_data()
{
    QTest::addColumn<RequestCase>("request");
    for (const RequestCase &request : brokenRequests())
        QTest::newRow(request.name) << request;
}

void TestAbuse::brokenRequestIsRefused()
{
    QFETCH(RequestCase, request);
    RawSocket socket(port());
    socket.send(request.bytes + "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    const HttpAnswer answer = readAnswer(socket);
    if (request.defect)
        QEXPECT_FAIL("", request.defect, Abort);
    QCOMPARE(answer.status, request.status);
    static const QRegularExpression sentence(u"^[A-Z].*\\.\n$"_s);
    QVERIFY2(sentence.match(QString::fromUtf8(answer.body)).hasMatch(), answer.body);
    QCOMPARE(answer.headers.value("connection"), "close"_ba);
    QCOMPARE(readAllAnswers(socket).size(), 0);
    QCOMPARE(socket.ending(), RawSocket::Ending::Closed);
}

void TestAbuse::oddRequestIsAnswered_data()
{
    QTest::addColumn<RequestCase>("request");
    for (const RequestCase &request : oddRequests())
        QTest::newRow(request.name) << request;
}

void TestAbuse::oddRequestIsAnswered()
{
    QFETCH(RequestCase, request);
    RawSocket socket(port());
    socket.send(request.bytes + "DELETE /nope HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    QCOMPARE(statusesOf(readAllAnswers(socket)), QList({request.status, 405}));
    QCOMPARE(socket.ending(), RawSocket::Ending::Closed);
}

void TestAbuse::chunksOfAnOldClientEndTheConnection()
{
    // RFC 9112, 6.1: HTTP/1.0 has no chunks, so what follows them may be something else.
    RawSocket socket(port());
    socket.send("POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: "
                "application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
                "6\r\nquiet=\r\n0\r\n\r\nGET /nope HTTP/1.1\r\nHost: h\r\n\r\n");
    const HttpAnswer answer = readAnswer(socket);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.headers.value("connection"), "close"_ba);
    QCOMPARE(readAllAnswers(socket).size(), 0);
}

void TestAbuse::hostOfTheAddressCounts()
{
    // RFC 9112, 3.2.2: a Host header that says something else must be ignored.
    const auto post = [&](const QByteArray &origin) {
        RawSocket socket(port());
        return ask(socket,
                   "POST http://target.example/ HTTP/1.1\r\nHost: header.example\r\nOrigin: "
                       + origin
                       + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                         "Content-Length: 6\r\n\r\nquiet=")
            .status;
    };
    QCOMPARE(post("http://target.example"), 303);
    QCOMPARE(post("http://header.example"), 403);
    QCOMPARE(post("http://other.example"), 403);
}

void TestAbuse::slowRequestsAreCutOff()
{
    ServerOptions options;
    options.handshakeTimeout = 300ms;
    options.requestBodyTimeout = 300ms;
    options.keepAliveTimeout = 300ms;
    start(options);
    const qint64 timedOut = m_server->metric(
        R"(livetemplate_requests_rejected_total{reason="timed_out"})");

    // All at once, since each of them takes its time.
    const auto requests = slowRequests();
    std::vector<RawSocket> sockets;
    for (const SlowRequest &request : requests) {
        RawSocket &socket = sockets.emplace_back(port());
        QVERIFY(socket.send(request.beginning));
    }
    QDeadlineTimer deadline(RawSocket::patience);
    const auto isOpen = [](const RawSocket &socket) {
        return socket.ending() == RawSocket::Ending::None;
    };
    while (!deadline.hasExpired() && std::ranges::any_of(sockets, isOpen)) {
        for (std::size_t i = 0; i < sockets.size(); ++i) {
            sockets[i].sendNow(requests[qsizetype(i)].more);
            while (sockets[i].receive(0ms)) {
            }
        }
        QTest::qWait(20);
    }
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        const SlowRequest &request = requests[qsizetype(i)];
        QVERIFY2(!isOpen(sockets[i]), request.name);
        const auto answers = readAllAnswers(sockets[i]);
        QVERIFY2(statusesOf(answers) == request.statuses, request.name);
        if (request.statuses.endsWith(408))
            QCOMPARE(answers.last().body, "The request did not arrive in time.\n"_ba);
    }
    const auto refused = std::ranges::count_if(requests, [](const SlowRequest &request) {
        return request.statuses.endsWith(408);
    });
    QCOMPARE(m_server->metric(R"(livetemplate_requests_rejected_total{reason="timed_out"})"),
             timedOut + refused);
}

void TestAbuse::silentConnectionsHinderNobody()
{
    ServerOptions options;
    options.handshakeTimeout = 1s;
    start(options);
    std::vector<RawSocket> silent;
    for (int i = 0; i < 500; ++i) {
        silent.emplace_back(port());
        if (i % 2)
            silent.back().send("GET / HTTP/1.1\r\n");
    }
    for (int i = 0; i < 10; ++i)
        QCOMPARE(m_server->trouble(), QString());
    for (std::size_t i = 0; i < silent.size(); ++i) {
        QCOMPARE(statusesOf(readAllAnswers(silent[i])), i % 2 ? QList({408}) : QList<int>());
        QVERIFY(silent[i].ending() != RawSocket::Ending::None);
    }
}

void TestAbuse::endlessRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("beginning");
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("sentence");
    const QByteArray post = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    const QByteArray largeHead
        = "The head of the request is too large. Fewer or shorter headers (cookies, most often) "
          "will pass.\n";
    const QByteArray manyHeaders = "The request has too many header lines.\n";
    const QByteArray largeBody = "The body of the request is too large.\n";
    QTest::newRow("method")
        << QByteArray() << "GET"_ba << 400
        << "The request is not valid HTTP/1.1: Expected space after method.\n"_ba;
    QTest::newRow("address") << "GET /"_ba << "a"_ba << 431 << largeHead;
    QTest::newRow("header name") << "GET / HTTP/1.1\r\nX"_ba << "a"_ba << 431 << largeHead;
    QTest::newRow("header") << "GET / HTTP/1.1\r\nX: "_ba << "b"_ba << 431 << largeHead;
    QTest::newRow("headers") << "GET / HTTP/1.1\r\n"_ba << "A: b\r\n"_ba << 431 << manyHeaders;
    QTest::newRow("long headers") << "GET / HTTP/1.1\r\n"_ba
                                  << "A: " + QByteArray(1000, 'b') + "\r\n"
                                  << 431 << largeHead;
    QTest::newRow("body") << "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n"_ba
                          << "x"_ba << 413 << largeBody;
    QTest::newRow("chunk") << post + "ffffffff\r\n" << "x"_ba << 413 << largeBody;
    QTest::newRow("chunks") << post << "1\r\nx\r\n"_ba << 413 << largeBody;
    QTest::newRow("extension") << post + "5;" << "a"_ba << 431 << largeHead;
    QTest::newRow("value of an extension") << post + "5;a=" << "b"_ba << 431 << largeHead;
    QTest::newRow("quoted value of an extension") << post + "5;a=\"" << "b"_ba << 431 << largeHead;
    QTest::newRow("extensions") << post << "1;a=b\r\nx\r\n"_ba << 431 << largeHead;
    QTest::newRow("trailer") << post + "0\r\nX: " << "b"_ba << 431 << largeHead;
    QTest::newRow("trailers") << post + "0\r\n" << "A: b\r\n"_ba << 431 << manyHeaders;
}

void TestAbuse::endlessRequestIsRefused()
{
    QFETCH(QByteArray, beginning);
    QFETCH(QByteArray, piece);
    RawSocket socket(port());
    socket.send(beginning);
    // Far more than the server should look at.
    const QByteArray block = piece.repeated(64 * 1024 / piece.size());
    for (int i = 0; i < 256 && socket.received().isEmpty() && socket.send(block); ++i)
        socket.receive(0ms);
    QVERIFY(m_server->allocated() < 8 * 1024 * 1024);
    const HttpAnswer answer = readAnswer(socket);
    QTEST(answer.status, "status");
    QTEST(answer.body, "sentence");
}

void TestAbuse::answerArrivesWhileTheClientGoesOnSending()
{
    // Closing on what was not read would reset the connection, and take the answer along.
    const QByteArray rest(1024 * 1024, 'x');
    RawSocket refused(port());
    refused.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n" + rest);
    QTest::qWait(50);
    QCOMPARE(statusesOf(readAllAnswers(refused)), QList({413}));

    RawSocket last(port());
    last.send("GET /nope HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + rest);
    QTest::qWait(50);
    QCOMPARE(statusesOf(readAllAnswers(last)), QList({404}));
}

void TestAbuse::pipelinedPagesAreAnsweredInOrder()
{
    // From all shards, and each of them goes to the home of its group.
    QByteArray requests;
    constexpr int count = 300;
    const QList<QByteArray> cookies{m_server->newCookie(), m_server->newCookie(),
                                    m_server->newCookie(), m_server->newCookie()};
    for (int i = 0; i < count; ++i)
        requests += titleRequest(i, cookies.at(i % cookies.size()));
    RawSocket socket(port());
    socket.send(requests);
    for (int i = 0; i < count; ++i) {
        const HttpAnswer answer = readAnswer(socket);
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.body.contains("<b>" + QByteArray::number(i) + "</b>"), answer.body);
    }
}

void TestAbuse::pipelinedRequestsWaitForAReader()
{
    const QByteArray request = "GET /livetemplate/0.25.1/client.js HTTP/1.1\r\nHost: h\r\n\r\n";
    const auto size = m_server->get("/livetemplate/0.25.1/client.js").body.size();
    constexpr int count = 300;
    RawSocket socket(port(), RawSocket::Window::Small);
    QVERIFY(socket.send(request.repeated(count)));
    const qint64 before = m_server->metric("livetemplate_http_requests_total");
    QCOMPARE(m_server->trouble(), QString());
    // Two answers are more than the server keeps for a client.
    QVERIFY(m_server->metric("livetemplate_http_requests_total") < before + 20);
    QVERIFY2(m_server->allocated() < 10 * size, QByteArray::number(m_server->allocated()));
    socket.send("GET /nope HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < count; ++i) {
        const HttpAnswer answer = readAnswer(socket);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body.size(), size);
    }
    QCOMPARE(statusesOf(readAllAnswers(socket)), QList({404}));
}

void TestAbuse::halfClosedConnectionIsAnswered_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray end = " HTTP/1.1\r\nHost: h\r\n\r\n";
    QTest::newRow("missing page") << "GET /nope" + end << 404;
    QTest::newRow("script") << "GET /livetemplate/0.25.1/client.js" + end << 200;
    QTest::newRow("metrics") << "GET /metrics" + end << 200;
    QTest::newRow("health") << "GET /health" + end << 200;
}

void TestAbuse::halfClosedConnectionIsAnswered()
{
    QFETCH(QByteArray, request);
    // Some of them on each shard, with groups of each shard.
    int answered = 0;
    for (int i = 0; i < 40; ++i) {
        RawSocket socket(port());
        socket.send(request);
        socket.finishSending();
        const auto statuses = statusesOf(readAllAnswers(socket));
        QVERIFY(statuses.size() <= 1 && socket.ending() != RawSocket::Ending::None);
        QFETCH(int, status);
        answered += statuses.value(0) == status ? 1 : 0;
    }
    QCOMPARE(answered, 40);
}

void TestAbuse::halfARequestIsForgotten_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << "GET / HTTP/1.1\r\nHo"_ba;
    QTest::newRow("half a body") << "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nqui"_ba;
    QTest::newRow("half a chunk")
        << "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nqui"_ba;
}

void TestAbuse::halfARequestIsForgotten()
{
    QFETCH(QByteArray, bytes);
    RawSocket socket(port());
    socket.send(bytes);
    socket.finishSending();
    QVERIFY(socket.receiveAll() != RawSocket::Ending::None);
    QVERIFY(socket.received().isEmpty() || readAnswer(socket).status == 400);
}

void TestAbuse::headersCannotBeInjected_data()
{
    QTest::addColumn<QByteArray>("request");
    const QByteArray evil = "%0d%0aX-Evil:%201%0d%0a%0d%0aevil";
    const QByteArray form = " HTTP/1.1\r\nHost: h\r\nContent-Type: "
                            "application/x-www-form-urlencoded\r\nContent-Length: 6\r\n";
    QTest::newRow("path") << "GET /" + evil + " HTTP/1.1\r\nHost: h\r\n\r\n";
    QTest::newRow("query of a form") << "POST /?a=" + evil + form + "\r\nquiet=";
    QTest::newRow("name in the query of a form") << "POST /?" + evil + form + "\r\nquiet=";
    QTest::newRow("cookie") << "GET / HTTP/1.1\r\nHost: h\r\nCookie: livetemplate-id=" + evil
            + "\r\n\r\n";
    QTest::newRow("flash") << "GET / HTTP/1.1\r\nHost: h\r\nCookie: lvt-flash=a=" + evil
            + "\r\n\r\n";
    QTest::newRow("name of a flash")
        << "GET / HTTP/1.1\r\nHost: h\r\nCookie: lvt-flash=" + evil + "=a\r\n\r\n";
    QTest::newRow("protocol of a WebSocket")
        << upgradeRequest({}, "Sec-WebSocket-Protocol: " + evil + "\r\n");
}

void TestAbuse::headersCannotBeInjected()
{
    QFETCH(QByteArray, request);
    RawSocket socket(port());
    const HttpAnswer answer = ask(socket, request);
    QVERIFY(answer.status >= 101);
    for (auto it = answer.headers.cbegin(); it != answer.headers.cend(); ++it)
        QVERIFY2(!it.key().contains("evil"), it.key());
    QVERIFY(!answer.body.startsWith("evil"));
}

void TestAbuse::forgedCookieIsReplaced_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isTaken");
    const QByteArray good = QByteArray(42, 'A') + "E=";
    QTest::newRow("well-formed") << good << true;
    QTest::newRow("all characters") << "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE="_ba << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("name of a person") << "admin"_ba << false;
    QTest::newRow("too short") << good.sliced(1) << false;
    QTest::newRow("too long") << 'A' + good << false;
    QTest::newRow("no padding") << QByteArray(44, 'A') << false;
    QTest::newRow("padding within it")
        << QByteArray(20, 'A') + '=' + QByteArray(22, 'A') + '=' << false;
    QTest::newRow("another alphabet") << QByteArray(40, 'A') + "+/A=" << false;
    QTest::newRow("in quotes") << '"' + good + '"' << false;
    QTest::newRow("encoded") << good.chopped(1) + "%3D" << false;
    QTest::newRow("no ASCII") << QByteArray(41, 'A') + "\xc3\xa4=" << false;
    QTest::newRow("spaces within it")
        << QByteArray(20, 'A') + "   " + QByteArray(20, 'A') + '=' << false;
    QTest::newRow("key of a store") << "../../etc/passwd"_ba << false;
    QTest::newRow("8 KB") << QByteArray(8191, 'A') + '=' << false;
}

void TestAbuse::forgedCookieIsReplaced()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isTaken);
    static const QRegularExpression fresh(u"^livetemplate-id=[A-Za-z0-9_-]{43}=; "_s);
    const auto check = [&](const HttpAnswer &answer) {
        const QByteArray cookie = answer.headers.value("set-cookie");
        return isTaken ? cookie.isEmpty()
                       : fresh.match(QString::fromLatin1(cookie)).hasMatch()
                && (value.size() < 5 || !cookie.contains(value));
    };
    const HttpAnswer page = m_server->get("/", "Cookie: livetemplate-id=" + value + "\r\n");
    QCOMPARE(page.status, 200);
    QVERIFY2(check(page), page.headers.value("set-cookie"));
    RawWebSocket socket(port(), "livetemplate-id=" + value);
    QVERIFY(socket.isOpen());
    QVERIFY2(check(socket.answer()), socket.answer().headers.value("set-cookie"));
}

void TestAbuse::manyCookies()
{
    const QByteArray good = m_server->newCookie();
    QByteArray inOneLine;
    QByteArray onTheirOwnLines;
    for (int i = 0; i < 200; ++i) {
        inOneLine += 'c' + QByteArray::number(i) + "=value; ";
        onTheirOwnLines += "Cookie: c" + QByteArray::number(i) + "=value\r\n";
    }
    const HttpAnswer found = m_server->get("/", "Cookie: " + inOneLine + good + "\r\n");
    QCOMPARE(found.status, 200);
    QVERIFY(!found.headers.contains("set-cookie"));
    QCOMPARE(m_server->get("/", onTheirOwnLines).status, 431);
    // Of two of one name the first counts, everywhere.
    const QByteArray other = m_server->newCookie();
    QVERIFY(m_server->get("/?title=mine", "Cookie: " + good + "\r\n").body.contains("mine"));
    QVERIFY(m_server->get("/", "Cookie: " + good + "; " + other + "\r\n").body.contains("mine"));
    QVERIFY(!m_server->get("/", "Cookie: " + other + "\r\nCookie: " + good + "\r\n")
                 .body.contains("mine"));
}

void TestAbuse::groupIsForWhoKnowsAllOfItsId_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("all of it") << 0;
    QTest::newRow("one character differs") << 1;
    QTest::newRow("upper and lower case are exchanged") << 2;
    QTest::newRow("what logs show of it") << 3;
    QTest::newRow("its bytes, written another way") << 4;
}

void TestAbuse::groupIsForWhoKnowsAllOfItsId()
{
    QFETCH(int, kind);
    const QByteArray owner = m_server->newCookie();
    QVERIFY(m_server->get("/?title=secret", "Cookie: " + owner + "\r\n").body.contains("secret"));
    QByteArray id = owner.sliced(owner.indexOf('=') + 1);
    switch (kind) {
    case 1:
        id[10] = id[10] == 'x' ? 'y' : 'x';
        break;
    case 2:
        for (char &character : id)
            character = isupper(uchar(character)) ? char(tolower(character))
                                                  : char(toupper(character));
        break;
    case 3:
        id = m_server->server().isListening() ? id.first(8) : id;
        break;
    case 4: {
        // The last two bits of the last character are not part of the 32 bytes.
        const QByteArray alphabet
            = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        id[42] = alphabet.at(alphabet.indexOf(id.at(42)) ^ 1);
        break;
    }
    default:
        break;
    }
    const QByteArray cookie = "livetemplate-id=" + id;
    const HttpAnswer page = m_server->get("/", "Cookie: " + cookie + "\r\n");
    QCOMPARE(page.body.contains("secret"), kind == 0);
    RawWebSocket socket(port(), cookie);
    QCOMPARE(socket.nextText().contains("secret"), kind == 0);
}

void TestAbuse::otherOriginsAreRefused_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("isOwn");
    QTest::newRow("own") << "http://good.example:8080"_ba << true;
    QTest::newRow("own in capitals") << "HTTP://Good.Example:8080"_ba << true;
    QTest::newRow("other") << "http://evil.example"_ba << false;
    QTest::newRow("none") << "null"_ba << false;
    QTest::newRow("other scheme") << "https://good.example:8080"_ba << false;
    QTest::newRow("other port") << "http://good.example:8081"_ba << false;
    QTest::newRow("no port") << "http://good.example"_ba << false;
    QTest::newRow("longer host") << "http://good.example:8080.evil.example"_ba << false;
    QTest::newRow("host behind another") << "http://evil.good.example:8080"_ba << false;
    QTest::newRow("own as a user") << "http://good.example:8080@evil.example"_ba << false;
    QTest::newRow("own as a path") << "http://evil.example/http://good.example:8080"_ba << false;
    QTest::newRow("with a path") << "http://good.example:8080/"_ba << false;
    QTest::newRow("list") << "http://good.example:8080, http://evil.example"_ba << false;
    QTest::newRow("no scheme") << "good.example:8080"_ba << false;
    QTest::newRow("8 KB") << "http://" + QByteArray(8192, 'a') << false;
}

void TestAbuse::otherOriginsAreRefused()
{
    QFETCH(QByteArray, origin);
    QFETCH(bool, isOwn);
    const QByteArray cookie = m_server->newCookie();
    const QByteArray headers = "Cookie: " + cookie + "\r\nOrigin: " + origin + "\r\n";
    // Forged headers of a proxy change nothing: none is trusted.
    const QByteArray forged = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"
                              "Forwarded: proto=https;host=evil.example\r\n";
    RawSocket form(port());
    const HttpAnswer posted = ask(
        form,
        "POST / HTTP/1.1\r\nHost: good.example:8080\r\n" + headers + forged
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nquiet=");
    QCOMPARE(posted.status, isOwn ? 303 : 403);
    RawSocket socket(port());
    const HttpAnswer upgraded = ask(
        socket, upgradeRequest({}, headers + forged).replace("Host: h", "Host: good.example:8080"));
    QCOMPARE(upgraded.status, isOwn ? 101 : 403);
    if (!isOwn) {
        QCOMPARE(posted.body, "Pages of other origins may not use this server.\n"_ba);
        QCOMPARE(upgraded.body, posted.body);
        QCOMPARE(m_server->metric(R"(livetemplate_requests_rejected_total{reason="origin"})"), 2);
    }
    QCOMPARE(m_server->get("/", "Cookie: " + cookie + "\r\n").body.contains(">1</p>"), isOwn);
}

void TestAbuse::oddUpgrade_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<int>>("statuses");
    const QByteArray click = clientFrame(Opcode::Text, R"({"action":"quiet"})");
    QTest::newRow("POST") << upgradeRequest().replace("GET", "POST") << QList({400});
    QTest::newRow("POST with a body")
        << upgradeRequest({}, "Content-Length: 6\r\n").replace("GET", "POST") + "quiet="
        << QList({400});
    QTest::newRow("page that there is not")
        << upgradeRequest().replace("GET /", "GET /nope") << QList({404});
    QTest::newRow("another protocol first")
        << upgradeRequest().replace("Upgrade: websocket", "Upgrade: h2c") << QList({200});
    // RFC 9110, 7.8: without the Connection header it is not meant for us.
    QTest::newRow("not for this hop")
        << upgradeRequest().replace("Connection: Upgrade", "Connection: keep-alive")
        << QList({200});
    QTest::newRow("no version") << upgradeRequest().replace("Sec-WebSocket-Version: 13\r\n", "")
                                << QList({426});
    QTest::newRow("two keys") << upgradeRequest({},
                                                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")
                              << QList({400});
    QTest::newRow("key of other characters")
        << upgradeRequest().replace("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhb:?sZSBub25jZQ==")
        << QList({400});
    QTest::newRow("frame before the answer") << upgradeRequest() + click << QList({400, 400});
    QTest::newRow("request before the answer")
        << upgradeRequest() + "GET /nope HTTP/1.1\r\nHost: h\r\n\r\n"
        << QList({400, 404});
    QTest::newRow("two at once") << upgradeRequest()
            + upgradeRequest().replace("GET /", "GET /nope")
                                 << QList({400, 404});
    QTest::newRow("body that is a frame")
        << upgradeRequest({}, "Content-Length: " + QByteArray::number(click.size()) + "\r\n")
            + click
        << QList({101});
    QTest::newRow("body in chunks")
        << upgradeRequest({}, "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n"
        << QList({101});
}

void TestAbuse::oddUpgrade()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<int>, statuses);
    RawSocket socket(port());
    socket.send(bytes);
    for (const int status : statuses) {
        const HttpAnswer answer = readAnswer(socket);
        QCOMPARE(answer.status, status);
        QVERIFY(answer.status == 101 || answer.body.size() > 10);
    }
    // The action never ran, neither as a body nor as what came too early.
    QCOMPARE(m_server->metric("livetemplate_messages_received_total"), 1);
}

void TestAbuse::secondUpgradeOfASocketIsNoFrame()
{
    RawWebSocket socket(port());
    QVERIFY(socket.isOpen());
    socket.send(upgradeRequest());
    QCOMPARE(socket.closeCode(), 1002);
}

void TestAbuse::firstClickIsAnswered()
{
    // The threads take turns on one processor: who wakes another one waits for it.
    cpu_set_t before;
    QCOMPARE(sched_getaffinity(0, sizeof before, &before), 0);
    const auto restore = qScopeGuard([&] { sched_setaffinity(0, sizeof before, &before); });
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    QCOMPARE(sched_setaffinity(0, sizeof one, &one), 0);
    start(); // its threads have the processors of this one
    int lost = 0;
    for (int i = 0; i < 300; ++i) {
        RawWebSocket socket(port());
        QVERIFY(!socket.nextText().isEmpty());
        socket.sendAction("quiet");
        // For this each thread has to see what was there before it was asked.
        for (int turn = 0; turn < 3; ++turn) [[maybe_unused]]
            const auto snapshot = m_server->snapshot();
        lost += socket.socket().receive(0ms) ? 0 : 1;
    }
    qDebug() << lost;
    QCOMPARE(lost, 0);
}

void TestAbuse::brokenFrameClosesTheConnection_data()
{
    QTest::addColumn<FrameCase>("frames");
    for (const FrameCase &frames : brokenFrames())
        QTest::newRow(frames.name) << frames;
}

void TestAbuse::brokenFrameClosesTheConnection()
{
    QFETCH(FrameCase, frames);
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    for (const QByteArray &piece : frames.pieces) {
        socket.send(piece);
        if (frames.pieces.size() > 1)
            QTest::qWait(5); // so that it arrives by itself
    }
    QCOMPARE(socket.closeCode(), frames.closeCode);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->connections(), 0, RawSocket::patience);
    QCOMPARE(m_server->metric("livetemplate_websocket_protocol_errors_total"), 1);
}

void TestAbuse::farewellIsAnswered_data()
{
    QTest::addColumn<FrameCase>("frames");
    for (const FrameCase &frames : farewells())
        QTest::newRow(frames.name) << frames;
}

void TestAbuse::farewellIsAnswered()
{
    QFETCH(FrameCase, frames);
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    for (const QByteArray &piece : frames.pieces)
        socket.send(piece);
    QCOMPARE(socket.closeCode(), frames.closeCode);
    QCOMPARE(m_server->metric("livetemplate_actions_processed_total"), 1);
}

void TestAbuse::halfAFrameIsNotWaitedForForever()
{
    // QtWebSockets waits for five seconds.
    const QByteArray frame = clientFrame(Opcode::Text, R"({"action":"quiet"})");
    std::vector<RawWebSocket> sockets;
    for (const qsizetype size : {1, 2, 4, 6, 10}) {
        RawWebSocket &socket = sockets.emplace_back(port());
        QVERIFY(!socket.nextText().isEmpty());
        socket.send(frame.first(size));
    }
    RawWebSocket &whole = sockets.emplace_back(port());
    QVERIFY(!whole.nextText().isEmpty());
    for (std::size_t i = 0; i + 1 < sockets.size(); ++i)
        QCOMPARE(sockets[i].closeCode(), 1001);
    QVERIFY(whole.answersTo("quiet"));
}

void TestAbuse::fragmentsAreJoined()
{
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    // Each byte in a frame of its own, a ping between any two, a character of three bytes.
    const QByteArray message = R"({"action":"setTitle","data":{"value":"€"}})";
    QByteArray bytes;
    for (qsizetype i = 0; i < message.size(); ++i) {
        bytes += clientFrame(i == 0 ? Opcode::Text : Opcode::Continuation, message.sliced(i, 1),
                             {.isFinal = i == message.size() - 1});
        bytes += clientFrame(Opcode::Ping, message.sliced(i, 1));
    }
    socket.send(bytes);
    QByteArray pongs;
    QByteArray answer;
    for (qsizetype i = 0; i <= message.size(); ++i) {
        const auto frame = socket.nextFrame();
        if (!frame)
            QEXPECT_FAIL("", "QtWebSockets refuses a character whose bytes are in several frames.",
                         Abort);
        QVERIFY(frame);
        (frame->opcode == Opcode::Pong ? pongs : answer) += frame->payload;
    }
    QCOMPARE(pongs, message);
    QVERIFY2(answer.contains("\"0\":\"€\""), answer);
}

void TestAbuse::emptyFragmentsAreBorne()
{
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    socket.send(clientFrame(Opcode::Text, {}, {.isFinal = false}));
    QVERIFY(
        socket.send(clientFrame(Opcode::Continuation, {}, {.isFinal = false}).repeated(100'000)));
    socket.send(clientFrame(Opcode::Ping, {}));
    const auto pong = socket.nextFrame();
    QVERIFY(pong && pong->opcode == Opcode::Pong);
    QVERIFY(m_server->allocated() < 1024 * 1024);
    socket.send(clientFrame(Opcode::Continuation, R"({"action":"quiet"})"));
    QVERIFY(socket.nextText().contains(R"("action":"quiet")"));
}

void TestAbuse::messageLimit_data()
{
    QTest::addColumn<QList<qsizetype>>("parts");
    QTest::addColumn<QByteArray>("padding");
    QTest::addColumn<bool>("fits");
    // Of 2,400 bytes.
    QTest::newRow("exactly") << QList<qsizetype>{2400} << " "_ba << true;
    QTest::newRow("one byte more") << QList<qsizetype>{2401} << " "_ba << false;
    QTest::newRow("exactly, in two parts") << QList<qsizetype>{1200, 1200} << " "_ba << true;
    QTest::newRow("one byte more, in two parts") << QList<qsizetype>{1200, 1201} << " "_ba << false;
    QTest::newRow("exactly, of long characters") << QList<qsizetype>{2400} << "€"_ba << true;
    QTest::newRow("more, of long characters") << QList<qsizetype>{2403} << "€"_ba << false;
    QTest::newRow("more, of long characters in two parts")
        << QList<qsizetype>{1200, 1203} << "€"_ba << false;
    QTest::newRow("twice as much, of long characters in many parts")
        << QList<qsizetype>(16, 300) << "€"_ba << false;
}

void TestAbuse::messageLimit()
{
    QFETCH(QList<qsizetype>, parts);
    QFETCH(QByteArray, padding);
    QFETCH(bool, fits);
    ServerOptions options;
    options.maxMessageSize = 2400;
    start(options);
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());

    const qsizetype size = std::accumulate(parts.begin(), parts.end(), qsizetype(0));
    QByteArray message = R"({"action":"quiet","data":{"a":")";
    const QByteArray end = R"("}})";
    while (message.size() + end.size() + padding.size() <= size)
        message += padding;
    message += end;
    message += QByteArray(size - message.size(), ' ');
    QByteArray bytes;
    qsizetype from = 0;
    for (const qsizetype part : parts) {
        bytes += clientFrame(from == 0 ? Opcode::Text : Opcode::Continuation,
                             message.sliced(from, part), {.isFinal = from + part == size});
        from += part;
    }
    socket.send(bytes);
    if (fits) {
        QVERIFY(socket.nextText().contains(R"("action":"quiet")"));
        return;
    }
    const auto frame = socket.nextFrame();
    QVERIFY(frame && frame->opcode == Opcode::Close);
    // Where a character is in two frames QtWebSockets takes it for broken text.
    const QByteArray code = frame->payload.first(2);
    QVERIFY(code == closePayload(1009) || code == closePayload(1007));
}

void TestAbuse::fragmentsWithoutAnEnd()
{
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    const QByteArray part(10'000, 'x');
    socket.send(clientFrame(Opcode::Text, part, {.isFinal = false}));
    const QByteArray next = clientFrame(Opcode::Continuation, part, {.isFinal = false});
    for (int i = 0; i < 1000 && socket.socket().received().isEmpty() && socket.send(next); ++i)
        socket.socket().receive(0ms);
    QVERIFY(m_server->allocated() < 16 * 1024 * 1024);
    QCOMPARE(socket.closeCode(), 1009);
}

void TestAbuse::oddMessage_data()
{
    QTest::addColumn<MessageCase>("message");
    for (const MessageCase &message : oddMessages())
        QTest::newRow(message.name) << message;
}

void TestAbuse::oddMessage()
{
    QFETCH(MessageCase, message);
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    socket.sendText(message.text);
    if (!message.answer.isEmpty()) {
        const QByteArray answer = socket.nextText();
        QVERIFY(isJson(answer));
        QCOMPARE(answer, message.answer);
    } else {
        QTRY_COMPARE_WITH_TIMEOUT(m_server->metric("livetemplate_messages_malformed_total"), 1,
                                  RawSocket::patience);
    }
    socket.sendAction("quiet");
    QCOMPARE(socket.nextText(),
             R"({"tree":{"1":"1"},"meta":{"success":true,"errors":{},"action":"quiet"}})"_ba);

    // The same by HTTP.
    RawSocket http(port());
    const HttpAnswer answer = ask(
        http,
        "POST / HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\nContent-Type: "
        "application/json\r\nContent-Length: "
            + QByteArray::number(message.text.size()) + "\r\n\r\n" + message.text);
    QCOMPARE(answer.status, message.answer.isEmpty() ? 400 : 200);
    QVERIFY(message.answer.isEmpty() || isJson(answer.body));
}

void TestAbuse::everyPingIsAnswered()
{
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    constexpr int count = 10'000;
    QByteArray pings;
    for (int i = 0; i < count; ++i)
        pings += clientFrame(Opcode::Ping, QByteArray::number(i));
    QVERIFY(socket.send(pings));
    for (int i = 0; i < count; ++i) {
        const auto frame = socket.nextFrame();
        QVERIFY(frame && frame->opcode == Opcode::Pong);
        QCOMPARE(frame->payload, QByteArray::number(i));
    }
    QVERIFY(socket.answersTo("quiet"));
}

void TestAbuse::pingsOfWhoDoesNotReadAreBounded()
{
    ServerOptions options;
    options.maxPendingBytes = 256 * 1024;
    start(options);
    RawWebSocket socket(port(), {}, RawSocket::Window::Small);
    const QByteArray pings = clientFrame(Opcode::Ping, QByteArray(125, 'p')).repeated(500);
    for (int i = 0; i < 1000 && socket.send(pings); ++i) {
    }
    QVERIFY(m_server->allocated() < 4 * 1024 * 1024);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->metric("livetemplate_websocket_slow_client_closes_total"),
                              1, RawSocket::patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->connections(), 0, RawSocket::patience);
}

void TestAbuse::floodOfActionsIsSlowedDown()
{
    ServerOptions options;
    options.messageRate = 1;
    options.messageBurst = 20;
    start(options);
    const qint64 before = m_server->metric("livetemplate_actions_processed_total");
    RawWebSocket socket(port());
    QVERIFY(!socket.nextText().isEmpty());
    constexpr int count = 500;
    QByteArray clicks;
    for (int i = 0; i < count; ++i)
        clicks += clientFrame(Opcode::Text, R"({"action":"quiet"})");
    socket.send(clicks);
    int done = 0;
    int refused = 0;
    for (int i = 0; i < count; ++i) {
        const QByteArray answer = socket.nextText();
        if (answer
            == R"({"tree":{},"meta":{"success":false,"errors":{"_rate_limit":"Too many requests. Please slow down."}}})")
            ++refused;
        else if (answer.startsWith(R"({"tree":{"1":")" + QByteArray::number(done + 1) + '"'))
            ++done;
    }
    QCOMPARE(done + refused, count);
    QVERIFY2(done >= 20 && refused > 0, QByteArray::number(done));
    QCOMPARE(m_server->metric("livetemplate_rate_limited_total"), refused);
    QCOMPARE(m_server->metric("livetemplate_actions_processed_total"), before + done);
}

void TestAbuse::crowdThatDoesNotReadHindersNobody()
{
    constexpr int count = 1000;
    if (m_maxFiles < 3 * count)
        QSKIP("This needs more open files than the system allows.");
    ServerOptions options;
    options.slowClientTimeout = 3s;
    options.closeTimeout = 300ms;
    start(options);
    const QByteArray cookie = m_server->newCookie();
    RawWebSocket active(port(), cookie);
    RawWebSocket sibling(port(), cookie);
    QVERIFY(!active.nextText().isEmpty() && !sibling.nextText().isEmpty());
    std::vector<RawWebSocket> crowd;
    for (int i = 0; i < count; ++i)
        crowd.emplace_back(port(), cookie, RawSocket::Window::Small);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->connections(), count + 2, RawSocket::patience);

    // 60 MB to all of them with each click, of which each keeps one at most.
    constexpr int clicks = 20;
    constexpr qsizetype size = 60'000;
    for (int i = 0; i < clicks; ++i) {
        const QString title(size, QChar(u'a' + i));
        active.sendAction("setTitle", {{u"value"_s, title}});
        for (RawWebSocket *reader : {&active, &sibling}) {
            const QJsonObject message = reader->nextJson();
            QCOMPARE(message.value(u"tree").toObject().value(u"0").toString(), title);
        }
        // The page shows the title twice.
        QVERIFY(m_server->allocated() < 5 * count * size);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_server->connections(), 2, RawSocket::patience);
    QCOMPARE(m_server->metric("livetemplate_websocket_slow_client_closes_total"), count);
    QCOMPARE(m_server->metric("livetemplate_connections_behind"), 0);
    QVERIFY(active.answersTo("increment") && sibling.answersTo("increment"));
}

void TestAbuse::connectionLimit()
{
    ServerOptions options;
    options.maxConnections = 10;
    start(options);
    const qint64 before = m_server->metric("livetemplate_connections_rejected_total");
    // All at the same time, on all shards.
    std::vector<RawSocket> sockets;
    for (int i = 0; i < 50; ++i)
        sockets.emplace_back(port());
    for (RawSocket &socket : sockets)
        socket.send(upgradeRequest());
    RawSocket *open = nullptr;
    RawSocket *refused = nullptr;
    int opened = 0;
    for (RawSocket &socket : sockets) {
        const HttpAnswer answer = readAnswer(socket);
        QVERIFY(answer.status == 101 || answer.status == 503);
        opened += answer.status == 101 ? 1 : 0;
        (answer.status == 101 ? open : refused) = &socket;
        if (answer.status == 503)
            QCOMPARE(answer.body, "Service at capacity, please try again later\n"_ba);
    }
    QCOMPARE(opened, 10);
    QCOMPARE(m_server->metric("livetemplate_connections_rejected_total"), before + 40);
    // Pages are served nevertheless, and who was refused may ask again, by the same connection.
    QCOMPARE(m_server->get("/").status, 200);
    open->close();
    int status = 0;
    QTRY_VERIFY_WITH_TIMEOUT(status == 101
                                 || (status = ask(*refused, upgradeRequest()).status) == 101,
                             RawSocket::patience);
}

void TestAbuse::connectionLimitOfAGroup()
{
    ServerOptions options;
    options.maxConnectionsPerGroup = 3;
    start(options);
    const QByteArray cookie = m_server->newCookie();
    std::vector<RawWebSocket> tabs;
    for (int i = 0; i < 3; ++i)
        QVERIFY(tabs.emplace_back(port(), cookie).isOpen());
    QCOMPARE(RawWebSocket(port(), cookie).answer().status, 503);
    QCOMPARE(RawWebSocket(port(), cookie).answer().body,
             "Service at capacity, please try again later\n"_ba);
    QVERIFY(RawWebSocket(port(), m_server->newCookie()).isOpen());
    tabs.pop_back();
    // Not by QTRY_VERIFY, which asks once more when it was answered: while this one takes leave.
    QVERIFY(QTest::qWaitFor([&] { return RawWebSocket(port(), cookie).isOpen(); },
                            QDeadlineTimer(RawSocket::patience)));
}

void TestAbuse::resets_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isWebSocket");
    const QByteArray script = "GET /livetemplate/0.25.1/client.js HTTP/1.1\r\nHost: h\r\n\r\n";
    const QByteArray click = clientFrame(Opcode::Text, R"({"action":"increment"})");
    QTest::newRow("of a connection") << QByteArray() << false;
    QTest::newRow("within a head") << "GET / HTTP/1.1\r\nHo"_ba << false;
    QTest::newRow("within a body")
        << "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab"_ba << false;
    QTest::newRow("before the answer") << "GET / HTTP/1.1\r\nHost: h\r\n\r\n"_ba << false;
    QTest::newRow("before many answers") << script.repeated(20) << false;
    QTest::newRow("after a refusal") << "what?\r\n\r\n"_ba << false;
    QTest::newRow("within a handshake") << upgradeRequest().chopped(9) << false;
    QTest::newRow("before the answer to a handshake") << upgradeRequest() << false;
    QTest::newRow("of a WebSocket") << QByteArray() << true;
    QTest::newRow("within a frame's header") << click.first(1) << true;
    QTest::newRow("within a frame") << click.first(12) << true;
    QTest::newRow("within a message") << clientFrame(Opcode::Text, "{", {.isFinal = false}) << true;
    QTest::newRow("after an action") << click << true;
    QTest::newRow("after many actions") << click.repeated(500) << true;
    QTest::newRow("after many pings")
        << clientFrame(Opcode::Ping, QByteArray(125, 'p')).repeated(500) << true;
    QTest::newRow("after a farewell") << clientFrame(Opcode::Close, closePayload(1000)) << true;
    QTest::newRow("after what is refused") << clientFrame(3, "reserved") << true;
}

void TestAbuse::resets()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isWebSocket);
    const QByteArray cookie = m_server->newCookie();
    RawWebSocket sibling(port(), cookie);
    QVERIFY(!sibling.nextText().isEmpty());
    for (int i = 0; i < 50; ++i) {
        if (isWebSocket) {
            RawWebSocket socket(port(), cookie);
            socket.send(bytes);
            socket.socket().reset();
        } else {
            RawSocket socket(port());
            socket.send(bytes);
            socket.reset();
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_server->connections(), 1, RawSocket::patience);
    QVERIFY(sibling.answersTo("quiet"));
}

void TestAbuse::comingAndGoing()
{
    const QByteArray cookie = m_server->newCookie();
    const QByteArray page = "GET / HTTP/1.1\r\nHost: h\r\nCookie: " + cookie + "\r\n\r\n";
    constexpr int count = 5000;
    for (int i = 0; i < count; ++i) {
        switch (i % 8) {
        case 0:
            RawSocket(port()).close();
            break;
        case 1:
            RawSocket(port()).reset();
            break;
        case 2: {
            RawSocket socket(port());
            socket.send("GET / HT");
            socket.reset();
            break;
        }
        case 3: {
            RawSocket socket(port());
            QCOMPARE(ask(socket, page).status, 200);
            socket.reset();
            break;
        }
        case 4: {
            RawSocket socket(port());
            socket.send(upgradeRequest(cookie));
            socket.reset();
            break;
        }
        case 5: {
            RawWebSocket socket(port(), cookie);
            QVERIFY(socket.isOpen());
            socket.socket().reset();
            break;
        }
        case 6: {
            RawWebSocket socket(port());
            QVERIFY(!socket.nextText().isEmpty());
            socket.sendAction("quiet");
            socket.socket().reset();
            break;
        }
        default: {
            RawWebSocket socket(port(), cookie);
            QVERIFY(socket.isOpen());
            socket.send(clientFrame(Opcode::Close, closePayload(1000)));
            QCOMPARE(socket.closeCode(), 1000);
        }
        }
    }
    QCOMPARE(m_server->metric("livetemplate_errors_total"), 0);
}

void TestAbuse::acceptingPausesWithoutDescriptors()
{
    const QByteArray request = "GET /nope HTTP/1.1\r\nHost: h\r\n\r\n";
    // Answered, so that the server has taken its descriptor, too.
    RawSocket served(port());
    QCOMPARE(ask(served, request).status, 404);
    RawSocket leaving(port());
    QCOMPARE(ask(leaving, request).status, 404);

    // Others than the server have files open: it is out of them before it thinks so.
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    std::vector<int> others;
    const auto restore = qScopeGuard([&] {
        for (const int descriptor : others)
            ::close(descriptor);
        setrlimit(RLIMIT_NOFILE, &before);
    });
    rlimit few = before;
    few.rlim_cur = std::min(before.rlim_cur, rlim_t(200));
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &few), 0);
    for (int descriptor = 0; (descriptor = ::dup(STDERR_FILENO)) >= 0;)
        others.push_back(descriptor);
    QVERIFY(others.size() >= 10);
    const auto giveBack = [&others] {
        ::close(others.back());
        others.pop_back();
    };
    // They connect, and wait: the kernel accepts them, and the server cannot.
    std::vector<RawSocket> waiting;
    for (int i = 0; i < 3; ++i) {
        giveBack();
        waiting.emplace_back(port());
        QVERIFY(waiting.back().isOpen());
    }

    const auto used = ProcessLoad::processorTime();
    const bool isBusy = QTest::qWaitFor([&] { return ProcessLoad::processorTime() - used > 300ms; },
                                        2000);
    QVERIFY(!isBusy);
    // Who is served goes on to be. Who waits is served with a descriptor of another connection, and
    // with one of those of which the server knows nothing.
    QCOMPARE(ask(served, request).status, 404);
    leaving.close();
    giveBack();
    giveBack();
    for (RawSocket &client : waiting)
        QCOMPARE(ask(client, request).status, 404);
}

QTEST_GUILESS_MAIN(TestAbuse)
#include "tst_abuse.moc"
