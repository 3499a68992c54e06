// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The test kit, on a page that has one of everything.

#include "shop.h"

#include <LiveTemplate/BasicAuthenticator>
#include <LiveTemplate/LiveTest>
#include <LiveTemplate/SessionStore>

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A site with the shop, and another page.
void mountShop(LiveTest::Site &site)
{
    site.mount<ShopState>(u"/", u":/shop.html", new ShopController);
    site.mount<ShopState>(u"/other", u":/other.html", new ShopController);
}

} // namespace

class LiveTestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looks();
    void clicks();
    void sendsWhatTheClientSends_data();
    void sendsWhatTheClientSends();
    void formsAreResetAndKept();
    void readsTheDiffAndItsBytes();
    void tabsFollowAndStrangersDoNot();
    void threadsTrigger();
    void comparesTheState();
    void navigates();
    void goesWithoutScripts();
    void goesWithoutWebSocket();
    void postsNatively();
    void dropsAndReconnects();
    void timePasses();
    void serversAreJoined();
    void restarts();
    void usesCredentials();
    void respectsTheRateLimit();
    void fetches();
    void sendsFormsThatAreNotOnThePage();
    void saysWhyAConnectionEnded();
    void servesWithSeveralThreads();
    void hasNoPort();
};

void LiveTestTest::looks()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    const LiveTest::Tab tab = browser.open();
    QCOMPARE(tab.status(), 200);
    QCOMPARE(tab.address(), u"/"_s);
    QCOMPARE(tab.title(), u"Shop of Ada"_s);
    QCOMPARE(tab.text(u"#greeting"), u"Welcome, Ada"_s);
    QCOMPARE(tab.texts(u"nav a"), (QStringList{u"next"_s, u"other"_s, u"away"_s, u"here"_s}));
    QCOMPARE(tab.count(u"form[name] button"), 3);
    QVERIFY(tab.has(u"li.none"));
    QVERIFY(!tab.has(u"#notice"));
    QCOMPARE(tab.attribute(u"nav a:first-child", u"href"), u"?page=2"_s);
    QVERIFY(tab.attribute(u"nav a", u"title").isNull());
    QCOMPARE(tab.outerHtml(u"span.plain"), u"<span class=\"plain\">nothing <b>here</b></span>"_s);
    QCOMPARE(tab.value(u"[name=colour]"), u"g"_s);
    QCOMPARE(tab.value(u"textarea"), u"first"_s);
    QVERIFY(tab.isChecked(u"[name=size][value=s]"));
    QVERIFY(!tab.isChecked(u"[name=wanted]"));
    QVERIFY(tab.document().startsWith(u"<!DOCTYPE html>"));
    QVERIFY(tab.html().contains(u"<p id=\"count\">0</p>"));
    QVERIFY(!tab.html().contains(u"<script"));
}

void LiveTestTest::clicks()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.isConnected());
    QVERIFY(tab.click(u"button[name=increment]"));
    QVERIFY(tab.click(u"button:contains('+1')"));
    QCOMPARE(tab.text(u"#count"), u"2"_s);
    // By its name alone there are two: the first is meant, and the other is disabled.
    QVERIFY(tab.has(u"#off:disabled"));
    // What is in an element that listens is clicked with it.
    QVERIFY(tab.click(u"#inner"));
    QCOMPARE(tab.text(u"#seen"), u"{\"note\":\"clicked\"}"_s);
    QVERIFY(tab.press(u"div[tabindex]", u"Escape"_s));
    QCOMPARE(tab.text(u"#seen"), u"{\"note\":\"escaped\"}"_s);
    // A key that nobody listens to does nothing.
    tab.send(u"quiet"_s);
    const qsizetype before = tab.updates().size();
    (void)tab.press(u"#greeting", u"a"_s);
    QCOMPARE(tab.updates().size(), before);
}

