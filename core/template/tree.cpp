// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tree_p.h"

#include "treewriter_p.h"

#include <QRegularExpression>

#include <algorithm>

namespace LiveTemplate {

namespace {

std::optional<Statics::KeyPlace> findKeyPlace(const std::vector<QByteArray> &parts)
{
    // PROTOCOL.md C: the client finds a row by one of these attributes.
    static const QRegularExpression attribute(
        QStringLiteral("[\\s\"']data-(?:lvt-)?key\\s*=\\s*([\"'])([^\"']*)$"),
        QRegularExpression::CaseInsensitiveOption);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const auto match = attribute.match(QString::fromUtf8(parts[i]));
        if (!match.hasMatch())
            continue;
        const char quote = match.captured(1).front().toLatin1();
        for (std::size_t end = i + 1; end < parts.size(); ++end) {
            const qsizetype close = parts[end].indexOf(quote);
            if (close >= 0) {
                return Statics::KeyPlace{int(i), int(end) - 1, match.captured(2).toUtf8(),
                                         parts[end].first(close)};
            }
        }
    }
    return std::nullopt;
}

QByteArray writeParts(const std::vector<QByteArray> &parts)
{
    QByteArray json;
    json += '[';
    for (const QByteArray &part : parts) {
        if (json.size() > 1)
            json += ',';
        appendJsonString(json, part);
    }
    json += ']';
    return json;
}

void appendHtml(QByteArray &html, const Statics &statics, const std::vector<Dynamic> &dynamics)
{
    const auto &parts = statics.parts();
    html += parts.front();
    for (std::size_t i = 0; i < dynamics.size(); ++i) {
        appendHtml(html, dynamics[i]);
        html += parts[i + 1];
    }
}

void appendHtml(QByteArray &html, const Range &range)
{
    if (range.items.empty())
        return appendHtml(html, range.otherwise);
    for (const RangeItem &item : range.items)
        appendHtml(html, *range.statics, item.dynamics);
}

bool equal(const std::vector<Dynamic> &a, const std::vector<Dynamic> &b)
{
    return std::ranges::equal(a, b, [](const Dynamic &left, const Dynamic &right) {
        return LiveTemplate::equal(left, right);
    });
}

bool sameStatics(const StaticsPtr &a, const StaticsPtr &b)
{
    return a == b || *a == *b;
}

} // namespace

Statics::Statics(std::vector<QByteArray> parts)
    : m_parts(std::move(parts))
    , m_json(writeParts(m_parts))
    , m_keyPlace(findKeyPlace(m_parts))
{
    Q_ASSERT(!m_parts.empty());
}

bool equal(const Dynamic &a, const Dynamic &b)
{
    if (a.index() != b.index())
        return false;
    if (const auto *text = std::get_if<QByteArray>(&a))
        return *text == std::get<QByteArray>(b);
    if (const auto *tree = std::get_if<TreePtr>(&a))
        return equal(**tree, *std::get<TreePtr>(b));
    return equal(*std::get<RangePtr>(a), *std::get<RangePtr>(b));
}

bool equal(const Tree &a, const Tree &b)
{
    return &a == &b || (sameStatics(a.statics, b.statics) && equal(a.dynamics, b.dynamics));
}

bool equal(const Range &a, const Range &b)
{
    if (&a == &b)
        return true;
    return sameStatics(a.statics, b.statics)
        && std::ranges::equal(a.items, b.items,
                              [](const RangeItem &left, const RangeItem &right) {
                                  return left.key == right.key
                                      && equal(left.dynamics, right.dynamics);
                              })
        && (!a.items.empty() || equal(a.otherwise, b.otherwise));
}

void appendHtml(QByteArray &html, const Dynamic &dynamic)
{
    if (const auto *text = std::get_if<QByteArray>(&dynamic))
        html += *text;
    else if (const auto *tree = std::get_if<TreePtr>(&dynamic))
        appendHtml(html, **tree);
    else
        appendHtml(html, *std::get<RangePtr>(dynamic));
}

void appendHtml(QByteArray &html, const Tree &tree)
{
    appendHtml(html, *tree.statics, tree.dynamics);
}

} // namespace LiveTemplate
