// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Servers that join a real Redis while they run, and leave it.

#include "liveclient.h"
#include "observedmessage.h"
#include "redismembership.h"
#include "redisobserver.h"
#include "redisserver.h"
#include "server.h"
#include "sessionstore.h"
#include "webclient.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Membership = RedisMembership::State;

class MemberState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)

public:
    int counter = 0;
    QString title;
    bool operator==(const MemberState &) const = default;
};

class MemberController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE MemberState increment(MemberState state, LiveTemplate::Context &context)
    {
        ++state.counter;
        context.broadcastAction(u"Increment"_s);
        return state;
    }
};

namespace {

/// A server that is its own machine: it may join and leave.
struct Instance
{
    explicit Instance(int threads)
    {
        ServerOptions options;
        options.threads = threads;
        options.sessionStore = membership.sessionStore();
        options.broadcaster = membership.broadcaster();
        server = std::make_unique<Server>(options);
        server->mount<MemberState>(u"/", u":/templates/joined.html",
                                   [] { return std::make_unique<MemberController>(); });
        if (!server->listen())
            qFatal("%s", qPrintable(server->errorString()));
    }

    [[nodiscard]] bool join(const RedisServer &redis)
    {
        membership.join(*RedisUrl::parse(redis.url()));
        return waitFor(Membership::Joined);
    }
    [[nodiscard]] bool leave()
    {
        membership.leave();
        return waitFor(Membership::Apart);
    }
    [[nodiscard]] bool waitFor(Membership state)
    {
        return QTest::qWaitFor([&] { return membership.state() == state; }, 20'000);
    }

    RedisMembership membership;
    std::unique_ptr<Server> server;
};

class Tab
{
public:
    Tab(const Instance &instance, const QByteArray &cookie)
        : m_client(instance.server->url(), cookie)
    {
        read();
    }

    [[nodiscard]] QString counter() const { return m_counter; }
    bool read()
    {
        const QJsonObject message = m_client.nextJson();
        const QJsonObject tree = message.value(u"tree"_s).toObject();
        if (tree.contains(u"0"_s))
            m_counter = tree.value(u"0"_s).toString();
        return !message.isEmpty();
    }
    bool increment()
    {
        m_client.action(u"increment"_s);
        return read();
    }
    [[nodiscard]] bool isQuiet() { return m_client.isQuiet(); }

private:
    LiveClient m_client;
    QString m_counter;
};

QByteArray newCookie(const Instance &instance)
{
    WebClient browser(instance.server->url());
    browser.get(u"/"_s);
    return browser.cookie();
}

} // namespace

class TestRedisMembership : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void tabsFollowWhileJoined();
    void stateGoesToRedisAndBack();
    void whatRedisHasNewerStays();
    void pagesGoOnWhileRedisIsGone();
    void movesFromOneRedisToAnother();
    void saysWhyItDoesNotJoin();
    void canBeCancelled();
    void joinsAndLeavesUnderLoad();
    void serversAreSeen();
    void itsFigures();
};

void TestRedisMembership::initTestCase_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("1 thread") << 1;
    QTest::newRow("4 threads") << 4;
}

void TestRedisMembership::tabsFollowWhileJoined()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis;
    QVERIFY(redis.start());
    Instance here(threads);
    Instance there(threads);
    QVERIFY(there.join(redis));
    const QByteArray cookie = newCookie(here);
    Tab ours(here, cookie);
    Tab theirs(there, cookie);

    // Apart.
    QVERIFY(theirs.increment());
    QVERIFY(ours.isQuiet());
    QCOMPARE(ours.counter(), u"0"_s);

    // The tabs are open already: their groups are subscribed to on joining.
    QVERIFY(here.join(redis));
    QVERIFY(theirs.increment());
    QCOMPARE(theirs.counter(), u"2"_s);
    QVERIFY(ours.read());
    QCOMPARE(ours.counter(), u"1"_s); // its own count, one action more
    QVERIFY(ours.increment());
    QVERIFY(theirs.read());
    QCOMPARE(theirs.counter(), u"3"_s);
    QVERIFY(ours.isQuiet());
    QVERIFY(theirs.isQuiet());

    QVERIFY(here.leave());
    QVERIFY(theirs.increment());
    QCOMPARE(theirs.counter(), u"4"_s);
    QVERIFY(ours.isQuiet());
    QVERIFY(ours.increment());
    QCOMPARE(ours.counter(), u"3"_s);
    QVERIFY(theirs.isQuiet());
}

