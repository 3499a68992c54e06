// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "hashslot_p.h"
#include "redisclient.h"
#include "rediscluster.h"
#include "redismetrics_p.h"
#include "redispubsub_p.h"
#include "tlscertificates.h"
#include "traffic.h"

#include <QTest>

#include <future>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The nodes of a Cluster, while they move slots, fail and come back under traffic.
class TestCluster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheNodeOfAKey_data();
    void findsTheNodeOfAKey();
    void commandsOnAllMasters();
    void saysWhatIsWrong();
    void followsASlotThatMoves();
    void waitsUntilAllKeysHaveMoved();
    void movesShardChannels();
    void followsANewMaster();
    void bearsALostMaster();
    void followsAFailOver();
    void leavesAMasterThatHangs();
    void leavesANodeThatHasLeft();

private:
    static RedisOptions optionsFor(const QString &url)
    {
        RedisOptions options;
        options.url = RedisUrl::parse(url).value();
        return options;
    }
    /// @p count keys in the slot of @p tag.
    static QList<QByteArray> keysOf(const QByteArray &tag, int count)
    {
        QList<QByteArray> result;
        for (int number = 0; number < count; ++number)
            result << tag + QByteArray::number(number);
        return result;
    }
    static RedisClient::Reply askAll(RedisClient &client, const QList<QByteArray> &arguments)
    {
        std::promise<RedisClient::Reply> promise;
        client.commandOnAllMasters(arguments,
                                   [&](auto reply) { promise.set_value(std::move(reply)); });
        return promise.get_future().get();
    }
    /// Index of the node that @p channel is subscribed to at, -1 for none.
    static int subscribedAt(RedisCluster &cluster, const QString &channel,
                            const QString &command = u"NUMSUB"_s)
    {
        for (int index = 0; index < cluster.nodeCount(); ++index) {
            const RedisServer &node = cluster.node(index);
            if (node.isRunning() && node.cli({u"PUBSUB"_s, command, channel}).endsWith("\n1"))
                return index;
        }
        return -1;
    }
    static constexpr int patience = 30'000;
};

void TestCluster::findsTheNodeOfAKey_data()
{
    QTest::addColumn<RedisServer::Program>("program");
    QTest::addColumn<bool>("tls");
    QTest::newRow("Redis") << RedisServer::Program::Redis << false;
    QTest::newRow("Redis by TLS") << RedisServer::Program::Redis << true;
    QTest::newRow("Valkey") << RedisServer::Program::Valkey << false;
}

void TestCluster::findsTheNodeOfAKey()
{
    QFETCH(RedisServer::Program, program);
    QFETCH(bool, tls);
    const TlsCertificates certificates;
    QVERIFY(certificates.isValid());
    RedisCluster cluster(
        {.program = program, .password = u"secret"_s, .tls = tls ? &certificates : nullptr});
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);

    for (int number = 0; number < 300; ++number) {
        QByteArray key = QByteArray::number(number);
        if (number % 3 == 1)
            key = "a{" + key + "}b" + key;
        else if (number % 3 == 2)
            key = "{}{" + key + "}}" + key + '\n';
        const auto slot = ask(client, {"CLUSTER", "KEYSLOT", key}, {.keyIndex = -1});
        QVERIFY(slot);
        QCOMPARE(hashSlot(key), slot->toInteger());
        QVERIFY(ask(client, {"SET", key, "value"}));
    }
    for (const QByteArray &key : {""_ba, "foo{}{bar}"_ba, "foo{bar"_ba, "somekey"_ba}) {
        const auto slot = ask(client, {"CLUSTER", "KEYSLOT", key}, {.keyIndex = -1});
        QVERIFY(slot);
        QCOMPARE(hashSlot(key), slot->toInteger());
    }
    // Every command has gone to the right node at once.
    QCOMPARE(client.metrics()->redirectsMoved.value(), 0);
    QCOMPARE(client.metrics()->clusterRetries.value(), 0);
    int sum = 0;
    for (int index = 0; index < 3; ++index) {
        const int size = cluster.node(index).cli({u"DBSIZE"_s}).toInt();
        QVERIFY(size > 50);
        sum += size;
    }
    QCOMPARE(sum, 300);

    Listener listener(client);
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Channel, "channel"));
    QVERIFY(listener.hears(client, RedisPubSub::Kind::Channel, "channel"));
}

