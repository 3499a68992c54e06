// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "htmlpage_p.h"

#include <QSet>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

std::span<GumboNode *> toSpan(const GumboVector &nodes)
{
    return {reinterpret_cast<GumboNode **>(nodes.data), nodes.length};
}

bool isElement(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT;
}

void collect(const GumboNode *node, std::vector<Element> &elements)
{
    if (node->type == GUMBO_NODE_DOCUMENT) {
        for (const GumboNode *child : toSpan(node->v.document.children))
            collect(child, elements);
    }
    if (!isElement(node))
        return; // text, or a template, which is no part of the page
    elements.push_back(node);
    for (const GumboNode *child : toSpan(node->v.element.children))
        collect(child, elements);
}

/// Elements whose text stands on lines of its own.
bool isBlock(Element element)
{
    static const QSet<QString> inlineTags{
        u"a"_s,    u"abbr"_s, u"b"_s,    u"bdi"_s,   u"bdo"_s,   u"cite"_s,   u"code"_s, u"data"_s,
        u"del"_s,  u"dfn"_s,  u"em"_s,   u"font"_s,  u"i"_s,     u"ins"_s,    u"kbd"_s,  u"mark"_s,
        u"q"_s,    u"s"_s,    u"samp"_s, u"small"_s, u"span"_s,  u"strong"_s, u"sub"_s,  u"sup"_s,
        u"time"_s, u"u"_s,    u"var"_s,  u"wbr"_s,   u"tspan"_s, u"output"_s, u"label"_s};
    return !inlineTags.contains(tagOf(element));
}

bool isShown(Element element)
{
    static const QSet<QString> silent{u"script"_s, u"style"_s, u"noscript"_s, u"head"_s};
    return !silent.contains(tagOf(element));
}

enum class Text {
    Raw,
    Shown
};

void appendText(const GumboNode *node, Text kind, QString &text)
{
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        text += QString::fromUtf8(node->v.text.text);
        return;
    case GUMBO_NODE_ELEMENT:
        break;
    default:
        return;
    }
    if (kind == Text::Shown && !isShown(node))
        return;
    const bool apart = kind == Text::Shown && isBlock(node);
    if (apart)
        text += u' ';
    for (const GumboNode *child : toSpan(node->v.element.children))
        appendText(child, kind, text);
    if (apart)
        text += u' ';
}

} // namespace

void HtmlPage::Deleter::operator()(GumboOutput *output) const
{
    gumbo_destroy_output(&kGumboDefaultOptions, output);
}

HtmlPage::HtmlPage(const QString &html)
    : m_source(html.toUtf8())
    , m_output(gumbo_parse_with_options(&kGumboDefaultOptions, m_source.constData(),
                                        std::size_t(m_source.size())))
{
    collect(m_output->document, m_elements);
}

qsizetype HtmlPage::offset(const char *position) const
{
    return position - m_source.constData();
}

qsizetype HtmlPage::contentBegin(Element element) const
{
    const GumboStringPiece &tag = element->v.element.original_tag;
    return tag.data ? offset(tag.data) + qsizetype(tag.length) : 0;
}

/// Null when the element goes without one. Gumbo has another's there, which ended it too.
const GumboStringPiece *HtmlPage::endTag(Element element)
{
    GumboStringPiece name = element->v.element.original_end_tag;
    if (!name.data || name.length == 0)
        return nullptr;
    gumbo_tag_from_original_text(&name);
    const auto text = QByteArrayView(name.data, qsizetype(name.length));
    return text.compare(tagOf(element).toUtf8(), Qt::CaseInsensitive) == 0
        ? &element->v.element.original_end_tag
        : nullptr;
}

qsizetype HtmlPage::end(const GumboNode &node) const
{
    if (!isElement(&node)) {
        const GumboStringPiece &text = node.v.text.original_text;
        return text.data ? offset(text.data) + qsizetype(text.length) : 0;
    }
    const GumboStringPiece *tag = endTag(&node);
    return tag ? offset(tag->data) + qsizetype(tag->length) : contentEnd(&node);
}

qsizetype HtmlPage::contentEnd(Element element) const
{
    if (const GumboStringPiece *tag = endTag(element))
        return offset(tag->data);
    // It may go without one: then it ends where the last of what is in it does.
    qsizetype last = contentBegin(element);
    for (const GumboNode *child : toSpan(element->v.element.children))
        last = std::max(last, end(*child));
    return last;
}

QString HtmlPage::outerHtml(Element element) const
{
    const GumboStringPiece &tag = element->v.element.original_tag;
    if (!tag.data)
        return QString::fromUtf8(m_source); // html or body that nobody wrote
    const qsizetype begin = offset(tag.data);
    return QString::fromUtf8(m_source.sliced(begin, end(*element) - begin));
}

Element parentOf(Element element)
{
    return element->parent && isElement(element->parent) ? element->parent : nullptr;
}

std::vector<Element> childrenOf(Element element)
{
    std::vector<Element> elements;
    std::ranges::copy_if(toSpan(element->v.element.children), std::back_inserter(elements),
                         isElement);
    return elements;
}

bool contains(Element ancestor, Element element)
{
    while (element && element != ancestor)
        element = parentOf(element);
    return element;
}

Element closest(Element element, QStringView tag)
{
    while (element && !isTag(element, tag))
        element = parentOf(element);
    return element;
}

QString tagOf(Element element)
{
    const GumboElement &details = element->v.element;
    if (details.tag != GUMBO_TAG_UNKNOWN)
        return QString::fromLatin1(gumbo_normalized_tagname(details.tag));
    GumboStringPiece name = details.original_tag;
    gumbo_tag_from_original_text(&name);
    return QString::fromUtf8(name.data, qsizetype(name.length)).toLower();
}

bool isTag(Element element, QStringView tag)
{
    return element && tagOf(element) == tag;
}

bool hasAttribute(Element element, const char *name)
{
    return gumbo_get_attribute(&element->v.element.attributes, name);
}

QString attributeOf(Element element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->v.element.attributes, name);
    return found ? QString::fromUtf8(found->value) : QString();
}

QString keywordOf(Element element, const char *name)
{
    return attributeOf(element, name).trimmed().toLower();
}

QString rawText(Element element)
{
    QString text;
    appendText(element, Text::Raw, text);
    return text;
}

QString shownText(Element element)
{
    QString text;
    appendText(element, Text::Shown, text);
    return text.simplified();
}

QString startTag(Element element)
{
    const GumboStringPiece &tag = element->v.element.original_tag;
    return tag.data ? QString::fromUtf8(tag.data, qsizetype(tag.length)).simplified()
                    : u"<%1>"_s.arg(tagOf(element));
}

} // namespace LiveTest
