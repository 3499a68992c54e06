// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "stylecontext_p.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

void StyleContext::advance(QStringView text)
{
    for (const QChar character : text) {
        switch (m_state) {
        case State::Code:
            advanceCode(character);
            break;
        case State::DoubleQuoted:
        case State::SingleQuoted:
        case State::DoubleQuotedUrl:
        case State::SingleQuotedUrl: {
            const bool isDouble = m_state == State::DoubleQuoted
                || m_state == State::DoubleQuotedUrl;
            if (m_escaped)
                m_escaped = false;
            else if (character == u'\\')
                m_escaped = true;
            else if (character == (isDouble ? u'"' : u'\''))
                m_state = State::Code;
            else
                m_urlStarted = isInUrl();
            break;
        }
        case State::Url:
            if (character == u')')
                m_state = State::Code;
            else if (!m_urlStarted && character == u'"')
                m_state = State::DoubleQuotedUrl;
            else if (!m_urlStarted && character == u'\'')
                m_state = State::SingleQuotedUrl;
            else if (!character.isSpace())
                m_urlStarted = true;
            break;
        case State::Comment:
            if (character == u'/' && m_tail.endsWith(u'*'))
                m_state = State::Code;
            m_tail = character;
            break;
        }
    }
}

void StyleContext::advanceValue()
{
    m_escaped = false;
    m_tail.clear();
    m_urlStarted = isInUrl();
}

void StyleContext::advanceCode(QChar character)
{
    m_tail += character.toLower();
    if (m_tail.size() > 4)
        m_tail = m_tail.last(4);
    if (character == u'"') {
        m_state = State::DoubleQuoted;
    } else if (character == u'\'') {
        m_state = State::SingleQuoted;
    } else if (m_tail == "url("_L1) {
        m_state = State::Url;
        m_urlStarted = false;
    } else if (m_tail.endsWith("/*"_L1)) {
        m_state = State::Comment;
        m_tail.clear();
    }
}

bool StyleContext::join(StyleContext &a, const StyleContext &b)
{
    StyleContext other = b;
    a.m_tail.clear();
    other.m_tail.clear();
    if (a.isInUrl())
        a.m_urlStarted = other.m_urlStarted = a.m_urlStarted || other.m_urlStarted;
    return a == other;
}

} // namespace LiveTemplate
