// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "treewriter_p.h"

#include <algorithm>

namespace LiveTemplate {

namespace {

// The keys of the wire form, PROTOCOL.md C.
constexpr QByteArrayView staticsKey("\"s\":");
constexpr QByteArrayView itemsKey("\"d\":");
constexpr QByteArrayView itemIdentityKey("\"_k\":");
constexpr QByteArrayView otherwiseKey("\"else\":");
/// Says that this is no range, to a client that has one there.
constexpr QByteArrayView noItems("\"d\":null,");

constexpr char hexDigits[] = "0123456789abcdef";

bool containsRange(const Dynamic &dynamic)
{
    if (std::holds_alternative<RangePtr>(dynamic))
        return true;
    const auto *tree = std::get_if<TreePtr>(&dynamic);
    return tree && std::ranges::any_of((*tree)->dynamics, containsRange);
}

/// What the client holds at a place where something whole is written.
struct Shown
{
    enum class What {
        /// Nothing that could be merged.
        Nothing,
        /// This.
        Known,
        /// Anything.
        Unknown
    };

    What what = What::Nothing;
    const Dynamic *dynamic = nullptr;

    [[nodiscard]] bool mayBeRange() const
    {
        return what == What::Unknown
            || (what == What::Known && std::holds_alternative<RangePtr>(*dynamic));
    }

    [[nodiscard]] Shown at(std::size_t index) const
    {
        if (what == What::Unknown)
            return *this;
        const auto *tree = dynamic ? std::get_if<TreePtr>(dynamic) : nullptr;
        if (!tree || index >= (*tree)->dynamics.size())
            return {};
        return {What::Known, &(*tree)->dynamics[index]};
    }
};

void appendWhole(QByteArray &json, const Dynamic &dynamic, Shown shown);

void appendDynamics(QByteArray &json, const std::vector<Dynamic> &dynamics, Shown shown)
{
    for (std::size_t i = 0; i < dynamics.size(); ++i) {
        json += ',';
        appendNumberKey(json, i);
        appendWhole(json, dynamics[i], shown.at(i));
    }
}

void appendWhole(QByteArray &json, const Dynamic &dynamic, Shown shown)
{
    if (const auto *text = std::get_if<QByteArray>(&dynamic)) {
        appendJsonString(json, *text);
    } else if (const auto *tree = std::get_if<TreePtr>(&dynamic)) {
        json += '{';
        if (shown.mayBeRange() && containsRange(dynamic))
            json += noItems;
        json += staticsKey;
        json += (*tree)->statics->json();
        appendDynamics(json, (*tree)->dynamics, shown);
        json += '}';
    } else {
        appendRange(json, *std::get<RangePtr>(dynamic), StaticsUse::Write);
    }
}

} // namespace

void appendNumberKey(QByteArray &json, std::size_t number)
{
    json += '"';
    if (number < 10)
        json += char('0' + number);
    else
        json += QByteArray::number(qulonglong(number));
    json += "\":";
}

void appendOtherwiseKey(QByteArray &json)
{
    json += otherwiseKey;
}

void appendOtherwise(QByteArray &json, const Dynamic &otherwise)
{
    appendWhole(json, otherwise, {Shown::What::Unknown, nullptr});
}

void appendItem(QByteArray &json, const RangeItem &item)
{
    json += '{';
    json += itemIdentityKey;
    appendJsonString(json, item.key);
    appendDynamics(json, item.dynamics, {});
    json += '}';
}

void appendRange(QByteArray &json, const Range &range, StaticsUse statics)
{
    json += '{';
    if (statics == StaticsUse::Write) {
        json += staticsKey;
        json += range.statics->json();
        json += ',';
    }
    json += itemsKey;
    json += '[';
    bool isFirst = true;
    for (const RangeItem &item : range.items) {
        if (!isFirst)
            json += ',';
        isFirst = false;
        appendItem(json, item);
    }
    json += ']';
    if (range.items.empty()) {
        // Always sent, even when it is empty: the client merges, and would keep an older one.
        json += ',';
        appendOtherwiseKey(json);
        appendOtherwise(json, range.otherwise);
    }
    json += '}';
}

void appendDynamic(QByteArray &json, const Dynamic &dynamic)
{
    appendWhole(json, dynamic, {});
}

void appendDynamicOver(QByteArray &json, const Dynamic &shown, const Dynamic &dynamic)
{
    appendWhole(json, dynamic, {Shown::What::Known, &shown});
}

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
    appendDynamics(json, tree.dynamics, {});
    json += '}';
}

void appendTreeOver(QByteArray &json, const Tree &shown, const Tree &tree)
{
    json += '{';
    json += staticsKey;
    json += tree.statics->json();
    for (std::size_t i = 0; i < tree.dynamics.size(); ++i) {
        json += ',';
        appendNumberKey(json, i);
        Shown there;
        if (i < shown.dynamics.size())
            there = {Shown::What::Known, &shown.dynamics[i]};
        appendWhole(json, tree.dynamics[i], there);
    }
    json += '}';
}

} // namespace LiveTemplate
