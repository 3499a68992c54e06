// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Two servers of one process, joined by a broadcaster and a store.

#include "basicauthenticator.h"
#include "countingpage.h"
#include "inprocessbroadcaster.h"
#include "liveclient.h"
#include "livetest.h"
#include "sessionstore.h"

#include <QTest>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

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

QString counter(const LiveTest::Tab &tab)
{
    return tab.text(u"#counter");
}

QString title(const LiveTest::Tab &tab)
{
    return tab.text(u"#title");
}

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
    enum class Visitors {
        Anonymous,
        /// By their names, with any password.
        Users,
    };

    /// Two servers, of which the first may have its own broadcaster.
    void start(std::shared_ptr<InProcessBroadcaster> first = nullptr,
               std::shared_ptr<SessionStore> store = nullptr,
               Visitors visitors = Visitors::Anonymous)
    {
        QFETCH_GLOBAL(int, threads);
        ServerOptions options = LiveTest::Site::defaultOptions();
        options.threads = threads;
        if (visitors == Visitors::Users) {
            options.authenticator = std::make_shared<BasicAuthenticator>(
                [](const QString &, const QString &) { return true; });
        }
        if (!first && !store) {
            m_cluster = std::make_unique<LiveTest::Cluster>();
            m_sites.push_back(std::make_unique<LiveTest::Site>(*m_cluster, options));
            m_sites.push_back(std::make_unique<LiveTest::Site>(*m_cluster, options));
        } else {
            options.sessionStore = store ? std::move(store)
                                         : std::make_shared<MemorySessionStore>();
            const auto here = first ? std::move(first) : std::make_shared<InProcessBroadcaster>();
            const auto there = std::make_shared<InProcessBroadcaster>();
            here->join(*there);
            options.broadcaster = here;
            m_sites.push_back(std::make_unique<LiveTest::Site>(options));
            options.broadcaster = there;
            m_sites.push_back(std::make_unique<LiveTest::Site>(options));
        }
        for (const auto &site : m_sites) {
            QVERIFY(site->mount<CountingState>(u"/", countingTemplate, [] {
                return std::make_unique<CountingController>();
            }));
            QVERIFY(site->start());
        }
    }

    [[nodiscard]] LiveTest::Site &here() { return *m_sites[0]; }
    [[nodiscard]] LiveTest::Site &there() { return *m_sites[1]; }

    /// Has it served on a port, too.
    static bool listen(LiveTest::Site &site)
    {
        site.stop();
        return site.server().listen();
    }

    static GroupId groupOf(const LiveTest::Browser &browser)
    {
        return GroupId(QString::fromLatin1(browser.cookie("livetemplate-id")));
    }
    /// The cookie of a browser that has been here, for a client of which a test must see how it
    /// begins.
    static QByteArray cookieOf(LiveTest::Browser &browser)
    {
        [[maybe_unused]] const LiveTest::Response page = browser.fetch({});
        return "livetemplate-id=" + browser.cookie("livetemplate-id");
    }

    std::unique_ptr<LiveTest::Cluster> m_cluster;
    std::vector<std::unique_ptr<LiveTest::Site>> m_sites;
};

void TestJoinedServers::initTestCase_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("1 thread") << 1;
    QTest::newRow("4 threads") << 4;
}

void TestJoinedServers::cleanup()
{
    m_sites.clear();
    m_cluster = nullptr;
}

void TestJoinedServers::broadcastsReachTheOther()
{
    start();
    LiveTest::Browser browser(here());
    LiveTest::Browser strangers(there());
    LiveTest::Tab tab = browser.open();
    LiveTest::Tab sibling = browser.open();
    LiveTest::Tab other = browser.openAt(there());
    LiveTest::Tab stranger = strangers.open();
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(tab.send(u"increment"_s));
        QVERIFY(sibling.waitForUpdate() && other.waitForUpdate());
        const QString expected = QString::number(i);
        QCOMPARE(counter(tab), expected);
        QCOMPARE(counter(sibling), expected);
        QCOMPARE(counter(other), expected);
    }
    // Nothing came twice: the page, and one message for each time.
    for (LiveTest::Tab *seen : {&tab, &sibling, &other}) {
        QVERIFY(seen->isQuiet());
        QCOMPARE(seen->updates().size(), 1 + 5);
    }
    QVERIFY(stranger.isQuiet());
    QCOMPARE(stranger.updates().size(), 1);
    QCOMPARE(counter(stranger), u"0"_s);
    QVERIFY(other.send(u"quiet"_s));
    QVERIFY(tab.isQuiet());
    QCOMPARE(tab.updates().size(), 1 + 5);
}

