// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisurl.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class TestRedisUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void neverTellsAPassword_data();
    void neverTellsAPassword();
    void displays_data();
    void displays();
};

using Topology = RedisUrl::Topology;

Q_DECLARE_METATYPE(LiveTemplate::RedisUrl)

void TestRedisUrl::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<RedisUrl>("expected");
    const auto single = [](const QString &host = u"h"_s, quint16 port = 6379) {
        RedisUrl url;
        url.endpoints = {{host, port}};
        return url;
    };
    const auto add = [](const char *text, const RedisUrl &expected) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << expected;
    };

    add("h", single());
    add("h:1", single(u"h"_s, 1));
    add("h:65535", single(u"h"_s, 65535));
    add("localhost:6380/", single(u"localhost"_s, 6380));
    add("redis://h", single());
    add("  redis://h\n", single());
    add("REDIS://h", single());
    add("redis://h/", single());
    add("redis://h/0", single());
    add("redis://my-redis_1.example.org:1234", single(u"my-redis_1.example.org"_s, 1234));
    add("redis://127.0.0.1:1234", single(u"127.0.0.1"_s, 1234));
    add("redis://[::1]", single(u"::1"_s));
    add("redis://[fe80::1]:1234/", single(u"fe80::1"_s, 1234));
    add("[::1]:1234", single(u"::1"_s, 1234));
    RedisUrl url = single();
    url.database = 15;
    add("redis://h/15", url);
    add("redis://h/15/", url);
    add("h/15", url);
    url = single();
    url.password = u"p"_s;
    add("redis://:p@h", url);
    url.user = u"u"_s;
    add("redis://u:p@h:6379", url);
    url.password = u"a:b"_s;
    add("redis://u:a:b@h", url);
    url.password = u"a@b"_s;
    add("redis://u:a@b@h", url);
    url.password = u"/?#@:% ä"_s;
    url.user = u"ü:"_s;
    add("redis://%C3%BC%3A:%2F%3F%23%40%3a%25%20%c3%a4@h", url);
    url = single();
    url.tls = true;
    add("rediss://h", url);
    url.verifyPeer = false;
    add("rediss://h?verify=0", url);
    add("rediss://h/?verify=0", url);
    url.verifyPeer = true;
    url.caFile = u"/etc/my ca.pem"_s;
    add("rediss://h?ca=/etc/my%20ca.pem", url);
    add("rediss://h?ca=%2Fetc%2Fmy%20ca.pem&verify=1", url);
    url.certificateFile = u"c"_s;
    url.keyFile = u"k"_s;
    url.database = 2;
    add("rediss://h/2?key=k&cert=c&ca=%2Fetc%2Fmy%20ca.pem", url);

    RedisUrl sentinel;
    sentinel.topology = Topology::Sentinel;
    sentinel.endpoints = {{u"a"_s, 26379}};
    sentinel.masterName = u"m"_s;
    add("redis+sentinel://a/m", sentinel);
    add("redis+sentinel://a/m/", sentinel);
    add("redis+sentinel://a,a:26379/m", sentinel);
    sentinel.database = 3;
    add("redis+sentinel://a/m/3", sentinel);
    add("redis+sentinel://a/m/3/", sentinel);
    sentinel.endpoints = {{u"a"_s, 26379}, {u"b"_s, 1}, {u"::1"_s, 2}, {u"::2"_s, 26379}};
    sentinel.user = u"u"_s;
    sentinel.password = u"p"_s;
    sentinel.masterName = u"my/master"_s;
    sentinel.sentinelUser = u"su"_s;
    sentinel.sentinelPassword = u"sp&="_s;
    sentinel.tls = true;
    add("redis+sentinel://u:p@a,b:1,[::1]:2,[::2]/my%2Fmaster/3"
        "?sentinel_user=su&sentinel_password=sp%26=&tls=1",
        sentinel);

    RedisUrl cluster;
    cluster.topology = Topology::Cluster;
    cluster.endpoints = {{u"a"_s, 6379}, {u"b"_s, 7001}};
    add("redis+cluster://a,b:7001", cluster);
    add("redis+cluster://a,b:7001/", cluster);
    add("redis+cluster://a,b:7001/0", cluster);
    add("redis+cluster://a,b:7001?tls=0", cluster);
    cluster.shardedPubSub = true;
    add("redis+cluster://a,b:7001?sharded=1", cluster);
    cluster.tls = true;
    cluster.verifyPeer = false;
    add("redis+cluster://a,b:7001?sharded=1&tls=1&verify=0", cluster);
}

