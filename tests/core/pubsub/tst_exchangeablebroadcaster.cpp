// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exchangeablebroadcaster.h"
#include "inprocessbroadcaster.h"

#include <QDeadlineTimer>
#include <QTest>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Keeps what it was told to subscribe to, and acknowledges when it is told to.
class Subscriber : public InProcessBroadcaster, public DynamicSubscriber
{
public:
    void subscribeToGroup(const GroupId &group, Subscribed done) override
    {
        add(u"group "_s + group.value(), std::move(done));
    }
    void subscribeToUser(const UserId &user, Subscribed done) override
    {
        add(u"user "_s + user.value(), std::move(done));
    }
    void subscribeToServerAction(const UserId &user, Subscribed done) override
    {
        add(u"action "_s + user.value(), std::move(done));
    }
    void unsubscribeFromGroup(const GroupId &group) override
    {
        remove(u"group "_s + group.value());
    }
    void unsubscribeFromUser(const UserId &user) override { remove(u"user "_s + user.value()); }
    void unsubscribeFromServerAction(const UserId &user) override
    {
        remove(u"action "_s + user.value());
    }
    void close() override
    {
        acknowledge();
        InProcessBroadcaster::close();
    }

    void acknowledge()
    {
        std::vector<Subscribed> waiting;
        {
            const std::lock_guard lock(m_mutex);
            waiting.swap(m_waiting);
        }
        for (Subscribed &done : waiting)
            done();
    }
    [[nodiscard]] std::map<QString, int> counts()
    {
        const std::lock_guard lock(m_mutex);
        return m_counts;
    }

private:
    void add(const QString &what, Subscribed done)
    {
        const std::lock_guard lock(m_mutex);
        ++m_counts[what];
        m_waiting.push_back(std::move(done));
    }
    void remove(const QString &what)
    {
        const std::lock_guard lock(m_mutex);
        if (--m_counts[what] == 0)
            m_counts.erase(what);
    }

    std::mutex m_mutex;
    std::map<QString, int> m_counts;
    std::vector<Subscribed> m_waiting;
};

const GroupId group(u"g"_s);
const UserId user(u"u"_s);

} // namespace

class TestExchangeableBroadcaster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aloneNothingWaits();
    void subscriptionsMoveOver();
    void whatWaitsEnds();
    void messagesComeByTheCurrentOneOnly();
    void nothingIsDeliveredTwice();
    void aClosedOneTakesNoOther();
};

void TestExchangeableBroadcaster::aloneNothingWaits()
{
    ExchangeableBroadcaster broadcaster;
    int done = 0;
    broadcaster.subscribeToGroup(group, [&] { ++done; });
    broadcaster.subscribeToUser(user, [&] { ++done; });
    broadcaster.subscribeToServerAction(user, [&] { ++done; });
    QCOMPARE(done, 3);
    QVERIFY(broadcaster.publishGlobal("{}"));
    QVERIFY(broadcaster.publishGroupAction(group, u"A"_s, {}));
    QCOMPARE(broadcaster.publishGroupAction({}, u"A"_s, {}).error(),
             Broadcaster::PublishError::BadTarget);
    broadcaster.unsubscribeFromGroup(group);
    broadcaster.unsubscribeFromGroup(group); // once too often does nothing
}

void TestExchangeableBroadcaster::subscriptionsMoveOver()
{
    ExchangeableBroadcaster broadcaster;
    broadcaster.subscribeToGroup(group, [] {});
    broadcaster.subscribeToGroup(group, [] {});
    broadcaster.subscribeToUser(user, [] {});
    const auto first = std::make_shared<Subscriber>();
    bool isExchanged = false;
    broadcaster.exchange(first, [&] { isExchanged = true; });
    using Counts = std::map<QString, int>;
    QVERIFY(first->counts() == (Counts{{u"group g"_s, 2}, {u"user u"_s, 1}}));
    QVERIFY(!isExchanged);
    first->acknowledge();
    QVERIFY(isExchanged);
    broadcaster.unsubscribeFromGroup(group);
    broadcaster.subscribeToServerAction(user, [] {});
    QVERIFY(first->counts() == (Counts{{u"action u"_s, 1}, {u"group g"_s, 1}, {u"user u"_s, 1}}));

    const auto second = std::make_shared<Subscriber>();
    broadcaster.exchange(second);
    QVERIFY(second->counts() == first->counts());
    broadcaster.exchange(nullptr, [&] { isExchanged = false; });
    QVERIFY(!isExchanged);
    broadcaster.unsubscribeFromGroup(group);
    broadcaster.unsubscribeFromUser(user);
    broadcaster.unsubscribeFromServerAction(user);
    const auto third = std::make_shared<Subscriber>();
    broadcaster.exchange(third);
    QVERIFY(third->counts().empty());
}

