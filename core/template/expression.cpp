// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "expression_p.h"

#include <KTextTemplate/Context>
#include <KTextTemplate/Exception>
#include <KTextTemplate/Filter>
#include <KTextTemplate/FilterExpression>
#include <KTextTemplate/Parser>
#include <KTextTemplate/Util>

#include <QStringList>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

QVariant asLibraryValue(QVariant value)
{
    if (value.typeId() == QMetaType::QString)
        return QVariant::fromValue(KTextTemplate::SafeString(value.toString()));
    return value;
}

/// Reads operands off an expression which the library has found to be well-formed.
class OperandReader
{
public:
    explicit OperandReader(QStringView source)
        : m_source(source)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_source.size(); }

    bool skip(QChar mark)
    {
        if (atEnd() || m_source.at(m_at) != mark)
            return false;
        ++m_at;
        return true;
    }

    QString read()
    {
        const qsizetype start = m_at;
        skipOperand();
        return m_source.sliced(start, m_at - start).toString();
    }

private:
    void skipOperand()
    {
        if (m_source.sliced(m_at).startsWith("_("_L1)) {
            m_at += 2;
            skipOperand();
            skip(u')');
        } else if (!atEnd() && (m_source.at(m_at) == u'"' || m_source.at(m_at) == u'\'')) {
            const QChar quote = m_source.at(m_at++);
            while (!atEnd() && m_source.at(m_at) != quote)
                m_at += m_source.at(m_at) == u'\\' ? 2 : 1;
            ++m_at;
        } else {
            while (!atEnd() && !u"|:)"_s.contains(m_source.at(m_at)))
                ++m_at;
        }
        m_at = std::min(m_at, m_source.size());
    }

    QStringView m_source;
    qsizetype m_at = 0;
};

} // namespace

Operand::Operand(const QString &source, SymbolTable &symbols)
{
    const KTextTemplate::Variable variable(source);
    const QStringList names = variable.lookups();
    if (variable.isLocalized() || (!names.isEmpty() && names.first() == "Qt"_L1)) {
        m_start = Start::Library;
        m_variable = variable;
    } else if (names.isEmpty()) {
        m_start = Start::Constant;
        m_constant = variable.literal();
    } else {
        m_start = Start::Variable;
        m_symbol = symbols.symbol(names.first());
        for (const QString &name : names)
            m_members.emplace_back(name);
        if (names.first() == "forloop"_L1)
            readLoopPath(names);
    }
}

void Operand::readLoopPath(const QStringList &names)
{
    static const QHash<QString, LoopField> fields{
        {u"counter0"_s, LoopField::Counter0},     {u"counter"_s, LoopField::Counter},
        {u"revcounter"_s, LoopField::RevCounter}, {u"revcounter0"_s, LoopField::RevCounter0},
        {u"first"_s, LoopField::First},           {u"last"_s, LoopField::Last}};
    m_start = Start::Loop;
    qsizetype i = 1;
    while (i < names.size() && names.at(i) == "parentloop"_L1)
        ++i;
    if (i != names.size() - 1 || !fields.contains(names.at(i)))
        return;
    m_loopsUp = int(i) - 1;
    m_loopField = fields.value(names.at(i));
}

QVariant Operand::loopValue(const Scope &scope) const
{
    const auto &loops = scope.loops();
    if (m_loopField == LoopField::Whole) {
        QVariant value = scope.forloop();
        for (std::size_t i = 1; i < m_members.size() && value.isValid(); ++i)
            value = m_members[i].of(value);
        return value;
    }
    if (std::size_t(m_loopsUp) >= loops.size())
        return {};
    const Loop &loop = loops[loops.size() - 1 - std::size_t(m_loopsUp)];
    switch (m_loopField) {
    case LoopField::Counter0:
        return int(loop.index);
    case LoopField::Counter:
        return int(loop.index + 1);
    case LoopField::RevCounter:
        return int(loop.count - loop.index);
    case LoopField::RevCounter0:
        return int(loop.count - loop.index - 1);
    case LoopField::First:
        return loop.index == 0;
    case LoopField::Last:
        return loop.index == loop.count - 1;
    case LoopField::Whole:
        break;
    }
    return {};
}