void TestRedisMembership::stateGoesToRedisAndBack()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis;
    QVERIFY(redis.start());
    Instance here(threads);
    Instance there(threads);
    const QByteArray cookie = newCookie(here);
    {
        Tab tab(here, cookie);
        for (int i = 0; i < 5; ++i)
            QVERIFY(tab.increment());
    }
    QVERIFY(here.join(redis));
    QVERIFY(there.join(redis));
    {
        Tab elsewhere(there, cookie);
        QTRY_COMPARE(Tab(there, cookie).counter(), u"5"_s);
    }
    {
        Tab elsewhere(there, cookie);
        QCOMPARE(elsewhere.counter(), u"5"_s);
        QVERIFY(elsewhere.increment());
        QCOMPARE(elsewhere.counter(), u"6"_s);
        // Redis has it when the next page finds it there.
        QTRY_COMPARE(Tab(here, cookie).counter(), u"6"_s);
        QVERIFY(elsewhere.increment());
        QTRY_COMPARE(Tab(there, cookie).counter(), u"7"_s);
    }
    // No tab is open here: what the other has saved since comes back by fetching.
    QTRY_VERIFY(redis
                    .cli({u"HGET"_s,
                          u"livetemplate:session:"_s
                              + QString::fromLatin1(cookie.mid(cookie.indexOf('=') + 1)),
                          u"state"_s})
                    .contains('7'));
    QVERIFY(here.leave());
    redis.kill();
    QCOMPARE(Tab(here, cookie).counter(), u"7"_s);
}

void TestRedisMembership::whatRedisHasNewerStays()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis;
    QVERIFY(redis.start());
    Instance here(threads);
    Instance there(threads);
    QVERIFY(there.join(redis));
    const QByteArray cookie = newCookie(here);
    {
        Tab tab(here, cookie);
        QVERIFY(tab.increment());
    }
    {
        Tab tab(there, cookie);
        for (int i = 0; i < 9; ++i)
            QVERIFY(tab.increment());
    }
    QTRY_COMPARE(Tab(there, cookie).counter(), u"9"_s);
    QVERIFY(here.join(redis));
    QTRY_COMPARE(Tab(here, cookie).counter(), u"9"_s);
    QCOMPARE(Tab(there, cookie).counter(), u"9"_s);
}

void TestRedisMembership::pagesGoOnWhileRedisIsGone()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis({.isPersistent = true});
    QVERIFY(redis.start());
    Instance here(threads);
    QVERIFY(here.join(redis));
    const QByteArray cookie = newCookie(here);
    Tab tab(here, cookie);
    QVERIFY(tab.increment());
    redis.kill();
    QTRY_COMPARE(here.membership.problem().kind, RedisProblem::Kind::Lost);
    QCOMPARE(here.membership.state(), Membership::Joined);
    QVERIFY(here.membership.sentence().contains(u"gone"_s));
    QVERIFY(tab.increment());
    QCOMPARE(tab.counter(), u"2"_s);
    QCOMPARE(Tab(here, cookie).counter(), u"2"_s);
    // It can be left while it is gone, and nothing is lost.
    QVERIFY(here.leave());
    QVERIFY(tab.increment());
    QCOMPARE(Tab(here, cookie).counter(), u"3"_s);
    // And joined again.
    QVERIFY(redis.restart());
    QVERIFY(here.join(redis));
    QTRY_COMPARE(Tab(here, cookie).counter(), u"3"_s);
}

void TestRedisMembership::movesFromOneRedisToAnother()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer first;
    RedisServer second;
    QVERIFY(first.start());
    QVERIFY(second.start());
    Instance here(threads);
    QVERIFY(here.join(first));
    const QByteArray cookie = newCookie(here);
    Tab tab(here, cookie);
    QVERIFY(tab.increment());
    here.membership.join(*RedisUrl::parse(second.url()));
    QTRY_VERIFY_WITH_TIMEOUT(here.membership.state() == Membership::Joined
                                 && here.membership.url() == *RedisUrl::parse(second.url()),
                             20'000);
    QTRY_VERIFY(second.cli({u"KEYS"_s, u"livetemplate:session:*"_s}).size() > 0);
    QTRY_VERIFY(!first.cli({u"PUBSUB"_s, u"CHANNELS"_s}).contains("livetemplate"));
    QVERIFY(second.waitFor({u"PUBSUB"_s, u"CHANNELS"_s}, "groupaction:group"));
    QVERIFY(tab.increment());
    QCOMPARE(tab.counter(), u"2"_s);
}

void TestRedisMembership::saysWhyItDoesNotJoin()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis({.password = u"right"_s});
    QVERIFY(redis.start());
    Instance here(threads);
    here.membership.join(*RedisUrl::parse(u"redis://:wrong@127.0.0.1:%1"_s.arg(redis.port())));
    QVERIFY(here.waitFor(Membership::Apart));
    QCOMPARE(here.membership.problem().kind, RedisProblem::Kind::WrongPassword);
    QVERIFY(!here.membership.sentence().contains(u"wrong@"_s));
    QVERIFY(here.join(redis));
    QCOMPARE(here.membership.problem().kind, RedisProblem::Kind::None);
}

