// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "conformance_http.h"

#include "basicauthenticator.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto jsonType = "Content-Type: application/json\r\n";
constexpr auto formType = "Content-Type: application/x-www-form-urlencoded\r\n";
constexpr auto multipartType = "Content-Type: multipart/form-data; boundary=xyz\r\n";
constexpr auto acceptsJson = "Accept: application/json\r\n";
constexpr auto acceptsHtml = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";

QByteArray cookieHeader(const QByteArray &cookie)
{
    return "Cookie: " + cookie + "\r\n";
}

QByteArray part(const QByteArray &name, const QByteArray &value)
{
    return "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
        + "\r\n";
}

QJsonObject parsed(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

std::shared_ptr<BasicAuthenticator> basic()
{
    return std::make_shared<BasicAuthenticator>(
        [](const QString &, const QString &password) { return password == u"secret"; });
}

QByteArray credentials(const QByteArray &userAndPassword)
{
    return "Authorization: Basic " + userAndPassword.toBase64() + "\r\n";
}

} // namespace

QJsonObject HttpConformance::called() const
{
    for (const Call &call : journal().calls()) {
        if (call.method != "mount"_L1) {
            return {{u"method"_s, call.method},
                    {u"action"_s, call.action},
                    {u"submitter"_s, call.submitter},
                    {u"data"_s, call.data}};
        }
    }
    return {};
}

// ---- A.1

// HEAD, GET, POST and the upgrade go to one and the same address.
void HttpConformance::a1_oneAddressAnswersEverything()
{
    QCOMPARE(ask(request("HEAD", "/deep/page")).status, 200);
    QCOMPARE(ask(request("GET", "/deep/page")).status, 200);
    QCOMPARE(ask(request("POST", "/deep/page", QByteArray(formType) + acceptsHtml, "echo=")).status,
             303);
    QCOMPARE(ask(upgrade("/deep/page")).status, 101);
}

void HttpConformance::a1_theQueryReachesMountEveryWay_data()
{
    QTest::addColumn<QByteArray>("message");
    const QByteArray target = "/?title=a+b%26&x=1&empty=";
    QTest::newRow("page") << request("GET", target);
    QTest::newRow("JSON") << request("GET", target, acceptsJson);
    QTest::newRow("POST") << request("POST", target, jsonType, R"({"action":"echo"})");
    QTest::newRow("WebSocket") << upgrade(target);
}

// mount has the parameters of the address, whichever way the page is asked for.
void HttpConformance::a1_theQueryReachesMountEveryWay()
{
    QFETCH(QByteArray, message);
    QTcpSocket socket;
    send(socket, message);
    QVERIFY(calls(u"mount"_s, 1));
    QCOMPARE(journal().last(u"mount"_s).data, parsed(R"({"title":"a b&","x":"1","empty":""})"));
}

// ---- A.2

