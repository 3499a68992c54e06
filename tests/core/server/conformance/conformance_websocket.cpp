// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "conformance_websocket.h"

#include "ratelimiter_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <latch>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ping = R"({"action":"__ping__"})"_L1;
constexpr auto pong = R"({"pong":true})"_L1;
constexpr auto tooMany
    = R"({"tree":{},"meta":{"success":false,"errors":{"_rate_limit":"Too many requests. Please slow down."}}})"_L1;

/// What /plain is sent for a counter.
QString answer(int counter, const QString &action)
{
    return uR"({"tree":{"0":"%1"},"meta":{"success":true,"errors":{},"action":"%2"}})"_s
        .arg(counter)
        .arg(action);
}

QString unchanged(const QString &action)
{
    return uR"({"tree":{},"meta":{"success":true,"errors":{},"action":"%1"}})"_s.arg(action);
}

/// Two tabs of one browser.
struct Pair
{
    explicit Pair(const QUrl &page, const QByteArray &cookie)
        : first(page, cookie)
        , second(page, cookie)
    {
    }

    [[nodiscard]] bool open() { return !first.next().isEmpty() && !second.next().isEmpty(); }

    LiveClient first;
    LiveClient second;
};

/// Keeps nothing, and says so only when it is told to, in the thread that asked.
class LateStore : public SessionStore
{
public:
    void load(const SessionKey &, Loaded loaded) override
    {
        const QMutexLocker lock(&m_mutex);
        m_waiting.push_back(std::move(loaded));
    }
    void save(const SessionKey &, const QJsonObject &) override {}
    void remove(const SessionKey &) override {}
    void list(Listed listed) override { listed(QList<SessionKey>()); }
    void ping(Pinged pinged) override { pinged({}); }

    [[nodiscard]] bool isAsked() const
    {
        const QMutexLocker lock(&m_mutex);
        return !m_waiting.empty();
    }

    void answer()
    {
        std::vector<Loaded> waiting;
        {
            const QMutexLocker lock(&m_mutex);
            waiting.swap(m_waiting);
        }
        for (Loaded &loaded : waiting)
            loaded(std::nullopt);
    }

private:
    mutable QMutex m_mutex;
    std::vector<Loaded> m_waiting;
};

} // namespace

// ---- B.1

