// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "conformance_semantics.h"

#include "basicauthenticator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class StateWithADependency
{
    Q_GADGET
    Q_PROPERTY(QObject *database MEMBER database)
public:
    QObject *database = nullptr;
    bool operator==(const StateWithADependency &) const = default;
};

namespace {

constexpr auto formType = "Content-Type: application/x-www-form-urlencoded\r\n";
constexpr auto acceptsJson = "Accept: application/json\r\n";

QByteArray cookieHeader(const QByteArray &cookie)
{
    return "Cookie: " + cookie + "\r\n";
}

QString counterIs(int counter)
{
    return u"<p id=\"counter\">%1</p>"_s.arg(counter);
}

QJsonObject metaOf(const QJsonObject &message)
{
    return message.value("meta"_L1).toObject();
}

QByteArray basicHeader(const QByteArray &credentials)
{
    return "Authorization: Basic " + credentials.toBase64() + "\r\n";
}

ServerOptions withBasic(ServerOptions options, const QString &realm = {})
{
    const auto validate = [](const QString &, const QString &password) {
        return password == u"secret";
    };
    options.authenticator = realm.isEmpty() ? std::make_shared<BasicAuthenticator>(validate)
                                            : std::make_shared<BasicAuthenticator>(validate, realm);
    return options;
}

/// What a method has to be called by.
QStringList spellingsOfSaveDraft()
{
    return {u"saveDraft"_s, u"SaveDraft"_s, u"save_draft"_s, u"save-draft"_s};
}

} // namespace

// ---- E.1

// An action works on a copy: what it does to it does not count when it fails.
void SemanticsConformance::e1_actionsGetACopyOfTheState()
{
    const auto tab = open();
    tab->run(u"increment"_s, {{u"by"_s, 2}});
    tab->run(u"fail"_s); // has set the counter to 1000
    tab->run(u"increment"_s);
    QVERIFY(tab->html().contains(counterIs(3)));
}

// A state that holds more than data is refused when the page is mounted.
void SemanticsConformance::e1_dependenciesInTheStateAreRefused()
{
    Server server;
    QTest::ignoreMessage(QtCriticalMsg,
                         QRegularExpression(u"cannot be saved: property 'database'"_s));
    QVERIFY(!server.mount<StateWithADependency>(u"/", u":/templates/fragment.html", new QObject));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"cannot be mounted"_s));
    QVERIFY(!server.listen());
}

// ---- E.2

void SemanticsConformance::e2_fourSpellingsCallAMethod_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : spellingsOfSaveDraft())
        QTest::newRow(qPrintable(name)) << name;
}

// A method saveDraft answers to saveDraft, SaveDraft, save_draft and save-draft, whichever way the
// action comes.
void SemanticsConformance::e2_fourSpellingsCallAMethod()
{
    QFETCH(QString, name);
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    const auto peer = open(u"/"_s, cookie);
    QCOMPARE(metaOf(tab->run(name)).value(u"action").toString(), name);
    QVERIFY(calls(u"saveDraft"_s, 1));
    QCOMPARE(journal().last(u"saveDraft"_s).action, name);
    ask(request("POST", "/", formType + cookieHeader(cookie), "lvt-action=" + name.toLatin1()));
    QVERIFY(calls(u"saveDraft"_s, 2));
    tab->run(u"tell"_s, {{u"what"_s, name}});
    QVERIFY(calls(u"saveDraft"_s, 3));
    QVERIFY(server().triggerAction(groupOf(cookie), name));
    QVERIFY(calls(u"saveDraft"_s, 5));
}

void SemanticsConformance::e2_otherSpellingsAreUnknown_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &name :
         {u"savedraft"_s, u"SAVEDRAFT"_s, u"Save-Draft"_s, u"save_Draft"_s, u"Save_Draft"_s,
          u"save draft"_s, u"saveDraft "_s, u"save--draft"_s, u"saveDraft(PageState)"_s})
        QTest::newRow(qPrintable(name)) << name;
}

// Names are compared letter by letter.
void SemanticsConformance::e2_otherSpellingsAreUnknown()
{
    QFETCH(QString, name);
    const auto tab = open();
    QVERIFY(metaOf(tab->run(name)).value(u"success").toBool());
    QCOMPARE(journal().count(u"saveDraft"_s), 0);
}

void SemanticsConformance::e2_hooksCannotBeCalled_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &name :
         {u"mount"_s, u"Mount"_s, u"onConnect"_s, u"OnConnect"_s, u"on_connect"_s, u"on-connect"_s,
          u"onDisconnect"_s, u"OnDisconnect"_s, u"on_disconnect"_s, u"on-disconnect"_s})
        QTest::newRow(qPrintable(name)) << name;
}

// The hooks of a page's life are called by the server alone: not by a client, a form, a broadcast
// or a trigger.
void SemanticsConformance::e2_hooksCannotBeCalled()
{
    QFETCH(QString, name);
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    const auto peer = open(u"/"_s, cookie);
    journal().clear();
    const QJsonObject answer = tab->run(name, {{u"title"_s, u"stolen"_s}});
    QVERIFY(answer.value(u"tree").toObject().isEmpty());
    ask(request("POST", "/", formType + cookieHeader(cookie),
                "title=stolen&lvt-action=" + name.toLatin1()));
    tab->run(u"tell"_s, {{u"what"_s, name}, {u"with"_s, QJsonObject{{u"title"_s, u"stolen"_s}}}});
    QVERIFY(server().triggerAction(groupOf(cookie), name, {{u"title"_s, u"stolen"_s}}));
    QVERIFY(tab->isQuiet() && peer->isQuiet());
    // The POST has mounted, as it must.
    QCOMPARE(journal().methods(), (QStringList{u"mount"_s, u"tell"_s}));
    QCOMPARE(saved(cookie).value(u"title").toString(), QString());
}

void SemanticsConformance::e2_reservedNamesReachNoMethod_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("upload_start")
        << uR"({"action":"upload_start","upload_name":"photo","files":[]})"_s;
    QTest::newRow("cancel_upload") << uR"({"action":"cancel_upload","entry_id":"x"})"_s;
    QTest::newRow("__ping__") << uR"({"action":"__ping__"})"_s;
}