void HttpConformance::a2_everyAnswerSaysWhetherThereIsWebSocket_data()
{
    QTest::addColumn<bool>("isEnabled");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("status");
    for (const bool isEnabled : {true, false}) {
        const auto row = [&](const char *name, const QByteArray &message, int status) {
            QTest::addRow("%s, %s", isEnabled ? "enabled" : "disabled", name)
                << isEnabled << message << status;
        };
        const auto post = [](const QByteArray &headers, const QByteArray &body) {
            return request("POST", "/", headers, body);
        };
        row("page", request("GET", "/"), 200);
        row("HEAD", request("HEAD", "/"), 200);
        row("HEAD of nothing", request("HEAD", "/nope"), 404);
        row("JSON", request("GET", "/", acceptsJson), 200);
        row("script", request("GET", "/livetemplate/0.25.1/client.js"), 200);
        row("style", request("GET", "/livetemplate/0.25.1/client.css"), 200);
        row("health", request("GET", "/health/live"), 200);
        row("metrics", request("GET", "/metrics"), 200);
        row("form", post(QByteArray(formType) + acceptsHtml, "echo="), 303);
        row("form that fails", post(QByteArray(formType) + acceptsHtml, "fail="), 200);
        row("action by JSON", post(QByteArray(jsonType) + acceptsJson, R"({"action":"echo"})"),
            200);
        row("no JSON", post(jsonType, "{"), 400);
        row("no HTTP", "what?\r\n\r\n", 400);
        row("stranger", request("GET", "/", "X-Test: stranger\r\n"), 401);
        row("another origin", post("Origin: http://evil.example\r\n", {}), 403);
        row("no page", request("GET", "/nope"), 404);
        row("method", request("DELETE", "/"), 405);
        row("method of metrics", request("DELETE", "/metrics"), 405);
        row("large body", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n", 413);
        row("another type", post("Content-Type: text/plain\r\n", "x"), 415);
        row("large head", request("GET", "/", "X: " + QByteArray(20'000, 'x') + "\r\n"), 431);
        row("failing mount", request("GET", "/?fail=1"), 500);
        row("no group", request("GET", "/", "X-Test: groupless\r\n"), 500);
        row("coding", request("POST", "/", "Transfer-Encoding: gzip, chunked\r\n", {}), 400);
        row("upload", post("X-Lvt-Upload: proxied\r\n", {}), 501);
        row("not ready", request("GET", "/health/ready"), 503);
        row("upgrade", upgrade(), isEnabled ? 101 : 400);
        row("upgrade without a key",
            request("GET", "/", "Connection: Upgrade\r\nUpgrade: websocket\r\n"), 400);
        if (!isEnabled)
            continue;
        row("upgrade to another version", upgrade().replace("Version: 13", "Version: 12"), 426);
        row("upgrade of a stranger", upgrade("/", "X-Test: stranger\r\n"), 401);
        row("upgrade without a group", upgrade("/", "X-Test: groupless\r\n"), 500);
        row("upgrade from elsewhere", upgrade("/", "Origin: http://evil.example\r\n"), 403);
    }
}

// X-LiveTemplate-WebSocket stands in every answer, of whatever method and status.
void HttpConformance::a2_everyAnswerSaysWhetherThereIsWebSocket()
{
    QFETCH(bool, isEnabled);
    QFETCH(QByteArray, message);
    ServerOptions options = patientOptions();
    options.webSocketEnabled = isEnabled;
    start(options);
    server().health().addCheck(HealthCheck::fromFunction(
        u"database"_s, []() -> HealthCheck::Result { return std::unexpected(u"it is away"_s); }));
    const WebAnswer answer = ask(message);
    QTEST(answer.status, "status");
    QCOMPARE(answer.header("x-livetemplate-websocket"),
             QByteArray(isEnabled ? "enabled" : "disabled"));
}

// The header stands in the answer to a request that never became one, too.
void HttpConformance::a2_alsoTheAnswerToASlowHead()
{
    ServerOptions options = patientOptions();
    options.handshakeTimeout = 100ms;
    start(options);
    const WebAnswer answer = ask("GET / HTTP/1.1\r\nHo");
    QCOMPARE(answer.status, 408);
    QCOMPARE(answer.header("x-livetemplate-websocket"), "enabled"_ba);
}

// ---- A.3

// HEAD is answered with 200, the header of A.2 and no body.
void HttpConformance::a3_headIsAnsweredByTheHeaderAlone()
{
    QTcpSocket socket;
    send(socket, request("HEAD", "/", "Connection: close\r\n"));
    QByteArray bytes;
    QTRY_VERIFY_WITH_TIMEOUT(
        (bytes += socket.readAll(), socket.state() == QAbstractSocket::UnconnectedState), 10'000);
    const WebAnswer answer = parseAnswer(bytes);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, QByteArray());
    QCOMPARE(answer.header("x-livetemplate-websocket"), "enabled"_ba);
    QVERIFY(!answer.headers.contains("set-cookie"));
}

// HEAD is answered before anybody is asked who it is.
void HttpConformance::a3_headAsksNoAuthenticator()
{
    QCOMPARE(ask(request("HEAD", "/", "X-Test: stranger\r\n")).status, 200);
    QCOMPARE(ask(request("HEAD", "/", "X-Test: groupless\r\n")).status, 200);
    QCOMPARE(authenticator().identified.load(), 0);
    QCOMPARE(authenticator().grouped.load(), 0);

    ServerOptions options = patientOptions();
    options.authenticator = basic();
    start(options);
    const WebAnswer answer = ask(request("HEAD", "/"));
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.headers.contains("www-authenticate"));
}

// HEAD mounts nothing, saves nothing and sets no cookie.
void HttpConformance::a3_headCreatesNoSession()
{
    QCOMPARE(ask(request("HEAD", "/?title=x")).status, 200);
    // The page after it is served after it.
    QCOMPARE(ask(request("GET", "/plain")).status, 200);
    QCOMPARE(journal().methods(), QStringList{u"mount"_s});
    QCOMPARE(store().size(), 0);
}

// ---- A.4

// A page is sent as 200 text/html.
void HttpConformance::a4_thePageIsHtml()
{
    const WebAnswer answer = ask(request("GET", "/"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "text/html; charset=utf-8"_ba);
    QVERIFY(answer.body.startsWith("<!DOCTYPE html>"));
}

void HttpConformance::a4_whoIsNotIdentifiedGets401_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("page") << request("GET", "/");
    QTest::newRow("JSON") << request("GET", "/", acceptsJson);
    QTest::newRow("POST") << request("POST", "/", formType, "echo=");
    QTest::newRow("wrong password") << request("GET", "/", credentials("ada:guess"));
    QTest::newRow("upgrade") << upgrade();
}

// Who is not identified gets 401 with "Unauthorized", and the challenge of an authenticator that
// has one.
void HttpConformance::a4_whoIsNotIdentifiedGets401()
{
    QFETCH(QByteArray, message);
    ServerOptions options = patientOptions();
    options.authenticator = basic();
    start(options);
    const WebAnswer answer = ask(message);
    QCOMPARE(answer.status, 401);
    QVERIFY2(says(answer, "Unauthorized"), answer.body);
    QVERIFY(answer.header("www-authenticate").startsWith("Basic realm=\"LiveTemplate\""));
    QVERIFY(!answer.headers.contains("set-cookie"));
    QVERIFY(journal().calls().isEmpty());
}

// Without a challenge there is no WWW-Authenticate.
void HttpConformance::a4_withoutAChallengeThereIsNoSuchHeader()
{
    const WebAnswer answer = ask(request("GET", "/", "X-Test: stranger\r\n"));
    QCOMPARE(answer.status, 401);
    QVERIFY2(says(answer, "Unauthorized"), answer.body);
    QVERIFY(!answer.headers.contains("www-authenticate"));
}

// Who has no session group gets 500 with "Internal server error".
void HttpConformance::a4_whoHasNoGroupGets500()
{
    const WebAnswer answer = ask(request("GET", "/", "X-Test: groupless\r\n"));
    QCOMPARE(answer.status, 500);
    QVERIFY2(says(answer, "Internal server error"), answer.body);
    QVERIFY(journal().calls().isEmpty());
}

// When mount fails the answer is 500, and says no more than that.
void HttpConformance::a4_aFailingMountGets500()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"mount failed"_s));
    const WebAnswer answer = ask(request("GET", "/?fail=1"));
    QCOMPARE(answer.status, 500);
    QVERIFY2(says(answer, "Failed to initialize application state"), answer.body);
}

// What mount makes of the state is saved, and shown.
void HttpConformance::a4_whatMountMakesIsSaved()
{
    const QByteArray cookie = newCookie();
    QVERIFY(saved(cookie).isEmpty());
    const WebAnswer answer = ask(request("GET", "/?title=first", cookieHeader(cookie)));
    QVERIFY(answer.body.contains("<h1 title=\"first\">first</h1>"));
    QVERIFY(saves(cookie, u"title"_s, u"first"_s));
    QVERIFY(ask(request("GET", "/", cookieHeader(cookie))).body.contains("title=\"first\""));
}

void HttpConformance::a4_filesThatBrowsersAskForAreNoPage_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/favicon.ico", "/logo.png", "/app.js.map", "/style.css",
                             "/site.webmanifest", "/robots.txt", "/data.json"})
        QTest::newRow(path) << QByteArray(path);
}

// Files that browsers ask for by themselves mount no page and begin no session.
void HttpConformance::a4_filesThatBrowsersAskForAreNoPage()
{
    QFETCH(QByteArray, path);
    const WebAnswer answer = ask(request("GET", path));
    QCOMPARE(answer.status, 404);
    QVERIFY(!answer.headers.contains("set-cookie"));
    QVERIFY(journal().calls().isEmpty());
}