// The handshake is that of RFC 6455, without subprotocols and extensions even when they are asked
// for.
void WebSocketConformance::b1_theHandshakeIsThatOfRfc6455()
{
    const WebAnswer answer = ask(
        upgrade("/plain",
                "Sec-WebSocket-Protocol: chat\r\n"
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));
    QCOMPARE(answer.status, 101);
    QCOMPARE(answer.header("upgrade").toLower(), "websocket"_ba);
    QCOMPARE(answer.header("connection").toLower(), "upgrade"_ba);
    QCOMPARE(answer.header("sec-websocket-accept"),
             "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_ba); // RFC 6455, 1.3
    QVERIFY(!answer.headers.contains("sec-websocket-protocol"));
    QVERIFY(!answer.headers.contains("sec-websocket-extensions"));
}

// Where there is no WebSocket an upgrade gets 400, before anything else is looked at.
void WebSocketConformance::b1_withoutWebSocketAnUpgradeGets400()
{
    ServerOptions options = patientOptions();
    options.webSocketEnabled = false;
    start(options);
    const WebAnswer answer = ask(upgrade());
    QCOMPARE(answer.status, 400);
    QVERIFY2(says(answer, "WebSocket is disabled on this endpoint"), answer.body);
    QCOMPARE(authenticator().identified.load(), 0);
}

// While the server shuts down an upgrade gets 503.
void WebSocketConformance::b1_duringTheShutdownAnUpgradeGets503()
{
    const QHostAddress address = server().address();
    const quint16 port = server().port();
    const QByteArray request = upgrade();
    std::latch isReady(1);
    int status = -1;
    // In a thread of its own, because close() blocks this one.
    std::thread client([&, count = 10 * threads()] {
        const auto readUntil = [](QTcpSocket &socket, QByteArrayView text) {
            QByteArray bytes;
            while (!bytes.contains(text) && socket.waitForReadyRead(10'000))
                bytes += socket.readAll();
        };
        // Some in each of the server's threads, to hear when it begins.
        std::vector<std::unique_ptr<QTcpSocket>> open;
        for (int i = 0; i < count; ++i) {
            QTcpSocket &socket = *open.emplace_back(std::make_unique<QTcpSocket>());
            socket.connectToHost(address, port);
            socket.write(request);
            readUntil(socket, "\"capabilities\"");
        }
        QTcpSocket late;
        late.connectToHost(address, port);
        // The answer tells that the beginning of the second request was read with the first.
        late.write("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n" + request.first(20));
        readUntil(late, "\r\n\r\n");
        isReady.count_down();
        for (const auto &socket : open)
            readUntil(*socket, "Server shutting down");
        late.write(request.sliced(20));
        QByteArray refusal;
        while (late.waitForReadyRead(10'000))
            refusal += late.readAll();
        status = parseAnswer(refusal).status;
    });
    isReady.wait();
    server().close();
    client.join();
    QCOMPARE(status, 503);
}

// Who is not identified gets 401.
void WebSocketConformance::b1_whoIsNotIdentifiedGets401()
{
    const WebAnswer answer = ask(upgrade("/", "X-Test: stranger\r\n"));
    QCOMPARE(answer.status, 401);
    QVERIFY2(says(answer, "Unauthorized"), answer.body);
}

// Who has no session group gets 500.
void WebSocketConformance::b1_whoHasNoGroupGets500()
{
    const WebAnswer answer = ask(upgrade("/", "X-Test: groupless\r\n"));
    QCOMPARE(answer.status, 500);
    QVERIFY2(says(answer, "Internal server error"), answer.body);
}

// A server that is full gives 503, and counts it; a place that becomes free is given again.
void WebSocketConformance::b1_aFullServerGives503()
{
    ServerOptions options = patientOptions();
    options.maxConnections = 2;
    start(options);
    auto first = open();
    auto second = open();
    const WebAnswer refused = ask(upgrade());
    QCOMPARE(refused.status, 503);
    QVERIFY2(says(refused, "Service at capacity, please try again later"), refused.body);
    QCOMPARE(refused.header("x-livetemplate-websocket"), "enabled"_ba);
    QVERIFY(counts("livetemplate_connections_rejected_total", 1));
    QVERIFY(counts(R"(livetemplate_requests_rejected_total{reason="capacity"})", 1));
    // Pages are still served.
    QCOMPARE(ask(request("GET", "/")).status, 200);

    first.reset();
    QVERIFY(QTest::qWaitFor([&] { return ask(upgrade()).status == 101; }, 10'000));
}

// A session group that is full gives 503, and counts it; other groups do not notice.
void WebSocketConformance::b1_aFullGroupGives503()
{
    ServerOptions options = patientOptions();
    options.maxConnectionsPerGroup = 2;
    start(options);
    const QByteArray cookie = newCookie();
    auto first = open(u"/"_s, cookie);
    auto second = open(u"/plain"_s, cookie);
    const QByteArray header = "Cookie: " + cookie + "\r\n";
    const WebAnswer refused = ask(upgrade("/", header));
    QCOMPARE(refused.status, 503);
    QVERIFY2(says(refused, "Service at capacity, please try again later"), refused.body);
    QVERIFY(counts("livetemplate_connections_rejected_total", 1));
    QVERIFY(counts(R"(livetemplate_requests_rejected_total{reason="group_capacity"})", 1));
    QCOMPARE(ask(upgrade()).status, 101);

    second.reset();
    QVERIFY(QTest::qWaitFor([&] { return ask(upgrade("/", header)).status == 101; }, 10'000));
}

void WebSocketConformance::checkOriginRow()
{
    startForOriginRow();
    QFETCH(QByteArray, headers);
    QFETCH(bool, isAllowed);
    const WebAnswer answer = ask(upgrade("/", headers));
    QCOMPARE(answer.status, isAllowed ? 101 : 403);
    if (!isAllowed)
        QVERIFY(counts(R"(livetemplate_requests_rejected_total{reason="origin"})", 1));
}

void WebSocketConformance::b1_theOriginMustBeTheServersOwn_data()
{
    addOriginRows(OriginRows::Own);
}

// An origin, if there is one, must be the scheme and the host that were asked for; others get 403.
void WebSocketConformance::b1_theOriginMustBeTheServersOwn()
{
    checkOriginRow();
}

void WebSocketConformance::b1_theForwardedSchemeCountsWhenItIsTrusted_data()
{
    addOriginRows(OriginRows::Forwarded);
}

// What a proxy says of the scheme counts when it is trusted: the first item of X-Forwarded-Proto,
// or else proto in Forwarded.
void WebSocketConformance::b1_theForwardedSchemeCountsWhenItIsTrusted()
{
    checkOriginRow();
}

void WebSocketConformance::b1_listedOriginsAreComparedExactly_data()
{
    addOriginRows(OriginRows::Listed);
}

// Other origins may be listed, and are compared letter by letter; "*" is all of them.
void WebSocketConformance::b1_listedOriginsAreComparedExactly()
{
    checkOriginRow();
}

void WebSocketConformance::b1_inDevelopmentThisMachineIsAllowed_data()
{
    addOriginRows(OriginRows::Development);
}

// In development mode any origin on this machine is allowed, and only those.
void WebSocketConformance::b1_inDevelopmentThisMachineIsAllowed()
{
    checkOriginRow();
}

void WebSocketConformance::b1_theChecksComeInThisOrder_data()
{
    QTest::addColumn<bool>("isEnabled");
    QTest::addColumn<bool>("isFull");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    const QByteArray origin = "Origin: http://evil.example\r\n";
    QTest::newRow("no WebSocket") << false << true << origin + "X-Test: stranger\r\n" << 400;
    QTest::newRow("a stranger") << true << true << origin + "X-Test: stranger\r\n" << 401;
    QTest::newRow("no group") << true << true << origin + "X-Test: groupless\r\n" << 500;
    QTest::newRow("full") << true << true << origin << 503;
    QTest::newRow("another origin") << true << false << origin << 403;
    QTest::newRow("nothing") << true << false << QByteArray() << 101;
}

// Of several reasons to refuse an upgrade it is the first in this order that counts.
void WebSocketConformance::b1_theChecksComeInThisOrder()
{
    QFETCH(bool, isEnabled);
    QFETCH(bool, isFull);
    QFETCH(QByteArray, headers);
    ServerOptions options = patientOptions();
    options.webSocketEnabled = isEnabled;
    options.maxConnections = 1;
    start(options);
    std::unique_ptr<LiveTab> tab;
    if (isEnabled && isFull)
        tab = open();
    QTEST(ask(upgrade("/", headers)).status, "status");
}

// After a refused upgrade the page goes on by HTTP, on the same connection if it likes.
void WebSocketConformance::b1_aRefusedUpgradeLeavesTheConnectionToHttp()
{
    QTcpSocket socket;
    send(socket, upgrade("/", "Origin: http://evil.example\r\n"));
    QCOMPARE(askRaw(socket, {}).status, 403);
    QCOMPARE(askRaw(socket, request("GET", "/", "Accept: application/json\r\n")).status, 200);
}

// ---- B.2

// mount, onConnect, the first message, the actions, onDisconnect.
void WebSocketConformance::b2_aConnectionLivesInThisOrder()
{
    {
        LiveClient client(url(plain));
        QVERIFY(client.waitForState(QAbstractSocket::ConnectedState));
        client.action(u"echo"_s); // before the client knows that there is anything to act on
        QVERIFY(client.nextJson().value(u"meta").toObject().contains(u"capabilities"));
        QCOMPARE(client.next(), unchanged(u"echo"_s));
        client.action(u"save"_s);
        QCOMPARE(client.next(), unchanged(u"save"_s));
    }
    QVERIFY(calls({u"mount"_s, u"onConnect"_s, u"echo"_s, u"save"_s, u"onDisconnect"_s}));
}

// The first message shows the state as onConnect has left it.
void WebSocketConformance::b2_theFirstMessageShowsWhatOnConnectMade()
{
    const auto tab = open(url(u"/"_s, u"greet=hello"_s), {});
    QVERIFY2(tab->html().contains(u"<p id=\"draft\">hello</p>"), qPrintable(tab->html()));
}

// What mount makes of the state is saved before onConnect runs.
void WebSocketConformance::b2_whatMountMakesIsSavedBeforeOnConnect()
{
    const QByteArray cookie = newCookie();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"onConnect failed"_s));
    const auto tab = open(url(u"/"_s, u"title=kept&failOnConnect=1"_s), cookie);
    QVERIFY(saves(cookie, u"title"_s, u"kept"_s));
}

// An error of onConnect is logged, and the connection goes on.
void WebSocketConformance::b2_aFailingOnConnectIsOnlyLogged()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"onConnect failed"_s));
    LiveClient client(url(plain, u"failOnConnect=1"_s));
    QVERIFY(!client.next().isEmpty());
    client.action(u"increment"_s);
    QCOMPARE(client.next(), answer(1, u"increment"_s));
}

// When mount fails the connection is closed without a message, and is not said goodbye to.
void WebSocketConformance::b2_aFailingMountClosesWithoutAMessage()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"mount failed"_s));
    LiveClient client(url(plain, u"fail=1"_s));
    QVERIFY(client.waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(client.isQuiet());
    QVERIFY(counts("livetemplate_connections_opened_total", 1));
    QVERIFY(counts("livetemplate_connections_active", 0));
    QCOMPARE(journal().methods(), QStringList{u"mount"_s});
}

void WebSocketConformance::b2_broadcastsOfMountAndOnConnectReachThePeers_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("mount") << u"tell=increment"_s;
    QTest::newRow("onConnect") << u"tellOnConnect=increment"_s;
}

// What mount and onConnect broadcast is carried out for the tabs that were there.
void WebSocketConformance::b2_broadcastsOfMountAndOnConnectReachThePeers()
{
    QFETCH(QString, query);
    const QByteArray cookie = newCookie();
    LiveClient peer(url(plain), cookie);
    QVERIFY(!peer.next().isEmpty());
    LiveClient client(url(plain, query), cookie);
    QVERIFY(client.next().contains(u"\"0\":\"0\""));
    QCOMPARE(peer.next(), uR"({"tree":{"0":"1"}})"_s);
    QVERIFY(client.isQuiet());
}

// ---- B.3

void WebSocketConformance::b3_messagesReachTheirAction_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("submitter");
    QTest::addColumn<QJsonObject>("data");
    const auto row = [](const char *name, const char *message, const QString &method,
                        const QString &submitter, const char *data) {
        QTest::newRow(name) << QByteArray(message) << method << submitter
                            << QJsonDocument::fromJson(data).object();
    };
    row("button", R"({"action":"increment","data":{}})", u"increment"_s, {}, "{}");
    row("form", R"({"action":"save","data":{"n":42,"value":7,"z":true},"submitter":"save"})",
        u"save"_s, u"save"_s, R"({"n":42,"value":7,"z":true})");
    row("changed input", R"({"action":"change","data":{"title":"x"}})", u"change"_s, {},
        R"({"title":"x"})");
    row("sentinel, without data", R"({"action":"load_more"})", u"loadMore"_s, {}, "{}");
    row("null as data", R"({"action":"echo","data":null})", u"echo"_s, {}, "{}");
    row("area", R"({"action":"echo","data":{"x":1.5,"y":-2,"w":0,"h":300}})", u"echo"_s, {},
        R"({"x":1.5,"y":-2,"w":0,"h":300})");
    row("viewport", R"({"action":"echo","data":{"topKey":"a","bottomKey":"b"}})", u"echo"_s, {},
        R"({"topKey":"a","bottomKey":"b"})");
    row("hash", R"({"action":"echo","data":{"hash":"part-2"}})", u"echo"_s, {},
        R"({"hash":"part-2"})");
    row("proxy", R"({"action":"echo","data":{"url":"https://example.org/?a=b"}})", u"echo"_s, {},
        R"({"url":"https://example.org/?a=b"})");
    row("several boxes", R"({"action":"save","data":{"tags":["a","b"],"one":false}})", u"save"_s,
        {}, R"({"tags":["a","b"],"one":false})");
    row("characters", "{\"action\":\"echo\",\"data\":{\"\xc3\xbc\":\"\xf0\x9f\x98\x80\\u0000<\"}}",
        u"echo"_s, {}, "{\"\xc3\xbc\":\"\xf0\x9f\x98\x80\\u0000<\"}");
}

// Each shape of message that the client sends calls its action with its data.
void WebSocketConformance::b3_messagesReachTheirAction()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, method);
    QFETCH(QJsonObject, data);
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.send(QString::fromUtf8(message));
    const QJsonObject meta = client.nextJson().value(u"meta").toObject();
    QCOMPARE(meta.value(u"success"), QJsonValue(true));
    QCOMPARE(meta.value(u"action"), QJsonDocument::fromJson(message).object().value(u"action"));
    QCOMPARE(journal().methods(), (QStringList{u"mount"_s, u"onConnect"_s, method}));
    QCOMPARE(journal().last(method).data, data);
    QTEST(journal().last(method).submitter, "submitter");
}

