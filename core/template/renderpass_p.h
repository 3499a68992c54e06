// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <KTextTemplate/Context>
#include <KTextTemplate/Node>
#include <KTextTemplate/OutputStream>

#include <QByteArray>
#include <QString>
#include <QTextStream>

namespace LiveTemplate {

/// One rendering of a template into a tree: the context and the buffer that its leaves share.
class RenderPass
{
public:
    /// @p like is a stream to escape as; null: as HTML text.
    explicit RenderPass(KTextTemplate::Context &context,
                        const KTextTemplate::OutputStream *like = nullptr);

    [[nodiscard]] KTextTemplate::Context &context() const { return m_context; }

    /// Renders a node that has no structure of its own into the HTML of one dynamic.
    [[nodiscard]] QByteArray renderLeaf(const KTextTemplate::Node &node);

private:
    KTextTemplate::Context &m_context;
    QString m_buffer;
    QTextStream m_text;
    QSharedPointer<KTextTemplate::OutputStream> m_stream;
};

} // namespace LiveTemplate
