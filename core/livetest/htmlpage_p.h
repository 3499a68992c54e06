// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <gumbo.h>

#include <memory>
#include <vector>

namespace LiveTest {

/// An element of an HtmlPage; lives as long as that. Null when there is none.
using Element = const GumboNode *;

/// HTML as a browser parses it.
class HtmlPage
{
public:
    explicit HtmlPage(const QString &html);

    [[nodiscard]] const QByteArray &source() const { return m_source; }
    /// All elements, in the order of the document.
    [[nodiscard]] const std::vector<Element> &elements() const { return m_elements; }

    /// Where the content of @p element begins and ends in source().
    [[nodiscard]] qsizetype contentBegin(Element element) const;
    [[nodiscard]] qsizetype contentEnd(Element element) const;
    /// The source of @p element, with its tags.
    [[nodiscard]] QString outerHtml(Element element) const;

private:
    struct Deleter
    {
        void operator()(GumboOutput *output) const;
    };

    [[nodiscard]] static const GumboStringPiece *endTag(Element element);
    [[nodiscard]] qsizetype end(const GumboNode &node) const;
    [[nodiscard]] qsizetype offset(const char *position) const;

    QByteArray m_source;
    std::unique_ptr<GumboOutput, Deleter> m_output;
    std::vector<Element> m_elements;
};

/// The parent, or null when that is no element.
[[nodiscard]] Element parentOf(Element element);
/// The elements in @p element, one level down.
[[nodiscard]] std::vector<Element> childrenOf(Element element);
[[nodiscard]] bool contains(Element ancestor, Element element);
/// The closest of @p element and its ancestors that has the tag @p tag, in small letters.
[[nodiscard]] Element closest(Element element, QStringView tag);

/// In small letters; of unknown elements too.
[[nodiscard]] QString tagOf(Element element);
[[nodiscard]] bool isTag(Element element, QStringView tag);
[[nodiscard]] bool hasAttribute(Element element, const char *name);
/// Null when there is no such attribute; empty, but not null, when it has no value.
[[nodiscard]] QString attributeOf(Element element, const char *name);
/// An attribute whose values are keywords, in small letters.
[[nodiscard]] QString keywordOf(Element element, const char *name);

/// All text in @p element, as it stands there.
[[nodiscard]] QString rawText(Element element);
/// The text that a person sees: white space collapsed, blocks apart, without scripts.
[[nodiscard]] QString shownText(Element element);

/// `<button name="save">`, for messages.
[[nodiscard]] QString startTag(Element element);

} // namespace LiveTest
