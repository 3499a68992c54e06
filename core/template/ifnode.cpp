// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "ifnode_p.h"

#include <KTextTemplate/Parser>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

void IfNode::addBranch(std::optional<Condition> condition, Block block)
{
    m_branches.push_back({std::move(condition), std::move(block)});
}

Dynamic IfNode::build(RenderPass &pass) const
{
    for (const Branch &branch : m_branches) {
        if (!branch.condition || branch.condition->isTrue(&pass.context()))
            return branch.block.build(pass);
    }
    return QByteArray("");
}

KTextTemplate::Node *IfNodeFactory::getNode(const QString &tagContent,
                                            KTextTemplate::Parser *parser) const
{
    auto node = std::make_unique<IfNode>();
    QString tag = tagContent;
    for (;;) {
        std::optional<Condition> condition;
        QStringList stopAt{u"endif"_s};
        if (tag != "else"_L1) {
            condition = Condition::parse(smartSplit(tag).mid(1), parser);
            stopAt << u"elif"_s << u"else"_s;
        }
        const KTextTemplate::NodeList nodes = parser->parse(node.get(), stopAt);
        node->addBranch(std::move(condition), Block(nodes));
        tag = parser->takeNextToken().content;
        if (tag == "endif"_L1)
            return node.release();
    }
}

} // namespace LiveTemplate
