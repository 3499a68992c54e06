// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templategenerator.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

constexpr int pageBudget = 45;
constexpr int partBudget = 10;
constexpr int pageDepth = 4;
constexpr int partDepth = 2;
constexpr auto pageName = "page.html"_L1;

} // namespace

TemplateSet TemplateGenerator::make()
{
    m_set = {};
    makeParts();
    if (m_source.chance(25)) {
        makeChain();
    } else {
        m_budget = pageBudget;
        m_isPage = true;
        QString page;
        // The order of what `debug` prints is only sure before anything else got a name.
        if (m_source.chance(2))
            page += u"{% debug %}"_s;
        page += content(globalScope(), pageDepth);
        m_set.files.insert(pageName, page);
    }
    return m_set;
}

void TemplateGenerator::makeParts()
{
    for (int i = m_source.below(3); i > 0; --i) {
        const QString name = u"part%1.html"_s.arg(i);
        TemplateScope scope = globalScope();
        // A part does not know the loops around it.
        scope.mayUseIfChanged = false;
        const bool isPlain = m_source.chance(25);
        if (isPlain)
            scope = scope.inAttribute();
        m_budget = partBudget;
        // Parts made before may be included by this one.
        m_set.files.insert(name, content(scope, partDepth));
        m_set.parts.append(name);
        if (isPlain)
            m_plainParts.append(name);
    }
}

/// A template with blocks, up to two that override some of them, and the page, which does, too.
void TemplateGenerator::makeChain()
{
    m_isPage = true;
    m_budget = pageBudget / 2;
    QStringList names{u"base.html"_s};
    QString base = content(globalScope(), pageDepth - 1);
    // At least one block.
    base += block(globalScope(), 2);
    m_set.files.insert(names.last(), base);

    const int between = m_source.below(6) / 2 - (m_set.parts.isEmpty() ? 0 : 1);
    for (int i = 0; i < between; ++i) {
        const QString name = u"base%1.html"_s.arg(i + 1);
        m_set.files.insert(name, overrides(names));
        names.append(name);
    }
    m_set.files.insert(pageName, overrides(names));
    note(u"extends over %1 templates"_s.arg(names.size()));
}

QString TemplateGenerator::overrides(const QStringList &names)
{
    m_budget = pageBudget / 3;
    QString text = u"{% extends \"%1\" %}"_s.arg(names.last());
    const QList<Block> blocks = m_blocks;
    for (const Block &overridden : blocks) {
        if (!m_source.chance(60))
            continue;
        TemplateScope scope = globalScope();
        scope.mayUseIfChanged = false;
        if (overridden.place == Place::AttributeValue)
            scope = scope.inAttribute();
        QString body = content(scope, 2);
        if (m_source.chance(40)) {
            note(u"block.super"_s);
            body += u"{{ block.super }}"_s + content(scope, 1);
        }
        text += u"{% block %1 %}%2{% endblock %}"_s.arg(overridden.name, body);
        if (m_source.chance(20))
            text += u" ignored {{ a }}\n"_s;
    }
    return text;
}

QString TemplateGenerator::content(TemplateScope scope, int depth)
{
    QString text;
    for (int i = m_source.below(4); i >= 0; --i)
        text += piece(scope, depth);
    return text;
}

QString TemplateGenerator::piece(TemplateScope &scope, int depth)
{
    if (--m_budget < 0 || depth <= 0)
        return m_source.chance(60) ? printedVariable(scope) : staticText(scope.place);
    if (scope.place == Place::Text && m_source.chance(65))
        return textPiece(scope, depth);
    switch (m_source.below(13)) {
    case 0:
        return staticText(scope.place);
    default:
        return printedVariable(scope);
    case 4:
    case 5:
        return ifTag(scope, depth);
    case 6:
        return ifEqual(scope, depth);
    case 7:
        return with(scope, depth);
    case 8:
        return include(scope);
    case 9:
        return cycle(scope);
    case 10:
        return list(scope, depth);
    case 11:
    case 12:
        return rarePiece(scope, depth);
    }
}

