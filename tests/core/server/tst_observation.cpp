// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What a server tells of its connections to whoever watches, and what it does for them.

#include "basicauthenticator.h"
#include "inprocessbroadcaster.h"
#include "liveclient.h"
#include "rawwebsocket.h"
#include "server.h"
#include "sessionstore.h"
#include "webclient.h"

#include <QTest>

#include <deque>
#include <mutex>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Outcome = ReceivedDispatch::Outcome;

class WatchedState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(int visits MEMBER visits STORED false)
    Q_PROPERTY(QObject *keeper MEMBER keeper STORED false)
public:
    int counter = 0;
    QString title;
    int visits = 0;
    QObject *keeper = nullptr;
    bool operator==(const WatchedState &) const = default;
};

class WatchedController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE WatchedState increment(WatchedState state, LiveTemplate::Context &context)
    {
        ++state.counter;
        ++state.visits;
        context.broadcastAction(u"increment"_s);
        return state;
    }
    Q_INVOKABLE WatchedState quiet(WatchedState state, LiveTemplate::Context &)
    {
        ++state.counter;
        return state;
    }
    Q_INVOKABLE WatchedState nothing(WatchedState state, LiveTemplate::Context &context)
    {
        context.broadcastAction(u"nothing"_s);
        return state;
    }
    Q_INVOKABLE WatchedState grow(WatchedState state, LiveTemplate::Context &)
    {
        ++state.counter;
        state.title = QString(1'000'000, QLatin1Char(char('a' + state.counter % 26)));
        return state;
    }
    /// Has others do something several times.
    Q_INVOKABLE WatchedState tell(WatchedState state, LiveTemplate::Context &context)
    {
        for (int i = 0; i < context.integer(u"times", 1); ++i)
            context.broadcastAction(context.string(u"what"));
        return state;
    }
    Q_INVOKABLE LiveTemplate::Result<WatchedState> fail(WatchedState, LiveTemplate::Context &)
    {
        return std::unexpected(ActionError(u"As always."_s));
    }
};

class OtherController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE WatchedState quiet(WatchedState state, LiveTemplate::Context &)
    {
        ++state.counter;
        return state;
    }
};

namespace {

/// Has a name, as the one for Redis has.
class NamedBroadcaster : public InProcessBroadcaster
{
public:
    [[nodiscard]] QString instanceId() const override { return u"instance-7"_s; }
};

/// Answers when it is told to.
class HeldStore : public SessionStore
{
public:
    void load(const SessionKey &key, Loaded loaded) override
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_holds) {
                m_held.emplace_back(key, std::move(loaded));
                return;
            }
        }
        m_store.load(key, std::move(loaded));
    }
    void save(const SessionKey &key, const QJsonObject &state) override
    {
        m_store.save(key, state);
    }
    void remove(const SessionKey &key) override { m_store.remove(key); }
    void list(Listed listed) override { m_store.list(std::move(listed)); }
    void ping(Pinged pinged) override { pinged({}); }

    void hold()
    {
        const std::lock_guard lock(m_mutex);
        m_holds = true;
    }
    [[nodiscard]] std::size_t heldCount()
    {
        const std::lock_guard lock(m_mutex);
        return m_held.size();
    }
    void release()
    {
        std::deque<std::pair<SessionKey, Loaded>> held;
        {
            const std::lock_guard lock(m_mutex);
            m_holds = false;
            held.swap(m_held);
        }
        for (auto &[key, loaded] : held)
            m_store.load(key, std::move(loaded));
    }

private:
    MemorySessionStore m_store;
    std::mutex m_mutex;
    std::deque<std::pair<SessionKey, Loaded>> m_held;
    bool m_holds = false;
};

} // namespace

class TestObservation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void cleanup();

    void aSnapshotTellsWhatHappenedLast();
    void usersAndInstanceAreNamed();
    void labels_data();
    void labels();
    void visitorsHaveNoConnection();
    void pages();

    void detailsOfAConnection();
    void withoutHistoryNothingIsRemembered();
    void theLastActionsAreRemembered();
    void refusedActionsAreRemembered();
    void outcomes_data();
    void outcomes();
    void sourcesOfDispatches();
    void aPageThatDoesNotReadIsCoalesced();
    void aFullQueueDrops();
    void whatComesBeforeThePageIsContained();

    void oneConnectionIsDisconnected();
    void aGroupIsDisconnected();
    void anActionIsTriggeredOnOne();
    void aSessionIsForgottenAndRestored();
    void aTabThatActsUntilItGoesSavesNothing();
    void aTabThatHasNotBegunSavesNothing();
    void nothingIsAnsweredWhenTheContextIsGone();

