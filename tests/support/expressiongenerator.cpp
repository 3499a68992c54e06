// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "expressiongenerator.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// The values that a filter is made for.
enum class Input {
    Text,
    Number,
    List,
    Time,
    Everything,
};

enum class Output {
    Text,
    List,
    /// Text that the library does not escape.
    Safe,
};

struct FilterForm
{
    QLatin1StringView text;
    Input input;
    Output output;
};

/// All of the library's filters but `random`. Arguments that make the library itself crash are
/// left out: `divisibleby:0`, `get_digit:0`, `truncatewords:0`, and `slice` without a colon.
constexpr FilterForm filterForms[] = {
    {"upper"_L1, Input::Text, Output::Text},
    {"lower"_L1, Input::Text, Output::Text},
    {"title"_L1, Input::Text, Output::Text},
    {"capfirst"_L1, Input::Text, Output::Text},
    {"cut:\"a\""_L1, Input::Text, Output::Text},
    {"cut:' '"_L1, Input::Text, Output::Text},
    {"cut:b"_L1, Input::Text, Output::Text},
    {"truncatewords:2"_L1, Input::Text, Output::Text},
    {"truncatechars:3"_L1, Input::Text, Output::Text},
    {"center:12"_L1, Input::Text, Output::Text},
    {"ljust:8"_L1, Input::Text, Output::Text},
    {"rjust:8"_L1, Input::Text, Output::Text},
    {"slice:\"1:3\""_L1, Input::Text, Output::Text},
    {"slice:':2'"_L1, Input::Text, Output::Text},
    {"wordwrap:5"_L1, Input::Text, Output::Text},
    {"wordcount"_L1, Input::Text, Output::Text},
    {"addslashes"_L1, Input::Text, Output::Text},
    {"fix_ampersands"_L1, Input::Text, Output::Text},
    {"escapejs"_L1, Input::Text, Output::Text},
    {"striptags"_L1, Input::Text, Output::Text},
    {"removetags:\"b i\""_L1, Input::Text, Output::Text},
    {"stringformat:\"[%1]\""_L1, Input::Text, Output::Text},
    {"make_list"_L1, Input::Text, Output::List},
    {"escape"_L1, Input::Text, Output::Text},
    {"force_escape"_L1, Input::Text, Output::Safe},
    {"safe"_L1, Input::Text, Output::Safe},
    {"slugify"_L1, Input::Text, Output::Safe},
    {"linebreaks"_L1, Input::Text, Output::Safe},
    {"linebreaksbr"_L1, Input::Text, Output::Safe},
    {"linenumbers"_L1, Input::Text, Output::Safe},
    {"add:2"_L1, Input::Number, Output::Text},
    {"add:\"x\""_L1, Input::Text, Output::Text},
    {"add:count"_L1, Input::Number, Output::Text},
    {"divisibleby:3"_L1, Input::Number, Output::Text},
    {"get_digit:1"_L1, Input::Number, Output::Text},
    {"get_digit:2"_L1, Input::Number, Output::Text},
    {"floatformat"_L1, Input::Number, Output::Text},
    {"floatformat:2"_L1, Input::Number, Output::Text},
    {"filesizeformat"_L1, Input::Number, Output::Text},
    {"length"_L1, Input::List, Output::Text},
    {"length"_L1, Input::Text, Output::Text},
    {"length_is:2"_L1, Input::List, Output::Text},
    {"first"_L1, Input::List, Output::Text},
    {"last"_L1, Input::List, Output::Text},
    {"join:\", \""_L1, Input::List, Output::Safe},
    {"join:a"_L1, Input::List, Output::Safe},
    {"dictsort:\"name\""_L1, Input::List, Output::List},
    {"safeseq"_L1, Input::List, Output::List},
    {"unordered_list"_L1, Input::List, Output::Safe},
    {"date:\"yyyy-MM-dd\""_L1, Input::Time, Output::Text},
    {"date"_L1, Input::Time, Output::Text},
    {"time:\"hh:mm\""_L1, Input::Time, Output::Text},
    {"timesince:when"_L1, Input::Time, Output::Text},
    {"timeuntil:when"_L1, Input::Time, Output::Text},
    {"default:\"none\""_L1, Input::Everything, Output::Text},
    {"default:b"_L1, Input::Everything, Output::Text},
    {"default_if_none:'nil'"_L1, Input::Everything, Output::Text},
    {"yesno"_L1, Input::Everything, Output::Text},
    {"yesno:\"on,off\""_L1, Input::Everything, Output::Text},
    {"yesno:\"y,n,m\""_L1, Input::Everything, Output::Text},
};

bool isList(ValueKind kind)
{
    return kind == ValueKind::Scalars || kind == ValueKind::Rows || kind == ValueKind::Pairs
        || kind == ValueKind::Lists;
}

bool fits(const FilterForm &form, ValueKind kind)
{
    switch (form.input) {
    case Input::Everything:
        return true;
    case Input::List:
        return isList(kind);
    case Input::Time:
        return kind == ValueKind::Time;
    case Input::Number:
        return kind == ValueKind::Number;
    case Input::Text:
        break;
    }
    return !isList(kind) && kind != ValueKind::Time;
}

