// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "blocknode_p.h"

#include "compiler_p.h"
#include "escaper_p.h"
#include "latetemplatestep_p.h"
#include "scopesteps_p.h"
#include "tagparser_p.h"
#include "templateengine_p.h"

#include <KTextTemplate/SafeString>
#include <KTextTemplate/Template>
#include <KTextTemplate/Util>

#include <QScopeGuard>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Sets `block` to a map in which `super` is the HTML of the replaced definition.
class BindSuperStep : public Step
{
public:
    BindSuperStep(Symbol variable, Block content)
        : m_variable(variable)
        , m_content(std::move(content))
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &) const override
    {
        const KTextTemplate::SafeString html(QString::fromUtf8(m_content.html(pass)), true);
        pass.scope().set(m_variable, QVariantHash{{u"super"_s, QVariant::fromValue(html)}});
    }
    bool hasDynamic() const override { return false; }

private:
    Symbol m_variable;
    Block m_content;
};

} // namespace

KTextTemplate::Node *BlockNode::parse(TagParser &tag)
{
    if (tag.words().size() != 1)
        TagParser::fail(u"'block' takes one name: %1"_s.arg(tag.content()));
    auto node = std::make_unique<BlockNode>();
    node->m_name = tag.words().first();
    if (tag.state().blocks.contains(node->m_name))
        TagParser::fail(u"there is a block '%1' already in this template"_s.arg(node->m_name));
    tag.state().blocks.insert(node->m_name);
    const TagParser::Body body = tag.body(node.get(), {u"endblock"_s});
    const QString ended = body.end.section(u' ', 1).trimmed();
    if (!ended.isEmpty() && ended != node->m_name)
        TagParser::fail(u"'endblock %1' does not end this block"_s.arg(ended));
    node->m_content = body.nodes;
    return node.release();
}

void BlockNode::compile(Compiler &compiler) const
{
    const auto &definitions = compiler.state().blocks.value(m_name);
    compileLevel(compiler, definitions.empty() ? *this : *definitions.front(), 0);
}

void BlockNode::compileLevel(Compiler &compiler, const BlockNode &block, std::size_t level)
{
    CompileState &state = compiler.state();
    const auto outer = std::pair(std::exchange(state.block, &block),
                                 std::exchange(state.blockLevel, level));
    const auto done = qScopeGuard([&] { std::tie(state.block, state.blockLevel) = outer; });
    compiler.effect(std::make_shared<PushFrameStep>());
    compiler.nodes(block.m_content);
    compiler.effect(std::make_shared<PopFrameStep>());
}

const BlockNode *BlockNode::superBlock(Compiler &compiler)
{
    const CompileState &state = compiler.state();
    const auto &definitions = state.blocks.value(state.block->m_name);
    const std::size_t next = state.blockLevel + 1;
    return next < definitions.size() ? definitions[next] : nullptr;
}

void BlockNode::compileSuper(Compiler &compiler)
{
    if (const BlockNode *super = superBlock(compiler))
        compileLevel(compiler, *super, compiler.state().blockLevel + 1);
}

void BlockNode::bindSuper(Compiler &compiler, const SyntaxNode &node)
{
    const BlockNode *super = superBlock(compiler);
    if (!super)
        return;
    CompileState state = compiler.state();
    const std::size_t level = state.blockLevel + 1;
    Compiler inside(compiler.engine(), std::move(state), compiler.context());
    compileLevel(inside, *super, level);
    HtmlContext end = compiler.context();
    if (!HtmlContext::join(end, inside.context()) || end != compiler.context())
        Compiler::fail(node, u"the replaced block ends in another place of the HTML"_s);
    compiler.effect(std::make_shared<BindSuperStep>(compiler.engine().symbols().symbol(u"block"_s),
                                                    inside.finish().finish()));
}

KTextTemplate::Node *ExtendsNode::parse(TagParser &tag)
{
    if (tag.words().size() != 1)
        TagParser::fail(u"'extends' takes one name: %1"_s.arg(tag.content()));
    if (tag.state().hasContent)
        TagParser::fail(u"'extends' must be a template's first tag"_s);
    tag.state().hasContent = true;
    auto node = std::make_unique<ExtendsNode>();
    node->m_parent = tag.expression(tag.words().first());
    auto *owner = qobject_cast<KTextTemplate::TemplateImpl *>(tag.parser()->parent());
    node->m_content = tag.parser()->parse(owner);
    return node.release();
}

QString ExtendsNode::templateName() const
{
    return m_parent.isConstant() ? textOf(m_parent.operand().constant()) : QString();
}

void ExtendsNode::compile(Compiler &compiler) const
{
    CompileState &state = compiler.state();
    for (const BlockNode *block : KTextTemplate::NodeList(m_content).findChildren<BlockNode *>())
        state.blocks[block->name()].push_back(block);
    if (m_parent.isConstant()) {
        compileParent(compiler, templateName(), *this);
        return;
    }
    compiler.beginDynamic(*this, HtmlContext::Dynamic::Value);
    compiler.dynamic(std::make_shared<LateTemplateStep>(compiler, m_parent, *this,
                                                        LateTemplateStep::Use::Parent));
}

void ExtendsNode::compileParent(Compiler &compiler, const QString &name, const SyntaxNode &node)
{
    CompileState &state = compiler.state();
    if (state.templates.contains(name)) {
        Compiler::fail(node,
                       u"templates extend each other: %1"_s.arg(
                           (state.templates + QStringList{name}).join(u" → "_s)));
    }
    if (state.templates.size() > compiler.engine().maximumDepth()) {
        Compiler::fail(node,
                       u"templates extend each other more than %1 deep"_s.arg(
                           compiler.engine().maximumDepth()));
    }
    const auto parsed = compiler.engine().parsed(name);
    if (!parsed) {
        if (parsed.error().line == 0)
            Compiler::fail(node, parsed.error().message);
        throw parsed.error();
    }
    state.templates.append(name);
    const KTextTemplate::NodeList &nodes = (*parsed)->nodes();
    const auto isExtends = [](const KTextTemplate::Node *each) {
        return qobject_cast<const ExtendsNode *>(each) != nullptr;
    };
    // The last of the line has the definitions that come last, too.
    if (std::ranges::none_of(nodes, isExtends)) {
        for (const BlockNode *block : KTextTemplate::NodeList(nodes).findChildren<BlockNode *>())
            state.blocks[block->name()].push_back(block);
    }
    compiler.nodes(nodes);
    state.templates.removeLast();
}

} // namespace LiveTemplate
