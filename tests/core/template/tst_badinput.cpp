// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clientrenderer.h"
#include "template.h"
#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

/// Templates and values that are wrong, or meant to harm: each gives the right page, or an error
/// that says where.
class TestBadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenTemplates_data();
    void brokenTemplates();
    void validateFindsTheErrorsOfAllFiles();
    void limitOfDepthIsAnOption();
    void includesThatValuesNameAreBounded();
    void awkwardValues_data();
    void awkwardValues();
    void tenMegabytes();
    void tenThousandRows();
    void rangeIsBounded();
    void objectsAreHidden();
    void nothingIsReadOutsideOfTheFolder_data();
    void nothingIsReadOutsideOfTheFolder();

private:
    static std::expected<Template, TemplateError> load(const QString &source,
                                                       const QHash<QString, QString> &others = {},
                                                       int depth = 128)
    {
        TemplateOptions options;
        options.sources = others;
        options.sources.insert(u"page.html"_s, source);
        options.maximumDepth = depth;
        return Template::load(u"page.html"_s, options);
    }

    static QByteArray htmlOf(const Template &compiled, const QVariantHash &values)
    {
        const auto tree = compiled.render(values);
        if (!tree)
            return tree.error().toString().toUtf8();
        QByteArray html;
        appendHtml(html, **tree);
        return html;
    }
};

void TestBadInput::brokenTemplates_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QString &source, const QString &error) {
        QTest::newRow(name) << source << error;
    };
    row("unknown tag", u"a\n b {% nonsense x %}"_s, u"page.html:2:4: there is no tag 'nonsense'"_s);
    row("unknown tag in another", u"{% if a %}\n{% nonsense %}{% endif %}"_s,
        u"page.html:2:1: there is no tag 'nonsense'"_s);
    row("unknown filter", u"ü {{ a|nonsense }}"_s, u"page.html:1:3: Unknown filter: nonsense"_s);
    row("unclosed tag", u"\n\n  {% if a %}x"_s,
        u"page.html:3:3: 'if' is not closed: 'endif' is missing"_s);
    row("unclosed inner tag", u"{% if a %}{% for b in c %}{% endif %}"_s,
        u"page.html:1:27: 'endif' does not fit the open tag 'for'"_s);
    row("unclosed comment", u"{% comment %}{% if %}"_s,
        u"page.html:1:1: 'comment' is not closed: 'endcomment' is missing"_s);
    row("end without a start", u"x{% endif %}"_s, u"page.html:1:2: 'endif' has nothing to end"_s);
    row("else without a start", u"{% else %}"_s, u"page.html:1:1: 'else' has nothing to end"_s);
    row("empty value", u"a{{ }}"_s, u"page.html:1:2: there is no value in '{{ }}'"_s);
    row("empty tag", u"a{% %}"_s, u"page.html:1:2: there is no tag in '{% %}'"_s);
    row("broken expression", u"{{ a b }}"_s, u"page.html:1:1: "_s);
    row("underscore", u"{{ a._b }}"_s, u"page.html:1:1: "_s);
    row("missing include", u"<p>\n{% include \"nope.html\" %}"_s,
        u"page.html:2:1: there is no template 'nope.html'"_s);
    row("include above", u"{% include \"../x.html\" %}"_s,
        u"page.html:1:1: there is no template '../x.html'"_s);
    row("absolute include", u"{% include \"/etc/passwd\" %}"_s,
        u"page.html:1:1: there is no template '/etc/passwd'"_s);
    row("missing parent", u"{% extends \"nope.html\" %}"_s,
        u"page.html:1:1: there is no template 'nope.html'"_s);
    row("include in a circle", u"{% include \"circle.html\" %}"_s,
        u"circle.html:1:4: templates include each other: page.html → circle.html → page.html"_s);
    row("parents in a circle", u"{% extends \"child.html\" %}"_s,
        u"child.html:1:1: templates extend each other: page.html → child.html → page.html"_s);
    row("error in an included file", u"{% include \"broken.html\" %}"_s,
        u"broken.html:2:1: there is no tag 'oops'"_s);
    row("error of context in an included file", u"\n{% include \"half.html\" %}x"_s,
        u"page.html: the template ends in the attribute title of <p>"_s);
    row("extends that is not first", u"{{ a }}{% extends \"child.html\" %}"_s,
        u"page.html:1:8: 'extends' must be a template's first tag"_s);
    row("two blocks of one name", u"{% block a %}{% endblock %}{% block a %}{% endblock %}"_s,
        u"page.html:1:28: there is a block 'a' already in this template"_s);
    row("for without in", u"{% for a b %}{% endfor %}"_s, u"page.html:1:1: 'for' is written"_s);
    row("tags too deep", u"{% if a %}"_s.repeated(129) + u"{% endif %}"_s.repeated(129),
        u"page.html:1:1281: tags are more than 128 deep in each other"_s);
    row("very many open tags", u"{% if a %}"_s.repeated(100'000),
        u"page.html:1:1281: tags are more than 128 deep in each other"_s);
}