private:
    [[nodiscard]] static ServerOptions options(int history = 50)
    {
        ServerOptions options;
        options.actionHistory = history;
        options.messageRate = 0;
        return options;
    }
    void start(ServerOptions options)
    {
        QFETCH_GLOBAL(int, threads);
        options.threads = threads;
        m_server = std::make_unique<Server>(std::move(options));
        QVERIFY(m_server->mount<WatchedState>(u"/", u":/templates/joined.html", [] {
            return std::make_unique<WatchedController>();
        }));
        QVERIFY(m_server->mount<WatchedState>(u"/other", u":/templates/joined.html",
                                              [] { return std::make_unique<OtherController>(); }));
        QVERIFY(m_server->listen());
    }

    [[nodiscard]] QByteArray newCookie() const
    {
        WebClient browser(m_server->url());
        browser.get(u"/"_s);
        return browser.cookie();
    }
    static GroupId groupOf(const QByteArray &cookie)
    {
        return GroupId(QString::fromLatin1(cookie.mid(cookie.indexOf('=') + 1)));
    }

    /// Has @p ask called with a callback, and waits for what that is given.
    template<typename Answer>
    Answer ask(const std::function<void(std::function<void(const Answer &)>)> &ask)
    {
        std::optional<Answer> given;
        ask([&given](const Answer &answer) { given = answer; });
        if (!QTest::qWaitFor([&given] { return given.has_value(); }, 20'000))
            qWarning("No answer came.");
        return given.value_or(Answer());
    }
    ServerSnapshot snapshot()
    {
        return ask<ServerSnapshot>(
            [this](const auto &callback) { m_server->requestSnapshot(this, callback); });
    }
    std::optional<ConnectionDetails> details(quint64 id)
    {
        return ask<std::optional<ConnectionDetails>>(
            [&](const auto &callback) { m_server->requestDetails(id, this, callback); });
    }
    QHash<quint64, FollowTrace> traces(const QList<quint64> &ids)
    {
        return ask<QHash<quint64, FollowTrace>>(
            [&](const auto &callback) { m_server->requestTraces(ids, this, callback); });
    }
    FollowTrace trace(quint64 id) { return traces({id}).value(id); }
    int touched(const std::function<void(const Server::Touched &)> &act)
    {
        return ask<int>([&](const auto &callback) { act(callback); });
    }

    /// The one with that label.
    ConnectionSnapshot connection(const QString &label)
    {
        const ServerSnapshot taken = snapshot();
        const auto found = std::ranges::find(taken.connections, label, &ConnectionSnapshot::label);
        return found == taken.connections.end() ? ConnectionSnapshot() : *found;
    }
    quint64 id(const QString &label) { return connection(label).id; }

    /// A tab that has got its first message.
    [[nodiscard]] std::unique_ptr<LiveClient> tab(const QByteArray &cookie, const QByteArray &label,
                                                  const QString &page = u"/"_s) const
    {
        auto client = std::make_unique<LiveClient>(m_server->url(page), cookie, QByteArray(),
                                                   QByteArray(), label);
        if (client->next().isEmpty())
            qWarning("No first message came.");
        return client;
    }

    std::unique_ptr<Server> m_server;
};

void TestObservation::initTestCase_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("1 thread") << 1;
    QTest::newRow("4 threads") << 4;
}

void TestObservation::cleanup()
{
    m_server.reset();
}

