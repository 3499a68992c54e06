// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "syntaxnode_p.h"

namespace LiveTemplate {

class TagParser;

/// `{% autoescape on|off %} … {% endautoescape %}`: its content belongs to the block around.
/// `off` only concerns HTML text: elsewhere a value is never taken for markup.
class AutoescapeNode : public SyntaxNode
{
    Q_OBJECT

public:
    static KTextTemplate::Node *parse(TagParser &tag);

    void compile(Compiler &compiler) const override;

private:
    bool m_isOn = true;
    KTextTemplate::NodeList m_content;
};

} // namespace LiveTemplate
