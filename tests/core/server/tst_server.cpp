// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "liveclient.h"
#include "server.h"

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class PageState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(int clicks MEMBER clicks STORED false)
public:
    int counter = 0;
    QString title;
    int clicks = 0;
    bool operator==(const PageState &) const = default;
};

class PageController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE PageState mount(PageState state, LiveTemplate::Context &context)
    {
        if (context.has(u"title"))
            state.title = context.string(u"title");
        return state;
    }
    Q_INVOKABLE void onDisconnect() { ++disconnected; }

    Q_INVOKABLE PageState increment(PageState state, LiveTemplate::Context &context)
    {
        ++state.counter;
        context.broadcastAction(u"Increment"_s);
        return state;
    }
    Q_INVOKABLE PageState quiet(PageState state, LiveTemplate::Context &)
    {
        ++state.counter;
        return state;
    }
    Q_INVOKABLE PageState setTitle(PageState state, LiveTemplate::Context &context)
    {
        state.title = context.string(u"value");
        context.broadcastAction(u"set-title"_s, context.data().values());
        return state;
    }
    Q_INVOKABLE PageState click(PageState state, LiveTemplate::Context &)
    {
        state.title = u"%1 clicks"_s.arg(++state.clicks);
        return state;
    }
    Q_INVOKABLE LiveTemplate::Result<PageState> fail(PageState state,
                                                     LiveTemplate::Context &context)
    {
        state.counter = 1000;
        context.broadcastAction(u"increment"_s);
        return std::unexpected(ActionError({{u"title"_s, u"is not good"_s}}));
    }
    Q_INVOKABLE PageState large(PageState state, LiveTemplate::Context &context)
    {
        state.title = QString(int(context.integer(u"size")), u'x');
        return state;
    }
    Q_INVOKABLE PageState change(PageState state, LiveTemplate::Context &) { return state; }

    std::atomic<int> disconnected = 0;
};

class FragmentController : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE PageState increment(PageState state, LiveTemplate::Context &)
    {
        ++state.counter;
        return state;
    }
};

class RefusingController : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE LiveTemplate::Result<PageState> mount(PageState, LiveTemplate::Context &)
    {
        return std::unexpected(ActionError(u"no database"_s));
    }
};

class OtherState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
public:
    int counter = 0;
    bool operator==(const OtherState &) const = default;
};

class PointerState
{
    Q_GADGET
    Q_PROPERTY(QObject *object MEMBER object)
public:
    QObject *object = nullptr;
    bool operator==(const PointerState &) const = default;
};

namespace {

struct HttpAnswer
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
};

/// Splits what a server wrote; good enough for answers with a Content-Length.
HttpAnswer parseAnswer(const QByteArray &bytes)
{
    HttpAnswer answer;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    const auto lines = bytes.first(std::max<qsizetype>(end, 0)).split('\n');
    answer.status = lines.value(0).split(' ').value(1).toInt();
    for (const QByteArray &line : lines.sliced(std::min<qsizetype>(1, lines.size()))) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            answer.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    answer.body = end < 0 ? QByteArray() : bytes.sliced(end + 4);
    return answer;
}

} // namespace

/// A whole server on loopback, its clients in this thread.
class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // HTTP, PROTOCOL.md A
    void pageSetsTheCookie();
    void pageKeepsAGoodCookie();
    void everyAnswerAllowsWebSocket_data();
    void everyAnswerAllowsWebSocket();
    void headTouchesNothing();
    void clientFilesAreServed();
    void onePortManyRequests();
    void pipelinedRequestsAreAnsweredInOrder();
    void slowHeadIsCutOff();
    void emptyLinesGiveNoMoreTime();
    void refusedUpgrades_data();
    void refusedUpgrades();
    void otherUpgradesAreIgnored();

    // WebSocket, PROTOCOL.md B and E
    void handshakeSetsTheCookie();
    void firstMessageIsTheWholeTree();
    void queryReachesMount();
    void actionIsAnsweredWithTheDifference();
    void broadcastReachesTheGroupOnly();
    void broadcastCarriesItsData();
    void broadcastRunsOnTheReceiversOwnState();
    void newTabStartsFromTheGroupsState();
    void ephemeralStateIsNotShared();
    void pagesOfOneGroupAreApart();
    void failedActionKeepsTheState();
    void unknownActionsAreAnswered_data();
    void unknownActionsAreAnswered();
    void malformedMessagesAreIgnored_data();
    void malformedMessagesAreIgnored();
    void ping();
    void navigateMountsAgain();
    void answersComeInOrder();
    void everyUpdateIsDeliveredOnceToEachOfManyTabs();
    void largeMessages();
    void tooLargeAMessageClosesTheConnection();
    void aReaderThatDoesNotReadIsClosed();
    void pingsOfAReaderThatDoesNotReadAreBounded();
    void aCloseThatIsNotFinishedIsCut();
    void disconnectHook();
    void mountFailure();

    // The server as an object
    void closeTellsTheClients();
    void closeAndListenAgain();
    void closeDoesNotWaitForeverForASilentClient();
    void takenPort();
    void brokenPagesAreRefused();
    void snapshot();
    void destroyedWhileConnected();