void TestObservation::aSnapshotTellsWhatHappenedLast()
{
    start(options(0));
    const QByteArray cookie = newCookie();
    const auto first = tab(cookie, "first");
    const auto second = tab(cookie, "second");
    QVERIFY(connection(u"first"_s).lastAction.isEmpty());
    QVERIFY(!connection(u"first"_s).lastActionAt.isValid());

    const QDateTime before = QDateTime::currentDateTimeUtc();
    first->action(u"increment"_s);
    QVERIFY(!first->next().isEmpty() && !second->next().isEmpty());

    const ConnectionSnapshot acted = connection(u"first"_s);
    QCOMPARE(acted.lastAction, u"increment"_s);
    // Clocks of the system and of Qt do not round alike.
    QVERIFY(acted.lastActionAt >= before.addMSecs(-1));
    QVERIFY(acted.lastActionAt <= QDateTime::currentDateTimeUtc().addMSecs(1));
    QVERIFY(acted.lastDispatch.isEmpty());
    const ConnectionSnapshot followed = connection(u"second"_s);
    QCOMPARE(followed.lastDispatch, u"increment"_s);
    QVERIFY(followed.lastDispatchAt >= acted.lastActionAt);
    QVERIFY(followed.lastAction.isEmpty());

    QCOMPARE(acted.groupId, groupOf(cookie));
    QCOMPARE(acted.tier, ConnectionTier::WebSocket);
    QCOMPARE(acted.shard, followed.shard);
    QFETCH_GLOBAL(int, threads);
    QCOMPARE(acted.shard, int((acted.id - 1) % quint64(threads)));
    QCOMPARE(acted.pendingBytes, 0);
    QCOMPARE(acted.waitingActions, 0);
    QVERIFY(!acted.isBehind);
}

void TestObservation::usersAndInstanceAreNamed()
{
    ServerOptions named = options();
    named.broadcaster = std::make_shared<NamedBroadcaster>();
    named.authenticator = std::make_shared<BasicAuthenticator>(
        [](const QString &, const QString &) { return true; });
    start(named);
    LiveClient client(m_server->url(), {}, {}, "Basic " + QByteArray("ada:x").toBase64());
    QVERIFY(!client.next().isEmpty());
    const ServerSnapshot taken = snapshot();
    QCOMPARE(taken.instance, u"instance-7"_s);
    QCOMPARE(taken.connections.size(), 1);
    QCOMPARE(taken.connections.first().user, u"ada"_s);
    QVERIFY(taken.connections.first().label.isEmpty());
}

void TestObservation::labels_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("kept");
    QTest::newRow("a token") << QByteArray("Tab-09az") << u"Tab-09az"_s;
    QTest::newRow("the longest") << QByteArray(64, 'x') << QString(64, u'x');
    QTest::newRow("too long") << QByteArray(65, 'x') << QString();
    QTest::newRow("a space") << QByteArray("a b") << QString();
    QTest::newRow("markup") << QByteArray("<b>") << QString();
    QTest::newRow("not ASCII") << QByteArray("tab\xc3\xa9") << QString();
    QTest::newRow("none") << QByteArray() << QString();
}

void TestObservation::labels()
{
    QFETCH(QByteArray, sent);
    QFETCH(QString, kept);
    start(options(0));
    const auto client = tab(newCookie(), sent);
    const ServerSnapshot taken = snapshot();
    QCOMPARE(taken.connections.size(), 1);
    QCOMPARE(taken.connections.first().label, kept);
}

void TestObservation::visitorsHaveNoConnection()
{
    start(options());
    WebClient browser(m_server->url());
    QCOMPARE(browser.get(u"/"_s).status, 200); // looking is not acting
    QVERIFY(snapshot().visitors.isEmpty());
    const auto tabOfIt = tab(browser.cookie(), "tab");

    QCOMPARE(browser.postJson(u"/"_s, u"increment"_s).status, 200);
    QVERIFY(!tabOfIt->next().isEmpty());
    QCOMPARE(browser.postForm(u"/"_s, {{u"lvt-action"_s, u"increment"_s}}).status, 303);
    QVERIFY(!tabOfIt->next().isEmpty());
    QCOMPARE(browser.postForm(u"/"_s, {{u"lvt-action"_s, u"increment"_s}}).status, 303);

    const ServerSnapshot taken = snapshot();
    QCOMPARE(taken.connections.size(), 1);
    QCOMPARE(taken.groups, 1);
    QCOMPARE(taken.visitors.size(), 2);
    const ConnectionSnapshot &json = taken.visitors[0];
    const ConnectionSnapshot &form = taken.visitors[1];
    QCOMPARE(json.tier, ConnectionTier::Http);
    QCOMPARE(form.tier, ConnectionTier::Form);
    QCOMPARE(json.groupId, groupOf(browser.cookie()));
    QCOMPARE(json.shard, taken.connections.first().shard);
    QCOMPARE(json.actions, quint64(1));
    QCOMPARE(form.actions, quint64(2));
    QVERIFY(json.bytesIn > 0 && json.bytesOut > 0 && form.bytesIn > 0);
    const QSet<quint64> ids{taken.connections.first().id, json.id, form.id};
    QCOMPARE(ids.size(), 3);

    // Who looks at the tab finds where it came from.
    const FollowTrace followed = trace(taken.connections.first().id);
    QCOMPARE(followed.dispatches.first().source, ActionSource::Request);
    QCOMPARE(followed.dispatches.first().from, json.id);
    // They can be named, but there is nothing to close.
    QVERIFY(!details(json.id));
    QCOMPARE(touched([&](const auto &callback) {
                 m_server->disconnectConnection(json.id, u"Bye"_s, this, callback);
             }),
             0);
}

