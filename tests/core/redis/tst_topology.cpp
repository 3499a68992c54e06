// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clusterslots_p.h"
#include "hashslot_p.h"
#include "redirection_p.h"
#include "redisattempt_p.h"
#include "rediscommand_p.h"
#include "respreader_p.h"
#include "sentinelanswer_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

using Endpoint = RedisUrl::Endpoint;

/// What nodes of a Cluster, Sentinels and masters say, and what is made of it.
class TestTopology : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashSlots_data();
    void hashSlots();
    void slotsAnswer();
    void shardsAnswer();
    void badAnswers_data();
    void badAnswers();
    void ownersChange();
    void redirections_data();
    void redirections();
    void switchedMasters_data();
    void switchedMasters();
    void sentinelAnswers();
    void attemptOfOneCommand();
    void attemptOfPipeline();
    void attemptAtAReplica();
    void attemptOfTransaction();
    void attemptThatIsDropped();

private:
    /// @p text in Redis' protocol, with "\n" for each "\r\n".
    static RedisValue value(QByteArray text)
    {
        RespReader reader;
        reader.feed(text.replace('\n', "\r\n"));
        const RedisValue *const result = reader.next();
        return result ? *result : RedisValue();
    }
    static bool isMoved(QByteArrayView code) { return code == "MOVED" || code == "ASK"; }

    const Endpoint m_answerer{u"10.0.0.9"_s, 7000};
};

void TestTopology::hashSlots_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("slot");

    // The check value of CRC16/XMODEM is 0x31c3.
    QTest::newRow("check value") << "123456789"_ba << 0x31c3 % hashSlotCount;
    QTest::newRow("empty") << ""_ba << 0;
    QTest::newRow("from the documentation of CLUSTER KEYSLOT") << "somekey"_ba << 11058;
    QTest::newRow("tag") << "foo{hash_tag}"_ba << 2515;
    QTest::newRow("tag in front") << "{hash_tag}bar"_ba << hashSlot("hash_tag");
    QTest::newRow("empty tag is none") << "foo{}{bar}"_ba << 8363;
    QTest::newRow("second brace belongs to the tag") << "foo{{bar}}zap"_ba << hashSlot("{bar");
    QTest::newRow("only the first tag counts") << "foo{bar}{zap}"_ba << hashSlot("bar");
    QTest::newRow("no end") << "foo{bar"_ba << 15278;
}

void TestTopology::hashSlots()
{
    QFETCH(QByteArray, key);
    QTEST(hashSlot(key), "slot");
}

void TestTopology::slotsAnswer()
{
    const auto parsed = ClusterSlots::fromSlots(value("*2\n"
                                                      "*4\n:0\n:8191\n"
                                                      "*3\n$8\n10.0.0.1\n:7001\n$2\nid\n"
                                                      "*3\n$8\n10.0.0.2\n:7002\n$2\nid\n"
                                                      "*3\n:8200\n:16383\n"
                                                      "*3\n$-1\n:7000\n$2\nid\n"),
                                                m_answerer);
    QVERIFY(parsed);
    QCOMPARE(parsed->owner(0), (Endpoint{u"10.0.0.1"_s, 7001}));
    QCOMPARE(parsed->owner(8191), (Endpoint{u"10.0.0.1"_s, 7001}));
    QCOMPARE(parsed->owner(8192), std::nullopt);
    QCOMPARE(parsed->owner(8199), std::nullopt);
    QCOMPARE(parsed->owner(8200), m_answerer);
    QCOMPARE(parsed->owner(16383), m_answerer);
    QCOMPARE(parsed->masters(), (QList<Endpoint>{{u"10.0.0.1"_s, 7001}, m_answerer}));
    QCOMPARE(parsed->nodes().size(), 3);
    QCOMPARE(parsed->coverage(), 16384 - 8);
}

