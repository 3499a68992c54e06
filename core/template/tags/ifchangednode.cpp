// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "ifchangednode_p.h"

#include "compiler_p.h"
#include "tagparser_p.h"

#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

class IfChangedStep : public Step
{
public:
    IfChangedStep(const IfChangedNode *node, std::vector<Expression> values, Symbol variable,
                  Block changed, Block same, bool autoescape)
        : m_node(node)
        , m_values(std::move(values))
        , m_variable(variable)
        , m_changed(std::move(changed))
        , m_same(std::move(same))
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override
    {
        QVariant &lastSeen = pass.lastSeen(m_node);
        const bool isFirst = !lastSeen.isValid();
        if (m_values.empty())
            runContent(pass, dynamics, isFirst);
        else
            runValues(pass, dynamics, isFirst);
    }

    std::vector<const Block *> blocks() const override { return {&m_changed, &m_same}; }

private:
    void runContent(RenderPass &pass, std::vector<Dynamic> &dynamics, bool isFirst) const
    {
        TreePtr tree = build(pass, isFirst);
        QByteArray html;
        appendHtml(html, *tree);
        QVariant &lastSeen = pass.lastSeen(m_node);
        if (html.isEmpty() || html == lastSeen.toByteArray()) {
            appendSame(pass, dynamics);
            return;
        }
        lastSeen = html;
        dynamics.emplace_back(std::move(tree));
    }

    void runValues(RenderPass &pass, std::vector<Dynamic> &dynamics, bool isFirst) const
    {
        QVariantList values;
        for (const Expression &value : m_values) {
            values.append(value.evaluate(pass.evaluation(m_autoescape)));
            // As in KTextTemplate, what is not there shows nothing.
            if (!values.last().isValid()) {
                dynamics.emplace_back(QByteArray(""));
                return;
            }
        }
        QVariant &lastSeen = pass.lastSeen(m_node);
        if (lastSeen.isValid() && lastSeen.toList() == values) {
            appendSame(pass, dynamics);
            return;
        }
        lastSeen = values;
        dynamics.emplace_back(build(pass, isFirst));
    }

    [[nodiscard]] TreePtr build(RenderPass &pass, bool isFirst) const
    {
        const ScopeFrame frame(pass.scope());
        pass.scope().set(m_variable, QVariantHash{{u"firstloop"_s, isFirst}});
        return m_changed.build(pass);
    }

    void appendSame(RenderPass &pass, std::vector<Dynamic> &dynamics) const
    {
        if (m_same.isEmpty())
            dynamics.emplace_back(QByteArray(""));
        else
            dynamics.emplace_back(m_same.build(pass));
    }

    const IfChangedNode *m_node;
    std::vector<Expression> m_values;
    Symbol m_variable;
    Block m_changed;
    Block m_same;
    bool m_autoescape;
};

} // namespace

KTextTemplate::Node *IfChangedNode::parse(TagParser &tag)
{
    auto node = std::make_unique<IfChangedNode>();
    for (const QString &word : tag.words())
        node->m_values.push_back(tag.expression(word));
    TagParser::Body body = tag.body(node.get(), {u"else"_s, u"endifchanged"_s});
    node->m_changed = body.nodes;
    if (body.end == "else"_L1)
        node->m_same = tag.body(node.get(), {u"endifchanged"_s}).nodes;
    return node.release();
}

void IfChangedNode::compile(Compiler &compiler) const
{
    const std::array lists{&m_changed, &m_same};
    std::vector<Block> blocks = compiler.alternatives(lists, *this);
    if (blocks.empty())
        return;
    compiler.dynamic(std::make_shared<IfChangedStep>(
        this, m_values, compiler.engine().symbols().symbol(u"ifchanged"_s), std::move(blocks[0]),
        std::move(blocks[1]), compiler.state().autoescape));
}

} // namespace LiveTemplate
