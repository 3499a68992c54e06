// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What an author is told whose test does what cannot be done: which line, and why.

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class LiveTestFailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

private:
    struct Expected
    {
        QString function;
        int line = 0;
        QString sentence;
    };

    [[nodiscard]] static QList<Expected> expectations();

    QString m_output;
};

QList<LiveTestFailuresTest::Expected> LiveTestFailuresTest::expectations()
{
    QFile source(QStringLiteral(FAILING_SOURCE));
    if (!source.open(QIODevice::ReadOnly))
        return {};
    QList<Expected> expected;
    QString function;
    int number = 0;
    for (const QString &line : QString::fromUtf8(source.readAll()).split(u'\n')) {
        ++number;
        if (line.startsWith("    void "_L1))
            function = line.sliced(9).section(u'(', 0, 0);
        if (const qsizetype marker = line.indexOf("// expect: "_L1); marker >= 0)
            expected.append({function, number, line.sliced(marker + 11)});
    }
    return expected;
}

void LiveTestFailuresTest::initTestCase()
{
    QProcess process;
    process.start(QStringLiteral(FAILING_TEST), {u"-txt"_s});
    QVERIFY(process.waitForFinished(60'000));
    m_output = QString::fromUtf8(process.readAllStandardOutput());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    // Each fails, and nothing else does.
    QCOMPARE(process.exitCode(), expectations().size());
    QCOMPARE_GE(expectations().size(), 15);
}

void LiveTestFailuresTest::saysWhatIsWrong_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("sentence");
    for (const Expected &expected : expectations())
        QTest::newRow(qPrintable(expected.function)) << expected.line << expected.sentence;
}

void LiveTestFailuresTest::saysWhatIsWrong()
{
    QFETCH(const int, line);
    QFETCH(const QString, sentence);
    // FAIL!  : FailingTest::missingElement() The page has …
    //    Loc: [failing.cpp(52)]
    const QString head = u"FAIL!  : FailingTest::%1() "_s.arg(
        QString::fromLatin1(QTest::currentDataTag()));
    const qsizetype at = m_output.indexOf(head);
    QVERIFY2(at >= 0, qPrintable(m_output));
    const QString failure = m_output.sliced(at).section(u'\n', 0, 1);
    QVERIFY2(failure.contains(sentence), qPrintable(failure));
    QVERIFY2(failure.contains(u"failing.cpp(%1)"_s.arg(line)), qPrintable(failure));
}

QTEST_GUILESS_MAIN(LiveTestFailuresTest)
#include "tst_livetestfailures.moc"
