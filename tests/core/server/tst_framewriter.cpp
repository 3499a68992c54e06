// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "framewriter_p.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class TestFrameWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encode_data();
    void encode();
    void framesArriveWholeAndInOrder();
    void aFrameTakesAlongWhatWaits();
    void anUnconnectedSocketIsNotWrittenTo();
};

void TestFrameWriter::encode_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("empty") << 0 << QByteArray::fromHex("8100");
    QTest::newRow("7 bits") << 125 << QByteArray::fromHex("817d");
    QTest::newRow("16 bits") << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("largest of 16 bits") << 65535 << QByteArray::fromHex("817effff");
    QTest::newRow("64 bits") << 65536 << QByteArray::fromHex("817f0000000000010000");
}

void TestFrameWriter::encode()
{
    QFETCH(int, size);
    QFETCH(QByteArray, head);
    const QByteArray payload(size, 'x');
    QCOMPARE(encodeTextFrame(payload), head + payload);
}

namespace {

struct SocketPair
{
    SocketPair()
    {
        listener.listen(QHostAddress::LocalHost);
        client.connectToHost(QHostAddress::LocalHost, listener.serverPort());
        if (listener.waitForNewConnection(5000) && client.waitForConnected(5000))
            server = listener.nextPendingConnection();
    }

    QTcpServer listener;
    QTcpSocket client;
    QTcpSocket *server = nullptr;
};

} // namespace

void TestFrameWriter::framesArriveWholeAndInOrder()
{
    SocketPair pair;
    QVERIFY(pair.server);
    QByteArray expected;
    // More than the kernel takes at once, so that all three ways are gone: past the buffer, in
    // part, and behind what waits.
    for (int i = 0; i < 200; ++i) {
        const QByteArray frame = encodeTextFrame(QByteArray::number(i).repeated(10'000));
        QCOMPARE(writeFrame(*pair.server, frame), WriteResult::Written);
        expected += frame;
    }
    QVERIFY(pair.server->bytesToWrite() > 0);
    QByteArray received;
    QTRY_VERIFY_WITH_TIMEOUT((received += pair.client.readAll()).size() >= expected.size(), 20'000);
    QVERIFY(received == expected);
}

// The answer to a handshake or a ping must not look like a client that does not read.
void TestFrameWriter::aFrameTakesAlongWhatWaits()
{
    SocketPair pair;
    QVERIFY(pair.server);
    pair.server->write("before");
    QVERIFY(pair.server->bytesToWrite() > 0);
    const QByteArray frame = encodeTextFrame("x");
    QCOMPARE(writeFrame(*pair.server, frame), WriteResult::Written);
    QCOMPARE(pair.server->bytesToWrite(), 0);
    QByteArray received;
    QTRY_COMPARE(received += pair.client.readAll(), "before" + frame);
}

void TestFrameWriter::anUnconnectedSocketIsNotWrittenTo()
{
    QTcpSocket socket;
    QCOMPARE(writeFrame(socket, encodeTextFrame("x")), WriteResult::NotConnected);
}

QTEST_GUILESS_MAIN(TestFrameWriter)
#include "tst_framewriter.moc"
