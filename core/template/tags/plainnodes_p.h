// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "syntaxnode_p.h"

namespace LiveTemplate {

class TagParser;

// Tags of which nothing is left when a page is rendered.

/// `{% templatetag openblock %}`: the characters that make tags, as text.
class TemplateTagNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    QString m_text;
};

/// `{% comment %} … {% endcomment %}` and `{% load library … %}`.
class NothingNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parseComment(TagParser &tag);
    static KTextTemplate::Node *parseLoad(TagParser &tag);
    void compile(Compiler &compiler) const override;
};

} // namespace LiveTemplate