// A form with lvt-persist, which is another server's, is an unknown action here.
void WebSocketConformance::b3_tablesThatAreNotKeptAreUnknownActions()
{
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.action(u"persist:todos"_s, {{u"title"_s, u"x"_s}});
    QCOMPARE(client.next(), unchanged(u"persist:todos"_s));
}

// A file is refused with a sentence when it is chosen; what else there is about it is not answered.
void WebSocketConformance::b3_uploadsAreRefusedFileByFile()
{
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.send(
        uR"({"action":"upload_start","upload_name":"photo","files":[{"name":"a.png","type":"image/png","size":3},{"name":"b.png","type":"image/png","size":4}]})"_s);
    const QJsonObject answer = client.nextJson();
    QCOMPARE(answer.value(u"upload_name").toString(), u"photo"_s);
    const QJsonArray entries = answer.value(u"entries").toArray();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries.at(1)[u"client_name"].toString(), u"b.png"_s);
    QVERIFY(entries.at(0)[u"entry_id"] != entries.at(1)[u"entry_id"]);
    for (const QJsonValue &entry : entries) {
        QCOMPARE(entry[u"valid"], QJsonValue(false));
        QVERIFY(entry[u"error"].toString().endsWith(u'.'));
    }
    client.send(
        uR"({"action":"upload_chunk","entry_id":"x","chunk_base64":"AA==","offset":0,"total":1})"_s);
    client.send(uR"({"action":"upload_complete","upload_name":"photo","entry_ids":["x"]})"_s);
    client.send(uR"({"action":"cancel_upload","entry_id":"x"})"_s);
    QVERIFY(client.isQuiet());
    QCOMPARE(journal().methods(), (QStringList{u"mount"_s, u"onConnect"_s}));
}

