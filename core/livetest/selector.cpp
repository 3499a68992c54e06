// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "selector_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

using Controls = Selector::Controls;
using Condition = Selector::Condition;
using Compound = Selector::Compound;
using Complex = Selector::Complex;

bool holds(const Compound &compound, Element element, const Controls &controls)
{
    return std::ranges::all_of(compound, [&](const Condition &condition) {
        return condition(element, controls);
    });
}

/// The element before @p element, of the same parent; null when it is the first.
Element previousOf(Element element)
{
    const Element parent = parentOf(element);
    if (!parent)
        return nullptr;
    const auto siblings = childrenOf(parent);
    const auto found = std::ranges::find(siblings, element);
    return found == siblings.begin() ? nullptr : *(found - 1);
}

/// Whether the first @p count steps lead to @p element.
bool leadsTo(const Complex &steps, std::size_t count, Element element, const Controls &controls)
{
    const Selector::Step &last = steps[count - 1];
    if (!element || !holds(last.compound, element, controls))
        return false;
    if (count == 1)
        return true;
    const auto before = [&](Element candidate) {
        return leadsTo(steps, count - 1, candidate, controls);
    };
    switch (last.combinator.unicode()) {
    case u'>':
        return before(parentOf(element));
    case u'+':
        return before(previousOf(element));
    case u'~':
        for (Element sibling = previousOf(element); sibling; sibling = previousOf(sibling)) {
            if (before(sibling))
                return true;
        }
        return false;
    default:
        for (Element ancestor = parentOf(element); ancestor; ancestor = parentOf(ancestor)) {
            if (before(ancestor))
                return true;
        }
        return false;
    }
}

bool matchesAny(const std::vector<Complex> &alternatives, Element element, const Controls &controls)
{
    return std::ranges::any_of(alternatives, [&](const Complex &steps) {
        return leadsTo(steps, steps.size(), element, controls);
    });
}

bool isDisabled(Element element)
{
    if (hasAttribute(element, "disabled"))
        return true;
    for (Element ancestor = parentOf(element); ancestor; ancestor = parentOf(ancestor)) {
        if (isTag(ancestor, u"fieldset") && hasAttribute(ancestor, "disabled"))
            return true;
    }
    return false;
}

/// One-based place among the elements of its parent, from the front or from the back.
qsizetype placeOf(Element element, bool fromBack)
{
    const Element parent = parentOf(element);
    if (!parent)
        return 1;
    const auto siblings = childrenOf(parent);
    const auto found = std::ranges::find(siblings, element);
    return fromBack ? siblings.end() - found : found - siblings.begin() + 1;
}

Condition attributeCondition(const QByteArray &name, QChar kind, const QString &wanted)
{
    return [=](Element element, const Controls &) {
        if (!hasAttribute(element, name.constData()))
            return false;
        const QString value = attributeOf(element, name.constData());
        switch (kind.unicode()) {
        case u'=':
            return value == wanted;
        case u'~':
            return !wanted.isEmpty() && value.simplified().split(u' ').contains(wanted);
        case u'|':
            return value == wanted || value.startsWith(wanted + u'-');
        case u'^':
            return !wanted.isEmpty() && value.startsWith(wanted);
        case u'$':
            return !wanted.isEmpty() && value.endsWith(wanted);
        case u'*':
            return !wanted.isEmpty() && value.contains(wanted);
        default:
            return true;
        }
    };
}

/// Reads a selector from front to back. An error is thrown within this file only.
class Parser
{
public:
    struct Error
    {
        QString sentence;
    };