/// What only stands in text: elements, and what is made of them.
QString TemplateGenerator::textPiece(TemplateScope &scope, int depth)
{
    switch (m_source.below(14)) {
    default:
        return element(scope, depth);
    case 4:
        return voidElement(scope, depth);
    case 5:
    case 6:
    case 7:
    case 8:
        return list(scope, depth);
    case 9:
        return regroup(scope, depth);
    case 10:
        return block(scope, depth);
    case 11:
        return wrapped(u"spaceless"_s, u"endspaceless"_s, scope, depth);
    case 12: {
        static const QStringList filters{u"upper"_s,        u"lower"_s,      u"cut:\"a\""_s,
                                         u"force_escape"_s, u"title"_s,      u"linebreaksbr"_s,
                                         u"striptags"_s,    u"wordwrap:9"_s, u"removetags:'b'"_s,
                                         u"upper|cut:'B'"_s};
        return wrapped(u"filter "_s + m_source.pick(filters), u"endfilter"_s, scope, depth);
    }
    case 13: {
        TemplateScope inner = scope;
        inner.escapes = m_source.chance(50);
        // A template that others bring in would be without its escaping in attributes.
        inner.mayUseOthers = inner.mayUseOthers && inner.escapes;
        return wrapped(inner.escapes ? u"autoescape on"_s : u"autoescape off"_s, u"endautoescape"_s,
                       inner, depth);
    }
    }
}

QString TemplateGenerator::rarePiece(TemplateScope &scope, int depth)
{
    switch (m_source.below(13)) {
    case 0:
        return u"{# a {{ comment }} #}"_s;
    case 1:
        return u"{% comment %}{{ a }}{% if %}{% endcomment %}"_s;
    case 2:
        return u"{% firstof %1 %2 'none' %}"_s.arg(m_expressions.plain(scope),
                                                   m_expressions.plain(scope));
    case 3:
        return u"{% now \"'noon'\" %}"_s;
    case 4:
        return u"{% widthratio %1 %2 100 %}"_s.arg(
            m_expressions.variable(scope, {ValueKind::Number})->path,
            m_source.chance(50) ? u"count"_s : u"8"_s);
    case 5: {
        static const QStringList names{u"openvariable"_s, u"closevariable"_s, u"openblock"_s,
                                       u"closeblock"_s,   u"openbrace"_s,     u"closebrace"_s,
                                       u"opencomment"_s,  u"closecomment"_s};
        return u"{% templatetag %1 %}"_s.arg(m_source.pick(names));
    }
    case 6:
        return u"{% load ktexttemplate_i18ntags %}"_s;
    case 7:
        return u"{% media_finder \"logo.png\" %}"_s;
    case 8:
    case 9:
        return range(scope, depth);
    default:
        return ifChanged(scope, depth);
    }
}

QString TemplateGenerator::staticText(Place place)
{
    static const QStringList texts{
        u"text"_s,  u" "_s,       u"x y "_s,    u"\n  "_s, u"&amp;&nbsp;"_s, u"ü🎉"_s,
        u"{ x }"_s, u"100 % }"_s, u"\\n\\\""_s, u"a\tb"_s, u"'"_s,           u"1 &lt; 2"_s,
    };
    const QString text = m_source.pick(texts);
    if (place == Place::Text)
        return text;
    // No quote that could end the value.
    return QString(text).remove(u'"').remove(u'\'');
}

QString TemplateGenerator::printedVariable(const TemplateScope &scope)
{
    return u"{{ %1 }}"_s.arg(m_expressions.printed(scope));
}

QString TemplateGenerator::element(const TemplateScope &scope, int depth)
{
    static const QStringList names{u"p"_s, u"b"_s, u"div"_s, u"span"_s, u"h1"_s, u"EM"_s};
    const QString &name = m_source.pick(names);
    return u"<%1%2>%3</%1>"_s.arg(name, attributes(scope, depth), content(scope, depth - 1));
}

