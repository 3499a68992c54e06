// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "template.h"
#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"

#include <KTextTemplate/Context>
#include <KTextTemplate/Engine>
#include <KTextTemplate/TemplateLoader>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

struct Person
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(int age MEMBER age)
public:
    QString name;
    int age = 0;
};

class TestTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rendersAsTheLibraryDoes_data();
    void rendersAsTheLibraryDoes();
    void wireForm_data();
    void wireForm();
    void valuesThatTheClientWouldHide();
    void rangeKeys_data();
    void rangeKeys();
    void rangesWithoutKeysAreNamedAfterTheirContent();
    void document_data();
    void document();
    void linesOfErrorsCountFromTheFilesTop_data();
    void linesOfErrorsCountFromTheFilesTop();
    void errors_data();
    void errors();
    void includeByVariable();

private:
    /// Loads @p source, with "part.html", "row.html" and so on beside it.
    std::expected<Template, TemplateError> load(const QString &source)
    {
        static const QHash<QString, QString> parts{
            {u"part.html"_s, u"<em>{{ name }}</em>"_s},
            {u"outer.html"_s, u"({% include \"part.html\" %})"_s},
            {u"loop-a.html"_s, u"{% include \"loop-b.html\" %}"_s},
            {u"loop-b.html"_s, u"{% include \"loop-a.html\" %}"_s},
            {u"base.html"_s,
             u"<h1>{% block title %}base {{ name }}{% endblock %}</h1>"
             "{% block body %}<p>{% block inner %}inner{% endblock %}</p>{% endblock %}!"_s},
            {u"middle.html"_s,
             u"{% extends \"base.html\" %}{% block title %}middle ({{ block.super }}){% endblock %}"_s},
            {u"cycle.html"_s, u"{% cycle 'a' 'b' %}"_s},
        };
        for (auto it = parts.begin(); it != parts.end(); ++it)
            write(it.key(), it.value());
        write(u"page.html"_s, source);
        return Template::load(m_dir.filePath(u"page.html"_s));
    }

    void write(const QString &name, const QString &content)
    {
        QFile file(m_dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content.toUtf8());
    }

    static QVariantHash values()
    {
        return {
            {u"name"_s, u"Ann & <Bob>"_s},
            {u"zero"_s, 0},
            {u"three"_s, 3},
            {u"price"_s, 2.5},
            {u"yes"_s, true},
            {u"no"_s, false},
            {u"list"_s, QVariantList{1, 2, 3}},
            {u"words"_s, QStringList{u"x"_s, u"y"_s}},
            {u"empty"_s, QVariantList()},
            {u"pairs"_s, QVariantList{QVariantList{1, u"one"_s}, QVariantList{2, u"two"_s}}},
            {u"nested"_s, QVariantList{QVariantList{1, 2}, QVariantList{3}}},
            {u"map"_s, QVariantHash{{u"key"_s, u"value"_s}}},
            {u"person"_s, QVariant::fromValue(Person{u"Cleo"_s, 40})},
            {u"people"_s,
             QVariantList{QVariant::fromValue(Person{u"Cleo"_s, 40}),
                          QVariant::fromValue(Person{u"Dan"_s, 20})}},
            {u"file"_s, u"part.html"_s},
        };
    }

    QTemporaryDir m_dir;
};

