// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "formbody_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

constexpr auto jsonType = "application/json";
constexpr auto urlEncodedType = "application/x-www-form-urlencoded";
constexpr auto multipartType = "multipart/form-data; boundary=b";

using Fields = QList<std::pair<QByteArray, QByteArray>>;

QByteArray multipart(const Fields &fields)
{
    QByteArray body;
    for (const auto &[name, value] : fields) {
        body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
            + "\r\n";
    }
    return body + "--b--\r\n";
}

QByteArray urlEncoded(const Fields &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs.append(name.toPercentEncoding() + '=' + value.toPercentEncoding());
    return pairs.join('&');
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray file(const QByteArray &name, const QByteArray &fileName, const QByteArray &content)
{
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
}

} // namespace

/// PROTOCOL.md A.7.
class TestFormBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data();
    void forms();
    void urlEncodedText_data();
    void urlEncodedText();
    void dataAsJson_data();
    void dataAsJson();
    void files();
    void json_data();
    void json();
    void contentTypes_data();
    void contentTypes();
    void refused_data();
    void refused();
    void limits();
};

/// The same fields in both encodings.
void TestFormBody::forms_data()
{
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("submitter");
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *name, const Fields &fields, const char *action,
                        const char *submitter, const char *data) {
        QTest::newRow(name) << fields << QString::fromUtf8(action) << QString::fromUtf8(submitter)
                            << QByteArray(data);
    };
    row("named action", {{"lvt-action", "save"}, {"title", "x"}}, "save", "", R"({"title":"x"})");
    row("named submitter", {{"lvt-submitter", "save"}, {"title", "x"}}, "save", "save",
        R"({"title":"x"})");
    row("both", {{"lvt-submitter", "b"}, {"lvt-action", "save"}, {"title", "x"}}, "save", "b",
        R"({"title":"x"})");
    row("empty action", {{"lvt-action", ""}, {"lvt-submitter", "b"}}, "b", "b", "{}");
    row("two actions", {{"lvt-action", "a"}, {"lvt-action", "b"}}, "a", "", "{}");
    row("button", {{"title", "x"}, {"increment", ""}}, "increment", "increment",
        R"({"title":"x"})");
    row("button alone", {{"increment", ""}}, "increment", "increment", "{}");
    row("button with a value", {{"title", "x"}, {"increment", "1"}}, "submit", "",
        R"({"increment":"1","title":"x"})");
    row("button and an empty text", {{"title", ""}, {"increment", ""}}, "submit", "",
        R"({"increment":"","title":""})");
    row("an empty text alone is taken for a button", {{"title", ""}}, "title", "title", "{}");
    row("empty text, but a named action", {{"lvt-action", "save"}, {"title", ""}}, "save", "",
        R"({"title":""})");
    row("two empty values of one name", {{"a", ""}, {"a", ""}}, "submit", "", R"({"a":["",""]})");
    row("two empty values and a button", {{"a", ""}, {"b", ""}, {"a", ""}}, "b", "b",
        R"({"a":["",""]})");
    row("a field called action is data", {{"action", "save"}}, "submit", "",
        R"({"action":"save"})");
    row("an empty one is no button", {{"action", ""}}, "submit", "", R"({"action":""})");
    row("and hides none", {{"action", ""}, {"increment", ""}}, "increment", "increment",
        R"({"action":""})");
    row("several values", {{"a", "1"}, {"b", "2"}, {"a", "3"}}, "submit", "",
        R"({"a":["1","3"],"b":"2"})");
    row("values are text", {{"n", "42"}, {"t", "true"}}, "submit", "", R"({"n":"42","t":"true"})");
    row("brackets mean nothing", {{"a[b]", "1"}, {"a[]", "2"}, {"c.d", "3"}}, "submit", "",
        R"({"a[]":"2","a[b]":"1","c.d":"3"})");
    row("fields without a name", {{"", "x"}, {"", ""}, {"a", "1"}}, "submit", "", R"({"a":"1"})");
    row("nothing", {}, "submit", "", "{}");
    row("UTF-8", {{"größe", "ü €"}}, "submit", "", R"({"größe":"ü €"})");
    row("no UTF-8", {{"a", "\xff\xc3("}}, "submit", "", "{\"a\":\"\uFFFD\uFFFD(\"}");
    row("UTF-8 that is cut off", {{"a", "x\xe2"}}, "submit", "", "{\"a\":\"x\uFFFD\"}");
    row("byte-order mark", {{"a", "\xef\xbb\xbfx"}}, "submit", "", "{\"a\":\"\uFEFFx\"}");
    row("line breaks", {{"a", "x\r\ny"}}, "submit", "", R"({"a":"x\r\ny"})");
    row("the encoding's name", {{"_charset_", "UTF-8"}, {"increment", ""}}, "increment",
        "increment", "{}");
    row("the encoding's name, not filled in", {{"_charset_", ""}, {"a", "1"}}, "submit", "",
        R"({"a":"1"})");
}

