// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "htmlpage_p.h"

#include <QList>
#include <QString>

#include <expected>
#include <functional>
#include <memory>
#include <vector>

namespace LiveTest {

/// A CSS selector, as Tab's documentation has them (Selectors Level 4, in part, and :contains()).
class Selector
{
public:
    /// What a control is at present, which the page alone does not say.
    struct Controls
    {
        std::function<bool(Element)> isChecked;
    };

    /// The error is a sentence.
    [[nodiscard]] static std::expected<Selector, QString> parse(QStringView text);

    [[nodiscard]] bool matches(Element element, const Controls &controls) const;

    // ---- The parts of a parsed selector

    using Condition = std::function<bool(Element, const Controls &)>;
    /// What stands between two combinators: all of it holds for one element.
    using Compound = std::vector<Condition>;
    /// A compound with what stands before it.
    struct Step
    {
        Compound compound;
        /// ' ', '>', '+' or '~' between this step and the one before; null for the first.
        QChar combinator;
    };
    using Complex = std::vector<Step>;

private:
    explicit Selector(std::vector<Complex> alternatives)
        : m_alternatives(std::move(alternatives))
    {
    }

    std::vector<Complex> m_alternatives;
};

} // namespace LiveTest