// The protocol's own names are not the controller's, even if it has methods of such names.
void SemanticsConformance::e2_reservedNamesReachNoMethod()
{
    QFETCH(QString, message);
    LiveClient client(url());
    QVERIFY(!client.next().isEmpty());
    journal().clear();
    client.send(message);
    client.action(u"echo"_s);
    while (!client.next().contains(u"\"action\":\"echo\"")) {
    }
    QCOMPARE(journal().methods(), QStringList{u"echo"_s});
}

void SemanticsConformance::e2_reservedNamesReachNoMethodByPost_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("upload_start") << "upload_start"_ba;
    QTest::newRow("cancel_upload") << "cancel_upload"_ba;
}

// Nor are they by POST.
void SemanticsConformance::e2_reservedNamesReachNoMethodByPost()
{
    QFETCH(QByteArray, name);
    ask(request("POST", "/", formType, "lvt-action=" + name));
    ask(request("POST", "/", "Content-Type: application/json\r\n",
                R"({"action":")" + name + R"("})"));
    QCOMPARE(journal().count(u"uploadStart"_s) + journal().count(u"cancelUpload"_s), 0);
}

void SemanticsConformance::e2_reservedNamesAreNotDispatched_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("__navigate__") << u"__navigate__"_s;
    QTest::newRow("__ping__") << u"__ping__"_s;
}

// A broadcast or a trigger of a reserved name is one of an unknown action: nothing is run or sent.
void SemanticsConformance::e2_reservedNamesAreNotDispatched()
{
    QFETCH(QString, name);
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    const auto peer = open(u"/"_s, cookie);
    journal().clear();
    const QJsonObject data{{u"title"_s, u"moved"_s}};
    tab->run(u"tell"_s, {{u"what"_s, name}, {u"with"_s, data}});
    QVERIFY(server().triggerAction(groupOf(cookie), name, data));
    // What is dispatched behind it comes after it.
    QVERIFY(server().triggerAction(groupOf(cookie), u"echo"_s));
    QVERIFY(calls(u"echo"_s, 2));
    QCOMPARE(journal().count(u"mount"_s), 0);
}

// ---- E.3

// mount runs for every GET, every POST, every WebSocket and every navigation.
void SemanticsConformance::e3_mountRunsEveryTime()
{
    ask(request("GET", "/"));
    QVERIFY(calls(u"mount"_s, 1));
    ask(request("GET", "/", acceptsJson));
    QVERIFY(calls(u"mount"_s, 2));
    ask(request("POST", "/", formType, "echo="));
    QVERIFY(calls(u"mount"_s, 3));
    const auto tab = open();
    QVERIFY(calls(u"mount"_s, 4));
    tab->run(u"__navigate__"_s);
    QVERIFY(calls(u"mount"_s, 5));
    // And for nothing else.
    tab->run(u"echo"_s);
    ask(request("HEAD", "/"));
    ask(request("GET", "/livetemplate/0.25.1/client.js"));
    QCOMPARE(journal().count(u"mount"_s), 5);
}

// onConnect runs after mount for every WebSocket, and for nothing else.
void SemanticsConformance::e3_onConnectRunsForEachWebSocket()
{
    const QByteArray cookie = newCookie();
    ask(request("POST", "/", formType + cookieHeader(cookie), "echo="));
    QCOMPARE(journal().count(u"onConnect"_s), 0);
    std::vector<std::unique_ptr<LiveTab>> tabs;
    for (int i = 0; i < 3; ++i) {
        journal().clear();
        tabs.push_back(open(url(u"/"_s, u"title=x"_s), cookie));
        QCOMPARE(journal().methods(), (QStringList{u"mount"_s, u"onConnect"_s}));
        QCOMPARE(journal().last(u"onConnect"_s).data, (QJsonObject{{u"title"_s, u"x"_s}}));
        tabs.back()->run(u"__navigate__"_s);
        QCOMPARE(journal().count(u"onConnect"_s), 1);
    }
}

// onDisconnect runs once for every WebSocket that had begun, whoever ends it.
void SemanticsConformance::e3_onDisconnectRunsOnceForEach()
{
    auto first = open();
    auto second = open();
    const auto third = open();
    first->client().socket().close();
    QVERIFY(calls(u"onDisconnect"_s, 1));
    second->client().socket().abort();
    QVERIFY(calls(u"onDisconnect"_s, 2));
    server().close();
    QCOMPARE(journal().count(u"onDisconnect"_s), 3);
}

// In a hook there is no action's name, and no submitter.
void SemanticsConformance::e3_hooksHaveNoActionName()
{
    const auto tab = open();
    tab->run(u"__navigate__"_s, {{u"x"_s, 1}});
    ask(request("GET", "/"));
    ask(request("POST", "/", formType, "lvt-action=echo&lvt-submitter=b"));
    int hooks = 0;
    for (const Call &call : journal().calls()) {
        if (call.method == "echo"_L1)
            continue;
        ++hooks;
        QCOMPARE(call.action, QString());
        QCOMPARE(call.submitter, QString());
    }
    QCOMPARE(hooks, 5);
}

// mount knows whether it is for a page, for a WebSocket, and whether the group had a state.
void SemanticsConformance::e3_mountIsToldTheOccasion()
{
    const QByteArray cookie = newCookie();
    const auto mounted = [this] {
        return journal().last(u"mount"_s);
    };
    QVERIFY(mounted().isInitialMount && mounted().isHttp);
    QVERIFY(!mounted().isNewConnect && !mounted().isReconnect);

    auto tab = open(u"/"_s, cookie);
    QVERIFY(mounted().isNewConnect);
    QVERIFY(!mounted().isInitialMount && !mounted().isReconnect && !mounted().isHttp);
    tab->run(u"increment"_s);
    const Call action = journal().last(u"increment"_s);
    QVERIFY(!action.isInitialMount && !action.isNewConnect && !action.isReconnect);

    tab = open(u"/"_s, cookie);
    QVERIFY(mounted().isNewConnect && mounted().isReconnect);
    QVERIFY(journal().last(u"onConnect"_s).isReconnect);
}

