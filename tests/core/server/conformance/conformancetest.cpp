// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "conformancetest.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

std::expected<UserId, AuthenticationError> CountingAuthenticator::identify(const Request &request)
{
    ++identified;
    if (request.header("X-Test") == "stranger")
        return std::unexpected(AuthenticationError::Unauthorized);
    if (request.header("X-Test") == "broken")
        return std::unexpected(AuthenticationError::Failed);
    return UserId();
}

std::expected<GroupId, AuthenticationError> CountingAuthenticator::sessionGroup(
    const Request &request, const UserId &user)
{
    ++grouped;
    if (request.header("X-Test") == "groupless")
        return std::unexpected(AuthenticationError::Failed);
    return AnonymousAuthenticator::sessionGroup(request, user);
}

namespace {

void addOwnOriginRows()
{
    const auto row = [](const char *name, const QByteArray &headers, bool isAllowed) {
        QTest::newRow(name) << QStringList() << false << false << headers << isAllowed;
    };
    row("no origin", {}, true);
    row("the server's own", "Origin: http://good.example\r\n", true);
    row("another host", "Origin: http://evil.example\r\n", false);
    row("another port", "Origin: http://good.example:81\r\n", false);
    row("another scheme", "Origin: https://good.example\r\n", false);
    row("null", "Origin: null\r\n", false);
    row("own as a beginning", "Origin: http://good.example.evil.example\r\n", false);
    row("own as an end", "Origin: http://evil.example/http://good.example\r\n", false);
    row("no scheme", "Origin: good.example\r\n", false);
    row("localhost, not in development", "Origin: http://localhost:3000\r\n", false);
}

void addForwardedOriginRows()
{
    const auto row = [](const char *name, bool isTrusted, const QByteArray &headers,
                        bool isAllowed) {
        QTest::newRow(name) << QStringList() << isTrusted << false << headers << isAllowed;
    };
    row("not trusted", false, "Origin: https://good.example\r\nX-Forwarded-Proto: https\r\n",
        false);
    row("not trusted, RFC 7239", false,
        "Origin: https://good.example\r\nForwarded: proto=https\r\n", false);
    row("not trusted, and the scheme that is spoken", false,
        "Origin: http://good.example\r\nX-Forwarded-Proto: https\r\n", true);
    row("trusted", true, "Origin: https://good.example\r\nX-Forwarded-Proto: https\r\n", true);
    row("trusted, first of several", true,
        "Origin: https://good.example\r\nX-Forwarded-Proto: https, http\r\n", true);
    row("trusted, second of several", true,
        "Origin: https://good.example\r\nX-Forwarded-Proto: http, https\r\n", false);
    row("trusted, and the scheme behind the proxy", true,
        "Origin: http://good.example\r\nX-Forwarded-Proto: https\r\n", false);
    row("trusted, RFC 7239", true,
        "Origin: https://good.example\r\nForwarded: for=192.0.2.1;proto=https;by=10.0.0.1\r\n",
        true);
    row("trusted, RFC 7239 in quotes", true,
        "Origin: https://good.example\r\n"
        "Forwarded: for=\"[2001:db8::1]\";Proto=\"https\"\r\n",
        true);
    row("trusted, both: the first counts", true,
        "Origin: https://good.example\r\nX-Forwarded-Proto: http\r\n"
        "Forwarded: proto=https\r\n",
        false);
    row("trusted, nothing forwarded", true, "Origin: http://good.example\r\n", true);
}

void addListedOriginRows()
{
    const auto row = [](const char *name, const QString &list, const QByteArray &origin,
                        bool isAllowed) {
        QTest::newRow(name) << QStringList{u"http://other.example"_s, list} << false << false
                            << QByteArray("Origin: " + origin + "\r\n") << isAllowed;
    };
    const QString app = u"https://app.example"_s;
    row("listed", app, "https://app.example", true);
    row("another listed one", app, "http://other.example", true);
    row("with a port", app, "https://app.example:8443", false);
    row("with another scheme", app, "http://app.example", false);
    row("in another case", app, "https://APP.example", false);
    row("with a path", app, "https://app.example/", false);
    row("as a beginning", app, "https://app.example.evil.example", false);
    row("not listed", app, "https://evil.example", false);
    row("every origin", u"*"_s, "https://evil.example", true);
}

void addDevelopmentOriginRows()
{
    const auto row = [](const char *name, const QByteArray &origin, bool isAllowed) {
        QTest::newRow(name) << QStringList() << false << true
                            << QByteArray("Origin: " + origin + "\r\n") << isAllowed;
    };
    row("localhost", "http://localhost:3000", true);
    row("IPv4", "https://127.0.0.1:5173", true);
    row("IPv6", "http://[::1]:8080", true);
    row("elsewhere", "http://evil.example", false);
    row("localhost as a beginning", "http://localhost.evil.example", false);
    row("no origin of a page", "null", false);
}

} // namespace

