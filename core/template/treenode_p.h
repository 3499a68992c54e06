// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "renderpass_p.h"
#include "tree_p.h"

#include <KTextTemplate/Node>

namespace LiveTemplate {

/// A tag with structure: gives a sub-tree or a range where other tags give a piece of text.
class TreeNode : public KTextTemplate::Node
{
    Q_OBJECT

public:
    using Node::Node;

    [[nodiscard]] virtual Dynamic build(RenderPass &pass) const = 0;

    /// The same as text, for when a tag of the library stands around this one.
    void render(KTextTemplate::OutputStream *stream, KTextTemplate::Context *context) const final;
};

} // namespace LiveTemplate