QString TemplateGenerator::voidElement(const TemplateScope &scope, int depth)
{
    static const QStringList starts{u"<br"_s, u"<hr"_s, u"<input type=\"text\" name=\"q\""_s,
                                    u"<img src=\"/x.png\""_s, u"<input disabled"_s};
    return m_source.pick(starts) + attributes(scope, depth)
        + (m_source.chance(30) ? u" />"_s : u">"_s);
}

QString TemplateGenerator::attributes(const TemplateScope &scope, int depth)
{
    static const QStringList names{u"title"_s, u"class"_s, u"data-x"_s, u"value"_s, u"alt"_s};
    QString text;
    for (int i = m_source.below(4) - 1; i > 0; --i) {
        const QChar quote = m_source.chance(35) ? u'\'' : u'"';
        // The library would print a value as it is, which ends the attribute.
        const QString value = scope.escapes ? content(scope.inAttribute(), qMin(depth - 1, 2))
                                            : staticText(Place::AttributeValue);
        text += u" %1=%2%3%2"_s.arg(names.at((i + m_names) % names.size()), QString(quote), value);
        note(quote == u'"' ? u"double-quoted attribute"_s : u"single-quoted attribute"_s);
    }
    return text;
}

QString TemplateGenerator::ifTag(const TemplateScope &scope, int depth)
{
    QString text = u"{% if %1 %}%2"_s.arg(m_expressions.condition(scope),
                                          content(scope, depth - 1));
    for (int i = m_source.below(4) - 1; i > 0; --i)
        text += u"{% elif %1 %}%2"_s.arg(m_expressions.condition(scope), content(scope, depth - 1));
    if (m_source.chance(50))
        text += u"{% else %}"_s + content(scope, depth - 1);
    return text + u"{% endif %}"_s;
}

QString TemplateGenerator::ifEqual(const TemplateScope &scope, int depth)
{
    const QString tag = m_source.chance(50) ? u"ifequal"_s : u"ifnotequal"_s;
    QString text = u"{% %1 %2 %3 %}%4"_s.arg(tag, m_expressions.value(scope),
                                             m_expressions.value(scope), content(scope, depth - 1));
    if (m_source.chance(50))
        text += u"{% else %}"_s + content(scope, depth - 1);
    return text + u"{% end%1 %}"_s.arg(tag);
}

QString TemplateGenerator::ifChanged(const TemplateScope &scope, int depth)
{
    if (!scope.mayUseIfChanged)
        return printedVariable(scope);
    QString text;
    if (m_source.chance(40)) {
        // The library renders the content twice to compare it, so nothing in it may count.
        note(u"ifchanged by content"_s);
        text = u"{% ifchanged %}%1%2%3"_s.arg(staticText(scope.place), printedVariable(scope),
                                              staticText(scope.place));
    } else {
        // The library takes a space for the end of a value, also where it is quoted.
        const auto value = [&] {
            const QString chosen = m_expressions.value(scope);
            return chosen.contains(u' ') ? u"a"_s : chosen;
        };
        QString values = value();
        if (m_source.chance(30))
            values += u' ' + value();
        text = u"{% ifchanged %1 %}%2"_s.arg(values, content(scope.inFrame(), depth - 1));
    }
    if (m_source.chance(50))
        text += u"{% else %}"_s + content(scope.inFrame(), depth - 1);
    return text + u"{% endifchanged %}"_s;
}

QString TemplateGenerator::with(const TemplateScope &scope, int depth)
{
    TemplateScope inner = scope.inFrame();
    QString head;
    if (m_source.chance(30)) {
        const QString name = newName("w"_L1);
        head = u"%1 as %2"_s.arg(m_expressions.value(scope), name);
        inner.add(name, ValueKind::Anything);
    } else if (m_source.chance(30)) {
        // A part that is included in here sees other values.
        head = u"a=%1 b=%2"_s.arg(m_expressions.variable(scope, {ValueKind::Text})->path,
                                  m_expressions.value(scope));
        note(u"with that hides a variable"_s);
    } else {
        const QString name = newName("w"_L1);
        const ScopeVariable rows = *m_expressions.variable(scope, {ValueKind::Rows});
        head = u"%1=%2"_s.arg(name, rows.path);
        inner.add(name, ValueKind::Rows);
    }
    return u"{% with %1 %}%2{% endwith %}"_s.arg(head, content(inner, depth - 1));
}