void WebSocketConformance::b3_valuesAreConverted_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("converted");
    // As the client sends it; as a form without JavaScript does; text, integer, number, boolean.
    const auto row = [](const char *name, const char *value, const QString &text,
                        const QString &converted) {
        QTest::newRow(name) << QByteArray(value) << text << converted;
    };
    row("whole number", "42", u"42"_s, u"42|42|42|yes"_s);
    row("nothing", "0", u"0"_s, u"0|0|0|no"_s);
    row("negative", "-7", u"-7"_s, u"-7|-7|-7|yes"_s);
    row("fraction", "2.5", u"2.5"_s, u"2.5|2|2.5|yes"_s);
    row("large, without an exponent", "9007199254740991", u"9007199254740991"_s,
        u"9007199254740991|9007199254740991|9.0072e+15|yes"_s);
    row("true", "true", u"true"_s, u"true|1|1|yes"_s);
    row("false", "false", u"false"_s, u"false|0|0|no"_s);
    row("leading zeros stay text", "\"007\"", u"007"_s, u"007|7|7|no"_s);
    row("an exponent stays text", "\"1e3\"", u"1e3"_s, u"1e3|1000|1000|no"_s);
    row("beyond 2^53 stays text", "\"9007199254740993\"", u"9007199254740993"_s,
        u"9007199254740993|9007199254740993|9.0072e+15|no"_s);
    row("true in another case", "\"TRUE\"", u"TRUE"_s, u"TRUE|-1|-1|yes"_s);
    row("text", "\"many\"", u"many"_s, u"many|-1|-1|no"_s);
}

// The getters convert both ways: the client sends numbers and booleans for texts that look like
// some, and a form without JavaScript sends nothing but text.
void WebSocketConformance::b3_valuesAreConverted()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, text);
    QFETCH(QString, converted);
    const QByteArray cookie = newCookie();
    LiveClient client(url(), cookie);
    QVERIFY(!client.next().isEmpty());
    client.send(
        u"{\"action\":\"convert\",\"data\":{\"value\":%1}}"_s.arg(QString::fromLatin1(value)));
    QVERIFY(!client.next().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(saved(cookie).value(u"title").toString(), converted, 10'000);

    // The same from a form, but for what text cannot say: a number's truth.
    const QByteArray other = newCookie();
    ask(request("POST", "/",
                "Content-Type: application/x-www-form-urlencoded\r\nCookie: " + other + "\r\n",
                "lvt-action=convert&value=" + text.toLatin1()));
    const auto withoutTruth = [](const QString &all) {
        return all.section(u'|', 0, 2);
    };
    const bool isBoolean = text == u"true" || text == u"false";
    const QString expected = isBoolean ? text + u"|-1|-1"_s : withoutTruth(converted);
    QTRY_COMPARE_WITH_TIMEOUT(withoutTruth(saved(other).value(u"title").toString()), expected,
                              10'000);
    QCOMPARE(saved(other).value(u"title").toString().endsWith(u"yes"),
             text.compare(u"true", Qt::CaseInsensitive) == 0 || text == u"1");
}

// ---- B.4

// The first message is the whole tree, with success, no errors, the capabilities and no action.
void WebSocketConformance::b4_theFirstMessageIsExact()
{
    LiveClient client(url(u"/validating"_s));
    QCOMPARE(
        client.next(),
        uR"({"tree":{"s":["<p>","</p>"],"0":"0"},"meta":{"success":true,"errors":{},"capabilities":["change","validate","progressive_enhancement"]}})"_s);
}

void WebSocketConformance::b4_theCapabilitiesAreThoseOfThePage_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("progressiveEnhancement");
    QTest::addColumn<QJsonValue>("capabilities");
    const auto row = [](const char *name, const QString &page, bool progressive,
                        const QJsonValue &capabilities) {
        QTest::newRow(name) << page << progressive << capabilities;
    };
    row("all", u"/validating"_s, true,
        QJsonArray{u"change"_s, u"validate"_s, u"progressive_enhancement"_s});
    row("change", u"/"_s, true, QJsonArray{u"change"_s, u"progressive_enhancement"_s});
    row("none of its own", u"/plain"_s, true, QJsonArray{u"progressive_enhancement"_s});
    row("without progressive enhancement", u"/validating"_s, false,
        QJsonArray{u"change"_s, u"validate"_s});
    row("none at all: no such key", u"/plain"_s, false, QJsonValue(QJsonValue::Undefined));
}

// The capabilities are those that the page has, in a fixed order; without any there is no such key.
void WebSocketConformance::b4_theCapabilitiesAreThoseOfThePage()
{
    QFETCH(QString, page);
    QFETCH(bool, progressiveEnhancement);
    ServerOptions options = patientOptions();
    options.progressiveEnhancement = progressiveEnhancement;
    start(options);
    LiveClient client(url(page));
    QTEST(client.nextJson().value(u"meta").toObject().value(u"capabilities"), "capabilities");
}

// Each new connection is told the capabilities again: the client has forgotten them.
void WebSocketConformance::b4_everyConnectionIsToldTheCapabilities()
{
    const QByteArray cookie = newCookie();
    const QJsonArray expected{u"change"_s, u"progressive_enhancement"_s};
    for (int i = 0; i < 3; ++i) {
        const auto tab = open(u"/"_s, cookie);
        QCOMPARE(tab->last().value(u"meta")[u"capabilities"], expected);
        // And only then.
        QVERIFY(tab->run(u"increment"_s).value(u"meta")[u"capabilities"].isUndefined());
    }
}

void WebSocketConformance::b4_everyActionIsAnsweredOnce_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QJsonObject>("data");
    QTest::addColumn<QString>("expected");
    QTest::newRow("changes") << u"increment"_s << QJsonObject() << answer(1, u"increment"_s);
    QTest::newRow("changes nothing") << u"echo"_s << QJsonObject() << unchanged(u"echo"_s);
    QTest::newRow("changes what is not shown")
        << u"rename"_s << QJsonObject{{u"title"_s, u"x"_s}} << unchanged(u"rename"_s);
    QTest::newRow("is unknown") << u"nothing"_s << QJsonObject() << unchanged(u"nothing"_s);
    QTest::newRow("in another spelling")
        << u"load-more"_s << QJsonObject() << answer(10, u"load-more"_s);
    QTest::newRow("with characters")
        << u"a\"b\\<\n"_s << QJsonObject() << unchanged(u"a\\\"b\\\\<\\n"_s);
    QTest::newRow("fails at a field")
        << u"fail"_s << QJsonObject{{u"field"_s, u"title"_s}, {u"message"_s, u"is bad"_s}}
        << uR"({"tree":{},"meta":{"success":false,"errors":{"title":"is bad"},"action":"fail"}})"_s;
    QTest::newRow("fails as a whole")
        << u"fail"_s << QJsonObject{{u"message"_s, u"No."_s}}
        << uR"({"tree":{},"meta":{"success":false,"errors":{"_general":"No."},"action":"fail"}})"_s;
    QTest::newRow("navigates") << u"__navigate__"_s << QJsonObject()
                               << unchanged(u"__navigate__"_s);
    QTest::newRow("broadcasts") << u"tell"_s << QJsonObject{{u"what"_s, u"increment"_s}}
                                << unchanged(u"tell"_s);
}

