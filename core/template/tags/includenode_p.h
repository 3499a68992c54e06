// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

namespace LiveTemplate {

class TagParser;

/// `{% include "name" %}`: the other template's nodes belong to the block around.
/// `{% include variable %}`: a sub-tree of the template that is named then.
class IncludeNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;
    QString templateName() const override;

private:
    Expression m_name;
};

} // namespace LiveTemplate
