// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The three ways to a page (PROTOCOL.md A.4 to A.7, B): a WebSocket, the client's HTTP mode, and
// forms without JavaScript. One table of actions goes through all of them.

#include "livetest.h"
#include "sessionstore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QUrlQuery>

#include <atomic>
#include <optional>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TierState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QStringList tags MEMBER tags)
public:
    int counter = 0;
    QString name;
    QStringList tags;
    bool operator==(const TierState &) const = default;
};

class TierController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE TierState mount(TierState state, LiveTemplate::Context &context)
    {
        if (context.has(u"preset"))
            state.name = context.string(u"preset");
        return state;
    }
    Q_INVOKABLE TierState increment(TierState state, LiveTemplate::Context &context)
    {
        state.counter += int(context.integer(u"by", 1));
        return state;
    }
    Q_INVOKABLE TierState addTag(TierState state, LiveTemplate::Context &context)
    {
        state.tags.append(context.string(u"tag"));
        return state;
    }
    Q_INVOKABLE LiveTemplate::Result<TierState> rename(TierState state,
                                                       LiveTemplate::Context &context)
    {
        const QString name = context.string(u"name").trimmed();
        state.counter = -1; // lost when the action fails
        if (name.isEmpty())
            return std::unexpected(ActionError({{u"name"_s, u"A name is needed."_s}}));
        if (name == u"root")
            return std::unexpected(ActionError(u"Not \"root\" & co."_s));
        state.counter = 0;
        state.name = name;
        context.setFlash(u"success"_s, u"Renamed to <%1>"_s.arg(name));
        return state;
    }
    Q_INVOKABLE LiveTemplate::Result<TierState> checked(TierState state,
                                                        LiveTemplate::Context &context)
    {
        if (const auto valid = context.validateForm(); !valid)
            return std::unexpected(valid.error());
        state.name = context.string(u"nickname");
        return state;
    }
    Q_INVOKABLE TierState submit(TierState state, LiveTemplate::Context &context)
    {
        state.name = u"submitted by "_s + context.submitter();
        return state;
    }
    Q_INVOKABLE TierState flashAndClear(TierState state, LiveTemplate::Context &context)
    {
        context.clearFlash(u"success"_s);
        return state;
    }
    Q_INVOKABLE TierState login(TierState state, LiveTemplate::Context &context)
    {
        state.name = context.cookie("token") ? u"again"_s : u"first"_s;
        redirected = context.redirect(context.string(u"to", u"/other?x=1"_s));
        hasSetCookie = context.setCookie({.name = "token", .value = "a b;c"});
        return state;
    }
    Q_INVOKABLE TierState tell(TierState state, LiveTemplate::Context &context)
    {
        context.broadcastAction(u"increment"_s, {{u"by"_s, 5}});
        return state;
    }

    std::atomic<bool> redirected = false;
    std::atomic<bool> hasSetCookie = false;
};

namespace {

struct Step
{
    QString action;
    /// Values as text: that is all a form can send.
    QList<std::pair<QString, QString>> data = {};
};

} // namespace

Q_DECLARE_METATYPE(QList<Step>)

class TestTiers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sameState_data();
    void sameState();
    void jsonBootstrap();
    void jsonAnswersAreFullTrees();
    void whatCountsAsJson_data();
    void whatCountsAsJson();
    void formSucceeds();
    void formFails();
    void formWithAnEmptyButton();
    void formInMultipart();
    void flashTravelsInACookie();
    void flashIsHandedOverToTheWebSocket();
    void flashStaysOnAConnection();
    void redirectAndCookies();
    void redirectsElsewhereAreRefused_data();
    void redirectsElsewhereAreRefused();
    void overAWebSocketThereIsNoHttp();
    void queryIsMergedUnderTheBody();
    void postBroadcastsToAll();
    void withoutProgressiveEnhancement();
    void refusedBodies_data();
    void refusedBodies();
    void uploadsAreRefused();
    void errorsAreOfTheLastAction();
    void scriptsHaveTheNonce();
    void rulesOfThePagesForm_data();
    void rulesOfThePagesForm();