// Of a document the content of the body is the content of one div with an id of 16 hexadecimal
// digits.
void HttpConformance::a4_theBodyOfADocumentIsWrapped()
{
    static const QRegularExpression wrapper(
        u"^<!DOCTYPE html>\n<html lang=\"en\">\n<head>.*</head>\n<body class=\"wide\">"
        "<div data-lvt-id=\"lvt-[0-9a-f]{16}\" data-lvt-loading=\"true\">\\s*<h1 title=\"\">.*"
        "</div><script [^<]*</script>\\s*</body>\\s*</html>\\s*$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const WebAnswer answer = ask(request("GET", "/"));
    QVERIFY2(wrapper.match(QString::fromUtf8(answer.body)).hasMatch(), answer.body);
    QCOMPARE(answer.body.count("data-lvt-id"), 1);
}

// The body's scripts stand behind the wrapper.
void HttpConformance::a4_scriptsStandBehindTheWrapper()
{
    const QByteArray page = ask(request("GET", "/")).body;
    QVERIFY(!wrapperContent(page).isEmpty());
    QVERIFY(!wrapperContent(page).contains(u"<script"));
    QCOMPARE(page.count("<script"), 1);
}

// A fragment is wrapped as it is.
void HttpConformance::a4_aFragmentIsWrappedWhole()
{
    static const QRegularExpression wrapper(
        u"^<div data-lvt-id=\"lvt-[0-9a-f]{16}\" data-lvt-loading=\"true\"><p>0</p></div>$"_s);
    const WebAnswer answer = ask(request("GET", "/plain"));
    QVERIFY2(wrapper.match(QString::fromUtf8(answer.body)).hasMatch(), answer.body);
}

// The id is made once for each page, and is the same for everybody.
void HttpConformance::a4_theIdIsTheSameForAllVisitors()
{
    static const QRegularExpression id(u"data-lvt-id=\"([^\"]*)\""_s);
    const auto idOf = [&](const QByteArray &path) {
        return id.match(QString::fromUtf8(ask(request("GET", path)).body)).captured(1);
    };
    const QString first = idOf("/");
    QVERIFY(!first.isEmpty());
    for (int i = 0; i < 2 * threads(); ++i)
        QCOMPARE(idOf("/"), first);
    QVERIFY(idOf("/plain") != first);
}

// Without showsLoading the wrapper does not say that the page is loading.
void HttpConformance::a4_loadingCanBeSwitchedOff()
{
    QVERIFY(ask(request("GET", "/")).body.contains(" data-lvt-loading=\"true\">"));
    ServerOptions options = patientOptions();
    options.showsLoading = false;
    start(options);
    QVERIFY(!ask(request("GET", "/")).body.contains("data-lvt-loading"));
}

void HttpConformance::a4_theHeartbeatIsWrittenUnlessItIsTheClientsOwn_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QByteArray>("attribute");
    QTest::newRow("the client's own") << 20'000 << QByteArray();
    QTest::newRow("off") << 0 << " data-lvt-heartbeat-ms=\"0\""_ba;
    QTest::newRow("the shortest") << 1000 << " data-lvt-heartbeat-ms=\"1000\""_ba;
    QTest::newRow("another") << 45'000 << " data-lvt-heartbeat-ms=\"45000\""_ba;
}

// The wrapper says how often the client looks after its connection, unless that is its default.
void HttpConformance::a4_theHeartbeatIsWrittenUnlessItIsTheClientsOwn()
{
    QFETCH(int, milliseconds);
    QFETCH(QByteArray, attribute);
    ServerOptions options = patientOptions();
    options.heartbeatInterval = std::chrono::milliseconds(milliseconds);
    start(options);
    const QByteArray page = ask(request("GET", "/")).body;
    QCOMPARE(page.contains("data-lvt-heartbeat-ms"), !attribute.isEmpty());
    QVERIFY2(page.contains(attribute + '>') || attribute.isEmpty(), page);
}

// The wrapper says after which time an action shows that the page is loading.
void HttpConformance::a4_theDebounceOfTheLoadingBarIsWritten()
{
    QVERIFY(!ask(request("GET", "/")).body.contains("data-lvt-loading-debounce-ms"));
    ServerOptions options = patientOptions();
    options.loadingDebounce = 250ms;
    start(options);
    QVERIFY(ask(request("GET", "/")).body.contains(" data-lvt-loading-debounce-ms=\"250\">"));
}

// HTML comments of the template reach no browser.
void HttpConformance::a4_commentsAreRemoved()
{
    QVERIFY(!ask(request("GET", "/")).body.contains("whoever reads the template"));
    QVERIFY(!ask(request("GET", "/", acceptsJson)).body.contains("whoever reads the template"));
}

void HttpConformance::a4_theFirstTreeRebuildsTheWrappersContent_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QList<QByteArray>>("actions");
    const QList<QByteArray> none;
    QTest::newRow("new") << u"/"_s << QString() << none;
    QTest::newRow("fragment") << u"/plain"_s << QString() << none;
    QTest::newRow("inputs") << u"/inputs"_s << u"title=%22x%22"_s << none;
    QTest::newRow("attributes") << u"/attributes"_s << QString() << none;
    QTest::newRow("query") << u"/"_s << u"title=%3Cb%3E%26+%22'"_s << none;
    QTest::newRow("rows and branches")
        << u"/"_s << QString()
        << QList<QByteArray>{R"({"action":"increment","data":{"by":5}})",
                             R"({"action":"note","data":{"line":"{{x}}"}})",
                             R"({"action":"note","data":{"line":"<root>"}})",
                             R"({"action":"rename","data":{"title":"\u00fc\ud83d\ude00"}})"};
    QTest::newRow("flash") << u"/"_s << QString() << QList<QByteArray>{R"({"action":"flash"})"};
}

// The first tree of a WebSocket rebuilds what stands in the wrapper, byte by byte; so does the tree
// of the bootstrap.
void HttpConformance::a4_theFirstTreeRebuildsTheWrappersContent()
{
    QFETCH(QString, path);
    QFETCH(QString, query);
    QFETCH(QList<QByteArray>, actions);
    QByteArray cookies = newCookie();
    for (const QByteArray &action : actions) {
        const WebAnswer answer = ask(
            request("POST", path.toLatin1(),
                    QByteArray(jsonType) + acceptsHtml + cookieHeader(cookies), action));
        QCOMPARE(answer.status, 303);
        if (answer.headers.contains("set-cookie"))
            cookies += "; " + answer.header("set-cookie").split(';').first();
    }
    const QByteArray target = path.toLatin1() + (query.isEmpty() ? "" : "?" + query.toLatin1());
    const QString content = wrapperContent(ask(request("GET", target, cookieHeader(cookies))).body);
    QVERIFY(!content.isEmpty());
    const QByteArray cookie = cookies.split(';').first();
    QCOMPARE(open(url(path, query), cookie)->html(), content);
}

// ---- A.5

void HttpConformance::a5_theClientIsServedUnmodified_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("script") << "/livetemplate/0.25.1/client.js"_ba
                            << QStringLiteral(CLIENT_PACKAGE "/dist/livetemplate-client.browser.js")
                            << "text/javascript; charset=utf-8"_ba;
    QTest::newRow("style") << "/livetemplate/0.25.1/client.css"_ba
                           << QStringLiteral(CLIENT_PACKAGE "/livetemplate.css")
                           << "text/css; charset=utf-8"_ba;
}

// The server has the client's two files itself, in exactly the version 0.25.1.
void HttpConformance::a5_theClientIsServedUnmodified()
{
    QFETCH(QByteArray, address);
    QFETCH(QString, file);
    QFETCH(QByteArray, type);
    QFile original(file);
    QVERIFY(original.open(QIODevice::ReadOnly));
    QFile package(QStringLiteral(CLIENT_PACKAGE "/package.json"));
    QVERIFY(package.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(package.readAll()).object().value(u"version").toString(),
             u"0.25.1"_s);
    const WebAnswer answer = ask(request("GET", address));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), type);
    QCOMPARE(answer.body, original.readAll());
    QVERIFY(!answer.headers.contains("set-cookie"));
}

