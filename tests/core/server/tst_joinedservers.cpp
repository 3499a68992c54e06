// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Two servers of one process, joined by a broadcaster and a store.

#include "basicauthenticator.h"
#include "inprocessbroadcaster.h"
#include "liveclient.h"
#include "server.h"
#include "sessionstore.h"
#include "webclient.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class JoinedState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)

public:
    int counter = 0;
    QString title;
    bool operator==(const JoinedState &) const = default;
};

class JoinedController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE JoinedState increment(JoinedState state, LiveTemplate::Context &context)
    {
        ++state.counter;
        context.broadcastAction(u"Increment"_s);
        return state;
    }
    Q_INVOKABLE JoinedState quiet(JoinedState state, LiveTemplate::Context &)
    {
        ++state.counter;
        return state;
    }
    Q_INVOKABLE JoinedState setTitle(JoinedState state, LiveTemplate::Context &context)
    {
        state.title = context.string(u"title");
        return state;
    }
};

namespace {

/// Answers from a thread of its own, after a while.
class SlowStore : public SessionStore
{
public:
    explicit SlowStore(std::chrono::milliseconds delay)
        : m_delay(delay)
        , m_thread([this] { run(); })
    {
    }
    ~SlowStore() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ends = true;
        }
        m_changed.notify_one();
        m_thread.join();
    }

    void load(const SessionKey &key, Loaded loaded) override
    {
        const std::lock_guard lock(m_mutex);
        // As Redis does: what it has when it is asked, told later.
        auto found = m_states.constFind(key);
        std::optional<QJsonObject> state;
        if (found != m_states.cend())
            state = *found;
        m_answers.emplace_back([loaded = std::move(loaded), state]() mutable { loaded(state); });
        m_changed.notify_one();
    }
    void save(const SessionKey &key, const QJsonObject &state) override
    {
        const std::lock_guard lock(m_mutex);
        m_states.insert(key, state);
    }
    void remove(const SessionKey &key) override
    {
        const std::lock_guard lock(m_mutex);
        m_states.remove(key);
    }
    void list(Listed listed) override
    {
        const std::lock_guard lock(m_mutex);
        listed(m_states.keys());
    }
    void ping(Pinged pinged) override { pinged({}); }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [this] { return m_ends || !m_answers.empty(); });
            if (m_ends)
                return;
            auto answer = std::move(m_answers.front());
            m_answers.pop_front();
            lock.unlock();
            std::this_thread::sleep_for(m_delay);
            answer();
            lock.lock();
        }
    }

    const std::chrono::milliseconds m_delay;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QHash<SessionKey, QJsonObject> m_states;
    std::deque<std::move_only_function<void()>> m_answers;
    bool m_ends = false;
    std::thread m_thread;
};

/// Counts what the server says of its groups and users, and acknowledges when it is told to.
class CountingSubscriber : public InProcessBroadcaster, public DynamicSubscriber
{
public:
    void subscribeToGroup(const GroupId &group, Subscribed done) override
    {
        keep(u"group "_s + group.value(), std::move(done));
    }
    void subscribeToUser(const UserId &user, Subscribed done) override
    {
        keep(u"user "_s + user.value(), std::move(done));
    }
    void subscribeToServerAction(const UserId &user, Subscribed done) override
    {
        keep(u"action "_s + user.value(), std::move(done));
    }
    void unsubscribeFromGroup(const GroupId &group) override { drop(u"group "_s + group.value()); }
    void unsubscribeFromUser(const UserId &user) override { drop(u"user "_s + user.value()); }
    void unsubscribeFromServerAction(const UserId &user) override
    {
        drop(u"action "_s + user.value());
    }

    void acknowledge()
    {
        std::vector<Subscribed> waiting;
        {
            const std::lock_guard lock(m_mutex);
            m_holds = false;
            waiting.swap(m_waiting);
        }
        for (Subscribed &done : waiting)
            done();
    }
    /// No implicitly shared container, which threads may share but ThreadSanitizer does not
    /// understand.
    [[nodiscard]] std::map<QString, int> counts()
    {
        const std::lock_guard lock(m_mutex);
        return m_counts;
    }
    [[nodiscard]] qsizetype waiting()
    {
        const std::lock_guard lock(m_mutex);
        return qsizetype(m_waiting.size());
    }
    void hold()
    {
        const std::lock_guard lock(m_mutex);
        m_holds = true;
    }

private:
    void keep(const QString &what, Subscribed done)
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_counts[what];
            if (m_holds) {
                m_waiting.push_back(std::move(done));
                return;
            }
        }
        done();
    }
    void drop(const QString &what)
    {
        const std::lock_guard lock(m_mutex);
        if (--m_counts[what] == 0)
            m_counts.erase(what);
    }

    std::mutex m_mutex;
    std::map<QString, int> m_counts;
    std::vector<Subscribed> m_waiting;
    bool m_holds = false;
};

