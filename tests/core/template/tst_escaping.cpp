// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "template.h"
#include "tree_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

/// Each value is escaped for its place, and a template in which that cannot be known is refused.
class TestEscaping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void unquotedAttributesGetQuotes_data();
    void unquotedAttributesGetQuotes();
    void refusedTemplates_data();
    void refusedTemplates();
    void acceptedTemplates_data();
    void acceptedTemplates();

private:
    static std::expected<Template, TemplateError> load(const QString &source)
    {
        TemplateOptions options;
        options.sources.insert(u"page.html"_s, source);
        return Template::load(u"page.html"_s, options);
    }
};

void TestEscaping::values_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QByteArray>("html");
    const auto row = [](const char *name, const QString &source, const QVariant &value,
                        const QByteArray &html) {
        QTest::newRow(name) << source << value << html;
    };
    const QString awkward = u"<a b='c\"d&"_s;
    row("text", u"<p>{{ x }}</p>"_s, awkward, "<p>&lt;a b=&#39;c&quot;d&amp;</p>");
    row("text, safe", u"{{ x|safe }}"_s, awkward, "<a b='c\"d&");
    row("text, autoescape off", u"{% autoescape off %}{{ x }}{% endautoescape %}"_s, awkward,
        "<a b='c\"d&");
    row("text, number", u"{{ x }}"_s, 5, "5");
    row("text, half of a surrogate pair", u"{{ x }}"_s, QString(QChar(0xd83d)), "\xef\xbf\xbd");
    row("attribute", u"<p title=\"{{ x }}\">"_s, awkward,
        "<p title=\"&lt;a b=&#39;c&quot;d&amp;\">");
    row("attribute, safe: no markup, but its references stay", u"<p title=\"{{ x|safe }}\">"_s,
        u"&amp; \" <"_s, "<p title=\"&amp; &quot; &lt;\">");
    row("attribute, autoescape off",
        u"{% autoescape off %}<p title='{{ x }}'>{% endautoescape %}"_s, u"' onclick='"_s,
        "<p title='&#39; onclick=&#39;'>");
    row("textarea", u"<textarea>{{ x }}</textarea>"_s, u"</textarea>"_s,
        "<textarea>&lt;/textarea&gt;</textarea>");
    row("title, safe", u"<title>{{ x|safe }}</title>"_s, u"</title>"_s,
        "<title>&lt;/title&gt;</title>");
    row("address", u"<a href=\"{{ x }}\">"_s, u"/a b?c=d&e=\"f\""_s,
        "<a href=\"/a%20b?c=d&amp;e=%22f%22\">");
    row("address, script", u"<a href=\"{{ x }}\">"_s, u"javascript:alert(1)"_s,
        "<a href=\"#refused-address\">");
    row("address, disguised script", u"<a href=\"{{ x }}\">"_s, u" \tjAva\nscript:alert(1)"_s,
        "<a href=\"#refused-address\">");
    row("address, mail", u"<a href=\"{{ x }}\">"_s, u"mailto:a@b.c"_s, "<a href=\"mailto:a@b.c\">");
    row("address, safe does not help", u"<a href=\"{{ x|safe }}\">"_s, u"javascript:1"_s,
        "<a href=\"#refused-address\">");
    row("address, a colon behind", u"<a href=\"{{ x }}:1\">"_s, u"javascript"_s,
        "<a href=\"#refused-address:1\">");
    row("address, path", u"<a href=\"/p/{{ x }}\">"_s, u"a/b c:d"_s, "<a href=\"/p/a/b%20c:d\">");
    row("address, text that could be a scheme", u"<a href=\"java{{ x }}\">"_s, u"script:alert(1)"_s,
        "<a href=\"javascript%3Aalert%281%29\">");
    row("address, query", u"<a href=\"/p?q={{ x }}\">"_s, u"a&b=c#d/é"_s,
        "<a href=\"/p?q=a%26b%3Dc%23d%2F%C3%A9\">");
    row("address, form", u"<form action=\"{{ x }}\">"_s, u"vbscript:x"_s,
        "<form action=\"#refused-address\">");
    row("address of SVG", u"<use xlink:href=\"{{ x }}\">"_s, u"data:text/html,x"_s,
        "<use xlink:href=\"#refused-address\">");
    row("animated address", u"<animate attributeName=\"href\" values=\"{{ x }}\">"_s,
        u"javascript:x"_s, "<animate attributeName=\"href\" values=\"#refused-address\">");
    row("data attribute is data", u"<p data-href=\"{{ x }}\">"_s, u"javascript:x"_s,
        "<p data-href=\"javascript:x\">");
    row("animated addresses", u"<animate attributeName=\"href\" values=\"{{ x }}\">"_s,
        u"/; javascript:x"_s, "<animate attributeName=\"href\" values=\"#refused-address\">");
    row("script, prototype", u"<script>a = {{ x }};</script><p></p>"_s,
        QVariantMap{{u"__proto__"_s, 1}, {u"b"_s, "c"_ba}},
        "<script>a = {\"b\":\"c\"};</script><p></p>");
    row("srcset", u"<img srcset=\"{{ x }}\">"_s, u"a.png 1x, javascript:x 2x, b.png x\""_s,
        "<img srcset=\"a.png 1x, #refused-address 2x, b.png\">");
    row("script, text", u"<script>a = {{ x }};</script><p></p>"_s, u"</script>\"\n"_s,
        "<script>a = \"\\u003c/script\\u003e\\u0022\\u000a\";</script><p></p>");
    row("script, number", u"<script>a = {{ x }};</script><p></p>"_s, 1.5,
        "<script>a =  1.5 ;</script><p></p>");
    row("script, list and map", u"<script>a = {{ x }};</script><p></p>"_s,
        QVariantList{1, u"a"_s, QVariantMap{{u"k"_s, true}}, QVariant()},
        "<script>a = [1,\"a\",{\"k\":true},null];</script><p></p>");
    row("script, nothing", u"<script>a = {{ y }};</script><p></p>"_s, 1,
        "<script>a =  null ;</script><p></p>");
    row("script, single quotes", u"<script>a = '{{ x }}';</script><p></p>"_s, u"';alert(1)//\\"_s,
        "<script>a = '\\u0027;alert(1)//\\u005c';</script><p></p>");
    row("script, template literal", u"<script>a = `{{ x }}`;</script><p></p>"_s, u"`${alert(1)}"_s,
        "<script>a = `\\u0060\\u0024\\u007balert(1)\\u007d`;</script><p></p>");
    row("script, value in a template literal", u"<script>a = `${ {{ x }} }`;</script><p></p>"_s,
        u"a`"_s, "<script>a = `${ \"a\\u0060\" }`;</script><p></p>");
    row("script, regular expression", u"<script>a = /^{{ x }}$/;</script><p></p>"_s, u"a/.b"_s,
        "<script>a = /^a\\u002f\\u002eb$/;</script><p></p>");
    row("script, division is none", u"<script>a = b / {{ x }} / c;</script><p></p>"_s, 2,
        "<script>a = b /  2  / c;</script><p></p>");
    row("script, comments have no values",
        u"<script>/* {{ x }} */ a // {{ x }}\nb = {{ x }}</script><p></p>"_s, 1,
        "<script>/*  */ a // \nb =  1 </script><p></p>");
    row("script, JSON", u"<script type=\"application/json\">{\"a\": {{ x }}}</script><p></p>"_s,
        u"</script>"_s,
        "<script type=\"application/json\">{\"a\": \"\\u003c/script\\u003e\"}</script><p></p>");
    row("script that is no code",
        u"<script type=\"text/x-template\"><b>{{ x }}</b></script><p></p>"_s, u"</script>"_s,
        "<script type=\"text/x-template\"><b>&lt;/script&gt;</b></script><p></p>");
    row("event handler", u"<p onclick=\"f({{ x }}, '{{ x }}')\">"_s, u"a'\"&"_s,
        R"--(<p onclick="f(&quot;a\u0027\u0022\u0026&quot;, 'a\u0027\u0022\u0026')">)--");
    row("event handler, quotes by reference", u"<p onclick=\"f(&quot;{{ x }}&quot;)\">"_s,
        u"\");g(\""_s, R"--(<p onclick="f(&quot;\u0022);g(\u0022&quot;)">)--");
    row("client's hook", u"<p lvt-mounted=\"f({{ x }})\">"_s, u"a"_s,
        "<p lvt-mounted=\"f(&quot;a&quot;)\">");
    row("style, value", u"<p style=\"width: {{ x }}\">"_s, u"10%"_s, "<p style=\"width: 10%\">");
    row("style, more than a value", u"<p style=\"width: {{ x }}\">"_s, u"1px; color: red"_s,
        "<p style=\"width: refused-value\">");
    row("style, expression", u"<p style=\"width: {{ x }}\">"_s, u"expression(alert(1))"_s,
        "<p style=\"width: refused-value\">");
    row("style, string", u"<style>p::after { content: '{{ x }}' }</style><p></p>"_s,
        u"'}</style>"_s,
        "<style>p::after { content: '\\27 \\7d \\3c \\2f style\\3e ' }</style><p></p>");
    row("style, address", u"<p style=\"background: url({{ x }})\">"_s, u"javascript:x"_s,
        "<p style=\"background: url(#refused-address)\">");
    row("style, address in quotes", u"<p style=\"background: url('/i/{{ x }}')\">"_s, u"a.png')"_s,
        "<p style=\"background: url('/i/a.png%27%29')\">");
    row("srcdoc is HTML in an attribute", u"<iframe srcdoc=\"{{ x }}\"></iframe>"_s, u"<b>"_s,
        "<iframe srcdoc=\"&amp;lt;b&amp;gt;\"></iframe>");
    row("attribute's name", u"<input {{ x }}>"_s, u"checked"_s, "<input checked>");
    row("attribute's name, handler", u"<input {{ x }}>"_s, u"onclick"_s, "<input refused-value>");
    row("meta, text", u"<meta name=\"description\" content=\"{{ x }}\">"_s, u"a: b & c"_s,
        "<meta name=\"description\" content=\"a: b &amp; c\">");
    row("meta, refresh", u"<meta http-equiv=\"refresh\" content=\"{{ x }}\">"_s,
        u"0;url=data:text/html,x"_s, "<meta http-equiv=\"refresh\" content=\"refused-value\">");
    row("meta, address", u"<meta http-equiv=\"refresh\" content=\"5;url={{ x }}\">"_s,
        u"javascript:x"_s, "<meta http-equiv=\"refresh\" content=\"5;url=#refused-address\">");
    row("attribute's name, animation", u"<animate {{ x }}>"_s, u"values"_s,
        "<animate refused-value>");
    row("filter's argument is no markup", u"{% filter add:x %}<b>a</b>{% endfilter %}"_s, u"<i>"_s,
        "<b>a</b>&lt;i&gt;");
    row("filter's argument is no markup, constant text", u"{{ \"a\"|stringformat:x }}"_s,
        u"<i>%1</i>"_s, "&lt;i&gt;a&lt;/i&gt;");
    row("filter that cannot divide", u"{{ 5|divisibleby:x }}"_s, 0, "false");
    row("filter of no words", u"{{ \"a b\"|truncatewords:x }}"_s, 0, "");
    row("filter past the end", u"{{ \"ab\"|slice:x }}"_s, 9, "");
    row("filter of no digit", u"{{ 12|get_digit:x }}"_s, 0, "12");
    row("filter of a wide column", u"{{ \"a\"|center:x }}"_s, 2'000'000'000, "a");
    row("member of a text", u"{{ x.upper }}"_s, u"a<"_s, "A&lt;");
    row("attribute's name, more", u"<input {{ x }}>"_s, u"a onclick=b"_s, "<input refused-value>");
    row("attribute's name, rest of a data attribute", u"<p data-{{ x }}=\"1\">"_s, u"a"_s,
        "<p data-a=\"1\">");
    row("comment", u"a<!-- {{ x }} -->b"_s, u"-->"_s, "ab");
    row("cycle", u"{% cycle x 'b' %}"_s, awkward, "&lt;a b=&#39;c&quot;d&amp;");
    row("firstof", u"{% firstof y x %}"_s, awkward, "&lt;a b=&#39;c&quot;d&amp;");
}