/// `escape` and the like follow the text through later filters, so that the whole chain is safe.
/// A list of safe texts is one, too.
bool mayBeSafe(const FilterForm &form)
{
    return form.output == Output::Safe || form.text.startsWith("safeseq"_L1);
}

} // namespace

std::optional<ScopeVariable> ExpressionGenerator::variable(const TemplateScope &scope,
                                                           std::initializer_list<ValueKind> kinds)
{
    QList<ScopeVariable> found;
    QList<ScopeVariable> inner;
    for (qsizetype i = 0; i < scope.variables.size(); ++i) {
        const ScopeVariable &candidate = scope.variables.at(i);
        if (std::ranges::find(kinds, candidate.kind) == kinds.end())
            continue;
        found.append(candidate);
        if (i >= scope.globalCount)
            inner.append(candidate);
    }
    if (found.isEmpty())
        return std::nullopt;
    // The names of a loop or `with` are what its body is about.
    return m_source.pick(!inner.isEmpty() && m_source.chance(70) ? inner : found);
}

ScopeVariable ExpressionGenerator::anyVariable(const TemplateScope &scope)
{
    using enum ValueKind;
    if (m_source.chance(75))
        return *variable(scope, {Text, Number, Flag, Anything});
    return *variable(scope, {Text, Number, Flag, Anything, Time, Scalars, Rows, Pairs, Lists});
}

QString ExpressionGenerator::withFilters(const ScopeVariable &variable, int most, Result result)
{
    QString text = variable.path;
    ValueKind kind = variable.kind;
    for (int i = m_source.below(most + 1); i > 0; --i) {
        const FilterForm &form = m_source.pick(filterForms);
        // At times a filter meets what it is not made for. `filesizeformat` would log that, so it
        // gets only what is a number in every state.
        const bool applies = form.text == "filesizeformat"_L1
            ? kind == ValueKind::Number && !text.contains(u'.')
            : fits(form, kind) || m_source.chance(15);
        if (!applies || (result == Result::NotSafe && mayBeSafe(form)))
            continue;
        text += u'|' + form.text;
        kind = form.output == Output::List ? ValueKind::Scalars : ValueKind::Text;
    }
    return text;
}

QString ExpressionGenerator::printed(const TemplateScope &scope)
{
    const bool inAttribute = scope.place == TemplateScope::Place::AttributeValue;
    if (!inAttribute && m_source.chance(6)) {
        static const QStringList constants{u"\"<i>\""_s,      u"'it'"_s,         u"12"_s,
                                           u"-1.5"_s,         u"_(\"Hello\")"_s, u"\"x\"|upper"_s,
                                           u"Qt.AlignRight"_s};
        return m_source.pick(constants);
    }
    if (scope.loop && m_source.chance(15)) {
        static const QStringList names{u"counter"_s,     u"counter0"_s, u"revcounter"_s,
                                       u"revcounter0"_s, u"first"_s,    u"last"_s};
        if (scope.loop->hasParentLoop && !scope.loop->containsLoop && m_source.chance(40)) {
            scope.loop->usesParentLoop = true;
            return u"forloop.parentloop."_s + m_source.pick(names);
        }
        return u"forloop."_s + m_source.pick(names);
    }
    return withFilters(anyVariable(scope), m_source.chance(60) ? 1 : 3,
                       inAttribute ? Result::NotSafe : Result::Any);
}

QString ExpressionGenerator::plain(const TemplateScope &scope)
{
    if (m_source.chance(40)) {
        static const QStringList constants{u"'one'"_s, u"\"two\""_s, u"3"_s};
        return m_source.pick(constants);
    }
    return variable(scope, {ValueKind::Number, ValueKind::Flag})->path;
}

QString ExpressionGenerator::value(const TemplateScope &scope)
{
    return withFilters(anyVariable(scope), 1, Result::NotSafe);
}

QString ExpressionGenerator::comparison(const TemplateScope &scope)
{
    static const QStringList operators{u"=="_s, u"!="_s, u"<"_s, u"<="_s, u">"_s, u">="_s};
    static const QStringList constants{u"1"_s, u"\"a\""_s, u"0"_s, u"2.5"_s, u"\"\""_s, u"'b'"_s};
    const QString right = m_source.chance(60) ? m_source.pick(constants) : value(scope);
    return value(scope) + u' ' + m_source.pick(operators) + u' ' + right;
}

QString ExpressionGenerator::condition(const TemplateScope &scope, int depth)
{
    using enum ValueKind;
    switch (depth > 0 ? m_source.below(10) : m_source.below(5)) {
    default:
        return variable(scope, {Flag, Number, Text})->path;
    case 2:
        return value(scope);
    case 3:
        return comparison(scope);
    case 4: {
        const QString container = variable(scope, {Scalars, Lists, Text, Anything})->path;
        return value(scope) + (m_source.chance(40) ? u" not in "_s : u" in "_s) + container;
    }
    case 5:
        return u"not "_s + condition(scope, 0);
    case 6:
    case 7:
        return condition(scope, depth - 1) + u" and "_s + condition(scope, depth - 1);
    case 8:
        return condition(scope, depth - 1) + u" or "_s + condition(scope, depth - 1);
    }
}

} // namespace LiveTemplate