void LiveTestTest::sendsWhatTheClientSends_data()
{
    // What @livetemplate/client sends for the same (PROTOCOL.md B.3).
    using Act = std::function<bool(LiveTest::Tab &)>;
    QTest::addColumn<Act>("act");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("data");

    QTest::newRow("button without a form")
        << Act([](LiveTest::Tab &tab) { return tab.click(u"[name=add]"); }) << u"add"_s
        << uR"({"reason":"gift","value":5})"_s;
    QTest::newRow("form by its name")
        << Act([](LiveTest::Tab &tab) {
               return tab.type(u"[name=price]", u" 007 "_s) && tab.type(u"#name", u"42"_s)
                   && tab.type(u"[name=secret]", u"42"_s) && tab.click(u"#save");
           })
        << u"save"_s
        << uR"({"colour":"g","name":42,"price":" 007 ","remark":"first","secret":"42","size":"s","wanted":false})"_s;
    QTest::newRow("form by a button")
        << Act([](LiveTest::Tab &tab) {
               return tab.check(u"[name=wanted]") && tab.check(u"[name=size][value=l]")
                   && tab.choose(u"[name=colour]", u"Red"_s) && tab.click(u"[name=preview]");
           })
        << u"preview"_s
        << uR"({"colour":"r","mode":"fast","name":"","price":"","remark":"first","secret":"","size":"l","value":7,"wanted":true})"_s;
    QTest::newRow("Enter in a field")
        << Act([](LiveTest::Tab &tab) {
               return tab.type(u"#name", u"Bo"_s) && tab.press(u"#name", u"Enter"_s);
           })
        << u"save"_s
        << uR"({"colour":"g","name":"Bo","price":"","remark":"first","secret":"","size":"s","wanted":false})"_s;
    QTest::newRow("a field with lvt-on:input")
        << Act([](LiveTest::Tab &tab) { return tab.type(u"[name=search]", u"true"_s); })
        << u"search"_s << uR"({"search":true})"_s;
    QTest::newRow("a bound field")
        << Act([](LiveTest::Tab &tab) { return tab.type(u"#name", u"5"_s); }) << u"change"_s
        << uR"({"name":"5"})"_s;
    QTest::newRow("a select") << Act([](LiveTest::Tab &tab) {
        return tab.choose(u"select", u"r"_s);
    }) << u"change"_s << uR"({"colour":"r"})"_s;
    QTest::newRow("a label of a check box, then its form")
        << Act([](LiveTest::Tab &tab) {
               return tab.click(u"label:contains('wanted')") && tab.click(u"[name=preview]");
           })
        << u"preview"_s
        << uR"({"colour":"g","mode":"fast","name":"","price":"","remark":"first","secret":"","size":"s","value":7,"wanted":true})"_s;
    QTest::newRow("without an element")
        << Act([](LiveTest::Tab &tab) { return tab.send(u"note"_s, {{u"a"_s, 1}}); }) << u"note"_s
        << uR"({"a":1})"_s;
}

void LiveTestTest::sendsWhatTheClientSends()
{
    QFETCH(const std::function<bool(LiveTest::Tab &)>, act);
    QFETCH(const QString, action);
    QFETCH(const QString, data);
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(act(tab));
    QCOMPARE(tab.lastAnswer().action(), action);
    QCOMPARE(tab.text(u"#seen"), data);
}

