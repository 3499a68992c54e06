// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

#include <optional>

namespace LiveTemplate {

class TagParser;

/// `{% range [start] stop [step] [as name] %} … {% endrange %}`: a range over numbers.
class RangeNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;

private:
    std::optional<Symbol> m_variable;
    std::optional<Expression> m_start;
    Expression m_stop;
    std::optional<Expression> m_step;
    KTextTemplate::NodeList m_body;
};

} // namespace LiveTemplate
