// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "latetemplatestep_p.h"

#include "blocknode_p.h"
#include "escaper_p.h"
#include "syntaxnode_p.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

LateTemplateStep::LateTemplateStep(Compiler &compiler, Expression name, const SyntaxNode &node,
                                   Use use)
    : m_name(std::move(name))
    , m_use(use)
    , m_engine(compiler.engine())
    , m_state(compiler.state())
    , m_context(compiler.context())
    , m_node(node)
{
    // Values may name a template again that is being rendered; how often is bounded (RenderPass).
    m_state.templates.clear();
}

void LateTemplateStep::run(RenderPass &pass, std::vector<Dynamic> &dynamics) const
{
    const RenderPass::Depth depth(pass);
    const QString name = textOf(m_name.evaluate(pass.evaluation(m_state.autoescape)));
    dynamics.emplace_back(compiled(name).build(pass));
}

const Block &LateTemplateStep::compiled(const QString &name) const
{
    if (const auto found = m_compiled.constFind(name); found != m_compiled.constEnd())
        return **found;
    Compiler compiler(m_engine, m_state, m_context);
    if (m_use == Use::Parent)
        ExtendsNode::compileParent(compiler, name, m_node);
    else
        compiler.include(name, m_node);
    HtmlContext end = m_context;
    if (!HtmlContext::join(end, compiler.context()) || end != m_context) {
        Compiler::fail(m_node,
                       u"the template '%1' must end in the place of the HTML where it "
                       "begins: it begins %2 and ends %3"_s.arg(name, m_context.describe(),
                                                                compiler.context().describe()));
    }
    auto block = std::make_shared<const Block>(compiler.finish().finish());
    return **m_compiled.insert(name, std::move(block));
}

} // namespace LiveTemplate
