// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

namespace LiveTemplate {

class TagParser;

// Tags that work upon their content's HTML as a text: what they write is one piece.

/// `{% spaceless %} … {% endspaceless %}`: without the white space between tags.
class SpacelessNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    KTextTemplate::NodeList m_content;
};

/// `{% filter a|b %} … {% endfilter %}`: through filters.
class FilterNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    Expression m_filters;
    KTextTemplate::NodeList m_content;
};

} // namespace LiveTemplate
