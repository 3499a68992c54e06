// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rangenode_p.h"

#include "compiler_p.h"
#include "loopstep_p.h"
#include "tagparser_p.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// More numbers than a page can show come from a mistake, or from somebody who means harm.
constexpr qint64 maxCount = 100'000;

class RangeStep : public LoopStep
{
public:
    RangeStep(const SyntaxNode &node, std::optional<Symbol> variable,
              std::optional<Expression> start, Expression stop, std::optional<Expression> step,
              Block body, bool autoescape)
        : LoopStep(std::move(body), Block())
        , m_node(node)
        , m_variable(variable)
        , m_start(std::move(start))
        , m_stop(std::move(stop))
        , m_step(std::move(step))
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override
    {
        const Evaluation evaluation = pass.evaluation(m_autoescape);
        const qint64 start = m_start ? m_start->evaluate(evaluation).toInt() : 0;
        const qint64 stop = m_stop.evaluate(evaluation).toInt();
        const qint64 step = m_step ? m_step->evaluate(evaluation).toInt() : 1;
        // A step that does not go up would never arrive.
        const qint64 count = step > 0 && start < stop ? (stop - start + step - 1) / step : 0;
        if (count > maxCount) {
            Compiler::fail(m_node,
                           u"'range' goes through %1 numbers; %2 is the limit"_s.arg(count).arg(
                               maxCount));
        }
        Items items(*this, pass, count);
        for (qint64 i = 0; i < count; ++i) {
            if (m_variable) {
                const ScopeFrame frame(pass.scope());
                pass.scope().set(*m_variable, int(start + i * step));
                items.append();
            } else {
                items.append();
            }
        }
        dynamics.emplace_back(items.take());
    }

private:
    const SyntaxNode &m_node;
    std::optional<Symbol> m_variable;
    std::optional<Expression> m_start;
    Expression m_stop;
    std::optional<Expression> m_step;
    bool m_autoescape;
};

} // namespace

KTextTemplate::Node *RangeNode::parse(TagParser &tag)
{
    auto node = std::make_unique<RangeNode>();
    QStringList words = tag.words();
    if (words.size() > 2 && words.at(words.size() - 2) == "as"_L1) {
        node->m_variable = tag.variable(words.last());
        words.remove(words.size() - 2, 2);
    }
    if (words.isEmpty() || words.size() > 3)
        TagParser::fail(
            u"'range' is written 'range [start] stop [step] [as name]': %1"_s.arg(tag.content()));
    if (words.size() > 1)
        node->m_start = tag.expression(words.takeFirst());
    node->m_stop = tag.expression(words.takeFirst());
    if (!words.isEmpty())
        node->m_step = tag.expression(words.takeFirst());
    node->m_body = tag.body(node.get(), {u"endrange"_s}).nodes;
    return node.release();
}

void RangeNode::compile(Compiler &compiler) const
{
    Block body = compiler.loop(m_body, *this);
    if (body.isEmpty())
        return;
    compiler.dynamic(std::make_shared<RangeStep>(*this, m_variable, m_start, m_stop, m_step,
                                                 std::move(body), compiler.state().autoescape));
}

} // namespace LiveTemplate
