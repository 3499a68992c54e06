// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clientrenderer.h"
#include "template.h"
#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

QVariantHash row(const QVariant &id, const QString &name)
{
    return {{u"id"_s, id}, {u"name"_s, name}};
}

/// A page as one connection sees it.
class Page
{
public:
    explicit Page(const QString &source)
        : m_template(load(source))
    {
    }

    /// What the connection is sent for @p values.
    QByteArray send(const QVariantHash &values)
    {
        const auto tree = m_template.render(values);
        if (!tree)
            qFatal("%s", qPrintable(tree.error().toString()));
        QByteArray sent;
        if (m_shown)
            appendDifference(sent, *m_shown, **tree);
        else
            appendTree(sent, **tree);
        m_shown = *tree;
        m_sent.append(sent);
        return sent;
    }

    [[nodiscard]] QByteArray html() const
    {
        QByteArray html;
        appendHtml(html, *m_shown);
        return html;
    }

    /// What the client holds after all that was sent.
    [[nodiscard]] QByteArray held() const
    {
        static ClientRenderer client;
        const auto held = client.heldAfterEach({'[' + m_sent.join(',') + ']'});
        if (!held)
            qFatal("%s", qPrintable(held.error()));
        return held->last().last();
    }

private:
    static Template load(const QString &source)
    {
        TemplateOptions options;
        options.sources.insert(u"page.html"_s, source);
        auto compiled = Template::load(u"page.html"_s, options);
        if (!compiled)
            qFatal("%s", qPrintable(compiled.error().toString()));
        return *std::move(compiled);
    }

    Template m_template;
    std::shared_ptr<const Tree> m_shown;
    QList<QByteArray> m_sent;
};

const QVariantHash twoRows{{u"rows"_s, QVariantList{row(1, u"a"_s), row(2, u"b"_s)}}};
const QVariantHash changedRows{{u"rows"_s, QVariantList{row(1, u"a"_s), row(2, u"B"_s)}}};
const QVariantHash noRows{{u"rows"_s, QVariantList()}};

} // namespace

/// Each MUST and each trap of PROTOCOL.md C.
class TestTraps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mustSendTheValueAloneWhenOnlyItChanged();
    void mustSendNothingWhenNothingChanged();
    void mustSendTheStaticsOfAnotherBranch();
    void mustSendTheStaticsOfBranchesInNewRows();
    void mustKeyEachRowByAString();
    void mustUseEachOperation_data();
    void mustUseEachOperation();
    void mustNotSendMoreThanTheWholeRange();
    void mustKeepATreeFromBeingTakenForTheRangeBeforeIt();
    void trap1RootIsNoRange();
    void trap2NoEmptyOperations();
    void trap3NoOperationsWithoutARange();
    void trap4BracesAroundAValue_data();
    void trap4BracesAroundAValue();
    void trap5RootTags();
    void trap6KeyedRangeThatIsNotAloneIsNested_data();
    void trap6KeyedRangeThatIsNotAloneIsNested();
    void trap7KeysOnTwoRanges();
    void trap9EscapingIsTheServers();
    void trap10ScriptsStayOutside_data();
    void trap10ScriptsStayOutside();
};

void TestTraps::mustSendTheValueAloneWhenOnlyItChanged()
{
    Page page(u"<h1>{{ a }}</h1><p>{{ b }}</p>"_s);
    QCOMPARE(page.send({{u"a"_s, 1}, {u"b"_s, 2}}),
             R"({"s":["<h1>","</h1><p>","</p>"],"0":"1","1":"2"})"_ba);
    QCOMPARE(page.send({{u"a"_s, 1}, {u"b"_s, 3}}), R"({"1":"3"})"_ba);
}

void TestTraps::mustSendNothingWhenNothingChanged()
{
    Page page(u"{{ a }}{% for r in rows %}<i>{{ r.name }}</i>{% endfor %}"_s);
    page.send(twoRows);
    QCOMPARE(page.send(twoRows), "{}"_ba);
}

void TestTraps::mustSendTheStaticsOfAnotherBranch()
{
    Page page(u"{% if a %}<b>{{ x }}</b>{% else %}<i>{{ x }}</i>{% endif %}"_s);
    page.send({{u"a"_s, true}, {u"x"_s, 1}});
    QCOMPARE(page.send({{u"a"_s, true}, {u"x"_s, 2}}), R"({"0":{"0":"2"}})"_ba);
    QCOMPARE(page.send({{u"a"_s, false}, {u"x"_s, 2}}), R"({"0":{"s":["<i>","</i>"],"0":"2"}})"_ba);
    QCOMPARE(page.held(), "<i>2</i>"_ba);
}

