// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "filterguard_p.h"
#include "member_p.h"
#include "scope_p.h"

#include <KTextTemplate/Variable>

#include <QSharedPointer>
#include <QVariant>

#include <optional>
#include <vector>

namespace KTextTemplate {
class Filter;
class Parser;
} // namespace KTextTemplate

namespace LiveTemplate {

/// What a rendering evaluates expressions in.
struct Evaluation
{
    const Scope &scope;
    /// Whether the place is within `{% autoescape off %}` or not; some filters ask.
    bool autoescape = true;
    /// Whether the filters work upon HTML, into which their arguments must not bring markup.
    bool isHtml = false;
};

/// A constant, or a dotted path from a variable: what stands before the first `|` of an expression,
/// and behind a filter's `:`.
class Operand
{
public:
    /// Never valid when evaluated.
    Operand() = default;
    /// Throws KTextTemplate::Exception.
    Operand(const QString &source, SymbolTable &symbols);

    /// As it is found: a string is a QString.
    [[nodiscard]] QVariant value(const Scope &scope) const;
    /// As KTextTemplate hands it to tags and filters: a variable's string is a SafeString.
    [[nodiscard]] QVariant libraryValue(const Scope &scope) const;

    [[nodiscard]] bool isConstant() const { return m_constant.isValid(); }
    [[nodiscard]] const QVariant &constant() const { return m_constant; }
    /// Whether it is the path @p first.@p second, and no more.
    [[nodiscard]] bool isPath(QStringView first, QStringView second) const;

private:
    enum class Start {
        Nothing,
        Constant,
        Variable,
        /// `forloop` and what it has, which need not be made a map for that.
        Loop,
        /// `Qt.…` and `_(…)`, which the library resolves.
        Library
    };
    enum class LoopField {
        Whole,
        Counter0,
        Counter,
        RevCounter,
        RevCounter0,
        First,
        Last
    };

    void readLoopPath(const QStringList &names);
    /// What the rest of the path leads to.
    [[nodiscard]] QVariant member(const QVariant &variable) const;
    [[nodiscard]] QVariant loopValue(const Scope &scope) const;

    Start m_start = Start::Nothing;
    QVariant m_constant;
    Symbol m_symbol{};
    /// The first is the variable's name.
    std::vector<Member> m_members;
    LoopField m_loopField = LoopField::Whole;
    /// How many `parentloop`s stand before the field.
    int m_loopsUp = 0;
    std::optional<KTextTemplate::Variable> m_variable;
};

/// `operand|filter|filter:operand`.
class Expression
{
public:
    Expression() = default;
    /// Throws KTextTemplate::Exception.
    Expression(const QString &source, KTextTemplate::Parser *parser, SymbolTable &symbols);

    /// The value as KTextTemplate has it: what it marked as safe is a SafeString.
    [[nodiscard]] QVariant evaluate(const Evaluation &evaluation) const;
    /// The same, but a string that no filter touched may be a QString.
    [[nodiscard]] QVariant evaluatePlain(const Evaluation &evaluation) const;
    [[nodiscard]] bool isTrue(const Evaluation &evaluation) const;

    [[nodiscard]] const Operand &operand() const { return m_operand; }
    [[nodiscard]] bool hasFilters() const { return !m_filters.empty(); }
    [[nodiscard]] bool isConstant() const { return m_operand.isConstant() && !hasFilters(); }

private:
    struct Application
    {
        QString name;
        QSharedPointer<KTextTemplate::Filter> filter;
        FilterGuard guard;
        Operand argument;
    };

    [[nodiscard]] QVariant applyFilters(QVariant value, const Evaluation &evaluation) const;

    Operand m_operand;
    std::vector<Application> m_filters;
};

} // namespace LiveTemplate
