// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "escaper_p.h"
#include "expression_p.h"
#include "syntaxnode_p.h"

namespace LiveTemplate {

class TagParser;

/// `{{ expression }}`.
class ValueNode : public SyntaxNode
{
    Q_OBJECT

public:
    explicit ValueNode(Expression expression)
        : m_expression(std::move(expression))
    {
    }

    void compile(Compiler &compiler) const override;

private:
    Expression m_expression;
};

/// Writes the value of an expression.
class ValueStep : public Step
{
public:
    ValueStep(Expression expression, Escaper escaper, bool autoescape)
        : m_expression(std::move(expression))
        , m_escaper(escaper)
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override;

private:
    Expression m_expression;
    Escaper m_escaper;
    bool m_autoescape;
};

/// The piece of a page that @p value is, as @p escaper writes it.
[[nodiscard]] QByteArray piece(const RenderPass &pass, const QVariant &value, Escaper escaper,
                               bool autoescape);

} // namespace LiveTemplate
