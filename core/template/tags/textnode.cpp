// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "textnode_p.h"

#include "compiler_p.h"

namespace LiveTemplate {

void TextNode::compile(Compiler &compiler) const
{
    compiler.text(m_text, *this);
}

} // namespace LiveTemplate
