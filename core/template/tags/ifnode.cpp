// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "ifnode_p.h"

#include "compiler_p.h"
#include "tagparser_p.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

class IfStep : public Step
{
public:
    struct Branch
    {
        std::shared_ptr<const Condition> condition;
        Block block;
    };

    IfStep(std::vector<Branch> branches, bool autoescape)
        : m_branches(std::move(branches))
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override
    {
        for (const Branch &branch : m_branches) {
            if (!branch.condition || branch.condition->isTrue(pass.evaluation(m_autoescape))) {
                if (branch.block.isEmpty())
                    break;
                dynamics.emplace_back(branch.block.build(pass));
                return;
            }
        }
        dynamics.emplace_back(QByteArray(""));
    }

    std::vector<const Block *> blocks() const override
    {
        std::vector<const Block *> blocks;
        for (const Branch &branch : m_branches)
            blocks.push_back(&branch.block);
        return blocks;
    }

private:
    std::vector<Branch> m_branches;
    bool m_autoescape;
};

} // namespace

KTextTemplate::Node *IfNode::parseIf(TagParser &tag)
{
    auto node = std::make_unique<IfNode>();
    QStringList words = tag.words();
    for (;;) {
        Branch branch;
        branch.condition = std::make_shared<const Condition>(Condition::parse(words, tag));
        TagParser::Body body = tag.body(node.get(), {u"elif"_s, u"else"_s, u"endif"_s});
        branch.nodes = body.nodes;
        node->m_branches.push_back(std::move(branch));
        if (!body.end.startsWith("elif"_L1)) {
            if (body.end == "else"_L1) {
                body = tag.body(node.get(), {u"endif"_s});
                node->m_branches.push_back({nullptr, body.nodes});
            }
            return node.release();
        }
        words = tag.split(body.end).mid(1);
    }
}

KTextTemplate::Node *IfNode::parseIfEqual(TagParser &tag)
{
    if (tag.words().size() != 2)
        TagParser::fail(u"'%1' takes two values: %1 a b"_s.arg(tag.name()));
    auto node = std::make_unique<IfNode>();
    const QString comparison = tag.name() == "ifequal"_L1 ? u"=="_s : u"!="_s;
    Branch branch;
    branch.condition = std::make_shared<const Condition>(
        Condition::parse({tag.words().at(0), comparison, tag.words().at(1)}, tag));
    const QString endTag = u"end"_s + tag.name();
    TagParser::Body body = tag.body(node.get(), {u"else"_s, endTag});
    branch.nodes = body.nodes;
    node->m_branches.push_back(std::move(branch));
    if (body.end == "else"_L1) {
        body = tag.body(node.get(), {endTag});
        node->m_branches.push_back({nullptr, body.nodes});
    }
    return node.release();
}

void IfNode::compile(Compiler &compiler) const
{
    std::vector<const KTextTemplate::NodeList *> lists;
    for (const Branch &branch : m_branches)
        lists.push_back(&branch.nodes);
    if (m_branches.back().condition)
        lists.push_back(nullptr);
    std::vector<Block> blocks = compiler.alternatives(lists, *this);
    if (blocks.empty())
        return;
    std::vector<IfStep::Branch> branches;
    for (std::size_t i = 0; i < m_branches.size(); ++i)
        branches.push_back({m_branches[i].condition, std::move(blocks[i])});
    compiler.dynamic(std::make_shared<IfStep>(std::move(branches), compiler.state().autoescape));
}

} // namespace LiveTemplate
