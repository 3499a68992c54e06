// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "scriptcontext_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Behind these words an expression starts, and so may a regular expression.
constexpr std::array expressionStarters{"break"_L1,      "case"_L1,   "continue"_L1, "delete"_L1,
                                        "do"_L1,         "else"_L1,   "finally"_L1,  "in"_L1,
                                        "instanceof"_L1, "of"_L1,     "return"_L1,   "throw"_L1,
                                        "try"_L1,        "typeof"_L1, "void"_L1,     "yield"_L1,
                                        "await"_L1};

bool isIdentifierPart(QChar character)
{
    return character.isLetterOrNumber() || character == u'_' || character == u'$';
}

bool isLineEnd(QChar character)
{
    return character == u'\n' || character == u'\r' || character == QChar(0x2028)
        || character == QChar(0x2029);
}

} // namespace

bool ScriptContext::advance(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text.at(i);
        switch (m_state) {
        case State::Code:
            if (character == u'/') {
                const QChar next = i + 1 < text.size() ? text.at(i + 1) : QChar();
                if (next == u'/' || next == u'*') {
                    m_state = next == u'/' ? State::LineComment : State::BlockComment;
                    m_previous = QChar();
                    ++i;
                } else if (!slash()) {
                    return false;
                }
            } else {
                advanceCode(character);
            }
            break;
        case State::DoubleQuoted:
        case State::SingleQuoted:
            if (m_escaped) {
                m_escaped = false;
            } else if (character == u'\\') {
                m_escaped = true;
            } else if (character == (m_state == State::DoubleQuoted ? u'"' : u'\'')) {
                m_state = State::Code;
                advanceValue();
            }
            break;
        case State::TemplateLiteral:
            if (m_escaped) {
                m_escaped = false;
            } else if (character == u'\\') {
                m_escaped = true;
            } else if (character == u'`') {
                m_state = State::Code;
                advanceValue();
                break;
            } else if (character == u'{' && m_previous == u'$') {
                m_braces.push_back(0);
                m_state = State::Code;
                m_slash = Slash::StartsRegularExpression;
                m_word.clear();
            }
            m_previous = character;
            break;
        case State::RegularExpression:
            if (m_escaped)
                m_escaped = false;
            else if (character == u'\\')
                m_escaped = true;
            else if (character == u'[')
                m_inCharacterClass = true;
            else if (character == u']')
                m_inCharacterClass = false;
            else if (character == u'/' && !m_inCharacterClass) {
                m_state = State::Code;
                advanceValue();
            }
            break;
        case State::LineComment:
            if (isLineEnd(character))
                m_state = State::Code;
            break;
        case State::BlockComment:
            if (character == u'/' && m_previous == u'*')
                m_state = State::Code;
            m_previous = m_state == State::Code ? QChar() : character;
            break;
        }
    }
    return true;
}

void ScriptContext::advanceValue()
{
    if (m_state != State::Code) {
        m_escaped = false;
        m_previous = QChar();
        return;
    }
    m_slash = Slash::Divides;
    m_word.clear();
    m_previous = QChar();
}

void ScriptContext::advanceCode(QChar character)
{
    const QChar before = std::exchange(m_previous, character);
    if (isIdentifierPart(character)) {
        // A word that a space ends is not part of the next one.
        if (!isIdentifierPart(before))
            m_word.clear();
        m_word += character;
        const auto isStarter = [this](QLatin1StringView word) {
            return m_word == word;
        };
        m_slash = std::ranges::any_of(expressionStarters, isStarter)
            ? Slash::StartsRegularExpression
            : Slash::Divides;
        return;
    }
    switch (character.unicode()) {
    case '"':
        m_state = State::DoubleQuoted;
        break;
    case '\'':
        m_state = State::SingleQuoted;
        break;
    case '`':
        m_state = State::TemplateLiteral;
        m_previous = QChar();
        break;
    case ')':
    case ']':
        m_slash = Slash::Divides;
        break;
    case '+':
    case '-':
        // "x++ / y" divides, and "x + /y/" does not.
        m_slash = before == character ? Slash::Divides : Slash::StartsRegularExpression;
        break;
    case '.':
        m_slash = before.isDigit() ? Slash::Divides : Slash::StartsRegularExpression;
        break;
    case '{':
        if (!m_braces.empty())
            ++m_braces.back();
        m_slash = Slash::StartsRegularExpression;
        break;
    case '}':
        m_slash = Slash::StartsRegularExpression;
        if (!m_braces.empty() && --m_braces.back() < 0) {
            m_braces.pop_back();
            m_state = State::TemplateLiteral;
            m_previous = QChar();
        }
        break;
    default:
        if (!character.isSpace())
            m_slash = Slash::StartsRegularExpression;
    }
}

bool ScriptContext::slash()
{
    if (m_slash == Slash::Unknown)
        return false;
    m_word.clear();
    m_previous = u'/';
    if (m_slash == Slash::StartsRegularExpression)
        m_state = State::RegularExpression;
    else
        m_slash = Slash::StartsRegularExpression;
    return true;
}

bool ScriptContext::join(ScriptContext &a, const ScriptContext &b)
{
    ScriptContext other = b;
    if (a.m_state == State::Code && a.m_slash != other.m_slash)
        a.m_slash = other.m_slash = Slash::Unknown;
    // What only helps to decide about the next character.
    a.m_word.clear();
    other.m_word.clear();
    a.m_previous = other.m_previous = QChar();
    return a == other;
}

} // namespace LiveTemplate
