// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "multipart_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

/// What stands before each part's content.
QByteArray head(const QByteArray &disposition)
{
    return "Content-Disposition: form-data; " + disposition + "\r\n\r\n";
}

/// A part with a field "a", and its delimiter; @p body is a whole one.
QByteArray part(const QByteArray &disposition, const QByteArray &content)
{
    return "--b\r\n" + head(disposition) + content + "\r\n";
}

} // namespace

class TestMultipart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contents_data();
    void contents();
    void names_data();
    void names();
    void parts();
    void boundaries_data();
    void boundaries();
    void refused_data();
    void refused();
    void limits();
};

/// One part called "a": the content that is read from a body.
void TestMultipart::contents_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("content");
    const QByteArray begin = "--b\r\n" + head("name=\"a\"");
    QTest::newRow("plain") << begin + "x\r\n--b--\r\n" << "x"_ba;
    QTest::newRow("nothing behind the end") << begin + "x\r\n--b--" << "x"_ba;
    QTest::newRow("empty") << begin + "\r\n--b--" << ""_ba;
    QTest::newRow("empty, without a line break of its own") << begin + "--b--" << ""_ba;
    QTest::newRow("preamble") << "for old mail programs\r\n" + begin + "x\r\n--b--" << "x"_ba;
    QTest::newRow("empty preamble") << "\r\n" + begin + "x\r\n--b--" << "x"_ba;
    QTest::newRow("preamble that begins like a boundary")
        << "--bc\r\n" + begin + "x\r\n--b--" << "x"_ba;
    QTest::newRow("epilogue") << begin + "x\r\n--b--\r\nmore\r\n--b\r\n" << "x"_ba;
    QTest::newRow("space behind boundaries") << "--b \t\r\n" + head("name=\"a\"")
            + "x\r\n--b-- \t\r\n" << "x"_ba;
    QTest::newRow("line breaks") << begin + "x\r\n\r\ny\r\n\r\n--b--" << "x\r\n\r\ny\r\n"_ba;
    QTest::newRow("line feeds are content") << begin + "x\n--b--\n\r\n--b--" << "x\n--b--\n"_ba;
    QTest::newRow("carriage returns are content") << begin + "\r\r\n--b--" << "\r"_ba;
    QTest::newRow("boundary within a line") << begin + "x--b--\r\n--b--" << "x--b--"_ba;
    QTest::newRow("longer boundary is content") << begin + "x\r\n--bc\r\n--b--" << "x\r\n--bc"_ba;
    QTest::newRow("boundary with more behind it is content")
        << begin + "x\r\n--b--c\r\n--b x\r\n--b--" << "x\r\n--b--c\r\n--b x"_ba;
    QTest::newRow("any bytes") << begin + QByteArray("\0\xff\x80", 3) + "\r\n--b--"
                               << QByteArray("\0\xff\x80", 3);
    QTest::newRow("more headers") << "--b\r\nContent-Type: text/plain\r\nX-Other:\r\n"
            + head("name=\"a\"")
            + "x\r\n--b--" << "x"_ba;
    QTest::newRow("headers in any case")
        << "--b\r\ncontent-disposition:FORM-DATA;NAME=a\r\n\r\nx\r\n--b--"_ba << "x"_ba;
    QTest::newRow("an encoding that is none")
        << "--b\r\nContent-Transfer-Encoding: Binary\r\n" + head("name=\"a\"") + "x\r\n--b--"
        << "x"_ba;
}

void TestMultipart::contents()
{
    QFETCH(QByteArray, body);
    const auto parsed = parseMultipart(body, "b");
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
    QCOMPARE(parsed->size(), 1);
    QCOMPARE(parsed->first().name, u"a"_s);
    QVERIFY(!parsed->first().fileName);
    QTEST(parsed->first().content.toByteArray(), "content");
}

