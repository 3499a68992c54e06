// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

// Chromium's processes start slowly on a busy machine.
constexpr int startTimeout = 30000;

} // namespace

class DashboardProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void cleanup() { m_directory.reset(); }

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
        QVERIFY(start(program, u"127.0.0.1:0"_s).isValid());
        QVERIFY(end(program, number));
        QVERIFY(QFile::exists(m_directory->filePath(u"dashboard.ini"_s)));
    }

    void aSecondStartLeavesTheWorkToTheFirst()
    {
        QProcess first;
        QVERIFY(start(first, u"127.0.0.1:0"_s).isValid());

        QProcess second;
        second.start(QStringLiteral(DASHBOARD_PROGRAM), arguments(u"127.0.0.1:0"_s));
        QVERIFY(second.waitForFinished());
        QCOMPARE(second.exitStatus(), QProcess::NormalExit);
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(second.readAllStandardOutput(), QByteArray());
        QVERIFY(end(first, SIGTERM));
    }

    void takesTheNextPortWhenItsOwnIsTaken()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        QProcess program;
        const QUrl url = start(program, QString::number(other.serverPort()));
        QVERIFY(url.isValid());
        QCOMPARE_NE(url.port(), static_cast<int>(other.serverPort()));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_error.append(program.readAllStandardError()).contains("is taken by another program"),
            startTimeout);
        QVERIFY(end(program, SIGTERM));
    }

    void refusesWrongArguments_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QStringList>("others");
        QTest::addColumn<QByteArray>("sentence");
        const QString any = u"127.0.0.1:0"_s;
        QTest::newRow("port") << u"nowhere"_s << QStringList() << "is not a port"_ba;
        QTest::newRow("tiles") << any << QStringList{u"--tile=9"_s} << "1 to 4"_ba;
        QTest::newRow("page") << any << QStringList{u"--page=javascript://x"_s}
                              << "is not a page"_ba;
        QTest::newRow("Redis") << any << QStringList{u"--redis=http://localhost"_s} << "redis"_ba;
        QTest::newRow("layout") << any << QStringList{u"--layout=/does/not/exist"_s}
                                << "is not a file"_ba;
    }

    void refusesWrongArguments()
    {
        QFETCH(const QString, address);
        QFETCH(const QStringList, others);
        QFETCH(const QByteArray, sentence);
        QProcess program;
        program.start(QStringLiteral(DASHBOARD_PROGRAM), arguments(address) + others);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 2);
        const QByteArray error = program.readAllStandardError();
        QVERIFY2(error.contains(sentence), error);
    }

    void refusesAWrongRedisOfItsEnvironment()
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LVT_REDIS_URL"_s, u"http://:secret@localhost"_s);
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(DASHBOARD_PROGRAM), arguments(u"127.0.0.1:0"_s));
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 2);
        QVERIFY(!program.readAllStandardError().contains("secret"));
    }

private:
    QStringList arguments(const QString &address) const
    {
        return {u"--profile-dir"_s, m_directory->path(), u"--listen"_s, address};
    }

    /// The address that the program tells; invalid when it does not.
    QUrl start(QProcess &program, const QString &address)
    {
        m_error.clear();
        program.start(QStringLiteral(DASHBOARD_PROGRAM), arguments(address));
        if (!QTest::qWaitFor([&program] { return program.canReadLine(); }, startTimeout))
            return {};
        const QString line = QString::fromUtf8(program.readLine()).trimmed();
        return line.startsWith(u"LiveTemplate: http://127.0.0.1:"_s) ? QUrl(line.section(u' ', 1))
                                                                     : QUrl();
    }

    /// Whether the program ends with 0 when it gets signal @p number.
    bool end(QProcess &program, int number)
    {
        if (::kill(static_cast<pid_t>(program.processId()), number) != 0
            || !program.waitForFinished(startTimeout)) {
            qWarning("It does not end: %s", program.readAllStandardError().constData());
            return false;
        }
        if (program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0)
            return true;
        qWarning("It ended with %d (%s): %s", program.exitCode(),
                 program.exitStatus() == QProcess::CrashExit ? "signal" : "code",
                 program.readAllStandardError().constData());
        return false;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QByteArray m_error;
};

QTEST_GUILESS_MAIN(DashboardProgramTest)
#include "tst_dashboardprogram.moc"
