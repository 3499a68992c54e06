// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tags_p.h"

#include "autoescapenode_p.h"
#include "blocknode_p.h"
#include "fornode_p.h"
#include "ifchangednode_p.h"
#include "ifnode_p.h"
#include "includenode_p.h"
#include "pieces_p.h"
#include "plainnodes_p.h"
#include "rangenode_p.h"
#include "regroupnode_p.h"
#include "textualnodes_p.h"
#include "withnode_p.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

ParseTag tagParser(const QString &name)
{
    static const QHash<QString, ParseTag> tags{
        {u"autoescape"_s, &AutoescapeNode::parse},
        {u"block"_s, &BlockNode::parse},
        {u"comment"_s, &NothingNode::parseComment},
        {u"cycle"_s, &CycleNode::parse},
        {u"debug"_s, &DebugNode::parse},
        {u"dump"_s, &DumpNode::parse},
        {u"extends"_s, &ExtendsNode::parse},
        {u"filter"_s, &FilterNode::parse},
        {u"firstof"_s, &FirstOfNode::parse},
        {u"for"_s, &ForNode::parse},
        {u"if"_s, &IfNode::parseIf},
        {u"ifchanged"_s, &IfChangedNode::parse},
        {u"ifequal"_s, &IfNode::parseIfEqual},
        {u"ifnotequal"_s, &IfNode::parseIfEqual},
        {u"include"_s, &IncludeNode::parse},
        {u"load"_s, &NothingNode::parseLoad},
        {u"now"_s, &NowNode::parse},
        {u"range"_s, &RangeNode::parse},
        {u"regroup"_s, &RegroupNode::parse},
        {u"spaceless"_s, &SpacelessNode::parse},
        {u"templatetag"_s, &TemplateTagNode::parse},
        {u"widthratio"_s, &WidthRatioNode::parse},
        {u"with"_s, &WithNode::parse},
    };
    return tags.value(name, nullptr);
}

} // namespace LiveTemplate
