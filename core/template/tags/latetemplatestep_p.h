// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "compiler_p.h"
#include "expression_p.h"

#include <QHash>

namespace LiveTemplate {

/// Renders a template whose name a value gives: compiles it for this place when it is first named.
class LateTemplateStep : public Step
{
public:
    enum class Use {
        Include,
        Parent
    };

    LateTemplateStep(Compiler &compiler, Expression name, const SyntaxNode &node, Use use);

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override;
    bool isUnknown() const override { return true; }

private:
    [[nodiscard]] const Block &compiled(const QString &name) const;

    Expression m_name;
    Use m_use;
    TemplateEngine &m_engine;
    CompileState m_state;
    HtmlContext m_context;
    const SyntaxNode &m_node;
    mutable QHash<QString, std::shared_ptr<const Block>> m_compiled;
};

} // namespace LiveTemplate