void TestCluster::commandsOnAllMasters()
{
    RedisCluster cluster({.replicasOfEach = 1});
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    for (int number = 0; number < 300; ++number)
        QVERIFY(ask(client, {"SET", QByteArray::number(number), "value"}));

    const auto sizes = askAll(client, {"DBSIZE"});
    QVERIFY(sizes);
    QCOMPARE(sizes->toArray().size(), 3);
    QSet<QByteArray> found;
    qint64 sum = 0;
    for (const RedisValue &pair : sizes->toArray()) {
        sum += pair.at(1).toInteger().value();
        QByteArray cursor = "0";
        do {
            std::promise<RedisClient::Reply> promise;
            client.commandOnNode(pair.at(0).toBytes(), {"SCAN", cursor, "COUNT", "20"},
                                 [&](auto reply) { promise.set_value(std::move(reply)); });
            const auto page = promise.get_future().get();
            QVERIFY(page);
            cursor = page->at(0).toBytes();
            for (const RedisValue &key : page->at(1).toArray())
                found.insert(key.toBytes());
        } while (cursor != "0");
    }
    QCOMPARE(sum, 300);
    QCOMPARE(found.size(), 300);

    const auto errors = askAll(client, {"GET"});
    QVERIFY(errors);
    QCOMPARE(errors->toArray().size(), 3);
    QVERIFY(errors->at(2).at(1).isError());
    std::promise<RedisClient::Reply> stranger;
    client.commandOnNode("127.0.0.1:1", {"PING"},
                         [&](auto reply) { stranger.set_value(std::move(reply)); });
    QVERIFY(!stranger.get_future().get());
    // A part is not taken for the whole.
    cluster.node(2).freeze();
    const auto partial = askAll(client, {"DBSIZE"});
    QVERIFY(!partial);
}

void TestCluster::saysWhatIsWrong()
{
    RedisServer server;
    QVERIFY(server.start());
    RedisClient client(optionsFor(u"redis+cluster://127.0.0.1:%1"_s.arg(server.port())));
    QTRY_VERIFY_WITH_TIMEOUT(client.errorString().contains(u"cluster support disabled"_s),
                             patience);
    QVERIFY(!client.isConnected());
    server.kill();
    QTRY_VERIFY_WITH_TIMEOUT(client.errorString().contains(u"refused"_s, Qt::CaseInsensitive),
                             patience);
    QVERIFY(!ask(client, {"GET", "key"}, {}));
}