private:
    void start(ServerOptions options = LiveTest::Site::defaultOptions())
    {
        m_store = std::make_shared<MemorySessionStore>();
        options.sessionStore = m_store;
        // The whole test is run with one thread and with several.
        if (const int threads = qEnvironmentVariableIntValue("LVT_TEST_THREADS"); threads > 0)
            options.threads = threads;
        m_site.emplace(options);
        m_controller = new TierController;
        QVERIFY(m_site->mount<TierState>(u"/deep/page", u":/templates/tiers.html", m_controller,
                                         Server::ControllerThreads::All));
    }

    QJsonObject saved(const LiveTest::Browser &browser)
    {
        m_site->settle();
        std::optional<QJsonObject> state;
        const GroupId group(QString::fromLatin1(browser.cookie("livetemplate-id")));
        m_store->load({group, page}, [&](const auto &found) { state = found; });
        return state.value_or(QJsonObject());
    }

    /// The state that the steps lead to, in a browser of their own.
    QJsonObject through(LiveTest::Browser::Scripts scripts, const QList<Step> &steps)
    {
        LiveTest::Browser browser(*m_site, scripts);
        LiveTest::Tab tab = browser.open(page);
        for (const Step &step : steps) {
            QJsonObject data;
            QList<std::pair<QString, QString>> fields{{u"lvt-action"_s, step.action}};
            for (const auto &[key, value] : step.data) {
                data.insert(key, value);
                fields.emplaceBack(key, value);
            }
            const bool done = scripts == LiveTest::Browser::Scripts::Off
                ? tab.sendForm(fields)
                : tab.send(step.action, data);
            if (!done || tab.status() != 200)
                return {};
        }
        return saved(browser);
    }
    /// An action as the client sends it without a WebSocket.
    static LiveTest::Response postJson(LiveTest::Browser &browser, const QString &action,
                                       const QJsonObject &data = {},
                                       const QByteArray &accept = "application/json")
    {
        const QJsonObject message{{u"action"_s, action}, {u"data"_s, data}};
        return browser.fetch({.method = "POST",
                              .address = page,
                              .headers = {{"Content-Type", "application/json"}, {"Accept", accept}},
                              .body = QJsonDocument(message).toJson()});
    }
    /// A form as a browser sends it, without going where the answer says.
    static LiveTest::Response postForm(LiveTest::Browser &browser, const QUrlQuery &fields,
                                       const QString &query = {})
    {
        return browser.fetch(
            {.method = "POST",
             .address = page + query,
             .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                         {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}},
             .body = fields.toString(QUrl::FullyEncoded).toLatin1().replace("%20", "+")});
    }
    static LiveTest::Response get(LiveTest::Browser &browser, const QByteArray &accept = {})
    {
        LiveTest::Request request{.address = page};
        if (!accept.isEmpty())
            request.headers.emplaceBack("Accept", accept);
        return browser.fetch(request);
    }

    static inline const QString page = u"/deep/page"_s;

    std::shared_ptr<MemorySessionStore> m_store;
    std::optional<LiveTest::Site> m_site;
    TierController *m_controller = nullptr;
};

void TestTiers::init()
{
    start();
}