private:
    void start(ServerOptions options = {})
    {
        // Tests click faster than people.
        if (options.messageRate == ServerOptions().messageRate)
            options.messageRate = 0;
        // The whole test is run with one thread and with several.
        if (const int threads = qEnvironmentVariableIntValue("LVT_TEST_THREADS"); threads > 0)
            options.threads = threads;
        m_server = std::make_unique<Server>(std::move(options));
        m_controller = new PageController;
        const auto any = Server::ControllerThreads::All;
        QVERIFY(m_server->mount<PageState>(u"/", u":/templates/test.html", m_controller, any));
        QVERIFY(m_server->mount<PageState>(u"/fragment", u":/templates/fragment.html",
                                           new FragmentController, any));
        QVERIFY(m_server->mount<PageState>(u"/refusing", u":/templates/fragment.html",
                                           new RefusingController, any));
        QVERIFY2(m_server->listen(), qPrintable(m_server->errorString()));
    }

    HttpAnswer ask(const QByteArray &head, QTcpSocket *reuse = nullptr)
    {
        QTcpSocket own;
        QTcpSocket &socket = reuse ? *reuse : own;
        if (socket.state() != QAbstractSocket::ConnectedState)
            socket.connectToHost(m_server->address(), m_server->port());
        socket.write(head);
        QByteArray bytes;
        const bool complete = QTest::qWaitFor(
            [&] {
                bytes += socket.readAll();
                const HttpAnswer answer = parseAnswer(bytes);
                return (answer.headers.contains("content-length") || head.startsWith("HEAD"))
                    && answer.status != 0
                    && (head.startsWith("HEAD")
                        || answer.body.size()
                            >= answer.headers.value("content-length").toLongLong());
            },
            10'000);
        return complete ? parseAnswer(bytes) : HttpAnswer{};
    }

    QByteArray newCookie()
    {
        return ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            .headers.value("set-cookie")
            .split(';')
            .first();
    }

    QUrl url(const QString &path = u"/"_s) const { return m_server->url(path); }

    /// Opens a WebSocket and never reads from it.
    void openFrozen(QTcpSocket &socket, const QByteArray &cookie = {})
    {
        socket.setReadBufferSize(1);
        socket.connectToHost(m_server->address(), m_server->port());
        socket.write("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     + (cookie.isEmpty() ? QByteArray() : "Cookie: " + cookie + "\r\n") + "\r\n");
    }

    /// A frame as a client sends it, masked with zeros.
    static QByteArray clientFrame(char opcode, const QByteArray &payload)
    {
        QByteArray frame;
        frame += char(0x80 | opcode);
        if (payload.size() < 126) {
            frame += char(0x80 | payload.size());
        } else {
            frame += char(0x80 | 126);
            frame += char(payload.size() >> 8);
            frame += char(payload.size() & 0xff);
        }
        return frame + QByteArray(4, '\0') + payload;
    }

    ServerSnapshot takeSnapshot()
    {
        std::optional<ServerSnapshot> taken;
        m_server->requestSnapshot(this, [&](const ServerSnapshot &snapshot) { taken = snapshot; });
        [[maybe_unused]] const bool came = QTest::qWaitFor([&] { return taken.has_value(); },
                                                           10'000);
        return taken.value_or(ServerSnapshot());
    }

    std::unique_ptr<Server> m_server;
    PageController *m_controller = nullptr;
};

void TestServer::init()
{
    start();
}

void TestServer::cleanup()
{
    m_server.reset();
}

void TestServer::pageSetsTheCookie()
{
    const HttpAnswer answer = ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.value("content-type"), "text/html; charset=utf-8"_ba);
    const QByteArray cookie = answer.headers.value("set-cookie");
    static const QRegularExpression form(
        u"^livetemplate-id=[A-Za-z0-9_-]{43}=; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax$"_s);
    QVERIFY2(form.match(QString::fromLatin1(cookie)).hasMatch(), cookie);
    static const QRegularExpression wrapper(
        u"<body><div data-lvt-id=\"lvt-[0-9a-f]{16}\" data-lvt-loading=\"true\"><p title=\"\">0</p></div><script src=\"/livetemplate/0.25.1/client.js\"></script></body>"_s);
    QVERIFY2(wrapper.match(QString::fromUtf8(answer.body)).hasMatch(), answer.body);
}

void TestServer::pageKeepsAGoodCookie()
{
    const QByteArray cookie = newCookie();
    QVERIFY(!ask("GET / HTTP/1.1\r\nHost: h\r\nCookie: " + cookie + "\r\n\r\n")
                 .headers.contains("set-cookie"));
    const HttpAnswer forged = ask(
        "GET / HTTP/1.1\r\nHost: h\r\nCookie: livetemplate-id=admin\r\n\r\n");
    QVERIFY(forged.headers.value("set-cookie").startsWith("livetemplate-id="));
    QVERIFY(!forged.headers.value("set-cookie").contains("admin"));
}

void TestServer::everyAnswerAllowsWebSocket_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::newRow("page") << "GET / HTTP/1.1\r\nHost: h\r\n\r\n"_ba << 200;
    QTest::newRow("HEAD") << "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"_ba << 200;
    QTest::newRow("script") << "GET /livetemplate/0.25.1/client.js HTTP/1.1\r\nHost: h\r\n\r\n"_ba
                            << 200;
    QTest::newRow("missing") << "GET /nope HTTP/1.1\r\nHost: h\r\n\r\n"_ba << 404;
    QTest::newRow("method") << "DELETE / HTTP/1.1\r\nHost: h\r\n\r\n"_ba << 405;
    QTest::newRow("malformed") << "what?\r\n\r\n"_ba << 400;
    QTest::newRow("large head") << "GET / HTTP/1.1\r\nCookie: " + QByteArray(20'000, 'x')
            + "\r\n\r\n" << 431;
    QTest::newRow("failing mount") << "GET /refusing HTTP/1.1\r\nHost: h\r\n\r\n"_ba << 500;
}

void TestServer::everyAnswerAllowsWebSocket()
{
    QFETCH(QByteArray, head);
    const HttpAnswer answer = ask(head);
    QTEST(answer.status, "status");
    QCOMPARE(answer.headers.value("x-livetemplate-websocket"), "enabled"_ba);
}

void TestServer::headTouchesNothing()
{
    const HttpAnswer answer = ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.isEmpty());
    QVERIFY(!answer.headers.contains("set-cookie"));
}

