// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"

#include <QStringList>

#include <memory>

namespace LiveTemplate {

class TagParser;

/// The expression of an `if` tag: values with filters, joined by `or`, `and`, `not`, `in`,
/// `not in`, `==`, `!=`, `<`, `<=`, `>` and `>=`, from the weakest to the strongest.
class Condition
{
public:
    /// Parses the words after the tag's name. Throws KTextTemplate::Exception.
    static Condition parse(const QStringList &words, const TagParser &tag);

    Condition(Condition &&) noexcept;
    Condition &operator=(Condition &&) noexcept;
    ~Condition();

    /// A part that cannot be evaluated counts as false, as it does in KTextTemplate.
    [[nodiscard]] bool isTrue(const Evaluation &evaluation) const;

private:
    struct Expression;
    class WordParser;

    explicit Condition(std::unique_ptr<Expression> expression);

    std::unique_ptr<Expression> m_expression;
};

} // namespace LiveTemplate
