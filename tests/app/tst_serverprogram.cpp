// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

/// What the server at @p url answers; empty when it does not.
QByteArray ask(const QUrl &url, const QByteArray &path)
{
    QTcpSocket socket;
    socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
    socket.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return socket.waitForDisconnected() ? socket.readAll() : QByteArray();
}

} // namespace

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

        const QByteArray answer = ask(url, "/counter");
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
        QTest::newRow("no folder") << QStringList{u"--templates"_s, u"/nowhere"_s}
                                   << QByteArray("\"/nowhere\": there is no such folder");
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

    void editsOfATemplateAreServedInDevelopmentMode()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"counter.html"_s);
        QVERIFY(write(file, "<p>first {{ counter }}</p>"));
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM),
                      {u"--listen"_s, u"0"_s, u"--dev"_s, u"--templates"_s, folder.path()});
        QTRY_VERIFY(program.canReadLine());
        const QUrl url(QString::fromUtf8(program.readLine()).trimmed().section(u' ', 1));
        QVERIFY(ask(url, "/counter").contains("<p>first 0</p>"));
        // The built-in page, since the folder has none of that name.
        QVERIFY(ask(url, "/").contains("href=\"/counter\""));

        QVERIFY(write(file, "<p>second {{ counter }}</p>"));
        QTRY_VERIFY_WITH_TIMEOUT(ask(url, "/counter").contains("<p>second 0</p>"), 20'000);
        QVERIFY(program.readAllStandardError().contains("development mode is on"));
        program.terminate();
        QVERIFY(program.waitForFinished());
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
        QVERIFY(program.readAllStandardOutput().contains("--dev"));
    }
};

QTEST_GUILESS_MAIN(ServerProgramTest)
#include "tst_serverprogram.moc"