void TestTemplate::rendersAsTheLibraryDoes_data()
{
    QTest::addColumn<QString>("source");
    const auto row = [](const char *source) {
        QTest::newRow(source) << QString::fromUtf8(source);
    };
    row("plain text");
    row("");
    row("{{ name }}");
    row("{{ name|safe }} {{ name|upper }} {{ name|length }} {{ missing }}");
    row("<a title=\"{{ name }}\">{{ three }}</a>");
    row("{{ price|floatformat:2 }}");
    row("{{ person.name }} is {{ person.age }}");
    row("{# comment #}{% comment %}{{ name }}{% endcomment %}x");
    row("{% if yes %}a{% endif %}");
    row("{% if no %}a{% endif %}");
    row("{% if no %}a{% else %}b{% endif %}");
    row("{% if no %}a{% elif yes %}b{% else %}c{% endif %}");
    row("{% if no %}a{% elif zero %}b{% else %}c{% endif %}");
    row("{% if yes and three %}a{% endif %}{% if yes and no %}b{% endif %}");
    row("{% if no or three %}a{% endif %}{% if no or zero %}b{% endif %}");
    row("{% if not no %}a{% endif %}{% if not yes or yes %}b{% endif %}");
    row("{% if no and yes or yes %}a{% endif %}{% if yes or yes and no %}b{% endif %}");
    row("{% if three == 3 %}a{% endif %}{% if three != 3 %}b{% endif %}");
    row("{% if three > 2 %}a{% endif %}{% if three >= 3 %}b{% endif %}{% if three < 3 %}c{% endif "
        "%}{% if three <= 3 %}d{% endif %}");
    row("{% if name == \"Ann & <Bob>\" %}a{% else %}b{% endif %}");
    row("{% if 2 in list %}a{% endif %}{% if 5 in list %}b{% endif %}{% if 5 not in list %}c{% "
        "endif %}");
    row("{% if \"x\" in words %}a{% endif %}{% if \"key\" in map %}b{% endif %}");
    row("{% if missing %}a{% else %}b{% endif %}");
    row("{% if list %}a{% endif %}{% if empty %}b{% endif %}");
    row("{% if name|length > 3 %}long{% endif %}");
    row("{% for x in list %}{{ x }},{% endfor %}");
    row("{% for x in list reversed %}{{ x }},{% endfor %}");
    row("{% for x in words %}<li>{{ x }}</li>{% endfor %}");
    row("{% for x in empty %}{{ x }}{% empty %}none{% endfor %}");
    row("{% for x in empty %}{{ x }}{% endfor %}");
    row("{% for x in missing %}{{ x }}{% empty %}none{% endfor %}");
    row("{% for x in list %}{{ forloop.counter }}/{{ forloop.counter0 }}/{{ forloop.revcounter "
        "}}/{{ forloop.revcounter0 }} {% endfor %}");
    row("{% for x in list %}{% if forloop.first %}first{% endif %}{% if forloop.last %}last{% "
        "endif %}{{ x }}{% endfor %}");
    row("{% for a, b in pairs %}{{ a }}={{ b }};{% endfor %}");
    row("{% for a,b in pairs %}{{ a }}={{ b }};{% endfor %}");
    row("{% for name, age in people %}{{ name }}:{{ age }};{% endfor %}");
    row("{% for person in people %}{{ person.name }}{% endfor %}{{ person.name }}");
    row("{% for row in nested %}[{% for x in row %}{{ forloop.parentloop.counter }}.{{ x }} {% "
        "endfor %}]{% endfor %}");
    row("{% include \"part.html\" %}");
    row("{% include 'outer.html' %}");
    row("{% include file %}");
    row("{% for person in people %}{% with name=person.name %}{% include \"part.html\" %}{% "
        "endwith %}{% endfor %}");
    row("{% with other=name %}{% if yes %}{{ other }}{% endif %}{% endwith %}");
    row("{% autoescape off %}{% if yes %}{{ name }}{% endif %}{% endautoescape %}{{ name }}");
    row("{% filter upper %}{% for x in words %}{{ x }}{% endfor %}{% endfilter %}");
    row("{% spaceless %}<p> {% if yes %}<b> x </b>{% endif %} </p>{% endspaceless %}");
    row("{% cycle 'a' 'b' %}{% firstof no three %}{% widthratio three 6 100 %}{% templatetag "
        "openblock %}");
    row("{% ifequal three 3 %}same{% else %}other{% endifequal %}");
    row("{% range 1 4 as i %}{{ i }}{% endrange %}");
    row("{% range 3 %}x{% endrange %}{% range 1 9 3 as i %}{{ i }} {% endrange %}");
    row("{% ifnotequal three 4 %}other{% endifnotequal %}{% ifequal name 'x' %}a{% endifequal %}");
    row("{% extends \"base.html\" %}");
    row("{% extends \"base.html\" %}{% block body %}new{% endblock %}");
    row("{% extends \"base.html\" %}{% block inner %}[{{ block.super }}]{% endblock %}");
    row("{% extends \"middle.html\" %}{% block title %}top ({{ block.super }}){% endblock %}");
    row("{% extends \"middle.html\" %}{% block title %}{{ block.super|upper }}{% endblock %}");
    row("{% extends \"middle.html\" %}{% block body %}{% if yes %}{{ block.super }}{% endif %}{% "
        "endblock %}");
    row("{% block a %}{% block b %}{{ name }}{% endblock b %}{% endblock %}");
    row("{% for x in list %}{% cycle 'a' 'b' %}{% include \"cycle.html\" %}{% endfor %}");
    row("{% cycle 'a' 'b' as c %}{{ c }}{% cycle c %}{{ c }}{% cycle c %}");
    row("{% cycle a,b,c %}");
    row("{% for x in list %}{% ifchanged %}{{ yes }}{% endifchanged %}{{ x }}{% endfor %}");
    row("{% for p in people %}{% ifchanged p.age three %}{{ p.age }}{% else %}same{% endifchanged "
        "%}{% endfor %}");
    row("{% regroup people by age as groups %}{% for g in groups %}{{ g.grouper }}:{% for p in "
        "g.list %}{{ p.name }} {% endfor %}{% endfor %}");
    row("{% regroup empty by age as groups %}{% for g in groups %}x{% empty %}none{% endfor %}");
    row("{% with a=three b=name %}{{ a }}{{ b }}{% with b=a %}{{ b }}{% endwith %}{% endwith %}");
    row("{% firstof missing no \"none\" %}{% firstof missing no %}");
    row("{% widthratio 175 200 100 %}{% widthratio three 0 100 %}{% widthratio price 3 10 %}");
    row("{% templatetag openblock %}{% templatetag closeblock %}{% templatetag openvariable %}{% "
        "templatetag closevariable %}{% templatetag openbrace %}{% templatetag closebrace %}{% "
        "templatetag opencomment %}{% templatetag closecomment %}");
    row("{% comment %} {% if %} {{ }} {% endcomment %}x{# {{ }} #}");
    row("{% now \"'today'\" %}");
    row("{% load ktexttemplate_i18ntags %}{% i18n \"text\" %}{% i18n_var \"other\" as t %}{{ t }}");
    row("{% filter upper|lower %}<b>{{ name }}</b>{% endfilter %}");
    row("{% autoescape off %}{{ name }}{% autoescape on %}{{ name }}{% endautoescape %}{{ "
        "name|escape }}{% endautoescape %}");
    row("{{ name|escape }}{{ name|force_escape }}{{ name|safe|escape }}{{ name|safe|upper }}");
    row("{{ list }}{{ words }}{{ map }}{{ yes }}{{ price }}{{ person }}{{ empty }}");
    row("{{ list.0 }}{{ list.2 }}{{ list.9 }}{{ list.size }}{{ map.key }}{{ map.nope }}{{ "
        "map.keys }}{{ words.count }}");
    row("{% for k, v in map.items %}{{ k }}={{ v }}{% endfor %}");
    row("{{ Qt.AlignRight }}{{ _(\"text\") }}{{ _(three) }}{{ \"a \\\"b\" }}{{ 'c' }}{{ 1.5 }}{{ "
        "-2 }}");
    row("{{ name }} {{ name }\n} x");
    row("{ {name} } {{name}}{%if yes%}x{%endif%}");
}