void TestTopology::shardsAnswer()
{
    const QByteArray answer
        = "*2\n"
          "*4\n$5\nslots\n*4\n:0\n:99\n:200\n:16383\n$5\nnodes\n*3\n"
          "*10\n$2\nid\n$1\na\n$4\nport\n:7001\n$8\nendpoint\n$8\n10.0.0.1\n$4\nrole\n$6\nmaster\n"
          "$6\nhealth\n$4\nfail\n"
          "*10\n$2\nid\n$1\nb\n$4\nport\n:7002\n$8\nendpoint\n$8\n10.0.0.2\n$4\nrole\n$6\nmaster\n"
          "$6\nhealth\n$6\nonline\n"
          "*12\n$2\nid\n$1\nc\n$4\nport\n:7003\n$8\ntls-port\n:7103\n$8\nendpoint\n$0\n\n$4\nrole\n"
          "$7\nreplica\n$6\nhealth\n$6\nonline\n"
          "*4\n$5\nslots\n*0\n$5\nnodes\n*1\n"
          "*10\n$2\nid\n$1\nd\n$4\nport\n:7004\n$8\nendpoint\n$1\n?\n$4\nrole\n$6\nmaster\n"
          "$6\nhealth\n$6\nonline\n";
    const auto parsed = ClusterSlots::fromShards(value(answer), m_answerer, false);
    QVERIFY(parsed);
    QCOMPARE(parsed->owner(0), (Endpoint{u"10.0.0.2"_s, 7002})); // not the one that failed
    QCOMPARE(parsed->owner(100), std::nullopt);
    QCOMPARE(parsed->owner(200), (Endpoint{u"10.0.0.2"_s, 7002}));
    QCOMPARE(parsed->masters(), (QList<Endpoint>{{u"10.0.0.2"_s, 7002}}));
    QCOMPARE(parsed->nodes(),
             (QList<Endpoint>{{u"10.0.0.1"_s, 7001},
                              {u"10.0.0.2"_s, 7002},
                              {m_answerer.host, 7003},
                              {m_answerer.host, 7004}}));

    const auto byTls = ClusterSlots::fromShards(value(answer), m_answerer, true);
    QVERIFY(byTls);
    QCOMPARE(byTls->nodes(), (QList<Endpoint>{{m_answerer.host, 7103}}));
}

void TestTopology::badAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");

    QTest::newRow("no array") << "+OK\n"_ba;
    QTest::newRow("a slot too many") << "*1\n*3\n:0\n:16384\n*2\n$1\na\n:1\n"_ba;
    QTest::newRow("backwards") << "*1\n*3\n:5\n:4\n*2\n$1\na\n:1\n"_ba;
    QTest::newRow("negative") << "*1\n*3\n:-1\n:4\n*2\n$1\na\n:1\n"_ba;
    QTest::newRow("no number") << "*1\n*3\n$1\nx\n:4\n*2\n$1\na\n:1\n"_ba;
    QTest::newRow("no port") << "*1\n*3\n:0\n:4\n*2\n$1\na\n:0\n"_ba;
    QTest::newRow("a port too large") << "*1\n*3\n:0\n:4\n*2\n$1\na\n:65536\n"_ba;
    QTest::newRow("odd bounds") << "*1\n*4\n$5\nslots\n*1\n:0\n$5\nnodes\n*0\n"_ba;
    QTest::newRow("bounds of shards") << "*1\n*4\n$5\nslots\n*2\n:0\n:99999\n$5\nnodes\n*0\n"_ba;
}

void TestTopology::badAnswers()
{
    QFETCH(QByteArray, answer);
    const RedisValue parsed = value(answer);
    QVERIFY(!parsed.isNull());
    const bool isOfShards = answer.contains("slots");
    QVERIFY(!(isOfShards ? ClusterSlots::fromShards(parsed, m_answerer, false)
                         : ClusterSlots::fromSlots(parsed, m_answerer)));
}

void TestTopology::ownersChange()
{
    ClusterSlots map;
    QVERIFY(map.isEmpty());
    QCOMPARE(map.owner(5), std::nullopt);
    map.setOwner(5, m_answerer);
    QCOMPARE(map.owner(5), m_answerer);
    QCOMPARE(map.owner(6), std::nullopt);
    QCOMPARE(map.masters(), QList<Endpoint>{m_answerer});
    map.setOwner(5, {u"other"_s, 1});
    QCOMPARE(map.masters(), (QList<Endpoint>{{u"other"_s, 1}}));
    QCOMPARE(map.coverage(), 1);
}

void TestTopology::redirections_data()
{
    using Kind = Redirection::Kind;
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<std::optional<Redirection>>("expected");

    const auto row = [](const char *name, const QByteArray &error, auto expected) {
        QTest::newRow(name) << error << std::optional<Redirection>(expected);
    };
    row("moved", "MOVED 3999 127.0.0.1:6381",
        Redirection{Kind::Moved, 3999, {u"127.0.0.1"_s, 6381}});
    row("ask", "ASK 0 host.example:1", Redirection{Kind::Ask, 0, {u"host.example"_s, 1}});
    row("IPv6", "MOVED 16383 fe80::1:6381", Redirection{Kind::Moved, 16383, {u"fe80::1"_s, 6381}});
    row("same host", "MOVED 1 :6381", Redirection{Kind::Moved, 1, {m_answerer.host, 6381}});
    row("unknown host", "MOVED 1 ?:6381", Redirection{Kind::Moved, 1, {m_answerer.host, 6381}});
    row("another error", "ERR MOVED 1 a:1", std::nullopt);
    row("no target", "MOVED 1", std::nullopt);
    row("no port", "MOVED 1 host", std::nullopt);
    row("port 0", "MOVED 1 host:0", std::nullopt);
    row("large port", "MOVED 1 host:65536", std::nullopt);
    row("large slot", "MOVED 16384 host:1", std::nullopt);
    row("negative slot", "ASK -1 host:1", std::nullopt);
    row("no slot", "ASK x host:1", std::nullopt);
    row("more words", "MOVED 1 host:1 more", std::nullopt);
    row("empty", "", std::nullopt);
}

