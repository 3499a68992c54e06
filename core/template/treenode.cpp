// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "treenode_p.h"

namespace LiveTemplate {

void TreeNode::render(KTextTemplate::OutputStream *stream, KTextTemplate::Context *context) const
{
    RenderPass pass(*context, stream);
    QByteArray html;
    appendHtml(html, build(pass));
    *stream << QString::fromUtf8(html);
}

} // namespace LiveTemplate