// Only a GET is an initial mount: a POST mounts in order to act.
void SemanticsConformance::e3_onlyAGetIsAnInitialMount()
{
    ask(request("GET", "/"));
    QVERIFY(journal().last(u"mount"_s).isInitialMount);
    ask(request("POST", "/", formType, "echo="));
    QVERIFY(!journal().last(u"echo"_s).isInitialMount);
    QVERIFY(!journal().last(u"mount"_s).isInitialMount);
}

// The context tells the group and the user, in hooks and in actions.
void SemanticsConformance::e3_theContextTellsWhoseItIs()
{
    const QByteArray cookie = newCookie();
    open(u"/"_s, cookie)->run(u"echo"_s);
    ask(request("POST", "/", formType + cookieHeader(cookie), "echo="));
    QVERIFY(calls(u"echo"_s, 2));
    for (const Call &call : journal().calls()) {
        if (call.method != "onDisconnect"_L1)
            QCOMPARE(call.group, groupOf(cookie));
    }
    start(withBasic(patientOptions()));
    ask(request("POST", "/", formType + basicHeader("ada:secret"), "echo="));
    QCOMPARE(journal().last(u"mount"_s).user, UserId(u"ada"_s));
    QCOMPARE(journal().last(u"echo"_s).user, UserId(u"ada"_s));
}

// ---- E.4

// A new tab starts with what the group has saved.
void SemanticsConformance::e4_aNewTabStartsAtTheSavedState()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    for (int i = 0; i < 5; ++i)
        first->run(u"increment"_s);
    first->run(u"note"_s, {{u"line"_s, u"one"_s}});
    const auto second = open(u"/"_s, cookie);
    QVERIFY(second->html().contains(counterIs(5)));
    QVERIFY(second->html().contains(u"<li>one</li>"));
}

// So does every page and every POST, and what they make is there for the next.
void SemanticsConformance::e4_pagesAndPostsStartAtTheSavedState()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    tab->run(u"increment"_s, {{u"by"_s, 5}});
    QVERIFY(ask(request("GET", "/", cookieHeader(cookie))).body.contains(counterIs(5).toLatin1()));
    ask(request("POST", "/", formType + cookieHeader(cookie), "lvt-action=increment&by=2"));
    QVERIFY(open(u"/"_s, cookie)->html().contains(counterIs(7)));
    QVERIFY(tab->html().contains(counterIs(5)));
}

// Two tabs that are open have each a state of their own.
void SemanticsConformance::e4_eachTabHasItsOwnCopy()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    const auto second = open(u"/"_s, cookie);
    first->run(u"increment"_s, {{u"by"_s, 5}});
    second->run(u"increment"_s, {{u"by"_s, 1}});
    QVERIFY(first->html().contains(counterIs(5)));
    QVERIFY(second->html().contains(counterIs(1)));
    QVERIFY(first->isQuiet() && second->isQuiet());
}

// A property that is declared STORED false lives and dies with its tab.
void SemanticsConformance::e4_ephemeralPropertiesAreNotSaved()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    first->run(u"write"_s, {{u"draft"_s, u"mine"_s}});
    first->run(u"increment"_s);
    QVERIFY(first->html().contains(u"<p id=\"draft\">mine</p>"));
    const auto second = open(u"/"_s, cookie);
    QVERIFY(second->html().contains(counterIs(1)));
    QVERIFY(second->html().contains(u"<p id=\"draft\"></p>"));
    QVERIFY(!saved(cookie).contains(u"draft"));
}

// Two pages of one browser do not overwrite each other's state.
void SemanticsConformance::e4_twoPagesOfABrowserAreApart()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    const auto other = open(u"/deep/page"_s, cookie);
    first->run(u"increment"_s, {{u"by"_s, 5}});
    other->run(u"increment"_s, {{u"by"_s, 1}});
    QVERIFY(open(u"/"_s, cookie)->html().contains(counterIs(5)));
    QVERIFY(open(u"/deep/page"_s, cookie)->html().contains(counterIs(1)));
    // Nor does a visit of one reset the other.
    ask(request("GET", "/deep/page", cookieHeader(cookie)));
    QVERIFY(open(u"/"_s, cookie)->html().contains(counterIs(5)));
}

// What one browser has saved no other one gets.
void SemanticsConformance::e4_browsersAreApart()
{
    const auto first = open(u"/"_s, newCookie());
    first->run(u"increment"_s, {{u"by"_s, 5}});
    QVERIFY(open(u"/"_s, newCookie())->html().contains(counterIs(0)));
    QVERIFY(open()->html().contains(counterIs(0)));
}

// Who only looks leaves nothing in the store.
void SemanticsConformance::e4_whoHasDoneNothingHasNothingSaved()
{
    const auto tab = open(u"/"_s, newCookie());
    tab->run(u"nothing"_s);
    QVERIFY(tab->isQuiet());
    QCOMPARE(store().size(), 0);
    tab->run(u"echo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(store().size(), 1, 10'000);
}

// The whole state is saved at once, so that of two tabs the one that acted last has the say.
void SemanticsConformance::e4_theLastWriterWins()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    const auto second = open(u"/"_s, cookie);
    first->run(u"rename"_s, {{u"title"_s, u"first"_s}});
    second->run(u"increment"_s);
    QVERIFY(saves(cookie, u"counter"_s, 1));
    QCOMPARE(saved(cookie).value(u"title").toString(), QString());
}

// ---- E.5

// A broadcast runs on every other tab of the group, and not on the one that made it.
void SemanticsConformance::e5_everyOtherTabOfTheGroupGetsIt()
{
    const QByteArray cookie = newCookie();
    std::vector<std::unique_ptr<LiveTab>> tabs;
    for (int i = 0; i < 6; ++i)
        tabs.push_back(open(u"/"_s, cookie));
    const QJsonObject answer = tabs.front()->run(
        u"tell"_s, {{u"what"_s, u"increment"_s}, {u"with"_s, QJsonObject{{u"by"_s, 3}}}});
    QVERIFY(metaOf(answer).value(u"success").toBool());
    for (const auto &tab : tabs) {
        if (tab != tabs.front())
            QVERIFY(tab->contains(counterIs(3)));
        QVERIFY(tab->isQuiet());
    }
    QVERIFY(tabs.front()->html().contains(counterIs(0)));
    QCOMPARE(journal().count(u"increment"_s), 5);
}

