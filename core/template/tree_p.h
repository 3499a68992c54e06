// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace LiveTemplate {

struct Tree;
struct Range;

/// The parts of a template that never change, compiled once and shared by every tree made from it.
/// Between each two neighbours stands one dynamic.
class LIVETEMPLATE_PRIVATE_EXPORT Statics
{
public:
    explicit Statics(std::vector<QByteArray> parts);

    [[nodiscard]] const std::vector<QByteArray> &parts() const { return m_parts; }
    [[nodiscard]] std::size_t dynamicCount() const { return m_parts.size() - 1; }

    /// The parts as a JSON array of strings: written once, sent often.
    [[nodiscard]] const QByteArray &json() const { return m_json; }

    /// Where the value of the first `data-key` (or `data-lvt-key`) attribute is, which names a
    /// range's item: the dynamics from first to last, with literal text around and between.
    struct KeyPlace
    {
        int first;
        int last;
        QByteArray prefix;
        QByteArray suffix;
    };
    /// None when there is no such attribute, or no dynamic in it.
    [[nodiscard]] const std::optional<KeyPlace> &keyPlace() const { return m_keyPlace; }

    friend bool operator==(const Statics &a, const Statics &b) { return a.m_json == b.m_json; }

private:
    std::vector<QByteArray> m_parts;
    QByteArray m_json;
    std::optional<KeyPlace> m_keyPlace;
};

using StaticsPtr = std::shared_ptr<const Statics>;
using TreePtr = std::shared_ptr<const Tree>;
using RangePtr = std::shared_ptr<const Range>;

/// A place between two statics: a piece of HTML, a sub-tree (a branch, an include), or a range.
using Dynamic = std::variant<QByteArray, TreePtr, RangePtr>;

/// One rendering of a template. Immutable once built, so that equal peers can share it.
struct Tree
{
    StaticsPtr statics;
    std::vector<Dynamic> dynamics;
};

/// One rendering of a loop's body.
struct RangeItem
{
    QByteArray key;
    std::vector<Dynamic> dynamics;
};

/// One rendering of a loop. All items share the statics of the loop's body.
struct Range
{
    StaticsPtr statics;
    std::vector<RangeItem> items;
    /// Whether each key is unique by itself, and the very value of an attribute in the page.
    bool hasPlainKeys = true;
    /// What stands there while there are no items: the `{% empty %}` branch.
    Dynamic otherwise;
};

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT bool equal(const Dynamic &a, const Dynamic &b);
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT bool equal(const Tree &a, const Tree &b);
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT bool equal(const Range &a, const Range &b);

/// Appends the HTML that a tree, or a part of one, stands for.
LIVETEMPLATE_PRIVATE_EXPORT void appendHtml(QByteArray &html, const Tree &tree);
LIVETEMPLATE_PRIVATE_EXPORT void appendHtml(QByteArray &html, const Dynamic &dynamic);

} // namespace LiveTemplate
