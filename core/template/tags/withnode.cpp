// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "withnode_p.h"

#include "compiler_p.h"
#include "scopesteps_p.h"
#include "tagparser_p.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

KTextTemplate::Node *WithNode::parse(TagParser &tag)
{
    auto node = std::make_unique<WithNode>();
    const QStringList &words = tag.words();
    if (words.size() == 3 && words.at(1) == "as"_L1) {
        node->m_variables.push_back({tag.variable(words.at(2)), tag.expression(words.at(0))});
    } else {
        for (const QString &word : words) {
            const QStringList parts = word.split(u'=');
            if (parts.size() != 2)
                TagParser::fail(
                    u"'with' is written 'with value as name' or 'with name=value': %1"_s.arg(
                        tag.content()));
            node->m_variables.push_back({tag.variable(parts.at(0)), tag.expression(parts.at(1))});
        }
        if (words.isEmpty())
            TagParser::fail(u"'with' names no variable"_s);
    }
    node->m_content = tag.body(node.get(), {u"endwith"_s}).nodes;
    return node.release();
}

void WithNode::compile(Compiler &compiler) const
{
    compiler.effect(std::make_shared<PushFrameStep>());
    for (const Variable &variable : m_variables) {
        compiler.effect(std::make_shared<SetVariableStep>(variable.symbol, variable.value,
                                                          compiler.state().autoescape));
    }
    compiler.nodes(m_content);
    compiler.effect(std::make_shared<PopFrameStep>());
}

} // namespace LiveTemplate