void TestTiers::sameState_data()
{
    QTest::addColumn<QList<Step>>("steps");
    QTest::addColumn<QJsonObject>("state");
    const auto state = [](int counter, const QString &name, const QJsonArray &tags) {
        return QJsonObject{{u"counter"_s, counter}, {u"name"_s, name}, {u"tags"_s, tags}};
    };
    QTest::newRow("one") << QList<Step>{{u"increment"_s}} << state(1, {}, {});
    QTest::newRow("several") << QList<Step>{{u"increment"_s}, {u"increment"_s}, {u"increment"_s}}
                             << state(3, {}, {});
    QTest::newRow("a number as text")
        << QList<Step>{{u"increment"_s, {{u"by"_s, u"7"_s}}}} << state(7, {}, {});
    QTest::newRow("no number") << QList<Step>{{u"increment"_s, {{u"by"_s, u"many"_s}}}}
                               << state(1, {}, {});
    for (const auto &spelling : {u"addTag"_s, u"AddTag"_s, u"add_tag"_s, u"add-tag"_s}) {
        QTest::addRow("spelled %s", qPrintable(spelling))
            << QList<Step>{{spelling, {{u"tag"_s, u"x"_s}}}} << state(0, {}, {u"x"_s});
    }
    QTest::newRow("text that must be encoded")
        << QList<Step>{{u"addTag"_s, {{u"tag"_s, u"ü & <b>+1=2%?#;"_s}}},
                       {u"addTag"_s, {{u"tag"_s, u"\U0001f600"_s}}}}
        << state(0, {}, {u"ü & <b>+1=2%?#;"_s, u"\U0001f600"_s});
    QTest::newRow("errors leave the state")
        << QList<Step>{{u"increment"_s}, {u"rename"_s, {{u"name"_s, u"  "_s}}}} << state(1, {}, {});
    QTest::newRow("general error leaves the state")
        << QList<Step>{{u"increment"_s}, {u"rename"_s, {{u"name"_s, u"root"_s}}}}
        << state(1, {}, {});
    QTest::newRow("success after an error")
        << QList<Step>{{u"rename"_s, {{u"name"_s, {}}}}, {u"rename"_s, {{u"name"_s, u"Ada"_s}}}}
        << state(0, u"Ada"_s, {});
    for (const auto &hook : {u"mount"_s, u"Mount"_s, u"onConnect"_s, u"on_connect"_s,
                             u"onDisconnect"_s, u"on-disconnect"_s, u"deleteLater"_s}) {
        QTest::addRow("hook %s", qPrintable(hook))
            << QList<Step>{{u"increment"_s}, {hook, {{u"preset"_s, u"stolen"_s}}}}
            << state(1, {}, {});
    }
    QTest::newRow("unknown") << QList<Step>{{u"increment"_s}, {u"nothing"_s}} << state(1, {}, {});
    QTest::newRow("wrong case") << QList<Step>{{u"increment"_s}, {u"INCREMENT"_s}}
                                << state(1, {}, {});
    QTest::newRow("data called action")
        << QList<Step>{{u"increment"_s, {{u"action"_s, u"addTag"_s}, {u"by"_s, u"2"_s}}}}
        << state(2, {}, {});
}

void TestTiers::sameState()
{
    QFETCH(QList<Step>, steps);
    QFETCH(QJsonObject, state);
    QCOMPARE(through(LiveTest::Browser::Scripts::On, steps), state);
    QCOMPARE(through(LiveTest::Browser::Scripts::WithoutWebSocket, steps), state);
    QCOMPARE(through(LiveTest::Browser::Scripts::Off, steps), state);
}

void TestTiers::jsonBootstrap()
{
    LiveTest::Browser browser(*m_site);
    const LiveTest::Response answer = get(browser, "application/json");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "application/json"_ba);
    QVERIFY(!browser.cookie("livetemplate-id").isEmpty());
    const QJsonObject meta = answer.json().value(u"meta").toObject();
    QCOMPARE(meta.value(u"success"), QJsonValue(true));
    QVERIFY(meta.value(u"errors").isNull());
    QCOMPARE(meta.value(u"capabilities"), QJsonArray{u"progressive_enhancement"_s});
    QVERIFY(answer.json().value(u"tree").toObject().contains(u"s"_s));
    // The very tree that a WebSocket would have begun with.
    QCOMPARE(QJsonValue(browser.open(page).updates().first().tree()), answer.json().value(u"tree"));
}

