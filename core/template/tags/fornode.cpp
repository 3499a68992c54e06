// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "fornode_p.h"

#include "compiler_p.h"
#include "escaper_p.h"
#include "loopstep_p.h"
#include "tagparser_p.h"

#include <KTextTemplate/MetaType>

#include <QScopeGuard>
#include <QSequentialIterable>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// What one loop goes through.
class LoopValues
{
public:
    explicit LoopValues(const QVariant &value)
        : m_value(value)
    {
        if (value.typeId() == QMetaType::QVariantList) {
            m_size = static_cast<const QVariantList *>(value.constData())->size();
        } else if (isEnumerator(value)) {
            readEnumerators(value);
        } else if (value.typeId() != QMetaType::QString && value.canConvert<QVariantList>()) {
            m_iterable.emplace(m_value.value<QSequentialIterable>()); // refers to it
            m_size = m_iterable->size();
        }
    }

    Q_DISABLE_COPY_MOVE(LoopValues)

    [[nodiscard]] qsizetype size() const { return m_size; }

    [[nodiscard]] QVariant at(qsizetype index) const
    {
        return m_iterable ? m_iterable->at(index)
                          : static_cast<const QVariantList *>(m_value.constData())->at(index);
    }

private:
    /// An enumeration itself, and not one of its values, is gone through.
    void readEnumerators(const QVariant &enumeration)
    {
        if (KTextTemplate::MetaType::lookup(enumeration, u"value"_s).toInt() != -1)
            return;
        QVariantList list;
        const int count = KTextTemplate::MetaType::lookup(enumeration, u"keyCount"_s).toInt();
        for (int i = 0; i < count; ++i)
            list.append(KTextTemplate::MetaType::lookup(enumeration, QString::number(i)));
        m_size = list.size();
        m_value = list;
    }

    QVariant m_value;
    std::optional<QSequentialIterable> m_iterable;
    qsizetype m_size = 0;
};

class ForStep : public LoopStep
{
public:
    struct Variable
    {
        Symbol symbol;
        /// For a value that is no list: what is unpacked.
        Member member;
    };

    ForStep(std::vector<Variable> variables, Expression list, bool isReversed, Block body,
            Block otherwise, bool autoescape)
        : LoopStep(std::move(body), std::move(otherwise))
        , m_variables(std::move(variables))
        , m_list(std::move(list))
        , m_isReversed(isReversed)
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override
    {
        const LoopValues values(m_list.evaluate(pass.evaluation(m_autoescape)));
        Items items(*this, pass, values.size());
        if (values.size() > 0)
            append(items, values, pass);
        dynamics.emplace_back(items.take());
    }

private:
    void append(Items &items, const LoopValues &values, RenderPass &pass) const
    {
        Scope &scope = pass.scope();
        const ScopeFrame frame(scope);
        scope.loops().push_back({0, values.size(), pass.nextLoopRun()});
        const auto done = qScopeGuard([&scope] { scope.loops().pop_back(); });
        for (qsizetype i = 0; i < values.size(); ++i) {
            scope.loops().back().index = i;
            setVariables(scope, values.at(m_isReversed ? values.size() - 1 - i : i));
            items.append();
        }
    }

    void setVariables(Scope &scope, const QVariant &value) const
    {
        if (m_variables.size() == 1) {
            scope.set(m_variables.front().symbol, value);
            return;
        }
        const bool isList = value.typeId() == QMetaType::QVariantList;
        for (std::size_t i = 0; i < m_variables.size(); ++i) {
            scope.set(m_variables[i].symbol,
                      isList ? value.toList().value(qsizetype(i))
                             : m_variables[i].member.of(value));
        }
    }

    std::vector<Variable> m_variables;
    Expression m_list;
    bool m_isReversed;
    bool m_autoescape;
};

} // namespace

KTextTemplate::Node *ForNode::parse(TagParser &tag)
{
    auto node = std::make_unique<ForNode>();
    QStringList words = tag.words();
    if (!words.isEmpty() && words.last() == "reversed"_L1) {
        node->m_isReversed = true;
        words.removeLast();
    }
    if (words.size() < 3 || words.at(words.size() - 2) != "in"_L1)
        TagParser::fail(u"'for' is written 'for x in list': %1"_s.arg(tag.content()));
    for (const QString &word : words.first(words.size() - 2)) {
        for (const QString &name : word.split(u',', Qt::SkipEmptyParts))
            node->m_variables.push_back(name);
    }
    if (node->m_variables.empty())
        TagParser::fail(u"'for' has no variable: %1"_s.arg(tag.content()));
    node->m_list = tag.expression(words.last());

    TagParser::Body body = tag.body(node.get(), {u"empty"_s, u"endfor"_s});
    node->m_body = body.nodes;
    if (body.end == "empty"_L1)
        node->m_empty = tag.body(node.get(), {u"endfor"_s}).nodes;
    return node.release();
}

void ForNode::compile(Compiler &compiler) const
{
    compiler.beginDynamic(*this, HtmlContext::Dynamic::Branch);
    const HtmlContext start = compiler.context();
    Block body = compiler.loop(m_body, *this);
    Compiler::Branch empty = compiler.branch(m_empty, start);
    HtmlContext end = compiler.context();
    if (!HtmlContext::join(end, empty.end)) {
        Compiler::fail(*this,
                       u"its rows and its 'empty' part end in different places of the HTML: "
                       "one %1, the other %2"_s.arg(end.describe(), empty.end.describe()));
    }
    compiler.setContext(end);
    if (body.isEmpty() && empty.block.isEmpty())
        return;
    std::vector<ForStep::Variable> variables;
    for (const QString &name : m_variables)
        variables.push_back({compiler.engine().symbols().symbol(name), Member(name)});
    compiler.dynamic(std::make_shared<ForStep>(std::move(variables), m_list, m_isReversed,
                                               std::move(body), std::move(empty.block),
                                               compiler.state().autoescape));
}

} // namespace LiveTemplate
