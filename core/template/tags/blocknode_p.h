// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "syntaxnode_p.h"

#include <QHash>

namespace LiveTemplate {

class TagParser;

/// `{% block name %} … {% endblock %}`: the most derived template's definition stands here, and
/// belongs to the block of statics around.
class BlockNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;

    [[nodiscard]] const QString &name() const { return m_name; }

    /// `{{ block.super }}`: the definition that the current one replaces.
    static void compileSuper(Compiler &compiler);
    /// The same as a variable's value, for filters and conditions.
    static void bindSuper(Compiler &compiler, const SyntaxNode &node);

private:
    static void compileLevel(Compiler &compiler, const BlockNode &block, std::size_t level);
    [[nodiscard]] static const BlockNode *superBlock(Compiler &compiler);

    QString m_name;
    KTextTemplate::NodeList m_content;
};

/// `{% extends "name" %}`: the parent's nodes, with this template's blocks in them.
class ExtendsNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;
    QString templateName() const override;

    /// Puts parent @p name at this place; the blocks that replace its own are in the state.
    static void compileParent(Compiler &compiler, const QString &name, const SyntaxNode &node);

private:
    Expression m_parent;
    KTextTemplate::NodeList m_content;
};

} // namespace LiveTemplate
