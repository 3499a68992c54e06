// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "condition_p.h"

#include "tagparser_p.h"

#include <KTextTemplate/Exception>
#include <KTextTemplate/Util>

#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

enum class Operator {
    Value,
    Or,
    And,
    Not,
    In,
    NotIn,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual
};

struct OperatorWord
{
    QLatin1StringView word;
    Operator code;
    /// Binds its neighbours more strongly than an operator with a lower number.
    int strength;
};

constexpr int notStrength = 3;

constexpr std::array operatorWords{
    OperatorWord{"or"_L1, Operator::Or, 1},
    OperatorWord{"and"_L1, Operator::And, 2},
    OperatorWord{"not"_L1, Operator::Not, notStrength},
    OperatorWord{"in"_L1, Operator::In, 4},
    OperatorWord{"not in"_L1, Operator::NotIn, 4},
    OperatorWord{"=="_L1, Operator::Equal, 5},
    OperatorWord{"!="_L1, Operator::NotEqual, 5},
    OperatorWord{"<"_L1, Operator::Less, 5},
    OperatorWord{"<="_L1, Operator::LessEqual, 5},
    OperatorWord{">"_L1, Operator::Greater, 5},
    OperatorWord{">="_L1, Operator::GreaterEqual, 5},
};

const OperatorWord *findOperator(const QString &word)
{
    for (const OperatorWord &entry : operatorWords) {
        if (entry.word == word)
            return &entry;
    }
    return nullptr;
}

[[noreturn]] void throwSyntaxError(const QString &message)
{
    throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError, message);
}

/// Values from literals are SafeStrings; containers hold QStrings.
QVariant plain(const QVariant &value)
{
    return KTextTemplate::isSafeString(value) ? QVariant(KTextTemplate::getSafeString(value).get())
                                              : value;
}

bool contains(const QVariant &container, const QVariant &needle)
{
    const QVariant wanted = plain(needle);
    if (KTextTemplate::isSafeString(container))
        return KTextTemplate::getSafeString(container).get().contains(wanted.toString());
    if (container.canConvert<QVariantList>())
        return container.toList().contains(wanted);
    if (container.canConvert<QVariantHash>())
        return container.toHash().contains(wanted.toString());
    return false;
}

} // namespace

struct Condition::Expression
{
    Operator code = Operator::Value;
    LiveTemplate::Expression value;
    std::unique_ptr<Expression> left;
    std::unique_ptr<Expression> right;

    [[nodiscard]] QVariant evaluate(const Evaluation &evaluation) const
    {
        return code == Operator::Value ? value.evaluate(evaluation) : QVariant(isTrue(evaluation));
    }

    [[nodiscard]] bool isTrue(const Evaluation &evaluation) const
    {
        try {
            return holds(evaluation);
        } catch (const KTextTemplate::Exception &) {
            return false;
        }
    }

private:
    [[nodiscard]] bool holds(const Evaluation &evaluation) const
    {
        switch (code) {
        case Operator::Value:
            return value.isTrue(evaluation);
        case Operator::Or:
            return left->isTrue(evaluation) || right->isTrue(evaluation);
        case Operator::And:
            return left->isTrue(evaluation) && right->isTrue(evaluation);
        case Operator::Not:
            return !left->isTrue(evaluation);
        case Operator::In:
            return contains(right->evaluate(evaluation), left->evaluate(evaluation));
        case Operator::NotIn:
            return !contains(right->evaluate(evaluation), left->evaluate(evaluation));
        case Operator::Equal:
            return KTextTemplate::equals(left->evaluate(evaluation), right->evaluate(evaluation));
        case Operator::NotEqual:
            return !KTextTemplate::equals(left->evaluate(evaluation), right->evaluate(evaluation));
        case Operator::Less:
        case Operator::LessEqual:
        case Operator::Greater:
        case Operator::GreaterEqual:
            break;
        }
        const QPartialOrdering order = QVariant::compare(left->evaluate(evaluation),
                                                         right->evaluate(evaluation));
        switch (code) {
        case Operator::Less:
            return order == QPartialOrdering::Less;
        case Operator::LessEqual:
            return order == QPartialOrdering::Less || order == QPartialOrdering::Equivalent;
        case Operator::Greater:
            return order == QPartialOrdering::Greater;
        default:
            return order == QPartialOrdering::Greater || order == QPartialOrdering::Equivalent;
        }
    }
};

/// Precedence climbing over the words of the tag.
class Condition::WordParser
{
public:
    WordParser(const QStringList &words, const TagParser &tag)
        : m_tag(tag)
    {
        for (const QString &word : words) {
            if (word == "in"_L1 && !m_words.isEmpty() && m_words.last() == "not"_L1)
                m_words.last() = u"not in"_s;
            else
                m_words.append(word);
        }
    }

    std::unique_ptr<Expression> parseAll()
    {
        if (m_words.isEmpty())
            throwSyntaxError(u"'if' needs a condition"_s);
        auto expression = parse(0);
        if (m_next < m_words.size())
            throwSyntaxError(u"unexpected '%1' in the condition of 'if'"_s.arg(m_words.at(m_next)));
        return expression;
    }

private:
    std::unique_ptr<Expression> parse(int weakest)
    {
        auto left = parseOperand();
        while (m_next < m_words.size()) {
            const OperatorWord *word = findOperator(m_words.at(m_next));
            if (!word || word->code == Operator::Not)
                throwSyntaxError(
                    u"unexpected '%1' in the condition of 'if'"_s.arg(m_words.at(m_next)));
            if (word->strength <= weakest)
                break;
            ++m_next;
            auto joined = std::make_unique<Expression>();
            joined->code = word->code;
            joined->left = std::move(left);
            joined->right = parse(word->strength);
            left = std::move(joined);
        }
        return left;
    }

    std::unique_ptr<Expression> parseOperand()
    {
        if (m_next >= m_words.size())
            throwSyntaxError(u"the condition of 'if' ends after '%1'"_s.arg(m_words.last()));
        const QString word = m_words.at(m_next++);
        auto expression = std::make_unique<Expression>();
        const OperatorWord *operatorWord = findOperator(word);
        if (!operatorWord) {
            expression->value = m_tag.expression(word);
        } else if (operatorWord->code == Operator::Not) {
            expression->code = Operator::Not;
            expression->left = parse(notStrength);
        } else {
            throwSyntaxError(u"'%1' in the condition of 'if' has nothing before it"_s.arg(word));
        }
        return expression;
    }

    QStringList m_words;
    qsizetype m_next = 0;
    const TagParser &m_tag;
};

Condition::Condition(std::unique_ptr<Expression> expression)
    : m_expression(std::move(expression))
{
}

Condition::Condition(Condition &&) noexcept = default;
Condition &Condition::operator=(Condition &&) noexcept = default;
Condition::~Condition() = default;

Condition Condition::parse(const QStringList &words, const TagParser &tag)
{
    return Condition(WordParser(words, tag).parseAll());
}

bool Condition::isTrue(const Evaluation &evaluation) const
{
    return m_expression->isTrue(evaluation);
}

} // namespace LiveTemplate
