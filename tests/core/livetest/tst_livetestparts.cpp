// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The parts of the test kit that its users do not see.

#include "clienttree_p.h"
#include "formencoding_p.h"
#include "htmlpage_p.h"
#include "selector_p.h"
#include "wirevalue_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace LiveTest;
using namespace Qt::StringLiterals;

class LiveTestPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wireValues_data();
    void wireValues();
    void selectors_data();
    void selectors();
    void refusedSelectors_data();
    void refusedSelectors();
    void trees_data();
    void trees();
    void boundFields();
    void texts();
    void encodings();
};

void LiveTestPartsTest::wireValues_data()
{
    // What parseValue of @livetemplate/client 0.25.1 gives (PROTOCOL.md B.3).
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("wire");
    const auto row = [](const char *text, const QByteArray &wire) {
        QTest::newRow(text) << QString::fromUtf8(text) << wire;
    };
    row("42", "42");
    row(" 5 ", "5");
    row("-3.25", "-3.25");
    row("0.1", "0.1");
    row("1e-7", "1e-7");
    row("0", "0");
    row("-0", "\"-0\"");
    row("007", "\"007\"");
    row("1e3", "\"1e3\"");
    row("1.0", "\"1.0\"");
    row("9007199254740991", "9007199254740991");
    row("9007199254740993", "\"9007199254740993\"");
    row(" 9007199254740993 ", "\"9007199254740993\"");
    row("true", "true");
    row("false", "false");
    row(" true", "\" true\"");
    row("True", "\"True\"");
    row("Infinity", "null");
    row("NaN", "\"NaN\"");
    row("0x10", "\"0x10\"");
    row("12px", "\"12px\"");
    row("", "\"\"");
}

void LiveTestPartsTest::wireValues()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, wire);
    const QByteArray expected = '[' + wire + ']';
    QCOMPARE(wireValue(text), QJsonDocument::fromJson(expected).array().at(0));
}

void LiveTestPartsTest::selectors_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QString>("ids");
    const auto row = [](const char *selector, const char *ids) {
        QTest::newRow(selector) << QString::fromUtf8(selector) << QString::fromLatin1(ids);
    };
    row("#a", "a");
    row("p", "b c");
    row("P", "b c");
    row(".x", "b d");
    row("p.x", "b");
    row(".x.y", "d");
    row("div p", "b c");
    row("div > p", "b");
    row("section>p", "c");
    row("p + section", "s");
    row("p ~ span", "d");
    row("p, span", "b c d");
    row("[data-n]", "c d");
    row("[data-n=\"1 2\"]", "c");
    row("[data-n='3']", "d");
    row("[data-n=3]", "d");
    row("[data-n^=1]", "c");
    row("[data-n$='2']", "c");
    row("[data-n*=\" \"]", "c");
    row("[data-n~='2']", "c");
    row("[lvt-on:click=go]", "d");
    row("[lvt-on\\:click]", "d");
    row("div > *:first-child", "b");
    row("div > *:last-child", "d");
    row("div > :nth-child(2)", "s");
    row("div > :nth-child(odd)", "b d");
    row("div > :nth-last-child(1)", "d");
    row("p:not(.x)", "c");
    row("div :is(p, span)", "b c d");
    row(":contains('two words')", "a s c");
    row("p:contains(two)", "c");
    row("span:empty", "");
    row("#a #s p", "c");
    row("#a > p", "b");
    row("body p", "b c");
    row(".nothing", "");
}

void LiveTestPartsTest::selectors()
{
    QFETCH(const QString, selector);
    QFETCH(const QString, ids);
    const HtmlPage page(uR"(<div id="a"><p id="b" class="x">one</p><section id="s">
        <p id="c" data-n="1 2">two
        words</p></section><span id="d" class="x y" data-n="3" lvt-on:click="go">3</span></div>)"_s);
    const auto parsed = Selector::parse(selector);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
    QStringList found;
    for (const Element element : page.elements()) {
        if (parsed->matches(element, {[](Element) {
                                return false;
                            }})
            && hasAttribute(element, "id"))
            found.append(attributeOf(element, "id"));
    }
    QCOMPARE(found.join(u' '), ids);
}

void LiveTestPartsTest::refusedSelectors_data()
{
    QTest::addColumn<QString>("selector");
    for (const char *selector :
         {"",     " ",   ">",      "p >",      "p > > a", "p,,a",          "[a",     "[a=]x",
          "[=x]", "#",   ".",      ":",        "p:hover", ":nth-child(x)", ":not()", ":contains('x",
          "p)",   "a!b", "[a='x]", "p::before"})
        QTest::newRow(selector) << QString::fromLatin1(selector);
}

void LiveTestPartsTest::refusedSelectors()
{
    QFETCH(const QString, selector);
    const auto parsed = Selector::parse(selector);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().startsWith(u"The selector \"%1\" cannot"_s.arg(selector)),
             qPrintable(parsed.error()));
}

