// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sourceposition_p.h"

#include <QString>

#include <vector>

namespace LiveTemplate {

/// A piece of a template's source.
struct Token
{
    enum class Kind {
        Text, ///< literal HTML
        Value, ///< `{{ content }}`
        Tag ///< `{% content %}`
    };

    Kind kind;
    /// The text, or what stands between the braces without surrounding white space.
    QString content;
    SourcePosition position;
};

/// Splits a template as KTextTemplate's lexer does: tags stay within a line, `{# … #}` vanishes,
/// and what is not closed is text.
[[nodiscard]] std::vector<Token> tokenize(QStringView source);

} // namespace LiveTemplate
