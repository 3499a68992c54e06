// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace Qt::StringLiterals;

class ServerProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhereItListensAndEndsInOrder_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void saysWhereItListensAndEndsInOrder()
    {
        QFETCH(const int, number);
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM), {u"--listen"_s, u"127.0.0.1:0"_s});
        QTRY_VERIFY(program.canReadLine());
        const QString line = QString::fromUtf8(program.readLine()).trimmed();
        QVERIFY2(line.startsWith(u"LiveTemplate: http://127.0.0.1:"_s), qPrintable(line));
        const QUrl url(line.section(u' ', 1));

        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /counter HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QVERIFY(socket.waitForDisconnected());
        const QByteArray answer = socket.readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.left(200).constData());
        QVERIFY(answer.contains("name=\"increment\""));

        QCOMPARE(::kill(static_cast<pid_t>(program.processId()), number), 0);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
    }

    void refusesWrongArguments_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("address") << QStringList{u"--listen"_s, u"nowhere"_s}
                                 << QByteArray("is not a port");
        QTest::newRow("option") << QStringList{u"--nonsense"_s} << QByteArray("nonsense");
        QTest::newRow("argument") << QStringList{u"page"_s} << QByteArray("\"page\"");
        QTest::newRow("no value") << QStringList{u"--listen"_s} << QByteArray("listen");
    }

    void refusesWrongArguments()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, sentence);
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM), arguments);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 2);

        const QByteArray error = program.readAllStandardError();
        QVERIFY2(error.startsWith("livetemplate-server: "), error.constData());
        QVERIFY2(error.contains(sentence), error.constData());
        QCOMPARE(error.count('\n'), 1);
    }

    void refusesATakenPort()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM),
                      {u"--listen"_s, QString::number(other.serverPort())});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 1);
        const QByteArray error = program.readAllStandardError();
        QVERIFY2(error.contains("taken by another program"), error.constData());
    }

    void knowsItsVersion()
    {
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM), {u"--version"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardOutput().startsWith("livetemplate-server "));
    }

    void explainsItself()
    {
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM), {u"--help"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardOutput().contains("--listen"));
    }
};

QTEST_GUILESS_MAIN(ServerProgramTest)
#include "tst_serverprogram.moc"
