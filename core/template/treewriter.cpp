// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "treewriter_p.h"

namespace LiveTemplate {

namespace {

// The keys of the wire form, PROTOCOL.md C.
constexpr QByteArrayView staticsKey("\"s\":");
constexpr QByteArrayView itemsKey("\"d\":");
constexpr QByteArrayView itemIdentityKey("\"_k\":");
constexpr QByteArrayView otherwiseKey("\"else\":");

constexpr char hexDigits[] = "0123456789abcdef";

void appendDynamic(QByteArray &json, const Dynamic &dynamic);

void appendNumberKey(QByteArray &json, std::size_t number)
{
    json += '"';
    json += QByteArray::number(qulonglong(number));
    json += "\":";
}

void appendDynamics(QByteArray &json, const std::vector<Dynamic> &dynamics)
{
    for (std::size_t i = 0; i < dynamics.size(); ++i) {
        json += ',';
        appendNumberKey(json, i);
        appendDynamic(json, dynamics[i]);
    }
}

void appendRange(QByteArray &json, const Range &range)
{
    json += '{';
    json += staticsKey;
    json += range.statics->json();
    json += ',';
    json += itemsKey;
    json += '[';
    bool first = true;
    for (const RangeItem &item : range.items) {
        if (!first)
            json += ',';
        first = false;
        json += '{';
        json += itemIdentityKey;
        appendJsonString(json, item.key);
        appendDynamics(json, item.dynamics);
        json += '}';
    }
    json += ']';
    if (range.items.empty()) {
        // Always sent, even when it is empty: the client merges, and would keep an older one.
        json += ',';
        json += otherwiseKey;
        appendDynamic(json, range.otherwise);
    }
    json += '}';
}

void appendDynamic(QByteArray &json, const Dynamic &dynamic)
{
    if (const auto *text = std::get_if<QByteArray>(&dynamic))
        appendJsonString(json, *text);
    else if (const auto *tree = std::get_if<TreePtr>(&dynamic))
        appendTree(json, **tree);
    else
        appendRange(json, *std::get<RangePtr>(dynamic));
}

/// Whether the client can keep the statics that it has and be sent changed dynamics only.
bool sameShape(const Dynamic &from, const Dynamic &to)
{
    const auto *fromTree = std::get_if<TreePtr>(&from);
    const auto *toTree = std::get_if<TreePtr>(&to);
    return fromTree && toTree
        && ((*fromTree)->statics == (*toTree)->statics
            || *(*fromTree)->statics == *(*toTree)->statics);
}

void appendChanges(QByteArray &json, const Tree &from, const Tree &to)
{
    json += '{';
    bool first = true;
    for (std::size_t i = 0; i < to.dynamics.size(); ++i) {
        const Dynamic &before = from.dynamics[i];
        const Dynamic &after = to.dynamics[i];
        if (equal(before, after))
            continue;
        if (!first)
            json += ',';
        first = false;
        appendNumberKey(json, i);
        if (sameShape(before, after))
            appendChanges(json, *std::get<TreePtr>(before), *std::get<TreePtr>(after));
        else
            appendDynamic(json, after);
    }
    json += '}';
}

} // namespace

void appendJsonString(QByteArray &json, QByteArrayView utf8)
{
    json += '"';
    const char *start = utf8.data();
    const char *const end = start + utf8.size();
    for (const char *at = start; at != end; ++at) {
        const auto byte = static_cast<unsigned char>(*at);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        json.append(start, at - start);
        start = at + 1;
        switch (byte) {
        case '"':
            json += "\\\"";
            break;
        case '\\':
            json += "\\\\";
            break;
        case '\n':
            json += "\\n";
            break;
        case '\r':
            json += "\\r";
            break;
        case '\t':
            json += "\\t";
            break;
        default:
            json += "\\u00";
            json += hexDigits[byte >> 4];
            json += hexDigits[byte & 0xf];
        }
    }
    json.append(start, end - start);
    json += '"';
}

void appendTree(QByteArray &json, const Tree &tree)
{
    json += '{';
    json += staticsKey;
    json += tree.statics->json();
    appendDynamics(json, tree.dynamics);
    json += '}';
}

void appendDifference(QByteArray &json, const Tree &from, const Tree &to)
{
    if (from.statics != to.statics && *from.statics != *to.statics)
        appendTree(json, to);
    else
        appendChanges(json, from, to);
}

} // namespace LiveTemplate
