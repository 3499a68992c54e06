// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

#include <vector>

namespace LiveTemplate {

class TagParser;

// Tags that write one piece of text, escaped as a value is.

/// `{% cycle a b c [as name] %}`, `{% cycle name %}`: one of the values after the other.
class CycleNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    std::vector<Expression> m_values;
    std::optional<Symbol> m_variable;
};

/// `{% firstof a b c %}`: the first value that is true.
class FirstOfNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    std::vector<Expression> m_values;
};

/// `{% now "format" %}`: the server's local time at each rendering.
class NowNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    QString m_format;
};

/// `{% widthratio value maximum width %}`.
class WidthRatioNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    Expression m_value;
    Expression m_maximum;
    Expression m_width;
};

/// `{% debug %}`: the names and types of the variables.
class DebugNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;
};

/// `{% dump [value] %}`: a value, or all variables, as JSON. Not a tag of KTextTemplate's.
class DumpNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);
    void compile(Compiler &compiler) const override;

private:
    std::optional<Expression> m_value;
};

} // namespace LiveTemplate