void TestEscaping::values()
{
    QFETCH(QString, source);
    QFETCH(QVariant, value);
    const auto compiled = load(u"<div>"_s + source + u"</div>x"_s);
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error().toString()));
    const auto tree = compiled->render({{u"x"_s, value}});
    QVERIFY(tree);
    QByteArray html;
    appendHtml(html, **tree);
    QVERIFY(html.startsWith("<div>") && html.endsWith("</div>x"));
    html = html.sliced(5).chopped(7);
    QTEST(html, "html");
}

void TestEscaping::unquotedAttributesGetQuotes_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("html");
    QTest::newRow("value") << u"<a title={{ x }}>"_s << "<a title=\"a b\">"_ba;
    QTest::newRow("value and attribute")
        << u"<a title={{ x }} id=i>"_s << "<a title=\"a b\" id=i>"_ba;
    QTest::newRow("empty value") << u"<a title={{ y }} id=i>"_s << "<a title=\"\" id=i>"_ba;
    QTest::newRow("two values") << u"<a title={{ x }}{{ y }}>"_s << "<a title=\"a b\">"_ba;
    QTest::newRow("text around") << u"<a title=t{{ x }}\"u>"_s << "<a title=\"ta b&quot;u\">"_ba;
    QTest::newRow("branch") << u"<a title={% if x %}t{% else %}u{% endif %}>"_s
                            << "<a title=\"t\">"_ba;
    QTest::newRow("attribute in a branch")
        << u"<a {% if x %}title={{ x }}{% endif %}>"_s << "<a title=\"a b\">"_ba;
    QTest::newRow("literal attribute in a branch")
        << u"<a {% if x %}title=t{% endif %} id=i>"_s << "<a title=\"t\" id=i>"_ba;
    QTest::newRow("nothing dynamic")
        << u"<a title=t id='i'>{{ x }}"_s << "<a title=t id='i'>a b"_ba;
    QTest::newRow("address") << u"<a href={{ x }}>"_s << "<a href=\"a%20b\">"_ba;
}