// Templates have the addresses of both files.
void HttpConformance::a5_templatesHaveTheAddresses()
{
    const QByteArray page = ask(request("GET", "/")).body;
    QVERIFY(page.contains("<script defer src=\"/livetemplate/0.25.1/client.js\"></script>"));
    QVERIFY(page.contains("<link rel=\"stylesheet\" href=\"/livetemplate/0.25.1/client.css\">"));
}

// ---- A.6

void HttpConformance::a6_acceptDecides_data()
{
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("JSON") << "application/json"_ba << true;
    QTest::newRow("JSON first") << "application/json, text/html"_ba << true;
    QTest::newRow("JSON by its suffix") << "application/problem+json"_ba << true;
    QTest::newRow("anything, then JSON") << "*/*, application/json"_ba << true;
    QTest::newRow("JSON with parameters") << "application/json;q=0.5"_ba << true;
    QTest::newRow("JSON in capitals") << "Application/JSON"_ba << true;
    QTest::newRow("HTML first") << "text/html, application/json"_ba << false;
    QTest::newRow("anything, then HTML") << "*/*, text/html, application/json"_ba << false;
    QTest::newRow("anything") << "*/*"_ba << false;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("another type of that name") << "application/jsonp"_ba << false;
}

// JSON is sent when the first media range, without */*, is application/json or ends in +json.
void HttpConformance::a6_acceptDecides()
{
    QFETCH(QByteArray, accept);
    QFETCH(bool, isJson);
    const QByteArray header = accept.isEmpty() ? accept : "Accept: " + accept + "\r\n";
    const WebAnswer answer = ask(request("GET", "/", header));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"),
             isJson ? "application/json"_ba : "text/html; charset=utf-8"_ba);
}

// The bootstrap of the client's HTTP mode is the full tree, with the errors null.
void HttpConformance::a6_theBootstrapIsTheFirstMessage()
{
    QCOMPARE(
        ask(request("GET", "/validating", acceptsJson)).body,
        R"({"tree":{"s":["<p>","</p>"],"0":"0"},"meta":{"success":true,"errors":null,"capabilities":["change","validate","progressive_enhancement"]}})"_ba);
    const QByteArray cookie = newCookie();
    const QJsonObject bootstrap
        = ask(request("GET", "/?title=x", acceptsJson + cookieHeader(cookie))).json();
    QCOMPARE(open(u"/"_s, cookie)->last().value(u"tree"), bootstrap.value(u"tree"));
}

// The bootstrap mounts and sets the cookie as a page does.
void HttpConformance::a6_theBootstrapIsAPageLoad()
{
    const WebAnswer answer = ask(request("GET", "/?title=x", acceptsJson));
    const QByteArray cookie = answer.header("set-cookie").split(';').first();
    QVERIFY(cookie.startsWith("livetemplate-id="));
    QCOMPARE(journal().methods(), QStringList{u"mount"_s});
    QVERIFY(saves(cookie, u"title"_s, u"x"_s));
}

// ---- A.7

void HttpConformance::a7_jsonBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QJsonObject>("expected");
    const auto row = [](const char *name, const char *body, const char *expected) {
        QTest::newRow(name) << QByteArray(body) << parsed(expected);
    };
    row("whole", R"({"action":"save","submitter":"keep","data":{"n":42,"list":[1,"2"],"z":true}})",
        R"({"method":"save","action":"save","submitter":"keep","data":{"n":42,"list":[1,"2"],"z":true}})");
    row("no data", R"({"action":"echo"})",
        R"({"method":"echo","action":"echo","submitter":"","data":{}})");
    row("null as data", R"({"action":"echo","data":null})",
        R"({"method":"echo","action":"echo","submitter":"","data":{}})");
    row("the submitter as the action", R"({"submitter":"echo","data":{"a":"b"}})",
        R"({"method":"echo","action":"echo","submitter":"echo","data":{"a":"b"}})");
    row("an empty action", R"({"action":"","submitter":"echo"})",
        R"({"method":"echo","action":"echo","submitter":"echo","data":{}})");
    row("more keys", R"({"action":"echo","data":{},"id":7})",
        R"({"method":"echo","action":"echo","submitter":"","data":{}})");
}

// JSON: the action, or else the submitter; data may be missing or null.
void HttpConformance::a7_jsonBodies()
{
    QFETCH(QByteArray, body);
    QCOMPARE(ask(request("POST", "/", QByteArray(jsonType) + acceptsJson, body)).status, 200);
    QTEST(called(), "expected");
}

void HttpConformance::a7_malformedJsonGets400WithTheReason_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"", "{", "[]", "7", "null", R"({"action":"echo","data":[]})",
                             R"({"action":7})", R"({"action":"echo"} x)"})
        QTest::newRow(qPrintable(u"'%1'"_s.arg(QLatin1StringView(body)))) << QByteArray(body);
}

// Malformed JSON is answered with 400 and a sentence that says what is wrong.
void HttpConformance::a7_malformedJsonGets400WithTheReason()
{
    QFETCH(QByteArray, body);
    const WebAnswer answer = ask(request("POST", "/", QByteArray(jsonType) + acceptsJson, body));
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.header("content-type").startsWith("text/plain"));
    QVERIFY2(answer.body.size() > 10 && answer.body.endsWith(".\n"), answer.body);
    QVERIFY(called().isEmpty());
}

void HttpConformance::a7_formBodies_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QJsonObject>("expected");
    const auto row = [](const char *name, const char *fields, const char *expected) {
        QTest::newRow(name) << QByteArray(fields) << parsed(expected);
    };
    row("lvt-action", "lvt-action=save&title=a+b%26",
        R"({"method":"save","action":"save","submitter":"","data":{"title":"a b&"}})");
    row("lvt-action before all else", "lvt-action=save&lvt-submitter=keep&echo=",
        R"({"method":"save","action":"save","submitter":"keep","data":{"echo":""}})");
    row("lvt-submitter", "lvt-submitter=save&echo=&title=x",
        R"({"method":"save","action":"save","submitter":"save","data":{"echo":"","title":"x"}})");
    row("a clicked button", "title=x&save=",
        R"({"method":"save","action":"save","submitter":"save","data":{"title":"x"}})");
    row("nothing but a button",
        "save=", R"({"method":"save","action":"save","submitter":"save","data":{}})");
    row("two candidates", "save=&title=",
        R"({"method":"submit","action":"submit","submitter":"","data":{"save":"","title":""}})");
    row("no candidate", "title=x",
        R"({"method":"submit","action":"submit","submitter":"","data":{"title":"x"}})");
    row("nothing", "", R"({"method":"submit","action":"submit","submitter":"","data":{}})");
    row("a button with a value", "title=x&save=1",
        R"({"method":"submit","action":"submit","submitter":"","data":{"save":"1","title":"x"}})");
    row("twice the same empty field", "save=&save=",
        R"({"method":"submit","action":"submit","submitter":"","data":{"save":["",""]}})");
    row("an empty field called action", "action=&save=",
        R"({"method":"save","action":"save","submitter":"save","data":{"action":""}})");
    row("a field called action", "action=echo&title=x",
        R"({"method":"submit","action":"submit","submitter":"","data":{"action":"echo","title":"x"}})");
    row("reserved fields are no candidates", "lvt-action=&lvt-submitter=&save=",
        R"({"method":"save","action":"save","submitter":"save","data":{}})");
    row("several values are a list", "lvt-action=save&tag=a&tag=b&tag=",
        R"({"method":"save","action":"save","submitter":"","data":{"tag":["a","b",""]}})");
    row("everything is text", "lvt-action=save&n=42&z=true",
        R"({"method":"save","action":"save","submitter":"","data":{"n":"42","z":"true"}})");
    row("a field called data", "lvt-action=save&data=%7B%22a%22%3A1%7D",
        R"({"method":"save","action":"save","submitter":"","data":{"data":"{\"a\":1}"}})");
    row("an empty field called data is a button", "data=&title=x",
        R"({"method":"","action":"","submitter":"","data":{}})");
}

