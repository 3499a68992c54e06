// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "chatcontroller.h"
#include "guests.h"
#include "messages.h"
#include "presence.h"
#include "roomauthenticator.h"

#include <LiveTemplate/LiveTest>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The page with all that main() gives it.
struct ChatSite
{
    Guests guests;
    Messages messages;
    std::shared_ptr<LiveTemplate::ManualClock> clock
        = std::make_shared<LiveTemplate::ManualClock>();
    LiveTest::Site site{options()};
    Presence presence{site.server(), guests};

    explicit ChatSite(int threads = 1)
        : site(options(threads))
    {
        const bool isMounted = site.server().mount<ChatState>(u"/", u":/chat.html", [this] {
            auto controller = std::make_unique<ChatController>(guests, messages,
                                                               ChatController::Cookies::Plain);
            QObject::connect(controller.get(), &ChatController::tabsChanged, &presence,
                             &Presence::lookSoon);
            return controller;
        });
        QVERIFY2(isMounted, qPrintable(site.server().errorString()));
    }

    LiveTemplate::ServerOptions options(int threads = 1)
    {
        LiveTemplate::ServerOptions options = LiveTest::Site::defaultOptions();
        options.authenticator = std::make_shared<RoomAuthenticator>(guests);
        options.clock = clock;
        options.threads = threads;
        return options;
    }
};

class ChatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStrangerSeesTheLogInOnly();
    void aNameIsChecked_data();
    void aNameIsChecked();
    void whatIsSaidIsHeardByAll();
    void whatIsSaidIsText();
    void messagesHaveTimes();
    void theOldestAreForgotten();
    void whoIsHere();
    void aNameIsTakenWhileItIsHere();
    void whoLeavesIsOutInAllTabs();
    void aNameTakenOverIsAnotherGuest();
    void aNameIsReservedUntilThePageIsConnected();
    void aCookieOfTheGroupOpensNothing();
    void severalThreadsAreOneRoom();
};

namespace {

/// A tab of @p browser in the room.
LiveTest::Tab enter(LiveTest::Browser &browser, const QString &name)
{
    LiveTest::Tab tab = browser.open();
    tab.type(u"input[name=name]", name);
    tab.submit(u".enter");
    return tab;
}

bool say(LiveTest::Tab &tab, const QString &text)
{
    return tab.type(u"input[name=text]", text) && tab.submit(u".say");
}

const QString said = u".messages span"_s;

} // namespace

void ChatTest::aStrangerSeesTheLogInOnly()
{
    ChatSite chat;
    chat.messages.append(u"an id"_s, u"Ada"_s, u"a secret"_s, chat.site.now());
    LiveTest::Browser browser(chat.site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.has(u".enter"));
    QVERIFY(!tab.document().contains(u"a secret"));
    QVERIFY(tab.send(u"refresh"_s));
    QVERIFY(tab.send(u"say"_s, {{u"text"_s, u"let me in"_s}}));
    QVERIFY(!tab.document().contains(u"a secret"));
    QCOMPARE(chat.messages.all().size(), 1);
}

void ChatTest::aNameIsChecked_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("error");
    QTest::newRow("a name") << u"Ada"_s << QString();
    QTest::newRow("blanks") << u"   "_s << u"Write a name."_s;
    QTest::newRow("a number") << u"42"_s << QString();
    QTest::newRow("what nobody sees") << u"A\u200bda"_s << u"Write it in plain letters."_s;
    QTest::newRow("markup") << u"<b>Ada</b>"_s << QString();
    QTest::newRow("not of this alphabet") << u"Александра"_s << QString();
}

void ChatTest::aNameIsChecked()
{
    QFETCH(const QString, name);
    QFETCH(const QString, error);
    ChatSite chat;
    LiveTest::Browser browser(chat.site);
    LiveTest::Tab tab = enter(browser, name);
    if (error.isEmpty())
        QCOMPARE(tab.attribute(u"input[name=text]", u"placeholder"), u"Say something as "_s + name);
    else
        QCOMPARE(tab.text(u"#name-error"), error);
}

