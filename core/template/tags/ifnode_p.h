// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "condition_p.h"
#include "syntaxnode_p.h"

#include <optional>
#include <vector>

namespace LiveTemplate {

class TagParser;

/// `{% if … %} … {% elif … %} … {% else %} … {% endif %}`, `ifequal` and `ifnotequal`: a sub-tree
/// of the branch that holds.
class IfNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parseIf(TagParser &tag);
    static KTextTemplate::Node *parseIfEqual(TagParser &tag);

    void compile(Compiler &compiler) const override;

private:
    struct Branch
    {
        /// None for `else`.
        std::shared_ptr<const Condition> condition;
        KTextTemplate::NodeList nodes;
    };

    std::vector<Branch> m_branches;
};

} // namespace LiveTemplate