// Tabs of other pages of the server get it as well, if they have the action.
void SemanticsConformance::e5_tabsOfOtherPagesGetItToo()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    LiveClient other(url(plain), cookie);
    QVERIFY(!other.next().isEmpty());
    sender->run(u"spread"_s);
    QCOMPARE(other.next(), uR"({"tree":{"0":"1"}})"_s);
    // What they do not have, they ignore.
    sender->run(u"tell"_s, {{u"what"_s, u"change"_s}});
    QVERIFY(other.isQuiet());
}

// Tabs of other groups get nothing.
void SemanticsConformance::e5_otherGroupsDoNot()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto peer = open(u"/"_s, cookie);
    std::vector<std::unique_ptr<LiveTab>> strangers;
    for (int i = 0; i < 2 * threads(); ++i)
        strangers.push_back(open(u"/"_s, newCookie()));
    sender->run(u"spread"_s);
    QVERIFY(peer->contains(counterIs(1)));
    for (const auto &stranger : strangers)
        QVERIFY(stranger->isQuiet());
}

// Each receiver runs the action on the state that it has.
void SemanticsConformance::e5_receiversRunOnTheirOwnState()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    receiver->run(u"increment"_s, {{u"by"_s, 10}});
    sender->run(u"spread"_s);
    QVERIFY(sender->html().contains(counterIs(1)));
    QVERIFY(receiver->contains(counterIs(11)));
}

// The receivers have the data that the broadcast was given.
void SemanticsConformance::e5_itCarriesItsData()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    const QJsonObject data{{u"n"_s, 42},
                           {u"list"_s, QJsonArray{1, u"2"_s, true}},
                           {u"map"_s, QJsonObject{{u"\u00fc"_s, QJsonValue::Null}}}};
    sender->run(u"tell"_s, {{u"what"_s, u"echo"_s}, {u"with"_s, data}});
    QVERIFY(calls(u"echo"_s, 1));
    QCOMPARE(journal().last(u"echo"_s).data, data);
    QCOMPARE(journal().last(u"echo"_s).action, u"echo"_s);
}

// The others run it after the answer was sent: one that takes its time keeps no answer back.
void SemanticsConformance::e5_itComesAfterTheAnswer()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    QVERIFY(
        metaOf(sender->run(u"tell"_s, {{u"what"_s, u"passGate"_s}})).value(u"success").toBool());
    journal().openGate();
    QVERIFY(receiver->contains(counterIs(1)));
    QCOMPARE(journal().passed(), 1);
}

// The same holds for the answer to a POST.
void SemanticsConformance::e5_itComesAfterTheAnswerToAPost()
{
    const QByteArray cookie = newCookie();
    const auto receiver = open(u"/"_s, cookie);
    // One for each thread, of which one is the receiver's.
    for (int i = 1; i <= threads(); ++i) {
        journal().closeGate();
        ask(request("POST", "/", formType + cookieHeader(cookie), "lvt-action=tell&what=passGate"));
        journal().openGate();
        QVERIFY(receiver->contains(counterIs(i)));
    }
    QCOMPARE(journal().passed(), threads());
}

// An action that runs because of a broadcast does not broadcast.
void SemanticsConformance::e5_itGoesOneHop()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    const auto second = open(u"/"_s, cookie);
    const auto third = open(u"/"_s, cookie);
    first->run(u"spread"_s);
    QVERIFY(second->contains(counterIs(1)));
    QVERIFY(third->contains(counterIs(1)));
    QVERIFY(first->isQuiet() && second->isQuiet() && third->isQuiet());
    QCOMPARE(journal().count(u"spread"_s), 3);
    QVERIFY(counts("livetemplate_broadcasts_sent_total", 1));
}

// Of more than a hundred broadcasts of one action a hundred are carried out.
void SemanticsConformance::e5_anActionMayMakeAHundred()
{
    ServerOptions options = patientOptions();
    options.maxPendingBroadcasts = 1000;
    start(options);
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"more than 100 broadcasts"_s));
    QVERIFY(metaOf(sender->run(u"tell"_s, {{u"what"_s, u"increment"_s}, {u"times"_s, 150}}))
                .value(u"success")
                .toBool());
    QVERIFY(receiver->contains(counterIs(100)));
    QVERIFY(receiver->isQuiet());
    QVERIFY(counts("livetemplate_broadcasts_sent_total", 100));
    QVERIFY(counts("livetemplate_broadcasts_over_limit_total", 50));
}

// A broadcast without a name is none.
void SemanticsConformance::e5_emptyNamesAreIgnored()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    QVERIFY(metaOf(sender->run(u"tell"_s, {{u"what"_s, QString()}})).value(u"success").toBool());
    QVERIFY(receiver->isQuiet());
    QVERIFY(counts("livetemplate_broadcasts_sent_total", 0));
}

void SemanticsConformance::e5_aFailedActionMakesNone_data()
{
    QTest::addColumn<bool>("isPost");
    QTest::newRow("WebSocket") << false;
    QTest::newRow("POST") << true;
}

// An action that returns an error broadcasts nothing.
void SemanticsConformance::e5_aFailedActionMakesNone()
{
    QFETCH(bool, isPost);
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    if (isPost) {
        ask(request("POST", "/", formType + cookieHeader(cookie),
                    "lvt-action=tell-and-fail&what=increment"));
    } else {
        const QJsonObject answer = sender->run(u"tellAndFail"_s, {{u"what"_s, u"increment"_s}});
        QVERIFY(!metaOf(answer).value(u"success").toBool());
    }
    QVERIFY(calls(u"tell"_s, 1));
    QVERIFY(receiver->isQuiet());
    QCOMPARE(journal().count(u"increment"_s), 0);
    QVERIFY(counts("livetemplate_broadcasts_sent_total", 0));
}