void TestObservation::pages()
{
    start(options());
    const QList<MountedPage> mounted = m_server->pages();
    QCOMPARE(mounted.size(), 2);
    QCOMPARE(mounted[0].path, u"/"_s);
    QCOMPARE(mounted[0].templateFile, u":/templates/joined.html"_s);
    QCOMPARE(mounted[0].actions,
             QStringList(
                 {u"fail"_s, u"grow"_s, u"increment"_s, u"nothing"_s, u"quiet"_s, u"tell"_s}));
    QCOMPARE(mounted[0].stateType, u"WatchedState"_s);
    QCOMPARE(mounted[1].path, u"/other"_s);
    QCOMPARE(mounted[1].actions, QStringList(u"quiet"_s));
}

void TestObservation::detailsOfAConnection()
{
    start(options());
    const auto client = tab(newCookie(), "tab");
    const quint64 number = id(u"tab"_s);
    auto given = details(number);
    QVERIFY(given);
    QCOMPARE(given->state,
             QJsonObject({{u"counter"_s, 0},
                          {u"title"_s, QString()},
                          {u"visits"_s, 0},
                          {u"keeper"_s, u"(QObject*)"_s}}));
    QCOMPARE(given->ephemeral, QStringList({u"visits"_s, u"keeper"_s}));
    QVERIFY(!given->saved);
    QVERIFY(!given->savedAt.isValid());

    client->action(u"increment"_s);
    QVERIFY(!client->next().isEmpty());
    given = details(number);
    QVERIFY(given);
    QCOMPARE(given->state.value(u"counter"_s), 1);
    QCOMPARE(given->state.value(u"visits"_s), 1);
    QTRY_VERIFY_WITH_TIMEOUT(details(number)->saved, 10'000);
    QCOMPARE(*details(number)->saved, QJsonObject({{u"counter"_s, 1}, {u"title"_s, QString()}}));
    QVERIFY(given->savedAt.isValid());
    QVERIFY(!details(number + 1000));
    QVERIFY(!details(0));
}

void TestObservation::withoutHistoryNothingIsRemembered()
{
    start(options(0));
    const QByteArray cookie = newCookie();
    const auto first = tab(cookie, "first");
    const auto second = tab(cookie, "second");
    first->action(u"increment"_s);
    QVERIFY(!first->next().isEmpty() && !second->next().isEmpty());
    for (const QString &label : {u"first"_s, u"second"_s}) {
        const auto given = details(id(label));
        QVERIFY(given);
        QCOMPARE(given->state.value(u"counter"_s), 1);
        QVERIFY(given->actions.isEmpty());
        QCOMPARE(given->trace, FollowTrace());
        QVERIFY(!given->savedAt.isValid());
    }
    QVERIFY(traces({id(u"first"_s), id(u"second"_s)}).isEmpty());
}

void TestObservation::theLastActionsAreRemembered()
{
    start(options(4));
    const QByteArray cookie = newCookie();
    const auto client = tab(cookie, "tab");
    const auto peer = tab(cookie, "peer");
    for (const QString &name : {u"quiet"_s, u"quiet"_s, u"fail"_s, u"missing"_s}) {
        client->action(name);
        QVERIFY(!client->next().isEmpty());
    }
    peer->action(u"increment"_s);
    QVERIFY(!peer->next().isEmpty() && !client->next().isEmpty());
    const QList<ActionRecord> records = details(id(u"tab"_s))->actions;
    QCOMPARE(records.size(), 4);
    QCOMPARE(records[0].name, u"quiet"_s);
    QCOMPARE(records[0].result, ActionRecord::Result::Succeeded);
    QCOMPARE(records[0].source, ActionSource::Client);
    QCOMPARE(records[0].from, quint64(0));
    QCOMPARE(records[1].name, u"fail"_s);
    QCOMPARE(records[1].result, ActionRecord::Result::Failed);
    QCOMPARE(records[2].name, u"missing"_s);
    QCOMPARE(records[2].result, ActionRecord::Result::Unknown);
    QCOMPARE(records[3].name, u"increment"_s);
    QCOMPARE(records[3].source, ActionSource::Connection);
    QCOMPARE(records[3].from, id(u"peer"_s));
    for (const ActionRecord &record : records) {
        QVERIFY(record.frameBytes > 0);
        QVERIFY(record.duration.count() > 0);
        QVERIFY(record.at >= records[0].at);
    }
}

void TestObservation::refusedActionsAreRemembered()
{
    ServerOptions strict = options();
    strict.messageRate = 1;
    strict.messageBurst = 1;
    start(strict);
    const auto client = tab(newCookie(), "tab");
    QList<ActionRecord> records;
    // One a second is let through, so that soon one is not.
    for (int i = 0; i < 100; ++i) {
        client->action(u"quiet"_s);
        QVERIFY(!client->next().isEmpty());
        records = details(id(u"tab"_s))->actions;
        if (records.last().result == ActionRecord::Result::RateLimited)
            break;
    }
    QCOMPARE(records.last().result, ActionRecord::Result::RateLimited);
    QCOMPARE(records.last().name, u"quiet"_s);
    QVERIFY(records.last().frameBytes > 0);
    QCOMPARE(records.last().duration.count(), 0);
    QCOMPARE(records.first().result, ActionRecord::Result::Succeeded);
}

void TestObservation::outcomes_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("page");
    QTest::addColumn<Outcome>("expected");
    QTest::newRow("changes the page") << u"quiet"_s << u"/"_s << Outcome::Changed;
    QTest::newRow("changes another page") << u"quiet"_s << u"/other"_s << Outcome::Changed;
    QTest::newRow("changes nothing") << u"nothing"_s << u"/"_s << Outcome::Unchanged;
    QTest::newRow("is not known") << u"missing"_s << u"/"_s << Outcome::ActionUnknown;
    QTest::newRow("is not known there") << u"increment"_s << u"/other"_s << Outcome::ActionUnknown;
    QTest::newRow("fails") << u"fail"_s << u"/"_s << Outcome::ActionFailed;
}

