// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rediscommand_p.h"
#include "respreader_p.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

using Array = RedisValue::Array;

Q_DECLARE_METATYPE(LiveTemplate::RedisValue)

class TestRespReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsWhatComesInPieces_data() { reads_data(); }
    void readsWhatComesInPieces();
    void readsManyValues();
    void refuses_data();
    void refuses();
    void refusesInPieces_data() { refuses_data(); }
    void refusesInPieces();
    void limitsTheSize();
    void limitsTheSizeOfALineWithoutEnd();
    void limitsTheElements();
    void limitsTheDepth();
    void believesNoAnnouncement();
    void tellsPushes();
    void notANumber();
    void writesCommands();
    void convertsValues();
};

void TestRespReader::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<RedisValue>("expected");
    const auto add = [](const char *name, const QByteArray &bytes, const RedisValue &expected) {
        QTest::addRow("%s", name) << bytes << expected;
    };
    const auto text = [](const char *bytes) {
        return RedisValue(QByteArray(bytes));
    };

    add("status", "+OK\r\n", RedisValue::Status{"OK"});
    add("empty status", "+\r\n", RedisValue::Status{""});
    add("error", "-ERR no such key\r\n", RedisValue::Error{"ERR no such key"});
    add("integer", ":1000\r\n", qint64(1000));
    add("negative", ":-1\r\n", qint64(-1));
    add("largest", ":9223372036854775807\r\n", std::numeric_limits<qint64>::max());
    add("smallest", ":-9223372036854775808\r\n", std::numeric_limits<qint64>::min());
    add("string", "$5\r\nhello\r\n", text("hello"));
    add("empty string", "$0\r\n\r\n", RedisValue(QByteArray("")));
    add("binary", QByteArray("$7\r\n\0\r\n\xff$1\n\r\n", 13), QByteArray("\0\r\n\xff$1\n", 7));
    add("null string", "$-1\r\n", {});
    add("null array", "*-1\r\n", {});
    add("empty array", "*0\r\n", Array());
    add("array", "*3\r\n+a\r\n:2\r\n$1\r\nc\r\n",
        Array{RedisValue::Status{"a"}, qint64(2), text("c")});
    add("nested", "*3\r\n*2\r\n:1\r\n*0\r\n$-1\r\n*1\r\n*1\r\n-E x\r\n",
        Array{Array{qint64(1), Array()}, RedisValue(), Array{Array{RedisValue::Error{"E x"}}}});
    add("null", "_\r\n", {});
    add("true", "#t\r\n", true);
    add("false", "#f\r\n", false);
    add("double", ",1.5\r\n", 1.5);
    add("exponent", ",-1e300\r\n", -1e300);
    add("infinity", ",inf\r\n", std::numeric_limits<double>::infinity());
    add("-infinity", ",-inf\r\n", -std::numeric_limits<double>::infinity());
    add("large number", "(3492890328409238509324850943850943825024385\r\n",
        text("3492890328409238509324850943850943825024385"));
    add("verbatim", "=8\r\ntxt:some\r\n", text("some"));
    add("empty verbatim", "=4\r\ntxt:\r\n", RedisValue(QByteArray("")));
    add("set", "~2\r\n:1\r\n:2\r\n", Array{qint64(1), qint64(2)});
    add("map", "%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n:2\r\n",
        Array{RedisValue::Status{"a"}, qint64(1), RedisValue::Status{"b"}, Array{qint64(2)}});
    add("push", ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\np\r\n",
        Array{text("message"), text("c"), text("p")});
}

void TestRespReader::reads()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const RedisValue, expected);
    RespReader reader;
    QVERIFY(!reader.next());
    reader.feed(bytes);
    const RedisValue *const value = reader.next();
    QVERIFY(value);
    QVERIFY(*value == expected);
    QVERIFY(!reader.next());
    QVERIFY(!reader.error());
}

