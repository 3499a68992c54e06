// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "inprocessbroadcaster.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class TestInProcessBroadcaster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesAllOthers();
    void carriesWhatWasPublished();
    void joinedCirclesBecomeOne();
    void keepsTheOrder();
    void refusesEmptyTargets();
    void replacedHandlerNeverRuns();
    void handlerMayEndItself();
    void handlerMayPublish();
    void waitsForARunningHandler();
    void closed();
    void destroyedWhileOthersPublish();
    void joinedFromSeveralThreads();
};

void TestInProcessBroadcaster::reachesAllOthers()
{
    InProcessBroadcaster first;
    InProcessBroadcaster second;
    InProcessBroadcaster third;
    second.join(first);
    third.join(second);
    QStringList received;
    const auto listen = [&](InProcessBroadcaster &broadcaster, const QString &name) {
        broadcaster.subscribeGroupActions([&received, name](const GroupActionMessage &message) {
            received << name + u':' + message.action;
        });
    };
    listen(first, u"1"_s);
    listen(second, u"2"_s);
    listen(third, u"3"_s);
    const GroupId group(u"g"_s);
    QVERIFY(first.publishGroupAction(group, u"a"_s, {}));
    received.sort();
    QCOMPARE(received, (QStringList{u"2:a"_s, u"3:a"_s}));
    received.clear();
    QVERIFY(third.publishGroupAction(group, u"b"_s, {}));
    received.sort();
    QCOMPARE(received, (QStringList{u"1:b"_s, u"2:b"_s}));
    received.clear();
    third.join(first); // is already
    first.join(first);
    QVERIFY(second.publishGroupAction(group, u"c"_s, {}));
    received.sort();
    QCOMPARE(received, (QStringList{u"1:c"_s, u"3:c"_s}));
}

void TestInProcessBroadcaster::carriesWhatWasPublished()
{
    InProcessBroadcaster sender;
    InProcessBroadcaster receiver;
    receiver.join(sender);
    QList<BroadcastMessage> messages;
    QList<ServerActionMessage> serverActions;
    QList<GroupActionMessage> groupActions;
    receiver.subscribe([&](const auto &message) { messages << message; });
    receiver.subscribeServerActions([&](const auto &message) { serverActions << message; });
    receiver.subscribeGroupActions([&](const auto &message) { groupActions << message; });

    const QJsonObject data{{u"n"_s, 1}};
    QVERIFY(sender.publishGlobal("1"));
    QVERIFY(sender.publishToGroup(GroupId(u"g"_s), "2"));
    QVERIFY(sender.publishToUser(UserId(u"u"_s), "3"));
    QVERIFY(sender.publishServerAction(UserId(u"u"_s), u"tick"_s, data));
    QVERIFY(sender.publishGroupAction(GroupId(u"g"_s), u"add"_s, data));

    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages[0].scope, BroadcastMessage::Scope::Global);
    QCOMPARE(messages[0].payload, "1");
    QCOMPARE(messages[1].scope, BroadcastMessage::Scope::Group);
    QCOMPARE(messages[1].group, GroupId(u"g"_s));
    QCOMPARE(messages[1].payload, "2");
    QCOMPARE(messages[2].scope, BroadcastMessage::Scope::User);
    QCOMPARE(messages[2].user, UserId(u"u"_s));
    QCOMPARE(messages[2].payload, "3");
    QCOMPARE(serverActions.size(), 1);
    QCOMPARE(serverActions[0].user, UserId(u"u"_s));
    QCOMPARE(serverActions[0].action, u"tick"_s);
    QCOMPARE(serverActions[0].data, data);
    QCOMPARE(groupActions.size(), 1);
    QCOMPARE(groupActions[0].group, GroupId(u"g"_s));
    QCOMPARE(groupActions[0].action, u"add"_s);
    QCOMPARE(groupActions[0].data, data);
}

