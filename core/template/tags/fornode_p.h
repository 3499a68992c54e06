// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

#include <QStringList>

namespace LiveTemplate {

class TagParser;

/// `{% for x in list [reversed] %} … {% empty %} … {% endfor %}`: a range.
class ForNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;

private:
    std::vector<QString> m_variables;
    Expression m_list;
    bool m_isReversed = false;
    KTextTemplate::NodeList m_body;
    KTextTemplate::NodeList m_empty;
};

} // namespace LiveTemplate
