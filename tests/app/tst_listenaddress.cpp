// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "listenaddress.h"

#include <QTest>

using LiveTemplate::App::ListenAddress;
using namespace Qt::StringLiterals;

class ListenAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<quint16>("port");

        QTest::newRow("bare port") << u"8081"_s << u"127.0.0.1"_s << quint16(8081);
        QTest::newRow("any free port") << u"0"_s << u"127.0.0.1"_s << quint16(0);
        QTest::newRow("IPv4") << u"192.0.2.7:80"_s << u"192.0.2.7"_s << quint16(80);
        QTest::newRow("all networks") << u"0.0.0.0:8080"_s << u"0.0.0.0"_s << quint16(8080);
        QTest::newRow("IPv6") << u"[::1]:8080"_s << u"::1"_s << quint16(8080);
        QTest::newRow("all networks, IPv6") << u"[::]:8080"_s << u"::"_s << quint16(8080);
        QTest::newRow("localhost") << u"localhost:9000"_s << u"127.0.0.1"_s << quint16(9000);
        QTest::newRow("LOCALHOST") << u"LOCALHOST:9000"_s << u"127.0.0.1"_s << quint16(9000);
        QTest::newRow("last port") << u"127.0.0.1:65535"_s << u"127.0.0.1"_s << quint16(65535);
    }

    void readsAnAddress()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, host);
        QFETCH(const quint16, port);

        const auto address = ListenAddress::parse(text);
        QVERIFY2(address.has_value(),
                 qPrintable(address.has_value() ? QString() : address.error()));
        QCOMPARE(address->host.toString(), host);
        QCOMPARE(address->port, port);
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("culprit");

        QTest::newRow("nothing") << u""_s << u"\"\" is not a port"_s;
        QTest::newRow("no port") << u"127.0.0.1:"_s << u"\"\" is not a port"_s;
        QTest::newRow("host without port") << u"127.0.0.1"_s << u"is not a port"_s;
        QTest::newRow("port too large") << u"127.0.0.1:65536"_s << u"65536"_s;
        QTest::newRow("negative port") << u"127.0.0.1:-1"_s << u"-1"_s;
        QTest::newRow("port with sign") << u"127.0.0.1:+80"_s << u"+80"_s;
        QTest::newRow("port with space") << u"127.0.0.1: 80"_s << u"\" 80\""_s;
        QTest::newRow("port in hexadecimal") << u"0x50"_s << u"0x50"_s;
        QTest::newRow("no host") << u":8080"_s << u"\"\" is not an address"_s;
        QTest::newRow("a name") << u"example.org:80"_s << u"example.org"_s;
        QTest::newRow("short IPv4") << u"127.1:80"_s << u"127.1"_s;
        QTest::newRow("IPv4 out of range") << u"127.0.0.256:80"_s << u"127.0.0.256"_s;
        QTest::newRow("IPv4 in brackets") << u"[127.0.0.1]:80"_s << u"[127.0.0.1]"_s;
        QTest::newRow("IPv6 without brackets") << u"::1:8080"_s << u"in brackets"_s;
        QTest::newRow("bracket not closed") << u"[::1:8080"_s << u"not an address"_s;
        QTest::newRow("URL") << u"http://127.0.0.1:80"_s << u"127.0.0.1"_s;
    }

    void namesWhatIsWrong()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, culprit);

        const auto address = ListenAddress::parse(text);
        QVERIFY(!address.has_value());
        QVERIFY2(address.error().contains(culprit), qPrintable(address.error()));
    }

    void readsWhatItWrites_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"127.0.0.1:8080", "0.0.0.0:0", "[::1]:8080", "[::]:65535"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void readsWhatItWrites()
    {
        QFETCH(const QString, text);
        QCOMPARE(ListenAddress::parse(text)->toString(), text);
    }
};

QTEST_GUILESS_MAIN(ListenAddressTest)
#include "tst_listenaddress.moc"