void TestJoinedServers::aPostReachesTheOther()
{
    start();
    LiveTest::Browser browser(here());
    LiveTest::Tab tab = browser.open();
    LiveTest::Tab other = browser.openAt(there());
    LiveTest::Browser posting(here(), LiveTest::Browser::Scripts::WithoutWebSocket);
    posting.setCookie("livetemplate-id", browser.cookie("livetemplate-id"));
    QVERIFY(posting.open().send(u"increment"_s));
    for (LiveTest::Tab *seen : {&tab, &other}) {
        QVERIFY(seen->waitForUpdate());
        QCOMPARE(counter(*seen), u"1"_s);
        QVERIFY(seen->isQuiet());
        QCOMPARE(seen->updates().size(), 2);
    }
}

void TestJoinedServers::triggersReachBoth()
{
    start();
    LiveTest::Browser browser(here());
    LiveTest::Tab tab = browser.open();
    LiveTest::Tab other = browser.openAt(there());
    QVERIFY(
        here().server().triggerAction(groupOf(browser), u"set-title"_s, {{u"title"_s, u"news"_s}}));
    for (LiveTest::Tab *seen : {&tab, &other}) {
        QVERIFY(seen->waitForUpdate());
        QCOMPARE(title(*seen), u"news"_s);
        QVERIFY(seen->isQuiet());
        QCOMPARE(seen->updates().size(), 2);
    }
    // With other servers there may be tabs that this one does not know.
    QVERIFY(here().server().triggerAction(GroupId(u"of nobody"_s), u"quiet"_s));
}

void TestJoinedServers::usersAreReachedEverywhere()
{
    start(nullptr, nullptr, Visitors::Users);
    LiveTest::Browser alice(here());
    alice.setCredentials(u"alice"_s, u"x"_s);
    LiveTest::Browser bob(there());
    bob.setCredentials(u"bob"_s, u"x"_s);
    LiveTest::Tab tab = alice.open();
    LiveTest::Tab elsewhere = alice.openAt(there());
    LiveTest::Tab other = bob.open();
    const QJsonObject data{{u"title"_s, u"for alice"_s}};
    Server &server = here().server();
    QVERIFY(server.triggerActionForUser(UserId(u"alice"_s), u"setTitle"_s, data));
    for (LiveTest::Tab *seen : {&tab, &elsewhere}) {
        QVERIFY(seen->waitForUpdate());
        QCOMPARE(title(*seen), u"for alice"_s);
        QVERIFY(seen->isQuiet());
        QCOMPARE(seen->updates().size(), 2);
    }
    QVERIFY(other.isQuiet());
    QCOMPARE(other.updates().size(), 1);
    QVERIFY(!server.triggerActionForUser(UserId(), u"setTitle"_s, data));
    QVERIFY(!server.triggerActionForUser(UserId(u"alice"_s), QString()));

    QVERIFY(there().server().publishToUser(UserId(u"bob"_s), {{u"title"_s, u"only bob"_s}}));
    QVERIFY(other.waitForUpdate());
    QCOMPARE(title(other), u"only bob"_s);
    for (LiveTest::Tab *seen : {&tab, &elsewhere}) {
        QVERIFY(seen->isQuiet());
        QCOMPARE(seen->updates().size(), 2);
    }
}

void TestJoinedServers::valuesAreShownOnce()
{
    start();
    LiveTest::Browser browser(here());
    LiveTest::Browser strangers(there());
    LiveTest::Tab tab = browser.open();
    LiveTest::Tab other = browser.openAt(there());
    LiveTest::Tab stranger = strangers.open();
    QVERIFY(tab.send(u"increment"_s));
    QVERIFY(other.waitForUpdate());

    QVERIFY(here().server().publishGlobal({{u"counter"_s, 99}, {u"title"_s, u"down at noon"_s}}));
    for (LiveTest::Tab *seen : {&tab, &other, &stranger}) {
        QVERIFY(seen->waitForUpdate());
        QCOMPARE(title(*seen), u"down at noon"_s);
        QCOMPARE(counter(*seen), u"99"_s);
        QVERIFY(seen->isQuiet());
    }
    QCOMPARE(tab.updates().size(), 3);
    QCOMPARE(other.updates().size(), 3);
    QCOMPARE(stranger.updates().size(), 2);
    // The state has stayed, and is shown by what comes next.
    QCOMPARE(other.state<CountingState>().counter, 1);
    QVERIFY(other.send(u"quiet"_s));
    there().settle(); // so that it is saved
    QCOMPARE(counter(other), u"2"_s);
    QCOMPARE(title(other), QString());

    QVERIFY(there().server().publishToGroup(groupOf(browser), {{u"title"_s, u"for the group"_s}}));
    QVERIFY(tab.waitForUpdate() && other.waitForUpdate());
    QCOMPARE(title(tab), u"for the group"_s);
    QVERIFY(stranger.isQuiet());
    QCOMPARE(stranger.updates().size(), 2);
    QCOMPARE(counter(browser.open()), u"2"_s);
}