void TestTemplate::rendersAsTheLibraryDoes()
{
    QFETCH(QString, source);
    const auto compiled = load(source);
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error().toString()));
    const auto tree = compiled->render(values());
    QVERIFY(tree);
    QByteArray ours;
    appendHtml(ours, **tree);

    KTextTemplate::Engine engine;
    auto loader = QSharedPointer<KTextTemplate::FileSystemTemplateLoader>::create();
    loader->setTemplateDirs({m_dir.path()});
    engine.addTemplateLoader(loader);
    const auto reference = engine.newTemplate(source, u"reference"_s);
    KTextTemplate::Context context(values());
    const QString theirs = reference->render(&context);
    QCOMPARE(reference->error(), KTextTemplate::NoError);
    QCOMPARE(QString::fromUtf8(ours), theirs);
}

void TestTemplate::wireForm_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("text") << u"<p>x</p>"_s << R"({"s":["<p>x</p>"]})"_ba;
    QTest::newRow("variable") << u"<p>{{ three }}</p>"_s << R"({"s":["<p>","</p>"],"0":"3"})"_ba;
    QTest::newRow("the split is at the value")
        << u"<input name=\"n\" value=\"{{ three }}\">"_s
        << R"({"s":["<input name=\"n\" value=\"","\">"],"0":"3"})"_ba;
    QTest::newRow("neighbours") << u"{{ three }}{{ zero }}"_s
                                << R"({"s":["","",""],"0":"3","1":"0"})"_ba;
    QTest::newRow("escaped") << u"{{ name }}"_s
                             << R"({"s":["",""],"0":"Ann &amp; &lt;Bob&gt;"})"_ba;
    QTest::newRow("true branch") << u"{% if yes %}<b>{{ three }}</b>{% endif %}"_s
                                 << R"({"s":["",""],"0":{"s":["<b>","</b>"],"0":"3"}})"_ba;
    QTest::newRow("no branch") << u"{% if no %}<b>{{ three }}</b>{% endif %}"_s
                               << R"({"s":["",""],"0":""})"_ba;
    QTest::newRow("keyed range")
        << u"{% for p in people %}<li data-key=\"{{ p.name }}\">{{ p.age }}</li>{% endfor %}"_s
        << R"({"s":["",""],"0":{"s":["",""],"0":{"s":["<li data-key=\"","\">","</li>"],"d":[{"_k":"Cleo","0":"Cleo","1":"40"},{"_k":"Dan","0":"Dan","1":"20"}]}}})"_ba;
    QTest::newRow("keyed range alone in its element")
        << u"<ul>{% for p in people %}<li data-key=\"{{ p.name }}\">{{ p.age }}</li>{% endfor %}</ul>"_s
        << R"({"s":["<ul>","</ul>"],"0":{"s":["<li data-key=\"","\">","</li>"],"d":[{"_k":"Cleo","0":"Cleo","1":"40"},{"_k":"Dan","0":"Dan","1":"20"}]}})"_ba;
    QTest::newRow("empty range")
        << u"{% for x in empty %}{{ x }}{% empty %}none{% endfor %}"_s
        << R"({"s":["",""],"0":{"s":["",""],"d":[],"else":{"s":["none"]}}})"_ba;
    QTest::newRow("include") << u"{% include \"part.html\" %}"_s
                             << R"({"s":["<em>","</em>"],"0":"Ann &amp; &lt;Bob&gt;"})"_ba;
    QTest::newRow("include by variable")
        << u"{% include file %}"_s
        << R"({"s":["",""],"0":{"s":["<em>","</em>"],"0":"Ann &amp; &lt;Bob&gt;"}})"_ba;
    QTest::newRow("HTML comments are removed") << u"a<!-- x\n -->b"_s << R"({"s":["ab"]})"_ba;
}

