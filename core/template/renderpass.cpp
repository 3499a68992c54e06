// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "renderpass_p.h"

namespace LiveTemplate {

RenderPass::RenderPass(KTextTemplate::Context &context, const KTextTemplate::OutputStream *like)
    : m_context(context)
    , m_text(&m_buffer)
    , m_stream(like ? like->clone(&m_text)
                    : QSharedPointer<KTextTemplate::OutputStream>::create(&m_text))
{
}

QByteArray RenderPass::renderLeaf(const KTextTemplate::Node &node)
{
    m_buffer.resize(0); // keeps the capacity
    node.render(m_stream.get(), &m_context);
    m_text.flush();
    QByteArray html = m_buffer.toUtf8();
    // PROTOCOL.md C, trap 4: the client shows nothing for a value that looks like "{{…}}".
    if (html.startsWith("{{") && html.endsWith("}}"))
        html.replace(0, 1, "&#123;");
    return html;
}

} // namespace LiveTemplate