// Each action is answered exactly once, with the name as it was sent, also when nothing changed.
void WebSocketConformance::b4_everyActionIsAnsweredOnce()
{
    QFETCH(QString, action);
    QFETCH(QJsonObject, data);
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.action(action, data);
    QTEST(client.next(), "expected");
    QVERIFY(client.isQuiet());
}

void WebSocketConformance::b4_updatesHaveNoMeta_data()
{
    QTest::addColumn<bool>("isBroadcast");
    QTest::newRow("broadcast") << true;
    QTest::newRow("trigger") << false;
}

// An update that the client did not ask for has no meta: it would end a form that is on its way.
void WebSocketConformance::b4_updatesHaveNoMeta()
{
    QFETCH(bool, isBroadcast);
    const QByteArray cookie = newCookie();
    Pair tabs(url(plain), cookie);
    QVERIFY(tabs.open());
    if (isBroadcast) {
        tabs.first.action(u"spread"_s);
        QCOMPARE(tabs.first.next(), answer(1, u"spread"_s));
    } else {
        QVERIFY(server().triggerAction(groupOf(cookie), u"increment"_s));
        QCOMPARE(tabs.first.next(), uR"({"tree":{"0":"1"}})"_s);
    }
    QCOMPARE(tabs.second.next(), uR"({"tree":{"0":"1"}})"_s);
}

// Flash messages stand in the tree and not among the errors; they do not make an action fail.
void WebSocketConformance::b4_flashIsNoError()
{
    const auto tab = open();
    const QJsonObject meta
        = tab->run(u"flash"_s, {{u"key"_s, u"error"_s}}).value(u"meta").toObject();
    QCOMPARE(meta,
             (QJsonObject{
                 {u"success"_s, true}, {u"errors"_s, QJsonObject()}, {u"action"_s, u"flash"_s}}));
}

void WebSocketConformance::b4_theTreeIsAlwaysAnObject_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<int>("messageRate");
    QTest::newRow("changes") << u"increment"_s << 0;
    QTest::newRow("changes nothing") << u"echo"_s << 0;
    QTest::newRow("is unknown") << u"nothing"_s << 0;
    QTest::newRow("fails") << u"fail"_s << 0;
    QTest::newRow("navigates") << u"__navigate__"_s << 0;
    QTest::newRow("is too much") << u"increment"_s << 1;
}

// No answer is without a tree, and none has null for it: the client would wait for ever.
void WebSocketConformance::b4_theTreeIsAlwaysAnObject()
{
    QFETCH(QString, action);
    QFETCH(int, messageRate);
    ServerOptions options;
    options.messageRate = messageRate;
    options.messageBurst = 1;
    start(options);
    LiveClient client(url(plain));
    QVERIFY(client.nextJson().value(u"tree").isObject());
    bool isRefused = false;
    for (int i = 0; i < 20; ++i)
        client.action(action);
    for (int i = 0; i < 20; ++i) {
        const QString message = client.next();
        isRefused |= message == tooMany;
        QVERIFY2(message.startsWith(u"{\"tree\":{"), qPrintable(message));
    }
    QCOMPARE(isRefused, messageRate > 0);
}

// ---- B.5

// A ping is answered by a pong, and by nothing else.
void WebSocketConformance::b5_aPingIsAnsweredByAPong()
{
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    for (int i = 0; i < 3; ++i) {
        client.send(ping);
        QCOMPARE(client.next(), pong);
    }
    client.send(uR"({"action":"__ping__","data":{"x":1}})"_s);
    QCOMPARE(client.next(), pong);
    QVERIFY(client.isQuiet());
    QCOMPARE(journal().methods(), (QStringList{u"mount"_s, u"onConnect"_s}));
}