// Forms: lvt-action, lvt-submitter, the one empty field, or submit; what names the action is no
// data, all else is.
void HttpConformance::a7_formBodies()
{
    QFETCH(QByteArray, fields);
    QFETCH(QJsonObject, expected);
    const WebAnswer answer = ask(request("POST", "/", QByteArray(formType) + acceptsHtml, fields));
    QCOMPARE(answer.status, 303);
    // An action that the page does not have is not called.
    QCOMPARE(called(), expected.value(u"method"_s).toString().isEmpty() ? QJsonObject() : expected);
}

void HttpConformance::a7_multipartBodies_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QJsonObject>("expected");
    const auto row = [](const char *name, const QByteArray &parts, const char *expected) {
        QTest::newRow(name) << parts << parsed(expected);
    };
    row("lvt-action", part("lvt-action", "save") + part("title", "a b&\r\nc"),
        R"({"action":"save","data":{"title":"a b&\r\nc"}})");
    row("lvt-submitter", part("lvt-submitter", "save") + part("echo", ""),
        R"({"action":"save","data":{"echo":""}})");
    row("a clicked button", part("title", "x") + part("save", ""),
        R"({"action":"save","data":{"title":"x"}})");
    row("two candidates", part("save", "") + part("title", ""),
        R"({"action":"submit","data":{"save":"","title":""}})");
    row("an empty field called action", part("action", "") + part("save", ""),
        R"({"action":"save","data":{"action":""}})");
    row("several values are a list",
        part("lvt-action", "save") + part("tag", "a") + part("tag", "b"),
        R"({"action":"save","data":{"tag":["a","b"]}})");
    row("data replaces the single fields",
        part("lvt-action", "save") + part("title", "x") + part("data", R"({"n":42,"z":true})"),
        R"({"action":"save","data":{"n":42,"z":true}})");
    row("an empty field called data is no button", part("data", "") + part("save", ""),
        R"({"action":"save","data":{}})");
    row("data beside a button", part("save", "") + part("data", R"({"n":42})"),
        R"({"action":"save","data":{"n":42}})");
}

// Multipart forms: the same, and a field called data that holds a JSON object is the data.
void HttpConformance::a7_multipartBodies()
{
    QFETCH(QByteArray, parts);
    QFETCH(QJsonObject, expected);
    const WebAnswer answer = ask(
        request("POST", "/", QByteArray(multipartType) + acceptsHtml, parts + "--xyz--\r\n"));
    QCOMPARE(answer.status, 303);
    QJsonObject found = called();
    found.remove(u"method"_s);
    found.remove(u"submitter"_s);
    QEXPECT_FAIL("data beside a button",
                 "The button is not looked for when there is a field called data.", Continue);
    QCOMPARE(found, expected);
}

// JSON that names no action is not taken for submit.
void HttpConformance::a7_onlyFormsDefaultToSubmit()
{
    const WebAnswer answer = ask(
        request("POST", "/", QByteArray(jsonType) + acceptsJson, R"({"data":{}})"));
    QVERIFY(answer.status == 200 || answer.status == 400);
    QVERIFY(called().isEmpty());
}

// There are three types of bodies, and no others.
void HttpConformance::a7_otherTypesAreRefused()
{
    for (const QByteArray type : {"text/plain", "application/xml", "multipart/mixed; boundary=b"}) {
        const WebAnswer answer = ask(
            request("POST", "/", "Content-Type: " + type + "\r\n", R"({"action":"echo"})"));
        QCOMPARE(answer.status, 415);
    }
    QVERIFY(called().isEmpty());
}

void HttpConformance::a7_pingAndNavigateGet400_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    for (const QByteArray name : {"__ping__", "__navigate__"}) {
        QTest::addRow("%s in JSON", name.constData())
            << QByteArray(jsonType) << QByteArray(R"({"action":")" + name + R"("})");
        QTest::addRow("%s in a form", name.constData())
            << QByteArray(formType) << QByteArray("lvt-action=" + name);
        QTest::addRow("%s as a button", name.constData())
            << QByteArray(formType) << QByteArray(name + '=');
        QTest::addRow("%s in multipart", name.constData())
            << QByteArray(multipartType) << QByteArray(part("lvt-action", name) + "--xyz--\r\n");
    }
}

// __ping__ and __navigate__ are for WebSockets only.
void HttpConformance::a7_pingAndNavigateGet400()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QCOMPARE(ask(request("POST", "/", headers, body)).status, 400);
    QVERIFY(journal().calls().isEmpty());
}

void HttpConformance::a7_theQueryIsMergedUnderTheBody_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("JSON") << QByteArray(jsonType)
                          << R"({"action":"echo","data":{"both":"body","body":"1"}})"_ba;
    QTest::newRow("form") << QByteArray(formType) << "lvt-action=echo&both=body&body=1"_ba;
    QTest::newRow("multipart") << QByteArray(multipartType)
                               << QByteArray(part("lvt-action", "echo") + part("both", "body")
                                             + part("body", "1") + "--xyz--\r\n");
}

// The parameters of the address are data, too; what the body says wins.
void HttpConformance::a7_theQueryIsMergedUnderTheBody()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    const WebAnswer answer = ask(
        request("POST", "/?both=query&query=1", headers + acceptsHtml, body));
    QCOMPARE(answer.status, 303);
    QCOMPARE(journal().last(u"echo"_s).data, parsed(R"({"both":"body","body":"1","query":"1"})"));
    QCOMPARE(journal().last(u"mount"_s).data, parsed(R"({"both":"query","query":"1"})"));
}