void TestTopology::redirections()
{
    QFETCH(QByteArray, error);
    QTEST(Redirection::parse(error, m_answerer), "expected");
}

void TestTopology::switchedMasters_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<std::optional<SentinelAnswer::SwitchedMaster>>("expected");

    const auto row = [](const char *name, const QByteArray &payload, auto expected) {
        QTest::newRow(name) << payload << std::optional<SentinelAnswer::SwitchedMaster>(expected);
    };
    row("usual", "mymaster 127.0.0.1 6379 ::1 6380",
        SentinelAnswer::SwitchedMaster{u"mymaster"_s, {u"127.0.0.1"_s, 6379}, {u"::1"_s, 6380}});
    row("too few", "mymaster 127.0.0.1 6379 127.0.0.1", std::nullopt);
    row("too many", "mymaster 127.0.0.1 6379 127.0.0.1 6380 x", std::nullopt);
    row("no port", "mymaster 127.0.0.1 6379 127.0.0.1 port", std::nullopt);
    row("no host", "mymaster 127.0.0.1 6379  6380", std::nullopt);
    row("no name", " 127.0.0.1 6379 127.0.0.1 6380", std::nullopt);
    row("empty", "", std::nullopt);
}

void TestTopology::switchedMasters()
{
    QFETCH(QByteArray, payload);
    QTEST(SentinelAnswer::switchedMaster(payload), "expected");
}

void TestTopology::sentinelAnswers()
{
    QCOMPARE(SentinelAnswer::masterAddress(value("*2\n$9\n127.0.0.1\n$4\n6379\n")),
             (Endpoint{u"127.0.0.1"_s, 6379}));
    QCOMPARE(SentinelAnswer::masterAddress(value("*-1\n")), std::nullopt);
    QCOMPARE(SentinelAnswer::masterAddress(value("*2\n$9\n127.0.0.1\n$4\nport\n")), std::nullopt);

    const QByteArray others = "*3\n"
                              "*6\n$2\nip\n$1\na\n$4\nport\n$1\n1\n$5\nflags\n$8\nsentinel\n"
                              "*6\n$2\nip\n$1\nb\n$4\nport\n$1\n2\n$5\nflags\n$15\n"
                              "s_down,sentinel\n"
                              "*4\n$2\nip\n$1\nc\n$4\nport\n$1\n0\n";
    QCOMPARE(SentinelAnswer::otherSentinels(value(others)), (QList<Endpoint>{{u"a"_s, 1}}));

    QVERIFY(SentinelAnswer::isMasterRole(value("*3\n$6\nmaster\n:12\n*0\n")));
    QVERIFY(!SentinelAnswer::isMasterRole(
        value("*5\n$5\nslave\n$9\n127.0.0.1\n:1\n$9\nconnected\n:1\n")));
    QVERIFY(!SentinelAnswer::isMasterRole(value("*2\n$8\nsentinel\n*0\n")));
    QVERIFY(!SentinelAnswer::isMasterRole(value("+OK\n")));
}

void TestTopology::attemptOfOneCommand()
{
    std::optional<RedisClient::Reply> result;
    RedisRequest request;
    request.encoded = "GET";
    request.done = [&](RedisClient::Reply reply) {
        result = std::move(reply);
    };
    RedisAttempt attempt(std::move(request));

    QCOMPARE(attempt.outgoing(false).encoded, "GET");
    auto refusal = attempt.take(std::unexpected(RedisConnection::serverError("ASK 1 a:1")),
                                isMoved);
    QVERIFY(refusal);
    QCOMPARE(refusal->code, "ASK");
    const auto outgoing = attempt.outgoing(true);
    QCOMPARE(outgoing.encoded, encodeRedisCommand({"ASKING"}) + "GET");
    QCOMPARE(outgoing.replies, 2);
    // Refused once more, now as a part of an array.
    refusal = attempt.take(value("*2\n+OK\n-MOVED 1 a:1\n"), isMoved);
    QVERIFY(refusal);
    QCOMPARE(refusal->code, "MOVED");
    QCOMPARE(attempt.outgoing(true).replies, 2);
    // Another error is an answer.
    QVERIFY(!attempt.take(value("*2\n+OK\n-ERR no\n"), isMoved));
    QVERIFY(!result);
    attempt.settle();
    QVERIFY(result && !*result);
    QCOMPARE(result->error().message, u"ERR no"_s);
}