void LiveTestTest::formsAreResetAndKept()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    tab.type(u"[name=price]", u"12"_s);
    tab.type(u"[name=search]", u"x"_s);
    QCOMPARE(tab.value(u"[name=price]"), u"12"_s);
    // An error keeps what was typed.
    tab.click(u"#save");
    QVERIFY(!tab.lastAnswer().success());
    QCOMPARE(tab.errors().value(u"name"_s), u"Say a name."_s);
    QCOMPARE(tab.text(u".error"), u"Say a name."_s);
    QCOMPARE(tab.value(u"[name=price]"), u"12"_s);
    // Success resets the form, and nothing else.
    tab.type(u"#name", u"Bo"_s);
    tab.click(u"#save");
    QVERIFY(tab.lastAnswer().success());
    QVERIFY(!tab.has(u".error"));
    QCOMPARE(tab.value(u"[name=price]"), QString());
    QCOMPARE(tab.value(u"[name=search]"), u"x"_s);
    // What the server says wins.
    QCOMPARE(tab.value(u"#name"), u"Bo"_s);
    QCOMPARE(tab.texts(u"li"), QStringList{u"Bo x"_s});
    tab.click(u"li [name=remove]");
    QCOMPARE(tab.texts(u"li"), QStringList{u"none"_s});
}

void LiveTestTest::readsTheDiffAndItsBytes()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(!tab.lastUpdate().isAnswer());
    QVERIFY(tab.lastUpdate().tree().contains(u"s"_s));
    QCOMPARE(tab.lastUpdate().capabilities(),
             (QStringList{u"change"_s, u"progressive_enhancement"_s}));
    tab.click(u"[name=increment]");
    QCOMPARE(tab.lastAnswer().tree().size(), 1);
    QCOMPARE(tab.lastAnswer().tree().begin().value().toString(), u"1"_s);
    QVERIFY(tab.lastAnswer().diff().endsWith(R"(:"1"})"));
    QCOMPARE(tab.lastAnswer().size(), tab.lastAnswer().bytes().size());
    QVERIFY2(tab.lastAnswer().size() < 100, tab.lastAnswer().bytes().constData());
    tab.click(u"[name=quiet]");
    QCOMPARE(tab.lastAnswer().diff(), "{}");
    QCOMPARE(tab.updates().size(), 3);
    tab.click(u"[name=broken]");
    QCOMPARE(tab.errors(), (QMap<QString, QString>{{u"_general"_s, u"It is broken."_s}}));
}

void LiveTestTest::tabsFollowAndStrangersDoNot()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser ours(site);
    LiveTest::Browser theirs(site);
    LiveTest::Tab first = ours.open();
    LiveTest::Tab second = ours.open();
    LiveTest::Tab stranger = theirs.open();
    QVERIFY(ours.cookie("livetemplate-id") != theirs.cookie("livetemplate-id"));
    first.click(u"[name=increment]");
    QVERIFY(second.waitForUpdate());
    QCOMPARE(second.text(u"#count"), u"1"_s);
    QVERIFY(!second.lastUpdate().isAnswer());
    QVERIFY(stranger.isQuiet());
    QCOMPARE(stranger.text(u"#count"), u"0"_s);
    // A browser that has lost its cookie is a stranger.
    ours.clearCookies();
    QCOMPARE(ours.open().text(u"#count"), u"0"_s);
}

void LiveTestTest::threadsTrigger()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    tab.send(u"later"_s);
    QTRY_COMPARE(tab.texts(u"li"), QStringList{u"arrived x"_s});
    QVERIFY(tab.waitForUpdate());
}

void LiveTestTest::comparesTheState()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    LiveTest::Tab other = browser.open();
    tab.click(u"[name=add]");
    ShopState expected;
    expected.count = 5;
    expected.seen = uR"({"reason":"gift","value":5})"_s;
    expected.opened = site.now().toString(Qt::ISODate);
    QCOMPARE(tab.state<ShopState>(), expected);
    QCOMPARE(other.state<ShopState>().count, 0);
    QCOMPARE(tab.stateAsJson().value(u"count"), 5);
}