void TestTraps::mustSendTheStaticsOfBranchesInNewRows()
{
    Page page(
        u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{% if r.name %}<b>{{ r.name }}</b>"
        "{% endif %}</li>{% endfor %}</ul>"_s);
    page.send({{u"rows"_s, QVariantList{row(1, u"a"_s)}}});
    QCOMPARE(page.send(twoRows),
             R"({"0":[["a",{"_k":"2","0":"2","1":{"s":["<b>","</b>"],"0":"b"}}]]})"_ba);
    QCOMPARE(page.held(), page.html());
}

void TestTraps::mustKeyEachRowByAString()
{
    Page page(
        u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}</ul>"_s);
    const QVariantList rows{row(7, u"a"_s), row(u"x&\"y"_s, u"b"_s), row(2.5, u"c"_s)};
    const QJsonObject tree = QJsonDocument::fromJson(page.send({{u"rows"_s, rows}})).object();
    QStringList keys;
    for (const QJsonValue &item : tree.value(u"0").toObject().value(u"d").toArray())
        keys.append(item.toObject().value(u"_k").toString());
    // As the browser has them in the attribute, which we wrote escaped.
    QCOMPARE(keys, QStringList({u"7"_s, u"x&\"y"_s, u"2.5"_s}));
}

void TestTraps::mustUseEachOperation_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QByteArray>("sent");
    const auto item = [](char key) {
        return QByteArray(R"({"_k":"K","0":"K","1":"K!"})").replace('K', key);
    };
    QTest::newRow("remove") << u"abcd"_s << u"abd"_s << R"({"0":[["r","c"]]})"_ba;
    QTest::newRow("append") << u"ab"_s << u"abc"_s << R"({"0":[["a",)" + item('c') + "]]}";
    QTest::newRow("append two") << u"ab"_s << u"abcd"_s
                                << R"({"0":[["a",[)" + item('c') + ',' + item('d') + "]]]}";
    QTest::newRow("prepend") << u"bc"_s << u"abc"_s << R"({"0":[["p",)" + item('a') + "]]}";
    QTest::newRow("prepend two") << u"cde"_s << u"abcde"_s
                                 << R"({"0":[["p",[)" + item('a') + ',' + item('b') + "]]]}";
    QTest::newRow("insert") << u"abd"_s << u"abcd"_s << R"({"0":[["i","b",)" + item('c') + "]]}";
    QTest::newRow("insert and remove")
        << u"abcdef"_s << u"abxdef"_s << R"({"0":[["r","c"],["i","b",)" + item('x') + "]]}";
    QTest::newRow("move one of few: the keys are shorter")
        << u"abcd"_s << u"bcda"_s << R"({"0":[["o",["b","c","d","a"]]]})"_ba;
    QTest::newRow("move one of many: the row is shorter")
        << u"abcdefghijklmnopqrstuvwxyz"_s << u"bcdefghijklmanopqrstuvwxyz"_s
        << R"({"0":[["r","a"],["i","m",)" + item('a') + "]]}";
    QTest::newRow("shuffle") << u"abcdefgh"_s << u"hbgdfcea"_s
                             << R"({"0":[["o",["h","b","g","d","f","c","e","a"]]]})"_ba;
}

void TestTraps::mustUseEachOperation()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto values = [](const QString &keys) {
        QVariantList rows;
        for (const QChar key : keys)
            rows.append(row(QString(key), key + u"!"_s));
        return QVariantHash{{u"rows"_s, rows}};
    };
    Page page(
        u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}</ul>"_s);
    page.send(values(before));
    QTEST(page.send(values(after)), "sent");
    QCOMPARE(page.held(), page.html());
}

void TestTraps::mustNotSendMoreThanTheWholeRange()
{
    Page page(
        u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}</ul>"_s);
    page.send({{u"rows"_s, QVariantList{row(1, u"a"_s), row(2, u"b"_s), row(3, u"c"_s)}}});
    // Three removals and one row are more than that row by itself.
    QCOMPARE(page.send({{u"rows"_s, QVariantList{row(9, u"z"_s)}}}),
             R"({"0":{"d":[{"_k":"9","0":"9","1":"z"}]}})"_ba);
    QCOMPARE(page.held(), page.html());
}