// The pong is the very next answer, before actions that wait, and before the first message.
void WebSocketConformance::b5_thePongComesBeforeOtherWork()
{
    const auto late = std::make_shared<LateStore>();
    ServerOptions options = patientOptions();
    options.sessionStore = late;
    start(options);
    LiveClient client(url(plain));
    QVERIFY(client.waitForState(QAbstractSocket::ConnectedState));
    QTRY_VERIFY_WITH_TIMEOUT(late->isAsked(), 10'000);
    for (int i = 0; i < 5; ++i)
        client.action(u"increment"_s);
    client.send(ping);
    QCOMPARE(client.next(), pong);
    late->answer();
    QVERIFY(client.next().contains(u"\"capabilities\""));
    for (int i = 1; i <= 5; ++i)
        QCOMPARE(client.next(), answer(i, u"increment"_s));
}

// A pong is sent also while an action takes its time: the client would take the connection for
// dead.
void WebSocketConformance::b5_aSlowActionDoesNotKeepThePongBack()
{
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.action(u"passGate"_s);
    client.send(ping);
    const QString first = client.next();
    journal().openGate();
    QEXPECT_FAIL("", "Actions run in the thread that reads, so a slow one keeps everything back.",
                 Continue);
    QCOMPARE(first, pong);
}

// ---- B.6

// Over a WebSocket an action can neither redirect nor set or read a cookie, and is told so.
void WebSocketConformance::b6_thereIsNoRedirectAndNoCookie()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"HTTP methods require HTTP context"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"HTTP methods require HTTP context"_s));
    const auto tab = open();
    const QJsonObject answer = tab->run(u"leave"_s);
    QCOMPARE(answer.keys(), (QStringList{u"meta"_s, u"tree"_s}));
    QVERIFY(answer.value(u"meta")[u"success"].toBool());
    QVERIFY(tab->html().contains(u">stays bakes not reads not</h1>"));
    QVERIFY(tab->isQuiet());
}

// Flash messages are a part of the tree; the envelope has no place for them.
void WebSocketConformance::b6_flashTravelsInTheTree()
{
    const auto tab = open();
    const QJsonObject answer = tab->run(u"flash"_s, {{u"message"_s, u"Saved <it>"_s}});
    QCOMPARE(answer.keys(), (QStringList{u"meta"_s, u"tree"_s}));
    QCOMPARE(answer.value(u"meta").toObject().keys(),
             (QStringList{u"action"_s, u"errors"_s, u"success"_s}));
    QVERIFY(tab->html().contains(u"<p id=\"flash\">Saved &lt;it&gt;</p>"));
}

// ---- B.7

// When the server shuts down every connection is closed with code 1001 and the reason.
void WebSocketConformance::b7_aShutdownClosesWith1001()
{
    std::vector<std::unique_ptr<LiveTab>> tabs;
    for (int i = 0; i < 6; ++i)
        tabs.push_back(open());
    server().close();
    for (const auto &tab : tabs) {
        QVERIFY(tab->client().waitForState(QAbstractSocket::UnconnectedState));
        QCOMPARE(int(tab->client().socket().closeCode()), 1001);
        QCOMPARE(tab->client().socket().closeReason(), u"Server shutting down"_s);
    }
    QCOMPARE(journal().count(u"onDisconnect"_s), 6);
}

// After a reconnect the first message is the whole tree, with all statics and the saved state.
void WebSocketConformance::b7_aReconnectGetsTheWholeTree()
{
    const QByteArray cookie = newCookie();
    QString shown;
    QJsonValue statics;
    {
        const auto tab = open(u"/"_s, cookie);
        statics = tab->last().value(u"tree")[u"s"];
        tab->run(u"increment"_s, {{u"by"_s, 7}});
        tab->run(u"note"_s, {{u"line"_s, u"one"_s}});
        shown = tab->html();
    }
    QVERIFY(shown.contains(u"many: 7"));
    const auto again = open(u"/"_s, cookie);
    QCOMPARE(again->last().value(u"tree")[u"s"], statics);
    QCOMPARE(again->html(), shown);
}

// While the socket is closed actions go by POST, and the client merges the answers into what it
// has: they are whole trees.
void WebSocketConformance::b7_answersToPostsAreWholeTrees()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    tab->run(u"note"_s, {{u"line"_s, u"one"_s}});
    tab->client().socket().close();
    const QByteArray cookieHeader = "Cookie: " + cookie + "\r\n";
    const QByteArray headers = cookieHeader
        + "Content-Type: application/json\r\nAccept: application/json\r\n";
    for (const QByteArray body :
         {R"({"action":"increment","data":{"by":7}})", R"({"action":"note","data":{"line":"two"}})",
          R"({"action":"increment","data":{"by":-7}})"}) {
        tab->apply(ask(request("POST", "/", headers, body)).json().value(u"tree"));
        QCOMPARE(tab->html(), wrapperContent(ask(request("GET", "/", cookieHeader)).body));
    }
}

// ---- B.8

// Ten messages a second, and twenty at once, are the defaults.
void WebSocketConformance::b8_theDefaultsAreTenASecondAndTwentyAtOnce()
{
    QCOMPARE(ServerOptions().messageRate, 10);
    QCOMPARE(ServerOptions().messageBurst, 20);
    QCOMPARE(ServerOptions().maxPendingBroadcasts, 16);
    QCOMPARE(ServerOptions().maxMessageSize, 1024 * 1024);
}

// The bucket holds twenty, and gets one back in a tenth of a second, up to twenty.
void WebSocketConformance::b8_theBucketFillsByItsRate()
{
    const RateLimiter::Clock::time_point start;
    RateLimiter bucket(10, 20, start);
    const auto takeAll = [&](std::chrono::milliseconds after) {
        int taken = 0;
        while (bucket.take(start + after))
            ++taken;
        return taken;
    };
    QCOMPARE(takeAll(0ms), 20);
    QCOMPARE(takeAll(90ms), 0);
    QCOMPARE(takeAll(101ms), 1);
    QCOMPARE(takeAll(1102ms), 10);
    QCOMPARE(takeAll(1h), 20);
}

