// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "bytesource.h"
#include "expressiongenerator.h"
#include "templatescope.h"

#include <QMap>
#include <QSet>
#include <QStringList>

namespace LiveTemplate {

/// A page's template and the templates that it extends or includes, by name.
struct TemplateSet
{
    QMap<QString, QString> files;
    /// Those that the page may include, also by a variable.
    QStringList parts;
    /// What the set is an example of, beyond its tags and filters.
    QSet<QString> features;
};

/// Makes templates of everything that KTextTemplate's default libraries offer, for the states of
/// StateGenerator. They are valid: every branch and loop leaves the HTML where it found it, and
/// values stand in text and in quoted attributes only.
class TemplateGenerator
{
public:
    explicit TemplateGenerator(ByteSource &source)
        : m_source(source)
        , m_expressions(source)
    {
    }

    /// The page is "page.html".
    [[nodiscard]] TemplateSet make();

private:
    using Place = TemplateScope::Place;

    struct Block
    {
        QString name;
        Place place;
    };

    /// How the items of a list get their names in a loop's body.
    struct LoopHead
    {
        QString text;
        TemplateScope scope;
        /// What is a row's key.
        QString key;
    };

    /// The elements that a list of rows is made of.
    struct RowElements
    {
        QLatin1StringView parent;
        QLatin1StringView row;
        /// Within the row, around its content; may be empty.
        QLatin1StringView cell;
    };

    void makeParts();
    void makeChain();
    [[nodiscard]] QString overrides(const QStringList &names);

    // Text, or an attribute's value, as the scope says.
    [[nodiscard]] QString content(TemplateScope scope, int depth);
    [[nodiscard]] QString piece(TemplateScope &scope, int depth);
    [[nodiscard]] QString textPiece(TemplateScope &scope, int depth);
    [[nodiscard]] QString rarePiece(TemplateScope &scope, int depth);
    [[nodiscard]] QString staticText(Place place);
    [[nodiscard]] QString printedVariable(const TemplateScope &scope);

    [[nodiscard]] QString element(const TemplateScope &scope, int depth);
    [[nodiscard]] QString voidElement(const TemplateScope &scope, int depth);
    [[nodiscard]] QString attributes(const TemplateScope &scope, int depth);

    [[nodiscard]] QString ifTag(const TemplateScope &scope, int depth);
    [[nodiscard]] QString ifEqual(const TemplateScope &scope, int depth);
    [[nodiscard]] QString ifChanged(const TemplateScope &scope, int depth);
    [[nodiscard]] QString with(const TemplateScope &scope, int depth);
    [[nodiscard]] QString include(const TemplateScope &scope);
    [[nodiscard]] QString block(const TemplateScope &scope, int depth);
    [[nodiscard]] QString cycle(TemplateScope &scope);
    [[nodiscard]] QString range(const TemplateScope &scope, int depth);
    [[nodiscard]] QString regroup(TemplateScope &scope, int depth);
    [[nodiscard]] QString wrapped(const QString &tag, const QString &end,
                                  const TemplateScope &scope, int depth);

    [[nodiscard]] QString list(const TemplateScope &scope, int depth);
    [[nodiscard]] QString loop(const TemplateScope &scope, int depth, const RowElements &elements);
    [[nodiscard]] LoopHead loopHead(const TemplateScope &scope);
    [[nodiscard]] QString loopBody(const LoopHead &head, int depth, const RowElements &elements);

    [[nodiscard]] QString newName(QLatin1StringView stem);
    void note(const QString &feature) { m_set.features.insert(feature); }

    ByteSource &m_source;
    ExpressionGenerator m_expressions;
    TemplateSet m_set;
    /// Those that templates of the chain have so far, for the ones below to override.
    QList<Block> m_blocks;
    /// Parts that are right in an attribute's value, too.
    QStringList m_plainParts;
    /// Not a part: all parts exist, and blocks have a meaning.
    bool m_isPage = false;
    int m_names = 0;
    /// Pieces that may still be made: it bounds the size of the result.
    int m_budget = 0;
};

} // namespace LiveTemplate