// A receiver that does not have the action is sent nothing.
void SemanticsConformance::e5_anUnknownActionSendsNothing()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    sender->run(u"tell"_s, {{u"what"_s, u"nothing"_s}});
    QVERIFY(receiver->isQuiet());
    sender->run(u"tell"_s, {{u"what"_s, u"echo"_s}});
    QVERIFY(calls(u"echo"_s, 1));
    // What changes nothing that is shown is not sent either.
    QVERIFY(receiver->isQuiet());
}

// A broadcast of a POST reaches every tab: none of them made it.
void SemanticsConformance::e5_aPostExcludesNobody()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    const auto second = open(u"/"_s, cookie);
    const auto stranger = open(u"/"_s, newCookie());
    ask(request("POST", "/", formType + cookieHeader(cookie), "lvt-action=tell&what=increment"));
    QVERIFY(first->contains(counterIs(1)));
    QVERIFY(second->contains(counterIs(1)));
    QVERIFY(stranger->isQuiet());
}

// When the action fails at a receiver that tab shows no error, and keeps its state.
void SemanticsConformance::e5_receiversShowNoErrors()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    const QString before = receiver->html();
    sender->run(u"tell"_s,
                {{u"what"_s, u"fail"_s},
                 {u"with"_s, QJsonObject{{u"field"_s, u"title"_s}, {u"message"_s, u"bad"_s}}}});
    QVERIFY(calls(u"fail"_s, 1));
    QVERIFY(receiver->isQuiet());
    receiver->run(u"increment"_s);
    QVERIFY(receiver->html().contains(counterIs(1)));
    QVERIFY(!receiver->html().contains(u"id=\"errors\""));
}

// A receiver has no request, and is told that it is one.
void SemanticsConformance::e5_receiversHaveNoRequest()
{
    const QByteArray cookie = newCookie();
    const auto receiver = open(u"/"_s, cookie);
    ask(request("POST", "/", formType + cookieHeader(cookie), "lvt-action=tell&what=echo"));
    QVERIFY(calls(u"echo"_s, 1));
    const Call call = journal().last(u"echo"_s);
    QCOMPARE(call.origin, Context::Origin::Broadcast);
    QVERIFY(!call.isHttp && !call.isInitialMount && !call.isNewConnect);
    QCOMPARE(call.group, groupOf(cookie));
}

// Broadcasts are not taken from the bucket of the receiver.
void SemanticsConformance::e5_theRateLimitDoesNotApply()
{
    ServerOptions options;
    options.messageRate = 1;
    options.messageBurst = 2;
    start(options);
    const QByteArray cookie = newCookie();
    LiveClient receiver(url(plain), cookie);
    QVERIFY(!receiver.next().isEmpty());
    for (int i = 1; i <= 20; ++i) {
        ask(request("POST", "/plain", formType + cookieHeader(cookie),
                    "lvt-action=tell&what=increment"));
        QCOMPARE(receiver.next(), uR"({"tree":{"0":"%1"}})"_s.arg(i));
    }
    receiver.action(u"echo"_s);
    QVERIFY(receiver.next().contains(u"\"success\":true"));
}

// What a broadcast makes of a receiver's state is saved.
void SemanticsConformance::e5_whatItMakesIsSaved()
{
    const QByteArray cookie = newCookie();
    const auto sender = open(u"/"_s, cookie);
    const auto receiver = open(u"/"_s, cookie);
    sender->run(u"tell"_s, {{u"what"_s, u"increment"_s}, {u"with"_s, QJsonObject{{u"by"_s, 4}}}});
    QVERIFY(receiver->contains(counterIs(4)));
    QVERIFY(open(u"/"_s, cookie)->html().contains(counterIs(4)));
}

// ---- E.6

// A session that an action has kept reaches every tab of its group, also the one that asked, from
// any thread and after that tab is closed.
void SemanticsConformance::e6_itReachesEveryTabLongAfterTheRequest()
{
    const QByteArray cookie = newCookie();
    auto asking = open(u"/"_s, cookie);
    const auto other = open(u"/"_s, cookie);
    asking->run(u"keepSession"_s);
    const Session session = journal().session();
    QCOMPARE(session.group(), groupOf(cookie));
    const auto trigger = [&session](int by) {
        std::expected<void, TriggerError> result;
        std::thread([&] {
            result = session.triggerAction(u"increment"_s, {{u"by"_s, by}});
        }).join();
        return result.has_value();
    };
    QVERIFY(trigger(2));
    QVERIFY(asking->contains(counterIs(2)));
    QVERIFY(other->contains(counterIs(2)));
    QCOMPARE(journal().last(u"increment"_s).origin, Context::Origin::Trigger);

    asking.reset();
    QVERIFY(calls(u"onDisconnect"_s, 1));
    const auto late = open(u"/"_s, cookie);
    QVERIFY(trigger(5));
    QVERIFY(other->contains(counterIs(7)));
    QVERIFY(late->contains(counterIs(7)));
}

// Other groups do not notice.
void SemanticsConformance::e6_itReachesTheGroupOnly()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    const auto stranger = open(u"/"_s, newCookie());
    const auto nobody = open();
    tab->run(u"keepSession"_s);
    QVERIFY(journal().session().triggerAction(u"increment"_s));
    QVERIFY(tab->contains(counterIs(1)));
    QVERIFY(stranger->isQuiet() && nobody->isQuiet());
}

// It fails without an action's name, and where no tab of the group is open.
void SemanticsConformance::e6_itFailsWithAReason()
{
    const QByteArray cookie = newCookie();
    auto tab = open(u"/"_s, cookie);
    tab->run(u"keepSession"_s);
    const Session session = journal().session();
    const auto errorOf = [](const std::expected<void, TriggerError> &result) {
        return result ? QString() : toString(result.error());
    };
    const auto unnamed = session.triggerAction(QString());
    QVERIFY(!unnamed && unnamed.error() == TriggerError::NoAction);
    QVERIFY(errorOf(unnamed).endsWith(u'.'));
    QVERIFY(tab->isQuiet());

    const auto unknown = server().triggerAction(groupOf(newCookie()), u"increment"_s);
    QVERIFY(!unknown && unknown.error() == TriggerError::Disconnected);
    const auto none = server().triggerAction(GroupId(), u"increment"_s);
    QVERIFY(!none && none.error() == TriggerError::Disconnected);

    tab.reset();
    QVERIFY(calls(u"onDisconnect"_s, 1));
    const auto left = session.triggerAction(u"increment"_s);
    QVERIFY(!left && left.error() == TriggerError::Disconnected);
    QVERIFY2(errorOf(left).contains(u"no connected sessions"), qPrintable(errorOf(left)));
}