void ConformanceTest::initTestCase_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("1 thread") << 1;
    QTest::newRow("4 threads") << 4;
}

void ConformanceTest::init()
{
    start(patientOptions());
}

void ConformanceTest::cleanup()
{
    m_server.reset();
}

int ConformanceTest::threads()
{
    QFETCH_GLOBAL(int, threads);
    return threads;
}

ServerOptions ConformanceTest::patientOptions()
{
    ServerOptions options;
    options.messageRate = 0;
    return options;
}

void ConformanceTest::start(const ServerOptions &options)
{
    m_server.reset();
    m_journal = std::make_shared<Journal>();
    m_authenticator = std::make_shared<CountingAuthenticator>();
    m_store = std::make_shared<MemorySessionStore>();
    ServerOptions complete = options;
    complete.threads = threads();
    if (!complete.authenticator)
        complete.authenticator = m_authenticator;
    if (!complete.sessionStore)
        complete.sessionStore = m_store;
    m_server = std::make_unique<Server>(std::move(complete));

    const auto factory = [journal = m_journal]<typename Controller>() {
        return [journal] {
            return std::make_unique<Controller>(journal);
        };
    };
    const auto plainController = factory.operator()<PlainController>();
    const auto changing = factory.operator()<ChangingController>();
    const auto validating = factory.operator()<ValidatingController>();
    const QString full = u":/templates/conformance.html"_s;
    const QString counter = u":/templates/fragment.html"_s;
    QVERIFY(m_server->mount<PageState>(u"/", full, changing));
    QVERIFY(m_server->mount<PageState>(u"/plain", counter, plainController));
    QVERIFY(m_server->mount<PageState>(u"/validating", counter, validating));
    QVERIFY(m_server->mount<PageState>(u"/deep/page", full, plainController));
    QVERIFY(m_server->mount<PageState>(u"/folder/", full, plainController));
    QVERIFY(m_server->mount<PageState>(u"/inputs", u":/templates/inputs.html", changing));
    QVERIFY(m_server->mount<PageState>(u"/attributes", u":/templates/attributes.html",
                                       plainController));
    QVERIFY(
        m_server->mount<PageState>(u"/brackets", u":/templates/brackets.html", plainController));
    QVERIFY2(m_server->listen(), qPrintable(m_server->errorString()));
}

