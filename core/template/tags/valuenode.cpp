// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "valuenode_p.h"

#include "blocknode_p.h"
#include "compiler_p.h"

namespace LiveTemplate {

void ValueNode::compile(Compiler &compiler) const
{
    if (compiler.state().block && m_expression.operand().isPath(u"block", u"super")) {
        if (!m_expression.hasFilters())
            return BlockNode::compileSuper(compiler);
        BlockNode::bindSuper(compiler, *this);
    }
    if (m_expression.isConstant() && compiler.context().isInText()) {
        // The author's own words, not a value.
        return compiler.text(textOf(m_expression.operand().constant()), *this);
    }
    compiler.value(*this, [&](Escaper escaper) {
        return std::make_shared<ValueStep>(m_expression, escaper, compiler.state().autoescape);
    });
}

void ValueStep::run(RenderPass &pass, std::vector<Dynamic> &dynamics) const
{
    dynamics.emplace_back(piece(pass, m_expression.evaluatePlain(pass.evaluation(m_autoescape)),
                                m_escaper, m_autoescape));
}

QByteArray piece(const RenderPass &pass, const QVariant &value, Escaper escaper, bool autoescape)
{
    // A page holds many pieces for long: each is made as long as it must be, and by one allocation.
    QByteArray &buffer = pass.buffer();
    appendEscaped(buffer, value, escaper, autoescape);
    pass.finish(buffer);
    return QByteArray(buffer.constData(), buffer.size());
}

} // namespace LiveTemplate