void LiveTestTest::navigates()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    tab.click(u"[name=increment]");
    // Another query of the same page goes over the connection.
    tab.click(u"a:contains(next)");
    QCOMPARE(tab.lastAnswer().action(), u"__navigate__"_s);
    QCOMPARE(tab.address(), u"/?page=2"_s);
    QCOMPARE(tab.text(u"#seen"), u"page 2"_s);
    QCOMPARE(tab.text(u"#count"), u"1"_s);
    // Another page is loaded.
    tab.click(u"a:contains(other)");
    QCOMPARE(tab.address(), u"/other"_s);
    QCOMPARE(tab.text(u"#other"), u"Ada"_s);
    QVERIFY(tab.navigate(u"/?page=3"_s));
    QCOMPARE(tab.text(u"#seen"), u"page 3"_s);
    QVERIFY(tab.reload());
    QCOMPARE(tab.text(u"#count"), u"1"_s);
    QVERIFY(tab.click(u"a:contains(here)"));
    QCOMPARE(tab.address(), u"/?page=3"_s);
    QCOMPARE(browser.open(u"/missing"_s, 404).status(), 404);
}

void LiveTestTest::goesWithoutScripts()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site, LiveTest::Browser::Scripts::Off);
    LiveTest::Tab tab = browser.open();
    QVERIFY(!tab.isConnected());
    QCOMPARE(tab.text(u"#greeting"), u"Welcome, Ada"_s);
    tab.type(u"[name=user]", u"Grace"_s);
    tab.click(u"[name=enter]");
    QCOMPARE(tab.text(u"#greeting"), u"Welcome, Grace"_s);
    tab.click(u"a:contains(next)");
    QCOMPARE(tab.text(u"#seen"), u"page 2"_s);
    QVERIFY(tab.lastUpdate().isNull());
}

void LiveTestTest::goesWithoutWebSocket()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser behindProxy(site, LiveTest::Browser::Scripts::WithoutWebSocket);
    LiveTest::Tab tab = behindProxy.open();
    LiveTest::Tab other = behindProxy.open();
    QVERIFY(!tab.isConnected());
    QCOMPARE(tab.updates().size(), 1);
    QVERIFY(!tab.connectionId());
    QVERIFY(tab.click(u"[name=increment]"));
    QCOMPARE(tab.text(u"#count"), u"1"_s);
    QCOMPARE(tab.lastAnswer().action(), u"increment"_s);
    tab.click(u"#save");
    QCOMPARE(tab.text(u".error"), u"Say a name."_s);
    // What others do shows with the next answer.
    QCOMPARE(other.text(u"#count"), u"0"_s);
    other.click(u"[name=increment]");
    QCOMPARE(other.text(u"#count"), u"2"_s);
}

void LiveTestTest::postsNatively()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    tab.type(u"[name=user]", u"Grace \"Ä\" Hopper"_s);
    // A file input in which nothing is chosen: a part without a name.
    QVERIFY(tab.click(u"[name=enter]"));
    QCOMPARE(tab.address(), u"/"_s);
    QCOMPARE(tab.text(u"#greeting"), u"Welcome, Grace \"Ä\" Hopper"_s);
    QVERIFY(tab.isConnected());
    QVERIFY(!tab.text(u"#seen").contains(u"photo"));
}

void LiveTestTest::dropsAndReconnects()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    LiveTest::Tab other = browser.open();
    tab.click(u"[name=increment]");
    QTRY_COMPARE(other.text(u"#count"), u"1"_s);
    tab.drop();
    QVERIFY(!tab.isConnected());
    // What others do meanwhile is not seen; what it does itself goes by HTTP.
    other.click(u"[name=increment]");
    QCOMPARE(tab.text(u"#count"), u"1"_s);
    QVERIFY(tab.click(u"[name=increment]"));
    QCOMPARE(tab.text(u"#count"), u"3"_s);
    QTRY_COMPARE(other.text(u"#count"), u"3"_s);
    QVERIFY(tab.reconnect());
    QVERIFY(tab.isConnected());
    QCOMPARE(tab.text(u"#count"), u"3"_s);
    tab.close();
    QVERIFY(!tab.isConnected());
}