void TestCluster::followsASlotThatMoves()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    const auto [tag, slot] = cluster.keyOf(1);
    Traffic commands(client, {.keys = keysOf(tag, 10)});
    Traffic pipelines(client, {.keys = keysOf(tag + 'p', 5), .form = Traffic::Form::Pipeline});
    // Those of other slots are not to notice anything.
    Traffic others(client, {.keys = keysOf({}, 10)});
    const auto goesOn = [](Traffic &traffic) {
        const qint64 before = traffic.acknowledged();
        return QTest::qWaitFor([&] { return traffic.acknowledged() > before + 300; }, patience);
    };
    QVERIFY(goesOn(commands) && goesOn(pipelines) && goesOn(others));
    QCOMPARE(client.metrics()->redirectsMoved.value(), 0);

    // There and back, and there again.
    int from = 1;
    int to = 2;
    for (int round = 0; round < 3; ++round) {
        const quint64 asked = client.metrics()->redirectsAsk.value();
        const quint64 moved = client.metrics()->redirectsMoved.value();
        cluster.beginMove(slot, from, to);
        for (const QByteArray &key : keysOf(tag, 10)) {
            cluster.moveKey(key, from, to);
            const qint64 before = commands.acknowledged(key);
            QTRY_VERIFY_WITH_TIMEOUT(commands.acknowledged(key) > before + 5, patience);
        }
        QVERIFY(goesOn(pipelines));
        QVERIFY(client.metrics()->redirectsAsk.value() > asked);
        cluster.moveKeys(slot, from, to);
        cluster.finishMove(slot, from, to);
        QVERIFY(goesOn(commands) && goesOn(pipelines) && goesOn(others));
        QVERIFY(client.metrics()->redirectsMoved.value() > moved);
        // Once it is known, nobody asks the old owner.
        const quint64 settled = client.metrics()->redirectsMoved.value();
        QVERIFY(goesOn(commands));
        QCOMPARE(client.metrics()->redirectsMoved.value(), settled);
        std::swap(from, to);
    }
    for (Traffic *const traffic : {&commands, &pipelines, &others}) {
        traffic->stop();
        traffic->checkCounters();
        QCOMPARE(traffic->wrong(), QStringList());
        QCOMPARE(traffic->errors(), (QHash<QString, int>()));
    }
    qInfo() << commands.acknowledged() + pipelines.acknowledged() + others.acknowledged()
            << "acknowledged," << client.metrics()->redirectsMoved.value() << "MOVED,"
            << client.metrics()->redirectsAsk.value() << "ASK";
}

void TestCluster::waitsUntilAllKeysHaveMoved()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    const auto [tag, slot] = cluster.keyOf(0);
    const QByteArray first = tag + 'a';
    const QByteArray second = tag + 'b';
    QVERIFY(ask(client, {"MSET", first, "1", second, "2"}));

    cluster.beginMove(slot, 0, 1);
    cluster.moveKey(first, 0, 1);
    // One key is here, the other there: TRYAGAIN, until the deadline…
    const auto late = ask(client, {"MGET", first, second}, {.timeout = 500ms});
    QVERIFY(!late);
    QCOMPARE(late.error().code, "TRYAGAIN");
    const quint64 retries = client.metrics()->clusterRetries.value();
    QVERIFY(retries >= 2);
    // … or until both are there.
    std::promise<RedisClient::Reply> promise;
    client.command({"MGET", first, second},
                   [&](auto reply) { promise.set_value(std::move(reply)); }, {.timeout = 20s});
    auto future = promise.get_future();
    QTRY_VERIFY_WITH_TIMEOUT(client.metrics()->clusterRetries.value() > retries + 2, patience);
    QCOMPARE(future.wait_for(0s), std::future_status::timeout);
    cluster.moveKey(second, 0, 1);
    const auto both = future.get();
    QVERIFY2(both, both ? "" : both.error().code.constData());
    QCOMPARE(*both, RedisValue(RedisValue::Array{"1"_ba, "2"_ba}));
    QVERIFY(client.metrics()->redirectsAsk.value() > 0);
    cluster.finishMove(slot, 0, 1);
    QVERIFY(ask(client, {"MGET", first, second}));
    QVERIFY(client.metrics()->redirectsMoved.value() > 0);
}

void TestCluster::movesShardChannels()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    RedisClient publisher(optionsFor(cluster.url()));
    Listener listener(client);
    const auto [tag, slot] = cluster.keyOf(0);
    const QByteArray channel = tag + "channel";
    const QByteArray elsewhere = cluster.keyOf(2).tag + "channel";
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Shard, channel));
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Shard, elsewhere));
    QCOMPARE(subscribedAt(cluster, QString::fromUtf8(channel), u"SHARDNUMSUB"_s), 0);
    QCOMPARE(subscribedAt(cluster, QString::fromUtf8(elsewhere), u"SHARDNUMSUB"_s), 2);
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Shard, channel));
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Shard, elsewhere));

    // The server takes the subscription back.
    cluster.beginMove(slot, 0, 1);
    cluster.finishMove(slot, 0, 1);
    QTRY_COMPARE_WITH_TIMEOUT(subscribedAt(cluster, QString::fromUtf8(channel), u"SHARDNUMSUB"_s),
                              1, patience);
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Shard, channel));
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Shard, elsewhere));
}