// A POST mounts first, and then runs the action.
void HttpConformance::a7_mountRunsBeforeTheAction()
{
    for (int i = 0; i < 2; ++i) {
        journal().clear();
        QCOMPARE(ask(request("POST", "/", formType, "echo=")).status, 303);
        QCOMPARE(journal().methods(), (QStringList{u"mount"_s, u"echo"_s}));
    }
}

// Each request begins with what is saved, not with what an earlier one left in memory.
void HttpConformance::a7_theStateIsRebuiltForEachRequest()
{
    const QByteArray headers = formType + cookieHeader(newCookie());
    QCOMPARE(ask(request("POST", "/", headers, "lvt-action=write&draft=mine")).status, 303);
    QCOMPARE(ask(request("POST", "/", headers, "lvt-action=increment&by=2")).status, 303);
    const QByteArray page = ask(request("GET", "/", headers)).body;
    QVERIFY(page.contains("<p id=\"counter\">2</p>"));
    QVERIFY(page.contains("<p id=\"draft\"></p>"));
}

void HttpConformance::a7_aFailedActionIsNotSaved_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("JSON") << QByteArray(acceptsJson);
    QTest::newRow("HTML") << QByteArray(acceptsHtml);
}

// The state is saved only when the action returned no error.
void HttpConformance::a7_aFailedActionIsNotSaved()
{
    QFETCH(QByteArray, headers);
    const QByteArray cookie = newCookie();
    headers += formType + cookieHeader(cookie);
    ask(request("POST", "/", headers, "lvt-action=increment&by=3"));
    QVERIFY(saves(cookie, u"counter"_s, 3));
    QCOMPARE(ask(request("POST", "/", headers, "lvt-action=fail")).status, 200);
    // A later action finds what was before.
    ask(request("POST", "/", headers, "lvt-action=increment&by=1"));
    QVERIFY(saves(cookie, u"counter"_s, 4));
}

// An unknown action is answered as one that succeeded, and changes nothing.
void HttpConformance::a7_anUnknownActionIsNoError()
{
    const QByteArray cookie = newCookie();
    ask(request("POST", "/plain", formType + cookieHeader(cookie), "lvt-action=increment&by=3"));
    const WebAnswer json = ask(request("POST", "/plain",
                                       jsonType + cookieHeader(cookie) + acceptsJson,
                                       R"({"action":"nothing"})"));
    QCOMPARE(
        json.body,
        R"({"tree":{"s":["<p>","</p>"],"0":"3"},"meta":{"success":true,"errors":{},"action":"nothing"}})"_ba);
    const WebAnswer form = ask(request(
        "POST", "/plain", formType + cookieHeader(cookie) + acceptsHtml, "lvt-action=nothing"));
    QCOMPARE(form.status, 303);
    QVERIFY(ask(request("GET", "/plain", cookieHeader(cookie))).body.contains("<p>3</p>"));
}

void HttpConformance::a7_jsonIsAnsweredByAnEnvelope_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("envelope");
    QTest::newRow("success")
        << R"({"action":"increment","data":{"by":2}})"_ba
        << R"({"tree":{"s":["<p>","</p>"],"0":"2"},"meta":{"success":true,"errors":{},"action":"increment"}})"_ba;
    QTest::newRow("another spelling")
        << R"({"action":"load-more"})"_ba
        << R"({"tree":{"s":["<p>","</p>"],"0":"10"},"meta":{"success":true,"errors":{},"action":"load-more"}})"_ba;
    QTest::newRow("error of a field")
        << R"({"action":"fail","data":{"field":"title","message":"is \"bad\""}})"_ba
        << R"({"tree":{"s":["<p>","</p>"],"0":"0"},"meta":{"success":false,"errors":{"title":"is \"bad\""},"action":"fail"}})"_ba;
    QTest::newRow("error as a whole")
        << R"({"action":"fail","data":{"message":"No."}})"_ba
        << R"({"tree":{"s":["<p>","</p>"],"0":"0"},"meta":{"success":false,"errors":{"_general":"No."},"action":"fail"}})"_ba;
}

// Who wants JSON gets 200 and an envelope that names the action, with the full tree.
void HttpConformance::a7_jsonIsAnsweredByAnEnvelope()
{
    QFETCH(QByteArray, body);
    const WebAnswer answer = ask(
        request("POST", "/plain", QByteArray(jsonType) + acceptsJson, body));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "application/json"_ba);
    QTEST(answer.body, "envelope");
}

void HttpConformance::a7_aFormThatSucceedsIsSentToItself_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("root") << "/"_ba << "./"_ba;
    QTest::newRow("page") << "/deep/page"_ba << "./page"_ba;
    QTest::newRow("folder") << "/folder/"_ba << "./"_ba;
    QTest::newRow("query") << "/deep/page?view=all&q=a%20b"_ba << "./page?view=all&q=a%20b"_ba;
    QTest::newRow("query with everything")
        << "/?a=1%262&b=c%2Bd+e&c=%25&d=%C3%BC&e=x%3Dy&f=%23&empty="_ba << QByteArray();
}

// A form that succeeds is answered with 303 to a relative address of the page, with its query.
void HttpConformance::a7_aFormThatSucceedsIsSentToItself()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, location);
    const WebAnswer answer = ask(
        request("POST", target, QByteArray(formType) + acceptsHtml, "echo="));
    QCOMPARE(answer.status, 303);
    QVERIFY(answer.body.isEmpty());
    const QByteArray given = answer.header("location");
    if (!location.isEmpty())
        QCOMPARE(given, location);
    // Relative, so that it is right behind a proxy that takes a prefix away.
    QVERIFY2(given.startsWith("./"), given);
    const QUrl followed = QUrl(u"http://good.example"_s + QLatin1StringView(target))
                              .resolved(QUrl(QString::fromLatin1(given)));
    const QJsonObject before = journal().last(u"mount"_s).data;
    QCOMPARE(
        ask(request("GET", followed.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority))).status,
        200);
    QCOMPARE(journal().last(u"mount"_s).data, before);
}

