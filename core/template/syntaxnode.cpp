// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "syntaxnode_p.h"

#include "templateengine_p.h"

#include <KTextTemplate/Context>
#include <KTextTemplate/OutputStream>

namespace LiveTemplate {

void SyntaxNode::setPlace(TemplateEngine *engine, const QString &file, SourcePosition position)
{
    m_engine = engine;
    m_file = file;
    m_position = position;
}

void SyntaxNode::render(KTextTemplate::OutputStream *stream, KTextTemplate::Context *context) const
{
    if (m_engine)
        (*stream) << QString::fromUtf8(m_engine->renderAlone(*this, *context));
}

} // namespace LiveTemplate
