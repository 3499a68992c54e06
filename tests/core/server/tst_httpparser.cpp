// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpparser_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class TestHttpParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void request();
    void target_data();
    void target();
    void byteByByte();
    void pipelined();
    void upgradeKeepsTheRest();
    void body();
    void refused_data();
    void refused();

private:
    static constexpr qint64 limit = 1024;
};

void TestHttpParser::request()
{
    HttpParser parser({.head = limit, .body = limit});
    const auto fed = parser.feed(
        "GET /a%20b?x=1&y=%C3%BC+z HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\nX-Empty:\r\n\r\n");
    QVERIFY(fed && *fed);
    const Request &request = (*fed)->request;
    QCOMPARE(request.method, "GET"_ba);
    QCOMPARE(request.path, u"/a b"_s);
    QCOMPARE(request.query.queryItemValue(u"x"_s, QUrl::FullyDecoded), u"1"_s);
    QCOMPARE(request.query.queryItemValue(u"y"_s, QUrl::FullyDecoded), u"ü z"_s);
    QCOMPARE(request.header("host"), "h"_ba);
    QCOMPARE(request.header("COOKIE"), "a=b"_ba);
    QCOMPARE(request.headers.size(), 3);
    QVERIFY((*fed)->keepAlive);
    QVERIFY(!(*fed)->upgrade);
    QVERIFY(parser.takeRest().isEmpty());
}

void TestHttpParser::target_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("x");
    QTest::newRow("plain") << "/a?x=1"_ba << u"/a"_s << u"1"_s;
    QTest::newRow("no query") << "/a/b"_ba << u"/a/b"_s << QString();
    QTest::newRow("encoded") << "/%C3%BC%20?x=%26%3D"_ba << u"/ü "_s << u"&="_s;
    QTest::newRow("plus") << "/a+b?x=a+b%2Bc"_ba << u"/a+b"_s << u"a b+c"_s;
    QTest::newRow("per cent sign alone") << "/a?x=100%"_ba << u"/a"_s << u"100%"_s;
    QTest::newRow("what browsers do not encode") << "/a?x=a|b{c}^`"_ba << u"/a"_s << u"a|b{c}^`"_s;
    QTest::newRow("two slashes are no host") << "//evil/a?x=1"_ba << u"//evil/a"_s << u"1"_s;
    QTest::newRow("absolute form") << "http://h:80/a?x=1"_ba << u"/a"_s << u"1"_s;
    QTest::newRow("absolute form without path") << "http://h"_ba << u"/"_s << QString();
}

void TestHttpParser::target()
{
    QFETCH(QByteArray, target);
    HttpParser parser({.head = limit, .body = limit});
    const auto fed = parser.feed("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(fed && *fed);
    QTEST((*fed)->request.path, "path");
    QTEST((*fed)->request.query.queryItemValue(u"x"_s, QUrl::FullyDecoded), "x");
}

void TestHttpParser::byteByByte()
{
    HttpParser parser({.head = limit, .body = limit});
    const QByteArray text = "GET /x HTTP/1.1\r\nHost: example\r\nConnection: close\r\n\r\n";
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto fed = parser.feed(text.sliced(i, 1));
        QVERIFY(fed);
        QCOMPARE(fed->has_value(), i == text.size() - 1);
        if (*fed) {
            QCOMPARE((*fed)->request.header("Host"), "example"_ba);
            QVERIFY(!(*fed)->keepAlive);
        } else {
            QVERIFY(parser.isInsideRequest());
        }
    }
    QVERIFY(!parser.isInsideRequest());
}

void TestHttpParser::pipelined()
{
    HttpParser parser({.head = limit, .body = limit});
    auto fed = parser.feed(
        "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3");
    QVERIFY(fed && *fed);
    QCOMPARE((*fed)->request.path, u"/1"_s);
    fed = parser.feed(parser.takeRest());
    QVERIFY(fed && *fed);
    QCOMPARE((*fed)->request.path, u"/2"_s);
    fed = parser.feed(parser.takeRest());
    QVERIFY(fed && !*fed);
    fed = parser.feed(" HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(fed && *fed);
    QCOMPARE((*fed)->request.path, u"/3"_s);
}

void TestHttpParser::upgradeKeepsTheRest()
{
    HttpParser parser({.head = limit, .body = limit});
    const auto fed = parser.feed("GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, "
                                 "Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x85mask");
    QVERIFY(fed && *fed);
    QVERIFY((*fed)->upgrade);
    QCOMPARE(parser.takeRest(), "\x81\x85mask"_ba);

    // Where the upgrade is refused, HTTP goes on.
    const auto next = parser.feed("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(next && *next);
    QCOMPARE((*next)->request.path, u"/2"_s);
}

void TestHttpParser::body()
{
    HttpParser parser({.head = limit, .body = limit});
    const auto fed = parser.feed(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\n");
    QVERIFY(fed && *fed);
    QCOMPARE((*fed)->request.method, "POST"_ba);
    QCOMPARE(parser.takeRest(), "GET /2 HTTP/1.1\r\n"_ba);
}

void TestHttpParser::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no HTTP") << "hello\r\n\r\n"_ba << 400;
    QTest::newRow("TLS") << QByteArray::fromHex("16030100") << 400;
    QTest::newRow("unknown method") << "BREW / HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("no host") << "GET / HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("two hosts") << "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"_ba << 400;
    QTest::newRow("HTTP/2") << "GET / HTTP/2.0\r\nHost: h\r\n\r\n"_ba << 400;
    QTest::newRow("HTTP/0.9") << "GET / HTTP/0.9\r\nHost: h\r\n\r\n"_ba << 400;
    QTest::newRow("no path") << "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"_ba << 400;
    QTest::newRow("control character in a header")
        << QByteArray("GET / HTTP/1.1\r\nA: b\x01\r\n\r\n") << 400;
    QTest::newRow("two lengths")
        << "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"_ba << 400;
    QTest::newRow("length and chunks")
        << "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"_ba << 400;
    QTest::newRow("bare line feed") << "GET / HTTP/1.1\nHost: h\n\n"_ba << 400;
    QTest::newRow("long header") << "GET / HTTP/1.1\r\nA: " + QByteArray(2000, 'x') << 431;
    QTest::newRow("many headers") << "GET / HTTP/1.1\r\n"
            + QByteArray("Abc: defgh\r\n").repeated(200)
                                  << 431;
    QTest::newRow("long path") << "GET /" + QByteArray(2000, 'x') + " HTTP/1.1\r\n\r\n" << 431;
    QTest::newRow("large body") << "POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n"
            + QByteArray(100'000, 'x')
                                << 413;
}

void TestHttpParser::refused()
{
    QFETCH(QByteArray, bytes);
    HttpParser parser({.head = limit, .body = limit});
    const auto fed = parser.feed(bytes);
    QVERIFY(!fed);
    QTEST(int(fed.error().status), "status");
    QVERIFY(fed.error().body.size() > 10);
}

QTEST_GUILESS_MAIN(TestHttpParser)
#include "tst_httpparser.moc"
