// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "compiler_p.h"

#include "foreignnode_p.h"
#include "syntaxnode_p.h"
#include "templateengine_p.h"

#include <QScopeGuard>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// The place @p offset characters into @p node's text.
SourcePosition positionIn(const SyntaxNode &node, QStringView text, qsizetype offset)
{
    SourcePosition position = node.position();
    const QStringView before = text.first(std::min(offset, text.size()));
    const qsizetype lines = before.count(u'\n');
    if (lines > 0)
        position.column = int(before.size() - before.lastIndexOf(u'\n'));
    else
        position.column += int(before.size());
    position.line += int(lines);
    return position;
}

} // namespace

Compiler::Compiler(TemplateEngine &engine, CompileState state, HtmlContext start)
    : m_engine(engine)
    , m_state(std::move(state))
    , m_root(std::move(start))
    , m_builder(&m_root)
{
}

void Compiler::fail(const SyntaxNode &node, const QString &message)
{
    throw TemplateError{node.file(), node.position().line, node.position().column, message};
}

void Compiler::nodes(const KTextTemplate::NodeList &list)
{
    for (const KTextTemplate::Node *each : list)
        node(*each);
}

void Compiler::node(const KTextTemplate::Node &node)
{
    if (const auto *own = qobject_cast<const SyntaxNode *>(&node)) {
        own->compile(*this);
    } else if (std::strcmp(node.metaObject()->className(), "KTextTemplate::TextNode") != 0) {
        // The library's own texts stand between the marks that we made of all tokens: empty.
        compileForeign(*this, node);
    }
}

void Compiler::text(QStringView text, const SyntaxNode &node)
{
    const auto done = m_builder->text(text);
    if (!done) {
        const SourcePosition position = positionIn(node, text, done.error().offset);
        throw TemplateError{node.file(), position.line, position.column, done.error().message};
    }
}

void Compiler::beginDynamic(const SyntaxNode &node, HtmlContext::Dynamic what)
{
    if (const auto done = m_builder->beginDynamic(what); !done)
        fail(node, done.error());
}

void Compiler::dynamic(StepPtr step)
{
    m_builder->dynamic(std::move(step));
}

void Compiler::effect(StepPtr step)
{
    m_builder->effect(std::move(step));
}

void Compiler::advanceValue()
{
    m_builder->advanceValue();
}

Escaper Compiler::escaperHere(const SyntaxNode &node) const
{
    const auto escaper = m_builder->context().escaper();
    if (!escaper)
        fail(node, escaper.error());
    return *escaper;
}

/// A document's body is found in the text at the top of a page only.
void Compiler::failIfBodyIn(const BlockBuilder &builder, const KTextTemplate::NodeList &list)
{
    const auto isBody = [](const BlockEvent &event) {
        return event.kind == HtmlEvent::Kind::StartTag && event.name == "body"_L1;
    };
    if (std::ranges::none_of(builder.events(), isBody))
        return;
    for (const KTextTemplate::Node *each : list) {
        if (const auto *own = qobject_cast<const SyntaxNode *>(each))
            fail(*own, u"<body> must not stand within a branch or a loop"_s);
    }
}

Compiler::Branch Compiler::branch(const KTextTemplate::NodeList &list, const HtmlContext &start)
{
    BlockBuilder builder(start);
    BlockBuilder *const outer = std::exchange(m_builder, &builder);
    const auto done = qScopeGuard([this, outer] { m_builder = outer; });
    nodes(list);
    failIfBodyIn(builder, list);
    builder.endBranch(start);
    return {builder.finish(), builder.context()};
}

std::vector<Block> Compiler::alternatives(std::span<const KTextTemplate::NodeList *const> lists,
                                          const SyntaxNode &node)
{
    beginDynamic(node, HtmlContext::Dynamic::Branch);
    const HtmlContext start = context();
    std::vector<Block> blocks;
    std::optional<HtmlContext> end;
    bool isEmpty = true;
    for (const KTextTemplate::NodeList *list : lists) {
        Branch compiled = list ? branch(*list, start) : Branch{Block(), start};
        isEmpty = isEmpty && compiled.block.isEmpty();
        if (!end) {
            end = compiled.end;
        } else {
            const QString first = end->describe();
            if (!HtmlContext::join(*end, compiled.end)) {
                fail(node,
                     u"its branches end in different places of the HTML: one %1, another %2"_s.arg(
                         first, compiled.end.describe()));
            }
        }
        blocks.push_back(std::move(compiled.block));
    }
    setContext(*end);
    // Nothing is written within a comment.
    if (isEmpty && start.state() == HtmlContext::State::Comment)
        return {};
    return blocks;
}

Block Compiler::loop(const KTextTemplate::NodeList &list, const SyntaxNode &node)
{
    beginDynamic(node, HtmlContext::Dynamic::Branch);
    const HtmlContext start = context();
    Branch body = branch(list, start);
    HtmlContext around = start;
    bool fits = HtmlContext::join(around, body.end);
    if (fits && around != start) {
        // The second run starts where the first ended.
        body = branch(list, around);
        HtmlContext again = around;
        fits = HtmlContext::join(again, body.end) && again == around;
    }
    if (!fits) {
        fail(node,
             u"each run must end in the place of the HTML where the next begins: it begins "
             "%1 and ends %2"_s.arg(start.describe(), body.end.describe()));
    }
    setContext(around);
    return std::move(body.block);
}

Block Compiler::textual(const KTextTemplate::NodeList &list, const SyntaxNode &node)
{
    beginDynamic(node, HtmlContext::Dynamic::Branch);
    switch (escaperHere(node).kind) {
    case Escaper::Kind::Html:
    case Escaper::Kind::PlainText:
    case Escaper::Kind::Attribute:
    case Escaper::Kind::Nothing:
        break;
    default:
        fail(node,
             u"it cannot stand %1: what it makes of the text could not be trusted there"_s.arg(
                 context().describe()));
    }
    HtmlContext start = context();
    Branch body = branch(list, start);
    if (!HtmlContext::join(start, body.end)) {
        fail(node,
             u"it must end in the place of the HTML where it begins: it begins %1 and ends %2"_s
                 .arg(start.describe(), body.end.describe()));
    }
    setContext(start);
    return std::move(body.block);
}

void Compiler::include(const QString &name, const SyntaxNode &node)
{
    if (m_state.templates.contains(name)) {
        fail(node,
             u"templates include each other: %1"_s.arg(
                 (m_state.templates + QStringList{name}).join(u" → "_s)));
    }
    if (m_state.templates.size() > m_engine.maximumDepth()) {
        fail(node, u"templates are included more than %1 deep"_s.arg(m_engine.maximumDepth()));
    }
    const auto parsed = m_engine.parsed(name);
    if (!parsed) {
        if (parsed.error().line == 0)
            fail(node, parsed.error().message);
        throw parsed.error();
    }
    CompileState inside;
    inside.autoescape = m_state.autoescape;
    inside.templates = m_state.templates + QStringList{name};
    CompileState outer = std::exchange(m_state, std::move(inside));
    const auto done = qScopeGuard([this, &outer] { m_state = std::move(outer); });
    nodes((*parsed)->nodes());
}

} // namespace LiveTemplate
