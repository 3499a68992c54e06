// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "includenode_p.h"

#include <KTextTemplate/Exception>
#include <KTextTemplate/Parser>
#include <KTextTemplate/Util>
#include <KTextTemplate/Variable>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

std::shared_ptr<const CompiledTemplate> load(TemplateEngine &engine, const QVariant &name)
{
    auto compiled = engine.load(KTextTemplate::getSafeString(name).get());
    if (!compiled) {
        const TemplateError &error = compiled.error();
        throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError, error.toString());
    }
    return *std::move(compiled);
}

} // namespace

IncludeNode::IncludeNode(TemplateEngine &engine, const KTextTemplate::FilterExpression &name)
    : m_engine(engine)
    , m_name(name)
{
    if (m_name.variable().isConstant() && m_name.filters().isEmpty())
        m_constant = load(m_engine, m_name.variable().literal());
}

Dynamic IncludeNode::build(RenderPass &pass) const
{
    const TemplateEngine::RenderDepth depth(m_engine);
    if (m_constant)
        return m_constant->build(pass);
    return load(m_engine, m_name.resolve(&pass.context()))->build(pass);
}

IncludeNodeFactory::IncludeNodeFactory(TemplateEngine &engine)
    : m_engine(engine)
{
}

KTextTemplate::Node *IncludeNodeFactory::getNode(const QString &tagContent,
                                                 KTextTemplate::Parser *parser) const
{
    const QStringList words = smartSplit(tagContent);
    if (words.size() != 2) {
        throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError,
                                       u"'include' takes one name: %1"_s.arg(tagContent));
    }
    return std::make_unique<IncludeNode>(m_engine,
                                         KTextTemplate::FilterExpression(words.at(1), parser))
        .release();
}

} // namespace LiveTemplate