QString TemplateGenerator::include(const TemplateScope &scope)
{
    const QStringList parts = scope.place == Place::Text ? m_set.parts : m_plainParts;
    if (parts.isEmpty() || !scope.mayUseOthers)
        return printedVariable(scope);
    if (scope.loop) {
        if (scope.loop->usesParentLoop)
            return printedVariable(scope);
        scope.loop->containsLoop = true;
    }
    // The variable may name any part that there is in the end, this one too, when it is in one.
    if (m_isPage && scope.place == Place::Text && m_source.chance(30)) {
        note(u"include by a variable"_s);
        return u"{% include part %}"_s;
    }
    note(scope.place == Place::Text ? u"include"_s : u"include in an attribute"_s);
    return (m_source.chance(70) ? u"{% include \"%1\" %}"_s : u"{% include '%1' %}"_s)
        .arg(m_source.pick(parts));
}

QString TemplateGenerator::block(const TemplateScope &scope, int depth)
{
    if (!m_isPage || !scope.mayUseOthers)
        return element(scope, depth);
    if (scope.loop) {
        if (scope.loop->usesParentLoop)
            return element(scope, depth);
        scope.loop->containsLoop = true;
        note(u"block in a loop"_s);
    }
    const QString name = newName("block"_L1);
    TemplateScope inner = scope.inFrame();
    inner.loop.reset();
    const QString body = content(inner, depth - 1);
    m_blocks.append({name, scope.place});
    const QString end = m_source.chance(30) ? u"endblock "_s + name : u"endblock"_s;
    return u"{% block %1 %}%2{% %3 %}"_s.arg(name, body, end);
}

QString TemplateGenerator::cycle(TemplateScope &scope)
{
    // The library parses a part each time, and keeps the place of its cycles by their address: it
    // crashes when a part is included twice.
    if (!m_isPage)
        return printedVariable(scope);
    switch (m_source.below(4)) {
    case 0:
        return u"{% cycle 'odd' \"even\" %}"_s;
    case 1:
        return u"{% cycle one,two,three %}"_s;
    case 2:
        return u"{% cycle %1 %2 'z' %}"_s.arg(m_expressions.plain(scope),
                                              m_expressions.plain(scope));
    default: {
        const QString name = newName("c"_L1);
        scope.add(name, ValueKind::Text);
        note(u"cycle with a name"_s);
        QString text = u"{% cycle 'r' 'g' 'b' as %1 %}"_s.arg(name);
        if (m_source.chance(50))
            text += u"{% cycle %1 %}{{ %1 }}"_s.arg(name);
        return text;
    }
    }
}

QString TemplateGenerator::range(const TemplateScope &scope, int depth)
{
    TemplateScope inner = scope;
    QString head = u"3"_s;
    if (m_source.chance(70)) {
        static const QStringList limits{u"1 4"_s, u"0 7 3"_s, u"0 words|length"_s};
        const QString name = newName("i"_L1);
        head = m_source.pick(limits) + u" as "_s + name;
        inner = scope.inFrame();
        inner.add(name, ValueKind::Number);
    }
    return u"{% range %1 %}%2{% endrange %}"_s.arg(head, content(inner, depth - 1));
}

QString TemplateGenerator::regroup(TemplateScope &scope, int depth)
{
    const ScopeVariable rows = *m_expressions.variable(scope, {ValueKind::Rows});
    const QString groups = newName("groups"_L1);
    const QString group = newName("g"_L1);
    if (scope.loop) {
        if (scope.loop->usesParentLoop)
            return element(scope, depth);
        scope.loop->containsLoop = true;
    }
    TemplateScope inner = scope;
    inner.mayUseIfChanged = true;
    inner.loop = std::make_shared<ScopeLoop>();
    inner.add(group + u".grouper"_s, ValueKind::Text);
    inner.add(group + u".list"_s, ValueKind::Rows);
    const QString by = m_source.chance(60) ? u"group"_s : u"name"_s;
    QString text = u"{% regroup %1 by %2 as %3 %}"_s.arg(rows.path, by, groups);
    text += u"{% for %1 in %2 %}<h2>{{ %1.grouper }}</h2>%3{% endfor %}"_s.arg(
        group, groups, content(inner, depth - 1));
    return text;
}

