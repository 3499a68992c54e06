// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "bytesource.h"
#include "templatescope.h"

#include <QString>

#include <optional>

namespace LiveTemplate {

/// Makes what stands inside of a template's tags: values with filters, and conditions.
class ExpressionGenerator
{
public:
    explicit ExpressionGenerator(ByteSource &source)
        : m_source(source)
    {
    }

    /// What `{{ … }}` prints. In an attribute's value it is nothing that counts as safe HTML.
    [[nodiscard]] QString printed(const TemplateScope &scope);

    /// A value that needs no escaping, for tags that the library does not escape.
    [[nodiscard]] QString plain(const TemplateScope &scope);

    /// A value that is given a name or compared.
    [[nodiscard]] QString value(const TemplateScope &scope);

    /// What `if` tests.
    [[nodiscard]] QString condition(const TemplateScope &scope, int depth = 2);

    /// A variable of one of @p kinds; nothing when the scope has none.
    [[nodiscard]] std::optional<ScopeVariable> variable(const TemplateScope &scope,
                                                        std::initializer_list<ValueKind> kinds);

private:
    enum class Result {
        Any,
        NotSafe,
    };

    [[nodiscard]] QString withFilters(const ScopeVariable &variable, int most, Result result);
    [[nodiscard]] QString comparison(const TemplateScope &scope);
    [[nodiscard]] ScopeVariable anyVariable(const TemplateScope &scope);

    ByteSource &m_source;
};

} // namespace LiveTemplate