void TestBadInput::brokenTemplates()
{
    QFETCH(QString, source);
    QFETCH(QString, error);
    const auto compiled = load(source,
                               {{u"circle.html"_s, u"<p>{% include \"page.html\" %}"_s},
                                {u"child.html"_s, u"{% extends \"page.html\" %}"_s},
                                {u"broken.html"_s, u"\n{% oops %}"_s},
                                {u"half.html"_s, u"<p title=\""_s}});
    QVERIFY(!compiled);
    QVERIFY2(compiled.error().toString().startsWith(error),
             qPrintable(compiled.error().toString()));
}

void TestBadInput::validateFindsTheErrorsOfAllFiles()
{
    TemplateOptions options;
    options.sources = {{u"page.html"_s, u"{% include \"a.html\" %}{% include \"b.html\" %}"_s},
                       {u"a.html"_s, u"\n {% oops %}"_s},
                       {u"b.html"_s, u"{% include \"c.html\" %}{{ x }}"_s}};
    QStringList errors;
    for (const TemplateError &error : Template::validate(u"page.html"_s, options))
        errors.append(error.toString());
    QCOMPARE(errors,
             QStringList({u"a.html:2:2: there is no tag 'oops'"_s,
                          u"b.html:1:1: there is no template 'c.html'"_s}));
    options.sources[u"a.html"_s] = u"<{{ x }}>"_s;
    options.sources[u"c.html"_s] = u"c"_s;
    const auto rest = Template::validate(u"page.html"_s, options);
    QCOMPARE(rest.size(), 1);
    QVERIFY2(rest.first().toString().startsWith(u"a.html:1:2: a tag's name must be text"),
             qPrintable(rest.first().toString()));
    options.sources[u"a.html"_s] = u"{{ x }}"_s;
    QVERIFY(Template::validate(u"page.html"_s, options).isEmpty());
    QCOMPARE(Template::validate(u"nope.html"_s).size(), 1);
}

void TestBadInput::limitOfDepthIsAnOption()
{
    const QString source = u"{% if a %}{% if a %}{% if a %}x{% endif %}{% endif %}{% endif %}"_s;
    QVERIFY(load(source, {}, 3));
    QVERIFY(!load(source, {}, 2));
    const QHash<QString, QString> chain{{u"a.html"_s, u"{% include \"b.html\" %}"_s},
                                        {u"b.html"_s, u"x"_s}};
    QVERIFY(load(u"{% include \"a.html\" %}"_s, chain, 2));
    QVERIFY(!load(u"{% include \"a.html\" %}"_s, chain, 1));
    qputenv("LVT_MAX_TEMPLATE_DEPTH", "5");
    QCOMPARE(TemplateOptions().maximumDepth, 5);
    qputenv("LVT_MAX_TEMPLATE_DEPTH", "-1");
    QCOMPARE(TemplateOptions().maximumDepth, 128);
    qunsetenv("LVT_MAX_TEMPLATE_DEPTH");
    QCOMPARE(TemplateOptions().maximumDepth, 128);
}

