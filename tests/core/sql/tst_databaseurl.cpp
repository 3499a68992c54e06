// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "databasehealth.h"
#include "databaseurl_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class TestDatabaseUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understood_data();
    void understood();
    void refused_data();
    void refused();
};

void TestDatabaseUrl::understood_data()
{
    QTest::addColumn<DatabaseUrl>("expected");
    const auto postgres = [](const QString &host, int port, const QString &user,
                             const QString &password, const QString &name) {
        DatabaseUrl url;
        url.host = host;
        url.port = port;
        url.user = user;
        url.password = password;
        url.database = name;
        return url;
    };
    const auto sqlite = [](const QString &path) {
        DatabaseUrl url;
        url.kind = DatabaseUrl::Kind::Sqlite;
        url.database = path;
        return url;
    };
    QTest::newRow("postgres://me:secret@db.example:6543/shop")
        << postgres(u"db.example"_s, 6543, u"me"_s, u"secret"_s, u"shop"_s);
    QTest::newRow("postgresql://db/shop") << postgres(u"db"_s, 5432, {}, {}, u"shop"_s);
    QTest::newRow("POSTGRES://db/shop") << postgres(u"db"_s, 5432, {}, {}, u"shop"_s);
    QTest::newRow("postgres://db") << postgres(u"db"_s, 5432, {}, {}, {});
    QTest::newRow("postgres://me@/shop") << postgres({}, 5432, u"me"_s, {}, u"shop"_s);
    QTest::newRow("postgres:///shop?host=/run/postgresql")
        << postgres(u"/run/postgresql"_s, 5432, {}, {}, u"shop"_s);
    QTest::newRow("postgres://[::1]:5433/shop") << postgres(u"::1"_s, 5433, {}, {}, u"shop"_s);
    QTest::newRow("postgres://a%40b:%27%3a%2F%5c%25@db/a%20b")
        << postgres(u"db"_s, 5432, u"a@b"_s, u"':/\\%"_s, u"a b"_s);
    QTest::newRow("postgres://db/shop?connect_timeout=60")
        << postgres(u"db"_s, 5432, {}, {}, u"shop"_s);
    DatabaseUrl url = postgres(u"db"_s, 5432, {}, {}, u"shop"_s);
    url.parameters = {{u"sslmode"_s, u"verify-full"_s}, {u"sslrootcert"_s, u"/etc/a b.pem"_s}};
    QTest::newRow("postgres://db/shop?sslmode=verify-full&sslrootcert=/etc/a%20b.pem") << url;
    QTest::newRow("sqlite:data/app.db") << sqlite(u"data/app.db"_s);
    QTest::newRow("sqlite:/srv/app.db") << sqlite(u"/srv/app.db"_s);
    QTest::newRow("sqlite:///srv/app.db") << sqlite(u"/srv/app.db"_s);
    QTest::newRow("sqlite3:///srv/a%3Fb%20c.db") << sqlite(u"/srv/a?b c.db"_s);
}

void TestDatabaseUrl::understood()
{
    const auto url = DatabaseUrl::parse(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(url, url ? "" : qPrintable(url.error()));
    QTEST(*url, "expected");
}

void TestDatabaseUrl::refused_data()
{
    QTest::addColumn<QString>("reason");
    const QString expected = u"a URL that begins with postgres:// or sqlite: is expected"_s;
    QTest::newRow("") << expected;
    QTest::newRow(":") << expected;
    QTest::newRow("hunter2") << expected;
    QTest::newRow("mysql://me:hunter2@db/shop") << expected;
    QTest::newRow("host=db password=hunter2") << expected;
    QTest::newRow("postgres:hunter2") << u"\"postgres:\" needs two slashes"_s;
    const QString noUrl = u"it is no URL; what is special in a user's name, a password or a host "
                          "must be percent-encoded"_s;
    QTest::newRow("postgres://me:hunter2 x@db/shop") << noUrl;
    QTest::newRow("postgres://me:hunter2/x@db/shop") << noUrl;
    QTest::newRow("postgres://me:hunter2%@db/shop") << noUrl;
    QTest::newRow("postgres://me:hunter2@db:port/shop") << noUrl;
    QTest::newRow("postgres://me:hunter2@db,other/shop") << noUrl;
    QTest::newRow("postgres://me:hunter2@db/shop#x")
        << u"# begins a fragment, which a database has not; write %23"_s;
    QTest::newRow("postgres://me:hunter2%00@db/shop")
        << u"a database's URL has no null characters"_s;
    QTest::newRow("postgres://me:hunter2@db/shop?sslmode=hunter2")
        << u"sslmode is disable, allow, prefer, require, verify-ca or verify-full"_s;
    QTest::newRow("postgres://db/shop?sslmod=require")
        << u"the parameter \"sslmod\" is not known"_s;
    QTest::newRow("postgres://db/shop?host=other") << u"the host is given twice"_s;
    QTest::newRow("postgres://db/shop?sslcert=a%3Bb") << u"the parameter sslcert has a semicolon"_s;
    QTest::newRow("sqlite:") << u"\"sqlite:\" needs the path of a file"_s;
    QTest::newRow("sqlite:///") << u"\"sqlite:\" needs the path of a file"_s;
    QTest::newRow("sqlite::memory:") << u"a database in memory cannot be checked from outside"_s;
    QTest::newRow("sqlite://app.db") << u"\"sqlite://\" needs a third slash and an absolute path"_s;
    QTest::newRow("sqlite:app.db?mode=ro")
        << u"a path after \"sqlite:\" has no parameters; write ? as %3F"_s;
    QTest::newRow("sqlite:a%00b") << u"a path has no null characters"_s;
}

void TestDatabaseUrl::refused()
{
    QFETCH(QString, reason);
    const QString text = QString::fromLatin1(QTest::currentDataTag());
    const auto url = DatabaseUrl::parse(text);
    QVERIFY(!url);
    QCOMPARE(url.error(), reason);
    QVERIFY(!url.error().contains("hunter2"_L1));

    const auto check = databaseHealthCheckFromUrl(text);
    QVERIFY(!check);
    QCOMPARE(check.error(), reason);
}

QTEST_GUILESS_MAIN(TestDatabaseUrl)
#include "tst_databaseurl.moc"
