// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "includenode_p.h"

#include "compiler_p.h"
#include "cyclesteps_p.h"
#include "escaper_p.h"
#include "latetemplatestep_p.h"
#include "tagparser_p.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

KTextTemplate::Node *IncludeNode::parse(TagParser &tag)
{
    if (tag.words().size() != 1)
        TagParser::fail(u"'include' takes one name: %1"_s.arg(tag.content()));
    auto node = std::make_unique<IncludeNode>();
    node->m_name = tag.expression(tag.words().first());
    return node.release();
}

QString IncludeNode::templateName() const
{
    return m_name.isConstant() ? textOf(m_name.operand().constant()) : QString();
}

void IncludeNode::compile(Compiler &compiler) const
{
    compiler.effect(std::make_shared<PushCyclesStep>());
    if (m_name.isConstant()) {
        compiler.include(templateName(), *this);
    } else {
        compiler.beginDynamic(*this, HtmlContext::Dynamic::Value);
        compiler.dynamic(std::make_shared<LateTemplateStep>(compiler, m_name, *this,
                                                            LateTemplateStep::Use::Include));
    }
    compiler.effect(std::make_shared<PopCyclesStep>());
}

} // namespace LiveTemplate