// Over the rate limit a message is answered with an empty tree and the error _rate_limit.
void WebSocketConformance::b8_overTheRateLimitIsAnsweredWithAnEmptyTree()
{
    start(ServerOptions());
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    // So many that the bucket does not fill as fast as they come.
    constexpr int count = 200;
    for (int i = 0; i < count; ++i)
        client.action(u"increment"_s);
    int accepted = 0;
    for (int i = 0; i < count; ++i) {
        const QString next = client.next();
        if (next == tooMany)
            continue;
        QCOMPARE(next, answer(++accepted, u"increment"_s));
    }
    QVERIFY2(accepted >= 20, QByteArray::number(accepted));
    QVERIFY2(accepted < count, QByteArray::number(accepted));
}

// What is over the rate limit is not run, and is counted.
void WebSocketConformance::b8_whatIsOverTheRateLimitIsDropped()
{
    ServerOptions options;
    options.messageRate = 1;
    options.messageBurst = 3;
    start(options);
    const QByteArray cookie = newCookie();
    LiveClient client(url(plain), cookie);
    QVERIFY(!client.next().isEmpty());
    int refused = 0;
    for (int i = 0; i < 30; ++i)
        client.action(u"increment"_s);
    for (int i = 0; i < 30; ++i)
        refused += client.next() == tooMany;
    QVERIFY(refused > 0 && refused <= 27);
    QCOMPARE(journal().count(u"increment"_s), 30 - refused);
    QVERIFY(saves(cookie, u"counter"_s, 30 - refused, plain));
    QVERIFY(counts("livetemplate_rate_limited_total", refused));
}