    explicit Parser(QStringView text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::vector<Complex> parseAll()
    {
        auto alternatives = parseList();
        if (!isAtEnd())
            refuse(u"'%1' cannot stand here"_s.arg(peek()));
        return alternatives;
    }

private:
    [[noreturn]] void refuse(const QString &reason) const
    {
        throw Error{u"The selector \"%1\" cannot be read at character %2: %3."_s.arg(
            m_text.toString(), QString::number(m_position + 1), reason)};
    }

    [[nodiscard]] bool isAtEnd() const { return m_position >= m_text.size(); }
    [[nodiscard]] QChar peek() const { return isAtEnd() ? QChar() : m_text.at(m_position); }
    [[nodiscard]] bool accept(QChar wanted)
    {
        if (peek() != wanted || isAtEnd())
            return false;
        ++m_position;
        return true;
    }
    void expect(QChar wanted)
    {
        if (!accept(wanted))
            refuse(u"'%1' is missing"_s.arg(wanted));
    }
    bool skipSpace()
    {
        const qsizetype before = m_position;
        while (peek().isSpace())
            ++m_position;
        return m_position > before;
    }

    [[nodiscard]] std::vector<Complex> parseList()
    {
        std::vector<Complex> alternatives;
        do {
            skipSpace();
            alternatives.push_back(parseComplex());
        } while (accept(u','));
        return alternatives;
    }

    [[nodiscard]] Complex parseComplex()
    {
        Complex steps;
        steps.push_back({parseCompound(), QChar()});
        for (;;) {
            const bool hasSpace = skipSpace();
            const QChar next = peek();
            if (isAtEnd() || next == u',' || next == u')')
                return steps;
            QChar combinator = u' ';
            if (next == u'>' || next == u'+' || next == u'~') {
                combinator = next;
                ++m_position;
                skipSpace();
            } else if (!hasSpace) {
                refuse(u"'%1' cannot stand here"_s.arg(next));
            }
            steps.push_back({parseCompound(), combinator});
        }
    }

    [[nodiscard]] Compound parseCompound()
    {
        Compound compound;
        const qsizetype begin = m_position;
        if (accept(u'*')) {
            compound.emplace_back([](Element, const Controls &) { return true; });
        } else if (isNameCharacter(peek())) {
            compound.emplace_back([tag = parseName().toLower()](Element element, const Controls &) {
                return isTag(element, tag);
            });
        }
        for (;;) {
            if (accept(u'#'))
                compound.push_back(attributeCondition("id", u'=', parseName()));
            else if (accept(u'.'))
                compound.push_back(attributeCondition("class", u'~', parseName()));
            else if (accept(u'['))
                compound.push_back(parseAttribute());
            else if (accept(u':'))
                compound.push_back(parsePseudoClass());
            else
                break;
        }
        if (m_position == begin)
            refuse(isAtEnd() ? u"an element is missing"_s
                             : u"'%1' cannot stand here"_s.arg(peek()));
        return compound;
    }

    [[nodiscard]] static bool isNameCharacter(QChar character)
    {
        return character.isLetterOrNumber() || character == u'-' || character == u'_'
            || character == u'\\';
    }

    [[nodiscard]] QString parseName()
    {
        QString name;
        while (isNameCharacter(peek())) {
            if (accept(u'\\') && isAtEnd())
                refuse(u"something is missing behind '\\'"_s);
            name += m_text.at(m_position++);
        }
        if (name.isEmpty())
            refuse(u"a name is missing"_s);
        return name;
    }

    /// In quotes or without.
    [[nodiscard]] QString parseText(QStringView ends)
    {
        const QChar quote = peek();
        QString text;
        if (quote != u'"' && quote != u'\'') {
            while (!isAtEnd() && !ends.contains(peek()))
                text += m_text.at(m_position++);
            return text.trimmed();
        }
        ++m_position;
        while (!isAtEnd() && peek() != quote) {
            (void)accept(u'\\');
            if (!isAtEnd())
                text += m_text.at(m_position++);
        }
        expect(quote);
        return text;
    }

    [[nodiscard]] Condition parseAttribute()
    {
        skipSpace();
        // Names of ours have colons in them: lvt-on:click.
        QString name;
        while (isNameCharacter(peek()) || peek() == u':' || peek() == u'.') {
            if (accept(u'\\') && isAtEnd())
                refuse(u"something is missing behind '\\'"_s);
            name += m_text.at(m_position++);
        }
        if (name.isEmpty())
            refuse(u"the name of an attribute is missing"_s);
        skipSpace();
        QChar kind;
        QString value;
        if (!isAtEnd() && peek() != u']') {
            kind = m_text.at(m_position++);
            if (kind != u'=') {
                if (!u"~|^$*"_s.contains(kind))
                    refuse(u"'%1' cannot stand here"_s.arg(kind));
                expect(u'=');
            }
            skipSpace();
            value = parseText(u"]");
            skipSpace();
        }
        expect(u']');
        return attributeCondition(name.toLower().toUtf8(), kind, value);
    }

    [[nodiscard]] Condition parsePseudoClass()
    {
        const QString name = parseName().toLower();
        if (name == "checked"_L1)
            return [](Element element, const Controls &controls) {
                return controls.isChecked(element);
            };
        if (name == "disabled"_L1)
            return [](Element element, const Controls &) {
                return isDisabled(element);
            };
        if (name == "enabled"_L1)
            return [](Element element, const Controls &) {
                return !isDisabled(element);
            };
        if (name == "empty"_L1)
            return [](Element element, const Controls &) {
                return childrenOf(element).empty() && rawText(element).isEmpty();
            };
        if (name == "first-child"_L1)
            return [](Element element, const Controls &) {
                return placeOf(element, false) == 1;
            };
        if (name == "last-child"_L1)
            return [](Element element, const Controls &) {
                return placeOf(element, true) == 1;
            };
        if (name == "nth-child"_L1 || name == "nth-last-child"_L1)
            return parsePlace(name == "nth-last-child"_L1);
        if (name == "not"_L1 || name == "is"_L1)
            return parseNested(name == "is"_L1);
        if (name == "contains"_L1)
            return parseContains();
        refuse(u":%1 is not known here"_s.arg(name));
    }

    [[nodiscard]] Condition parsePlace(bool fromBack)
    {
        expect(u'(');
        const QString text = parseText(u")");
        expect(u')');
        bool isNumber = false;
        const qsizetype place = text.toInt(&isNumber);
        if (!isNumber && text != "odd"_L1 && text != "even"_L1)
            refuse(u"a number, odd or even is missing"_s);
        return [=](Element element, const Controls &) {
            const qsizetype own = placeOf(element, fromBack);
            return isNumber ? own == place : own % 2 == (text == "odd"_L1 ? 1 : 0);
        };
    }

    [[nodiscard]] Condition parseNested(bool wanted)
    {
        expect(u'(');
        auto nested = parseList();
        expect(u')');
        return [nested = std::move(nested), wanted](Element element, const Controls &controls) {
            return matchesAny(nested, element, controls) == wanted;
        };
    }

    [[nodiscard]] Condition parseContains()
    {
        expect(u'(');
        const QString text = parseText(u")").simplified();
        skipSpace();
        expect(u')');
        return [text](Element element, const Controls &) {
            return shownText(element).contains(text);
        };
    }

    QStringView m_text;
    qsizetype m_position = 0;
};

} // namespace

std::expected<Selector, QString> Selector::parse(QStringView text)
{
    try {
        return Selector(Parser(text).parseAll());
    } catch (const Parser::Error &error) {
        return std::unexpected(error.sentence);
    }
}

bool Selector::matches(Element element, const Controls &controls) const
{
    return matchesAny(m_alternatives, element, controls);
}

} // namespace LiveTest
