// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QString>

#include <memory>

namespace LiveTemplate {

/// What a variable of a generated template is known to hold. It guides the choice of filters and
/// tags; a value of another kind is no harm.
enum class ValueKind {
    Text,
    Number,
    Flag,
    Anything,
    Time,
    /// A list of texts, numbers and so on.
    Scalars,
    /// A list of maps or gadgets.
    Rows,
    /// A list of lists of two.
    Pairs,
    /// A list of lists.
    Lists,
};

struct ScopeVariable
{
    QString path;
    ValueKind kind;
};

/// The loop around a place of a template.
struct ScopeLoop
{
    /// KTextTemplate overwrites `forloop.parentloop` of a loop with the loop itself as soon as one
    /// within it has run, so that a loop has the one or the other.
    bool containsLoop = false;
    bool usesParentLoop = false;
    bool hasParentLoop = false;
};

/// What a place of a template can use.
struct TemplateScope
{
    enum class Place {
        Text,
        AttributeValue,
    };

    Place place = Place::Text;
    QList<ScopeVariable> variables;
    /// How many of these, from the first, every state has.
    qsizetype globalCount = 0;
    /// Null outside of loops, and where a template does not see what is around it.
    std::shared_ptr<ScopeLoop> loop;
    /// False within `autoescape off`.
    bool escapes = true;
    /// `ifchanged` remembers in the innermost frame of variables. It works where that is the loop's
    /// own, or where no loop is.
    bool mayUseIfChanged = true;
    /// Includes and blocks: templates that do not know what stands around them.
    bool mayUseOthers = true;

    [[nodiscard]] TemplateScope inAttribute() const
    {
        TemplateScope scope = *this;
        scope.place = Place::AttributeValue;
        return scope;
    }

    /// Within a tag that has variables of its own.
    [[nodiscard]] TemplateScope inFrame() const
    {
        TemplateScope scope = *this;
        scope.mayUseIfChanged = false;
        return scope;
    }

    void add(const QString &path, ValueKind kind) { variables.append({path, kind}); }

    /// What StateGenerator's rows and TestPerson have.
    void addRow(const QString &path);
};

/// What every state of StateGenerator has.
[[nodiscard]] TemplateScope globalScope();

} // namespace LiveTemplate
