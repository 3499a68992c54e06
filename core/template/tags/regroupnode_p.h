// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

namespace LiveTemplate {

class TagParser;

/// `{% regroup list by member as name %}`: sets a variable to the list in groups; each has a
/// `grouper` and a `list`.
class RegroupNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;

private:
    Expression m_list;
    std::vector<Member> m_path;
    Symbol m_variable{};
};

} // namespace LiveTemplate
