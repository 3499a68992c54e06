// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "awaited.h"
#include "redischeck.h"
#include "rediscluster.h"
#include "redisobserver.h"
#include "redispubsub_p.h"
#include "redisserver.h"
#include "sentineltrio.h"
#include "tcpproxy.h"
#include "tlscertificates.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using State = RedisObserverStatus::State;
using Problem = RedisProblem::Kind;

namespace {

/// What an observer has told.
class Watched
{
public:
    explicit Watched(RedisObserverOptions options = quickOptions())
        : observer(std::move(options))
    {
        QObject::connect(&observer, &RedisObserver::messagesArrived, &observer,
                         [this](const QList<RedisMessage> &batch) {
                             ++batches;
                             messages += batch;
                         });
        QObject::connect(&observer, &RedisObserver::sampled, &observer,
                         [this](const RedisObservation &sample) {
                             ++samples;
                             observation = sample;
                         });
        QObject::connect(&observer, &RedisObserver::statusChanged, &observer,
                         [this] { history += observer.status(); });
    }

    static RedisObserverOptions quickOptions()
    {
        RedisObserverOptions options;
        options.listingInterval = 50ms;
        options.reconnectDelay = 100ms;
        options.maxReconnectDelay = 1000ms;
        options.connectTimeout = 2000ms;
        options.commandTimeout = 1000ms;
        return options;
    }

    void open(const QString &url)
    {
        const auto parsed = RedisUrl::parse(url);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        observer.open(*parsed);
    }

    [[nodiscard]] bool isIn(State state) const { return observer.status().state == state; }
    [[nodiscard]] bool waitFor(State state)
    {
        return QTest::qWaitFor([&] { return isIn(state); }, 20'000);
    }
    [[nodiscard]] bool waitForMessages(qsizetype count)
    {
        return QTest::qWaitFor([&] { return messages.size() >= count; }, 30'000);
    }
    /// Samples until @p holds says so.
    template<typename Condition>
    [[nodiscard]] bool sampleUntil(Condition holds)
    {
        return QTest::qWaitFor(
            [&] {
                observer.sample();
                QTest::qWait(20);
                return holds();
            },
            30'000);
    }
    [[nodiscard]] RedisChannel channel(const QByteArray &name) const
    {
        for (const RedisChannel &channel : observation.channels) {
            if (channel.name == name)
                return channel;
        }
        return {};
    }
    [[nodiscard]] QByteArray explanation() const
    {
        const RedisProblem &problem = observer.status().problem;
        return (problem.sentence + u" | "_s + problem.advice).toUtf8();
    }

    QList<RedisMessage> messages;
    RedisObservation observation;
    QList<RedisObserverStatus> history;
    int batches = 0;
    int samples = 0;
    /// Last, as it calls back.
    RedisObserver observer;
};

/// Publishes @p count messages by pipelines, as fast as Redis takes them.
void publish(RedisClient &client, const QByteArray &channel, int count, int first = 0)
{
    constexpr int pipelineLength = 500;
    for (int done = 0; done < count;) {
        QList<QList<QByteArray>> commands;
        for (int i = 0; i < pipelineLength && done < count; ++i, ++done)
            commands += {"PUBLISH"_ba, channel, QByteArray::number(first + done)};
        RedisClient::CommandOptions options;
        options.keyIndex = -1;
        options.waitForConnection = true;
        QVERIFY(Awaited::pipeline(client, commands, options));
    }
}

RedisCheck::Result check(const QString &url)
{
    RedisCheck check(*RedisUrl::parse(url));
    RedisCheck::Result result;
    bool isFinished = false;
    QObject::connect(&check, &RedisCheck::finished, &check, [&](const RedisCheck::Result &found) {
        result = found;
        isFinished = true;
    });
    if (!QTest::qWaitFor([&] { return isFinished; }, 20'000))
        result.sentence = u"no answer"_s;
    return result;
}

/// Something that listens and is no Redis.
class Impostor
{
public:
    explicit Impostor(const QByteArray &greeting)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, greeting] {
            while (QTcpSocket *const socket = m_server.nextPendingConnection()) {
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, greeting] {
                    socket->readAll();
                    if (!greeting.isEmpty())
                        socket->write(greeting);
                });
            }
        });
        m_server.listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QString url() const
    {
        return u"redis://127.0.0.1:%1"_s.arg(m_server.serverPort());
    }

private:
    QTcpServer m_server;
};

} // namespace

class TestRedisObserver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void seesMessagesAsTheyAre();
    void changesNothing();
    void countsExactlyAtTenThousandASecond();
    void dropsTheOldestAndCountsThem();
    void cutsLongPayloads();
    void boundsOtherPeoplesChannels();
    void forgetsChannelsButNotTheirSum();
    void asksForNothingUnlessSampled();
    void countsSubscribers();
    void publishesOnlyWhenAllowed();

