// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "liveclient.h"

#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkReply>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

/// The server program as an operator runs it, with clients that know nothing of its insides.
class TestOutside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void oneCookieFollowsAndAnotherStaysApart();
    void cookieOfThePageIsTheCookieOfTheSocket();
    void aNewConnectionStartsAtTheGroupsCount();
    void terminationSaysGoodbye_data();
    void terminationSaysGoodbye();
    void restartStartsFresh();

private:
    void start(const QString &listen = u"127.0.0.1:0"_s)
    {
        m_program = std::make_unique<QProcess>();
        m_program->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_program->start(QStringLiteral(SERVER_PROGRAM), {u"--listen"_s, listen});
        QTRY_VERIFY_WITH_TIMEOUT(m_program->canReadLine(), 20'000);
        const QString line = QString::fromUtf8(m_program->readLine()).trimmed();
        QVERIFY2(line.startsWith(u"LiveTemplate: http://"), qPrintable(line));
        m_url = QUrl(line.section(u' ', 1));
        m_url.setPath(u"/counter"_s);
    }

    void terminate(int signal)
    {
        QCOMPARE(::kill(pid_t(m_program->processId()), signal), 0);
        QVERIFY(m_program->waitForFinished(20'000));
        QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_program->exitCode(), 0);
    }

    /// Loads the page as a browser does for the first time.
    QByteArray newCookie()
    {
        QNetworkAccessManager manager;
        const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(m_url)));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 10'000))
            return {};
        return reply->rawHeader("Set-Cookie").split(';').first();
    }

    static QString shown(const QJsonObject &message, const QString &dynamic = u"0"_s)
    {
        return message.value(u"tree").toObject().value(dynamic).toString();
    }

    std::unique_ptr<QProcess> m_program;
    QUrl m_url;
};

void TestOutside::init()
{
    start();
}

void TestOutside::cleanup()
{
    if (m_program->state() != QProcess::NotRunning) {
        m_program->kill();
        m_program->waitForFinished();
    }
}

void TestOutside::oneCookieFollowsAndAnotherStaysApart()
{
    const QByteArray cookie = newCookie();
    QVERIFY(cookie.startsWith("livetemplate-id="));
    LiveClient first(m_url, cookie);
    LiveClient second(m_url, cookie);
    LiveClient stranger(m_url);
    QCOMPARE(shown(first.nextJson()), u"0"_s);
    QCOMPARE(shown(second.nextJson()), u"0"_s);
    QCOMPARE(shown(stranger.nextJson()), u"0"_s);

    first.action(u"increment"_s);
    const QJsonObject answer = first.nextJson();
    QCOMPARE(shown(answer), u"1"_s);
    QCOMPARE(answer.value(u"meta").toObject().value(u"action").toString(), u"increment"_s);
    QCOMPARE(shown(second.nextJson()), u"1"_s);
    second.action(u"decrement"_s);
    QCOMPARE(shown(second.nextJson()), u"0"_s);
    QCOMPARE(shown(first.nextJson()), u"0"_s);

    stranger.action(u"increment"_s); // from 0, and this is the first thing that it hears
    QCOMPARE(shown(stranger.nextJson()), u"1"_s);
    QVERIFY(first.isQuiet() && second.isQuiet());
}

void TestOutside::cookieOfThePageIsTheCookieOfTheSocket()
{
    // A client that comes by WebSocket first gets its cookie there.
    LiveClient first(m_url);
    QCOMPARE(shown(first.nextJson()), u"0"_s);
    first.action(u"increment"_s);
    QCOMPARE(shown(first.nextJson()), u"1"_s);
    const QByteArray page = newCookie();
    LiveClient second(m_url, page);
    QCOMPARE(shown(second.nextJson()), u"0"_s);
}

void TestOutside::aNewConnectionStartsAtTheGroupsCount()
{
    const QByteArray cookie = newCookie();
    {
        LiveClient first(m_url, cookie);
        QVERIFY(!first.next().isEmpty());
        for (int i = 1; i <= 5; ++i) {
            first.action(u"increment"_s);
            QCOMPARE(shown(first.nextJson()), QString::number(i));
        }
    }
    LiveClient second(m_url, cookie);
    QCOMPARE(shown(second.nextJson()), u"5"_s);
}

void TestOutside::terminationSaysGoodbye_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestOutside::terminationSaysGoodbye()
{
    QFETCH(int, signal);
    LiveClient client(m_url);
    QVERIFY(!client.next().isEmpty());
    terminate(signal);
    QVERIFY(client.waitForState(QAbstractSocket::UnconnectedState));
    QCOMPARE(client.socket().closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QCOMPARE(client.socket().closeReason(), u"Server shutting down"_s);
}

void TestOutside::restartStartsFresh()
{
    const QByteArray cookie = newCookie();
    {
        LiveClient client(m_url, cookie);
        QVERIFY(!client.next().isEmpty());
        client.action(u"increment"_s);
        QCOMPARE(shown(client.nextJson()), u"1"_s);
        terminate(SIGTERM);
    }
    start(u"127.0.0.1:%1"_s.arg(m_url.port()));
    LiveClient again(m_url, cookie);
    QCOMPARE(shown(again.nextJson()), u"0"_s);
    again.action(u"increment"_s);
    QCOMPARE(shown(again.nextJson()), u"1"_s);
}

QTEST_GUILESS_MAIN(TestOutside)
#include "tst_outside.moc"