void TestMultipart::names_data()
{
    QTest::addColumn<QByteArray>("disposition");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("fileName"); // null: no file
    const QString none;
    QTest::newRow("quoted") << R"(name="a b;c=d")"_ba << u"a b;c=d"_s << none;
    QTest::newRow("a token") << "name=a"_ba << u"a"_s << none;
    QTest::newRow("empty") << R"(name="")"_ba << u""_s << none;
    QTest::newRow("UTF-8") << R"(name="größe")"_ba << u"größe"_s << none;
    QTest::newRow("no UTF-8") << "name=\"a\xff\""_ba << u"a\uFFFD"_s << none;
    QTest::newRow("as browsers escape")
        << R"(name="a%22b%0D%0Ac%20")"_ba << u"a\"b\r\nc%20"_s << none;
    QTest::newRow("with a backslash before a quote") << R"(name="a\"b")"_ba << u"a\"b"_s << none;
    QTest::newRow("with backslashes of its own")
        << R"(name="a"; filename="C:\dir\\b")"_ba << u"a"_s << u"C:\\dir\\b"_s;
    QTest::newRow("file") << R"(name="a"; filename="b.txt")"_ba << u"a"_s << u"b.txt"_s;
    QTest::newRow("no file chosen") << R"(name="a"; filename="")"_ba << u"a"_s << u""_s;
    QTest::newRow("name behind the file's") << R"(filename="b"; name="a")"_ba << u"a"_s << u"b"_s;
    QTest::newRow("a file by its extended name")
        << R"(name="a"; filename*=UTF-8''b)"_ba << u"a"_s << u""_s;
    QTest::newRow("semicolon at the end") << R"(name="a" ; ;)"_ba << u"a"_s << none;
}

void TestMultipart::names()
{
    QFETCH(QByteArray, disposition);
    QFETCH(QString, fileName);
    const QByteArray body = part(disposition, "x") + "--b--";
    const auto parsed = parseMultipart(body, "b");
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
    QCOMPARE(parsed->size(), 1);
    QTEST(parsed->first().name, "name");
    QCOMPARE(parsed->first().fileName.has_value(), !fileName.isNull());
    QCOMPARE(parsed->first().fileName.value_or(QString()), fileName);
}

void TestMultipart::parts()
{
    const QByteArray body = part("name=\"a\"", "1")
        + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.png\"\r\n"
          "Content-Type: image/png\r\n\r\n\x89PNG\r\n\r\n"
        + part("name=\"a\"", "") + "--b--\r\n";
    const auto parsed = parseMultipart(body, "b");
    QVERIFY(parsed);
    QCOMPARE(parsed->size(), 3);
    QCOMPARE(parsed->at(0).content.toByteArray(), "1"_ba);
    QCOMPARE(parsed->at(0).contentType, ""_ba);
    QCOMPARE(parsed->at(1).content.toByteArray(), "\x89PNG\r\n"_ba);
    QCOMPARE(parsed->at(1).contentType, "image/png"_ba);
    QCOMPARE(parsed->at(2).content.toByteArray(), ""_ba);

    const auto none = parseMultipart("--b--\r\n", "b");
    QVERIFY(none);
    QVERIFY(none->isEmpty());
}

void TestMultipart::boundaries_data()
{
    QTest::addColumn<QByteArray>("boundary");
    QTest::addColumn<bool>("valid");
    QTest::newRow("a browser's") << "----WebKitFormBoundary7MA4YWxkTrZu0gW"_ba << true;
    QTest::newRow("Firefox") << "---------------------------9051914041544843365972754266"_ba
                             << true;
    QTest::newRow("every character") << "'()+_,-./:=? aZ9"_ba << true;
    QTest::newRow("70 characters") << QByteArray(70, 'x') << true;
    QTest::newRow("71 characters") << QByteArray(71, 'x') << false;
    QTest::newRow("none") << ""_ba << false;
    QTest::newRow("space at the end") << "a "_ba << false;
    QTest::newRow("line break") << "a\r\nb"_ba << false;
    QTest::newRow("quote") << "a\"b"_ba << false;
    QTest::newRow("no ASCII") << "a\xff"_ba << false;
}

void TestMultipart::boundaries()
{
    QFETCH(QByteArray, boundary);
    const QByteArray body = "--" + boundary + "\r\n" + head("name=\"a\"") + "x\r\n--" + boundary
        + "--\r\n";
    QTEST(parseMultipart(body, boundary).has_value(), "valid");
}