QString TemplateGenerator::wrapped(const QString &tag, const QString &end,
                                   const TemplateScope &scope, int depth)
{
    return u"{% %1 %}%2{% %3 %}"_s.arg(tag, content(scope, depth - 1), end);
}

/// A loop, alone in its parent element, or with others in it, or without one.
QString TemplateGenerator::list(const TemplateScope &scope, int depth)
{
    static constexpr RowElements all[] = {
        {"ul"_L1, "li"_L1, {}},
        {"tbody"_L1, "tr"_L1, "td"_L1},
        {"div"_L1, "p"_L1, "b"_L1},
        {"dl"_L1, "dt"_L1, {}},
    };
    const RowElements &elements = m_source.pick(all);
    if (scope.place == Place::AttributeValue) {
        note(u"range in an attribute"_s);
        return loop(scope, depth, elements);
    }
    const QString parent = elements.parent;
    QString before;
    QString after;
    switch (m_source.below(7)) {
    default:
        note(u"range as the sole content"_s);
        break;
    case 2:
        note(u"range after a header"_s);
        before = u"<%1>%2</%1>"_s.arg(elements.row, content(scope, 1));
        break;
    case 3:
        note(u"range beside text"_s);
        before = printedVariable(scope);
        after = staticText(Place::Text);
        break;
    case 4:
        note(u"range beside a range"_s);
        after = loop(scope, depth - 1, elements);
        break;
    case 5:
        note(u"range beside a branch"_s);
        after = ifTag(scope, depth - 1);
        break;
    case 6:
        note(u"range without a parent element"_s);
        return loop(scope, depth, elements);
    }
    const QString rows = before + loop(scope, depth, elements) + after;
    const QString space = m_source.chance(25) ? u"\n  "_s : QString();
    QString text = u"<%1%2>%3%4%3</%1>"_s.arg(parent, attributes(scope, 1), space, rows);
    if (elements.parent == "tbody"_L1)
        text = u"<table>"_s + text + u"</table>"_s;
    return text;
}

QString TemplateGenerator::loop(const TemplateScope &scope, int depth, const RowElements &elements)
{
    if (scope.loop) {
        if (scope.loop->usesParentLoop)
            return printedVariable(scope);
        scope.loop->containsLoop = true;
        note(u"range in a range"_s);
    }
    LoopHead head = loopHead(scope);
    head.scope.loop = std::make_shared<ScopeLoop>();
    head.scope.loop->hasParentLoop = scope.loop != nullptr;
    head.scope.mayUseIfChanged = true;
    QString text = u"{% for %1%2 %}"_s.arg(head.text,
                                           m_source.chance(20) ? u" reversed"_s : QString());
    text += loopBody(head, depth, elements);
    if (head.scope.loop->usesParentLoop)
        note(u"forloop.parentloop"_s);
    if (m_source.chance(35)) {
        note(u"for with empty"_s);
        text += u"{% empty %}"_s;
        text += scope.place == Place::Text
            ? u"<%1>%2</%1>"_s.arg(elements.row, content(scope.inFrame(), depth - 1))
            : content(scope.inFrame(), depth - 1);
    }
    return text + u"{% endfor %}"_s;
}

