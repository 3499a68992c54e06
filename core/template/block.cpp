// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "block_p.h"

#include "treenode_p.h"

#include <cstring>

namespace LiveTemplate {

namespace {

/// The library's own class for literal text is not public; its name is.
bool isText(const KTextTemplate::Node &node)
{
    return std::strcmp(node.metaObject()->className(), "KTextTemplate::TextNode") == 0;
}

QByteArray textOf(const KTextTemplate::Node &textNode)
{
    KTextTemplate::Context nothing;
    QString text;
    QTextStream stream(&text);
    KTextTemplate::OutputStream output(&stream);
    textNode.render(&output, &nothing);
    stream.flush();
    return text.toUtf8();
}

} // namespace

Block::Block()
    : m_statics(std::make_shared<Statics>(std::vector{QByteArray("")}))
{
}

Block::Block(const KTextTemplate::NodeList &nodes)
{
    std::vector<QByteArray> statics{QByteArray("")};
    for (const KTextTemplate::Node *node : nodes) {
        if (isText(*node)) {
            statics.back() += textOf(*node);
        } else {
            m_parts.push_back({node, qobject_cast<const TreeNode *>(node)});
            statics.emplace_back("");
        }
    }
    m_statics = std::make_shared<Statics>(std::move(statics));
}

TreePtr Block::build(RenderPass &pass) const
{
    return std::make_shared<Tree>(m_statics, buildDynamics(pass));
}

std::vector<Dynamic> Block::buildDynamics(RenderPass &pass) const
{
    std::vector<Dynamic> dynamics;
    dynamics.reserve(m_parts.size());
    for (const Part &part : m_parts) {
        if (part.tree)
            dynamics.push_back(part.tree->build(pass));
        else
            dynamics.emplace_back(pass.renderLeaf(*part.node));
    }
    return dynamics;
}

} // namespace LiveTemplate
