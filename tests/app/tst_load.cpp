// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTest>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>
#include <memory>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

struct Outcome
{
    int exitCode = -1;
    QByteArray output;
    QByteArray error;
    /// Of --json.
    QJsonObject report;

    [[nodiscard]] QJsonObject part(const QString &name) const
    {
        return report.value(name).toObject();
    }
    [[nodiscard]] int number(const QString &name, const QString &member) const
    {
        return part(name).value(member).toInt(-1);
    }
    [[nodiscard]] QString problems() const
    {
        QStringList sentences;
        for (const auto &sentence : report.value("problems"_L1).toArray())
            sentences.append(sentence.toString());
        return sentences.join(u' ');
    }
};

/// Runs the load generator as somebody at a shell would.
Outcome load(const QStringList &arguments, const std::function<void()> &prepare = {})
{
    QProcess program;
    if (prepare)
        program.setChildProcessModifier(prepare);
    program.start(QStringLiteral(LOAD_PROGRAM), arguments);
    // The test may be the server.
    [[maybe_unused]] const bool ended = QTest::qWaitFor(
        [&] { return program.state() == QProcess::NotRunning; }, 100'000);
    Outcome outcome;
    if (program.state() == QProcess::NotRunning && program.exitStatus() == QProcess::NormalExit)
        outcome.exitCode = program.exitCode();
    outcome.output = program.readAllStandardOutput();
    outcome.error = program.readAllStandardError();
    outcome.report = QJsonDocument::fromJson(outcome.output).object();
    if (!outcome.error.isEmpty())
        qInfo() << outcome.error;
    return outcome;
}

/// A server that does all that a good one does not.
class FakeServer : public QObject
{
public:
    /// Is told of every message.
    using Answer = std::function<void(QWebSocket &socket, int number, const QString &message)>;

    explicit FakeServer(const QByteArray &firstMessage, Answer answer = {})
    {
        m_listening = m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QWebSocketServer::newConnection, this, [=, this] {
            QWebSocket *socket = m_server.nextPendingConnection();
            socket->setParent(this);
            const int number = m_connections++;
            connect(socket, &QWebSocket::pong, this, [this] { ++m_pongs; });
            connect(socket, &QWebSocket::textMessageReceived, this, [=](const QString &message) {
                if (answer)
                    answer(*socket, number, message);
            });
            socket->ping("alive?");
            socket->sendTextMessage(
                QString::fromUtf8(firstMessage).replace(u"NUMBER"_s, QString::number(number)));
        });
    }

    [[nodiscard]] bool isListening() const { return m_listening; }
    [[nodiscard]] int pongs() const { return m_pongs; }
    [[nodiscard]] QString url() const
    {
        return u"http://127.0.0.1:%1/"_s.arg(m_server.serverPort());
    }

private:
    QWebSocketServer m_server{u"fake"_s, QWebSocketServer::NonSecureMode};
    bool m_listening = false;
    int m_connections = 0;
    int m_pongs = 0;
};

const QByteArray sameForAll = R"({"tree":{"s":["<p>","</p>"],"0":"7"},"meta":{"success":true}})"_ba;

} // namespace

class LoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void opensTabsOfBrowsers();
    void clicksAreCountedExactly();
    void broadcastsReachAll();
    void heartbeatsAreAnswered();
    void printsATable();
    void aCookieMayBeGiven();
    void saysWhyConnectionsFail_data();
    void saysWhyConnectionsFail();
    void refusesWrongArguments_data();
    void refusesWrongArguments();
    void refusesMoreThanTheLimitOfOpenFiles();
    void findsWrongCounts();

    void findsReplicasThatDiffer();
    void findsErrorsInAnswers();
    void findsActionsWithoutAnswer();
    void findsLostConnections();
    void findsWhatIsNoJson();
    void findsPagesWithoutValues();

private:
    QProcess m_server;
    QString m_page;
};

