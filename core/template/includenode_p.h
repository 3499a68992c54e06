// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "templateengine_p.h"
#include "treenode_p.h"

#include <KTextTemplate/FilterExpression>
#include <KTextTemplate/Node>
#include <KTextTemplate/Template>

namespace LiveTemplate {

/// `{% include "name" %}`: the other template is a sub-tree. A constant name is loaded when this
/// template is compiled, so that a missing file is found then; a variable one at each rendering.
class IncludeNode : public TreeNode
{
    Q_OBJECT

public:
    IncludeNode(TemplateEngine &engine, const KTextTemplate::FilterExpression &name);

    [[nodiscard]] Dynamic build(RenderPass &pass) const override;

private:
    TemplateEngine &m_engine;
    KTextTemplate::FilterExpression m_name;
    /// Set for a constant name.
    std::shared_ptr<const CompiledTemplate> m_constant;
};

class IncludeNodeFactory : public KTextTemplate::AbstractNodeFactory
{
    Q_OBJECT

public:
    explicit IncludeNodeFactory(TemplateEngine &engine);
    KTextTemplate::Node *getNode(const QString &tagContent,
                                 KTextTemplate::Parser *parser) const override;

private:
    TemplateEngine &m_engine;
};

} // namespace LiveTemplate