void TestTemplate::wireForm()
{
    QFETCH(QString, source);
    const auto compiled = load(source);
    QVERIFY(compiled);
    const auto tree = compiled->render(values());
    QVERIFY(tree);
    QByteArray json;
    appendTree(json, **tree);
    QTEST(json, "json");
}

void TestTemplate::valuesThatTheClientWouldHide()
{
    // PROTOCOL.md C, trap 4.
    const auto compiled = load(u"{{ text }}"_s);
    QVERIFY(compiled);
    const auto tree = compiled->render({{u"text"_s, u"{{ x }}"_s}});
    QVERIFY(tree);
    QCOMPARE(std::get<QByteArray>((*tree)->dynamics.front()), "&#123;{ x }}"_ba);
}

void TestTemplate::rangeKeys_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QList<QByteArray>>("keys");
    const QList<QByteArray> numbers{"1", "1#2", "2", "1#3"};
    QTest::newRow("double quotes") << u"<li data-key=\"{{ x }}\"></li>"_s << numbers;
    QTest::newRow("single quotes") << u"<li data-key='{{ x }}'></li>"_s << numbers;
    QTest::newRow("no quotes") << u"<li data-key={{ x }}></li>"_s << numbers;
    QTest::newRow("client's own name")
        << u"<li class='a' data-lvt-key=\"{{ x }}\"></li>"_s << numbers;
    QTest::newRow("text around") << u"<li data-key=\"row-{{ x }}/{{ forloop.counter }}.\"></li>"_s
                                 << QList<QByteArray>{"row-1/1.", "row-1/2.", "row-2/3.",
                                                      "row-1/4."};
    QTest::newRow("escaped in HTML only")
        << u"<li data-key=\"{{ x }}{{ odd }}\"></li>"_s
        << QList<QByteArray>{"1&\"'<", "1&\"'<#2", "2&\"'<", "1&\"'<#3"};
}