void TestTiers::jsonAnswersAreFullTrees()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser, "application/json");
    for (int i = 1; i <= 2; ++i) {
        const LiveTest::Response answer = postJson(browser, u"increment"_s);
        QCOMPARE(answer.status, 200);
        const QJsonObject tree = answer.json().value(u"tree").toObject();
        QVERIFY(tree.contains(u"s"_s));
        QCOMPARE(tree.value(u"0").toString(), QString::number(i));
        const QJsonObject meta = answer.json().value(u"meta").toObject();
        QCOMPARE(meta,
                 (QJsonObject{{u"success"_s, true},
                              {u"errors"_s, QJsonObject()},
                              {u"action"_s, u"increment"_s}}));
    }
    const QJsonObject failed = postJson(browser, u"rename"_s).json().value(u"meta").toObject();
    QCOMPARE(failed,
             (QJsonObject{{u"success"_s, false},
                          {u"errors"_s, QJsonObject{{u"name"_s, u"A name is needed."_s}}},
                          {u"action"_s, u"rename"_s}}));
}

void TestTiers::whatCountsAsJson_data()
{
    QTest::addColumn<QByteArray>("accept");
    QTest::addColumn<bool>("json");
    QTest::newRow("json") << "application/json"_ba << true;
    QTest::newRow("json first") << "application/json, text/html"_ba << true;
    QTest::newRow("suffix") << "application/problem+json"_ba << true;
    QTest::newRow("anything, then json") << "*/*, application/json"_ba << true;
    QTest::newRow("parameters") << "application/json;q=0.5"_ba << true;
    QTest::newRow("case") << "Application/JSON"_ba << true;
    QTest::newRow("html first") << "text/html, application/json"_ba << false;
    QTest::newRow("anything") << "*/*"_ba << false;
    QTest::newRow("image") << "image/png"_ba << false;
}

void TestTiers::whatCountsAsJson()
{
    QFETCH(QByteArray, accept);
    QFETCH(bool, json);
    LiveTest::Browser browser(*m_site);
    const LiveTest::Response answer = get(browser, accept);
    QCOMPARE(answer.header("content-type").startsWith("application/json"), json);
}

void TestTiers::formSucceeds()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    const LiveTest::Response answer = postForm(
        browser, {{u"lvt-action"_s, u"increment"_s}, {u"by"_s, u"3"_s}}, u"?view=all&q=a%20b"_s);
    QCOMPARE(answer.status, 303);
    // Relative, so that it is right behind a proxy that takes a prefix away.
    QCOMPARE(answer.header("location"), "./page?view=all&q=a%20b"_ba);
    QVERIFY(get(browser).body.contains("<p id=\"count\">3</p>"));
}

void TestTiers::formFails()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    const LiveTest::Response answer = postForm(
        browser, {{u"lvt-action"_s, u"rename"_s}, {u"name"_s, QString()}});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("<p id=\"failed\">A name is needed.</p>"));
    QVERIFY(answer.body.contains("<p id=\"bad\">"));
    QVERIFY(answer.body.contains("aria-invalid=\"true\" aria-describedby=\"lvt-error-name\""));
    QVERIFY(answer.body.contains("id=\"lvt-error-name\">A name is needed.</small>"));
    QVERIFY(answer.body.contains("<p id=\"count\">0</p>"));
    // They are gone with the next page.
    QVERIFY(!get(browser).body.contains("A name is needed."));
    const LiveTest::Response general = postForm(
        browser, {{u"lvt-action"_s, u"rename"_s}, {u"name"_s, u"root"_s}});
    QVERIFY(general.body.contains("Not &quot;root&quot; &amp; co."));
}

void TestTiers::formWithAnEmptyButton()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    QCOMPARE(postForm(browser, {{u"increment"_s, QString()}, {u"by"_s, u"2"_s}}).status, 303);
    QCOMPARE(saved(browser).value(u"counter").toInt(), 2);
    // Two candidates: no guess.
    (void)postForm(
        browser,
        {{u"increment"_s, QString()}, {u"tag"_s, QString()}, {u"lvt-submitter"_s, u"save"_s}});
    QCOMPARE(saved(browser).value(u"counter").toInt(), 2);
}

