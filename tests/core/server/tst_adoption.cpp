// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// A server without a port: a program gives it the connections that it has accepted itself.

#include "server.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <array>

#include <sys/socket.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class AdoptedState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)

public:
    int counter = 7;
    QString title = QStringLiteral("adopted");
    bool operator==(const AdoptedState &) const = default;
};

namespace {

/// Takes connections in, and hands them on.
class Door : public QTcpServer
{
public:
    explicit Door(Server &server)
        : m_server(server)
    {
    }

    [[nodiscard]] int handedOn() const { return m_handedOn; }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        m_handedOn += m_server.adopt(descriptor) ? 1 : 0;
    }

private:
    Server &m_server;
    int m_handedOn = 0;
};

QByteArray answerTo(QTcpSocket &socket, const QByteArray &request)
{
    socket.write(request);
    QByteArray answer;
    [[maybe_unused]] const bool ended = QTest::qWaitFor(
        [&] {
            answer += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        },
        10'000);
    return answer + socket.readAll();
}

} // namespace

class AdoptionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesWhatItIsGiven_data();
    void servesWhatItIsGiven();
    void refusesBeforeItServes();
    void hasNoPort();
    void knowsNoStateOfNobody();
    void expiresNothingWhenItDoesNotServe();
};

void AdoptionTest::servesWhatItIsGiven_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("one thread") << 1;
    QTest::newRow("several") << 3;
}

void AdoptionTest::servesWhatItIsGiven()
{
    QFETCH(const int, threads);
    ServerOptions options;
    options.threads = threads;
    Server server(options);
    QVERIFY(server.mount<AdoptedState>(u"/", u":/templates/joined.html",
                                       [] { return std::make_unique<QObject>(); }));
    QVERIFY(server.startWithoutPort());
    Door door(server);
    QVERIFY(door.listen(QHostAddress::LocalHost));
    for (int i = 1; i <= 4; ++i) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, door.serverPort());
        const QByteArray answer = answerTo(
            socket, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
        QVERIFY(answer.contains("<p>7</p><p>adopted</p>"));
        QCOMPARE(door.handedOn(), i);
    }
    server.close();
    QVERIFY(!server.isListening());
}

void AdoptionTest::refusesBeforeItServes()
{
    Server server;
    std::array<int, 2> ends{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    QVERIFY(!server.adopt(ends[0]));
    // It is closed: the other end reads its end.
    char byte = 0;
    QCOMPARE(::read(ends[1], &byte, 1), 0);
    ::close(ends[1]);
}

void AdoptionTest::hasNoPort()
{
    Server server;
    QVERIFY(server.startWithoutPort());
    QVERIFY(server.isListening());
    QCOMPARE(server.port(), 0);
    QVERIFY(server.url().isEmpty());
    // It serves already.
    QTest::ignoreMessage(QtCriticalMsg, "The server is listening already.");
    QVERIFY(!server.listen());
    server.close();
    QVERIFY(server.listen());
    QVERIFY(server.port() != 0);
    QVERIFY(server.url().isValid());
}

void AdoptionTest::knowsNoStateOfNobody()
{
    Server server;
    QVERIFY(server.startWithoutPort());
    std::optional<QVariant> answer;
    server.requestState(12345, this, [&](const QVariant &state) { answer = state; });
    QTRY_VERIFY(answer);
    QVERIFY(!answer->isValid());
}

void AdoptionTest::expiresNothingWhenItDoesNotServe()
{
    Server server;
    server.expire();
    QVERIFY(!server.isListening());
}

QTEST_GUILESS_MAIN(AdoptionTest)
#include "tst_adoption.moc"
