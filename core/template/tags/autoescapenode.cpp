// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "autoescapenode_p.h"

#include "compiler_p.h"
#include "tagparser_p.h"

#include <QScopeGuard>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

KTextTemplate::Node *AutoescapeNode::parse(TagParser &tag)
{
    auto node = std::make_unique<AutoescapeNode>();
    const QStringList &words = tag.words();
    if (words.size() != 1 || (words.first() != "on"_L1 && words.first() != "off"_L1))
        TagParser::fail(u"'autoescape' takes 'on' or 'off'"_s);
    node->m_isOn = words.first() == "on"_L1;
    node->m_content = tag.body(node.get(), {u"endautoescape"_s}).nodes;
    return node.release();
}

void AutoescapeNode::compile(Compiler &compiler) const
{
    const bool outer = std::exchange(compiler.state().autoescape, m_isOn);
    const auto done = qScopeGuard([&] { compiler.state().autoescape = outer; });
    compiler.nodes(m_content);
}

} // namespace LiveTemplate