void TestRedisMembership::canBeCancelled()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis({.port = RedisServer::freePort()});
    Instance here(threads);
    here.membership.join(*RedisUrl::parse(redis.url()));
    QTRY_COMPARE(here.membership.problem().kind, RedisProblem::Kind::Unreachable);
    QCOMPARE(here.membership.state(), Membership::Joining);
    // Pages are served meanwhile.
    const QByteArray cookie = newCookie(here);
    Tab tab(here, cookie);
    QVERIFY(tab.increment());
    here.membership.leave();
    QCOMPARE(here.membership.state(), Membership::Apart);
    QVERIFY(tab.increment());
    QCOMPARE(Tab(here, cookie).counter(), u"2"_s);
}

void TestRedisMembership::joinsAndLeavesUnderLoad()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis;
    QVERIFY(redis.start());
    Instance here(threads);
    const QByteArray cookie = newCookie(here);
    Tab first(here, cookie);
    Tab second(here, cookie);
    int expected = 0;
    // Each action once at each tab, whatever is under way.
    for (int round = 0; round < 6; ++round) {
        if (round % 2 == 0)
            here.membership.join(*RedisUrl::parse(redis.url()));
        else
            here.membership.leave();
        const Membership wanted = round % 2 == 0 ? Membership::Joined : Membership::Apart;
        do {
            QVERIFY(first.increment());
            QVERIFY(second.read());
            ++expected;
            QCOMPARE(first.counter(), QString::number(expected));
            QCOMPARE(second.counter(), QString::number(expected));
        } while (here.membership.state() != wanted);
        QVERIFY(first.isQuiet());
        QVERIFY(second.isQuiet());
        QCOMPARE(Tab(here, cookie).counter(), QString::number(expected));
    }
}

void TestRedisMembership::serversAreSeen()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis;
    QVERIFY(redis.start());
    Instance here(threads);
    Instance there(threads);
    QVERIFY(here.join(redis));
    QVERIFY(there.join(redis));
    const auto servers = std::make_shared<ObservedServers>();
    RedisObserverOptions options;
    options.reader = ObservedServers::reader(servers);
    RedisObserver observer(options);
    QList<std::shared_ptr<const ObservedMessage>> messages;
    connect(&observer, &RedisObserver::messagesArrived, this,
            [&](const QList<RedisMessage> &batch) {
                for (const RedisMessage &message : batch) {
                    messages += std::dynamic_pointer_cast<const ObservedMessage>(message.content);
                }
            });
    observer.open(*RedisUrl::parse(redis.url()));
    QTRY_COMPARE(observer.status().state, RedisObserverStatus::State::Connected);
    const QByteArray cookie = newCookie(here);
    Tab tab(here, cookie);
    QVERIFY(tab.increment());
    redis.run({u"PUBLISH"_s, u"livetemplate:broadcast:global"_s, u"{\"type\":\"group_action\"}"_s});
    QTRY_COMPARE(servers->invalidCount(), 1u);
    // The other one publishes probes only.
    QTRY_COMPARE_WITH_TIMEOUT(servers->servers().size(), 2, 10'000);
    const GroupId group(QString::fromLatin1(cookie.mid(cookie.indexOf('=') + 1)));
    for (const ObservedServer &server : servers->servers()) {
        QVERIFY(server.lag);
        QVERIFY(*server.lag < 10s);
        QCOMPARE(server.messages, server.instanceId == here.membership.instanceId() ? 1u : 0u);
    }
    QTRY_VERIFY(std::ranges::any_of(messages, [&](const auto &message) {
        return message && message->isValid() && message->group == group
            && message->action == "Increment"_L1 && message->type == "group_action"_L1
            && message->sequence > 0 && message->instanceId == here.membership.instanceId();
    }));
    QVERIFY(std::ranges::any_of(messages, [](const auto &message) {
        return message && !message->isValid() && message->problem.contains("groupID"_L1);
    }));
}

void TestRedisMembership::itsFigures()
{
    QFETCH_GLOBAL(int, threads);
    RedisServer redis;
    QVERIFY(redis.start());
    Instance here(threads);
    QVERIFY(!here.membership.statistics());
    QVERIFY(here.join(redis));
    const auto figures = [&here] {
        return here.membership.statistics().value_or(ServerStatistics::Redis());
    };
    QTRY_VERIFY(figures().isConnected && figures().isSubscribed);
    const ServerStatistics::Redis before = figures();

    Tab tab(here, newCookie(here));
    QVERIFY(tab.increment());
    QTRY_VERIFY(figures().published > before.published);
    QTRY_VERIFY(!figures().commandDuration.since(before.commandDuration).isEmpty());
    QVERIFY(!figures().isFallback);

    redis.kill();
    QTRY_VERIFY_WITH_TIMEOUT(!figures().isConnected, 20'000);
    QVERIFY(here.leave());
    QVERIFY(!here.membership.statistics());
}

QTEST_GUILESS_MAIN(TestRedisMembership)
#include "tst_redismembership.moc"