// It fails, and does not crash, when the server does not listen any more or is no more.
void SemanticsConformance::e6_itFailsWhenTheServerIsGone()
{
    const QByteArray cookie = newCookie();
    open(u"/"_s, cookie)->run(u"keepSession"_s);
    const Session session = journal().session();
    server().close();
    const auto closed = session.triggerAction(u"increment"_s);
    QVERIFY(!closed && closed.error() == TriggerError::ServerGone);
    QVERIFY(server().listen());
    const auto again = open(u"/"_s, cookie);
    QVERIFY(session.triggerAction(u"increment"_s));
    QVERIFY(again->contains(counterIs(1)));
    destroyServer();
    const auto gone = session.triggerAction(u"increment"_s);
    QVERIFY(!gone && gone.error() == TriggerError::ServerGone);
    const auto never = Session().triggerAction(u"increment"_s);
    QVERIFY(!never && never.error() == TriggerError::ServerGone);
}

// An action that was triggered broadcasts nothing.
void SemanticsConformance::e6_itsBroadcastsAreDropped()
{
    const QByteArray cookie = newCookie();
    const auto first = open(u"/"_s, cookie);
    const auto second = open(u"/"_s, cookie);
    QVERIFY(server().triggerAction(groupOf(cookie), u"spread"_s));
    QVERIFY(first->contains(counterIs(1)));
    QVERIFY(second->contains(counterIs(1)));
    QVERIFY(first->isQuiet() && second->isQuiet());
    QCOMPARE(journal().count(u"spread"_s), 2);
    QVERIFY(counts("livetemplate_broadcasts_sent_total", 0));
}

// What the caller does with its data afterwards changes nothing.
void SemanticsConformance::e6_itsDataAreCopied()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    QJsonObject data{{u"line"_s, u"as it was"_s}};
    QVERIFY(server().triggerAction(groupOf(cookie), u"note"_s, data));
    data.insert(u"line"_s, u"changed"_s);
    QVERIFY(tab->contains(u"<li>as it was</li>"_s));
}

// What a trigger makes of a state is saved.
void SemanticsConformance::e6_whatItMakesIsSaved()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    QVERIFY(server().triggerAction(groupOf(cookie), u"increment"_s, {{u"by"_s, 4}}));
    QVERIFY(tab->contains(counterIs(4)));
    QVERIFY(open(u"/"_s, cookie)->html().contains(counterIs(4)));
}

// Several threads may trigger at once, and nothing is lost while the queue has room.
void SemanticsConformance::e6_manyThreadsMayTrigger()
{
    ServerOptions options = patientOptions();
    options.maxPendingBroadcasts = 1000;
    start(options);
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    tab->run(u"keepSession"_s);
    const Session session = journal().session();
    std::vector<std::thread> workers;
    for (int i = 0; i < 4; ++i) {
        workers.emplace_back([session] {
            for (int n = 0; n < 50; ++n)
                (void)session.triggerAction(u"increment"_s);
        });
    }
    for (std::thread &worker : workers)
        worker.join();
    QVERIFY(tab->contains(counterIs(200)));
    QVERIFY(tab->isQuiet());
}

// A program may trigger without a session of an action.
void SemanticsConformance::e6_theServerTriggersToo()
{
    std::vector<std::unique_ptr<LiveTab>> tabs;
    for (int i = 0; i < 2 * threads(); ++i) {
        const QByteArray cookie = newCookie();
        tabs.push_back(open(u"/"_s, cookie));
        QVERIFY(server().triggerAction(groupOf(cookie), u"increment"_s, {{u"by"_s, i + 1}}));
    }
    for (int i = 0; i < 2 * threads(); ++i)
        QVERIFY(tabs[std::size_t(i)]->contains(counterIs(i + 1)));
}

// ---- E.7

// The authenticator is asked once for each GET, POST and upgrade, and not for HEAD, files, messages
// and what is not found.
void SemanticsConformance::e7_theAuthenticatorIsAskedForEveryRequest()
{
    const auto asked = [this] {
        return std::pair(authenticator().identified.load(), authenticator().grouped.load());
    };
    ask(request("GET", "/"));
    QCOMPARE(asked(), std::pair(1, 1));
    ask(request("GET", "/", acceptsJson));
    QCOMPARE(asked(), std::pair(2, 2));
    ask(request("POST", "/", formType, "echo="));
    QCOMPARE(asked(), std::pair(3, 3));
    const auto tab = open();
    QCOMPARE(asked(), std::pair(4, 4));
    tab->run(u"echo"_s);
    tab->run(u"__navigate__"_s);
    ask(request("HEAD", "/"));
    ask(request("GET", "/livetemplate/0.25.1/client.js"));
    ask(request("GET", "/nope"));
    QCOMPARE(asked(), std::pair(4, 4));
    // Without a user nobody is asked for a group.
    ask(request("GET", "/", "X-Test: stranger\r\n"));
    QCOMPARE(asked(), std::pair(5, 4));
}

// Visitors are anonymous unless somebody says otherwise; each browser is a group of its own.
void SemanticsConformance::e7_anonymousVisitorsHaveNoName()
{
    ServerOptions options = patientOptions();
    options.authenticator = std::make_shared<AnonymousAuthenticator>();
    start(options);
    QSet<QString> groups;
    for (int i = 0; i < 5; ++i) {
        ask(request("GET", "/"));
        QCOMPARE(journal().last(u"mount"_s).user, UserId());
        groups.insert(journal().last(u"mount"_s).group.value());
    }
    QCOMPARE(groups.size(), 5);
}