void TestServer::clientFilesAreServed()
{
    const HttpAnswer script = ask("GET /livetemplate/0.25.1/client.js HTTP/1.1\r\nHost: h\r\n\r\n");
    QCOMPARE(script.status, 200);
    QVERIFY(script.body.contains("LiveTemplateClient"));
    QVERIFY(script.headers.value("content-type").startsWith("text/javascript"));
    QVERIFY(script.headers.value("cache-control").contains("immutable"));
    const HttpAnswer style = ask("GET /livetemplate/0.25.1/client.css HTTP/1.1\r\nHost: h\r\n\r\n");
    QCOMPARE(style.status, 200);
    QVERIFY(style.headers.value("content-type").startsWith("text/css"));
}

void TestServer::onePortManyRequests()
{
    QTcpSocket socket;
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(ask("GET /fragment HTTP/1.1\r\nHost: h\r\n\r\n", &socket).status, 200);
        QCOMPARE(ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", &socket).status, 200);
    }
    // Three at once, answered in their order; then the connection ends as the last one asked.
    socket.write("GET /nope HTTP/1.1\r\nHost: h\r\n\r\nDELETE / HTTP/1.1\r\nHost: h\r\n\r\n"
                 "GET /nope HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    QByteArray bytes;
    QTRY_VERIFY_WITH_TIMEOUT(
        (bytes += socket.readAll(), socket.state() == QAbstractSocket::UnconnectedState), 10'000);
    QCOMPARE(bytes.count("HTTP/1.1 404"), 2);
    QCOMPARE(bytes.count("HTTP/1.1 405"), 1);
    QVERIFY(bytes.indexOf("405") > bytes.indexOf("404")
            && bytes.indexOf("405") < bytes.lastIndexOf("HTTP/1.1 404"));
}

void TestServer::pipelinedRequestsAreAnsweredInOrder()
{
    // Far more than is read at once, while nothing of the answers is taken.
    QByteArray requests;
    constexpr int count = 3000;
    for (int i = 0; i < count; ++i)
        requests += i % 3 ? "GET /nope HTTP/1.1\r\nHost: h\r\n\r\n"
                          : "DELETE / HTTP/1.1\r\nHost: h\r\n\r\n";
    for (int i = 0; i < 20; ++i)
        requests += "GET /livetemplate/0.25.1/client.js HTTP/1.1\r\nHost: h\r\n\r\n";
    requests += "GET /nope HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    QTcpSocket socket;
    socket.connectToHost(m_server->address(), m_server->port());
    socket.write(requests);
    QByteArray bytes;
    QTRY_VERIFY_WITH_TIMEOUT(
        (bytes += socket.readAll(), socket.state() == QAbstractSocket::UnconnectedState), 20'000);
    static const QRegularExpression status(u"HTTP/1\\.1 (\\d{3})"_s);
    QStringList statuses;
    for (const auto &match : status.globalMatch(QString::fromLatin1(bytes)))
        statuses.append(match.captured(1));
    QCOMPARE(statuses.size(), count + 21);
    for (int i = 0; i < count; ++i)
        QCOMPARE(statuses.at(i), i % 3 ? u"404"_s : u"405"_s);
    QCOMPARE(bytes.count("LiveTemplateClient"),
             20
                 * ask("GET /livetemplate/0.25.1/client.js HTTP/1.1\r\nHost: h\r\n\r\n")
                       .body.count("LiveTemplateClient"));
}

void TestServer::emptyLinesGiveNoMoreTime()
{
    ServerOptions options;
    options.handshakeTimeout = 300ms;
    start(options);
    QTcpSocket socket;
    socket.connectToHost(m_server->address(), m_server->port());
    QVERIFY(socket.waitForConnected(10'000));
    QTRY_VERIFY_WITH_TIMEOUT(
        (socket.write("\r\n"), socket.state() == QAbstractSocket::UnconnectedState), 10'000);
}

void TestServer::slowHeadIsCutOff()
{
    ServerOptions options;
    options.handshakeTimeout = 200ms;
    start(options);
    QTcpSocket socket;
    socket.connectToHost(m_server->address(), m_server->port());
    socket.write("GET / HTTP/1.1\r\nHo");
    QByteArray bytes;
    QTRY_VERIFY_WITH_TIMEOUT((bytes += socket.readAll(),
                              socket.state() == QAbstractSocket::UnconnectedState
                                  && !bytes.isEmpty()),
                             10'000);
    QCOMPARE(parseAnswer(bytes).status, 408);

    QTcpSocket silent;
    silent.connectToHost(m_server->address(), m_server->port());
    QVERIFY(silent.waitForConnected(10'000));
    QTRY_COMPARE_WITH_TIMEOUT(silent.state(), QAbstractSocket::UnconnectedState, 10'000);
}

void TestServer::refusedUpgrades_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
    QTest::newRow("no key") << upgrade + version << 400;
    QTest::newRow("short key") << upgrade + version + "Sec-WebSocket-Key: YWJj\r\n" << 400;
    QTest::newRow("old version") << upgrade + key + "Sec-WebSocket-Version: 8\r\n" << 426;
    QTest::newRow("foreign origin") << upgrade + version + key + "Origin: http://evil.example\r\n"
                                    << 403;
    QTest::newRow("other port") << upgrade + version + key + "Origin: http://good.example:81\r\n"
                                << 403;
    QTest::newRow("other scheme") << upgrade + version + key + "Origin: https://good.example\r\n"
                                  << 403;
    QTest::newRow("no origin at all") << upgrade + version + key + "Origin: null\r\n" << 403;
}

void TestServer::refusedUpgrades()
{
    QFETCH(QByteArray, headers);
    QTcpSocket socket;
    const HttpAnswer answer = ask("GET / HTTP/1.1\r\nHost: good.example\r\n" + headers + "\r\n",
                                  &socket);
    QTEST(answer.status, "status");
    QVERIFY(!answer.body.isEmpty());
    QVERIFY(!answer.headers.contains("set-cookie"));
    QCOMPARE(ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n", &socket).status, 200);
}

void TestServer::otherUpgradesAreIgnored()
{
    QTcpSocket socket;
    const QByteArray offer
        = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n";
    QCOMPARE(ask("GET / HTTP/1.1\r\nHost: h\r\n" + offer + "\r\n", &socket).status, 200);
    QCOMPARE(ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n", &socket).status, 200);
}

void TestServer::handshakeSetsTheCookie()
{
    const QByteArray handshake
        = "GET / HTTP/1.1\r\nHost: good.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const auto upgrade = [&](const QByteArray &more) {
        QTcpSocket socket;
        socket.connectToHost(m_server->address(), m_server->port());
        socket.write(handshake + more + "\r\n");
        QByteArray bytes;
        [[maybe_unused]] const bool came = QTest::qWaitFor(
            [&] { return (bytes += socket.readAll()).contains("\r\n\r\n"); }, 10'000);
        return parseAnswer(bytes);
    };
    const HttpAnswer answer = upgrade("Origin: http://good.example\r\n");
    QCOMPARE(answer.status, 101);
    QCOMPARE(answer.headers.value("sec-websocket-accept"),
             "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_ba); // RFC 6455, 1.3
    QCOMPARE(answer.headers.value("x-livetemplate-websocket"), "enabled"_ba);
    const QByteArray cookie = answer.headers.value("set-cookie");
    QVERIFY2(cookie.startsWith("livetemplate-id=") && cookie.endsWith("; HttpOnly; SameSite=Lax"),
             cookie);

    QVERIFY(
        !upgrade("Cookie: " + cookie.split(';').first() + "\r\n").headers.contains("set-cookie"));
}

void TestServer::firstMessageIsTheWholeTree()
{
    LiveClient client(url());
    QCOMPARE(
        client.next(),
        uR"({"tree":{"s":["<p title=\"","\">","</p>",""],"0":"","1":"0","2":""},"meta":{"success":true,"errors":{},"capabilities":["change","progressive_enhancement"]}})"_s);
}

void TestServer::queryReachesMount()
{
    QUrl withQuery = url();
    withQuery.setQuery(u"title=a+b%26&x=1"_s);
    LiveClient client(withQuery);
    QCOMPARE(client.nextJson().value(u"tree").toObject().value(u"0").toString(), u"a b&amp;"_s);
}

void TestServer::actionIsAnsweredWithTheDifference()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.action(u"quiet"_s);
    QCOMPARE(client.next(),
             uR"({"tree":{"1":"1"},"meta":{"success":true,"errors":{},"action":"quiet"}})"_s);
    client.action(u"setTitle"_s, {{u"value"_s, 42}});
    QCOMPARE(
        client.next(),
        uR"({"tree":{"0":"42","2":{"s":["<b>","</b>"],"0":"42"}},"meta":{"success":true,"errors":{},"action":"setTitle"}})"_s);
    client.action(u"setTitle"_s, {{u"value"_s, u"x"_s}});
    QCOMPARE(
        client.next(),
        uR"({"tree":{"0":"x","2":{"0":"x"}},"meta":{"success":true,"errors":{},"action":"setTitle"}})"_s);
    client.action(u"change"_s);
    QCOMPARE(client.next(),
             uR"({"tree":{},"meta":{"success":true,"errors":{},"action":"change"}})"_s);
}

void TestServer::broadcastReachesTheGroupOnly()
{
    const QByteArray cookie = newCookie();
    LiveClient first(url(), cookie);
    LiveClient second(url(), cookie);
    LiveClient stranger(url());
    for (LiveClient *client : {&first, &second, &stranger})
        QVERIFY(!client->next().isEmpty());

    first.action(u"increment"_s);
    QCOMPARE(first.next(),
             uR"({"tree":{"1":"1"},"meta":{"success":true,"errors":{},"action":"increment"}})"_s);
    // No meta: it would end a form that the second tab is just submitting.
    QCOMPARE(second.next(), uR"({"tree":{"1":"1"}})"_s);

    // The stranger's own next answer is the first thing that it gets.
    stranger.action(u"quiet"_s);
    QCOMPARE(stranger.next(),
             uR"({"tree":{"1":"1"},"meta":{"success":true,"errors":{},"action":"quiet"}})"_s);
    QVERIFY(first.isQuiet() && second.isQuiet());
}

void TestServer::broadcastCarriesItsData()
{
    const QByteArray cookie = newCookie();
    LiveClient first(url(), cookie);
    LiveClient second(url(), cookie);
    QVERIFY(!first.next().isEmpty() && !second.next().isEmpty());
    first.action(u"set_title"_s, {{u"value"_s, true}});
    QCOMPARE(second.next(), uR"({"tree":{"0":"true","2":{"s":["<b>","</b>"],"0":"true"}}})"_s);
}

void TestServer::broadcastRunsOnTheReceiversOwnState()
{
    const QByteArray cookie = newCookie();
    LiveClient first(url(), cookie);
    LiveClient second(url(), cookie);
    QVERIFY(!first.next().isEmpty() && !second.next().isEmpty());
    second.action(u"quiet"_s); // 1, and first does not know
    QVERIFY(!second.next().isEmpty());
    first.action(u"increment"_s);
    QCOMPARE(first.nextJson().value(u"tree").toObject().value(u"1").toString(), u"1"_s);
    QCOMPARE(second.nextJson().value(u"tree").toObject().value(u"1").toString(), u"2"_s);
}

void TestServer::newTabStartsFromTheGroupsState()
{
    const QByteArray cookie = newCookie();
    LiveClient first(url(), cookie);
    QVERIFY(!first.next().isEmpty());
    for (int i = 0; i < 5; ++i) {
        first.action(u"increment"_s);
        QVERIFY(!first.next().isEmpty());
    }
    LiveClient second(url(), cookie);
    QCOMPARE(second.nextJson().value(u"tree").toObject().value(u"1").toString(), u"5"_s);
    const HttpAnswer page = ask("GET / HTTP/1.1\r\nHost: h\r\nCookie: " + cookie + "\r\n\r\n");
    QVERIFY(page.body.contains("<p title=\"\">5</p>"));
}

void TestServer::ephemeralStateIsNotShared()
{
    const QByteArray cookie = newCookie();
    LiveClient first(url(), cookie);
    QVERIFY(!first.next().isEmpty());
    first.action(u"click"_s);
    QCOMPARE(first.nextJson().value(u"tree").toObject().value(u"0").toString(), u"1 clicks"_s);
    first.action(u"click"_s);
    QCOMPARE(first.nextJson().value(u"tree").toObject().value(u"0").toString(), u"2 clicks"_s);
    LiveClient second(url(), cookie);
    QCOMPARE(second.nextJson().value(u"tree").toObject().value(u"0").toString(),
             u"2 clicks"_s); // the title is kept
    second.action(u"click"_s);
    QCOMPARE(second.nextJson().value(u"tree").toObject().value(u"0").toString(),
             u"1 clicks"_s); // the number is not
}

void TestServer::pagesOfOneGroupAreApart()
{
    const QByteArray cookie = newCookie();
    LiveClient root(url(), cookie);
    LiveClient fragment(url(u"/fragment"_s), cookie);
    QVERIFY(!root.next().isEmpty() && !fragment.next().isEmpty());
    for (int i = 0; i < 3; ++i) {
        fragment.action(u"increment"_s);
        QVERIFY(!fragment.next().isEmpty());
    }
    LiveClient another(url(), cookie);
    QCOMPARE(another.nextJson().value(u"tree").toObject().value(u"1").toString(), u"0"_s);
}

void TestServer::failedActionKeepsTheState()
{
    const QByteArray cookie = newCookie();
    LiveClient client(url(), cookie);
    LiveClient peer(url(), cookie);
    QVERIFY(!client.next().isEmpty() && !peer.next().isEmpty());
    client.action(u"fail"_s);
    QCOMPARE(
        client.next(),
        uR"({"tree":{},"meta":{"success":false,"errors":{"title":"is not good"},"action":"fail"}})"_s);
    client.action(u"quiet"_s);
    QCOMPARE(client.nextJson().value(u"tree").toObject().value(u"1").toString(), u"1"_s);
    peer.action(u"quiet"_s); // what it gets is its own answer: the failed action broadcast nothing
    QCOMPARE(peer.nextJson().value(u"meta").toObject().value(u"action").toString(), u"quiet"_s);
}

void TestServer::unknownActionsAreAnswered_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &name : {u"nope"_s, u"mount"_s, u"onConnect"_s, u"on_disconnect"_s,
                             u"deleteLater"_s, u"persist:todos"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void TestServer::unknownActionsAreAnswered()
{
    QFETCH(QString, name);
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.action(name);
    QCOMPARE(client.next(),
             uR"({"tree":{},"meta":{"success":true,"errors":{},"action":"%1"}})"_s.arg(name));
}

void TestServer::malformedMessagesAreIgnored_data()
{
    QTest::addColumn<QString>("text");
    for (const auto &text : {u""_s, u"{"_s, u"[]"_s, u"null"_s, u"{}"_s, u"{\"action\":7}"_s,
                             u"{\"action\":\"quiet\",\"data\":7}"_s})
        QTest::newRow(qPrintable(u"'%1'"_s.arg(text))) << text;
    QTest::newRow("deep") << QString(100'000, u'[');
}

void TestServer::malformedMessagesAreIgnored()
{
    QFETCH(QString, text);
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.send(text);
    client.socket().sendBinaryMessage("binary"_ba);
    client.action(u"quiet"_s);
    QCOMPARE(client.nextJson().value(u"tree").toObject().value(u"1").toString(), u"1"_s);
}

void TestServer::ping()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.send(uR"({"action":"__ping__"})"_s);
    QCOMPARE(client.next(), uR"({"pong":true})"_s);
}

void TestServer::navigateMountsAgain()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.action(u"__navigate__"_s, {{u"title"_s, u"two"_s}});
    QCOMPARE(
        client.next(),
        uR"({"tree":{"0":"two","2":{"s":["<b>","</b>"],"0":"two"}},"meta":{"success":true,"errors":{},"action":"__navigate__"}})"_s);
}

void TestServer::answersComeInOrder()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    for (int i = 0; i < 50; ++i)
        client.action(i % 2 ? u"quiet"_s : u"increment"_s);
    for (int i = 0; i < 50; ++i) {
        const QJsonObject answer = client.nextJson();
        QCOMPARE(answer.value(u"tree").toObject().value(u"1").toString(), QString::number(i + 1));
        QCOMPARE(answer.value(u"meta").toObject().value(u"action").toString(),
                 i % 2 ? u"quiet"_s : u"increment"_s);
    }
}

void TestServer::everyUpdateIsDeliveredOnceToEachOfManyTabs()
{
    const QByteArray cookie = newCookie();
    std::vector<std::unique_ptr<LiveClient>> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(std::make_unique<LiveClient>(url(), cookie));
    for (const auto &client : clients)
        QVERIFY(!client->next().isEmpty());
    // Every tab clicks once, and waits until all have seen it.
    for (std::size_t clicked = 0; clicked < clients.size(); ++clicked) {
        clients[clicked]->action(u"increment"_s);
        for (const auto &client : clients) {
            QCOMPARE(client->nextJson().value(u"tree").toObject().value(u"1").toString(),
                     QString::number(clicked + 1));
        }
    }
    for (const auto &client : clients)
        QVERIFY(client->isQuiet());
}

void TestServer::largeMessages()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.action(u"setTitle"_s, {{u"value"_s, QString(400'000, u'y')}});
    QCOMPARE(client.nextJson().value(u"tree").toObject().value(u"0").toString().size(), 400'000);
    client.action(u"large"_s, {{u"size"_s, 1'000'000}});
    QCOMPARE(client.nextJson().value(u"tree").toObject().value(u"0").toString().size(), 1'000'000);
}

void TestServer::tooLargeAMessageClosesTheConnection()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.action(u"setTitle"_s, {{u"value"_s, QString(2'000'000, u'y')}});
    QVERIFY(client.waitForState(QAbstractSocket::UnconnectedState));
    QCOMPARE(client.socket().closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
}

void TestServer::aReaderThatDoesNotReadIsClosed()
{
    ServerOptions options;
    options.slowClientTimeout = 500ms;
    options.closeTimeout = 200ms;
    start(options);
    const QByteArray cookie = newCookie();
    LiveClient active(url(), cookie);
    QVERIFY(!active.next().isEmpty());
    QTcpSocket frozen;
    openFrozen(frozen, cookie);
    QTRY_COMPARE_WITH_TIMEOUT(takeSnapshot().connections.size(), 2, 10'000);

    // 200 kB to each tab per click; the sibling sees every one of them.
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"closed: it does not read"_s));
    for (int i = 0; i < 100; ++i) {
        active.action(u"setTitle"_s, {{u"value"_s, QString(200'000, QChar(u'a' + i % 26))}});
        QCOMPARE(active.nextJson().value(u"tree").toObject().value(u"0").toString().size(),
                 200'000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(takeSnapshot().connections.size(), 1, 10'000);
}

void TestServer::pingsOfAReaderThatDoesNotReadAreBounded()
{
    // QtWebSockets answers each of them by itself.
    ServerOptions options;
    options.maxPendingBytes = 256 * 1024;
    start(options);
    QTcpSocket frozen;
    openFrozen(frozen);
    QTRY_COMPARE_WITH_TIMEOUT(takeSnapshot().connections.size(), 1, 10'000);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cut: it does not read"_s));
    const QByteArray pings = clientFrame(0x9, QByteArray(125, 'p')).repeated(1000);
    for (int i = 0; i < 400 && frozen.state() == QAbstractSocket::ConnectedState; ++i) {
        frozen.write(pings);
        QTRY_VERIFY_WITH_TIMEOUT(frozen.bytesToWrite() < pings.size()
                                     || frozen.state() != QAbstractSocket::ConnectedState,
                                 10'000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(takeSnapshot().connections.size(), 0, 10'000);
}

void TestServer::aCloseThatIsNotFinishedIsCut()
{
    ServerOptions options;
    options.maxPendingBytes = 64 * 1024 * 1024;
    options.closeTimeout = 200ms;
    start(options);
    QTcpSocket frozen;
    openFrozen(frozen);
    QTRY_COMPARE_WITH_TIMEOUT(takeSnapshot().connections.size(), 1, 10'000);
    // More than the kernel takes waits for it, and then it breaks the protocol.
    frozen.write(clientFrame(0x1, R"({"action":"large","data":{"size":20000000}})"));
    QTRY_VERIFY_WITH_TIMEOUT(takeSnapshot().connections.value(0).bytesOut > 20'000'000, 20'000);
    frozen.write(clientFrame(0x3, "reserved"));
    QTRY_COMPARE_WITH_TIMEOUT(takeSnapshot().connections.size(), 0, 10'000);
}

void TestServer::disconnectHook()
{
    {
        LiveClient client(url());
        QVERIFY(!client.next().isEmpty());
        QCOMPARE(m_controller->disconnected.load(), 0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->disconnected.load(), 1, 10'000);
}

void TestServer::mountFailure()
{
    LiveClient client(url(u"/refusing"_s));
    QVERIFY(client.waitForState(QAbstractSocket::UnconnectedState));
    QCOMPARE(client.socket().closeCode(), QWebSocketProtocol::CloseCode(1011));
    QVERIFY(client.isQuiet());
}

void TestServer::closeTellsTheClients()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    m_server->close();
    QVERIFY(!m_server->isListening());
    QVERIFY(client.waitForState(QAbstractSocket::UnconnectedState));
    QCOMPARE(client.socket().closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QCOMPARE(client.socket().closeReason(), u"Server shutting down"_s);
    QCOMPARE(m_controller->disconnected.load(), 1);
    QCOMPARE(m_controller->thread(), QThread::currentThread());
}

void TestServer::closeAndListenAgain()
{
    const quint16 port = m_server->port();
    const QByteArray cookie = newCookie();
    {
        LiveClient client(url(), cookie);
        QVERIFY(!client.next().isEmpty());
        client.action(u"increment"_s);
        QVERIFY(!client.next().isEmpty());
        m_server->close();
    }
    QVERIFY2(m_server->listen(QHostAddress::LocalHost, port), qPrintable(m_server->errorString()));
    QCOMPARE(m_server->port(), port);
    LiveClient client(url(), cookie);
    QCOMPARE(client.nextJson().value(u"tree").toObject().value(u"1").toString(), u"1"_s);
}

void TestServer::closeDoesNotWaitForeverForASilentClient()
{
    ServerOptions options;
    options.shutdownTimeout = 300ms;
    options.maxPendingBytes = 64 * 1024 * 1024;
    start(options);
    QTcpSocket frozen;
    openFrozen(frozen);
    QTRY_COMPARE_WITH_TIMEOUT(takeSnapshot().connections.size(), 1, 10'000);
    // With so much before it, the close frame does not leave.
    frozen.write(clientFrame(0x1, R"({"action":"large","data":{"size":20000000}})"));
    QTRY_VERIFY_WITH_TIMEOUT(takeSnapshot().connections.value(0).bytesOut > 20'000'000, 20'000);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"shutting down: 1 connections did not close"_s));
    m_server->close();
    QVERIFY(!m_server->isListening());
}

void TestServer::takenPort()
{
    Server second;
    QVERIFY(second.mount<PageState>(u"/", u":/templates/test.html", new PageController));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"cannot listen"_s));
    QVERIFY(!second.listen(QHostAddress::LocalHost, m_server->port()));
    QCOMPARE(second.listenError(), Server::ListenError::AddressInUse);
    QVERIFY2(second.errorString().contains(QString::number(m_server->port())),
             qPrintable(second.errorString()));
    QVERIFY(second.listen(QHostAddress::LocalHost, 0));
    QCOMPARE(second.listenError(), Server::ListenError::None);
    QVERIFY(second.port() != m_server->port());
}

void TestServer::brokenPagesAreRefused()
{
    Server server;
    const auto expect = [](const char16_t *pattern) {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QString::fromUtf16(pattern)));
    };
    expect(u"/a cannot be mounted: broken.html:2:\\d+: .*nonsense");
    QVERIFY(!server.mount<PageState>(u"/a", u":/templates/broken.html", new PageController));
    expect(u"/b cannot be mounted: .*there is no template");
    QVERIFY(!server.mount<PageState>(u"/b", u":/templates/nope.html", new PageController));
    expect(u"/c cannot be mounted: its state PointerState cannot be saved: property 'object'");
    QVERIFY(!server.mount<PointerState>(u"/c", u":/templates/fragment.html", new QObject));
    expect(u"/d cannot be mounted: PageController: .* is not an action");
    QVERIFY(!server.mount<OtherState>(u"/d", u":/templates/fragment.html", new PageController));
    expect(u"cannot be mounted: its path must start with '/'");
    QVERIFY(!server.mount<PageState>(u"e", u":/templates/fragment.html", new PageController));
    QVERIFY(server.mount<PageState>(u"/f", u":/templates/fragment.html", new PageController));
    expect(u"/f cannot be mounted: another page has that path");
    QVERIFY(!server.mount<PageState>(u"/f", u":/templates/fragment.html", new PageController));

    expect(u"The page /a cannot be mounted");
    QVERIFY(!server.listen());
    QCOMPARE(server.listenError(), Server::ListenError::BrokenPage);
    QCOMPARE(server.errorString().count(u'\n'), 5);
}

void TestServer::snapshot()
{
    const QByteArray cookie = newCookie();
    LiveClient first(url(), cookie);
    LiveClient second(url(), cookie);
    LiveClient stranger(url(u"/fragment"_s));
    QVERIFY(!first.next().isEmpty() && !second.next().isEmpty() && !stranger.next().isEmpty());
    first.action(u"increment"_s);
    QVERIFY(!first.next().isEmpty() && !second.next().isEmpty());

    std::optional<ServerSnapshot> taken;
    m_server->requestSnapshot(this, [&](const ServerSnapshot &snapshot) { taken = snapshot; });
    QTRY_VERIFY_WITH_TIMEOUT(taken, 10'000);
    QCOMPARE(taken->connections.size(), 3);
    QCOMPARE(taken->groups, 2);
    const auto &rows = taken->connections;
    const auto clicked = std::ranges::find(rows, quint64(1), &ConnectionSnapshot::actions);
    QVERIFY(clicked != rows.end());
    const auto followed = std::ranges::find(rows, quint64(1), &ConnectionSnapshot::broadcasts);
    QVERIFY(followed != rows.end());
    QCOMPARE(clicked->group, followed->group);
    QCOMPARE(clicked->group.size(), 8);
    QVERIFY(cookie.contains(clicked->group.toLatin1()));
    QCOMPARE(clicked->page, u"/"_s);
    QVERIFY(clicked->bytesIn > 0 && clicked->bytesOut > 0);
    QVERIFY(clicked->connectedAt <= taken->takenAt);
}

void TestServer::destroyedWhileConnected()
{
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    client.action(u"increment"_s);
    m_server.reset();
    QVERIFY(client.waitForState(QAbstractSocket::UnconnectedState));
}

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