void TestRedisUrl::parses()
{
    QFETCH(const QString, text);
    QFETCH(const RedisUrl, expected);
    const auto url = RedisUrl::parse(text);
    QVERIFY2(url, url ? "" : qPrintable(url.error().message));
    QCOMPARE(url->topology, expected.topology);
    QCOMPARE(url->endpoints, expected.endpoints);
    QCOMPARE(url->user, expected.user);
    QCOMPARE(url->password, expected.password);
    QCOMPARE(url->database, expected.database);
    QCOMPARE(url->caFile, expected.caFile);
    QVERIFY(*url == expected);
}

void TestRedisUrl::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    const auto add = [](const char *text, const char *part) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(part);
    };
    add("", "empty");
    add("  ", "empty");
    add("http://h", "“http://” is unknown");
    add("redis+tls://h", "rediss://");
    add("://h", "“://” is unknown");
    add("redis://", "host is missing");
    add("redis:///1", "host is missing");
    add("redis://:6379", "host is missing");
    add("redis://u:p@", "host is missing");
    add("redis+cluster://a,", "host is missing");
    add("redis+cluster://a,,b", "host is missing");
    add("redis://h:", "no port");
    add("redis://h:0", "1 to 65535");
    add("redis://h:65536", "1 to 65535");
    add("redis://h:-1", "no port");
    add("redis://h:+1", "no port");
    add("redis://h:12a", "no port");
    add("redis://::1", "brackets");
    add("redis://::1:6379", "brackets");
    add("redis://[::1", "not closed");
    add("redis://[]", "no IPv6 address");
    add("redis://[h]", "no IPv6 address");
    add("redis://[1.2.3.4]", "no IPv6 address");
    add("redis://[::1]6379", "only a port");
    add("redis://h h", "blank");
    add("redis://h\tx", "blank");
    add("redis://ho$t", "contains “$”");
    add("redis://h%2Fh", "contains “/”");
    add("redis://a,b", "one host");
    add("redis://h#1", "%23");
    add("redis://:pa/ss@h", "%2F");
    add("redis://:pa?ss@h", "%3F");
    add("redis://h/x", "no database");
    add("redis://h/-1", "no database");
    add("redis://h/+1", "no database");
    add("redis://h/1.5", "no database");
    add("redis://h/1000001", "no database");
    add("redis://h/99999999999999999999", "no database");
    add("redis://h//1", "more than the database");
    add("redis://h/1/2", "more than the database");
    add("redis://u@h", "without a password");
    add("redis://u:@h", "without a password");
    add("redis://:%zz@h", "hexadecimal");
    add("redis://:100%@h", "%25");
    add("redis://:%F@h", "%25");
    add("redis://:%ff@h", "UTF-8");
    add("redis://h?", "");
    add("redis://h?x", "there is no option “x”; there are tls");
    add("rediss://h?verfy=0", "did you mean verify?");
    add("redis+cluster://h?shardet=1", "did you mean sharded?");
    add("rediss://h?verify=no", "must be 0 or 1");
    add("rediss://h?verify", "has no value");
    add("rediss://h?verify=", "has no value");
    add("rediss://h?verify=0&verify=0", "twice");
    add("redis://h?tls=1", "rediss://");
    add("redis://h?ca=x", "rediss://");
    add("redis://h?verify=0", "rediss://");
    add("redis+cluster://h?verify=0", "tls=1");
    add("redis+cluster://h?tls=yes", "must be 0 or 1");
    add("rediss://h?cert=x", "belong together");
    add("rediss://h?key=x", "belong together");
    add("redis://h?sharded=1", "redis+cluster");
    add("redis://h?sentinel_password=x", "redis+sentinel");
    add("redis+sentinel://h/m?sentinel_user=x", "sentinel_password");
    add("redis+sentinel://h/m?sentinel_passwort=x", "did you mean sentinel_password?");
    add("redis+sentinel://h", "name of Sentinel's master");
    add("redis+sentinel://h/", "name of Sentinel's master");
    add("redis+sentinel://h//1", "name of Sentinel's master");
    add("redis+sentinel://h/m/x", "no database");
    add("redis+sentinel://h/m/1/2", "more than the database");
    add("redis+cluster://h/1", "database 0 only");
}