// All browsers of a user are one group, and those of another user are not.
void SemanticsConformance::e7_basicUsersShareAGroup()
{
    start(withBasic(patientOptions()));
    const auto increment = [this](const QByteArray &user) {
        return ask(request("POST", "/plain",
                           QByteArray(formType) + acceptsJson + basicHeader(user + ":secret"),
                           "increment="))
            .json()
            .value(u"tree")[u"0"]
            .toString();
    };
    QCOMPARE(increment("ada"), u"1"_s);
    QCOMPARE(increment("ada"), u"2"_s);
    QCOMPARE(increment("bob"), u"1"_s);
    QCOMPARE(increment("Ada"), u"1"_s);
}

// The realm of the challenge is LiveTemplate, or what the program says.
void SemanticsConformance::e7_theRealmIsLiveTemplateUnlessItIsSet()
{
    static const QRegularExpression realm(u"^Basic realm=\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    const auto challenge = [this] {
        const QByteArray header = ask(request("GET", "/")).header("www-authenticate");
        return realm.match(QString::fromUtf8(header)).captured(1);
    };
    start(withBasic(patientOptions()));
    QCOMPARE(challenge(), u"LiveTemplate"_s);
    start(withBasic(patientOptions(), u"The \"back\" office\r\n"_s));
    QCOMPARE(challenge(), u"The \\\"back\\\" office"_s);
}

void SemanticsConformance::e7_badCredentialsAreRefused_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("wrong password") << basicHeader("ada:guess");
    QTest::newRow("empty user") << basicHeader(":secret");
    QTest::newRow("no colon") << basicHeader("secret");
    QTest::newRow("no base64") << "Authorization: Basic !!!\r\n"_ba;
    QTest::newRow("another scheme") << "Authorization: Bearer c2VjcmV0\r\n"_ba;
}

// Who has no name or not its password is refused, for a page and for a WebSocket.
void SemanticsConformance::e7_badCredentialsAreRefused()
{
    QFETCH(QByteArray, header);
    start(withBasic(patientOptions()));
    QCOMPARE(ask(request("GET", "/", header)).status, 401);
    QCOMPARE(ask(upgrade("/", header)).status, 401);
    QCOMPARE(ask(request("GET", "/", basicHeader("ada:secret"))).status, 200);
    QCOMPARE(ask(upgrade("/", basicHeader("ada:secret"))).status, 101);
}

// ---- E.8

// Errors of fields reach the client by field.
void SemanticsConformance::e8_errorsOfFieldsAreInTheMap()
{
    const QJsonObject meta = metaOf(open()->run(
        u"fail"_s, {{u"field"_s, u"title"_s}, {u"message"_s, u"is \"bad\" & <long>"_s}}));
    QCOMPARE(meta,
             (QJsonObject{{u"success"_s, false},
                          {u"errors"_s, QJsonObject{{u"title"_s, u"is \"bad\" & <long>"_s}}},
                          {u"action"_s, u"fail"_s}}));
    // Several at once.
    const QJsonObject errors{{u"title"_s, u"is bad"_s}, {u"name"_s, u"is missing"_s}};
    QCOMPARE(metaOf(open()->run(u"fail"_s, {{u"fields"_s, errors}})).value(u"errors").toObject(),
             errors);
}

// Any other error has the key _general.
void SemanticsConformance::e8_otherErrorsAreGeneral()
{
    const QJsonObject meta = metaOf(open()->run(u"fail"_s, {{u"message"_s, u"No luck."_s}}));
    QCOMPARE(meta.value(u"success"), QJsonValue(false));
    QCOMPARE(meta.value(u"errors").toObject(), (QJsonObject{{u"_general"_s, u"No luck."_s}}));
}

// An unknown action has no errors.
void SemanticsConformance::e8_anUnknownActionHasNoErrors()
{
    const QJsonObject meta = metaOf(open()->run(u"nothing"_s));
    QCOMPARE(meta.value(u"success"), QJsonValue(true));
    QCOMPARE(meta.value(u"errors").toObject(), QJsonObject());
}

// At the next action the errors are gone, from the answer and from the page.
void SemanticsConformance::e8_errorsAreClearedAtTheNextAction()
{
    for (const auto &next : {u"echo"_s, u"nothing"_s, u"__navigate__"_s}) {
        const auto tab = open();
        const QString before = tab->html();
        tab->run(u"fail"_s, {{u"field"_s, u"title"_s}, {u"message"_s, u"is bad"_s}});
        QVERIFY(tab->html().contains(u"<p id=\"errors\">is bad|</p>"));
        QCOMPARE(metaOf(tab->run(next)).value(u"errors").toObject(), QJsonObject());
        QCOMPARE(tab->html(), before);
    }
}

// A failed action does not replace the state, nor what is saved.
void SemanticsConformance::e8_aFailedActionKeepsTheState()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    tab->run(u"increment"_s, {{u"by"_s, 2}});
    tab->run(u"fail"_s);
    QVERIFY(tab->html().contains(counterIs(2)));
    QVERIFY(open(u"/"_s, cookie)->html().contains(counterIs(2)));
}

// Templates have the errors, each as it is and as an element, escaped.
void SemanticsConformance::e8_templatesHaveTheErrors()
{
    const auto tab = open();
    tab->run(u"fail"_s, {{u"field"_s, u"title"_s}, {u"message"_s, u"is <bad>"_s}});
    const QString html = tab->html();
    QVERIFY(html.contains(u"<input name=\"title\" aria-invalid=\"true\" "
                          "aria-describedby=\"lvt-error-title\">"));
    QVERIFY(html.contains(u"id=\"lvt-error-title\">is &lt;bad&gt;</small>"));
    QVERIFY(html.contains(u"<p id=\"errors\">is &lt;bad&gt;|</p>"));
    tab->run(u"fail"_s, {{u"message"_s, u"No <luck>."_s}});
    QVERIFY(tab->html().contains(u"<p id=\"errors\">|No &lt;luck&gt;.</p>"));
    QVERIFY(tab->html().contains(u"<input name=\"title\" >"));
}

