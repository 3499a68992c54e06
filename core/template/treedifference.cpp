// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "treedifference_p.h"

#include "rangedifference_p.h"
#include "treewriter_p.h"

namespace LiveTemplate {

namespace {

bool sameStatics(const StaticsPtr &a, const StaticsPtr &b)
{
    return a == b || *a == *b;
}

void appendChange(QByteArray &json, const Dynamic &from, const Dynamic &to, RangePlace place)
{
    const auto *fromTree = std::get_if<TreePtr>(&from);
    const auto *toTree = std::get_if<TreePtr>(&to);
    if (fromTree && toTree && sameStatics((*fromTree)->statics, (*toTree)->statics)) {
        appendChanges(json, (*fromTree)->dynamics, (*toTree)->dynamics, RangePlace::Nested);
        return;
    }
    const auto *fromRange = std::get_if<RangePtr>(&from);
    const auto *toRange = std::get_if<RangePtr>(&to);
    if (fromRange && toRange && sameStatics((*fromRange)->statics, (*toRange)->statics)) {
        appendRangeDifference(json, **fromRange, **toRange, place);
        return;
    }
    appendDynamicOver(json, from, to);
}

} // namespace

void appendChanges(QByteArray &json, const std::vector<Dynamic> &from,
                   const std::vector<Dynamic> &to, RangePlace place)
{
    json += '{';
    bool isFirst = true;
    for (std::size_t i = 0; i < to.size(); ++i) {
        if (equal(from[i], to[i]))
            continue;
        if (!isFirst)
            json += ',';
        isFirst = false;
        appendNumberKey(json, i);
        appendChange(json, from[i], to[i], place);
    }
    json += '}';
}

void appendDifference(QByteArray &json, const Tree &from, const Tree &to)
{
    if (sameStatics(from.statics, to.statics))
        appendChanges(json, from.dynamics, to.dynamics, RangePlace::Top);
    else
        appendTreeOver(json, from, to);
}

} // namespace LiveTemplate
