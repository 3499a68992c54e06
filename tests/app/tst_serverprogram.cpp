// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include <QFile>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
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

/// This process's environment and @p more.
QProcessEnvironment environmentWith(const QList<std::pair<QString, QString>> &more)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : more)
        environment.insert(name, value);
    return environment;
}

/// The row of @p option in what --print-config wrote, its columns apart.
QStringList configurationRow(const QByteArray &output, const QString &option)
{
    static const QRegularExpression gap(u" {2,}"_s);
    for (const QString &line : QString::fromUtf8(output).split(u'\n')) {
        if (line.startsWith(option + u' '))
            return line.split(gap);
    }
    return {};
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
        QTest::newRow("slip of the pen")
            << QStringList{u"--max-conections"_s, u"5"_s} << QByteArray("mean --max-connections?");
        QTest::newRow("number")
            << QStringList{u"--max-connections"_s, u"many"_s}
            << QByteArray("--max-connections \"many\": a whole number from 0 (no limit)");
        QTest::newRow("switch") << QStringList{u"--cookie-secure=maybe"_s}
                                << QByteArray("--cookie-secure \"maybe\": true or false");
        QTest::newRow("two options") << QStringList{u"--idle-timeout"_s, u"30s"_s}
                                     << QByteArray("--idle-timeout is 30s, but heartbeat is 20s");
        QTest::newRow("origin") << QStringList{u"--allow-origin"_s, u"a.example"_s}
                                << QByteArray("\"a.example\": scheme://host[:port]");
        QTest::newRow("scheme of Redis") << QStringList{u"--redis"_s, u"http://a"_s}
                                         << QByteArray("--redis is http://a: Redis URL:");
        QTest::newRow("port of Redis") << QStringList{u"--redis=redis://u:secret@a:99999"_s}
                                       << QByteArray("--redis is redis://u:***@a:99999: ");
        QTest::newRow("database") << QStringList{u"--database=mysql://u:secret@a/b"_s}
                                  << QByteArray("--database is mysql://u:***@a/b: ");
        QTest::newRow("level") << QStringList{u"--log-level"_s, u"loud"_s}
                               << QByteArray("--log-level \"loud\": debug, info, warning or error");
        QTest::newRow("format") << QStringList{u"--log-format=xml"_s}
                                << QByteArray("--log-format \"xml\": text or json");
        QTest::newRow("checked only") << QStringList{u"--check-config"_s, u"--threads=-1"_s}
                                      << QByteArray("--threads \"-1\"");
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

    void refusesWrongVariables_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("value") << u"LVT_MAX_CONNECTIONS"_s << u"many"_s
                               << QByteArray("LVT_MAX_CONNECTIONS=\"many\": a whole number");
        QTest::newRow("name") << u"LVT_MAX_CONECTIONS"_s << u"5"_s
                              << QByteArray("did you mean LVT_MAX_CONNECTIONS?");
        QTest::newRow("address") << u"LVT_LISTEN"_s << u"nowhere"_s
                                 << QByteArray("LVT_LISTEN=\"nowhere\": \"nowhere\" is not a port");
        QTest::newRow("level") << u"LVT_LOG_LEVEL"_s << u"loud"_s
                               << QByteArray("LVT_LOG_LEVEL=\"loud\": debug");
    }

    void refusesWrongVariables()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        QFETCH(const QByteArray, sentence);
        QProcess program;
        program.setProcessEnvironment(environmentWith({{name, value}}));
        program.start(QStringLiteral(SERVER_PROGRAM), QStringList());
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 2);
        const QByteArray error = program.readAllStandardError();
        QVERIFY2(error.startsWith("livetemplate-server: "), error.constData());
        QVERIFY2(error.contains(sentence), error.constData());
        QCOMPARE(error.count('\n'), 1);
    }

    void printsItsConfiguration_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("value");
        QTest::newRow("default") << u"threads"_s << u"default"_s << u"1"_s;
        QTest::newRow("variable") << u"max-connections"_s << u"LVT_MAX_CONNECTIONS"_s << u"500"_s;
        QTest::newRow("argument") << u"heartbeat"_s << u"--heartbeat"_s << u"0 (off)"_s;
        QTest::newRow("argument before variable")
            << u"session-ttl"_s << u"--session-ttl"_s << u"90m"_s;
        QTest::newRow("switch") << u"cookie-secure"_s << u"--cookie-secure"_s << u"true"_s;
        QTest::newRow("switched off")
            << u"metrics-enabled"_s << u"--metrics-enabled"_s << u"false"_s;
        QTest::newRow("--dev") << u"dev-mode"_s << u"--dev-mode"_s << u"true"_s;
        QTest::newRow("list") << u"allowed-origins"_s << u"--allowed-origins"_s
                              << u"https://a.example, https://b.example, https://c.example"_s;
        QTest::newRow("address") << u"listen"_s << u"LVT_LISTEN"_s << u"127.0.0.1:9000"_s;
        QTest::newRow("templates") << u"templates"_s << u"default"_s << u"built-in"_s;
        QTest::newRow("level") << u"log-level"_s << u"LVT_LOG_LEVEL"_s << u"warning"_s;
        QTest::newRow("format") << u"log-format"_s << u"--log-format"_s << u"json"_s;
    }

    void printsItsConfiguration()
    {
        QFETCH(const QString, option);
        QFETCH(const QString, source);
        QFETCH(const QString, value);
        QProcess program;
        program.setProcessEnvironment(
            environmentWith({{u"LVT_MAX_CONNECTIONS"_s, u"500"_s},
                             {u"LVT_SESSION_TTL"_s, u"60"_s},
                             {u"LVT_ALLOWED_ORIGINS"_s, u"https://other.example"_s},
                             {u"LVT_LISTEN"_s, u"9000"_s},
                             {u"LVT_LOG_LEVEL"_s, u"warn"_s}}));
        program.start(QStringLiteral(SERVER_PROGRAM),
                      {u"--print-config"_s, u"--heartbeat"_s, u"0"_s, u"--session-ttl=90m"_s,
                       u"--cookie-secure"_s, u"--metrics-enabled=off"_s, u"--dev"_s,
                       u"--allowed-origins"_s, u"https://a.example,https://b.example"_s,
                       u"--allow-origin"_s, u"https://c.example"_s, u"--log-format"_s, u"json"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.readAllStandardError(), QByteArray());
        const QByteArray output = program.readAllStandardOutput();
        QVERIFY2(output.startsWith("OPTION "), output.constData());
        QCOMPARE(configurationRow(output, option), (QStringList{option, source, value}));
    }

    void printsAWrongConfigurationToo()
    {
        QProcess program;
        program.setProcessEnvironment(
            environmentWith({{u"LVT_ALLOWED_ORIGINS"_s, u"https://user:secret@a.example"_s},
                             {u"LVT_WS_BUFFER_SIZE"_s, u"50"_s}}));
        program.start(QStringLiteral(SERVER_PROGRAM),
                      {u"--print-config"_s, u"--threads"_s, u"several"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 2);
        const QByteArray output = program.readAllStandardOutput();
        QCOMPARE(configurationRow(output, u"allowed-origins"_s).value(2),
                 u"https://user:***@a.example"_s);
        QCOMPARE(configurationRow(output, u"threads"_s),
                 (QStringList{u"threads"_s, u"default"_s, u"1"_s}));
        QVERIFY(output.contains("LVT_WS_BUFFER_SIZE counts messages"));
        const QByteArray error = program.readAllStandardError();
        QCOMPARE(error.count('\n'), 2);
        QVERIFY2(error.contains("--threads \"several\""), error.constData());
        QVERIFY2(error.contains("\"https://user:***@a.example\""), error.constData());
    }

    void checksItsConfigurationInSilence()
    {
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM),
                      {u"--check-config"_s, u"--max-message-size"_s, u"64K"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.readAllStandardError(), QByteArray());
        QCOMPARE(program.readAllStandardOutput(), QByteArray());
    }

    void listensWhereTheVariableSays()
    {
        QProcess program;
        program.setProcessEnvironment(environmentWith({{u"LVT_LISTEN"_s, u"[::1]:0"_s}}));
        program.start(QStringLiteral(SERVER_PROGRAM), {u"--listen"_s, u"127.0.0.1:0"_s});
        QTRY_VERIFY(program.canReadLine());
        QVERIFY(program.readLine().startsWith("LiveTemplate: http://127.0.0.1:"));
        program.terminate();
        QVERIFY(program.waitForFinished());

        program.setProcessEnvironment(environmentWith({{u"LVT_LISTEN"_s, u"127.0.0.1:0"_s}}));
        program.start(QStringLiteral(SERVER_PROGRAM), QStringList());
        QTRY_VERIFY(program.canReadLine());
        QVERIFY(program.readLine().startsWith("LiveTemplate: http://127.0.0.1:"));
        program.terminate();
        QVERIFY(program.waitForFinished());
    }

    void logsAreLinesOfJson()
    {
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM),
                      {u"--listen"_s, u"127.0.0.1:0"_s, u"--log-format"_s, u"json"_s, u"--dev"_s});
        QTRY_VERIFY(program.canReadLine());
        program.terminate();
        QVERIFY(program.waitForFinished());
        const QByteArray output = program.readAllStandardError();
        QSet<QString> levels;
        for (const QByteArray &line : output.trimmed().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QVERIFY2(object.keys()
                         == (QStringList{u"category"_s, u"level"_s, u"message"_s, u"thread"_s,
                                         u"time"_s}),
                     line.constData());
            QCOMPARE(object.value(u"category"_s).toString(), u"livetemplate.server"_s);
            levels.insert(object.value(u"level"_s).toString());
        }
        QCOMPARE(levels, (QSet<QString>{u"info"_s, u"warning"_s}));
    }

    void logsFromItsLevelOn_data()
    {
        QTest::addColumn<QString>("level");
        QTest::addColumn<QString>("rules");
        QTest::addColumn<bool>("info");
        QTest::addColumn<bool>("warning");
        QTest::newRow("debug") << u"debug"_s << QString() << true << true;
        QTest::newRow("info") << u"info"_s << QString() << true << true;
        QTest::newRow("warning") << u"warning"_s << QString() << false << true;
        QTest::newRow("error") << u"error"_s << QString() << false << false;
        QTest::newRow("Qt's rules go first")
            << u"error"_s << u"livetemplate.server.info=true"_s << true << false;
    }

    void logsFromItsLevelOn()
    {
        QFETCH(const QString, level);
        QFETCH(const QString, rules);
        QProcess program;
        program.setProcessEnvironment(environmentWith({{u"QT_LOGGING_RULES"_s, rules}}));
        program.start(QStringLiteral(SERVER_PROGRAM),
                      {u"--listen"_s, u"127.0.0.1:0"_s, u"--log-level"_s, level, u"--dev"_s});
        QTRY_VERIFY(program.canReadLine());
        program.terminate();
        QVERIFY(program.waitForFinished());
        const QByteArray output = program.readAllStandardError();
        QTEST(output.contains("Z info    livetemplate.server: listening on"), "info");
        QTEST(output.contains("Z warning livetemplate.server: development mode"), "warning");
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

    void explainsItself_data()
    {
        QTest::addColumn<QString>("argument");
        for (const auto &argument : {u"--help"_s, u"-h"_s, u"--help-all"_s})
            QTest::newRow(qPrintable(argument)) << argument;
    }

    void explainsItself()
    {
        QFETCH(const QString, argument);
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM), {argument});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        const QByteArray output = program.readAllStandardOutput();
        QVERIFY(output.contains("--dev"));
        for (const QByteArray &line : output.split('\n'))
            QVERIFY2(line.size() <= 80, line.constData());
    }

    void theGuideHasEveryArgument()
    {
        QProcess program;
        program.start(QStringLiteral(SERVER_PROGRAM), {u"--help"_s});
        QVERIFY(program.waitForFinished());
        const QString help = QString::fromUtf8(program.readAllStandardOutput());
        QFile file(QStringLiteral(OPERATING_GUIDE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString guide = QString::fromUtf8(file.readAll());
        static const QRegularExpression flag(u"^  (?:-\\w, )?(--[a-z-]+)"_s,
                                             QRegularExpression::MultilineOption);
        qsizetype count = 0;
        for (const QRegularExpressionMatch &match : flag.globalMatch(help)) {
            QVERIFY2(guide.contains(u'`' + match.captured(1)), qPrintable(match.captured(1)));
            ++count;
        }
        QVERIFY(count > 40);
    }
};

QTEST_GUILESS_MAIN(ServerProgramTest)
#include "tst_serverprogram.moc"
