// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "blockbuilder_p.h"
#include "htmlcontext_p.h"
#include "sourceposition_p.h"
#include "templateengine_p.h"
#include "templateerror.h"

#include <KTextTemplate/Node>

#include <QHash>
#include <QStringList>

#include <memory>
#include <span>
#include <vector>

namespace LiveTemplate {

class BlockNode;
class SyntaxNode;

/// What the place of a node decides besides the HTML before it.
struct CompileState
{
    bool autoescape = true;
    /// The templates around, from the page's own: one that comes again is a circle.
    QStringList templates;
    /// The definitions of each `block`, from the most derived template's.
    QHash<QString, std::vector<const BlockNode *>> blocks;
    /// The block around, and which of its definitions it is.
    const BlockNode *block = nullptr;
    std::size_t blockLevel = 0;
};

/// Turns syntax nodes into blocks: follows the HTML from literal text to literal text, decides how
/// each value is escaped, and puts what constant includes and `extends` name into its place.
///
/// Errors are thrown as TemplateError.
class Compiler
{
public:
    Compiler(TemplateEngine &engine, CompileState state, HtmlContext start);

    [[nodiscard]] TemplateEngine &engine() const { return m_engine; }
    [[nodiscard]] CompileState &state() { return m_state; }
    [[nodiscard]] const HtmlContext &context() const { return m_builder->context(); }
    void setContext(const HtmlContext &context) { m_builder->setContext(context); }

    void nodes(const KTextTemplate::NodeList &list);
    void text(QStringView text, const SyntaxNode &node);
    /// Must come before a branch is compiled, and before dynamic().
    void beginDynamic(const SyntaxNode &node, HtmlContext::Dynamic what);
    void dynamic(StepPtr step);
    void effect(StepPtr step);
    /// Appends a step that writes a value: @p make is given the escaper for this place, and is not
    /// called where nothing is written.
    template<typename Make>
    void value(const SyntaxNode &node, Make make)
    {
        beginDynamic(node, HtmlContext::Dynamic::Value);
        const Escaper escaper = escaperHere(node);
        if (escaper.kind != Escaper::Kind::Nothing)
            dynamic(make(escaper));
        advanceValue();
    }

    /// A part of the template that is rendered as a block of its own.
    struct Branch
    {
        Block block;
        HtmlContext end;
    };
    [[nodiscard]] Branch branch(const KTextTemplate::NodeList &list, const HtmlContext &start);
    /// Branches of which one is rendered; they must end in one context, which becomes the
    /// current one. A branch that is left out is given by null.
    [[nodiscard]] std::vector<Block> alternatives(
        std::span<const KTextTemplate::NodeList *const> lists, const SyntaxNode &node);
    /// A branch that is rendered any number of times.
    [[nodiscard]] Block loop(const KTextTemplate::NodeList &list, const SyntaxNode &node);
    /// A branch whose HTML is worked upon as a text: only where that text is HTML or plain.
    [[nodiscard]] Block textual(const KTextTemplate::NodeList &list, const SyntaxNode &node);

    /// The nodes of template @p name, in this place.
    void include(const QString &name, const SyntaxNode &node);
    [[noreturn]] static void fail(const SyntaxNode &node, const QString &message);

    /// The block that was compiled, when nothing more follows.
    [[nodiscard]] BlockBuilder finish() { return std::move(m_root); }

private:
    [[nodiscard]] Escaper escaperHere(const SyntaxNode &node) const;
    void advanceValue();
    void node(const KTextTemplate::Node &node);
    static void failIfBodyIn(const BlockBuilder &builder, const KTextTemplate::NodeList &list);

    TemplateEngine &m_engine;
    CompileState m_state;
    BlockBuilder m_root;
    BlockBuilder *m_builder;
};

} // namespace LiveTemplate