void TestTemplate::rangeKeys()
{
    QFETCH(QString, source);
    const auto compiled = load(u"{% for x in list %}%1{% endfor %}"_s.arg(source));
    QVERIFY(compiled);
    const auto tree = compiled->render(
        {{u"list"_s, QVariantList{1, 1, 2, 1}}, {u"odd"_s, u"&\"'<"_s}});
    QVERIFY(tree);
    // A keyed range that is a whole page is put one level deeper (trap 6).
    const auto nested = std::get<TreePtr>((*tree)->dynamics.front());
    QList<QByteArray> keys;
    for (const RangeItem &item : std::get<RangePtr>(nested->dynamics.front())->items)
        keys.append(item.key);
    QTEST(keys, "keys");
}

void TestTemplate::rangesWithoutKeysAreNamedAfterTheirContent()
{
    const auto compiled = load(u"{% for x in list %}<li>{{ x }}</li>{% endfor %}"_s);
    QVERIFY(compiled);
    const auto keysOf = [&](const QVariantList &list) {
        const auto tree = compiled->render({{u"list"_s, list}});
        QList<QByteArray> keys;
        for (const RangeItem &item : std::get<RangePtr>((*tree)->dynamics.front())->items)
            keys.append(item.key);
        return keys;
    };
    const QList<QByteArray> keys = keysOf({1, 2, 1});
    QVERIFY(keys[0] != keys[1]);
    QVERIFY(keys[0] != keys[2]);
    QCOMPARE(keysOf({2, 1}), (QList{keys[1], keys[0]}));
}

void TestTemplate::document_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("heartbeat");
    QTest::addColumn<QByteArray>("html");
    QTest::newRow("fragment")
        << u"<p>{{ three }}</p>"_s << 20000
        << R"(<div data-lvt-id="lvt-1" data-lvt-loading="true"><p>3</p></div>)"_ba;
    QTest::newRow("heartbeat")
        << u"x"_s << 1000
        << R"(<div data-lvt-id="lvt-1" data-lvt-loading="true" data-lvt-heartbeat-ms="1000">x</div>)"_ba;
    QTest::newRow("document")
        << u"<!DOCTYPE html><html><head><title>{{ three }}</title></head><BODY class=\"c\"><p>{{ three }}</p></BODY></html>"_s
        << 20000
        << R"(<!DOCTYPE html><html><head><title>3</title></head><BODY class="c"><div data-lvt-id="lvt-1" data-lvt-loading="true"><p>3</p></div></BODY></html>)"_ba;
    QTest::newRow("scripts stay outside")
        << u"<html><body>{{ three }}<script src=\"{{ three }}.js\"></script></body></html>"_s
        << 20000
        << R"(<html><body><div data-lvt-id="lvt-1" data-lvt-loading="true">3</div><script src="3.js"></script></body></html>)"_ba;
}

void TestTemplate::document()
{
    QFETCH(QString, source);
    QFETCH(int, heartbeat);
    const auto compiled = load(source);
    QVERIFY(compiled);
    const auto tree = compiled->render(values());
    QVERIFY(tree);
    const auto html = compiled->document(**tree, values(),
                                         {"lvt-1", std::chrono::milliseconds(heartbeat)});
    QVERIFY(html);
    QTEST(*html, "html");
}