void TestTraps::mustKeepATreeFromBeingTakenForTheRangeBeforeIt()
{
    // The client merges what it is sent with what it holds, and would keep the first branch's rows.
    Page page(
        u"{% if a %}<p>{% for r in rows %}<i>{{ r.name }}</i>{% endfor %}</p>{% else %}<b>"
        "{% if a2 %}{% else %}<u>{% for r in rows %}{{ r.id }},{% endfor %}</u>{% endif %}</b>"
        "{% endif %}"_s);
    QVariantHash values = twoRows;
    values.insert(u"a"_s, true);
    page.send(values);
    values.insert(u"a"_s, false);
    QVERIFY(page.send(values).contains("\"d\":null"));
    QCOMPARE(page.held(), "<b><u>1,2,</u></b>"_ba);
}

void TestTraps::trap1RootIsNoRange()
{
    Page page(u"{% for r in rows %}<i>{{ r.name }}</i>{% endfor %}"_s);
    const QByteArray sent = page.send(twoRows);
    QVERIFY2(sent.startsWith(R"({"s":["",""],"0":{"s":["<i>","</i>"],"d":[)"), sent.constData());
    QCOMPARE(page.held(), "<i>a</i><i>b</i>"_ba);
}

void TestTraps::trap2NoEmptyOperations()
{
    Page page(
        u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}</ul>{{ x }}"_s);
    QVariantHash values = twoRows;
    page.send(values);
    values.insert(u"x"_s, 1);
    QCOMPARE(page.send(values), R"({"1":"1"})"_ba);
    QCOMPARE(page.held(), page.html());
}

void TestTraps::trap3NoOperationsWithoutARange()
{
    Page page(
        u"{% if on %}<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\"></li>{% endfor %}</ul>"
        "{% endif %}"_s);
    QVariantHash values = twoRows;
    page.send(values);
    values.insert(u"on"_s, true);
    const QByteArray sent = page.send(values);
    QVERIFY2(sent.contains(R"("d":[{)") && sent.contains(R"("s":["<li data-key)"),
             sent.constData());
    QCOMPARE(page.held(), page.html());

    Page list(u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\"></li>{% endfor %}</ul>"_s);
    list.send(noRows);
    QVERIFY(list.send(twoRows).startsWith(R"({"0":{"d":[{)"));
    QCOMPARE(list.held(), list.html());
    QVERIFY(list.send(noRows).startsWith(R"({"0":{"d":[],"else")"));
    QCOMPARE(list.held(), "<ul></ul>"_ba);
}

void TestTraps::trap4BracesAroundAValue_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("html");
    QTest::newRow("text") << u"{{ x }}"_s << "&#123;{ y }}"_ba;
    QTest::newRow("safe text") << u"{{ x|safe }}"_s << "&#123;{ y }}"_ba;
    QTest::newRow("attribute") << u"<p title=\"{{ x }}\">"_s << "<p title=\"&#123;{ y }}\">"_ba;
    QTest::newRow("script") << u"<p onclick=\"f('{{ x }}')\">"_s
                            << R"--(<p onclick="f('\u007b\u007b y \u007d\u007d')">)--"_ba;
    QTest::newRow("filter") << u"{% filter lower %}{{ x }}{% endfilter %}"_s << "&#123;{ y }}"_ba;
    QTest::newRow("template tags are text")
        << u"{% templatetag openvariable %} y {% templatetag closevariable %}"_s << "{{ y }}"_ba;
}

void TestTraps::trap4BracesAroundAValue()
{
    QFETCH(QString, source);
    Page page(source);
    page.send({{u"x"_s, u"{{ y }}"_s}});
    QTEST(page.html(), "html");
    QCOMPARE(page.held(), page.html());
}

void TestTraps::trap5RootTags()
{
    Page page(u"a<root>{{ x|safe }}</root>{{ x }}"_s);
    page.send({{u"x"_s, u"<root>1</root>"_s}});
    QCOMPARE(page.html(), "a<root ><root >1</root ></root >&lt;root&gt;1&lt;/root&gt;"_ba);
    QCOMPARE(page.held(), page.html());
}