/// A tab: what it shows, after all that has come.
class Tab
{
public:
    Tab(const Server &server, const QByteArray &cookie, const QByteArray &login = {})
        : m_client(server.url(), cookie, {}, login)
    {
        take(m_client.nextJson());
    }

    [[nodiscard]] QString counter() const { return m_shown.value(u"0"_s); }
    [[nodiscard]] QString title() const { return m_shown.value(u"1"_s); }

    bool read()
    {
        const QJsonObject message = m_client.nextJson();
        take(message);
        return !message.isEmpty();
    }
    bool run(const QString &action, const QJsonObject &data = {})
    {
        m_client.action(action, data);
        return read();
    }
    [[nodiscard]] bool isQuiet() { return m_client.isQuiet(); }
    [[nodiscard]] LiveClient &client() { return m_client; }

private:
    void take(const QJsonObject &message)
    {
        const QJsonObject tree = message.value(u"tree"_s).toObject();
        for (const QString &key : {u"0"_s, u"1"_s}) {
            if (tree.contains(key))
                m_shown.insert(key, tree.value(key).toString());
        }
    }

    LiveClient m_client;
    QHash<QString, QString> m_shown;
};

} // namespace

class TestJoinedServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void cleanup();
    void broadcastsReachTheOther();
    void aPostReachesTheOther();
    void triggersReachBoth();
    void usersAreReachedEverywhere();
    void valuesAreShownOnce();
    void aClosedServerReceivesNothing();
    void groupsAndUsersAreSubscribedTo();
    void aPageBeginsWhenItsMessagesArrive();
    void loadsOfOneGroupComeOneAfterTheOther();
    void whatIsBroadcastDuringALoadIsNotRunTwice();

private:
    void start(std::shared_ptr<InProcessBroadcaster> first = nullptr,
               std::shared_ptr<SessionStore> store = nullptr, bool withUsers = false)
    {
        QFETCH_GLOBAL(int, threads);
        m_store = store ? std::move(store) : std::make_shared<MemorySessionStore>();
        m_broadcasters = {first ? std::move(first) : std::make_shared<InProcessBroadcaster>(),
                          std::make_shared<InProcessBroadcaster>()};
        m_broadcasters[0]->join(*m_broadcasters[1]);
        for (const auto &broadcaster : m_broadcasters) {
            ServerOptions options;
            options.threads = threads;
            options.sessionStore = m_store;
            options.broadcaster = broadcaster;
            if (withUsers) {
                options.authenticator = std::make_shared<BasicAuthenticator>(
                    [](const QString &, const QString &) { return true; });
            }
            m_servers.push_back(std::make_unique<Server>(options));
            QVERIFY(m_servers.back()->mount<JoinedState>(u"/", u":/templates/joined.html", [] {
                return std::make_unique<JoinedController>();
            }));
            QVERIFY(m_servers.back()->listen());
        }
    }

    [[nodiscard]] Server &server(std::size_t index) { return *m_servers[index]; }

    /// Of a browser that is new.
    QByteArray newCookie()
    {
        WebClient browser(server(0).url());
        browser.get(u"/"_s);
        return browser.cookie();
    }
    static GroupId groupOf(const QByteArray &cookie)
    {
        return GroupId(QString::fromLatin1(cookie.mid(cookie.indexOf('=') + 1)));
    }
    static QByteArray login(const QByteArray &user) { return "Basic " + (user + ":x").toBase64(); }

    std::shared_ptr<SessionStore> m_store;
    std::vector<std::shared_ptr<InProcessBroadcaster>> m_broadcasters;
    std::vector<std::unique_ptr<Server>> m_servers;
};

void TestJoinedServers::initTestCase_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("1 thread") << 1;
    QTest::newRow("4 threads") << 4;
}

void TestJoinedServers::cleanup()
{
    m_servers.clear();
    m_broadcasters.clear();
}