void TestEscaping::unquotedAttributesGetQuotes()
{
    QFETCH(QString, source);
    const auto compiled = load(source);
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error().toString()));
    const auto tree = compiled->render({{u"x"_s, u"a b"_s}});
    QVERIFY(tree);
    QByteArray html;
    appendHtml(html, **tree);
    QTEST(html, "html");
}

void TestEscaping::refusedTemplates_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("mentions");
    const auto row = [](const char *name, const QString &source, const QString &place,
                        const QString &mentions) {
        QTest::newRow(name) << source << place << mentions;
    };
    row("branches end in text and in a tag", u"<p>\n{% if a %}<b {% endif %}>"_s, u"2:1"_s,
        u"end in different places"_s);
    row("branches end in other attributes",
        u"<a {% if a %}title=\"{% else %}href=\"{% endif %}{{ x }}\">"_s, u"1:4"_s,
        u"end in different places"_s);
    row("branch opens a script", u"{% if a %}<script>{% endif %}x</script>"_s, u"1:1"_s,
        u"end in different places"_s);
    row("loop ends elsewhere", u"{% for a in b %}<b title=\"{% endfor %}"_s, u"1:1"_s,
        u"where the next begins"_s);
    row("tag's name", u"a\n<{{ x }}>"_s, u"2:2"_s, u"a tag's name must be text"_s);
    row("half a tag's name", u"<h{{ x }}>"_s, u"1:3"_s, u"a tag's name must be text"_s);
    row("end tag", u"<p></{{ x }}>"_s, u"1:6"_s, u"a tag's name must be text"_s);
    row("half an attribute's name", u"<p on{{ x }}=\"1\">"_s, u"1:6"_s,
        u"half text and half value"_s);
    row("value, then the rest of a name", u"<p {{ x }}click=\"1\">"_s, u"1:11"_s,
        u"half text and half value"_s);
    row("branch, then the rest of a name", u"<p {% if a %}on{% endif %}click=\"1\">"_s, u"1:27"_s,
        u"cannot go on behind or within a branch"_s);
    row("value of an attribute whose name is a value", u"<p {{ x }}=\"{{ y }}\">"_s, u"1:11"_s,
        u"cannot have a value"_s);
    row("script address", u"<a href=\"javascript:f({{ x }})\">"_s, u"1:23"_s,
        u"an address that is a script"_s);
    row("scheme of two values", u"<a href=\"{{ x }}{{ y }}:1\">"_s, u"1:24"_s,
        u"part of an address's scheme"_s);
    row("address's parts disagree", u"<a href=\"/p{% if a %}?a={% endif %}{{ x }}\">"_s, u"1:36"_s,
        u"different parts of the address"_s);
    row("regular expression or division",
        u"<script>x = {% if a %}b{% endif %} /c/ {{ x }}</script>"_s, u"1:35"_s,
        u"regular expression"_s);
    row("branch goes on with a tag's name", u"<h{% if a %}1{% endif %}>"_s, u"1:13"_s,
        u"cannot go on behind or within a branch"_s);
    row("value within a branch goes on with a tag's name", u"<h{% if a %}{{ x }}{% endif %}>"_s,
        u"1:13"_s, u"cannot go on with a name"_s);
    row("body in a branch", u"<html>{% if a %}<body>{% endif %}{{ x }}</body></html>"_s, u"1:17"_s,
        u"<body> must not stand within a branch"_s);
    row("filter in a script", u"<script>{% filter upper %}x{% endfilter %}</script>"_s, u"1:9"_s,
        u"could not be trusted"_s);
    row("ends in a tag", u"<p title=\"{{ x }}"_s, u""_s, u"ends in the attribute title of <p>"_s);
    row("ends in a script", u"<script>{{ x }}"_s, u""_s, u"ends in the text of <script>"_s);
    row("document without a body", u"<!DOCTYPE html><html><p>{{ x }}</p></html>"_s, u""_s,
        u"no <body>"_s);
}