void TestRedisUrl::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, part);
    if (part.isEmpty()) {
        // An empty query asks for nothing.
        QVERIFY(RedisUrl::parse(text));
        return;
    }
    const auto url = RedisUrl::parse(text);
    QVERIFY(!url);
    QCOMPARE(url.error().kind, RedisError::Kind::BadUrl);
    QVERIFY(!url.error().isTransient());
    QVERIFY2(url.error().message.contains(part), qPrintable(url.error().message));
    QVERIFY(url.error().message.startsWith("Redis URL: "_L1));
    QVERIFY(url.error().message.endsWith(u'.') || url.error().message.endsWith("?."_L1));
}

void TestRedisUrl::neverTellsAPassword_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"redis://u:geheim@h:x",
                             "redis://u:geheim",
                             "redis://:geheim",
                             "redis://u:geheim:6379",
                             "redis://u:ge/heim@h",
                             "redis://u:geheim%@h",
                             "redis://u:geheim%ff@h",
                             "u:geheim@h:99999",
                             "redis://u:geheim@h/x",
                             "redis://u:geheim@h?x",
                             "redis://u:geheim@",
                             "redis://u:geheim @h",
                             "redis://u:geheim#@h",
                             "redis://u:geheim?@h",
                             "redis://u:geheim/@h",
                             "ftp://u:geheim@h",
                             "redis://u:geheim@[h]",
                             "redis+sentinel://h/m?sentinel_user=x&sentinel_password=geheim&y=1",
                             "redis+sentinel://h/m?sentinel_password=geheim%",
                             "redis://h?sentinel_password=geheim",
                             "redis+sentinel://h/m?sentinel_password=geheim@",
                             "u:geheim@a,b"}) {
        QTest::addRow("%s", text) << QString::fromUtf8(text);
    }
}

void TestRedisUrl::neverTellsAPassword()
{
    QFETCH(const QString, text);
    const auto url = RedisUrl::parse(text);
    QVERIFY(!url);
    QVERIFY2(!url.error().message.contains("heim"_L1), qPrintable(url.error().message));
}

void TestRedisUrl::displays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *text, const char *expected) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    add("h", "redis://h");
    add("h:6379/0", "redis://h");
    add("[::1]:1/2", "redis://[::1]:1/2");
    add("redis://:secret@h", "redis://:***@h");
    add("redis://u%3A:secret@h", "redis://u%3A:***@h");
    add("rediss://h/1?verify=0&key=k&cert=c%20d&ca=a",
        "rediss://h/1?ca=a&cert=c%20d&key=k&verify=0");
    add("redis+sentinel://u:secret@a,b:1/m%2F/3?tls=1&sentinel_user=s&sentinel_password=secret",
        "redis+sentinel://u:***@a,b:1/m%2F/3?tls=1&sentinel_user=s&sentinel_password=***");
    add("redis+cluster://a,b:7001/0?sharded=1", "redis+cluster://a,b:7001?sharded=1");
}

void TestRedisUrl::displays()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto url = RedisUrl::parse(text);
    QVERIFY(url);
    const QString shown = url->toDisplayString();
    QCOMPARE(shown, expected);
    // What is shown says the same, but for the passwords.
    auto again = RedisUrl::parse(shown);
    QVERIFY(again);
    again->password = url->password;
    again->sentinelPassword = url->sentinelPassword;
    QVERIFY(*again == *url);
}

QTEST_APPLESS_MAIN(TestRedisUrl)
#include "tst_redisurl.moc"