void TestTiers::formInMultipart()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    const LiveTest::Response answer = browser.fetch(
        {.method = "POST",
         .address = page,
         .headers = {{"Content-Type", "multipart/form-data; boundary=xyz"},
                     {"Accept", "text/html"}},
         .body = "--xyz\r\nContent-Disposition: form-data; name=\"lvt-action\"\r\n\r\nincrement\r\n"
                 "--xyz\r\nContent-Disposition: form-data; name=\"by\"\r\n\r\n4\r\n--xyz--\r\n"});
    QCOMPARE(answer.status, 303);
    QCOMPARE(saved(browser).value(u"counter").toInt(), 4);
}

void TestTiers::flashTravelsInACookie()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    const LiveTest::Response answer = postForm(
        browser, {{u"lvt-action"_s, u"rename"_s}, {u"name"_s, u"A&B"_s}});
    QCOMPARE(answer.status, 303);
    QVERIFY(answer.header("set-cookie")
                .contains("lvt-flash=success=Renamed%20to%20%3CA%26B%3E; Path=/; Max-Age=10; "
                          "HttpOnly; SameSite=Lax"));
    const LiveTest::Response shown = get(browser);
    QVERIFY(shown.body.contains("<p id=\"flash\">Renamed to &lt;A&amp;B&gt;</p>"));
    QVERIFY(shown.body.contains("data-flash=\"success\">Renamed to &lt;A&amp;B&gt;</output>"));
    QVERIFY(shown.header("set-cookie").contains("lvt-flash=; Path=/; Max-Age=0"));
    QVERIFY(get(browser).body.contains("<p id=\"flash\"></p>"));
}

void TestTiers::flashIsHandedOverToTheWebSocket()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    (void)postForm(browser, {{u"lvt-action"_s, u"rename"_s}, {u"name"_s, u"Ada"_s}});
    // Otherwise the message would vanish as soon as the page comes alive.
    const LiveTest::Tab first = browser.open(page);
    QCOMPARE(first.updates().size(), 1);
    QCOMPARE(first.text(u"#flash"), u"Renamed to <Ada>"_s);
    const LiveTest::Tab second = browser.open(page);
    QVERIFY(!second.html().contains(u"Renamed"));
}

void TestTiers::flashStaysOnAConnection()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open(page);
    QVERIFY(tab.send(u"rename"_s, {{u"name"_s, u"Ada"_s}}));
    QCOMPARE(tab.text(u"#flash"), u"Renamed to <Ada>"_s);
    QVERIFY(tab.send(u"increment"_s));
    QCOMPARE(tab.text(u"#flash"), u"Renamed to <Ada>"_s);
    QVERIFY(!tab.lastAnswer().bytes().contains("Renamed")); // still there: not sent again
    QVERIFY(tab.send(u"flashAndClear"_s));
    QCOMPARE(tab.text(u"#flash"), QString());
}

void TestTiers::redirectAndCookies()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    const LiveTest::Response answer = postForm(browser, {{u"lvt-action"_s, u"login"_s}});
    QCOMPARE(answer.status, 303);
    QCOMPARE(answer.header("location"), "/other?x=1"_ba);
    QVERIFY(
        answer.header("set-cookie").contains("token=a%20b%3Bc; Path=/; HttpOnly; SameSite=Lax"));
    QCOMPARE(saved(browser).value(u"name").toString(), u"first"_s);
    (void)postForm(browser, {{u"lvt-action"_s, u"login"_s}});
    QCOMPARE(saved(browser).value(u"name").toString(), u"again"_s);
}

void TestTiers::redirectsElsewhereAreRefused_data()
{
    QTest::addColumn<QString>("location");
    for (const auto &location :
         {u"https://evil.example/"_s, u"//evil.example"_s, u"/\\evil.example"_s,
          u"\\\\evil.example"_s, u"javascript:alert(1)"_s, u"/a\r\nSet-Cookie: x=y"_s})
        QTest::newRow(qPrintable(location.toHtmlEscaped().simplified())) << location;
}