void TestEscaping::refusedTemplates()
{
    QFETCH(QString, source);
    QFETCH(QString, place);
    QFETCH(QString, mentions);
    const auto compiled = load(source);
    QVERIFY(!compiled);
    const QString prefix = place.isEmpty() ? u"page.html: "_s : u"page.html:%1: "_s.arg(place);
    QVERIFY2(compiled.error().toString().startsWith(prefix)
                 && compiled.error().message.contains(mentions),
             qPrintable(compiled.error().toString()));
}

void TestEscaping::acceptedTemplates_data()
{
    QTest::addColumn<QString>("source");
    QTest::newRow("attribute or none")
        << u"<input {% if a %}checked{% endif %} title=\"{{ x }}\">"_s;
    QTest::newRow("attribute with a value or none")
        << u"<input {% if a %}value=\"{{ x }}\"{% endif %}>"_s;
    QTest::newRow("branch behind a tag's name")
        << u"<p{% if a %} class=\"x\"{% endif %}>{{ x }}</p>"_s;
    QTest::newRow("loop behind a tag's name")
        << u"<p{% for a in b %} data-{{ a }}{% endfor %}>{{ x }}</p>"_s;
    QTest::newRow("branch behind an attribute's name")
        << u"<input checked{% if a %} disabled{% endif %}>"_s;
    QTest::newRow("attributes from a loop")
        << u"<p {% for a in b %}data-{{ a }}=\"{{ x }}\" {% endfor %}>"_s;
    QTest::newRow("parts of a class")
        << u"<p class=\"a{% if a %} b{% endif %}{% for a in b %} {{ a }}{% endfor %}\">"_s;
    QTest::newRow("rest of an address") << u"<a href=\"/p{% if a %}/q{% endif %}/{{ x }}\">"_s;
    QTest::newRow("parts of a script")
        << u"<p onclick=\"{% if a %}f({{ x }});{% endif %}g('{% for a in b %}{{ a }}{% endfor %}')\">"_s;
    QTest::newRow("comment around a branch") << u"<!-- {% if a %}<b {% endif %} -->x"_s;
    QTest::newRow("less than") << u"a < {{ x }} <3 <= b"_s;
    QTest::newRow("regular expression behind a parenthesis")
        << u"<script>x = {% if a %}(b){% else %}(c){% endif %} / {{ x }}</script>"_s;
}

void TestEscaping::acceptedTemplates()
{
    QFETCH(QString, source);
    const auto compiled = load(source);
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error().toString()));
    QVERIFY(compiled->render({{u"a"_s, true}, {u"x"_s, u"y"_s}, {u"b"_s, QVariantList{u"c"_s}}}));
}

QTEST_GUILESS_MAIN(TestEscaping)
#include "tst_escaping.moc"
