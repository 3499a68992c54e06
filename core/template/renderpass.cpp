// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "renderpass_p.h"

#include "escaper_p.h"
#include "templateengine_p.h"

#include <KTextTemplate/Exception>
#include <KTextTemplate/Node>
#include <KTextTemplate/OutputStream>

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

RenderPass::RenderPass(TemplateEngine &engine, const RootValues &root)
    : m_engine(engine)
    , m_scope(engine.symbols(), root)
{
}

QVariant &RenderPass::lastSeen(const KTextTemplate::Node *node)
{
    LastSeen &seen = m_lastSeen[node];
    const auto &loops = m_scope.loops();
    const int run = loops.empty() ? 0 : loops.back().run;
    if (seen.run != run)
        seen = {run, QVariant()};
    return seen.value;
}

void RenderPass::finish(QByteArray &html) const
{
    if (m_textDepth > 0)
        return;
    if (html.startsWith("{{") && html.endsWith("}}"))
        html.replace(0, 1, "&#123;");
    if (html.contains('<'))
        keepRootTags(html);
}

QString RenderPass::renderForeign(const KTextTemplate::Node &node, bool autoescape)
{
    if (!m_context)
        m_context = std::make_unique<KTextTemplate::Context>();
    KTextTemplate::Context &context = *m_context;
    context.setAutoEscape(autoescape);
    const QVariantHash before = m_scope.visible();
    context.push();
    for (auto it = before.begin(); it != before.end(); ++it)
        context.insert(it.key(), it.value());

    QString text;
    QTextStream textStream(&text);
    KTextTemplate::OutputStream stream(&textStream);
    node.render(&stream, &context);
    textStream.flush();

    const QVariantHash after = context.stackHash(0);
    context.pop();
    for (auto it = after.begin(); it != after.end(); ++it) {
        const auto known = before.constFind(it.key());
        if (known == before.constEnd() || *known != *it)
            m_scope.set(m_engine.symbols().symbol(it.key()), *it);
    }
    return text;
}

RenderPass::Depth::Depth(RenderPass &pass)
    : m_pass(pass)
{
    const int limit = m_pass.m_engine.maximumDepth();
    if (m_pass.m_depth >= limit) {
        throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError,
                                       u"templates are included more than %1 deep"_s.arg(limit));
    }
    ++m_pass.m_depth;
}

} // namespace LiveTemplate