void TestFormBody::forms()
{
    QFETCH(Fields, fields);
    const auto encodings = {std::pair(urlEncodedType, urlEncoded(fields)),
                            std::pair(multipartType, multipart(fields))};
    for (const auto &[type, body] : encodings) {
        const auto posted = parsePostedAction(type, body);
        QVERIFY2(posted, posted ? "" : qPrintable(posted.error().message));
        QTEST(posted->action, "action");
        QTEST(posted->submitter, "submitter");
        QTEST(compact(posted->data), "data");
        QVERIFY(!posted->hasFiles);
    }
}

void TestFormBody::urlEncodedText_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("plus and escapes") << "a=x+y%2B%20z%26%3D"_ba << R"({"a":"x y+ z&="})"_ba;
    QTest::newRow("in names") << "a+%62=x"_ba << R"({"a b":"x"})"_ba;
    QTest::newRow("small digits") << "a=%c3%bc"_ba << R"({"a":"ü"})"_ba;
    QTest::newRow("no digits") << "a=100%&b=%zz&c=%4&d=%%41"_ba
                               << R"({"a":"100%","b":"%zz","c":"%4","d":"%A"})"_ba;
    QTest::newRow("no equals sign, several") << "a&b"_ba << R"({"a":"","b":""})"_ba;
    QTest::newRow("several equals signs") << "a=b=c&d=="_ba << R"({"a":"b=c","d":"="})"_ba;
    QTest::newRow("empty pairs") << "&&a=1&&b=2&"_ba << R"({"a":"1","b":"2"})"_ba;
    QTest::newRow("no name") << "=x&a=1"_ba << R"({"a":"1"})"_ba;
    QTest::newRow("semicolons do not separate") << "a=1;b=2"_ba << R"({"a":"1;b=2"})"_ba;
    QTest::newRow("null") << "a=x%00y"_ba << R"({"a":"x\u0000y"})"_ba;
    QTest::newRow("data is an ordinary field") << R"(data={"b":1}&a=1)"_ba
                                               << R"({"a":"1","data":"{\"b\":1}"})"_ba;
}

void TestFormBody::urlEncodedText()
{
    QFETCH(QByteArray, body);
    const auto posted = parsePostedAction(urlEncodedType, body);
    QVERIFY(posted);
    QCOMPARE(posted->action, u"submit"_s);
    QTEST(compact(posted->data), "data");
}

void TestFormBody::dataAsJson_data()
{
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("replaces all fields")
        << Fields{{"lvt-action", "save"}, {"a", "1"}, {"data", R"({"b":2})"}} << u"save"_s
        << R"({"b":2})"_ba;
    QTest::newRow("leaves no button to find")
        << Fields{{"increment", ""}, {"data", R"({"b":2})"}} << u"submit"_s << R"({"b":2})"_ba;
    QTest::newRow("empty object") << Fields{{"a", "1"}, {"data", "{}"}} << u"submit"_s << "{}"_ba;
    QTest::newRow("empty") << Fields{{"a", "1"}, {"data", ""}} << u"submit"_s << R"({"a":"1"})"_ba;
}