void TestTiers::redirectsElsewhereAreRefused()
{
    QFETCH(QString, location);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"not relative"_s));
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    const LiveTest::Response answer = postJson(browser, u"login"_s, {{u"to"_s, location}},
                                               "text/html");
    QCOMPARE(answer.status, 303);
    QCOMPARE(answer.header("location"), "./page"_ba);
    QVERIFY(!m_controller->redirected);
}

void TestTiers::overAWebSocketThereIsNoHttp()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a redirect over a WebSocket"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a cookie over a WebSocket"_s));
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open(page);
    QVERIFY(tab.send(u"login"_s));
    QVERIFY(!m_controller->redirected);
    QVERIFY(!m_controller->hasSetCookie);
}

void TestTiers::queryIsMergedUnderTheBody()
{
    LiveTest::Browser browser(*m_site);
    (void)get(browser);
    (void)postForm(browser, {{u"lvt-action"_s, u"increment"_s}}, u"?by=9"_s);
    QCOMPARE(saved(browser).value(u"counter").toInt(), 9);
    (void)postForm(browser, {{u"lvt-action"_s, u"increment"_s}, {u"by"_s, u"1"_s}}, u"?by=9"_s);
    QCOMPARE(saved(browser).value(u"counter").toInt(), 10);
}

void TestTiers::postBroadcastsToAll()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Browser strangers(*m_site);
    LiveTest::Tab first = browser.open(page);
    LiveTest::Tab second = browser.open(page);
    LiveTest::Tab stranger = strangers.open(page);
    (void)postForm(browser, {{u"lvt-action"_s, u"tell"_s}});
    for (LiveTest::Tab *tab : {&first, &second}) {
        QVERIFY(tab->waitForUpdate());
        QCOMPARE(tab->lastUpdate().bytes(), R"({"tree":{"0":"5"}})");
    }
    QVERIFY(stranger.isQuiet());
    QCOMPARE(stranger.updates().size(), 1);
}

void TestTiers::withoutProgressiveEnhancement()
{
    ServerOptions options;
    options.progressiveEnhancement = false;
    start(options);
    LiveTest::Browser browser(*m_site);
    const LiveTest::Response answer = postForm(browser, {{u"lvt-action"_s, u"increment"_s}});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), "application/json"_ba);
    QCOMPARE(answer.json().value(u"tree").toObject().value(u"0").toString(), u"1"_s);
}

void TestTiers::refusedBodies_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("no JSON") << "application/json"_ba << "{"_ba << 400;
    QTest::newRow("a list") << "application/json"_ba << "[]"_ba << 400;
    QTest::newRow("ping") << "application/json"_ba << R"({"action":"__ping__"})"_ba << 400;
    QTest::newRow("navigate") << "application/json"_ba << R"({"action":"__navigate__"})"_ba << 400;
    QTest::newRow("navigate in a form") << "application/x-www-form-urlencoded"_ba
                                        << "lvt-action=__navigate__"_ba << 400;
    QTest::newRow("text") << "text/plain"_ba << "increment"_ba << 415;
    QTest::newRow("no end") << "multipart/form-data; boundary=b"_ba << "--b\r\n"_ba << 400;
    QTest::newRow("too large") << "application/json"_ba << QByteArray(1024 * 1024 + 1, ' ') << 413;
}

void TestTiers::refusedBodies()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    LiveTest::Browser browser(*m_site);
    const LiveTest::Response answer = browser.fetch(
        {.method = "POST", .address = page, .headers = {{"Content-Type", type}}, .body = body});
    QCOMPARE(answer.status, status);
    QVERIFY(answer.body.endsWith(".\n")); // a sentence
}