void LiveTestTest::timePasses()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.sessionTtl = 1h;
    options.idleTimeout = 2h;
    LiveTest::Site site(options);
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    const QDateTime opened = site.now();
    QCOMPARE(tab.text(u"#now"), opened.toString(Qt::ISODate));
    tab.type(u"#name", u"Bo"_s);
    tab.click(u"#save");
    QCOMPARE(tab.text(u"#notice"), u"Saved."_s);
    // A flash message goes with the next action after its time.
    site.advance(59s);
    tab.click(u"[name=quiet]");
    QVERIFY(tab.has(u"#notice"));
    site.advance(2s);
    tab.click(u"[name=quiet]");
    QVERIFY(!tab.has(u"#notice"));
    // The session outlives half an hour, and not two; a connection of which nothing is heard
    // neither.
    site.advance(30min);
    QCOMPARE(browser.open().texts(u"li"), QStringList{u"Bo x"_s});
    QVERIFY(tab.isConnected());
    site.advance(2h);
    QVERIFY(tab.waitForDisconnected());
    LiveTest::Tab later = browser.open();
    QCOMPARE(later.texts(u"li"), QStringList{u"none"_s});
    QCOMPARE(later.text(u"#now"), opened.addSecs(59 + 2 + 1800 + 7200).toString(Qt::ISODate));
}

void LiveTestTest::serversAreJoined()
{
    LiveTest::Cluster cluster;
    LiveTest::Site north(cluster);
    LiveTest::Site south(cluster);
    mountShop(north);
    mountShop(south);
    LiveTest::Browser browser(north);
    LiveTest::Browser stranger(south);
    LiveTest::Tab here = browser.open();
    LiveTest::Tab there = browser.openAt(south);
    LiveTest::Tab other = stranger.open();
    here.click(u"[name=increment]");
    QTRY_COMPARE(there.text(u"#count"), u"1"_s);
    QVERIFY(other.isQuiet());
    // What was done here is saved for both.
    there.close();
    here.send(u"note"_s, {{u"a"_s, 1}});
    QTRY_COMPARE(browser.openAt(south).text(u"#seen"), u"{\"a\":1}"_s);
}

void LiveTestTest::restarts()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    tab.click(u"[name=add]");
    site.stop();
    QVERIFY(tab.waitForDisconnected());
    QVERIFY(site.start());
    QVERIFY(tab.reconnect());
    QCOMPARE(tab.text(u"#count"), u"5"_s);
}

void LiveTestTest::usesCredentials()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.authenticator = std::make_shared<BasicAuthenticator>(
        [](const QString &user, const QString &password) {
            return user == "ada"_L1 && password == "secret"_L1;
        });
    LiveTest::Site site(options);
    mountShop(site);
    LiveTest::Browser first(site);
    QCOMPARE(first.open(u"/"_s, 401).status(), 401);
    first.setCredentials(u"ada"_s, u"secret"_s);
    LiveTest::Browser second(site);
    second.setCredentials(u"ada"_s, u"secret"_s);
    // One user in two browsers is one group.
    LiveTest::Tab here = first.open();
    LiveTest::Tab there = second.open();
    here.click(u"[name=increment]");
    QTRY_COMPARE(there.text(u"#count"), u"1"_s);
}

void LiveTestTest::respectsTheRateLimit()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.messageRate = 1;
    options.messageBurst = 2;
    LiveTest::Site site(options);
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    tab.click(u"[name=increment]");
    tab.click(u"[name=increment]");
    tab.click(u"[name=increment]");
    QVERIFY(tab.errors().contains(u"_rate_limit"_s));
    QCOMPARE(tab.text(u"#count"), u"2"_s);
    site.advance(1s);
    tab.click(u"[name=increment]");
    QCOMPARE(tab.text(u"#count"), u"3"_s);
}

