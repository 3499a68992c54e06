// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "systemd.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

#include <cstdio>
#include <cstring>
#include <functional>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

/// The first socket that systemd passes; the others follow (sd_listen_fds(3)).
constexpr int firstPassed = 3;

/// What systemd listens on: a datagram socket that has a name in the file system.
class NotifySocket
{
public:
    NotifySocket()
        : m_descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        const QByteArray name = QFile::encodeName(path());
        if (name.size() >= qsizetype(sizeof address.sun_path))
            return;
        std::memcpy(address.sun_path, name.constData(), std::size_t(name.size()));
        m_isBound = ::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&address),
                           sizeof address)
            == 0;
    }
    ~NotifySocket() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(NotifySocket)

    [[nodiscard]] bool isBound() const { return m_isBound; }
    [[nodiscard]] QString path() const { return m_folder.filePath(u"notify"_s); }

    /// All that came so far, a message a line.
    QByteArray received()
    {
        QByteArray buffer(4096, Qt::Uninitialized);
        while (true) {
            const ssize_t size = ::recv(m_descriptor, buffer.data(), std::size_t(buffer.size()), 0);
            if (size < 0)
                return m_received;
            m_received += buffer.first(size) + '\n';
        }
    }

private:
    const QTemporaryDir m_folder;
    const int m_descriptor;
    bool m_isBound = false;
    QByteArray m_received;
};

/// livetemplate-server as systemd starts it.
class Service
{
public:
    Service(const QString &notifySocket, const QProcessEnvironment &more)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(more);
        environment.insert(u"NOTIFY_SOCKET"_s, notifySocket);
        m_program.setProcessEnvironment(environment);
        m_program.start(QStringLiteral(SERVER_PROGRAM), {u"--listen"_s, u"127.0.0.1:0"_s});
    }

    QProcess &program() { return m_program; }

    bool end()
    {
        m_program.terminate();
        return m_program.waitForFinished() && m_program.exitCode() == 0;
    }

private:
    QProcess m_program;
};

/// What inheritedSocket() gives in a new process that has the descriptors @p passed.
QByteArray inheritedBy(const std::vector<int> &passed)
{
    QProcess program;
    program.setChildProcessModifier([&passed] {
        for (std::size_t i = 0; i < passed.size(); ++i)
            ::dup2(passed[i], firstPassed + int(i));
    });
    // systemd names the process that the sockets are for, and only a shell knows its number.
    const QString count = QString::number(passed.size());
    program.start(
        u"/bin/sh"_s,
        {u"-c"_s,
         u"export LISTEN_PID=$$ LISTEN_FDS=%1; exec \"$0\" --print-inherited-socket"_s.arg(count),
         QCoreApplication::applicationFilePath()});
    program.waitForFinished();
    return program.readAllStandardOutput().trimmed();
}

/// The other half of inheritedBy().
int printInheritedSocket()
{
    std::printf("%d\n", App::inheritedSocket().value_or(-1));
    return 0;
}

} // namespace

class SystemdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!HAS_SYSTEMD)
            QSKIP("This build has no libsystemd.");
    }

    void tellsThatItIsReadyAndThatItStops()
    {
        NotifySocket socket;
        QVERIFY(socket.isBound());
        Service service(socket.path(), {});
        QTRY_VERIFY(socket.received().contains("READY=1\nSTATUS=Serving on http://127.0.0.1:"));
        QVERIFY(!socket.received().contains("STOPPING=1"));
        QVERIFY(!socket.received().contains("WATCHDOG=1"));
        QVERIFY(service.end());
        QVERIFY2(socket.received().contains("STOPPING=1"), socket.received().constData());
        QCOMPARE(socket.received().count("READY=1"), 1);
    }

    void feedsTheWatchdog()
    {
        NotifySocket socket;
        QVERIFY(socket.isBound());
        QProcessEnvironment environment;
        environment.insert(u"WATCHDOG_USEC"_s, u"100000"_s);
        Service service(socket.path(), environment);
        QTRY_VERIFY(socket.received().count("WATCHDOG=1") >= 3);
        QVERIFY(service.end());
    }

    void runsWhenNobodyListens()
    {
        const QTemporaryDir folder;
        Service service(folder.filePath(u"nobody"_s), {});
        QTRY_VERIFY(service.program().canReadLine());
        QVERIFY(service.end());
        QVERIFY(service.program().readAllStandardError().contains("systemd cannot be told"));
    }

    void servesOnTheInheritedSocket()
    {
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));
        QProcess program;
        program.setChildProcessModifier(
            [descriptor = int(listener.socketDescriptor())] { ::dup2(descriptor, firstPassed); });
        program.start(u"/bin/sh"_s,
                      {u"-c"_s, u"export LISTEN_PID=$$ LISTEN_FDS=1; exec \"$0\" --listen 1"_s,
                       QStringLiteral(SERVER_PROGRAM)});
        QTRY_VERIFY(program.canReadLine());
        QVERIFY(program.readLine().contains(QByteArray::number(listener.serverPort())));
        listener.pauseAccepting();
        QTcpSocket client;
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), listener.serverPort());
        client.write("GET /health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        QByteArray answer;
        QTRY_VERIFY((answer += client.readAll()).endsWith("OK"));
        program.terminate();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
    }

    void findsTheInheritedSocket()
    {
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));
        QCOMPARE(inheritedBy({int(listener.socketDescriptor())}), QByteArray::number(firstPassed));
    }

    void takesNoOtherSocket_data()
    {
        QTest::addColumn<QString>("which");
        QTest::newRow("none") << u"none"_s;
        QTest::newRow("two") << u"two"_s;
        QTest::newRow("UDP") << u"UDP"_s;
        QTest::newRow("no socket") << u"no socket"_s;
    }

    void takesNoOtherSocket()
    {
        QFETCH(const QString, which);
        QTcpServer one;
        QTcpServer two;
        QUdpSocket datagrams;
        QVERIFY(one.listen(QHostAddress::LocalHost) && two.listen(QHostAddress::LocalHost));
        QVERIFY(datagrams.bind(QHostAddress::LocalHost));
        std::vector<int> passed;
        if (which == "two"_L1)
            passed = {int(one.socketDescriptor()), int(two.socketDescriptor())};
        else if (which == "UDP"_L1)
            passed = {int(datagrams.socketDescriptor())};
        else if (which == "no socket"_L1)
            passed = {STDERR_FILENO};
        QCOMPARE(inheritedBy(passed), "-1"_ba);
    }
};

int main(int argc, char *argv[])
{
    if (argc == 2 && std::strcmp(argv[1], "--print-inherited-socket") == 0)
        return printInheritedSocket();
    QCoreApplication application(argc, argv);
    SystemdTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_systemd.moc"