void TestTiers::uploadsAreRefused()
{
    LiveTest::Browser browser(*m_site);
    const LiveTest::Response started = browser.fetch(
        {.method = "POST",
         .address = page,
         .headers = {{"Content-Type", "application/json"}, {"X-Lvt-Upload", "start"}},
         .body
         = R"({"action":"upload_start","upload_name":"photo","files":[{"name":"a.png","size":3}]})"});
    QCOMPARE(started.status, 200);
    const QJsonObject entry = started.json().value(u"entries").toArray().at(0).toObject();
    QCOMPARE(entry.value(u"client_name").toString(), u"a.png"_s);
    QCOMPARE(entry.value(u"valid"), QJsonValue(false));
    QVERIFY(entry.value(u"error").toString().endsWith(u'.'));
    const LiveTest::Response proxied = browser.fetch(
        {.method = "POST",
         .address = page,
         .headers = {{"Content-Type", "multipart/form-data; boundary=b"},
                     {"X-Lvt-Upload", "proxied"}},
         .body = "--b--"});
    QCOMPARE(proxied.status, 501);
    LiveTest::Tab tab = browser.open(page);
    tab.sendRaw(
        R"({"action":"upload_start","upload_name":"photo","files":[{"name":"a.png","size":3}]})");
    QTRY_COMPARE(tab.updates().size(), 2);
    QCOMPARE(QJsonDocument::fromJson(tab.lastUpdate().bytes()).object(), started.json());
    tab.sendRaw(R"({"action":"upload_chunk","entry_id":"x","chunk_base64":"AA=="})");
    QVERIFY(tab.isQuiet());
    QCOMPARE(tab.updates().size(), 2);
}

void TestTiers::errorsAreOfTheLastAction()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open(page);
    QVERIFY(tab.send(u"rename"_s));
    QCOMPARE(tab.errors(), (QMap<QString, QString>{{u"name"_s, u"A name is needed."_s}}));
    QVERIFY(tab.html().contains(u"lvt-error-name"));
    QVERIFY(tab.send(u"nothing"_s));
    QVERIFY(tab.lastAnswer().success());
    QVERIFY(!tab.lastAnswer().tree().isEmpty()); // the messages are taken away
    QVERIFY(!tab.html().contains(u"lvt-error-name"));
    QVERIFY(tab.send(u"nothing"_s));
    QCOMPARE(tab.lastAnswer().diff(), "{}");
}

void TestTiers::scriptsHaveTheNonce()
{
    LiveTest::Browser browser(*m_site);
    const LiveTest::Response first = get(browser);
    const LiveTest::Response second = get(browser);
    static const QRegularExpression inHeader(u"'nonce-([A-Za-z0-9_-]{22})'"_s);
    static const QRegularExpression inPage(u"<script nonce=\"([^\"]*)\">window"_s);
    const auto find = [](const QRegularExpression &expression, const QByteArray &text) {
        return expression.match(QString::fromUtf8(text)).captured(1);
    };
    const QString nonce = find(inHeader, first.header("content-security-policy"));
    QVERIFY(!nonce.isEmpty());
    QCOMPARE(find(inPage, first.body), nonce);
    QVERIFY(find(inHeader, second.header("content-security-policy")) != nonce);
    QCOMPARE(first.header("x-frame-options"), "SAMEORIGIN"_ba);
    QCOMPARE(first.header("x-content-type-options"), "nosniff"_ba);
    QCOMPARE(first.header("referrer-policy"), "strict-origin-when-cross-origin"_ba);
}

void TestTiers::rulesOfThePagesForm_data()
{
    QTest::addColumn<QString>("nickname");
    QTest::addColumn<bool>("valid");
    QTest::newRow("good") << u"ada"_s << true;
    QTest::newRow("missing") << QString() << false;
    QTest::newRow("too long") << u"abcdefghijk"_s << false;
    QTest::newRow("other letters") << u"ADA"_s << false;
}

void TestTiers::rulesOfThePagesForm()
{
    QFETCH(QString, nickname);
    QFETCH(bool, valid);
    const QString expected = valid ? nickname : QString();
    const QList<Step> steps{{u"checked"_s, {{u"nickname"_s, nickname}}}};
    for (const auto scripts :
         {LiveTest::Browser::Scripts::On, LiveTest::Browser::Scripts::WithoutWebSocket,
          LiveTest::Browser::Scripts::Off})
        QCOMPARE(through(scripts, steps).value(u"name").toString(), expected);
}

QTEST_GUILESS_MAIN(TestTiers)
#include "tst_tiers.moc"
