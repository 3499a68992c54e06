// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "condition_p.h"
#include "treenode_p.h"

#include <KTextTemplate/Node>

#include <optional>
#include <vector>

namespace LiveTemplate {

/// `{% if %} … {% elif %} … {% else %} … {% endif %}`: the branch that holds is a sub-tree.
class IfNode : public TreeNode
{
    Q_OBJECT

public:
    using TreeNode::TreeNode;

    /// No condition: the `else` branch.
    void addBranch(std::optional<Condition> condition, Block block);

    [[nodiscard]] Dynamic build(RenderPass &pass) const override;

private:
    struct Branch
    {
        std::optional<Condition> condition;
        Block block;
    };

    std::vector<Branch> m_branches;
};

class IfNodeFactory : public KTextTemplate::AbstractNodeFactory
{
    Q_OBJECT

public:
    KTextTemplate::Node *getNode(const QString &tagContent,
                                 KTextTemplate::Parser *parser) const override;
};

} // namespace LiveTemplate