void TestJoinedServers::broadcastsReachTheOther()
{
    start();
    const QByteArray cookie = newCookie();
    Tab here(server(0), cookie);
    Tab sibling(server(0), cookie);
    Tab there(server(1), cookie);
    Tab stranger(server(1), newCookie());
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(here.run(u"increment"_s));
        QVERIFY(sibling.read() && there.read());
        const QString expected = QString::number(i);
        QCOMPARE(here.counter(), expected);
        QCOMPARE(sibling.counter(), expected);
        QCOMPARE(there.counter(), expected);
    }
    for (Tab *tab : {&here, &sibling, &there, &stranger})
        QVERIFY(tab->isQuiet());
    QCOMPARE(stranger.counter(), u"0"_s);
    QVERIFY(there.run(u"quiet"_s));
    QVERIFY(here.isQuiet());
}

void TestJoinedServers::aPostReachesTheOther()
{
    start();
    WebClient browser(server(0).url());
    browser.get(u"/"_s);
    Tab here(server(0), browser.cookie());
    Tab there(server(1), browser.cookie());
    QCOMPARE(browser.postJson(u"/"_s, u"increment"_s).status, 200);
    QVERIFY(here.read() && there.read());
    QCOMPARE(here.counter(), u"1"_s);
    QCOMPARE(there.counter(), u"1"_s);
    QVERIFY(here.isQuiet() && there.isQuiet());
}

void TestJoinedServers::triggersReachBoth()
{
    start();
    const QByteArray cookie = newCookie();
    const GroupId group = groupOf(cookie);
    Tab here(server(0), cookie);
    Tab there(server(1), cookie);
    QVERIFY(server(0).triggerAction(group, u"set-title"_s, {{u"title"_s, u"news"_s}}));
    QVERIFY(here.read() && there.read());
    QCOMPARE(here.title(), u"news"_s);
    QCOMPARE(there.title(), u"news"_s);
    QVERIFY(here.isQuiet() && there.isQuiet());
    // With other servers there may be tabs that this one does not know.
    QVERIFY(server(0).triggerAction(GroupId(u"of nobody"_s), u"quiet"_s));
}

void TestJoinedServers::usersAreReachedEverywhere()
{
    start(nullptr, nullptr, true);
    Tab here(server(0), {}, login("alice"));
    Tab there(server(1), {}, login("alice"));
    Tab other(server(1), {}, login("bob"));
    const QJsonObject data{{u"title"_s, u"for alice"_s}};
    QVERIFY(server(0).triggerActionForUser(UserId(u"alice"_s), u"setTitle"_s, data));
    QVERIFY(here.read() && there.read());
    QCOMPARE(here.title(), u"for alice"_s);
    QCOMPARE(there.title(), u"for alice"_s);
    QVERIFY(here.isQuiet() && there.isQuiet() && other.isQuiet());
    QVERIFY(!server(0).triggerActionForUser(UserId(), u"setTitle"_s, data));
    QVERIFY(!server(0).triggerActionForUser(UserId(u"alice"_s), QString()));

    QVERIFY(server(1).publishToUser(UserId(u"bob"_s), {{u"title"_s, u"only bob"_s}}));
    QVERIFY(other.read());
    QCOMPARE(other.title(), u"only bob"_s);
    QVERIFY(here.isQuiet() && there.isQuiet());
}

void TestJoinedServers::valuesAreShownOnce()
{
    start();
    const QByteArray cookie = newCookie();
    Tab here(server(0), cookie);
    Tab there(server(1), cookie);
    Tab stranger(server(1), newCookie());
    QVERIFY(here.run(u"increment"_s));
    QVERIFY(there.read());

    QVERIFY(server(0).publishGlobal({{u"counter"_s, 99}, {u"title"_s, u"down at noon"_s}}));
    for (Tab *tab : {&here, &there, &stranger}) {
        QVERIFY(tab->read());
        QCOMPARE(tab->title(), u"down at noon"_s);
        QCOMPARE(tab->counter(), u"99"_s);
        QVERIFY(tab->isQuiet());
    }
    // The state has stayed, and is shown by what comes next.
    QVERIFY(there.run(u"quiet"_s));
    QCOMPARE(there.counter(), u"2"_s);
    QCOMPARE(there.title(), QString());

    QVERIFY(server(1).publishToGroup(groupOf(cookie), {{u"title"_s, u"for the group"_s}}));
    QVERIFY(here.read() && there.read());
    QCOMPARE(here.title(), u"for the group"_s);
    QVERIFY(stranger.isQuiet());
    QCOMPARE(Tab(server(0), cookie).counter(), u"2"_s);
}