void TestJoinedServers::aClosedServerReceivesNothing()
{
    start();
    LiveTest::Browser browser(here());
    LiveTest::Tab tab = browser.open();
    there().stop();
    QVERIFY(tab.send(u"increment"_s));
    QVERIFY(there().start());
    LiveTest::Tab other = browser.openAt(there());
    QCOMPARE(counter(other), u"1"_s);
    QVERIFY(tab.send(u"increment"_s));
    QVERIFY(other.waitForUpdate());
    QCOMPARE(counter(other), u"2"_s);
    QCOMPARE(other.updates().size(), 2);
}

void TestJoinedServers::groupsAndUsersAreSubscribedTo()
{
    const auto subscriber = std::make_shared<CountingSubscriber>();
    start(subscriber, nullptr, Visitors::Users);
    {
        LiveTest::Browser alice(here());
        alice.setCredentials(u"alice"_s, u"x"_s);
        LiveTest::Browser bob(here());
        bob.setCredentials(u"bob"_s, u"x"_s);
        const LiveTest::Tab first = alice.open();
        const LiveTest::Tab second = alice.open();
        const LiveTest::Tab third = bob.open();
        const std::map<QString, int> expected{{u"group alice"_s, 1},  {u"user alice"_s, 1},
                                              {u"action alice"_s, 1}, {u"group bob"_s, 1},
                                              {u"user bob"_s, 1},     {u"action bob"_s, 1}};
        QVERIFY(subscriber->counts() == expected);
    }
    QTRY_VERIFY(subscriber->counts().empty());
    const auto anonymous = std::make_shared<CountingSubscriber>();
    cleanup();
    start(anonymous);
    LiveTest::Browser browser(here());
    const LiveTest::Tab tab = browser.open();
    QVERIFY((anonymous->counts()
             == std::map<QString, int>{{u"group "_s + groupOf(browser).value(), 1}}));
}

void TestJoinedServers::aPageBeginsWhenItsMessagesArrive()
{
    const auto subscriber = std::make_shared<CountingSubscriber>();
    start(subscriber);
    LiveTest::Browser browser(there());
    LiveTest::Tab other = browser.open();
    subscriber->hold();
    // Clients that wait for nothing.
    QVERIFY(listen(here()));
    const QByteArray cookie = cookieOf(browser);
    LiveClient early(here().server().url(), cookie);
    LiveClient sibling(here().server().url(), cookie);
    QVERIFY(early.waitForState(QAbstractSocket::ConnectedState));
    QVERIFY(sibling.waitForState(QAbstractSocket::ConnectedState));
    QTRY_COMPARE(subscriber->waiting(), 1);
    // What is saved before the channel is subscribed to, is what the page begins with.
    QVERIFY(other.send(u"increment"_s));
    there().settle(); // it is saved and published after the answer
    subscriber->acknowledge();
    for (LiveClient *client : {&early, &sibling}) {
        QCOMPARE(client->nextJson().value(u"tree"_s).toObject().value(u"0"_s).toString(), u"1"_s);
        QVERIFY(client->isQuiet());
    }
}

void TestJoinedServers::loadsOfOneGroupComeOneAfterTheOther()
{
    start(nullptr, std::make_shared<SlowStore>(20ms));
    QVERIFY(listen(here()));
    LiveTest::Browser browser(here());
    const QByteArray cookie = cookieOf(browser);
    // Ten actions at once, of ten requests: none is lost, although each begins with what is saved.
    std::vector<std::unique_ptr<QNetworkAccessManager>> managers;
    std::vector<QNetworkReply *> replies;
    for (int i = 0; i < 10; ++i) {
        managers.push_back(std::make_unique<QNetworkAccessManager>());
        QNetworkRequest request(here().server().url());
        request.setRawHeader("Cookie", cookie);
        request.setRawHeader("Accept", "application/json");
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        replies.push_back(managers.back()->post(request, "{\"action\":\"quiet\",\"data\":{}}"_ba));
    }
    for (QNetworkReply *reply : replies)
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20s);
    QCOMPARE(counter(browser.open()), u"10"_s);
}

void TestJoinedServers::whatIsBroadcastDuringALoadIsNotRunTwice()
{
    start(nullptr, std::make_shared<SlowStore>(300ms));
    QVERIFY(listen(here()));
    LiveTest::Browser browser(here());
    LiveTest::Tab tab = browser.open();
    LiveClient late(here().server().url(), cookieOf(browser));
    QVERIFY(late.waitForState(QAbstractSocket::ConnectedState));
    QVERIFY(tab.send(u"increment"_s));
    QCOMPARE(late.nextJson().value(u"tree"_s).toObject().value(u"0"_s).toString(), u"1"_s);
    QVERIFY(late.isQuiet());
    QVERIFY(tab.isQuiet());
    QCOMPARE(tab.updates().size(), 2);
}

QTEST_GUILESS_MAIN(TestJoinedServers)
#include "tst_joinedservers.moc"