// A form that fails is answered with 200 and the page, with the errors and no redirect.
void HttpConformance::a7_aFormThatFailsIsShownAgain()
{
    const WebAnswer answer = ask(request("POST", "/", QByteArray(formType) + acceptsHtml,
                                         "lvt-action=fail&field=title&message=is+%3Cbad%3E"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "text/html; charset=utf-8"_ba);
    QVERIFY(!answer.headers.contains("location"));
    QVERIFY2(answer.body.contains("<p id=\"errors\">is &lt;bad&gt;|</p>"), answer.body);
    QVERIFY(answer.body.contains("<p id=\"counter\">0</p>"));
}

// An action's own redirect is sent as it is, and its flash messages are lost.
void HttpConformance::a7_theActionsOwnRedirectIsAllThatIsSent()
{
    const WebAnswer answer = ask(request("POST", "/?q=1", QByteArray(formType) + acceptsHtml,
                                         "lvt-action=leave&message=lost"));
    QCOMPARE(answer.status, 303);
    QCOMPARE(answer.header("location"), "/elsewhere?x=1"_ba);
    QVERIFY(answer.header("set-cookie").contains("token=t1; Path=/; HttpOnly; SameSite=Lax"));
    QVERIFY(!answer.header("set-cookie").contains("lvt-flash"));
}

// Without progressive enhancement a form is answered by JSON.
void HttpConformance::a7_withoutProgressiveEnhancementFormsGetJson()
{
    ServerOptions options = patientOptions();
    options.progressiveEnhancement = false;
    start(options);
    const WebAnswer answer = ask(
        request("POST", "/plain", QByteArray(formType) + acceptsHtml, "increment="));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "application/json"_ba);
    QCOMPARE(
        answer.body,
        R"({"tree":{"s":["<p>","</p>"],"0":"1"},"meta":{"success":true,"errors":{},"action":"increment"}})"_ba);
}

// Flash messages of a form travel to the next page in a cookie that lives for ten seconds.
void HttpConformance::a7_flashTravelsInItsCookie()
{
    const WebAnswer answer = ask(request("POST", "/", QByteArray(formType) + acceptsHtml,
                                         "lvt-action=flash&key=success&message=a%26b%3D%C3%BC"));
    QCOMPARE(answer.status, 303);
    QVERIFY2(
        answer.header("set-cookie")
            .split('\n')
            .contains(
                "lvt-flash=success=a%26b%3D%C3%BC; Path=/; Max-Age=10; HttpOnly; SameSite=Lax"),
        answer.header("set-cookie"));
}

// The cookie is read, shown and deleted by the next request.
void HttpConformance::a7_theFlashCookieIsReadOnce()
{
    WebClient browser(server().url());
    browser.get(u"/"_s);
    browser.postForm(u"/"_s, {{u"lvt-action"_s, u"flash"_s}, {u"message"_s, u"Saved <it>"_s}});
    const WebAnswer shown = browser.get(u"/"_s);
    QVERIFY2(shown.body.contains("<p id=\"flash\">Saved &lt;it&gt;</p>"), shown.body);
    QVERIFY(shown.header("set-cookie").contains("lvt-flash=; Path=/; Max-Age=0"));
    QVERIFY(browser.cookie("lvt-flash").isEmpty());
    QVERIFY(browser.get(u"/"_s).body.contains("<p id=\"flash\"></p>"));
}

void HttpConformance::a7_otherMethodsGet405_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
        QTest::newRow(method) << QByteArray(method);
}

// Other methods get 405, and touch nothing.
void HttpConformance::a7_otherMethodsGet405()
{
    QFETCH(QByteArray, method);
    const WebAnswer answer = ask(request(method, "/"));
    QCOMPARE(answer.status, 405);
    QVERIFY2(says(answer, "Method not allowed"), answer.body);
    QCOMPARE(answer.header("allow"), "GET, HEAD, POST"_ba);
    QVERIFY(!answer.headers.contains("set-cookie"));
    QVERIFY(journal().calls().isEmpty());
}

void HttpConformance::a7_uploadsAreRefused_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<int>("status");
    QTest::newRow("start") << "start"_ba << 200;
    QTest::newRow("complete") << "complete"_ba << 501;
    QTest::newRow("proxied") << "proxied"_ba << 501;
}

// A server that takes no uploads says so in the way that the client shows.
void HttpConformance::a7_uploadsAreRefused()
{
    QFETCH(QByteArray, step);
    QFETCH(int, status);
    const WebAnswer answer = ask(request(
        "POST", "/", QByteArray(jsonType) + "X-Lvt-Upload: " + step + "\r\n",
        R"({"action":"upload_start","upload_name":"photo","files":[{"name":"a.png","type":"image/png","size":3}]})"));
    QCOMPARE(answer.status, status);
    if (status == 200) {
        const QJsonObject entry = answer.json().value(u"entries").toArray().at(0).toObject();
        QCOMPARE(answer.json().value(u"upload_name").toString(), u"photo"_s);
        QCOMPARE(entry.value(u"client_name").toString(), u"a.png"_s);
        QCOMPARE(entry.value(u"valid"), QJsonValue(false));
        QVERIFY(entry.value(u"error").toString().endsWith(u'.'));
    } else {
        QVERIFY(answer.body.endsWith(".\n")); // the client shows it
    }
    QVERIFY(called().isEmpty());
}

// ---- A.8

void HttpConformance::a8_theCookieIsExact_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("page") << request("GET", "/");
    QTest::newRow("JSON") << request("GET", "/", acceptsJson);
    QTest::newRow("form") << request("POST", "/", formType, "echo=");
    QTest::newRow("action by JSON")
        << request("POST", "/", QByteArray(jsonType) + acceptsJson, R"({"action":"echo"})");
    QTest::newRow("WebSocket") << upgrade();
}

// The cookie of a new browser stands in the answers to GET and POST and in the handshake, letter by
// letter.
void HttpConformance::a8_theCookieIsExact()
{
    QFETCH(QByteArray, message);
    static const QRegularExpression form(
        u"^livetemplate-id=[A-Za-z0-9_-]{43}=; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax$"_s);
    const QByteArray cookie = ask(message).header("set-cookie");
    QVERIFY2(form.match(QString::fromLatin1(cookie)).hasMatch(), cookie);
}

// HEAD sets no cookie.
void HttpConformance::a8_headSetsNoCookie()
{
    QVERIFY(!ask(request("HEAD", "/")).headers.contains("set-cookie"));
    QVERIFY(!ask(request("HEAD", "/", "Cookie: livetemplate-id=bad\r\n"))
                 .headers.contains("set-cookie"));
}

void HttpConformance::a8_aGoodCookieStays_data()
{
    QTest::addColumn<QByteArray>("message");
    const QByteArray cookie = "Cookie: theme=a=b; livetemplate-id=" + QByteArray(41, 'A')
        + "_-=; lang=en\r\n";
    QTest::newRow("page") << request("GET", "/", cookie);
    QTest::newRow("form") << request("POST", "/", cookie + formType, "echo=");
    QTest::newRow("WebSocket") << upgrade("/", cookie);
}

// A cookie that has the form of ours names the group, and is not set again.
void HttpConformance::a8_aGoodCookieStays()
{
    QFETCH(QByteArray, message);
    const WebAnswer answer = ask(message);
    QVERIFY(answer.status == 200 || answer.status == 303 || answer.status == 101);
    QVERIFY(!answer.headers.contains("set-cookie"));
    QVERIFY(calls(u"mount"_s, 1));
    QCOMPARE(journal().last(u"mount"_s).group, GroupId(QString(41, u'A') + u"_-="_s));
}