void TestBadInput::includesThatValuesNameAreBounded()
{
    const auto compiled = load(u"{% include name %}"_s,
                               {{u"again.html"_s, u"a{% include name %}"_s}});
    QVERIFY(compiled);
    const auto circle = compiled->render({{u"name"_s, u"again.html"_s}});
    QVERIFY(!circle);
    QVERIFY2(circle.error().message.contains(u"more than 128 deep"),
             qPrintable(circle.error().message));
    const auto missing = compiled->render({{u"name"_s, u"nope.html"_s}});
    QVERIFY(!missing);
    QVERIFY2(missing.error().message.contains(u"there is no template 'nope.html'"),
             qPrintable(missing.error().message));
}

void TestBadInput::awkwardValues_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QByteArray>("html");
    QTest::newRow("nothing") << QVariant() << "<p title=\"\"></p>"_ba;
    QTest::newRow("half of a surrogate pair")
        << QVariant(QString(QChar(0xdc00))) << "<p title=\"\xef\xbf\xbd\">\xef\xbf\xbd</p>"_ba;
    QTest::newRow("control characters")
        << QVariant(QString::fromLatin1("a\x00\x01\x1f\x7f", 5))
        << QByteArray("<p title=\"a\x00\x01\x1f\x7f\">a\x00\x01\x1f\x7f</p>", 26);
    QTest::newRow("line ends") << QVariant(u"a\r\nb\u2028c"_s)
                               << "<p title=\"a\r\nb\xe2\x80\xa8"
                                  "c\">a\r\nb\xe2\x80\xa8"
                                  "c</p>"_ba;
    QTest::newRow("the client's own text")
        << QVariant(u"{{x}}"_s) << "<p title=\"&#123;{x}}\">&#123;{x}}</p>"_ba;
    QTest::newRow("the client's own tag")
        << QVariant(u"<root>"_s) << "<p title=\"&lt;root&gt;\">&lt;root&gt;</p>"_ba;
    QTest::newRow("the client's own comment")
        << QVariant(u"<!--lvt-targeted-skip:0-->"_s)
        << "<p title=\"&lt;!--lvt-targeted-skip:0--&gt;\">&lt;!--lvt-targeted-skip:0--&gt;</p>"_ba;
    QTest::newRow("list") << QVariant(QVariantList{u"<"_s, 1})
                          << "<p title=\"[u&#39;&lt;&#39;, 1]\">[u&#39;&lt;&#39;, 1]</p>"_ba;
    QTest::newRow("map") << QVariant(QVariantMap{{u"a"_s, 1}}) << "<p title=\"\"></p>"_ba;
}

void TestBadInput::awkwardValues()
{
    QFETCH(QVariant, value);
    const auto compiled = load(u"<p title=\"{{ x }}\">{{ x }}</p>"_s);
    QVERIFY(compiled);
    const auto tree = compiled->render({{u"x"_s, value}});
    QVERIFY(tree);
    QByteArray html;
    appendHtml(html, **tree);
    QTEST(html, "html");
    // What is sent is JSON, and the client makes the same page of it.
    QByteArray sent;
    appendTree(sent, **tree);
    QVERIFY2(QJsonDocument::fromJson(sent).isObject(), sent.constData());
    static ClientRenderer client;
    const auto held = client.heldAfterEach({'[' + sent + ']'});
    QVERIFY2(held, held ? "" : qPrintable(held.error()));
    QCOMPARE(held->last().last(), html);
}

void TestBadInput::tenMegabytes()
{
    const auto compiled = load(u"<p>{{ x }}</p>"_s);
    QVERIFY(compiled);
    const QString text = u"<ü>"_s.repeated(10'000'000 / 4);
    const QByteArray html = htmlOf(*compiled, {{u"x"_s, text}});
    QCOMPARE(html.size(), text.size() / 3 * qsizetype(strlen("&lt;ü&gt;")) + 7);
}