void LoadTest::initTestCase()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QStringLiteral(SERVER_PROGRAM), {u"--listen"_s, u"127.0.0.1:0"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_server.canReadLine(), 20'000);
    QUrl url(QString::fromUtf8(m_server.readLine()).trimmed().section(u' ', 1));
    url.setPath(u"/counter"_s);
    m_page = url.toString();
}

void LoadTest::cleanupTestCase()
{
    m_server.terminate();
    QVERIFY(m_server.waitForFinished());
    QCOMPARE(m_server.exitCode(), 0);
}

void LoadTest::opensTabsOfBrowsers()
{
    const Outcome outcome = load({m_page, u"-n"_s, u"50"_s, u"-b"_s, u"5"_s, u"--heartbeat"_s,
                                  u"0"_s, u"--verify"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 0);
    const QString connections = u"connections"_s;
    QCOMPARE(outcome.number(connections, u"wanted"_s), 50);
    QCOMPARE(outcome.number(connections, u"opened"_s), 50);
    QCOMPARE(outcome.number(connections, u"browsers"_s), 5);
    QCOMPARE(outcome.number(connections, u"failed"_s), 0);
    QCOMPARE(outcome.number(connections, u"lost"_s), 0);
    QCOMPARE(outcome.part(connections).value("latency"_L1)["count"_L1].toInt(), 50);
    QCOMPARE(outcome.number(u"traffic"_s, u"messagesIn"_s), 50);
    QCOMPARE(outcome.number(u"traffic"_s, u"messagesOut"_s), 0);
    QCOMPARE(outcome.number(u"replicas"_s, u"groups"_s), 5);
    QCOMPARE(outcome.number(u"replicas"_s, u"differing"_s), 0);
    QCOMPARE(outcome.number(u"server"_s, u"pid"_s), int(m_server.processId()));
    QVERIFY(outcome.number(u"server"_s, u"memoryConnected"_s) > 1'000'000);
    QVERIFY(!outcome.report.contains("click"_L1));
    QCOMPARE(outcome.problems(), QString());
}

void LoadTest::clicksAreCountedExactly()
{
    const Outcome outcome = load({m_page, u"-n"_s, u"50"_s, u"-b"_s, u"5"_s, u"--click"_s,
                                  u"increment"_s, u"--rate"_s, u"100"_s, u"--duration"_s, u"1"_s,
                                  u"--heartbeat"_s, u"0"_s, u"--counter"_s, u"0"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 0);
    const QString click = u"click"_s;
    QCOMPARE(outcome.number(click, u"active"_s), 50);
    QCOMPARE(outcome.number(click, u"planned"_s), 100);
    QCOMPARE(outcome.number(click, u"sent"_s), 100);
    QCOMPARE(outcome.number(click, u"answered"_s), 100);
    QCOMPARE(outcome.part(click).value("errors"_L1).toObject(), QJsonObject());
    QCOMPARE(outcome.part(click).value("latency"_L1)["count"_L1].toInt(), 100);
    QVERIFY(outcome.part(click).value("latency"_L1)["p95"_L1].toDouble() > 0);
    // Each action is answered, and told to the nine other tabs of the browser.
    QCOMPARE(outcome.number(u"traffic"_s, u"messagesOut"_s), 100);
    QCOMPARE(outcome.number(u"traffic"_s, u"messagesIn"_s), 50 + 100 * 10);
    QCOMPARE(outcome.number(u"replicas"_s, u"groups"_s), 5);
    QCOMPARE(outcome.number(u"replicas"_s, u"differing"_s), 0);
    QCOMPARE(outcome.number(u"replicas"_s, u"miscounted"_s), 0);
    QVERIFY(outcome.part(u"server"_s).value("cpuPerEvent"_L1).toDouble() > 0);
}

void LoadTest::broadcastsReachAll()
{
    const Outcome outcome = load({m_page, u"-n"_s, u"50"_s, u"-b"_s, u"2"_s, u"--broadcast"_s,
                                  u"increment"_s, u"--times"_s, u"5"_s, u"--heartbeat"_s, u"0"_s,
                                  u"--counter"_s, u"0"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.number(u"broadcast"_s, u"times"_s), 5);
    QCOMPARE(outcome.number(u"broadcast"_s, u"completed"_s), 5);
    QCOMPARE(outcome.number(u"broadcast"_s, u"updatesExpected"_s), 5 * 24);
    QCOMPARE(outcome.number(u"broadcast"_s, u"updates"_s), 5 * 24);
    QCOMPARE(outcome.part(u"broadcast"_s).value("latency"_L1)["count"_L1].toInt(), 5);
    QCOMPARE(outcome.number(u"traffic"_s, u"messagesIn"_s), 50 + 5 * 25);
    QCOMPARE(outcome.number(u"replicas"_s, u"miscounted"_s), 0);
    QVERIFY(outcome.part(u"server"_s).value("cpuPerEvent"_L1).toDouble() > 0);
}

void LoadTest::heartbeatsAreAnswered()
{
    const Outcome outcome = load(
        {m_page, u"-n"_s, u"10"_s, u"--heartbeat"_s, u"1"_s, u"--idle"_s, u"0.5"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 0);
    const int heartbeats = outcome.number(u"traffic"_s, u"heartbeats"_s);
    QVERIFY(heartbeats > 0);
    QCOMPARE(outcome.number(u"traffic"_s, u"messagesOut"_s), heartbeats);
    QCOMPARE(outcome.number(u"traffic"_s, u"pongs"_s), heartbeats);
}

void LoadTest::printsATable()
{
    const Outcome outcome = load({m_page, u"-n"_s, u"4"_s, u"-b"_s, u"2"_s, u"--click"_s,
                                  u"increment"_s, u"--duration"_s, u"0.5"_s, u"--verify"_s});
    QCOMPARE(outcome.exitCode, 0);
    for (const QByteArray &expected :
         {"4 open of 4, of 2 browsers; 0 failed, 0 lost"_ba, "5 sent of 5 by 4 tabs"_ba,
          "answer after p50"_ba, "2 browsers, 0 with tabs that differ"_ba,
          "of CPU time per action"_ba, "Problems       none"_ba})
        QVERIFY2(outcome.output.contains(expected), outcome.output.constData());
}

void LoadTest::aCookieMayBeGiven()
{
    const QString cookie = QString(43, u'A') + u'='; // as the server makes them
    const Outcome outcome = load({m_page, u"-n"_s, u"5"_s, u"--cookie"_s, cookie, u"--broadcast"_s,
                                  u"increment"_s, u"--times"_s, u"1"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.number(u"broadcast"_s, u"updates"_s), 4);
}

void LoadTest::saysWhyConnectionsFail_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("reason");
    QTest::newRow("origin") << m_page << QStringList{u"--origin"_s, u"http://elsewhere.example"_s}
                            << u"403 Forbidden"_s;
    QTest::newRow("no such page") << QString(m_page).replace(u"/counter"_s, u"/nowhere"_s)
                                  << QStringList() << u"The page was not served: 404 Not Found"_s;
    QTest::newRow("no such page, cookie given")
        << QString(m_page).replace(u"/counter"_s, u"/nowhere"_s)
        << QStringList{u"--cookie"_s, u"abc"_s} << u"404 Not Found"_s;
    QTest::newRow("no such cookie") << m_page << QStringList{u"--cookie"_s, u"abc"_s}
                                    << u"The server does not accept the cookie"_s;
    QTcpServer free; // until the end of this function
    QVERIFY(free.listen(QHostAddress::LocalHost));
    QTest::newRow("refused port") << u"http://127.0.0.1:%1/counter"_s.arg(free.serverPort())
                                  << QStringList() << u"Connection refused"_s;
}

void LoadTest::saysWhyConnectionsFail()
{
    QFETCH(QString, url);
    QFETCH(QStringList, arguments);
    QFETCH(QString, reason);
    const Outcome outcome = load(
        QStringList{url, u"-n"_s, u"50"_s, u"--click"_s, u"increment"_s, u"--json"_s} + arguments);
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.number(u"connections"_s, u"opened"_s), 0);
    QCOMPARE(outcome.number(u"connections"_s, u"failed"_s), 50);
    QCOMPARE(outcome.part(u"connections"_s).value("failures"_L1).toObject(),
             (QJsonObject{{reason, 50}}));
    QVERIFY2(outcome.problems().contains(reason), qPrintable(outcome.problems()));
    QVERIFY(!outcome.report.contains("click"_L1));
}

void LoadTest::refusesWrongArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("none") << QStringList() << "Say which page to load"_ba;
    QTest::newRow("option") << QStringList{u"--nonsense"_s} << "nonsense"_ba;
    QTest::newRow("number") << QStringList{m_page, u"-n"_s, u"many"_s}
                            << "--connections \"many\""_ba;
    QTest::newRow("no page") << QStringList{u"nowhere"_s} << "is not the address of a page"_ba;
    QTest::newRow("another machine") << QStringList{u"http://192.0.2.1/"_s} << "--allow-remote"_ba;
    QTest::newRow("process") << QStringList{m_page, u"--pid"_s, u"2000000000"_s}
                             << "there is no such process"_ba;
}

void LoadTest::refusesWrongArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    const Outcome outcome = load(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.error.startsWith("livetemplate-load: "), outcome.error.constData());
    QVERIFY2(outcome.error.contains(sentence), outcome.error.constData());
    QCOMPARE(outcome.error.count('\n'), 1);
    QCOMPARE(outcome.output, QByteArray());
}

void LoadTest::refusesMoreThanTheLimitOfOpenFiles()
{
    const Outcome outcome = load({m_page, u"-n"_s, u"200"_s}, [] {
        const rlimit limit{.rlim_cur = 128, .rlim_max = 256};
        setrlimit(RLIMIT_NOFILE, &limit);
    });
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.error.contains("allows a process 256 open files"), outcome.error.constData());

    // The soft limit is no hindrance.
    const Outcome raised = load({m_page, u"-n"_s, u"190"_s, u"-b"_s, u"1"_s, u"--json"_s}, [] {
        const rlimit limit{.rlim_cur = 128, .rlim_max = 256};
        setrlimit(RLIMIT_NOFILE, &limit);
    });
    QCOMPARE(raised.exitCode, 0);
    QCOMPARE(raised.number(u"connections"_s, u"opened"_s), 190);
}

