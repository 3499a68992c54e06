// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QStringView>
#include <QVariant>

namespace LiveTemplate {

/// How a value must be written to be nothing but a value where it stands. The rules are those of
/// Go's html/template; docs/templates.md has them as a table.
struct Escaper
{
    enum class Kind : quint8 {
        /// HTML text. The only place where `safe` and `autoescape off` let markup through.
        Html,
        /// The text of `<textarea>` and `<title>`, where there is no markup.
        PlainText,
        /// An ordinary attribute.
        Attribute,
        /// The name of an attribute.
        AttributeName,
        /// The content of a `<meta>`, which must not lead to another page.
        MetaContent,
        /// The start of an address: only of a harmless scheme.
        Url,
        /// A part of an address's path.
        UrlPart,
        /// The same where a `:` could still make what is before it a scheme.
        UrlSchemeless,
        /// A part of an address's query or fragment.
        UrlQuery,
        /// Addresses with sizes, separated by commas.
        SourceSet,
        /// HTML as the value of an attribute (`srcdoc`).
        HtmlInAttribute,
        ScriptValue,
        ScriptString,
        ScriptTemplateLiteral,
        ScriptRegularExpression,
        StyleValue,
        StyleString,
        /// The start of an address in `url(…)`.
        StyleUrl,
        /// A later part of one.
        StyleUrlPart,
        /// In a comment: nothing.
        Nothing
    };

    Kind kind = Kind::Html;
    /// Whether what is written stands in a quoted attribute besides.
    bool inAttribute = false;

    friend bool operator==(const Escaper &, const Escaper &) = default;
};

/// Stands where an address of another scheme than http, https, mailto and tel was refused.
inline constexpr QByteArrayView refusedUrl("#refused-address");
/// Stands where a style or an attribute's name was refused.
inline constexpr QByteArrayView refusedValue("refused-value");

/// Appends @p value as UTF-8. A string that KTextTemplate marked as safe may be a SafeString;
/// @p autoescape is false within `{% autoescape off %}`.
LIVETEMPLATE_PRIVATE_EXPORT void appendEscaped(QByteArray &html, const QVariant &value,
                                               Escaper escaper, bool autoescape = true);

/// Appends @p text with the five characters escaped that matter in HTML.
LIVETEMPLATE_PRIVATE_EXPORT void appendHtmlEscaped(QByteArray &html, QStringView text);

/// The text that KTextTemplate prints for @p value, unescaped.
[[nodiscard]] QString textOf(const QVariant &value);

/// PROTOCOL.md C, trap 5: the client deletes `<root>` and its end tag from what it shows. Writes
/// them with a space, which means the same.
void keepRootTags(QByteArray &html);

/// Whether @p value is KTextTemplate's for an enumeration, or for one of its values.
[[nodiscard]] bool isEnumerator(const QVariant &value);

} // namespace LiveTemplate