// Who was refused may go on a little later.
void WebSocketConformance::b8_theBucketIsFilledAgain()
{
    ServerOptions options;
    options.messageRate = 10;
    options.messageBurst = 1;
    start(options);
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    int refused = 0;
    for (int i = 0; i < 100; ++i)
        client.action(u"echo"_s);
    for (int i = 0; i < 100; ++i)
        refused += client.next() == tooMany;
    QVERIFY(refused > 0);
    const auto isAccepted = [&] {
        client.action(u"echo"_s);
        return client.next() == unchanged(u"echo"_s);
    };
    QVERIFY(QTest::qWaitFor(isAccepted, 10'000));
}

// What one connection sends is not taken from another one's bucket, not even of the same browser.
void WebSocketConformance::b8_eachConnectionHasItsOwnBucket()
{
    ServerOptions options;
    options.messageRate = 1;
    options.messageBurst = 2;
    start(options);
    Pair tabs(url(plain), newCookie());
    QVERIFY(tabs.open());
    int refused = 0;
    for (int i = 0; i < 20; ++i)
        tabs.first.action(u"echo"_s);
    for (int i = 0; i < 20; ++i)
        refused += tabs.first.next() == tooMany;
    QVERIFY(refused > 0);
    for (int i = 0; i < 2; ++i) {
        tabs.second.action(u"echo"_s);
        QCOMPARE(tabs.second.next(), unchanged(u"echo"_s));
    }
}

// Pings are taken from the bucket as any message is.
void WebSocketConformance::b8_pingsCount()
{
    ServerOptions options;
    options.messageRate = 1;
    options.messageBurst = 3;
    start(options);
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    for (int i = 0; i < 30; ++i)
        client.send(ping);
    int answered = 0;
    for (int i = 0; i < 30; ++i) {
        const QString next = client.next();
        QVERIFY2(next == pong || next == tooMany, qPrintable(next));
        answered += next == pong;
    }
    QVERIFY2(answered >= 3 && answered < 30, QByteArray::number(answered));
}

// Pieces of files are not counted: the client sends them as fast as it can.
void WebSocketConformance::b8_piecesOfFilesDoNotCount()
{
    ServerOptions options;
    options.messageRate = 1;
    options.messageBurst = 2;
    start(options);
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    for (int i = 0; i < 100; ++i) {
        client.send(
            uR"({"action":"upload_chunk","entry_id":"x","chunk_base64":"AA==","offset":%1,"total":100})"_s
                .arg(i));
    }
    for (int i = 0; i < 2; ++i) {
        client.action(u"increment"_s);
        QCOMPARE(client.next(), answer(i + 1, u"increment"_s));
    }
}

// A message may have a mebibyte: the client's pieces of files have 350 kilobytes.
void WebSocketConformance::b8_messagesOfAMebibyteAreTaken()
{
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    QString message = uR"({"action":"rename","data":{"title":""}})"_s;
    message.insert(message.size() - 3, QString(1024 * 1024 - message.size(), u'x'));
    QCOMPARE(message.size(), 1024 * 1024);
    client.send(message);
    QCOMPARE(client.next(), unchanged(u"rename"_s));
}

// A larger one closes the connection with code 1009.
void WebSocketConformance::b8_largerMessagesCloseTheConnection()
{
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.action(u"rename"_s, {{u"title"_s, QString(1024 * 1024, u'x')}});
    QVERIFY(client.waitForState(QAbstractSocket::UnconnectedState));
    QCOMPARE(int(client.socket().closeCode()), 1009);
    QCOMPARE(journal().count(u"rename"_s), 0);
}

// Actions run one at a time in the order in which they came, and are answered in that order.
void WebSocketConformance::b8_answersComeInTheOrderOfTheActions()
{
    const auto tab = open();
    QStringList lines;
    for (int i = 0; i < 100; ++i) {
        lines.append(QString::number(i));
        tab->action(i % 3 ? u"note"_s : u"Note"_s, {{u"line"_s, lines.last()}});
    }
    for (int i = 0; i < 100; ++i) {
        QVERIFY(tab->read());
        QCOMPARE(tab->last().value(u"meta")[u"action"].toString(), i % 3 ? u"note"_s : u"Note"_s);
    }
    QVERIFY2(tab->html().contains(u"<ul><li>"_s + lines.join(u"</li><li>"_s) + u"</li></ul>"_s),
             qPrintable(tab->html()));
}

// Broadcasts stand in the same queue as a connection's own actions, where they came in.
void WebSocketConformance::b8_broadcastsAreInterleaved()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    QStringList lines;
    for (int i = 0; i < 20; ++i) {
        const QString theirs = u"theirs %1"_s.arg(i);
        const QString mine = u"mine %1"_s.arg(i);
        sender->run(u"tell"_s,
                    {{u"what"_s, u"note"_s}, {u"with"_s, QJsonObject{{u"line"_s, theirs}}}});
        receiver->action(u"note"_s, {{u"line"_s, mine}});
        QVERIFY(receiver->contains(mine));
        lines << theirs << mine;
    }
    QVERIFY2(receiver->html().contains(u"<li>"_s + lines.join(u"</li><li>"_s) + u"</li></ul>"_s),
             qPrintable(receiver->html()));
}

// Sixteen broadcasts may wait for a connection; more are dropped, and counted.
void WebSocketConformance::b8_sixteenBroadcastsMayWait()
{
    const QByteArray cookie = newCookie();
    Pair tabs(url(plain), cookie);
    LiveClient third(url(plain), cookie);
    QVERIFY(tabs.open() && !third.next().isEmpty());
    tabs.first.action(u"tell"_s, {{u"what"_s, u"increment"_s}, {u"times"_s, 30}});
    QCOMPARE(tabs.first.next(), unchanged(u"tell"_s));
    QCOMPARE(tabs.second.next(), uR"({"tree":{"0":"16"}})"_s);
    QCOMPARE(third.next(), uR"({"tree":{"0":"16"}})"_s);
    QVERIFY(counts("livetemplate_websocket_dispatch_dropped_total", 2 * (30 - 16)));
    // The connections are none the worse for it.
    tabs.second.action(u"increment"_s);
    QCOMPARE(tabs.second.next(), answer(17, u"increment"_s));
    tabs.first.action(u"spread"_s);
    QCOMPARE(third.next(), uR"({"tree":{"0":"17"}})"_s);
}

void WebSocketConformance::b8_malformedMessagesAreIgnored_data()
{
    QTest::addColumn<QString>("text");
    for (const auto &text :
         {u""_s, u"{"_s, u"[]"_s, u"null"_s, u"7"_s, u"{}"_s, u"{\"action\":\"\"}"_s,
          u"{\"action\":7}"_s, u"{\"data\":{}}"_s, u"{\"action\":\"increment\",\"data\":7}"_s,
          u"{\"action\":\"increment\"} x"_s, u"increment"_s})
        QTest::newRow(qPrintable(u"'%1'"_s.arg(text))) << text;
    QTest::newRow("deep") << QString(100'000, u'[');
}

// What is no message is ignored: no answer, no action, and the connection goes on.
void WebSocketConformance::b8_malformedMessagesAreIgnored()
{
    QFETCH(QString, text);
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.send(text);
    client.socket().sendBinaryMessage("\x00\xff"_ba);
    client.action(u"increment"_s);
    QCOMPARE(client.next(), answer(1, u"increment"_s));
    QVERIFY(counts("livetemplate_messages_malformed_total", 1));
}

void WebSocketConformance::b8_unknownActionsAreAnswered_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &name : {u"nothing"_s, u"INCREMENT"_s, u"increment "_s, u"increment()"_s,
                             u"destroyed"_s, u"deleteLater"_s, u"__proto__"_s})
        QTest::newRow(qPrintable(name)) << name;
}

// An action that the page does not have is answered as one that changed nothing.
void WebSocketConformance::b8_unknownActionsAreAnswered()
{
    QFETCH(QString, name);
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.action(name);
    QCOMPARE(client.next(), unchanged(name));
    QCOMPARE(journal().methods(), (QStringList{u"mount"_s, u"onConnect"_s}));
}

// ---- B.9

// __navigate__ mounts again with its data, without an action's name.
void WebSocketConformance::b9_navigatingMountsAgain()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    journal().clear();
    tab->run(u"__navigate__"_s, {{u"title"_s, u"two"_s}, {u"x"_s, u"2"_s}});
    QCOMPARE(journal().methods(), QStringList{u"mount"_s});
    const Call mount = journal().last(u"mount"_s);
    QCOMPARE(mount.action, QString());
    QCOMPARE(mount.data, (QJsonObject{{u"title"_s, u"two"_s}, {u"x"_s, u"2"_s}}));
    QVERIFY(!mount.isInitialMount && !mount.isNewConnect && !mount.isReconnect && !mount.isHttp);
    QVERIFY(tab->html().contains(u"<h1 title=\"two\">two</h1>"));
    QVERIFY(saves(cookie, u"title"_s, u"two"_s));
}

// The answer names __navigate__ as its action.
void WebSocketConformance::b9_navigatingIsAnsweredAsAnAction()
{
    LiveClient client(url(plain));
    QVERIFY(!client.next().isEmpty());
    client.send(uR"({"action":"__navigate__","data":{"x":"2"}})"_s);
    QCOMPARE(client.next(), unchanged(u"__navigate__"_s));
    client.send(uR"({"action":"__navigate__","data":{"fail":"1"}})"_s);
    QCOMPARE(
        client.next(),
        uR"({"tree":{},"meta":{"success":false,"errors":{"_general":"no database"},"action":"__navigate__"}})"_s);
    // The page is still there.
    client.action(u"increment"_s);
    QCOMPARE(client.next(), answer(1, u"increment"_s));
}

// What the tab has, it keeps; nothing is connected anew.
void WebSocketConformance::b9_navigatingKeepsTheState()
{
    const auto tab = open();
    tab->run(u"increment"_s, {{u"by"_s, 5}});
    tab->run(u"write"_s, {{u"draft"_s, u"mine"_s}});
    tab->run(u"__navigate__"_s, {{u"title"_s, u"two"_s}});
    QVERIFY(tab->html().contains(u"<p id=\"counter\">5</p>"));
    QVERIFY(tab->html().contains(u"<p id=\"draft\">mine</p>"));
    QCOMPARE(journal().count(u"onConnect"_s), 1);
}