void TestCluster::followsANewMaster()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    const auto [tag, slot] = cluster.keyOf(1);
    Traffic traffic(client, {.keys = keysOf(tag, 10)});
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > 100, patience);
    const int added = cluster.addMaster();
    QVERIFY(added > 0);
    cluster.beginMove(slot, 1, added);
    cluster.moveKeys(slot, 1, added);
    cluster.finishMove(slot, 1, added);
    const qint64 before = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > before + 300, patience);
    QTRY_COMPARE_WITH_TIMEOUT(askAll(client, {"PING"}).value_or(RedisValue()).toArray().size(), 4,
                              patience);

    // And one that leaves: its slot goes back, and its connection is closed.
    cluster.beginMove(slot, added, 1);
    cluster.moveKeys(slot, added, 1);
    cluster.finishMove(slot, added, 1);
    const qint64 after = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > after + 300, patience);
    const auto isConnectedThere = [&] {
        return cluster.node(added).cli({u"CLIENT"_s, u"LIST"_s}).contains("name=livetemplate");
    };
    QVERIFY(isConnectedThere());
    QTRY_VERIFY_WITH_TIMEOUT(!isConnectedThere(), patience);
    traffic.stop();
    traffic.checkCounters();
    QCOMPARE(traffic.wrong(), QStringList());
    QCOMPARE(traffic.errors(), (QHash<QString, int>()));
}

void TestCluster::bearsALostMaster()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    Traffic traffic(client, {.keys = keysOf({}, 20), .timeout = 60s});
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > 500, patience);

    // No replica takes its place: the others refuse all commands after a while.
    cluster.node(1).kill();
    QVERIFY(cluster.waitForState("fail"));
    const quint64 retries = client.metrics()->clusterRetries.value();
    QTRY_VERIFY_WITH_TIMEOUT(client.metrics()->clusterRetries.value() > retries + 20, patience);
    const auto down = ask(client, {"GET", cluster.keyOf(0).tag}, {.timeout = 300ms});
    QVERIFY(!down);
    QCOMPARE(down.error().code, "CLUSTERDOWN");
    QVERIFY(down.error().isTransient());

    QVERIFY(cluster.node(1).restart());
    QVERIFY(cluster.waitForState());
    const qint64 before = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > before + 500, patience);
    traffic.stop();
    traffic.checkCounters();
    qInfo() << traffic.acknowledged() << "acknowledged," << client.metrics()->clusterRetries.value()
            << "retries, errors:" << traffic.errors();
    QCOMPARE(traffic.wrong(), QStringList());
    // Only what was in flight to the node that was killed.
    for (const auto &[error, count] : traffic.errors().asKeyValueRange()) {
        QCOMPARE(error, u"%1 "_s.arg(int(RedisError::Kind::Disconnected)));
        QVERIFY(count <= 20);
    }
}

void TestCluster::followsAFailOver()
{
    RedisCluster cluster({.replicasOfEach = 1});
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    RedisClient publisher(optionsFor(cluster.url()));
    Listener listener(client);
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Channel, "channel"));
    const int victim = subscribedAt(cluster, u"channel"_s);
    QVERIFY(victim >= 0 && victim < 3);
    const auto [tag, slot] = cluster.keyOf(victim);
    const QByteArray shard = tag + "shard";
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Shard, shard));
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Channel, "channel"));
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Shard, shard));
    Traffic traffic(client, {.keys = keysOf(tag, 5) + keysOf({}, 10), .mayLoseWrites = true});
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > 500, patience);

    cluster.node(victim).kill();
    QVERIFY(cluster.node(cluster.replicaOf(victim)).waitFor({u"ROLE"_s}, "master"));
    QVERIFY(cluster.waitForState());
    const qint64 before = traffic.acknowledged(tag + '0');
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged(tag + '0') > before + 100, patience);
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Channel, "channel"));
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Shard, shard));
    QVERIFY(subscribedAt(cluster, u"channel"_s) != victim);

    // It comes back as a replica; nobody goes there.
    QVERIFY(cluster.node(victim).restart());
    QVERIFY(cluster.node(victim).waitFor({u"INFO"_s, u"replication"_s}, "master_link_status:up"));
    const qint64 after = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > after + 300, patience);
    traffic.stop();
    traffic.checkCounters();
    qInfo() << traffic.acknowledged() << "acknowledged," << traffic.lostWrites()
            << "lost by Redis, errors:" << traffic.errors();
    QCOMPARE(traffic.wrong(), QStringList());
}