void TestObservation::outcomes()
{
    QFETCH(QString, what);
    QFETCH(QString, page);
    QFETCH(Outcome, expected);
    start(options());
    const QByteArray cookie = newCookie();
    const auto sender = tab(cookie, "sender");
    const auto receiver = tab(cookie, "receiver", page);
    const auto stranger = tab(newCookie(), "stranger");
    sender->action(u"tell"_s, {{u"what"_s, what}});
    QVERIFY(!sender->next().isEmpty());
    const quint64 to = id(u"receiver"_s);
    QTRY_COMPARE_WITH_TIMEOUT(trace(to).dispatches.size(), 1, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(trace(to).dispatches.first().outcome != Outcome::Waiting, 10'000);

    const FollowTrace sent = trace(id(u"sender"_s));
    QCOMPARE(sent.broadcasts.size(), 1);
    QCOMPARE(sent.broadcasts.first().action, what);
    QCOMPARE(sent.broadcasts.first().peers, 1);
    QVERIFY(!sent.broadcasts.first().isPublished);
    const ReceivedDispatch dispatch = trace(to).dispatches.first();
    QCOMPARE(dispatch.outcome, expected);
    QCOMPARE(dispatch.broadcast, sent.broadcasts.first().id);
    QCOMPARE(dispatch.from, id(u"sender"_s));
    QCOMPARE(dispatch.source, ActionSource::Connection);
    QCOMPARE(dispatch.action, what);
    QVERIFY(dispatch.queuedAt >= sent.broadcasts.first().at);
    QVERIFY(dispatch.endedAt >= dispatch.queuedAt);
    QVERIFY(trace(id(u"stranger"_s)).dispatches.isEmpty());
}

void TestObservation::sourcesOfDispatches()
{
    auto here = std::make_shared<InProcessBroadcaster>();
    InProcessBroadcaster elsewhere;
    elsewhere.join(*here);
    ServerOptions joined = options();
    joined.broadcaster = here;
    start(joined);
    const QByteArray cookie = newCookie();
    const auto client = tab(cookie, "tab");
    QVERIFY(elsewhere.publishGroupAction(groupOf(cookie), u"quiet"_s, {}));
    QVERIFY(!client->next().isEmpty());
    QVERIFY(m_server->triggerAction(groupOf(cookie), u"quiet"_s));
    QVERIFY(!client->next().isEmpty());
    client->action(u"increment"_s);
    QVERIFY(!client->next().isEmpty());

    const FollowTrace kept = trace(id(u"tab"_s));
    QCOMPARE(kept.dispatches.size(), 2);
    QCOMPARE(kept.dispatches[0].source, ActionSource::OtherServer);
    QCOMPARE(kept.dispatches[0].from, quint64(0));
    QCOMPARE(kept.dispatches[1].source, ActionSource::Program);
    QVERIFY(kept.dispatches[0].broadcast != kept.dispatches[1].broadcast);
    QCOMPARE(kept.broadcasts.size(), 1);
    QVERIFY(kept.broadcasts.first().isPublished);
    QCOMPARE(kept.broadcasts.first().peers, 0);
}

void TestObservation::aPageThatDoesNotReadIsCoalesced()
{
    start(options());
    const QByteArray cookie = newCookie();
    const auto sender = tab(cookie, "sender");
    RawWebSocket reader(m_server->port(), cookie, RawSocket::Window::Small);
    QVERIFY(reader.isOpen());
    const auto readerRow = [this] {
        const ServerSnapshot taken = snapshot();
        const auto found = std::ranges::find(taken.connections, QString(),
                                             &ConnectionSnapshot::label);
        return found == taken.connections.end() ? ConnectionSnapshot() : *found;
    };
    // More than it and the kernel take. The last of them is not written any more.
    const auto last = [&] {
        const FollowTrace kept = trace(readerRow().id);
        return kept.dispatches.isEmpty() ? Outcome::Waiting : kept.dispatches.last().outcome;
    };
    for (int i = 0; i < 20 && last() != Outcome::Coalesced; ++i) {
        sender->action(u"tell"_s, {{u"what"_s, u"grow"_s}});
        QVERIFY(!sender->next().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(last() != Outcome::Waiting, 10'000);
    }
    QCOMPARE(last(), Outcome::Coalesced);
    QVERIFY(readerRow().isBehind);
    QVERIFY(readerRow().pendingBytes > 0);

    // When it reads it is shown what all of them come to.
    QVERIFY(!reader.nextText().isEmpty());
    while (last() == Outcome::Coalesced)
        QVERIFY(!reader.nextText().isEmpty());
    QCOMPARE(last(), Outcome::Changed);
}

void TestObservation::aFullQueueDrops()
{
    ServerOptions small = options();
    small.maxPendingBroadcasts = 2;
    start(small);
    const QByteArray cookie = newCookie();
    const auto sender = tab(cookie, "sender");
    const auto receiver = tab(cookie, "receiver");
    sender->action(u"tell"_s, {{u"what"_s, u"quiet"_s}, {u"times"_s, 3}});
    QVERIFY(!sender->next().isEmpty() && !receiver->next().isEmpty());
    const FollowTrace kept = trace(id(u"receiver"_s));
    QCOMPARE(kept.dispatches.size(), 3);
    // Two that were shown by one frame, and one that was lost.
    QCOMPARE(kept.dispatches[0].outcome, Outcome::Changed);
    QCOMPARE(kept.dispatches[1].outcome, Outcome::Changed);
    QCOMPARE(kept.dispatches[2].outcome, Outcome::QueueFull);
    QCOMPARE(trace(id(u"sender"_s)).broadcasts.size(), 3);
    // Each remembers the last, and no more.
    for (int i = 0; i < 25; ++i) {
        sender->action(u"tell"_s, {{u"what"_s, u"quiet"_s}, {u"times"_s, 3}});
        QVERIFY(!sender->next().isEmpty() && !receiver->next().isEmpty());
    }
    QCOMPARE(trace(id(u"sender"_s)).broadcasts.size(), 16);
    QCOMPARE(trace(id(u"receiver"_s)).dispatches.size(), 64);
}

void TestObservation::whatComesBeforeThePageIsContained()
{
    auto store = std::make_shared<HeldStore>();
    ServerOptions held = options();
    held.sessionStore = store;
    start(held);
    const QByteArray cookie = newCookie();
    const auto sender = tab(cookie, "sender");
    store->hold();
    LiveClient late(m_server->url(), cookie, {}, {}, "late");
    QTRY_COMPARE_WITH_TIMEOUT(store->heldCount(), std::size_t(1), 10'000);
    sender->action(u"increment"_s);
    QVERIFY(!sender->next().isEmpty());
    const quint64 to = id(u"late"_s);
    QTRY_COMPARE_WITH_TIMEOUT(trace(to).dispatches.size(), 1, 10'000);
    QCOMPARE(trace(to).dispatches.first().outcome, Outcome::Waiting);
    store->release();
    QVERIFY(!late.next().isEmpty());
    QCOMPARE(trace(to).dispatches.first().outcome, Outcome::Contained);
    QCOMPARE(details(to)->state.value(u"counter"_s), 1);
}

void TestObservation::oneConnectionIsDisconnected()
{
    start(options());
    const QByteArray cookie = newCookie();
    const auto first = tab(cookie, "first");
    const auto second = tab(cookie, "second");
    // Longer than a close frame takes, in characters of several bytes.
    const QString reason = u"Bye"_s + QString(200, u'\u00e9');
    const quint64 number = id(u"first"_s);
    const auto disconnect = [&] {
        return touched([&](const auto &callback) {
            m_server->disconnectConnection(number, reason, this, callback);
        });
    };
    QCOMPARE(disconnect(), 1);
    QVERIFY(first->waitForState(QAbstractSocket::UnconnectedState));
    QCOMPARE(first->socket().closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QCOMPARE(first->socket().closeReason(), reason.left(3 + 60));
    QVERIFY(second->isQuiet());
    QTRY_COMPARE_WITH_TIMEOUT(snapshot().connections.size(), 1, 10'000);
    QCOMPARE(disconnect(), 0);
}

void TestObservation::aGroupIsDisconnected()
{
    start(options());
    const QByteArray cookie = newCookie();
    const auto first = tab(cookie, "first");
    const auto second = tab(cookie, "second", u"/other"_s);
    const auto stranger = tab(newCookie(), "stranger");
    QCOMPARE(touched([&](const auto &callback) {
                 m_server->disconnectGroup(groupOf(cookie), u"Bye"_s, this, callback);
             }),
             2);
    QVERIFY(first->waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(second->waitForState(QAbstractSocket::UnconnectedState));
    QCOMPARE(second->socket().closeReason(), u"Bye"_s);
    QVERIFY(stranger->isQuiet());
    QCOMPARE(touched([&](const auto &callback) {
                 m_server->disconnectGroup(GroupId(u"nobody"_s), u"Bye"_s, this, callback);
             }),
             0);
}

void TestObservation::anActionIsTriggeredOnOne()
{
    start(options());
    const QByteArray cookie = newCookie();
    const auto first = tab(cookie, "first");
    const auto second = tab(cookie, "second");
    const auto trigger = [&](quint64 number) {
        return touched([&](const auto &callback) {
            m_server->triggerActionOn(number, u"quiet"_s, {}, this, callback);
        });
    };
    QCOMPARE(trigger(id(u"first"_s)), 1);
    QVERIFY(!first->next().isEmpty());
    QVERIFY(second->isQuiet());
    QCOMPARE(trace(id(u"first"_s)).dispatches.last().source, ActionSource::Program);
    QCOMPARE(trigger(id(u"first"_s) + 1000), 0);
}

void TestObservation::aSessionIsForgottenAndRestored()
{
    start(options());
    const QByteArray cookie = newCookie();
    const QByteArray otherCookie = newCookie();
    const auto first = tab(cookie, "first");
    const auto second = tab(cookie, "second", u"/other"_s);
    const auto stranger = tab(otherCookie, "stranger");
    first->action(u"tell"_s, {{u"what"_s, u"quiet"_s}});
    QVERIFY(!first->next().isEmpty() && !second->next().isEmpty());
    first->action(u"quiet"_s);
    stranger->action(u"quiet"_s);
    QVERIFY(!first->next().isEmpty() && !stranger->next().isEmpty());

    const auto forgotten = ask<SavedSession>(
        [&](const auto &callback) { m_server->forgetSession(groupOf(cookie), this, callback); });
    QCOMPARE(forgotten.group, groupOf(cookie));
    QCOMPARE(forgotten.disconnected, 2);
    QCOMPARE(forgotten.states.size(), 2);
    QCOMPARE(forgotten.states.value(u"/"_s).value(u"counter"_s), 1);
    QCOMPARE(forgotten.states.value(u"/other"_s).value(u"counter"_s), 1);
    QVERIFY(first->waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(second->waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(stranger->isQuiet());

    const auto again = tab(cookie, "again");
    QCOMPARE(details(id(u"again"_s))->state.value(u"counter"_s), 0);
    QVERIFY(!details(id(u"again"_s))->saved);
    QCOMPARE(details(id(u"stranger"_s))->state.value(u"counter"_s), 1);
    again->action(u"quiet"_s);
    again->action(u"quiet"_s);
    QVERIFY(!again->next().isEmpty() && !again->next().isEmpty());

    const auto replaced = ask<SavedSession>(
        [&](const auto &callback) { m_server->restoreSession(forgotten, this, callback); });
    QCOMPARE(replaced.disconnected, 1);
    QCOMPARE(replaced.states.size(), 1);
    QCOMPARE(replaced.states.value(u"/"_s).value(u"counter"_s), 2);
    const auto back = tab(cookie, "back");
    QCOMPARE(details(id(u"back"_s))->state.value(u"counter"_s), 1);
}

void TestObservation::aTabThatActsUntilItGoesSavesNothing()
{
    start(options());
    const QByteArray cookie = newCookie();
    const auto busy = tab(cookie, "busy");
    const auto peer = tab(cookie, "peer");
    std::optional<SavedSession> forgotten;
    for (int i = 0; i < 200; ++i) {
        busy->action(u"increment"_s);
        if (i == 100) {
            QVERIFY(!busy->next().isEmpty());
            m_server->forgetSession(groupOf(cookie), this,
                                    [&](const SavedSession &session) { forgotten = session; });
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(forgotten, 10'000);
    QCOMPARE(forgotten->disconnected, 2);
    QVERIFY(forgotten->states.value(u"/"_s).value(u"counter"_s).toInt() > 0);
    QVERIFY(busy->waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(peer->waitForState(QAbstractSocket::UnconnectedState));
    const auto again = tab(cookie, "again");
    QCOMPARE(details(id(u"again"_s))->state.value(u"counter"_s), 0);
}

void TestObservation::aTabThatHasNotBegunSavesNothing()
{
    auto store = std::make_shared<HeldStore>();
    ServerOptions held = options();
    held.sessionStore = store;
    start(held);
    const QByteArray cookie = newCookie();
    const SessionKey key{groupOf(cookie), u"/"_s};
    store->save(key, {{u"counter"_s, 41}});
    store->hold();
    LiveClient late(m_server->url(), cookie, {}, {}, "late");
    QTRY_COMPARE_WITH_TIMEOUT(store->heldCount(), std::size_t(1), 10'000);
    std::optional<SavedSession> forgotten;
    m_server->forgetSession(groupOf(cookie), this,
                            [&](const SavedSession &session) { forgotten = session; });
    // The other page is asked for at once, this one after the connection that waits.
    QTRY_COMPARE_WITH_TIMEOUT(store->heldCount(), std::size_t(2), 10'000);
    store->release();
    QTRY_VERIFY_WITH_TIMEOUT(forgotten, 10'000);
    QCOMPARE(forgotten->disconnected, 1);
    QCOMPARE(forgotten->states.value(u"/"_s), QJsonObject({{u"counter"_s, 41}}));
    QVERIFY(late.waitForState(QAbstractSocket::UnconnectedState));
    const auto again = tab(cookie, "again");
    QCOMPARE(details(id(u"again"_s))->state.value(u"counter"_s), 0);
}

void TestObservation::nothingIsAnsweredWhenTheContextIsGone()
{
    start(options());
    const auto client = tab(newCookie(), "tab");
    const quint64 number = id(u"tab"_s);
    auto context = std::make_unique<QObject>();
    bool isAnswered = false;
    m_server->requestDetails(number, context.get(),
                             [&](const std::optional<ConnectionDetails> &) { isAnswered = true; });
    m_server->disconnectConnection(number, u"Bye"_s, context.get(),
                                   [&](int) { isAnswered = true; });
    context.reset();
    QVERIFY(client->waitForState(QAbstractSocket::UnconnectedState));
    QVERIFY(snapshot().takenAt.isValid()); // what was asked later is answered
    QVERIFY(!isAnswered);

    m_server->close();
    m_server->requestDetails(number, this,
                             [&](const std::optional<ConnectionDetails> &) { isAnswered = true; });
    m_server->forgetSession(GroupId(u"group"_s), this,
                            [&](const SavedSession &) { isAnswered = true; });
    QCoreApplication::processEvents();
    QVERIFY(!isAnswered);
}

QTEST_GUILESS_MAIN(TestObservation)
#include "tst_observation.moc"