void TestFormBody::dataAsJson()
{
    QFETCH(Fields, fields);
    const auto posted = parsePostedAction(multipartType, multipart(fields));
    QVERIFY(posted);
    QTEST(posted->action, "action");
    QTEST(compact(posted->data), "data");
}

void TestFormBody::files()
{
    const QByteArray end = multipart({{"lvt-action", "save"}, {"title", "x"}});
    auto posted = parsePostedAction(multipartType, file("image", "a.png", "PNG") + end);
    QVERIFY(posted);
    QCOMPARE(posted->action, u"save"_s);
    QCOMPARE(compact(posted->data), R"({"title":"x"})"_ba);
    QVERIFY(posted->hasFiles);

    // An input without a chosen file; it is no clicked button either.
    posted = parsePostedAction(multipartType, file("image", "", "") + multipart({{"title", "x"}}));
    QVERIFY(posted);
    QCOMPARE(posted->action, u"submit"_s);
    QVERIFY(!posted->hasFiles);

    // A file cannot name the action, whatever it is called.
    posted = parsePostedAction(
        multipartType, file("lvt-action", "a", "delete") + file("data", "b", "{\"x\":1}") + end);
    QVERIFY(posted);
    QCOMPARE(posted->action, u"save"_s);
    QCOMPARE(compact(posted->data), R"({"title":"x"})"_ba);
}

void TestFormBody::json_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("submitter");
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *body, const char *action, const char *submitter,
                        const char *data) {
        QTest::newRow(body) << QByteArray(body) << QString::fromUtf8(action)
                            << QString::fromUtf8(submitter) << QByteArray(data);
    };
    row(R"({"action":"save","data":{"n":42,"t":true,"l":[1]}})", "save", "",
        R"({"l":[1],"n":42,"t":true})");
    row(R"({"action":"save"})", "save", "", "{}");
    row(R"({"action":"save","data":null})", "save", "", "{}");
    row(R"({"action":"save","submitter":"b"})", "save", "b", "{}");
    row(R"({"action":"","submitter":"b"})", "b", "b", "{}");
    row(R"({"submitter":"b"})", "b", "b", "{}");
    row(R"({"action":null,"submitter":"b"})", "b", "b", "{}");
    row(R"({"action":"save","submitter":null,"other":1})", "save", "", "{}");
    row(R"({"action":"a","data":{"k":1,"k":2}})", "a", "", R"({"k":2})");
    row(R"({"action":"a","data":{"":1,"a[b]":2,"lvt-action":"x"}})", "a", "",
        R"({"":1,"a[b]":2,"lvt-action":"x"})");
}

void TestFormBody::json()
{
    QFETCH(QByteArray, body);
    const auto posted = parsePostedAction(jsonType, body);
    QVERIFY2(posted, posted ? "" : qPrintable(posted.error().message));
    QTEST(posted->action, "action");
    QTEST(posted->submitter, "submitter");
    QTEST(compact(posted->data), "data");
}

void TestFormBody::contentTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("supported");
    const QByteArrayList supported{
        "application/json",
        "application/json;charset=utf-8",
        "Application/JSON ; CharSet=\"UTF-8\"",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "multipart/form-data; boundary=b",
        "MULTIPART/FORM-DATA; BOUNDARY=\"b\"; x=y",
    };
    for (const QByteArray &type : supported)
        QTest::newRow(type.constData()) << type << true;
    const QByteArrayList unsupported{
        "",
        ";",
        "text/plain",
        "application/jsonp",
        "text/json",
        "multipart/mixed; boundary=b",
        "application/xml",
        "application/json; charset=utf-16",
        "application/json; charset",
        "application/x-www-form-urlencoded; charset=iso-8859-1",
        "multipart/form-data; boundary=b; boundary=c",
        "multipart/form-data, boundary=b",
        "application/json\r\nX: y",
    };
    for (const QByteArray &type : unsupported)
        QTest::newRow(("not '" + type.simplified() + '\'').constData()) << type << false;
}