void TestCluster::leavesAMasterThatHangs()
{
    RedisCluster cluster({.replicasOfEach = 1});
    QVERIFY(cluster.start());
    RedisOptions options = optionsFor(cluster.url());
    options.commandTimeout = 1s;
    RedisClient client(options);
    const auto [tag, slot] = cluster.keyOf(0);
    Traffic traffic(client, {.keys = keysOf(tag, 5), .timeout = 2s, .mayLoseWrites = true});
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > 200, patience);
    cluster.node(0).freeze();
    QVERIFY(cluster.node(cluster.replicaOf(0)).waitFor({u"ROLE"_s}, "master"));
    const qint64 before = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > before + 200, patience);
    cluster.node(0).thaw();
    QVERIFY(cluster.node(0).waitFor({u"ROLE"_s}, "slave"));
    const qint64 after = traffic.acknowledged();
    QTRY_VERIFY_WITH_TIMEOUT(traffic.acknowledged() > after + 200, patience);
    traffic.stop();
    traffic.checkCounters();
    QCOMPARE(traffic.wrong(), QStringList());
}

void TestCluster::leavesANodeThatHasLeft()
{
    RedisCluster cluster({.replicasOfEach = 1});
    QVERIFY(cluster.start());
    RedisClient client(optionsFor(cluster.url()));
    RedisClient publisher(optionsFor(cluster.url()));
    Listener listener(client);
    QVERIFY(listener.subscribe(RedisPubSub::Kind::Channel, "channel"));
    const int leaver = subscribedAt(cluster, u"channel"_s);
    QVERIFY(leaver >= 0 && leaver < 3);
    RedisServer &left = cluster.node(leaver);
    const RedisServer &heir = cluster.node(cluster.replicaOf(leaver));
    QVERIFY(heir.waitFor({u"CLUSTER"_s, u"FAILOVER"_s}, "OK"));
    QVERIFY(heir.waitFor({u"ROLE"_s}, "master"));
    QVERIFY(left.waitFor({u"ROLE"_s}, "slave"));
    // A replica passes messages on as well.
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Channel, "channel"));

    left.run({u"CLUSTER"_s, u"RESET"_s});
    for (int index = 0; index < cluster.nodeCount(); ++index) {
        if (index != leaver)
            cluster.node(index).run(
                {u"CLUSTER"_s, u"FORGET"_s, QString::fromLatin1(cluster.id(leaver))});
    }
    for (int index = 0; index < cluster.nodeCount(); ++index) {
        const QByteArray known = index == leaver ? "cluster_known_nodes:1\r"
                                                 : "cluster_known_nodes:5\r";
        QVERIFY(cluster.node(index).waitFor({u"CLUSTER"_s, u"INFO"_s}, known));
    }
    // It is alone now: nobody closes the connection, but no message comes there any more, and none
    // that is published there goes anywhere.
    QVERIFY(left.isRunning());
    const auto isSubscribedElsewhere = [&] {
        const int node = subscribedAt(cluster, u"channel"_s);
        return node >= 0 && node != leaver;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSubscribedElsewhere(), patience);
    QVERIFY(listener.hears(publisher, RedisPubSub::Kind::Channel, "channel"));
}

QTEST_GUILESS_MAIN(TestCluster)

#include "tst_cluster.moc"
