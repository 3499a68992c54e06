// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pageaddress.h"

#include <QTest>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class PageAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsThePageThatIsMeant_data()
    {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("page");

        QTest::newRow("path") << u"/counter"_s << u"http://127.0.0.1:8080/counter"_s;
        QTest::newRow("path without slash") << u"counter"_s << u"http://127.0.0.1:8080/counter"_s;
        QTest::newRow("spaces around") << u"  /counter "_s << u"http://127.0.0.1:8080/counter"_s;
        QTest::newRow("query") << u"/counter?a=b"_s << u"http://127.0.0.1:8080/counter?a=b"_s;
        QTest::newRow("start page") << u"/"_s << u"http://127.0.0.1:8080/"_s;
        QTest::newRow("URL") << u"https://example.org/x"_s << u"https://example.org/x"_s;
        QTest::newRow("host") << u"example.org/x"_s << u"http://example.org/x"_s;
        QTest::newRow("host and port") << u"localhost:9000/x"_s << u"http://localhost:9000/x"_s;
        QTest::newRow("localhost") << u"localhost"_s << u"http://localhost"_s;
        QTest::newRow("blank") << u"about:blank"_s << u"about:blank"_s;
        QTest::newRow("nothing") << u"  "_s << QString();
        QTest::newRow("script") << u"javascript://%0aalert(1)"_s << QString();
        QTest::newRow("file") << u"file:///etc/passwd"_s << QString();
    }

    void findsThePageThatIsMeant()
    {
        QFETCH(const QString, input);
        QFETCH(const QString, page);
        QCOMPARE(pageFromInput(input, m_server).toString(), page);
    }

    void remembersOurPagesByTheirPath()
    {
        const QString saved = pageToSave(m_server.resolved(QUrl(u"/counter?a=b#c"_s)), m_server);
        QCOMPARE(saved, u"/counter?a=b#c"_s);
        const QUrl serverElsewhere(u"http://127.0.0.1:9999/"_s);
        QCOMPARE(savedPage(saved, serverElsewhere), QUrl(u"http://127.0.0.1:9999/counter?a=b#c"_s));
    }

    void remembersOtherPagesWhole()
    {
        const QUrl page(u"https://example.org/a%20b?c"_s);
        QCOMPARE(pageToSave(page, m_server), u"https://example.org/a%20b?c"_s);
        QCOMPARE(savedPage(pageToSave(page, m_server), m_server), page);
    }

private:
    const QUrl m_server{u"http://127.0.0.1:8080/"_s};
};

QTEST_GUILESS_MAIN(PageAddressTest)
#include "tst_pageaddress.moc"