void TestFormBody::contentTypes()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, supported);
    const QByteArray lower = type.toLower();
    const QByteArray body = lower.contains("json") ? R"({"action":"a"})"_ba
        : lower.contains("multipart")              ? multipart({{"a", ""}})
                                                   : "a="_ba;
    const auto posted = parsePostedAction(type, body);
    QCOMPARE(posted.has_value(), supported);
    if (posted) {
        QCOMPARE(posted->action, u"a"_s);
    } else {
        QCOMPARE(posted.error().kind, PostedActionError::UnsupportedMediaType);
        QVERIFY(posted.error().message.endsWith(u'.'));
    }
}

void TestFormBody::refused_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArrayList json{
        "",
        "{",
        "null",
        "[]",
        "5",
        "\"save\"",
        "{}",
        R"({"action":""})",
        R"({"action":"","submitter":""})",
        R"({"action":5})",
        R"({"action":"a","submitter":5})",
        R"({"action":"a","data":5})",
        R"({"action":"a","data":[]})",
        R"({"action":"a"} x)",
        "{\"action\":\"\xff\"}",
        "action=save",
        R"({"action":"__ping__"})",
        R"({"submitter":"__navigate__"})",
    };
    for (const QByteArray &body : json)
        QTest::newRow(("JSON " + body).constData()) << QByteArray(jsonType) << body;
    QTest::newRow("JSON that is nested too deeply")
        << QByteArray(jsonType)
        << R"({"action":"a","data":{"a":)" + QByteArray(2000, '[') + QByteArray(2000, ']') + "}}";

    const auto multipartRow = [](const char *name, const QByteArray &body) {
        QTest::newRow(name) << QByteArray(multipartType) << body;
    };
    multipartRow("no body", "");
    multipartRow("no end", "--b\r\n");
    multipartRow("data that is no JSON", multipart({{"data", "x"}}));
    multipartRow("data that is no object", multipart({{"data", "[]"}}));
    multipartRow("encoding", multipart({{"_charset_", "windows-1252"}}));
    multipartRow("a field's encoding",
                 "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; "
                 "charset=utf-16\r\n\r\nx\r\n--b--");
    QTest::newRow("no boundary") << "multipart/form-data"_ba << multipart({{"a", "1"}});
    QTest::newRow("other boundary")
        << "multipart/form-data; boundary=c"_ba << multipart({{"a", "1"}});

    const QByteArray urlEncodedName = urlEncodedType;
    QTest::newRow("urlencoded encoding") << urlEncodedName << "_charset_=ISO-8859-1&a=1"_ba;
    QTest::newRow("ping") << urlEncodedName << "lvt-action=__ping__"_ba;
    QTest::newRow("navigate") << urlEncodedName << "__navigate__="_ba;
}

void TestFormBody::refused()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto posted = parsePostedAction(type, body);
    QVERIFY(!posted);
    QCOMPARE(posted.error().kind, PostedActionError::Malformed);
    QVERIFY2(posted.error().message.endsWith(u'.'), qPrintable(posted.error().message));
}

void TestFormBody::limits()
{
    const QByteArray field = "a=1&";
    QVERIFY(parsePostedAction(urlEncodedType, field.repeated(maxFormFields)));
    const auto refused = parsePostedAction(urlEncodedType, field.repeated(maxFormFields + 1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, PostedActionError::Malformed);
    QVERIFY(!parsePostedAction(urlEncodedType, field.repeated(10'000)));

    Fields fields(maxFormFields, {"a", "1"});
    QVERIFY(parsePostedAction(multipartType, multipart(fields)));
    fields.emplaceBack("a", "1");
    QVERIFY(!parsePostedAction(multipartType, multipart(fields)));
}

QTEST_GUILESS_MAIN(TestFormBody)
#include "tst_formbody.moc"