void TestTemplate::linesOfErrorsCountFromTheFilesTop_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("line");
    const QString head = u"<html>\n<head></head>\n<!-- two\nlines -->\n<body>\n"_s; // five lines
    QTest::newRow("first line") << u"{% nonsense %}"_s << 1;
    QTest::newRow("after text") << u"a\n\n  b\n<p>{% nonsense %}</p>\n"_s << 4;
    QTest::newRow("in the live part") << head + u"<p></p>\n{% nonsense %}\n</body></html>"_s << 7;
    QTest::newRow("after other tags")
        << head + u"{{ a }}\n{% if a %}\n{{ b }}\n{% endif %}\n  {% nonsense %}\n"_s << 10;
    QTest::newRow("inside another tag")
        << head + u"{% if a %}\n{% for b in c %}\n{% nonsense %}\n{% endfor %}{% endif %}"_s << 8;
    QTest::newRow("unknown filter") << head + u"x\n{{ a|nonsense }}"_s << 7;
    QTest::newRow("behind the live part") << head + u"x\n<script>\n{% nonsense %}</script>"_s << 8;
}

void TestTemplate::linesOfErrorsCountFromTheFilesTop()
{
    QFETCH(QString, source);
    const auto compiled = load(source);
    QVERIFY(!compiled);
    QCOMPARE(compiled.error().file, u"page.html"_s);
    QTEST(compiled.error().line, "line");
    QVERIFY2(compiled.error().message.contains(u"nonsense"), qPrintable(compiled.error().message));
    QVERIFY2(!compiled.error().message.contains(u"line"), qPrintable(compiled.error().message));
}

void TestTemplate::errors_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("mentions");
    QTest::newRow("unclosed if") << u"{% if yes %}x"_s << u"endif"_s;
    QTest::newRow("unclosed for") << u"{% for x in list %}x"_s << u"endfor"_s;
    QTest::newRow("unknown tag") << u"{% nonsense %}"_s << u"nonsense"_s;
    QTest::newRow("unknown filter") << u"{{ name|nonsense }}"_s << u"nonsense"_s;
    QTest::newRow("if without condition") << u"{% if %}x{% endif %}"_s << u"needs a condition"_s;
    QTest::newRow("if with half a condition")
        << u"{% if yes and %}x{% endif %}"_s << u"ends after 'and'"_s;
    QTest::newRow("if with two values") << u"{% if yes no %}x{% endif %}"_s << u"unexpected 'no'"_s;
    QTest::newRow("if that starts with an operator")
        << u"{% if == yes %}x{% endif %}"_s << u"nothing before it"_s;
    QTest::newRow("for without in") << u"{% for x list %}x{% endfor %}"_s << u"for x in list"_s;
    QTest::newRow("missing include")
        << u"{% include \"nope.html\" %}"_s << u"there is no template 'nope.html'"_s;
    QTest::newRow("include from outside")
        << u"{% include \"../nope.html\" %}"_s << u"there is no template"_s;
    QTest::newRow("includes in a circle")
        << u"{% include \"loop-a.html\" %}"_s
        << u"page.html → loop-a.html → loop-b.html → loop-a.html"_s;
    QTest::newRow("include of itself")
        << u"{% include \"page.html\" %}"_s << u"page.html → page.html"_s;
}

void TestTemplate::errors()
{
    QFETCH(QString, source);
    QFETCH(QString, mentions);
    const auto compiled = load(source);
    QVERIFY(!compiled);
    QVERIFY2(compiled.error().message.contains(mentions), qPrintable(compiled.error().toString()));
}

void TestTemplate::includeByVariable()
{
    const auto compiled = load(u"{% include which %}"_s);
    QVERIFY(compiled);
    QVERIFY(compiled->render({{u"which"_s, u"part.html"_s}, {u"name"_s, u"x"_s}}));
    const auto missing = compiled->render({{u"which"_s, u"../secret.html"_s}});
    QVERIFY(!missing);
    QVERIFY(missing.error().message.contains(u"there is no template"_s));
}

QTEST_GUILESS_MAIN(TestTemplate)
#include "tst_template.moc"