void TestBadInput::tenThousandRows()
{
    const auto compiled = load(
        u"<ul>{% for x in rows %}<li data-key=\"{{ x }}\">{{ x }}</li>{% endfor %}</ul>"_s);
    QVERIFY(compiled);
    QVariantList rows;
    for (int i = 0; i < 10'000; ++i)
        rows.append(i % 5000); // each key twice
    const auto before = compiled->render({{u"rows"_s, rows}});
    rows.removeAt(100);
    const auto after = compiled->render({{u"rows"_s, rows}});
    QVERIFY(before && after);
    QByteArray whole = "["_ba;
    appendTree(whole, **before);
    whole += ',';
    appendDifference(whole, **before, **after);
    whole += ']';
    ClientRenderer client;
    const auto held = client.heldAfterEach({whole});
    QVERIFY2(held, held ? "" : qPrintable(held.error()));
    QByteArray html;
    appendHtml(html, **after);
    QCOMPARE(held->last().last(), html);
}

void TestBadInput::rangeIsBounded()
{
    const auto compiled = load(u"{% range 0 count step as i %}{{ i }},{% endrange %}"_s);
    QVERIFY(compiled);
    QCOMPARE(htmlOf(*compiled, {{u"count"_s, 3}, {u"step"_s, 1}}), "0,1,2,"_ba);
    QCOMPARE(htmlOf(*compiled, {{u"count"_s, 3}, {u"step"_s, 0}}), ""_ba);
    QCOMPARE(htmlOf(*compiled, {{u"count"_s, 3}, {u"step"_s, -1}}), ""_ba);
    QCOMPARE(htmlOf(*compiled, {{u"count"_s, -3}, {u"step"_s, 1}}), ""_ba);
    QVERIFY(htmlOf(*compiled, {{u"count"_s, 2'000'000'000}, {u"step"_s, 1}}).contains("100000"));
}

void TestBadInput::objectsAreHidden()
{
    QObject object;
    object.setObjectName(u"secret"_s);
    const auto compiled = load(u"{{ x.objectName }}{{ x.parent }}|{{ lvt.objectName }}"_s);
    QVERIFY(compiled);
    const QVariant value = QVariant::fromValue(&object);
    QCOMPARE(htmlOf(*compiled, {{u"x"_s, value}, {u"lvt"_s, value}}), "|secret"_ba);
}

void TestBadInput::nothingIsReadOutsideOfTheFolder_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("above") << u"../secret.html"_s;
    QTest::newRow("down and above") << u"parts/../../secret.html"_s;
    QTest::newRow("sibling with the folder's name as a prefix")
        << u"../pages-private/secret.html"_s;
    QTest::newRow("link") << u"link.html"_s;
    QTest::newRow("resource") << u":/livetemplate/livetemplate.css"_s;
}

void TestBadInput::nothingIsReadOutsideOfTheFolder()
{
    QFETCH(QString, name);
    const QTemporaryDir dir;
    const QDir root(dir.path());
    QVERIFY(root.mkpath(u"pages/parts"_s) && root.mkpath(u"pages-private"_s));
    for (const auto &file : {u"secret.html"_s, u"pages-private/secret.html"_s}) {
        QFile secret(root.filePath(file));
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("secret") > 0);
    }
    QVERIFY(QFile::link(root.filePath(u"secret.html"_s), root.filePath(u"pages/link.html"_s)));
    for (const QString &source : {u"{% include \"%1\" %}"_s.arg(name), u"{% include x %}"_s}) {
        QFile page(root.filePath(u"pages/page.html"_s));
        QVERIFY(page.open(QIODevice::WriteOnly) && page.write(source.toUtf8()) > 0);
        page.close();
        const auto compiled = Template::load(page.fileName());
        if (compiled)
            QVERIFY(!compiled->render({{u"x"_s, name}}));
        else
            QVERIFY(compiled.error().message.contains(u"there is no template"));
    }
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
