// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tableexporter.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <limits>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

namespace {

TableExport table(qsizetype rowCount)
{
    return {.columns = {{.key = u"number"_s, .title = {}, .toolTip = {}},
                        {.key = u"text"_s, .title = {}, .toolTip = {}}},
            .rowCount = rowCount,
            .value = [](qsizetype row, int column) {
                return column == 0 ? QVariant(row) : QVariant(u"row %1"_s.arg(row));
            }};
}

QByteArray contents(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TableExporterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesCells_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<QByteArray>("json");
        const QDateTime time(QDate(2026, 3, 1), QTime(12, 30, 1, 7), QTimeZone::UTC);
        QTest::newRow("nothing") << QVariant() << QByteArray() << QByteArray("null");
        QTest::newRow("text") << QVariant(u"plain"_s) << QByteArray("plain")
                              << QByteArray("\"plain\"");
        QTest::newRow("comma") << QVariant(u"a,b"_s) << QByteArray("\"a,b\"")
                               << QByteArray("\"a,b\"");
        QTest::newRow("quote") << QVariant(u"a\"b"_s) << QByteArray("\"a\"\"b\"")
                               << QByteArray("\"a\\\"b\"");
        QTest::newRow("lines") << QVariant(u"a\nb"_s) << QByteArray("\"a\nb\"")
                               << QByteArray("\"a\\nb\"");
        QTest::newRow("other letters")
            << QVariant(u"é漢"_s) << QByteArray("é漢") << QByteArray("\"é漢\"");
        QTest::newRow("formula") << QVariant(u"=1+1"_s) << QByteArray("'=1+1")
                                 << QByteArray("\"=1+1\"");
        QTest::newRow("formula in quotes")
            << QVariant(u"@SUM(A1,A2)"_s) << QByteArray("\"'@SUM(A1,A2)\"")
            << QByteArray("\"@SUM(A1,A2)\"");
        QTest::newRow("formula with a tab")
            << QVariant(u"\t=1"_s) << QByteArray("'\t=1") << QByteArray("\"\\t=1\"");
        QTest::newRow("text that is negative")
            << QVariant(u"-1"_s) << QByteArray("'-1") << QByteArray("\"-1\"");
        QTest::newRow("bytes") << QVariant(QByteArray("-x")) << QByteArray("'-x")
                               << QByteArray("\"-x\"");
        QTest::newRow("negative") << QVariant(-1) << QByteArray("-1") << QByteArray("-1");
        QTest::newRow("fraction") << QVariant(0.1) << QByteArray("0.1") << QByteArray("0.1");
        QTest::newRow("large") << QVariant(std::numeric_limits<qint64>::min())
                               << QByteArray("-9223372036854775808")
                               << QByteArray("-9223372036854775808");
        QTest::newRow("too large for JSON")
            << QVariant(std::numeric_limits<quint64>::max()) << QByteArray("18446744073709551615")
            << QByteArray("\"18446744073709551615\"");
        QTest::newRow("no number") << QVariant(std::numeric_limits<double>::quiet_NaN())
                                   << QByteArray("nan") << QByteArray("null");
        QTest::newRow("truth") << QVariant(true) << QByteArray("true") << QByteArray("true");
        QTest::newRow("time") << QVariant(time) << QByteArray("2026-03-01T12:30:01.007Z")
                              << QByteArray("\"2026-03-01T12:30:01.007Z\"");
        QTest::newRow("no time") << QVariant(QDateTime()) << QByteArray() << QByteArray("null");
        QTest::newRow("object") << QVariant(QJsonValue(QJsonObject{{u"a"_s, 1}}))
                                << QByteArray("\"{\"\"a\"\":1}\"") << QByteArray("{\"a\":1}");
    }

    void writesCells()
    {
        QFETCH(const QVariant, value);
        QFETCH(const QByteArray, csv);
        QFETCH(const QByteArray, json);
        QCOMPARE(rowLine(ExportFormat::Csv, {u"k"_s}, {value}), csv + "\r\n");
        QCOMPARE(rowLine(ExportFormat::Ndjson, {u"k"_s}, {value}), "{\"k\":" + json + "}\n");
    }

    void writesAFile_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("csv") << ExportFormat::Csv
                             << QByteArray("number,text\r\n0,row 0\r\n1,row 1\r\n");
        QTest::newRow("ndjson") << ExportFormat::Ndjson
                                << QByteArray("{\"number\":0,\"text\":\"row 0\"}\n"
                                              "{\"number\":1,\"text\":\"row 1\"}\n");
    }

    void writesAFile()
    {
        QFETCH(const ExportFormat, format);
        QFETCH(const QByteArray, expected);
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"out"_s);
        TableExporter exporter;
        QSignalSpy finished(&exporter, &TableExporter::finished);
        exporter.start(table(2), file, format);
        QVERIFY(exporter.isRunning());
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().toLongLong(), 2);
        QVERIFY(!exporter.isRunning());
        QCOMPARE(contents(file), expected);
    }

    void tellsHowFarItIs()
    {
        const QTemporaryDir folder;
        TableExporter exporter;
        QSignalSpy progressed(&exporter, &TableExporter::progressed);
        QSignalSpy finished(&exporter, &TableExporter::finished);
        TableExport slow = table(300);
        slow.value = [](qsizetype row, int) {
            QThread::msleep(1);
            return QVariant(row);
        };
        exporter.start(slow, folder.filePath(u"out"_s), ExportFormat::Csv);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(progressed.count() >= 1);
        QCOMPARE(progressed.first().at(1).toLongLong(), 300);
    }

    void aCancelledExportLeavesWhatWasThere()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"out"_s);
        QFile before(file);
        QVERIFY(before.open(QIODevice::WriteOnly));
        before.write("before");
        before.close();

        QSemaphore started;
        QSemaphore goOn;
        TableExport waiting = table(1000);
        waiting.value = [&](qsizetype row, int) {
            if (row == 500) {
                started.release();
                goOn.acquire();
            }
            return QVariant(row);
        };
        TableExporter exporter;
        QSignalSpy cancelled(&exporter, &TableExporter::cancelled);
        exporter.start(waiting, file, ExportFormat::Csv);
        started.acquire();
        exporter.cancel();
        goOn.release(1000);
        QTRY_COMPARE(cancelled.count(), 1);
        QCOMPARE(contents(file), "before");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void anExporterThatGoesAwayLeavesNothing()
    {
        const QTemporaryDir folder;
        auto exporter = std::make_unique<TableExporter>();
        exporter->start(table(10'000'000), folder.filePath(u"out"_s), ExportFormat::Csv);
        exporter.reset();
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
    }

    void saysWhyItCannotWrite()
    {
        const QTemporaryDir folder;
        TableExporter exporter;
        QSignalSpy failed(&exporter, &TableExporter::failed);
        exporter.start(table(1), folder.filePath(u"missing/out"_s), ExportFormat::Csv);
        QTRY_COMPARE(failed.count(), 1);
        const QString reason = failed.first().first().toString();
        QVERIFY2(reason.startsWith(u"Cannot write "_s) && reason.contains(u"missing"_s),
                 qPrintable(reason));
    }
};

QTEST_GUILESS_MAIN(TableExporterTest)
#include "tst_tableexporter.moc"
