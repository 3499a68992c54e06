// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "authenticator.h"

#include <QSet>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class TestAuthenticator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newGroupsAreWellFormedAndDiffer();
    void sessionGroup_data();
    void sessionGroup();
    void cookie_data();
    void cookie();
};

void TestAuthenticator::newGroupsAreWellFormedAndDiffer()
{
    QSet<QString> seen;
    for (int i = 0; i < 100; ++i) {
        const GroupId group = AnonymousAuthenticator::newGroup();
        const QByteArray id = group.value().toLatin1();
        QVERIFY(AnonymousAuthenticator::isWellFormed(id));
        QCOMPARE(QByteArray::fromBase64(id, QByteArray::Base64UrlEncoding).size(), 32);
        seen.insert(group.value());
    }
    QCOMPARE(seen.size(), 100);
}

void TestAuthenticator::sessionGroup_data()
{
    QTest::addColumn<QByteArray>("cookies");
    QTest::addColumn<bool>("kept");
    const QByteArray id = "oiup0l4ErO0d9xiI5Ix7_xv5J3iCi8A-2U1fottblpk=";
    QTest::newRow("none") << ""_ba << false;
    QTest::newRow("ours") << "livetemplate-id=" + id << true;
    QTest::newRow("among others") << "a=b; livetemplate-id=" + id + "; c=d" << true;
    QTest::newRow("without its padding") << "livetemplate-id=" + id.chopped(1) << false;
    QTest::newRow("too short") << "livetemplate-id=abc="_ba << false;
    QTest::newRow("too long") << "livetemplate-id=A" + id << false;
    QTest::newRow("plain base64") << "livetemplate-id=" + QByteArray(id).replace('_', '+') << false;
    QTest::newRow("a path") << "livetemplate-id=" + QByteArray("../").repeated(14) + "a=" << false;
    QTest::newRow("a Redis pattern") << "livetemplate-id=" + QByteArray(43, '*') + '=' << false;
    QTest::newRow("empty") << "livetemplate-id="_ba << false;
}

void TestAuthenticator::sessionGroup()
{
    QFETCH(QByteArray, cookies);
    QFETCH(bool, kept);
    Request request;
    if (!cookies.isEmpty())
        request.headers = {{"cookie", cookies}};
    AnonymousAuthenticator authenticator;
    const auto user = authenticator.identify(request);
    QVERIFY(user && user->isEmpty());
    const auto group = authenticator.sessionGroup(request, *user);
    QVERIFY(group);
    QVERIFY(AnonymousAuthenticator::isWellFormed(group->value().toLatin1()));
    QCOMPARE(cookies.contains("livetemplate-id=" + group->value().toLatin1()), kept);
}

void TestAuthenticator::cookie_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("value with equals signs") << "x=a=b=="_ba << "a=b=="_ba;
    QTest::newRow("spaces") << "  y=1 ;  x=2 "_ba << "2"_ba;
    QTest::newRow("the first of two") << "x=1; x=2"_ba << "1"_ba;
    QTest::newRow("not a suffix") << "ax=1"_ba << QByteArray();
    QTest::newRow("without value") << "x"_ba << QByteArray();
}

void TestAuthenticator::cookie()
{
    QFETCH(QByteArray, header);
    Request request;
    request.headers = {{"Cookie", header}};
    QTEST(request.cookie("x").value_or(QByteArray()), "value");
}

QTEST_GUILESS_MAIN(TestAuthenticator)
#include "tst_authenticator.moc"