void ChatTest::whatIsSaidIsHeardByAll()
{
    ChatSite chat;
    LiveTest::Browser adasBrowser(chat.site);
    LiveTest::Browser gracesBrowser(chat.site);
    LiveTest::Tab ada = enter(adasBrowser, u"Ada"_s);
    LiveTest::Tab grace = enter(gracesBrowser, u"Grace"_s);
    QVERIFY(say(ada, u"Hello!"_s));
    QTRY_COMPARE(grace.texts(said), QStringList{u"Hello!"_s});
    QVERIFY(say(grace, u"Hello yourself."_s));
    const QStringList both{u"Hello!"_s, u"Hello yourself."_s};
    QTRY_COMPARE(ada.texts(said), both);
    QCOMPARE(grace.texts(said), both);
    QCOMPARE(ada.texts(u".messages b"), (QStringList{u"Ada"_s, u"Grace"_s}));
    QCOMPARE(ada.texts(u".mine span"), QStringList{u"Hello!"_s});
    QCOMPARE(grace.texts(u".mine span"), QStringList{u"Hello yourself."_s});
    // Who comes later reads it, too.
    LiveTest::Browser later(chat.site);
    QCOMPARE(enter(later, u"Edsger"_s).texts(said), both);
}

void ChatTest::whatIsSaidIsText()
{
    ChatSite chat;
    LiveTest::Browser adasBrowser(chat.site);
    LiveTest::Browser gracesBrowser(chat.site);
    LiveTest::Tab ada = enter(adasBrowser, u"<i>Ada</i>"_s);
    LiveTest::Tab grace = enter(gracesBrowser, u"Grace"_s);
    const QString script = u"<script>document.title = 'broken'</script>"_s;
    QVERIFY(say(ada, script));
    QTRY_COMPARE(grace.texts(said), QStringList{script});
    QCOMPARE(grace.texts(u".messages b"), QStringList{u"<i>Ada</i>"_s});
    QVERIFY(!grace.html().contains(u"<script>"));
    QVERIFY(!grace.html().contains(u"<i>"));
}

void ChatTest::messagesHaveTimes()
{
    ChatSite chat;
    LiveTest::Browser browser(chat.site);
    LiveTest::Tab ada = enter(browser, u"Ada"_s);
    QVERIFY(say(ada, u"one"_s));
    const QString first = chat.clock->now().toLocalTime().toString(u"hh:mm"_s);
    chat.clock->advance(90min);
    QVERIFY(say(ada, u"two"_s));
    const QString second = chat.clock->now().toLocalTime().toString(u"hh:mm"_s);
    QVERIFY(first != second);
    QCOMPARE(ada.texts(u"time"), (QStringList{first, second}));
}

void ChatTest::theOldestAreForgotten()
{
    ChatSite chat;
    LiveTest::Browser browser(chat.site);
    for (int i = 0; i < Messages::limit; ++i)
        chat.messages.append(u"an id"_s, u"Grace"_s, QString::number(i), chat.site.now());
    LiveTest::Tab ada = enter(browser, u"Ada"_s);
    QCOMPARE(ada.count(said), Messages::limit);
    QVERIFY(say(ada, u"the newest"_s));
    QCOMPARE(ada.count(said), Messages::limit);
    QCOMPARE(ada.texts(said).first(), u"1"_s);
    QCOMPARE(ada.texts(said).last(), u"the newest"_s);
    // Two rows, and not a hundred.
    QVERIFY2(ada.lastAnswer().size() < 600, ada.lastAnswer().bytes());
}

void ChatTest::whoIsHere()
{
    ChatSite chat;
    LiveTest::Browser adasBrowser(chat.site);
    LiveTest::Browser gracesBrowser(chat.site);
    LiveTest::Browser strangersBrowser(chat.site);
    LiveTest::Tab stranger = strangersBrowser.open();
    LiveTest::Tab ada = enter(adasBrowser, u"Ada"_s);
    QTRY_COMPARE(ada.texts(u".present li"), QStringList{u"Ada"_s});
    LiveTest::Tab grace = enter(gracesBrowser, u"Grace"_s);
    LiveTest::Tab second = gracesBrowser.open();
    const QStringList both{u"Ada"_s, u"Grace"_s};
    QTRY_COMPARE(ada.texts(u".present li"), both);
    QTRY_COMPARE(grace.texts(u".present li"), both);
    QTRY_COMPARE(second.texts(u".present li"), both);
    ada.close();
    QTRY_COMPARE(grace.texts(u".present li"), QStringList{u"Grace"_s});
}

void ChatTest::aNameIsTakenWhileItIsHere()
{
    ChatSite chat;
    LiveTest::Browser adasBrowser(chat.site);
    LiveTest::Browser another(chat.site);
    LiveTest::Tab ada = enter(adasBrowser, u"Ada"_s);
    QTRY_COMPARE(chat.guests.present(), QStringList{u"Ada"_s});
    LiveTest::Tab late = enter(another, u"ada"_s);
    QCOMPARE(late.text(u"#name-error"), u"Somebody of that name is here already."_s);
    ada.close();
    QTRY_COMPARE(chat.guests.present(), QStringList());
    chat.clock->advance(1min); // it was reserved for a moment
    QVERIFY(late.type(u"input[name=name]", u"ada"_s));
    QVERIFY(late.submit(u".enter"));
    QVERIFY(late.has(u".say"));
    // The old token is worth nothing now.
    QVERIFY(adasBrowser.open().has(u".enter"));
}