void TestRespReader::readsWhatComesInPieces()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const RedisValue, expected);
    // Cut in three at all pairs of places, with another value in front and behind.
    const QByteArray all = ":7\r\n" + bytes + "+end\r\n";
    for (qsizetype first = 0; first <= all.size(); ++first) {
        for (qsizetype second = first; second <= all.size(); ++second) {
            RespReader reader;
            QList<RedisValue> values;
            for (const QByteArrayView piece : {QByteArrayView(all).first(first),
                                               QByteArrayView(all).sliced(first, second - first),
                                               QByteArrayView(all).sliced(second)}) {
                reader.feed(piece);
                while (RedisValue *const value = reader.next())
                    values += std::move(*value);
            }
            QVERIFY(!reader.error());
            QCOMPARE(values.size(), 3);
            QVERIFY(values[0] == RedisValue(qint64(7)));
            QVERIFY(values[1] == expected);
            QVERIFY(values[2] == RedisValue(RedisValue::Status{"end"}));
        }
    }
}

void TestRespReader::readsManyValues()
{
    QByteArray bytes;
    for (int i = 0; i < 10'000; ++i)
        bytes += "*2\r\n:" + QByteArray::number(i) + "\r\n$3\r\nabc\r\n";
    RespReader reader;
    qint64 expected = 0;
    for (qsizetype at = 0; at < bytes.size(); at += 1000) {
        reader.feed(QByteArrayView(bytes).sliced(at, std::min(qsizetype(1000), bytes.size() - at)));
        while (const RedisValue *const value = reader.next())
            QCOMPARE(value->at(0).toInteger(), expected++);
    }
    QCOMPARE(expected, 10'000);
}

void TestRespReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("part");
    const auto add = [](const char *name, const QByteArray &bytes, const QString &part) {
        QTest::addRow("%s", name) << bytes << part;
    };
    add("HTTP", "HTTP/1.1 400 Bad Request\r\n", u"\"H\""_s);
    add("TLS alert", QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7), u"\\x15"_s);
    add("empty line", "\r\n", u"\\r"_s);
    add("no number", ":x\r\n", u"integer"_s);
    add("empty number", ":\r\n", u"integer"_s);
    add("number too large", ":9223372036854775808\r\n", u"integer"_s);
    add("length is no number", "$x\r\n", u"length"_s);
    add("negative length", "$-2\r\n", u"length"_s);
    add("length of an array is no number", "*x\r\n", u"length"_s);
    add("negative length of an array", "*-2\r\n", u"length"_s);
    add("largest length of an array", "*9223372036854775807\r\n", u"length"_s);
    add("element is garbage", "*2\r\n:1\r\nx", u"\"x\""_s);
    add("string without an end", "$2\r\nabcd", u"end of the line"_s);
    add("string with half an end", "$2\r\nab\rd", u"end of the line"_s);
    add("string in an array without an end", "*1\r\n$2\r\nabcd", u"end of the line"_s);
    add("bad truth", "#x\r\n", u"bool"_s);
    add("bad double", ",1.5x\r\n", u"double"_s);
    add("bad null", "_x\r\n", u"nil"_s);
    add("bad large number", "(12x\r\n", u"bignum"_s);
    add("verbatim too short", "=3\r\ntxt\r\n", u"erbatim"_s);
    add("attribute", "|1\r\n+a\r\n+b\r\n", u"\"|\""_s);
}

void TestRespReader::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, part);
    RespReader reader;
    reader.feed("+before\r\n");
    reader.feed(bytes);
    QVERIFY(reader.next());
    QVERIFY(!reader.next());
    QVERIFY(reader.error());
    QCOMPARE(reader.error()->kind, RedisError::Kind::Protocol);
    QVERIFY2(reader.error()->message.contains(part), qPrintable(reader.error()->message));
    // It stays so.
    reader.feed("+OK\r\n");
    QVERIFY(!reader.next());
    QVERIFY(reader.error());
}

void TestRespReader::refusesInPieces()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, part);
    RespReader reader;
    for (const char &byte : bytes) {
        reader.feed(QByteArrayView(&byte, 1));
        QVERIFY(!reader.next());
    }
    QVERIFY(reader.error());
    QVERIFY2(reader.error()->message.contains(part), qPrintable(reader.error()->message));
}