bool ConformanceTest::calls(const QStringList &methods) const
{
    return QTest::qWaitFor([&] { return m_journal->methods() == methods; }, 10'000);
}

bool ConformanceTest::calls(const QString &method, qsizetype times) const
{
    return QTest::qWaitFor([&] { return m_journal->count(method) == times; }, 10'000);
}

QJsonObject ConformanceTest::saved(const QByteArray &cookie, const QString &page) const
{
    std::optional<QJsonObject> state;
    m_store->load({groupOf(cookie), page}, [&](const auto &found) { state = found; });
    return state.value_or(QJsonObject());
}

bool ConformanceTest::saves(const QByteArray &cookie, const QString &key, const QJsonValue &value,
                            const QString &page) const
{
    return QTest::qWaitFor([&] { return saved(cookie, page).value(key) == value; }, 10'000);
}

QUrl ConformanceTest::url(const QString &path, const QString &query) const
{
    QUrl url = m_server->url(path);
    if (!query.isEmpty())
        url.setQuery(query);
    return url;
}

std::unique_ptr<LiveTab> ConformanceTest::open(const QString &path, const QByteArray &cookie) const
{
    return open(url(path), cookie);
}

std::unique_ptr<LiveTab> ConformanceTest::open(const QUrl &page, const QByteArray &cookie) const
{
    return std::make_unique<LiveTab>(page, renderer(), cookie);
}

ClientRenderer &ConformanceTest::renderer()
{
    static ClientRenderer renderer;
    return renderer;
}

QByteArray ConformanceTest::request(const QByteArray &method, const QByteArray &target,
                                    const QByteArray &headers, const QByteArray &body)
{
    QByteArray request = method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers;
    if (!body.isEmpty() || method == "POST")
        request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return request + "\r\n" + body;
}

QByteArray ConformanceTest::upgrade(const QByteArray &target, const QByteArray &headers)
{
    return request("GET", target,
                   "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                       + headers);
}

void ConformanceTest::send(QTcpSocket &socket, const QByteArray &request) const
{
    socket.connectToHost(m_server->address(), m_server->port());
    socket.write(request);
}

WebAnswer ConformanceTest::ask(const QByteArray &request) const
{
    QTcpSocket socket;
    socket.connectToHost(m_server->address(), m_server->port());
    return askRaw(socket, request);
}

QByteArray ConformanceTest::newCookie() const
{
    return ask(request("GET", "/")).header("set-cookie").split(';').first();
}

bool ConformanceTest::freeze(QTcpSocket &socket, const QByteArray &cookie) const
{
    const auto sibling = open(plain, cookie);
    socket.setReadBufferSize(1);
    send(socket, upgrade("/", "Cookie: " + cookie + "\r\n"));
    const QString lot(400'000, u'x');
    return QTest::qWaitFor(
        [&, i = 0]() mutable {
            sibling->run(u"tell"_s,
                         {{u"what"_s, u"rename"_s},
                          {u"with"_s, QJsonObject{{u"title"_s, lot + QString::number(++i)}}}});
            return metrics().value("livetemplate_connections_behind") == 1;
        },
        20'000);
}

QHash<QByteArray, double> ConformanceTest::metrics() const
{
    QHash<QByteArray, double> metrics;
    for (const QByteArray &line : ask(request("GET", "/metrics")).body.split('\n')) {
        const qsizetype space = line.lastIndexOf(' ');
        if (space > 0 && !line.startsWith('#'))
            metrics.insert(line.first(space), line.sliced(space + 1).toDouble());
    }
    return metrics;
}

bool ConformanceTest::counts(const QByteArray &metric, double value) const
{
    double found = -1;
    const bool came = QTest::qWaitFor(
        [&] {
            found = metrics().value(metric, -1);
            return found == value;
        },
        10'000);
    if (!came)
        qWarning() << metric << "is" << found << "and not" << value;
    return came;
}

void ConformanceTest::addOriginRows(OriginRows which)
{
    QTest::addColumn<QStringList>("allowedOrigins");
    QTest::addColumn<bool>("trustForwardedHeaders");
    QTest::addColumn<bool>("developmentMode");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("isAllowed");
    if (which == OriginRows::Own || which == OriginRows::All)
        addOwnOriginRows();
    if (which == OriginRows::Forwarded || which == OriginRows::All)
        addForwardedOriginRows();
    if (which == OriginRows::Listed || which == OriginRows::All)
        addListedOriginRows();
    if (which == OriginRows::Development || which == OriginRows::All)
        addDevelopmentOriginRows();
}

void ConformanceTest::startForOriginRow()
{
    QFETCH(QStringList, allowedOrigins);
    QFETCH(bool, trustForwardedHeaders);
    QFETCH(bool, developmentMode);
    ServerOptions options = patientOptions();
    options.allowedOrigins = allowedOrigins;
    options.trustForwardedHeaders = trustForwardedHeaders;
    options.developmentMode = developmentMode;
    if (developmentMode)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"development mode is on"_s));
    start(options);
}

QString ConformanceTest::wrapperContent(const QByteArray &page)
{
    static const QRegularExpression wrapper(
        u"<div data-lvt-id=\"lvt-[0-9a-f]{16}\"[^>]*>(.*)</div>(?:<script.*)?$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    return wrapper.match(QString::fromUtf8(page)).captured(1);
}

bool says(const WebAnswer &answer, const QByteArray &text)
{
    return answer.body == text + '\n'
        && answer.header("content-type") == "text/plain; charset=utf-8";
}

GroupId groupOf(const QByteArray &cookie)
{
    return GroupId(QString::fromLatin1(cookie.sliced(cookie.indexOf('=') + 1)));
}