QVariant Operand::value(const Scope &scope) const
{
    switch (m_start) {
    case Start::Nothing:
        return {};
    case Start::Constant:
        return m_constant;
    case Start::Library: {
        KTextTemplate::Context context(scope.visible());
        return m_variable->resolve(&context);
    }
    case Start::Loop:
        if (!scope.loops().empty())
            return loopValue(scope);
        break;
    case Start::Variable:
        break;
    }
    if (const QVariant *variable = scope.variable(m_symbol))
        return member(*variable);
    return member(scope.root().value(m_members.front()));
}

QVariant Operand::member(const QVariant &variable) const
{
    if (m_members.size() == 1)
        return variable;
    static const QString helper = u"lvt"_s;
    const auto objects = m_members.front().name() == helper ? Member::Objects::Visible
                                                            : Member::Objects::Hidden;
    // Of a text, it is the SafeString that has members, like "upper".
    QVariant value = variable.typeId() == QMetaType::QString
        ? m_members[1].of(asLibraryValue(variable), objects)
        : m_members[1].of(variable, objects);
    for (std::size_t i = 2; i < m_members.size() && value.isValid(); ++i)
        value = m_members[i].of(value, objects);
    return value;
}

QVariant Operand::libraryValue(const Scope &scope) const
{
    // As in KTextTemplate, it is the context that makes strings SafeStrings, and not a look-up.
    return m_members.size() == 1 ? asLibraryValue(value(scope)) : value(scope);
}

bool Operand::isPath(QStringView first, QStringView second) const
{
    return m_members.size() == 2 && m_members[0].name() == first && m_members[1].name() == second;
}

Expression::Expression(const QString &source, KTextTemplate::Parser *parser, SymbolTable &symbols)
{
    // The library judges what is well-formed, and words the errors.
    [[maybe_unused]] const KTextTemplate::FilterExpression check(source, parser);

    OperandReader reader(source);
    if (!source.startsWith(u'|'))
        m_operand = Operand(reader.read(), symbols);
    while (reader.skip(u'|')) {
        Application application;
        application.name = reader.read();
        application.filter = parser->getFilter(application.name);
        application.guard = filterGuard(application.name);
        if (reader.skip(u':'))
            application.argument = Operand(reader.read(), symbols);
        m_filters.push_back(std::move(application));
    }
}

QVariant Expression::evaluate(const Evaluation &evaluation) const
{
    QVariant value = m_operand.libraryValue(evaluation.scope);
    return hasFilters() ? applyFilters(std::move(value), evaluation) : value;
}

QVariant Expression::evaluatePlain(const Evaluation &evaluation) const
{
    return hasFilters() ? evaluate(evaluation) : m_operand.value(evaluation.scope);
}

bool Expression::isTrue(const Evaluation &evaluation) const
{
    return KTextTemplate::variantIsTrue(evaluate(evaluation));
}

QVariant Expression::applyFilters(QVariant value, const Evaluation &evaluation) const
{
    // Filters escape with it, and write nothing to it.
    KTextTemplate::OutputStream stream;
    for (const Application &application : m_filters) {
        KTextTemplate::Filter &filter = *application.filter;
        filter.setStream(&stream);

        QVariant argument = application.argument.libraryValue(evaluation.scope);
        bool isArgumentSafe = true;
        if (KTextTemplate::isSafeString(argument)) {
            KTextTemplate::SafeString text = KTextTemplate::getSafeString(argument);
            if (application.argument.isConstant())
                text = KTextTemplate::markSafe(text);
            else if (evaluation.isHtml && !text.isSafe())
                text = filter.escape(text);
            isArgumentSafe = text.isSafe();
            if (!text.get().isEmpty())
                argument = QVariant::fromValue(text);
        }
        if (application.guard) {
            if (const auto instead = application.guard(value, argument)) {
                value = *instead;
                continue;
            }
        }

        const KTextTemplate::SafeString before = KTextTemplate::getSafeString(value);
        value = filter.doFilter(value, argument, evaluation.autoescape);
        if (!KTextTemplate::isSafeString(value))
            continue;
        // A filter keeps what its input was, unless it says otherwise itself.
        KTextTemplate::SafeString text = KTextTemplate::getSafeString(value);
        if (filter.isSafe() && before.isSafe() && isArgumentSafe)
            text = KTextTemplate::markSafe(text);
        else if (before.needsEscape())
            text = KTextTemplate::markForEscaping(text);
        // This one puts its input into its argument.
        if (!isArgumentSafe && application.name == "stringformat"_L1)
            text.setSafety(KTextTemplate::SafeString::IsNotSafe);
        value = QVariant::fromValue(text);
    }
    return value;
}

} // namespace LiveTemplate