TemplateGenerator::LoopHead TemplateGenerator::loopHead(const TemplateScope &scope)
{
    using enum ValueKind;
    const ScopeVariable list = m_source.chance(60)
        ? *m_expressions.variable(scope, {Rows})
        : *m_expressions.variable(scope, {Scalars, Rows, Pairs, Lists});
    LoopHead head{{}, scope, {}};
    const QString item = newName("x"_L1);
    switch (list.kind) {
    case Rows:
        if (m_source.chance(15)) {
            note(u"for that unpacks rows"_s);
            head.text = u"name, id in "_s + list.path;
            head.scope.add(u"name"_s, Text);
            head.scope.add(u"id"_s, Anything);
            head.key = u"id"_s;
            break;
        }
        head.text = u"%1 in %2"_s.arg(item, list.path);
        if (m_source.chance(10)) {
            note(u"for over a filter's result"_s);
            head.text += u"|dictsort:\"name\""_s;
        }
        head.scope.addRow(item);
        head.key = item + u".id"_s;
        break;
    case Pairs: {
        if (m_source.chance(25)) {
            head.text = u"%1 in %2"_s.arg(item, list.path);
            head.scope.add(item + u".0"_s, Anything);
            head.scope.add(item + u".1"_s, Anything);
            head.key = item + u".0"_s;
            break;
        }
        note(u"for that unpacks lists"_s);
        const QString second = newName("y"_L1);
        head.text = (m_source.chance(50) ? u"%1, %2 in %3"_s : u"%1,%2 in %3"_s)
                        .arg(item, second, list.path);
        head.scope.add(item, Anything);
        head.scope.add(second, Anything);
        head.key = item;
        break;
    }
    case Lists:
        head.text = u"%1 in %2"_s.arg(item, list.path);
        head.scope.add(item, Scalars);
        head.key = item + u".0"_s;
        break;
    default:
        head.text = u"%1 in %2"_s.arg(item, list.path);
        head.scope.add(item, Anything);
        head.key = item;
    }
    return head;
}

QString TemplateGenerator::loopBody(const LoopHead &head, int depth, const RowElements &elements)
{
    const TemplateScope &scope = head.scope;
    if (scope.place == Place::AttributeValue)
        return content(scope, depth - 1) + u' ';
    const QString row = elements.row;
    const auto cells = [&] {
        if (elements.cell.isEmpty())
            return content(scope, depth - 1);
        QString text;
        for (int i = m_source.below(3); i >= 0; --i)
            text += u"<%1>%2</%1>"_s.arg(elements.cell, content(scope, depth - 1));
        return text;
    };
    QString keyed = u" data-key=\"{{ %1 }}\""_s.arg(head.key);
    if (!scope.escapes)
        keyed.clear();
    switch (m_source.below(12)) {
    default:
        note(u"keyed rows"_s);
        return u"<%1%2%3>%4</%1>"_s.arg(row, keyed, attributes(scope, 1), cells());
    case 4:
        note(u"keyed rows, the key not first"_s);
        return u"\n<%1%2%3>%4</%1>"_s.arg(row, attributes(scope, 1),
                                          keyed.replace(u"data-key"_s, u"data-lvt-key"_s), cells());
    case 5:
        note(u"rows with a composed key"_s);
        return u"<%1%2>%3</%1>"_s.arg(row, keyed.replace(u"\"{{"_s, u"\"row-{{"_s), cells());
    case 6:
        note(u"rows with the key within"_s);
        return u"<%1><i%2></i>%3</%1>"_s.arg(row, keyed, cells());
    case 7:
        note(u"keyed rows in a branch"_s);
        return u"{% if %1 %}<%2%3>%4</%2>{% endif %}"_s.arg(m_expressions.condition(scope), row,
                                                            keyed, cells());
    case 8:
    case 9:
        note(u"rows without a key"_s);
        return u"<%1%2>%3</%1>"_s.arg(row, attributes(scope, 1), cells());
    case 10:
        note(u"rows of several elements"_s);
        return u"<%1%2>%3</%1><%1>%4</%1>"_s.arg(row, keyed, cells(), cells());
    case 11:
        note(u"rows without an element"_s);
        return content(scope, depth - 1) + u", "_s;
    }
}

QString TemplateGenerator::newName(QLatin1StringView stem)
{
    return stem + QString::number(++m_names);
}

} // namespace LiveTemplate