void TestExchangeableBroadcaster::whatWaitsEnds()
{
    ExchangeableBroadcaster broadcaster;
    broadcaster.exchange(std::make_shared<Subscriber>());
    int done = 0;
    broadcaster.subscribeToGroup(group, [&] { ++done; });
    QCOMPARE(done, 0);
    broadcaster.exchange(nullptr);
    QCOMPARE(done, 1);
}

void TestExchangeableBroadcaster::messagesComeByTheCurrentOneOnly()
{
    ExchangeableBroadcaster broadcaster;
    QStringList received;
    broadcaster.subscribeGroupActions(
        [&](const GroupActionMessage &message) { received += message.action; });
    InProcessBroadcaster here;
    InProcessBroadcaster there;
    const auto first = std::make_shared<InProcessBroadcaster>();
    const auto second = std::make_shared<InProcessBroadcaster>();
    first->join(here);
    second->join(there);
    broadcaster.exchange(first);
    QVERIFY(here.publishGroupAction(group, u"1"_s, {}));
    QVERIFY(there.publishGroupAction(group, u"2"_s, {}));
    broadcaster.exchange(second);
    QVERIFY(here.publishGroupAction(group, u"3"_s, {}));
    QVERIFY(there.publishGroupAction(group, u"4"_s, {}));
    broadcaster.exchange(nullptr);
    QVERIFY(there.publishGroupAction(group, u"5"_s, {}));
    QCOMPARE(received, (QStringList{u"1"_s, u"4"_s}));
    // A handler that is replaced takes part in later exchanges.
    QStringList later;
    broadcaster.subscribeGroupActions(
        [&](const GroupActionMessage &message) { later += message.action; });
    const auto third = std::make_shared<InProcessBroadcaster>();
    third->join(there);
    broadcaster.exchange(third);
    QVERIFY(there.publishGroupAction(group, u"6"_s, {}));
    QCOMPARE(later, QStringList{u"6"_s});
    QCOMPARE(received.size(), 2);
}

void TestExchangeableBroadcaster::nothingIsDeliveredTwice()
{
    // Members of one circle, so that each message comes by both while one follows the other.
    ExchangeableBroadcaster broadcaster;
    InProcessBroadcaster sender;
    std::mutex mutex;
    std::multiset<int> received;
    broadcaster.subscribeGroupActions([&](const GroupActionMessage &message) {
        const std::lock_guard lock(mutex);
        received.insert(message.action.toInt());
    });
    std::atomic<bool> ends = false;
    int sent = 0;
    std::thread publisher([&] {
        while (!ends) {
            const bool isPublished = sender.publishGroupAction(group, QString::number(++sent), {})
                                         .has_value();
            if (!isPublished)
                qFatal("not published");
        }
    });
    // Pages come and go meanwhile, in another thread.
    std::thread pages([&] {
        while (!ends) {
            broadcaster.subscribeToGroup(group, [] {});
            broadcaster.unsubscribeFromGroup(group);
        }
    });
    // On a busy machine the threads begin late.
    const auto receivedCount = [&] {
        const std::lock_guard lock(mutex);
        return received.size();
    };
    const QDeadlineTimer deadline(20s);
    for (int i = 0; (i < 300 || receivedCount() < 100) && !deadline.hasExpired(); ++i) {
        const auto next = std::make_shared<Subscriber>();
        next->join(sender);
        broadcaster.exchange(next);
    }
    ends = true;
    publisher.join();
    pages.join();
    QVERIFY(!received.empty());
    int before = 0;
    for (const int number : received) {
        QVERIFY(number != before);
        before = number;
    }
}

void TestExchangeableBroadcaster::aClosedOneTakesNoOther()
{
    ExchangeableBroadcaster broadcaster;
    broadcaster.close();
    const auto next = std::make_shared<InProcessBroadcaster>();
    broadcaster.exchange(next);
    QCOMPARE(broadcaster.publishGlobal("{}").error(), Broadcaster::PublishError::Closed);
    QCOMPARE(next->publishGlobal("{}").error(), Broadcaster::PublishError::Closed);
}

QTEST_GUILESS_MAIN(TestExchangeableBroadcaster)
#include "tst_exchangeablebroadcaster.moc"