void TestInProcessBroadcaster::joinedCirclesBecomeOne()
{
    InProcessBroadcaster a1;
    InProcessBroadcaster a2;
    InProcessBroadcaster b1;
    InProcessBroadcaster b2;
    a2.join(a1);
    b2.join(b1);
    int received = 0;
    for (InProcessBroadcaster *broadcaster : {&a1, &a2, &b1, &b2})
        broadcaster->subscribe([&](const auto &) { ++received; });
    QVERIFY(a1.publishGlobal("x"));
    QCOMPARE(received, 1);
    b2.join(a2);
    QVERIFY(a1.publishGlobal("x"));
    QCOMPARE(received, 4);
    QVERIFY(b1.publishGlobal("x"));
    QCOMPARE(received, 7);
}

void TestInProcessBroadcaster::keepsTheOrder()
{
    InProcessBroadcaster first;
    InProcessBroadcaster second;
    InProcessBroadcaster receiver;
    receiver.join(first);
    receiver.join(second);
    std::mutex mutex;
    QList<int> fromFirst;
    QList<int> fromSecond;
    receiver.subscribeServerActions([&](const ServerActionMessage &message) {
        const std::lock_guard lock(mutex);
        (message.action == u"first" ? fromFirst : fromSecond) << message.data.value("n"_L1).toInt();
    });
    const auto publish = [](InProcessBroadcaster &broadcaster, const QString &action) {
        for (int i = 0; i < 1000; ++i)
            broadcaster.publishServerAction(UserId(u"u"_s), action, {{u"n"_s, i}}).value();
    };
    {
        const std::jthread one([&] { publish(first, u"first"_s); });
        const std::jthread two([&] { publish(second, u"second"_s); });
    }
    QCOMPARE(fromFirst.size(), 1000);
    QCOMPARE(fromSecond.size(), 1000);
    QVERIFY(std::ranges::is_sorted(fromFirst));
    QVERIFY(std::ranges::is_sorted(fromSecond));
}

void TestInProcessBroadcaster::refusesEmptyTargets()
{
    InProcessBroadcaster broadcaster;
    const Broadcaster::Published refused = std::unexpected(Broadcaster::PublishError::BadTarget);
    QVERIFY(broadcaster.publishToGroup(GroupId(), "{}") == refused);
    QVERIFY(broadcaster.publishToUser(UserId(), "{}") == refused);
    QVERIFY(broadcaster.publishServerAction(UserId(), u"a"_s, {}) == refused);
    QVERIFY(broadcaster.publishServerAction(UserId(u"u"_s), {}, {}) == refused);
    QVERIFY(broadcaster.publishGroupAction(GroupId(), u"a"_s, {}) == refused);
    QVERIFY(broadcaster.publishGroupAction(GroupId(u"g"_s), {}, {}) == refused);
}

void TestInProcessBroadcaster::replacedHandlerNeverRuns()
{
    InProcessBroadcaster sender;
    InProcessBroadcaster receiver;
    receiver.join(sender);
    std::atomic<int> received = 0;
    const std::jthread publisher([&](const std::stop_token &stop) {
        while (!stop.stop_requested())
            sender.publishGlobal("x").value();
    });
    for (int i = 0; i < 200; ++i) {
        auto alive = std::make_unique<std::atomic<bool>>(true);
        receiver.subscribe([&received, alive = alive.get()](const auto &) {
            if (!alive->exchange(true))
                qFatal("the handler ran after it was replaced");
            ++received;
        });
        if (i % 2 == 0)
            QTRY_VERIFY(received > 0);
        receiver.subscribe({});
        *alive = false;
        received = 0;
    }
}

void TestInProcessBroadcaster::handlerMayEndItself()
{
    InProcessBroadcaster sender;
    InProcessBroadcaster receiver;
    receiver.join(sender);
    int received = 0;
    receiver.subscribe([&](const auto &) {
        ++received;
        receiver.subscribe({});
    });
    QVERIFY(sender.publishGlobal("x"));
    QVERIFY(sender.publishGlobal("x"));
    QCOMPARE(received, 1);
    receiver.subscribe([&](const auto &) {
        ++received;
        receiver.close();
    });
    QVERIFY(sender.publishGlobal("x"));
    QVERIFY(sender.publishGlobal("x"));
    QCOMPARE(received, 2);
}