void LoadTest::findsWrongCounts()
{
    const Outcome outcome = load({m_page, u"-n"_s, u"6"_s, u"-b"_s, u"3"_s, u"--click"_s,
                                  u"decrement"_s, u"--active"_s, u"2"_s, u"--duration"_s, u"0.5"_s,
                                  u"--counter"_s, u"0"_s, u"--timeout"_s, u"2"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    // The first and the fourth tab acted, which are of the same browser.
    QCOMPARE(outcome.number(u"click"_s, u"answered"_s), 5);
    QCOMPARE(outcome.number(u"replicas"_s, u"differing"_s), 0);
    QCOMPARE(outcome.number(u"replicas"_s, u"miscounted"_s), 1);
    QVERIFY2(outcome.problems().contains(u"counter of 1 of 3 browsers"),
             qPrintable(outcome.problems()));
}

void LoadTest::findsReplicasThatDiffer()
{
    FakeServer server(R"({"tree":{"s":["<p>","</p>"],"0":"NUMBER"},"meta":{"success":true}})");
    QVERIFY(server.isListening());
    const Outcome outcome = load({server.url(), u"-n"_s, u"3"_s, u"--cookie"_s, u"abc"_s,
                                  u"--verify"_s, u"--timeout"_s, u"2"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.number(u"connections"_s, u"opened"_s), 3);
    QCOMPARE(outcome.number(u"replicas"_s, u"groups"_s), 1);
    QCOMPARE(outcome.number(u"replicas"_s, u"differing"_s), 1);
    // Its pings were answered.
    QCOMPARE(server.pongs(), 3);

    FakeServer good(sameForAll);
    QCOMPARE(load({good.url(), u"-n"_s, u"3"_s, u"--cookie"_s, u"abc"_s, u"--verify"_s}).exitCode,
             0);
}

void LoadTest::findsErrorsInAnswers()
{
    FakeServer server(sameForAll, [](QWebSocket &socket, int, const QString &) {
        socket.sendTextMessage(
            uR"({"tree":{},"meta":{"success":false,"errors":{"_rate_limit":"Slow down."}}})"_s);
    });
    const Outcome outcome = load({server.url(), u"-n"_s, u"3"_s, u"--cookie"_s, u"abc"_s,
                                  u"--click"_s, u"save"_s, u"--duration"_s, u"0.3"_s,
                                  u"--heartbeat"_s, u"0"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.number(u"click"_s, u"answered"_s), 3);
    QCOMPARE(outcome.part(u"click"_s).value("errors"_L1).toObject(),
             (QJsonObject{{u"_rate_limit: Slow down."_s, 3}}));
}

void LoadTest::findsActionsWithoutAnswer()
{
    FakeServer server(sameForAll, [](QWebSocket &socket, int number, const QString &) {
        // A broadcast is no answer.
        socket.sendTextMessage(number == 0
                                   ? uR"({"tree":{"0":"8"}})"_s
                                   : uR"({"tree":{},"meta":{"success":true,"action":"save"}})"_s);
    });
    const Outcome outcome = load({server.url(), u"-n"_s, u"2"_s, u"--cookie"_s, u"abc"_s,
                                  u"--click"_s, u"save"_s, u"--rate"_s, u"20"_s, u"--duration"_s,
                                  u"0.3"_s, u"--heartbeat"_s, u"0"_s, u"--timeout"_s, u"1"_s,
                                  u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    // One of the tabs waits in vain: its second and third action are not even sent.
    QCOMPARE(outcome.number(u"click"_s, u"planned"_s), 6);
    QCOMPARE(outcome.number(u"click"_s, u"sent"_s), 4);
    QVERIFY(outcome.number(u"click"_s, u"late"_s) >= 2);
    QCOMPARE(outcome.number(u"click"_s, u"answered"_s), 3);
    QVERIFY2(outcome.problems().contains(u"3 of 6 actions were not answered"),
             qPrintable(outcome.problems()));
}

void LoadTest::findsLostConnections()
{
    FakeServer server(sameForAll, [](QWebSocket &socket, int, const QString &) {
        socket.close(QWebSocketProtocol::CloseCodeGoingAway, u"Server shutting down"_s);
    });
    const Outcome outcome = load({server.url(), u"-n"_s, u"3"_s, u"--cookie"_s, u"abc"_s,
                                  u"--broadcast"_s, u"save"_s, u"--times"_s, u"1"_s,
                                  u"--heartbeat"_s, u"0"_s, u"--timeout"_s, u"1"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.part(u"connections"_s).value("losses"_L1).toObject(),
             (QJsonObject{{u"Closed by the server: 1001 Server shutting down"_s, 1}}));
    QCOMPARE(outcome.number(u"broadcast"_s, u"completed"_s), 0);
    QCOMPARE(outcome.number(u"broadcast"_s, u"updates"_s), 0);
    QCOMPARE(outcome.number(u"broadcast"_s, u"updatesExpected"_s), 2);
}

void LoadTest::findsWhatIsNoJson()
{
    FakeServer server("tree");
    const Outcome outcome = load(
        {server.url(), u"-n"_s, u"3"_s, u"--cookie"_s, u"abc"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.number(u"traffic"_s, u"unreadable"_s), 3);
}

void LoadTest::findsPagesWithoutValues()
{
    FakeServer server(R"({"tree":{"s":["<p></p>"]},"meta":{"success":true}})");
    const Outcome outcome = load({server.url(), u"-n"_s, u"2"_s, u"--cookie"_s, u"abc"_s,
                                  u"--verify"_s, u"--timeout"_s, u"1"_s, u"--json"_s});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.number(u"replicas"_s, u"withoutValues"_s), 1);
}

QTEST_GUILESS_MAIN(LoadTest)
#include "tst_load.moc"