void TestRespReader::limitsTheSize()
{
    const QByteArray fits = "$100\r\n" + QByteArray(100, 'x') + "\r\n";
    const QByteArray exceeds = "$101\r\n" + QByteArray(101, 'x') + "\r\n";
    const RespReader::Limits limits{.size = fits.size()};
    {
        RespReader reader(limits);
        for (int i = 0; i < 1000; ++i) {
            reader.feed(fits);
            QVERIFY(reader.next());
        }
        // Many that fit may come at once.
        reader.feed(fits.repeated(1000));
        int count = 0;
        while (reader.next())
            ++count;
        QCOMPARE(count, 1000);
        QVERIFY(!reader.error());
        reader.feed(exceeds);
        QVERIFY(!reader.next());
        QVERIFY(reader.error());
        QVERIFY(reader.error()->message.contains("larger than 108 bytes"_L1));
    }
    // As soon as there is too much of it, and not when all has come; wherever the bytes are.
    for (const QByteArray &bytes :
         {"$1000000\r\n" + QByteArray(120, 'x'), "$9223372036854775807\r\n" + QByteArray(120, 'x'),
          "*1000\r\n" + QByteArray(":1\r\n").repeated(40),
          "*3\r\n$60\r\n" + QByteArray(60, 'x') + "\r\n$60\r\n" + QByteArray(60, 'x') + "\r\n",
          "+" + QByteArray(120, 'x')}) {
        RespReader reader(limits);
        for (const char &byte : bytes) {
            reader.feed(QByteArrayView(&byte, 1));
            QVERIFY(!reader.next());
        }
        QVERIFY(reader.error());
        QVERIFY(reader.error()->message.contains("larger"_L1));
    }
}

void TestRespReader::limitsTheSizeOfALineWithoutEnd()
{
    RespReader reader;
    const QByteArray piece(1024 * 1024, 'x');
    reader.feed("+");
    int pieces = 0;
    while (!reader.error() && pieces < 100) {
        reader.feed(piece);
        QVERIFY(!reader.next());
        ++pieces;
    }
    QVERIFY(reader.error());
    QCOMPARE(pieces, 64);
}

void TestRespReader::limitsTheElements()
{
    const RespReader::Limits limits{.elements = 6};
    RespReader reader(limits);
    reader.feed("*6\r\n:1\r\n:2\r\n:3\r\n:4\r\n:5\r\n:6\r\n");
    QVERIFY(reader.next());
    // Each value anew.
    reader.feed("*2\r\n*2\r\n:1\r\n:2\r\n*2\r\n:3\r\n:4\r\n");
    QVERIFY(reader.next());
    reader.feed("*7\r\n");
    QVERIFY(!reader.next());
    QVERIFY(reader.error());

    // Also those that are still to come.
    RespReader first(limits);
    first.feed("*6\r\n*1\r\n");
    QVERIFY(!first.next());
    QVERIFY(first.error());

    RespReader nested(limits);
    nested.feed("*2\r\n*3\r\n:1\r\n:2\r\n:3\r\n*3\r\n:4\r\n:5\r\n:6\r\n");
    QVERIFY(!nested.next());
    QVERIFY(nested.error());
    QVERIFY(nested.error()->message.contains("more than 6 elements"_L1));
}

void TestRespReader::limitsTheDepth()
{
    RespReader reader;
    reader.feed(QByteArray("*1\r\n").repeated(32) + ":1\r\n");
    const RedisValue *value = reader.next();
    QVERIFY(value);
    for (int i = 0; i < 32; ++i)
        value = &value->at(0);
    QCOMPARE(value->toInteger(), 1);
    reader.feed(QByteArray("*1\r\n").repeated(33) + ":1\r\n");
    QVERIFY(!reader.next());
    QVERIFY(reader.error());
    QVERIFY(reader.error()->message.contains("more than 32 deep"_L1));
}

void TestRespReader::believesNoAnnouncement()
{
    // Each announces a million elements, and none has them: memory must not be taken for them.
    RespReader reader({.size = 1'000'000'000, .elements = 1'000'000'000});
    reader.feed(QByteArray("*999999\r\n").repeated(32));
    QVERIFY(!reader.next());
    QVERIFY(!reader.error());
}

