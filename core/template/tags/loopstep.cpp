// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "loopstep_p.h"

#include <algorithm>

namespace LiveTemplate {

namespace {

size_t hashOf(const std::vector<Dynamic> &dynamics, size_t seed);

size_t hashOf(const Dynamic &dynamic, size_t seed)
{
    if (const auto *text = std::get_if<QByteArray>(&dynamic))
        return qHashBits(text->constData(), size_t(text->size()), seed + 1);
    if (const auto *tree = std::get_if<TreePtr>(&dynamic))
        return hashOf((*tree)->dynamics, qHash((*tree)->statics->json(), seed));
    const Range &range = *std::get<RangePtr>(dynamic);
    seed = qHash(range.statics->json(), seed) + range.items.size();
    for (const RangeItem &item : range.items)
        seed = hashOf(item.dynamics, seed);
    return range.items.empty() ? hashOf(range.otherwise, seed) : seed;
}

size_t hashOf(const std::vector<Dynamic> &dynamics, size_t seed)
{
    for (const Dynamic &dynamic : dynamics)
        seed = hashOf(dynamic, seed);
    return seed;
}

/// The value that a browser gives an attribute with this text, which we escaped.
QByteArray attributeValue(QByteArray text)
{
    if (text.contains('&')) {
        for (const auto &[reference, character] :
             {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&quot;", "\""),
              std::pair("&#39;", "'"), std::pair("&#123;", "{"), std::pair("&amp;", "&")})
            text.replace(reference, character);
    }
    return text;
}

/// Whether a browser's attribute has the very characters of @p key.
bool isPlainKey(const QByteArray &key)
{
    return !key.isEmpty()
        && std::ranges::none_of(key, [](char byte) { return uchar(byte) < 0x20 || byte == 0x7f; });
}

} // namespace

LoopStep::Items::Items(const LoopStep &loop, RenderPass &pass, qsizetype count)
    : m_loop(loop)
    , m_pass(pass)
    , m_range(std::make_shared<Range>())
{
    m_range->statics = loop.m_body.statics();
    m_range->items.reserve(std::size_t(count));
    m_keys.reserve(count);
}

void LoopStep::Items::append()
{
    std::vector<Dynamic> dynamics = m_loop.m_body.buildDynamics(m_pass);
    QByteArray itemKey = key(dynamics);
    m_range->items.push_back({std::move(itemKey), std::move(dynamics)});
}

RangePtr LoopStep::Items::take()
{
    if (m_range->items.empty()) {
        m_range->otherwise = m_loop.m_otherwise.isEmpty()
            ? Dynamic(QByteArray(""))
            : Dynamic(m_loop.m_otherwise.build(m_pass));
    }
    return std::move(m_range);
}

QByteArray LoopStep::Items::key(const std::vector<Dynamic> &dynamics)
{
    // PROTOCOL.md C: an item's key equals its rendered data-key; without one it is named after what
    // it shows.
    if (const auto text = keyText(dynamics)) {
        const QByteArray value = attributeValue(*text);
        m_range->hasPlainKeys = m_range->hasPlainKeys && isPlainKey(value);
        return unique(value);
    }
    const size_t hash = hashOf(dynamics, 0);
    return unique(QByteArray(reinterpret_cast<const char *>(&hash), sizeof hash)
                      .toBase64(QByteArray::OmitTrailingEquals));
}

std::optional<QByteArray> LoopStep::Items::keyText(const std::vector<Dynamic> &dynamics) const
{
    const auto &place = m_range->statics->keyPlace();
    if (!place)
        return std::nullopt;
    const auto *first = std::get_if<QByteArray>(&dynamics[std::size_t(place->first)]);
    // Nearly always the value is this alone.
    if (first && place->first == place->last && place->prefix.isEmpty() && place->suffix.isEmpty())
        return *first;
    QByteArray text = place->prefix;
    for (int i = place->first; i <= place->last; ++i) {
        if (i > place->first)
            text += m_range->statics->parts()[std::size_t(i)];
        appendHtml(text, dynamics[std::size_t(i)]);
    }
    return text + place->suffix;
}

QByteArray LoopStep::Items::unique(const QByteArray &key)
{
    const qsizetype before = m_keys.size();
    m_keys.insert(key);
    // An empty key is none to the client.
    if (m_keys.size() > before && !key.isEmpty())
        return key;
    m_range->hasPlainKeys = false;
    for (int copy = 2;; ++copy) {
        const QByteArray candidate = key + '#' + QByteArray::number(copy);
        if (!m_keys.contains(candidate)) {
            m_keys.insert(candidate);
            return candidate;
        }
    }
}

} // namespace LiveTemplate
