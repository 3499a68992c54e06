// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "plainnodes_p.h"

#include "compiler_p.h"
#include "tagparser_p.h"

#include <QHash>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

KTextTemplate::Node *TemplateTagNode::parse(TagParser &tag)
{
    static const QHash<QString, QString> texts{
        {u"openblock"_s, u"{%"_s},     {u"closeblock"_s, u"%}"_s},  {u"openvariable"_s, u"{{"_s},
        {u"closevariable"_s, u"}}"_s}, {u"openbrace"_s, u"{"_s},    {u"closebrace"_s, u"}"_s},
        {u"opencomment"_s, u"{#"_s},   {u"closecomment"_s, u"#}"_s}};
    const QString name = tag.words().value(0);
    if (!texts.contains(name)) {
        QStringList names = texts.keys();
        names.sort();
        TagParser::fail(u"'templatetag' takes one of these: %1"_s.arg(names.join(u", "_s)));
    }
    auto node = std::make_unique<TemplateTagNode>();
    node->m_text = texts.value(name);
    return node.release();
}

void TemplateTagNode::compile(Compiler &compiler) const
{
    compiler.text(m_text, *this);
}

KTextTemplate::Node *NothingNode::parseComment(TagParser &tag)
{
    tag.parser()->skipPast(u"endcomment"_s);
    return std::make_unique<NothingNode>().release();
}

KTextTemplate::Node *NothingNode::parseLoad(TagParser &tag)
{
    if (tag.words().isEmpty())
        TagParser::fail(u"'load' takes the name of a tag library"_s);
    for (const QString &library : tag.words())
        tag.parser()->loadLib(library);
    return std::make_unique<NothingNode>().release();
}

void NothingNode::compile(Compiler &) const {}

} // namespace LiveTemplate
