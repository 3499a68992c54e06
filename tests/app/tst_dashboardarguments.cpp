// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "dashboardarguments.h"

#include <QCommandLineParser>
#include <QTemporaryFile>
#include <QTest>

using namespace LiveTemplate;
using namespace LiveTemplate::App;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class TestDashboardArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pages_data();
    void pages();
    void nothingIsAskedForByDefault();
    void allAreRead();
    void wrongOnesAreRefused_data();
    void wrongOnesAreRefused();

private:
    static std::expected<DashboardOptions, QString> read(const QStringList &arguments)
    {
        QCommandLineParser parser;
        addDashboardOptions(parser);
        if (!parser.parse(QStringList{u"program"_s} + arguments))
            return std::unexpected(parser.errorText());
        return readDashboardOptions(parser);
    }
};

void TestDashboardArguments::pages_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("browser");
    QTest::addColumn<QString>("page");
    QTest::newRow("path") << u"/counter"_s << 0 << u"/counter"_s;
    QTest::newRow("name") << u"counter"_s << 0 << u"counter"_s;
    QTest::newRow("address") << u"http://127.0.0.1:8081/counter"_s << 0
                             << u"http://127.0.0.1:8081/counter"_s;
    QTest::newRow("host") << u"localhost:8081/counter"_s << 0 << u"localhost:8081/counter"_s;
    QTest::newRow("first browser") << u"A:/counter"_s << 0 << u"/counter"_s;
    QTest::newRow("second browser") << u"B:/counter?x=1"_s << 1 << u"/counter?x=1"_s;
    QTest::newRow("browser and address")
        << u"C:http://127.0.0.1:8081/"_s << 2 << u"http://127.0.0.1:8081/"_s;
}

void TestDashboardArguments::pages()
{
    QFETCH(const QString, text);
    QFETCH(const int, browser);
    QFETCH(const QString, page);
    const auto read = parsePageToOpen(text);
    QVERIFY2(read, qPrintable(read.error_or(QString())));
    QCOMPARE(int(read->browser), browser);
    QCOMPARE(read->page, page);
}

void TestDashboardArguments::nothingIsAskedForByDefault()
{
    const auto options = read({});
    QVERIFY(options);
    QVERIFY(options->pages.isEmpty());
    QVERIFY(!options->isReadOnly);
    QCOMPARE(options->tiles, 0);
    QCOMPARE(options->redisUrl, QString());
    QCOMPARE(options->layoutFile, QString());
}

void TestDashboardArguments::allAreRead()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    const auto options = read({u"--page"_s, u"/counter"_s, u"--page=B:/"_s, u"--tile"_s, u"2"_s,
                               u"--redis"_s, u"redis://localhost:6380"_s, u"--read-only"_s,
                               u"--layout"_s, file.fileName()});
    QVERIFY2(options, qPrintable(options.error_or(QString())));
    QCOMPARE(options->pages.size(), 2);
    QCOMPARE(options->pages.at(1), (PageToOpen{BrowserId(1), u"/"_s}));
    QCOMPARE(options->tiles, 2);
    QCOMPARE(options->redisUrl, u"redis://localhost:6380"_s);
    QVERIFY(options->isReadOnly);
    QCOMPARE(options->layoutFile, file.fileName());
}

void TestDashboardArguments::wrongOnesAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("script as a page") << QStringList{u"--page=javascript://x"_s} << u"--page"_s;
    QTest::newRow("empty page") << QStringList{u"--page="_s} << u"--page"_s;
    QTest::newRow("no tile") << QStringList{u"--tile=0"_s} << u"--tile \"0\""_s;
    QTest::newRow("too many tiles") << QStringList{u"--tile=5"_s} << u"1 to 4"_s;
    QTest::newRow("tiles in words") << QStringList{u"--tile=two"_s} << u"--tile \"two\""_s;
    QTest::newRow("another scheme")
        << QStringList{u"--redis=http://:secret@localhost"_s} << u"--redis"_s;
    QTest::newRow("empty Redis") << QStringList{u"--redis="_s} << u"--redis"_s;
    QTest::newRow("no layout") << QStringList{u"--layout=/does/not/exist"_s}
                               << u"/does/not/exist"_s;
}

void TestDashboardArguments::wrongOnesAreRefused()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, named);
    const auto options = read(arguments);
    QVERIFY(!options);
    QVERIFY2(options.error().contains(named), qPrintable(options.error()));
    QVERIFY2(options.error().endsWith(u'.'), qPrintable(options.error()));
    QVERIFY(!options.error().contains(u"secret"));
}

QTEST_GUILESS_MAIN(TestDashboardArguments)
#include "tst_dashboardarguments.moc"