    void wrongPassword();
    void missingPassword();
    void unreachable();
    void tlsToAPlainPort();
    void plainToATlsPort();
    void foreignAuthority();
    void missingClientCertificate();
    void notARedis_data();
    void notARedis();
    void notAllowed();
    void onlyOwnChannelsAllowed();
    void diesAndReturns();
    void freezes();
    void canBeCancelled();

    void seesASentinelsMaster();
    void seesAWholeCluster();
    void seesTls();

    void checkFindsWhatIsThere();
    void checkSaysWhatIsWrong();
    void checkKnowsPermissions();

private:
    std::unique_ptr<RedisServer> m_server;
};

void TestRedisObserver::initTestCase()
{
    m_server = std::make_unique<RedisServer>();
    QVERIFY2(m_server->start(), m_server->log());
}

void TestRedisObserver::seesMessagesAsTheyAre()
{
    Watched watched;
    watched.open(m_server->url());
    QVERIFY(watched.waitFor(State::Connected));
    QCOMPARE(watched.observer.status().pattern, "*"_ba);

    RedisClient client({.url = *RedisUrl::parse(m_server->url())});
    const QList<std::pair<QByteArray, QByteArray>> sent{
        {"plain", "text"},
        {QByteArray("\0\xff\r\nchannel", 11), QByteArray("\0\r\n\x80", 4)},
        {"livetemplate:broadcast:global", "{}"},
        {" ", ""},
        {"plain", QByteArray(100'000, '\xfe')},
    };
    for (const auto &[channel, payload] : sent)
        QVERIFY(Awaited::command(client, {"PUBLISH", channel, payload}));
    QTRY_COMPARE(watched.messages.size(), sent.size());
    for (qsizetype i = 0; i < sent.size(); ++i) {
        const RedisMessage &message = watched.messages[i];
        QCOMPARE(message.number, quint64(i + 1));
        QCOMPARE(message.channel, sent[i].first);
        QCOMPARE(message.size, sent[i].second.size());
        QVERIFY(sent[i].second.startsWith(message.payload));
        QVERIFY(!message.isSharded);
    }
    QVERIFY(watched.sampleUntil([&] { return watched.observation.messages == 5; }));
    QCOMPARE(watched.channel("plain").messages, 2u);
    QCOMPARE(watched.channel("plain").bytes, 100'004u);
    QCOMPARE(watched.channel(sent[1].first).bytes, 4u);
}

void TestRedisObserver::changesNothing()
{
    RedisServer server;
    QVERIFY(server.start());
    Watched watched;
    watched.open(server.url());
    QVERIFY(watched.waitFor(State::Connected));
    QVERIFY(watched.sampleUntil([&] { return watched.observation.listings >= 3; }));
    const QByteArray result = server.cli({u"INFO"_s, u"commandstats"_s});
    QStringList commands;
    for (const QByteArray &line : result.split('\n')) {
        if (line.startsWith("cmdstat_"))
            commands += QString::fromLatin1(line.sliced(8, line.indexOf(':') - 8));
    }
    commands.removeAll(u"info"_s); // the test's own
    const QStringList harmless{
        u"client|setname"_s,  u"client|setinfo"_s, u"ping"_s,          u"psubscribe"_s,
        u"pubsub|channels"_s, u"pubsub|numpat"_s,  u"pubsub|numsub"_s, u"pubsub|shardchannels"_s,
        u"hello"_s,           u"command|docs"_s,   u"config|get"_s};
    for (const QString &command : std::as_const(commands))
        QVERIFY2(harmless.contains(command), qPrintable(command));
    QVERIFY(commands.contains(u"psubscribe"_s));
}

void TestRedisObserver::countsExactlyAtTenThousandASecond()
{
    constexpr int perSecond = 10'000;
    constexpr int seconds = 3;
    constexpr int channels = 20;
    Watched watched;
    watched.open(m_server->url());
    QVERIFY(watched.waitFor(State::Connected));
    RedisClient client({.url = *RedisUrl::parse(m_server->url())});
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < seconds * 10; ++i) {
        publish(client, "load:" + QByteArray::number(i % channels), perSecond / 10, i * 1000);
        QTest::qWait(0);
        const auto due = begun + 100ms * (i + 1);
        while (std::chrono::steady_clock::now() < due)
            QTest::qWait(5);
    }
    QVERIFY(watched.waitForMessages(perSecond * seconds));
    QCOMPARE(watched.messages.size(), perSecond * seconds);
    for (qsizetype i = 0; i < watched.messages.size(); ++i)
        QCOMPARE(watched.messages[i].payload, QByteArray::number(i));
    QVERIFY(watched.batches <= seconds * 10 + 20);
    QVERIFY(watched.sampleUntil([&] { return watched.observation.messages >= 30'000; }));
    QCOMPARE(watched.observation.messages, quint64(perSecond * seconds));
    QCOMPARE(watched.observation.droppedMessages, 0u);
    quint64 sum = 0;
    quint64 inHistory = 0;
    for (const RedisChannel &channel : std::as_const(watched.observation.channels)) {
        sum += channel.messages;
        for (const quint32 count : channel.history)
            inHistory += count;
    }
    QCOMPARE(sum, quint64(perSecond * seconds));
    QCOMPARE(inHistory, quint64(perSecond * seconds));
}

void TestRedisObserver::dropsTheOldestAndCountsThem()
{
    RedisObserverOptions options = Watched::quickOptions();
    options.mostQueuedMessages = 100;
    Watched watched(options);
    watched.open(m_server->url());
    QVERIFY(watched.waitFor(State::Connected));
    RedisClient client({.url = *RedisUrl::parse(m_server->url())});
    // Nobody takes them: the test's thread, which is the observer's, does not come to it.
    publish(client, "flood", 5'000);
    QVERIFY(watched.sampleUntil([&] { return watched.observation.messages == 5'000; }));
    QCOMPARE(watched.channel("flood").messages, 5'000u);
    QVERIFY(watched.observation.droppedMessages > 0);
    const auto isComplete = [&] {
        return quint64(watched.messages.size()) + watched.observation.droppedMessages == 5'000;
    };
    QVERIFY(watched.sampleUntil(isComplete));
    // The newest are there, without a gap.
    QCOMPARE(watched.messages.last().number, 5'000u);
    QCOMPARE(watched.messages.last().payload, "4999"_ba);
}

void TestRedisObserver::cutsLongPayloads()
{
    RedisObserverOptions options = Watched::quickOptions();
    options.mostPayload = 10;
    qint64 seen = 0;
    options.reader = [&seen](const RedisMessage &message) {
        seen = message.payload.size();
        return std::shared_ptr<const RedisMessageContent>();
    };
    Watched watched(options);
    watched.open(m_server->url());
    QVERIFY(watched.waitFor(State::Connected));
    m_server->run({u"PUBLISH"_s, u"long"_s, u"0123456789abcdef"_s});
    QVERIFY(watched.waitForMessages(1));
    QCOMPARE(watched.messages[0].payload, "0123456789"_ba);
    QCOMPARE(watched.messages[0].size, 16);
    QVERIFY(watched.messages[0].isCut());
    QCOMPARE(seen, 16);
}

void TestRedisObserver::boundsOtherPeoplesChannels()
{
    constexpr int channels = 100'000;
    RedisServer server;
    QVERIFY(server.start());
    RedisClient others({.url = *RedisUrl::parse(server.url())});
    for (int i = 0; i < channels - 1; ++i) {
        others.pubSub().subscribe(RedisPubSub::Kind::Channel,
                                  "somebody:else:" + QByteArray::number(i), [](const auto &) {});
    }
    const auto own = "livetemplate:broadcast:global"_ba;
    Awaited::Subscribed last;
    others.pubSub().subscribe(RedisPubSub::Kind::Channel, own, last.callback());
    QVERIFY(last.get());

    Watched watched;
    watched.open(server.url());
    QVERIFY(watched.waitFor(State::Connected));
    QVERIFY(watched.sampleUntil([&] {
        return watched.observation.listedChannels == channels
            && watched.channel(own).subscribers == 1;
    }));
    QCOMPARE(watched.observation.channels.size(), RedisObserverOptions().mostChannels);
    QVERIFY(!watched.observation.limits.isEmpty());
    QVERIFY2(watched.observation.limits.first().contains(u"channels"_s),
             qPrintable(watched.observation.limits.first()));
    qInfo("%s", qPrintable(watched.observation.limits.first()));
    // A message of one that is not listed is seen and counted.
    server.run({u"PUBLISH"_s, u"somebody:else:7"_s, u"x"_s});
    server.run({u"PUBLISH"_s, u"somebody:else:99998"_s, u"x"_s});
    QVERIFY(watched.waitForMessages(2));
    QVERIFY(watched.sampleUntil([&] {
        return watched.channel("somebody:else:99998").messages == 1
            && watched.channel("somebody:else:7").messages == 1;
    }));
    QVERIFY(watched.observation.channels.size() <= RedisObserverOptions().mostChannels);
}

void TestRedisObserver::forgetsChannelsButNotTheirSum()
{
    RedisObserverOptions options = Watched::quickOptions();
    options.mostChannels = 50;
    Watched watched(options);
    watched.open(m_server->url());
    QVERIFY(watched.waitFor(State::Connected));
    RedisClient client({.url = *RedisUrl::parse(m_server->url())});
    QList<QList<QByteArray>> commands;
    for (int i = 0; i < 1'000; ++i)
        commands += {"PUBLISH"_ba, "many:" + QByteArray::number(i), "xy"_ba};
    QVERIFY(Awaited::pipeline(client, commands, {.keyIndex = -1, .waitForConnection = true}));
    QVERIFY(watched.sampleUntil([&] { return watched.observation.messages == 1'000; }));
    QVERIFY(watched.observation.channels.size() <= 50);
    quint64 messages = watched.observation.forgottenMessages;
    quint64 bytes = watched.observation.forgottenBytes;
    for (const RedisChannel &channel : std::as_const(watched.observation.channels)) {
        messages += channel.messages;
        bytes += channel.bytes;
    }
    QCOMPARE(messages, 1'000u);
    QCOMPARE(bytes, 2'000u);
    QCOMPARE(watched.observation.bytes, 2'000u);
    // The newest stays.
    QCOMPARE(watched.channel("many:999").messages, 1u);
}

void TestRedisObserver::asksForNothingUnlessSampled()
{
    RedisServer server;
    QVERIFY(server.start());
    Watched watched;
    watched.open(server.url());
    QVERIFY(watched.waitFor(State::Connected));
    server.run({u"PUBLISH"_s, u"a"_s, u"b"_s});
    QVERIFY(watched.waitForMessages(1));
    QVERIFY(!server.cli({u"INFO"_s, u"commandstats"_s}).contains("pubsub"));
    QCOMPARE(watched.samples, 0);
}

void TestRedisObserver::countsSubscribers()
{
    RedisClient client({.url = *RedisUrl::parse(m_server->url())});
    Awaited::Subscribed subscribed;
    client.pubSub().subscribe(RedisPubSub::Kind::Channel, "room", subscribed.callback());
    QVERIFY(subscribed.get());
    Watched watched;
    watched.open(m_server->url());
    QVERIFY(watched.waitFor(State::Connected));
    qint64 count = -1;
    watched.observer.countSubscribers("room", false, this,
                                      [&](const RedisObserver::Receivers &receivers) {
                                          count = receivers.value_or(-2);
                                      });
    QTRY_COMPARE(count, 1);
    QVERIFY(watched.sampleUntil([&] { return watched.channel("room").subscribers == 1; }));
    QCOMPARE(watched.observation.patterns, 0);
}

void TestRedisObserver::publishesOnlyWhenAllowed()
{
    Watched watched;
    watched.open(m_server->url());
    QVERIFY(watched.waitFor(State::Connected));
    std::optional<RedisObserver::Receivers> answer;
    const auto take = [&](const RedisObserver::Receivers &receivers) {
        answer = receivers;
    };
    watched.observer.publish("room", "no", false, this, take);
    QVERIFY(answer && !*answer);
    QVERIFY(answer->error().message.contains(u"only reads"_s));
    answer.reset();
    watched.observer.setPublishingAllowed(true);
    watched.observer.publish("room", "yes", false, this, take);
    QTRY_VERIFY(answer);
    QVERIFY(*answer);
    QVERIFY(watched.waitForMessages(1));
    QCOMPARE(watched.messages.size(), 1);
    QCOMPARE(watched.messages[0].payload, "yes"_ba);
}

void TestRedisObserver::wrongPassword()
{
    RedisServer server({.password = u"right"_s});
    QVERIFY(server.start());
    Watched watched;
    watched.open(u"redis://:wrong@127.0.0.1:%1"_s.arg(server.port()));
    QVERIFY(watched.waitFor(State::Failed));
    QCOMPARE(watched.observer.status().problem.kind, Problem::WrongPassword);
    QVERIFY(!watched.explanation().contains("wrong@"));
    watched.open(server.url());
    QVERIFY(watched.waitFor(State::Connected));
}

void TestRedisObserver::missingPassword()
{
    RedisServer server({.password = u"right"_s});
    QVERIFY(server.start());
    Watched watched;
    watched.open(u"redis://127.0.0.1:%1"_s.arg(server.port()));
    QVERIFY(watched.waitFor(State::Failed));
    QCOMPARE(watched.observer.status().problem.kind, Problem::PasswordWanted);
}

void TestRedisObserver::unreachable()
{
    RedisServer server({.port = RedisServer::freePort()});
    Watched watched;
    watched.open(server.url());
    QVERIFY(watched.waitFor(State::Waiting));
    QCOMPARE(watched.observer.status().problem.kind, Problem::Unreachable);
    QTRY_VERIFY(watched.observer.status().nextTry);
    // It says when it is tried, and comes when there is something.
    QVERIFY(*watched.observer.status().nextTry <= std::chrono::steady_clock::now() + 2s);
    QVERIFY(server.start());
    QVERIFY(watched.waitFor(State::Connected));
}

void TestRedisObserver::tlsToAPlainPort()
{
    Watched watched;
    watched.open(u"rediss://127.0.0.1:%1"_s.arg(m_server->port()));
    QVERIFY(watched.waitFor(State::Failed));
    QVERIFY2(watched.observer.status().problem.kind == Problem::TlsToPlainPort,
             watched.explanation());
}

void TestRedisObserver::plainToATlsPort()
{
    const TlsCertificates certificates;
    RedisServer server({.tls = &certificates});
    QVERIFY2(server.start(), server.log());
    Watched watched;
    watched.open(u"redis://127.0.0.1:%1"_s.arg(server.port()));
    QVERIFY(watched.waitFor(State::Failed));
    QVERIFY2(watched.observer.status().problem.kind == Problem::PlainToTlsPort,
             watched.explanation());
}

void TestRedisObserver::foreignAuthority()
{
    const TlsCertificates certificates;
    RedisServer server({.tls = &certificates});
    QVERIFY2(server.start(), server.log());
    Watched watched;
    watched.open(
        u"rediss://127.0.0.1:%1?ca=%2"_s.arg(server.port()).arg(certificates.foreignAuthority()));
    QVERIFY(watched.waitFor(State::Failed));
    QVERIFY2(watched.observer.status().problem.kind == Problem::Certificate, watched.explanation());
}

void TestRedisObserver::missingClientCertificate()
{
    const TlsCertificates certificates;
    RedisServer server({.tls = &certificates, .asksForCertificate = true});
    QVERIFY2(server.start(), server.log());
    Watched watched;
    watched.open(u"rediss://127.0.0.1:%1?ca=%2"_s.arg(server.port()).arg(certificates.authority()));
    QVERIFY(watched.waitFor(State::Failed));
    QVERIFY2(watched.observer.status().problem.kind == Problem::Certificate, watched.explanation());
}

void TestRedisObserver::notARedis_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<Problem>("kind");
    QTest::addColumn<State>("state");
    QTest::newRow("web server") << "HTTP/1.1 400 Bad Request\r\n\r\n"_ba << Problem::NotRedis
                                << State::Failed;
    QTest::newRow("ssh") << "SSH-2.0-OpenSSH_9.2\r\n"_ba << Problem::NotRedis << State::Failed;
    QTest::newRow("silence") << QByteArray() << Problem::Silent << State::Waiting;
}

void TestRedisObserver::notARedis()
{
    QFETCH(QByteArray, greeting);
    QFETCH(Problem, kind);
    QFETCH(State, state);
    const Impostor impostor(greeting);
    Watched watched;
    watched.open(impostor.url());
    QVERIFY(watched.waitFor(state));
    QVERIFY2(watched.observer.status().problem.kind == kind, watched.explanation());
    const RedisCheck::Result result = check(impostor.url());
    QVERIFY2(result.problem.kind == kind, qPrintable(result.sentence));
}

void TestRedisObserver::notAllowed()
{
    RedisServer server;
    QVERIFY(server.start());
    server.run({u"ACL"_s, u"SETUSER"_s, u"poor"_s, u"on"_s, u">secret"_s, u"+@all"_s,
                u"-psubscribe"_s, u"-pubsub"_s, u"allkeys"_s, u"allchannels"_s});
    Watched watched;
    watched.open(u"redis://poor:secret@127.0.0.1:%1"_s.arg(server.port()));
    QVERIFY(watched.waitFor(State::Connected));
    QCOMPARE(watched.observer.status().problem.kind, Problem::NotAllowed);
    QVERIFY(watched.observer.status().pattern.isEmpty());
    QVERIFY(watched.sampleUntil([&] { return watched.observation.limits.size() >= 2; }));
}

void TestRedisObserver::onlyOwnChannelsAllowed()
{
    RedisServer server;
    QVERIFY(server.start());
    server.run({u"ACL"_s, u"SETUSER"_s, u"page"_s, u"on"_s, u">secret"_s, u"+@all"_s, u"allkeys"_s,
                u"resetchannels"_s, u"&livetemplate:*"_s});
    Watched watched;
    watched.open(u"redis://page:secret@127.0.0.1:%1"_s.arg(server.port()));
    QVERIFY(watched.waitFor(State::Connected));
    QTRY_COMPARE(watched.observer.status().pattern, "livetemplate:*"_ba);
    QCOMPARE(watched.observer.status().problem.kind, Problem::NotAllowed);
    server.run({u"PUBLISH"_s, u"other"_s, u"unseen"_s});
    server.run({u"PUBLISH"_s, u"livetemplate:x"_s, u"seen"_s});
    QVERIFY(watched.waitForMessages(1));
    QCOMPARE(watched.messages.size(), 1);
    QCOMPARE(watched.messages[0].payload, "seen"_ba);
}

void TestRedisObserver::diesAndReturns()
{
    RedisServer server;
    QVERIFY(server.start());
    Watched watched;
    watched.open(server.url());
    QVERIFY(watched.waitFor(State::Connected));
    server.run({u"PUBLISH"_s, u"a"_s, u"1"_s});
    QVERIFY(watched.waitForMessages(1));
    server.kill();
    QVERIFY(watched.waitFor(State::Waiting));
    QCOMPARE(watched.observer.status().problem.kind, Problem::Lost);
    QTRY_VERIFY(watched.observer.status().nextTry);
    QVERIFY(server.restart());
    QVERIFY(watched.waitFor(State::Connected));
    QTRY_COMPARE(watched.observer.status().problem.kind, Problem::None);
    QVERIFY(server.waitFor({u"PUBSUB"_s, u"NUMPAT"_s}, "1"));
    server.run({u"PUBLISH"_s, u"a"_s, u"2"_s});
    QVERIFY(watched.waitForMessages(2));
    QCOMPARE(watched.messages[1].payload, "2"_ba);
    // What was counted before is not lost.
    QVERIFY(watched.sampleUntil([&] { return watched.channel("a").messages == 2; }));
}

void TestRedisObserver::freezes()
{
    RedisServer server;
    QVERIFY(server.start());
    Watched watched;
    watched.open(server.url());
    QVERIFY(watched.waitFor(State::Connected));
    server.freeze();
    QVERIFY(watched.waitFor(State::Waiting));
    QVERIFY2(watched.observer.status().problem.kind == Problem::Silent, watched.explanation());
    server.thaw();
    QVERIFY(watched.waitFor(State::Connected));
}

void TestRedisObserver::canBeCancelled()
{
    TcpProxy proxy(m_server->port());
    proxy.freeze();
    Watched watched;
    watched.open(m_server->url(proxy.port()));
    QTRY_VERIFY(proxy.connectionsMade() > 0);
    QCOMPARE(watched.observer.status().state, State::Connecting);
    watched.observer.close();
    QCOMPARE(watched.observer.status().state, State::Closed);
    proxy.thaw();
    QTRY_COMPARE(proxy.connectionsOpen(), 0);
}

void TestRedisObserver::seesASentinelsMaster()
{
    SentinelTrio trio({.replicas = 1});
    QVERIFY(trio.start());
    Watched watched;
    watched.open(trio.url());
    QVERIFY(watched.waitFor(State::Connected));
    trio.server(0).run({u"PUBLISH"_s, u"a"_s, u"1"_s});
    const auto has = [&](const QByteArray &payload) {
        return std::ranges::any_of(watched.messages, [&](const RedisMessage &message) {
            return message.channel == "a" && message.payload == payload;
        });
    };
    QTRY_VERIFY(has("1"));
    trio.server(0).kill();
    const int next = trio.waitForMasterOtherThan(0);
    QVERIFY(next >= 0);
    QVERIFY(trio.server(next).waitFor({u"PUBSUB"_s, u"NUMPAT"_s}, "1"));
    QVERIFY(watched.waitFor(State::Connected));
    trio.server(next).run({u"PUBLISH"_s, u"a"_s, u"2"_s});
    QTRY_VERIFY_WITH_TIMEOUT(has("2"), 10'000);
}

void TestRedisObserver::seesAWholeCluster()
{
    RedisCluster cluster;
    QVERIFY(cluster.start());
    Watched watched;
    watched.open(cluster.url());
    QVERIFY(watched.waitFor(State::Connected));
    RedisClient client({.url = *RedisUrl::parse(cluster.url())});
    Awaited::Subscribed subscribed;
    client.pubSub().subscribe(RedisPubSub::Kind::Shard, "shard", subscribed.callback());
    QVERIFY(subscribed.get());
    Awaited::Subscribed classic;
    client.pubSub().subscribe(RedisPubSub::Kind::Channel, "classic", classic.callback());
    QVERIFY(classic.get());

    // Each message once, from whichever node.
    for (int i = 0; i < cluster.masterCount(); ++i)
        cluster.node(i).run({u"PUBLISH"_s, u"classic"_s, QString::number(i)});
    QVERIFY(watched.waitForMessages(3));
    // Shard channels are found by listing them.
    QVERIFY(watched.sampleUntil([&] { return watched.channel("shard").subscribers == 1; }));
    QVERIFY(QTest::qWaitFor(
        [&] {
            std::ignore = Awaited::command(client, {"SPUBLISH", "shard", "x"});
            QTest::qWait(50);
            return watched.messages.size() > 3;
        },
        20'000));
    const RedisMessage sharded = watched.messages.last();
    QCOMPARE(sharded.channel, "shard"_ba);
    QVERIFY(sharded.isSharded);
    QVERIFY(watched.sampleUntil([&] { return watched.channel("classic").subscribers == 1; }));
    QCOMPARE(watched.channel("classic").messages, 3u);
    // We are not among those who are counted.
    QCOMPARE(watched.channel("shard").subscribers, 1);
    QVERIFY(!watched.observation.limits.isEmpty());
}

void TestRedisObserver::seesTls()
{
    const TlsCertificates certificates;
    RedisServer server({.tls = &certificates, .asksForCertificate = true});
    QVERIFY2(server.start(), server.log());
    Watched watched;
    watched.open(server.url());
    QVERIFY2(watched.waitFor(State::Connected), watched.explanation());
    server.run({u"PUBLISH"_s, u"a"_s, u"1"_s});
    QVERIFY(watched.waitForMessages(1));
}

void TestRedisObserver::checkFindsWhatIsThere()
{
    const RedisCheck::Result result = check(m_server->url());
    QVERIFY2(result.isFine(), qPrintable(result.sentence));
    qInfo("%s", qPrintable(result.sentence));
    QCOMPARE(result.product, u"Redis"_s);
    QVERIFY(result.version.startsWith(u"8"_s));
    QCOMPARE(result.mode, u"standalone"_s);
    QCOMPARE(result.role, u"master"_s);
    QVERIFY(result.latency.count() > 0);
    QCOMPARE(result.maySubscribe, true);
    QCOMPARE(result.mayList, true);
    QCOMPARE(result.mayPublish, true);
    QVERIFY(result.hints.isEmpty());
    QVERIFY(result.sentence.contains(result.version));
}

void TestRedisObserver::checkSaysWhatIsWrong()
{
    const RedisCheck::Result nobody = check(u"redis://127.0.0.1:%1"_s.arg(RedisServer::freePort()));
    QCOMPARE(nobody.problem.kind, Problem::Unreachable);
    QVERIFY(!nobody.sentence.isEmpty());
    const RedisCheck::Result tls = check(u"rediss://127.0.0.1:%1"_s.arg(m_server->port()));
    QCOMPARE(tls.problem.kind, Problem::TlsToPlainPort);
    RedisServer frozen;
    QVERIFY(frozen.start());
    frozen.freeze();
    const RedisCheck::Result silent = check(frozen.url());
    frozen.thaw();
    QVERIFY2(silent.problem.kind == Problem::Silent, qPrintable(silent.sentence));
}

void TestRedisObserver::checkKnowsPermissions()
{
    RedisServer server;
    QVERIFY(server.start());
    server.run({u"ACL"_s, u"SETUSER"_s, u"poor"_s, u"on"_s, u">secret"_s, u"+@all"_s, u"-publish"_s,
                u"-pubsub"_s, u"allkeys"_s, u"resetchannels"_s});
    const RedisCheck::Result result = check(
        u"redis://poor:secret@127.0.0.1:%1"_s.arg(server.port()));
    QVERIFY2(result.isFine(), qPrintable(result.sentence));
    QCOMPARE(result.maySubscribe, false);
    QCOMPARE(result.mayList, false);
    QCOMPARE(result.mayPublish, false);
    QCOMPARE(result.hints.size(), 3);
}

QTEST_GUILESS_MAIN(TestRedisObserver)
#include "tst_redisobserver.moc"