void SemanticsConformance::e8_flashKeys_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("isKey");
    QTest::newRow("plain") << u"success"_s << true;
    QTest::newRow("underscore inside") << u"not_now"_s << true;
    QTest::newRow("underscore first") << u"_success"_s << false;
    QTest::newRow("colon") << u"a:success"_s << false;
    QTest::newRow("empty") << QString() << false;
}

// A flash message's key has no colon and does not begin with an underscore.
void SemanticsConformance::e8_flashKeys()
{
    QFETCH(QString, key);
    QFETCH(bool, isKey);
    if (!isKey)
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"no flash message can have the key"_s));
    const QByteArray body = "lvt-action=flash&message=m&key=" + QUrl::toPercentEncoding(key);
    const QByteArray cookies = ask(request("POST", "/", formType, body)).header("set-cookie");
    QCOMPARE(cookies.contains("lvt-flash=" + QUrl::toPercentEncoding(key) + "=m;"), isKey);
    QCOMPARE(cookies.contains("lvt-flash="), isKey);
}

// A flash message stays on a connection until it is cleared.
void SemanticsConformance::e8_flashStaysUntilItIsCleared()
{
    const auto tab = open();
    tab->run(u"flash"_s);
    const QString shown = u"<p id=\"flash\">Saved.</p>"_s;
    for (const auto &action :
         {u"echo"_s, u"increment"_s, u"nothing"_s, u"fail"_s, u"__navigate__"_s}) {
        tab->run(action);
        QVERIFY2(tab->html().contains(shown), qPrintable(action));
    }
    tab->run(u"flash"_s, {{u"message"_s, u"Again."_s}});
    QVERIFY(tab->html().contains(u"<p id=\"flash\">Again.</p>"));
    tab->run(u"clearFlash"_s, {{u"key"_s, u"other"_s}});
    QVERIFY(tab->html().contains(u"<p id=\"flash\">Again.</p>"));
    tab->run(u"clearFlash"_s);
    QVERIFY(tab->html().contains(u"<p id=\"flash\"></p>"));
}

// All of them can be cleared at once.
void SemanticsConformance::e8_allFlashIsClearedAtOnce()
{
    const auto tab = open();
    tab->run(u"flash"_s);
    tab->run(u"flash"_s, {{u"key"_s, u"error"_s}});
    tab->run(u"clearAllFlash"_s);
    QVERIFY(tab->html().contains(u"<p id=\"flash\"></p>"));
    tab->run(u"increment"_s);
    QVERIFY(tab->html().contains(u"<p id=\"flash\"></p>"));
}

// One with an expiry is gone with the first rendering after it, and not before.
void SemanticsConformance::e8_flashExpires()
{
    const auto tab = open();
    tab->run(u"flash"_s, {{u"expiry"_s, 3'600'000}});
    tab->run(u"increment"_s);
    QVERIFY(tab->html().contains(u"<p id=\"flash\">Saved.</p>"));
    tab->run(u"flash"_s, {{u"expiry"_s, 1}});
    QVERIFY(QTest::qWaitFor(
        [&] {
            tab->run(u"increment"_s);
            return tab->html().contains(u"<p id=\"flash\"></p>");
        },
        10'000));
}

// It is shown where it was set, and not by the other tabs of the group.
void SemanticsConformance::e8_flashIsOfOneConnection()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/"_s, cookie);
    const auto peer = open(u"/"_s, cookie);
    tab->run(u"flash"_s);
    QVERIFY(peer->isQuiet());
    peer->run(u"increment"_s);
    QVERIFY(peer->html().contains(u"<p id=\"flash\"></p>"));
    QVERIFY(open(u"/"_s, cookie)->html().contains(u"<p id=\"flash\"></p>"));
}

// ---- E.11, E.12

// Without a limit there may be as many connections as one likes, in all and of one group.
void SemanticsConformance::e11_zeroIsNoLimit()
{
    QCOMPARE(ServerOptions().maxConnections, 0);
    QCOMPARE(ServerOptions().maxConnectionsPerGroup, 0);
    const QByteArray cookie = newCookie();
    std::vector<std::unique_ptr<LiveTab>> tabs;
    for (int i = 0; i < 40; ++i)
        tabs.push_back(open(u"/"_s, i % 2 ? cookie : QByteArray()));
    for (const auto &tab : tabs)
        QVERIFY(!tab->last().isEmpty());
    QVERIFY(counts("livetemplate_connections_active", 40));
    QVERIFY(counts("livetemplate_groups_active", 21));
}

// Anonymous visitors have the same empty name, and are no group by that.
void SemanticsConformance::e11_anonymousVisitorsAreNotOneGroup()
{
    ServerOptions options = patientOptions();
    options.maxConnectionsPerGroup = 1;
    start(options);
    std::vector<std::unique_ptr<LiveTab>> tabs;
    for (int i = 0; i < 5; ++i) {
        tabs.push_back(open());
        QVERIFY(!tabs.back()->last().isEmpty());
    }
    tabs.front()->run(u"spread"_s);
    for (const auto &tab : tabs)
        QVERIFY(tab->isQuiet());
}

// What is saved is kept for 24 hours after its last use.
void SemanticsConformance::e12_statesAreKeptForADay()
{
    QCOMPARE(ServerOptions().sessionTtl, std::chrono::milliseconds(24h));
    auto now = std::chrono::steady_clock::now();
    ServerOptions options = patientOptions();
    const auto clocked = std::make_shared<MemorySessionStore>(24h, [&now] { return now; });
    options.sessionStore = clocked;
    start(options);
    const QByteArray cookie = newCookie();
    const auto page = [&] {
        return ask(request("GET", "/", cookieHeader(cookie))).body;
    };
    ask(request("POST", "/", formType + cookieHeader(cookie), "increment="));
    QVERIFY(page().contains(counterIs(1).toLatin1()));
    destroyServer();
    now += 23h;
    start(options);
    QVERIFY(page().contains(counterIs(1).toLatin1()));
    destroyServer();
    now += 25h;
    start(options);
    QVERIFY(page().contains(counterIs(0).toLatin1()));
}

#include "conformance_semantics.moc"