void TestMultipart::refused_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray begin = "--b\r\n" + head("name=\"a\"");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("no boundary") << "a=b"_ba;
    QTest::newRow("other boundary") << "--c\r\n" + head("name=\"a\"") + "x\r\n--c--";
    QTest::newRow("a boundary and nothing else") << "--b\r\n"_ba;
    QTest::newRow("no end") << begin + "x";
    QTest::newRow("no end but a line break") << begin + "x\r\n";
    QTest::newRow("no end but the next part") << begin + "x\r\n--b\r\n";
    QTest::newRow("end without dashes") << begin + "x\r\n--b";
    QTest::newRow("end with one dash") << begin + "x\r\n--b-";
    QTest::newRow("line feeds") << QByteArray(begin + "x\r\n--b--").replace("\r\n", "\n");
    QTest::newRow("line feeds before boundaries") << begin + "x\n--b--\n";
    QTest::newRow("line feeds between headers")
        << "--b\r\nX: y\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--"_ba;
    QTest::newRow("headers do not end")
        << "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"_ba;
    QTest::newRow("headers end in a boundary")
        << "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n--b--\r\n\r\n"_ba;
    QTest::newRow("no headers") << "--b\r\n\r\nx\r\n--b--"_ba;
    QTest::newRow("no disposition") << "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--"_ba;
    QTest::newRow("two dispositions") << "--b\r\nContent-Disposition: form-data; name=\"c\"\r\n"
            + head("name=\"a\"") + "x\r\n--b--";
    QTest::newRow("no form-data")
        << "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--"_ba;
    QTest::newRow("no name") << part("filename=\"b\"", "x") + "--b--";
    QTest::newRow("two names") << part("name=\"a\"; name=\"b\"", "x") + "--b--";
    QTest::newRow("quote does not end") << part("name=\"a", "x") + "--b--";
    QTest::newRow("more behind the quote") << part("name=\"a\"b", "x") + "--b--";
    QTest::newRow("no semicolon") << part("name=\"a\" filename=\"b\"", "x") + "--b--";
    QTest::newRow("no equals sign") << part("name", "x") + "--b--";
    QTest::newRow("no value") << part("name=", "x") + "--b--";
    QTest::newRow("no colon") << "--b\r\nX\r\n" + head("name=\"a\"") + "x\r\n--b--";
    QTest::newRow("space before the colon")
        << "--b\r\nX : y\r\n" + head("name=\"a\"") + "x\r\n--b--";
    QTest::newRow("folded header") << "--b\r\nX: y\r\n z\r\n" + head("name=\"a\"") + "x\r\n--b--";
    QTest::newRow("null in a header")
        << "--b\r\nX: " + QByteArray(1, '\0') + "\r\n" + head("name=\"a\"") + "x\r\n--b--";
    QTest::newRow("carriage return in a name") << part("name=\"a\rb\"", "x") + "--b--";
    QTest::newRow("encoded") << "--b\r\nContent-Transfer-Encoding: base64\r\n" + head("name=\"a\"")
            + "x\r\n--b--";
}

void TestMultipart::refused()
{
    QFETCH(QByteArray, body);
    const auto parsed = parseMultipart(body, "b");
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().endsWith(u'.'), qPrintable(parsed.error()));
}

void TestMultipart::limits()
{
    const QByteArray one = part("name=\"a\"", "x");
    QVERIFY(parseMultipart(one.repeated(maxMultipartParts) + "--b--", "b"));
    QVERIFY(!parseMultipart(one.repeated(maxMultipartParts + 1) + "--b--", "b"));

    const qsizetype others = head("name=\"a\"").size() + qsizetype(strlen("X: \r\n")) - 4;
    const auto withHeader = [](qsizetype size) {
        return "--b\r\nX: " + QByteArray(size, 'x') + "\r\n" + head("name=\"a\"") + "y\r\n--b--";
    };
    QVERIFY(parseMultipart(withHeader(maxMultipartHeadSize - others), "b"));
    QVERIFY(!parseMultipart(withHeader(maxMultipartHeadSize - others + 1), "b"));
}

QTEST_GUILESS_MAIN(TestMultipart)
#include "tst_multipart.moc"