void LiveTestTest::fetches()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    // It serves from here on, and the browser keeps the cookie.
    const LiveTest::Response page = browser.fetch({});
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.startsWith("<!DOCTYPE html>"));
    QVERIFY(page.header("set-cookie").startsWith("livetemplate-id="));
    QVERIFY(!browser.cookie("livetemplate-id").isEmpty());
    QVERIFY(browser.fetch({}).header("set-cookie").isEmpty());
    const LiveTest::Response json = browser.fetch({.headers = {{"Accept", "application/json"}}});
    QVERIFY(json.json().contains("tree"_L1));
    QVERIFY(page.json().isEmpty());
    // No redirect is followed.
    const LiveTest::Response posted = browser.fetch(
        {.method = "POST",
         .address = u"/?page=2"_s,
         .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "text/html"}},
         .body = "lvt-action=increment"});
    QCOMPARE(posted.status, 303);
    QVERIFY(posted.header("location").endsWith("?page=2"));
    QCOMPARE(browser.fetch({.address = u"/missing"_s}).status, 404);
    QCOMPARE(browser.open().text(u"#count"), u"1"_s);
}

void LiveTestTest::sendsFormsThatAreNotOnThePage()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site, LiveTest::Browser::Scripts::Off);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.sendForm({{u"lvt-action"_s, u"enter"_s}, {u"user"_s, u"Ä & <b>+1=2%"_s}}));
    QCOMPARE(tab.text(u"#greeting"), u"Welcome, Ä & <b>+1=2%"_s);
    QCOMPARE(tab.address(), u"/"_s);
    QVERIFY(tab.sendForm({{u"lvt-action"_s, u"save"_s}, {u"name"_s, QString()}}));
    QCOMPARE(tab.text(u".error"), u"Say a name."_s);
}

void LiveTestTest::saysWhyAConnectionEnded()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    LiveTest::Tab other = browser.open();
    QCOMPARE(tab.closeCode(), 0);
    QVERIFY(tab.connectionId());
    QVERIFY(tab.connectionId() != other.connectionId());
    site.server().disconnectConnection(*tab.connectionId(), u"Until tomorrow."_s);
    QVERIFY(tab.waitForDisconnected());
    QCOMPARE(tab.closeCode(), 1001);
    QCOMPARE(tab.closeReason(), u"Until tomorrow."_s);
    QVERIFY(!tab.connectionId());
    QVERIFY(other.isQuiet());
    // There was no farewell.
    other.drop();
    QCOMPARE(other.closeCode(), 0);
    QVERIFY(tab.reconnect());
    QCOMPARE(tab.closeCode(), 0);
}

void LiveTestTest::servesWithSeveralThreads()
{
    ServerOptions options = LiveTest::Site::defaultOptions();
    options.threads = 4;
    LiveTest::Site site(options);
    QVERIFY(site.mount<ShopState>(u"/", u":/shop.html",
                                  [] { return std::make_unique<ShopController>(); }));
    QVERIFY(site.mount<ShopState>(u"/other", u":/other.html", new ShopController,
                                  Server::ControllerThreads::All));
    // More strangers than threads.
    std::vector<LiveTest::Browser> browsers;
    std::vector<LiveTest::Tab> tabs;
    for (int i = 0; i < 6; ++i) {
        tabs.push_back(browsers.emplace_back(site).open());
        tabs.push_back(browsers.back().open());
        tabs.back().click(u"[name=increment]");
        QCOMPARE(browsers.back().open(u"/other"_s).text(u"#other"), u"Ada"_s);
    }
    for (LiveTest::Tab &tab : tabs)
        QTRY_COMPARE(tab.text(u"#count"), u"1"_s);
}

void LiveTestTest::hasNoPort()
{
    LiveTest::Site site;
    mountShop(site);
    LiveTest::Browser browser(site);
    const LiveTest::Tab tab = browser.open();
    QVERIFY(tab.isConnected());
    QVERIFY(site.server().isListening());
    QCOMPARE(site.server().port(), 0);
}

QTEST_GUILESS_MAIN(LiveTestTest)
#include "tst_livetest.moc"