void TestJoinedServers::aClosedServerReceivesNothing()
{
    start();
    const QByteArray cookie = newCookie();
    Tab here(server(0), cookie);
    server(1).close();
    QVERIFY(here.run(u"increment"_s));
    QVERIFY(server(1).listen());
    Tab there(server(1), cookie);
    QCOMPARE(there.counter(), u"1"_s);
    QVERIFY(here.run(u"increment"_s));
    QVERIFY(there.read());
    QCOMPARE(there.counter(), u"2"_s);
}

void TestJoinedServers::groupsAndUsersAreSubscribedTo()
{
    const auto subscriber = std::make_shared<CountingSubscriber>();
    start(subscriber, nullptr, true);
    {
        Tab first(server(0), {}, login("alice"));
        Tab second(server(0), {}, login("alice"));
        Tab third(server(0), {}, login("bob"));
        const std::map<QString, int> expected{{u"group alice"_s, 1},  {u"user alice"_s, 1},
                                              {u"action alice"_s, 1}, {u"group bob"_s, 1},
                                              {u"user bob"_s, 1},     {u"action bob"_s, 1}};
        QVERIFY(subscriber->counts() == expected);
    }
    QTRY_VERIFY(subscriber->counts().empty());
    const auto anonymous = std::make_shared<CountingSubscriber>();
    cleanup();
    start(anonymous);
    const QByteArray cookie = newCookie();
    Tab tab(server(0), cookie);
    QVERIFY((anonymous->counts()
             == std::map<QString, int>{{u"group "_s + groupOf(cookie).value(), 1}}));
}

void TestJoinedServers::aPageBeginsWhenItsMessagesArrive()
{
    const auto subscriber = std::make_shared<CountingSubscriber>();
    start(subscriber);
    const QByteArray cookie = newCookie();
    Tab there(server(1), cookie);
    subscriber->hold();
    LiveClient here(server(0).url(), cookie);
    LiveClient sibling(server(0).url(), cookie);
    QVERIFY(here.waitForState(QAbstractSocket::ConnectedState));
    QVERIFY(sibling.waitForState(QAbstractSocket::ConnectedState));
    QTRY_COMPARE(subscriber->waiting(), 1);
    // What is saved before the channel is subscribed to, is what the page begins with.
    QVERIFY(there.run(u"increment"_s));
    subscriber->acknowledge();
    for (LiveClient *client : {&here, &sibling}) {
        QCOMPARE(client->nextJson().value(u"tree"_s).toObject().value(u"0"_s).toString(), u"1"_s);
        QVERIFY(client->isQuiet());
    }
}

void TestJoinedServers::loadsOfOneGroupComeOneAfterTheOther()
{
    start(nullptr, std::make_shared<SlowStore>(20ms));
    const QByteArray cookie = newCookie();
    // Ten actions at once, of ten requests: none is lost, although each begins with what is saved.
    std::vector<std::unique_ptr<QNetworkAccessManager>> browsers;
    std::vector<QNetworkReply *> replies;
    for (int i = 0; i < 10; ++i) {
        browsers.push_back(std::make_unique<QNetworkAccessManager>());
        QNetworkRequest request(server(0).url());
        request.setRawHeader("Cookie", cookie);
        request.setRawHeader("Accept", "application/json");
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        replies.push_back(browsers.back()->post(request, "{\"action\":\"quiet\",\"data\":{}}"_ba));
    }
    for (QNetworkReply *reply : replies)
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20s);
    Tab tab(server(0), cookie);
    QCOMPARE(tab.counter(), u"10"_s);
}

void TestJoinedServers::whatIsBroadcastDuringALoadIsNotRunTwice()
{
    start(nullptr, std::make_shared<SlowStore>(300ms));
    const QByteArray cookie = newCookie();
    Tab here(server(0), cookie);
    LiveClient late(server(0).url(), cookie);
    QVERIFY(late.waitForState(QAbstractSocket::ConnectedState));
    QVERIFY(here.run(u"increment"_s));
    QCOMPARE(late.nextJson().value(u"tree"_s).toObject().value(u"0"_s).toString(), u"1"_s);
    QVERIFY(late.isQuiet());
    QVERIFY(here.isQuiet());
}

QTEST_GUILESS_MAIN(TestJoinedServers)
#include "tst_joinedservers.moc"