void ChatTest::whoLeavesIsOutInAllTabs()
{
    ChatSite chat;
    LiveTest::Browser adasBrowser(chat.site);
    LiveTest::Browser gracesBrowser(chat.site);
    LiveTest::Tab ada = enter(adasBrowser, u"Ada"_s);
    LiveTest::Tab second = adasBrowser.open();
    LiveTest::Tab grace = enter(gracesBrowser, u"Grace"_s);
    QVERIFY(say(ada, u"Good bye."_s));
    QVERIFY(ada.click(u"button[name=leave]"));
    QVERIFY(ada.has(u".enter"));
    QTRY_VERIFY(second.has(u".enter"));
    QVERIFY(!second.html().contains(u"Good bye."));
    QTRY_COMPARE(grace.texts(u".present li"), QStringList{u"Grace"_s});
    QVERIFY(say(grace, u"Is she gone?"_s));
    QVERIFY(!second.html().contains(u"gone"));
    QVERIFY(second.send(u"say"_s, {{u"text"_s, u"not quite"_s}}));
    QVERIFY(!second.errors().isEmpty());
    QCOMPARE(chat.messages.all().size(), 2);
}

void ChatTest::aNameTakenOverIsAnotherGuest()
{
    ChatSite chat;
    LiveTest::Browser adasBrowser(chat.site);
    LiveTest::Browser another(chat.site);
    LiveTest::Tab ada = enter(adasBrowser, u"Ada"_s);
    LiveTest::Tab second = adasBrowser.open();
    QVERIFY(say(ada, u"It is me."_s));
    QVERIFY(ada.click(u"button[name=leave]"));
    LiveTest::Tab newcomer = enter(another, u"Ada"_s);
    QVERIFY(newcomer.has(u".say"));
    // Neither has the tab that was left open become the newcomer, nor has it their words.
    QTRY_VERIFY(second.has(u".enter"));
    QVERIFY(second.send(u"say"_s, {{u"text"_s, u"It is me still."_s}}));
    QVERIFY(!second.errors().isEmpty());
    QVERIFY(second.send(u"refresh"_s));
    QVERIFY(second.has(u".enter"));
    QVERIFY(!newcomer.has(u".mine"));
    QCOMPARE(chat.messages.all().size(), 1);
}

void ChatTest::aNameIsReservedUntilThePageIsConnected()
{
    Guests guests;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(guests.enter(u"Ada"_s, now));
    QVERIFY(!guests.enter(u"ADA"_s, now));
    QVERIFY(!guests.enter(u"\uff21\uff44\uff41"_s, now)); // wide letters
    QVERIFY(guests.enter(u"ada"_s, now.addSecs(Guests::reserved)));
}

void ChatTest::aCookieOfTheGroupOpensNothing()
{
    ChatSite chat;
    chat.messages.append(u"an id"_s, u"Ada"_s, u"a secret"_s, chat.site.now());
    LiveTest::Browser browser(chat.site);
    browser.setCookie("livetemplate-id", roomGroup().value().toUtf8());
    browser.setCookie("chat-guest", "0123456789abcdef");
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.has(u".enter"));
    LiveTest::Browser adasBrowser(chat.site);
    LiveTest::Tab ada = enter(adasBrowser, u"Ada"_s);
    QVERIFY(say(ada, u"another"_s));
    QVERIFY(tab.isQuiet());
}

void ChatTest::severalThreadsAreOneRoom()
{
    ChatSite chat(4);
    std::vector<LiveTest::Browser> browsers;
    std::vector<LiveTest::Tab> tabs;
    for (int i = 0; i < 6; ++i) {
        browsers.emplace_back(chat.site);
        tabs.push_back(enter(browsers.back(), u"Guest %1"_s.arg(i)));
        QVERIFY(say(tabs.back(), QString::number(i)));
    }
    for (const LiveTest::Tab &tab : tabs) {
        QTRY_COMPARE(tab.count(said), 6);
        QTRY_COMPARE(tab.count(u".present li"), 6);
    }
}

QTEST_GUILESS_MAIN(ChatTest)
#include "tst_chat.moc"
