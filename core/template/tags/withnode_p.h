// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

#include <vector>

namespace LiveTemplate {

class TagParser;

/// `{% with value as name %}`, `{% with name=value … %}`: its content belongs to the block around.
class WithNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;

private:
    struct Variable
    {
        Symbol symbol;
        Expression value;
    };

    std::vector<Variable> m_variables;
    KTextTemplate::NodeList m_content;
};

} // namespace LiveTemplate