void TestRespReader::tellsPushes()
{
    RespReader reader;
    reader.feed(">1\r\n:1\r\n*1\r\n:1\r\n>0\r\n*1\r\n>1\r\n:1\r\n");
    QVERIFY(reader.next());
    QVERIFY(reader.isPush());
    QVERIFY(reader.next());
    QVERIFY(!reader.isPush());
    QVERIFY(reader.next());
    QVERIFY(reader.isPush());
    QVERIFY(reader.next());
    QVERIFY(!reader.isPush());
}

void TestRespReader::notANumber()
{
    RespReader reader;
    reader.feed(",nan\r\n");
    const RedisValue *const value = reader.next();
    QVERIFY(value);
    QCOMPARE(value->toInteger(), std::nullopt);
    QCOMPARE(value->toBytes(), "nan");
}

void TestRespReader::writesCommands()
{
    QCOMPARE(encodeRedisCommand({"PING"}), "*1\r\n$4\r\nPING\r\n");
    QCOMPARE(encodeRedisCommand({"SET", "", QByteArray("a\0\r\n", 4)}),
             QByteArray("*3\r\n$3\r\nSET\r\n$0\r\n\r\n$4\r\na\0\r\n\r\n", 29));
    // Our own reader understands them, as Redis does.
    const QList<QByteArray> arguments{QByteArray(100'000, 'x'), "ä", QByteArray(1, '\0')};
    QByteArray bytes;
    appendRedisCommand(bytes, arguments);
    appendRedisCommand(bytes, QList<QByteArray>{"SECOND"});
    RespReader reader;
    reader.feed(bytes);
    const RedisValue *const command = reader.next();
    QVERIFY(command);
    QCOMPARE(command->toArray().size(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(command->at(i).toBytes(), arguments[i]);
    QVERIFY(reader.next());
    QVERIFY(!reader.next());
}

void TestRespReader::convertsValues()
{
    QCOMPARE(RedisValue(QByteArray("-12")).toInteger(), -12);
    QCOMPARE(RedisValue(RedisValue::Status{"12"}).toInteger(), 12);
    QCOMPARE(RedisValue(QByteArray("")).toInteger(), std::nullopt);
    QCOMPARE(RedisValue(QByteArray("1x")).toInteger(), std::nullopt);
    QCOMPARE(RedisValue(QByteArray(" 1")).toInteger(), std::nullopt);
    QCOMPARE(RedisValue(QByteArray("9223372036854775808")).toInteger(), std::nullopt);
    QCOMPARE(RedisValue(3.0).toInteger(), 3);
    QCOMPARE(RedisValue(3.5).toInteger(), std::nullopt);
    QCOMPARE(RedisValue(1e300).toInteger(), std::nullopt);
    QCOMPARE(RedisValue(true).toInteger(), 1);
    QCOMPARE(RedisValue().toInteger(), std::nullopt);
    QCOMPARE(RedisValue(Array{qint64(1)}).toInteger(), std::nullopt);
    QCOMPARE(RedisValue(qint64(-5)).toBytes(), "-5");
    QCOMPARE(RedisValue(0.5).toBytes(), "0.5");
    QVERIFY(RedisValue().toBytes().isNull());

    const RedisValue map(Array{RedisValue(QByteArray("a")), qint64(1), RedisValue::Status{"b"},
                               QByteArray("2"), QByteArray("odd")});
    QCOMPARE(map.value("a").toInteger(), 1);
    QCOMPARE(map.value("b").toBytes(), "2");
    QVERIFY(map.value("odd").isNull());
    QVERIFY(map.value("2").isNull());
    QVERIFY(map.at(-1).isNull());
    QVERIFY(map.at(5).isNull());
    QVERIFY(RedisValue(qint64(1)).at(0).isNull());
    QVERIFY(RedisValue(qint64(1)).toArray().isEmpty());
}

QTEST_APPLESS_MAIN(TestRespReader)
#include "tst_respreader.moc"
