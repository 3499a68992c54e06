// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace LiveTemplate {

/// What the text of an HTML attribute means to a browser.
enum class AttributeLanguage : quint8 {
    Plain,
    Url,
    SourceSet,
    Html,
    Script,
    Style
};

/// The language of attribute @p name of @p element, both in small letters.
[[nodiscard]] AttributeLanguage attributeLanguage(const QString &name, const QString &element);

/// Whether attribute @p name, in small letters, is plain whichever the element.
[[nodiscard]] bool isPlainAttributeAnywhere(const QString &name);

/// Whether a `<meta>`'s @p content is a time after which another page is loaded.
[[nodiscard]] bool isRefresh(const QString &content);

} // namespace LiveTemplate