void HttpConformance::a8_badCookiesAreReplaced_data()
{
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, const QByteArray &value) {
        QTest::newRow(name) << value;
    };
    row("empty", "");
    row("foreign", "admin");
    row("quoted", '"' + QByteArray(43, 'A') + "=\"");
    row("too short", QByteArray(42, 'A') + '=');
    row("too long", QByteArray(44, 'A') + '=');
    row("without padding", QByteArray(44, 'A'));
    row("padding inside", QByteArray(20, 'A') + '=' + QByteArray(22, 'A') + '=');
    row("plain base64", QByteArray(41, 'A') + "+/=");
    row("oversized", QByteArray(4000, 'A') + '=');
    row("not ASCII", QByteArray(41, 'A') + "\xc3\xbc=");
}

// A cookie that does not have the form of ours is replaced, and names no group.
void HttpConformance::a8_badCookiesAreReplaced()
{
    QFETCH(QByteArray, value);
    static const QRegularExpression form(u"^livetemplate-id=[A-Za-z0-9_-]{43}=; "_s);
    const QByteArray header = "Cookie: livetemplate-id=" + value + "\r\n";
    for (const QByteArray &message :
         {request("GET", "/", header), request("POST", "/", header + formType, "echo="),
          upgrade("/", header)}) {
        const QByteArray cookie = ask(message).header("set-cookie");
        QVERIFY2(form.match(QString::fromLatin1(cookie)).hasMatch(), cookie);
        QVERIFY(!cookie.contains(QByteArray(41, 'A')));
        QVERIFY(journal().last(u"mount"_s).group.value().size() == 44);
    }
}

// The equals sign at the end of an id is a part of it.
void HttpConformance::a8_theEqualsSignIsKept()
{
    const QByteArray cookie = newCookie();
    QVERIFY(cookie.endsWith('='));
    QVERIFY(!ask(request("GET", "/", cookieHeader(cookie))).headers.contains("set-cookie"));
    QCOMPARE(journal().last(u"mount"_s).group, groupOf(cookie));
    // Through a cookie jar that parses and writes it.
    WebClient browser(server().url());
    browser.get(u"/"_s);
    QVERIFY(browser.cookie().endsWith('='));
    QVERIFY(!browser.get(u"/"_s).headers.contains("set-cookie"));
}

// New ids are made of random bytes: no two are alike.
void HttpConformance::a8_newIdsAreRandom()
{
    QSet<QByteArray> ids;
    for (int i = 0; i < 20; ++i)
        ids.insert(newCookie());
    QCOMPARE(ids.size(), 20);
    for (const QByteArray &cookie : ids) {
        const auto bytes = QByteArray::fromBase64Encoding(
            cookie.sliced(cookie.indexOf('=') + 1),
            QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        QVERIFY(bytes);
        QCOMPARE((*bytes).size(), 32);
    }
}

void HttpConformance::a8_theGroupOfABasicUserIsTheName_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("plain") << "ada"_ba << "ada"_ba;
    QTest::newRow("what a cookie cannot hold") << "a b;\xc3\xbc"_ba << "a%20b%3B%C3%BC"_ba;
}

// For HTTP Basic the group is the user's name, also in the cookie; the password does not matter to
// it.
void HttpConformance::a8_theGroupOfABasicUserIsTheName()
{
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, value);
    ServerOptions options = patientOptions();
    options.authenticator = basic();
    start(options);
    const QByteArray cookie = "livetemplate-id=" + value;
    const QByteArray headers = credentials(user + ":secret");
    for (const QByteArray &message :
         {request("GET", "/", headers), request("POST", "/", headers + formType, "echo="),
          upgrade("/", headers)}) {
        QCOMPARE(ask(message).header("set-cookie"),
                 cookie + "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    }
    QVERIFY(calls(u"mount"_s, 3));
    for (const Call &call : journal().calls()) {
        if (call.method != "onDisconnect"_L1)
            QCOMPARE(call.group, GroupId(QString::fromUtf8(user)));
    }
    // Told once.
    QVERIFY(
        !ask(request("GET", "/", headers + cookieHeader(cookie))).headers.contains("set-cookie"));
    QVERIFY(!ask(upgrade("/", headers + cookieHeader(cookie))).headers.contains("set-cookie"));
    // A cookie that names another group is put right, and not believed.
    QVERIFY(ask(request("GET", "/", headers + cookieHeader("livetemplate-id=eve")))
                .header("set-cookie")
                .startsWith(cookie + ';'));
}

// How long the cookie lives, and whether it is for HTTPS only, can be set.
void HttpConformance::a8_maxAgeAndSecureAreOptions()
{
    ServerOptions options = patientOptions();
    options.cookieMaxAge = 1h;
    options.cookieSecure = true;
    start(options);
    for (const QByteArray &message : {request("GET", "/"), upgrade()}) {
        const QByteArray cookie = ask(message).header("set-cookie");
        QVERIFY2(cookie.endsWith("; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax"), cookie);
    }
}

// ---- A.9

void HttpConformance::a9_postsOfOtherOriginsAreRefused_data()
{
    addOriginRows(OriginRows::All);
}

// A POST that names its origin must come from an allowed one, by the rule of B.1.
void HttpConformance::a9_postsOfOtherOriginsAreRefused()
{
    startForOriginRow();
    QFETCH(QByteArray, headers);
    QFETCH(bool, isAllowed);
    const WebAnswer answer = ask(
        request("POST", "/", headers + formType + acceptsHtml, "increment="));
    QCOMPARE(answer.status, isAllowed ? 303 : 403);
    QCOMPARE(journal().count(u"increment"_s), isAllowed ? 1 : 0);
    QCOMPARE(answer.headers.contains("set-cookie"), isAllowed);
}

// Two tabs in HTTP mode get full trees: no difference to what the other one was sent.
void HttpConformance::a9_tabsInHttpModeGetFullTrees()
{
    const QByteArray headers = QByteArray(jsonType) + acceptsJson + cookieHeader(newCookie());
    const QByteArray increment = R"({"action":"increment"})";
    const QJsonValue statics = ask(request("GET", "/", headers)).json().value(u"tree")[u"s"];
    QVERIFY(statics.isArray());
    QJsonArray first;
    QJsonArray second;
    for (int i = 1; i <= 4; ++i) {
        const QJsonValue tree = ask(request("POST", "/", headers, increment)).json().value(u"tree");
        QCOMPARE(tree[u"s"], statics);
        (i % 2 ? first : second).append(tree);
    }
    // Each tab shows what is saved after its last answer, whatever it was sent before.
    const auto held = renderer().heldAfterEach(
        {QJsonDocument(first).toJson(QJsonDocument::Compact),
         QJsonDocument(second).toJson(QJsonDocument::Compact)});
    QVERIFY(held);
    QVERIFY(held->at(0).last().contains("<p id=\"many\">many: 3</p>"));
    QVERIFY(held->at(1).last().contains("<p id=\"many\">many: 4</p>"));
}
