// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "renderpass_p.h"
#include "tree_p.h"

#include <KTextTemplate/Node>

namespace LiveTemplate {

class TreeNode;

/// A list of nodes, compiled: its text became statics, and between them stand the nodes that are
/// rendered each time. The nodes must outlive the block; their template owns them.
class Block
{
public:
    /// Renders nothing.
    Block();
    explicit Block(const KTextTemplate::NodeList &nodes);

    [[nodiscard]] const StaticsPtr &statics() const { return m_statics; }
    [[nodiscard]] TreePtr build(RenderPass &pass) const;
    [[nodiscard]] std::vector<Dynamic> buildDynamics(RenderPass &pass) const;

private:
    struct Part
    {
        const KTextTemplate::Node *node;
        /// The same node when it has structure; null for a leaf.
        const TreeNode *tree;
    };

    StaticsPtr m_statics;
    std::vector<Part> m_parts;
};

} // namespace LiveTemplate