void LiveTestPartsTest::trees_data()
{
    QTest::addColumn<QByteArray>("updates");
    QTest::addColumn<QString>("html");
    const QByteArray list = R"({"s":["<ul>","</ul>"],"0":{"s":["<li>","</li>"],"d":[)"
                            R"({"_k":"a","0":"A"},{"_k":"b","0":"B"}],"m":{"idKey":"0"},)"
                            R"("else":"none"}})";
    const auto row = [](const char *name, const QByteArray &updates, const char *html) {
        QTest::newRow(name) << '[' + updates + ']' << QString::fromUtf8(html);
    };
    row("statics and slots", R"({"s":["a","b","c"],"0":"1","1":2.5})", "a1b2.5c");
    row("a slot that is missing", R"({"s":["a","b"]})", "ab");
    row("a new value", R"({"s":["a","b"],"0":"1"},{"0":"2"})", "a2b");
    row("nothing", R"({"s":["a","b"],"0":"1"},{})", "a1b");
    row("true, false, null", R"({"s":["","|","|",""],"0":true,"1":false,"2":null})", "true|false|");
    row("braces", R"({"s":["a","b"],"0":"{{x}}"})", "ab");
    row("root", R"({"s":["<root>a","</root>"],"0":"1"})", "a1");
    row("a nested value",
        R"({"s":["a","b"],"0":{"s":["<","|",">"],"0":"1","1":"2"}},{"0":{"1":"3"}})", "a<1|3>b");
    row("another branch",
        R"({"s":["a","b"],"0":{"s":["<","|",">"],"0":"1","1":"2"}},{"0":{"s":["[","]"],"0":"3"}})",
        "a[3]b");
    row("a list", list, "<ul><li>A</li><li>B</li></ul>");
    row("removed", list + R"(,{"0":[["r","a"]]})", "<ul><li>B</li></ul>");
    row("all removed", list + R"(,{"0":[["r","a"],["r","b"]]})", "<ul>none</ul>");
    row("changed", list + R"(,{"0":[["u","b",{"0":"C"}]]})", "<ul><li>A</li><li>C</li></ul>");
    row("appended", list + R"(,{"0":[["a",{"_k":"c","0":"C"}]]})",
        "<ul><li>A</li><li>B</li><li>C</li></ul>");
    row("prepended", list + R"(,{"0":[["p",[{"_k":"c","0":"C"},{"_k":"d","0":"D"}]]]})",
        "<ul><li>C</li><li>D</li><li>A</li><li>B</li></ul>");
    row("inserted", list + R"(,{"0":[["i","a",{"_k":"c","0":"C"}]]})",
        "<ul><li>A</li><li>C</li><li>B</li></ul>");
    row("behind what is not there", list + R"(,{"0":[["i","x",{"_k":"c","0":"C"}]]})",
        "<ul><li>A</li><li>B</li></ul>");
    row("in another order", list + R"(,{"0":[["o",["b","a"]]]})", "<ul><li>B</li><li>A</li></ul>");
    row("in an order without one", list + R"(,{"0":[["o",["b"]]]})", "<ul><li>B</li></ul>");
    row("a list replaced", list + R"(,{"0":{"s":["<b>","</b>"],"d":[{"0":"X"}]}})",
        "<ul><b>X</b></ul>");
    row("a list gone", list + R"(,{"0":""})", "<ul></ul>");
}

void LiveTestPartsTest::trees()
{
    QFETCH(const QByteArray, updates);
    QFETCH(const QString, html);
    const QJsonDocument document = QJsonDocument::fromJson(updates);
    QVERIFY(document.isArray());
    ClientTree tree;
    for (const QJsonValue &update : document.array())
        tree.apply(update.toObject());
    QCOMPARE(tree.html(), html);
}

void LiveTestPartsTest::boundFields()
{
    ClientTree tree;
    tree.apply(QJsonDocument::fromJson(
                   R"({"s":["<input name=\"a\" value=\"","\">","<textarea name=\"b\">",)"
                   R"("</textarea><input type=\"checkbox\" name=\"c\" ",)"
                   R"("><input value=\"","\" name=\"d\">"],)"
                   R"("0":"","1":"","2":"","3":"","4":{"s":["<p name=\"e\" title=\"","\">"]}})")
                   .object());
    // The name must come before the value, or it is not found.
    QCOMPARE(tree.boundFields(), (QSet<QString>{u"a"_s, u"b"_s, u"c"_s}));
}

void LiveTestPartsTest::texts()
{
    const HtmlPage page(uR"(<ul><li>one<li>two</ul><p>a<b>b</b> c<br>d</p><script>x</script>)"_s);
    QCOMPARE(shownText(page.elements().front()), u"one two ab c d"_s);
    QStringList sources;
    for (const Element element : page.elements()) {
        if (isTag(element, u"li") || isTag(element, u"b"))
            sources.append(page.outerHtml(element));
    }
    QCOMPARE(sources, (QStringList{u"<li>one"_s, u"<li>two"_s, u"<b>b</b>"_s}));
}

void LiveTestPartsTest::encodings()
{
    const QList<FormEntry> entries{{u"a b"_s, u"1&2\n3"_s},
                                   {u"ä\""_s, u"~*-._"_s},
                                   {u"f"_s, {}, true}};
    QCOMPARE(urlEncoded(entries), "a+b=1%262%0D%0A3&%C3%A4%22=%7E*-._&f=");
    const EncodedForm form = multipartEncoded(entries);
    const QByteArray boundary = form.contentType.sliced(form.contentType.indexOf('=') + 1);
    QCOMPARE(form.body.count("--" + boundary), 4);
    QVERIFY(form.body.contains("name=\"\xc3\xa4%22\"\r\n\r\n~*-._\r\n"));
    QVERIFY(form.body.contains("name=\"f\"; filename=\"\"\r\n"));
    QVERIFY(form.body.endsWith("--" + boundary + "--\r\n"));
}

QTEST_GUILESS_MAIN(LiveTestPartsTest)
#include "tst_livetestparts.moc"
