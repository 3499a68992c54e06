// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

#include <vector>

namespace LiveTemplate {

class TagParser;

/// `{% ifchanged [value …] %} … {% else %} … {% endifchanged %}`: a sub-tree of the branch that
/// holds. Without values it is the content that is watched. It forgets at the start of each loop.
class IfChangedNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;

private:
    std::vector<Expression> m_values;
    KTextTemplate::NodeList m_changed;
    KTextTemplate::NodeList m_same;
};

} // namespace LiveTemplate