void TestTopology::attemptOfPipeline()
{
    std::optional<RedisClient::Reply> result;
    RedisRequest request;
    const QByteArray first = encodeRedisCommand({"DEL", "k"});
    const QByteArray second = encodeRedisCommand({"SET", "k", "a\r\n*1\r\n$3\r\nGET"});
    const QByteArray third = encodeRedisCommand({"GET", "k"});
    request.encoded = first + second + third;
    request.replies = 3;
    request.done = [&](RedisClient::Reply reply) {
        result = std::move(reply);
    };
    RedisAttempt attempt(std::move(request));

    QCOMPARE(attempt.outgoing(false).replies, 3);
    // The first was carried out; the others are sent again, in their order.
    QVERIFY(attempt.take(value("*3\n:1\n-ASK 1 a:1\n-ASK 1 a:1\n"), isMoved));
    const QByteArray asking = encodeRedisCommand({"ASKING"});
    auto outgoing = attempt.outgoing(true);
    QCOMPARE(outgoing.encoded, asking + second + asking + third);
    QCOMPARE(outgoing.replies, 4);
    QVERIFY(attempt.take(value("*4\n+OK\n+OK\n+OK\n-MOVED 1 a:1\n"), isMoved));
    outgoing = attempt.outgoing(false);
    QCOMPARE(outgoing.encoded, third);
    QCOMPARE(outgoing.replies, 1);
    // A single answer is no array.
    QVERIFY(attempt.take(std::unexpected(RedisConnection::serverError("MOVED 1 a:1")), isMoved));
    QCOMPARE(attempt.outgoing(false).encoded, third);
    QVERIFY(!attempt.take(RedisValue("v"_ba), isMoved));
    attempt.settle();
    QVERIFY(result && *result);
    QCOMPARE(**result, value("*3\n:1\n+OK\n$1\nv\n"));
}

void TestTopology::attemptAtAReplica()
{
    RedisRequest request;
    const QByteArray first = encodeRedisCommand({"GET", "k"});
    const QByteArray second = encodeRedisCommand({"SET", "k", "v"});
    const QByteArray third = encodeRedisCommand({"GET", "k"});
    request.encoded = first + second + third;
    request.replies = 3;
    request.done = [](const RedisClient::Reply &) {
    };
    RedisAttempt attempt(std::move(request));
    QCOMPARE(attempt.outgoing(false).replies, 3);
    const auto isReadOnly = [](QByteArrayView code) {
        return code == "READONLY";
    };
    // The last has read what was there before the one that was refused.
    QVERIFY(attempt.take(value("*3\n$1\na\n-READONLY no\n$1\na\n"), isReadOnly));
    QCOMPARE(attempt.outgoing(false).encoded, second + third);
}

void TestTopology::attemptOfTransaction()
{
    RedisRequest request;
    request.encoded = encodeRedisCommand({"multi"}) + encodeRedisCommand({"SET", "k", "v"})
        + encodeRedisCommand({"EXEC"});
    const QByteArray all = request.encoded;
    request.replies = 3;
    request.done = [](const RedisClient::Reply &) {
    };
    RedisAttempt attempt(std::move(request));
    QCOMPARE(attempt.outgoing(false).encoded, all);
    QVERIFY(attempt.take(value("*3\n+OK\n-ASK 1 a:1\n-EXECABORT\n"), isMoved));
    const auto outgoing = attempt.outgoing(true);
    QCOMPARE(outgoing.encoded, encodeRedisCommand({"ASKING"}) + all);
    QCOMPARE(outgoing.replies, 4);
    QVERIFY(attempt.take(value("*4\n+OK\n+OK\n+QUEUED\n-MOVED 1 a:1\n"), isMoved));
    QCOMPARE(attempt.outgoing(false).encoded, all);
}

void TestTopology::attemptThatIsDropped()
{
    std::optional<RedisClient::Reply> result;
    {
        RedisRequest request;
        request.done = [&](RedisClient::Reply reply) {
            result = std::move(reply);
        };
        const RedisAttempt attempt(std::move(request));
    }
    QVERIFY(result && !*result);
    QCOMPARE(result->error().kind, RedisError::Kind::Closed);
}

QTEST_GUILESS_MAIN(TestTopology)

#include "tst_topology.moc"