void TestInProcessBroadcaster::handlerMayPublish()
{
    InProcessBroadcaster first;
    InProcessBroadcaster second;
    second.join(first);
    QStringList order;
    second.subscribeGroupActions([&](const GroupActionMessage &message) {
        order << u"second:"_s + message.action;
        second.publishGroupAction(message.group, u"answer"_s, {}).value();
    });
    first.subscribeGroupActions(
        [&](const GroupActionMessage &message) { order << u"first:"_s + message.action; });
    QVERIFY(first.publishGroupAction(GroupId(u"g"_s), u"question"_s, {}));
    QCOMPARE(order, (QStringList{u"second:question"_s, u"first:answer"_s}));
}

void TestInProcessBroadcaster::waitsForARunningHandler()
{
    InProcessBroadcaster sender;
    InProcessBroadcaster receiver;
    receiver.join(sender);
    std::atomic<bool> entered = false;
    std::atomic<bool> mayLeave = false;
    std::atomic<bool> left = false;
    receiver.subscribe([&](const auto &) {
        entered = true;
        entered.notify_all();
        mayLeave.wait(false);
        left = true;
    });
    const std::jthread publisher([&] { sender.publishGlobal("x").value(); });
    entered.wait(false);
    std::atomic<bool> returned = false;
    const std::jthread closer([&] {
        receiver.close();
        if (!left)
            qFatal("close() has returned while the handler runs");
        returned = true;
    });
    // It cannot be seen that it waits; when it does not, this most often finds out.
    QTest::qWait(50);
    QVERIFY(!returned);
    mayLeave = true;
    mayLeave.notify_all();
    QTRY_VERIFY(returned);
}

void TestInProcessBroadcaster::closed()
{
    InProcessBroadcaster sender;
    InProcessBroadcaster receiver;
    receiver.join(sender);
    int received = 0;
    receiver.subscribe([&](const auto &) { ++received; });
    receiver.close();
    receiver.close();
    receiver.subscribe([&](const auto &) { ++received; });
    QVERIFY(sender.publishGlobal("x"));
    QCOMPARE(received, 0);
    const auto published = receiver.publishGlobal("x");
    QVERIFY(!published);
    QCOMPARE(published.error(), Broadcaster::PublishError::Closed);
}

void TestInProcessBroadcaster::destroyedWhileOthersPublish()
{
    InProcessBroadcaster sender;
    const std::jthread publisher([&](const std::stop_token &stop) {
        while (!stop.stop_requested())
            sender.publishGlobal("x").value();
    });
    for (int i = 0; i < 300; ++i) {
        InProcessBroadcaster receiver;
        receiver.join(sender);
        int received = 0;
        receiver.subscribe([&](const auto &) { ++received; });
    }
}

void TestInProcessBroadcaster::joinedFromSeveralThreads()
{
    for (int round = 0; round < 50; ++round) {
        std::vector<std::unique_ptr<InProcessBroadcaster>> all;
        for (int i = 0; i < 8; ++i)
            all.push_back(std::make_unique<InProcessBroadcaster>());
        {
            std::vector<std::jthread> threads;
            for (size_t i = 0; i < all.size(); ++i) {
                threads.emplace_back([&, i] { all[i]->join(*all[(i * 5 + 3) % all.size()]); });
                threads.emplace_back([&, i] { all[i]->join(*all[(i + 1) % all.size()]); });
            }
        }
        int received = 0;
        for (const auto &broadcaster : all)
            broadcaster->subscribe([&](const auto &) { ++received; });
        QVERIFY(all[0]->publishGlobal("x"));
        QCOMPARE(received, 7);
    }
}

QTEST_GUILESS_MAIN(TestInProcessBroadcaster)
#include "tst_inprocessbroadcaster.moc"