void TestTraps::trap6KeyedRangeThatIsNotAloneIsNested_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<bool>("isNested");
    const QString rows
        = u"{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}"_s;
    QTest::newRow("alone in its element") << u"<ul class=\"a\">"_s + rows + u"</ul>"_s << false;
    QTest::newRow("alone in a table")
        << u"<table><tbody>{% for r in rows %}<tr data-key='{{ r.id }}'><td>{{ r.name }}</td></tr>{% endfor %}</tbody></table>"_s
        << false;
    QTest::newRow("branch in a row")
        << u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{% if r.name %}<b>{{ r.name }}</b>{% endif %}</li>{% endfor %}</ul>"_s
        << false;
    QTest::newRow("whole page") << rows << true;
    QTest::newRow("element before") << u"<ul><li>head</li>"_s + rows + u"</ul>"_s << true;
    QTest::newRow("value before") << u"<ul>{{ x }}"_s + rows + u"</ul>"_s << true;
    QTest::newRow("text behind") << u"<ul>"_s + rows + u".</ul>"_s << true;
    QTest::newRow("white space around") << u"<ul>\n"_s + rows + u"\n</ul>"_s << true;
    QTest::newRow("value in the element's tag")
        << u"<ul class=\"{{ x }}\">"_s + rows + u"</ul>"_s << true;
    QTest::newRow("else")
        << u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% empty %}<li>none</li>{% endfor %}</ul>"_s
        << true;
    QTest::newRow("two elements in a row")
        << u"<dl>{% for r in rows %}<dt data-key=\"{{ r.id }}\">{{ r.name }}</dt><dd></dd>{% endfor %}</dl>"_s
        << true;
    QTest::newRow("key inside the row")
        << u"<ul>{% for r in rows %}<li><b data-key=\"{{ r.id }}\">{{ r.name }}</b></li>{% endfor %}</ul>"_s
        << true;
    QTest::newRow("end tags left out")
        << u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}{% endfor %}</ul>"_s
        << true;
    QTest::newRow("input in a row")
        << u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}<input></li>{% endfor %}</ul>"_s
        << true;
    QTest::newRow("void element before") << u"<p><br>"_s + rows + u"</p>"_s << true;
}

void TestTraps::trap6KeyedRangeThatIsNotAloneIsNested()
{
    QFETCH(QString, source);
    QFETCH(bool, isNested);
    Page page(source);
    page.send(twoRows);
    const QByteArray sent = page.send(changedRows);
    const qsizetype operations = sent.indexOf("[[\"u\",\"2\",");
    QVERIFY2(operations > 0, sent.constData());
    QCOMPARE(sent.first(operations).count('{'), isNested ? 2 : 1);
    QCOMPARE(page.held(), page.html());
}

void TestTraps::trap7KeysOnTwoRanges()
{
    Page page(
        u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}</ul>"
        "<ol>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}</ol>"_s);
    page.send(twoRows);
    QCOMPARE(page.send(changedRows),
             R"({"0":{"0":[["u","2",{"1":"B"}]]},"1":{"0":[["u","2",{"1":"B"}]]}})"_ba);
    QCOMPARE(page.held(), page.html());
}

void TestTraps::trap9EscapingIsTheServers()
{
    Page page(u"<p title='{{ x }}'>{{ x }}</p>"_s);
    page.send({{u"x"_s, u"<b>'\"&"_s}});
    QCOMPARE(page.held(), "<p title='&lt;b&gt;&#39;&quot;&amp;'>&lt;b&gt;&#39;&quot;&amp;</p>"_ba);
}

void TestTraps::trap10ScriptsStayOutside_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("html");
    QTest::newRow("document") << u"<html><body><p>{{ x }}</p><script>a</script></body></html>"_s
                              << "<p>1</p>"_ba;
    QTest::newRow("fragment") << u"<p>{{ x }}</p>\n<script src=\"{{ x }}\"></script>\n"_s
                              << "<p>1</p>\n"_ba;
    QTest::newRow("fragment with two")
        << u"<p>{{ x }}</p><script>a</script> <script>b</script>"_s << "<p>1</p>"_ba;
}

void TestTraps::trap10ScriptsStayOutside()
{
    QFETCH(QString, source);
    Page page(source);
    page.send({{u"x"_s, 1}});
    QTEST(page.html(), "html");
}

QTEST_GUILESS_MAIN(TestTraps)
#include "tst_traps.moc"
