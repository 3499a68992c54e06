// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "headervalue_p.h"

#include <algorithm>

namespace LiveTemplate {

namespace {

bool isTokenCharacter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(character);
}

/// Reads the parameters from their first semicolon on.
class ParameterReader
{
public:
    explicit ParameterReader(QByteArrayView text)
        : m_rest(text)
    {
    }

    std::optional<QMap<QByteArray, QByteArray>> read()
    {
        QMap<QByteArray, QByteArray> parameters;
        while (true) {
            skipSpace();
            if (m_rest.isEmpty())
                return parameters;
            if (!skip(';'))
                return std::nullopt;
            skipSpace();
            if (m_rest.isEmpty() || m_rest.front() == ';')
                continue;
            const QByteArray name = token().toByteArray().toLower();
            if (name.isEmpty() || parameters.contains(name) || !skip('='))
                return std::nullopt;
            const auto value = parameterValue();
            if (!value)
                return std::nullopt;
            parameters.insert(name, *value);
        }
    }

private:
    void skipSpace()
    {
        while (!m_rest.isEmpty() && (m_rest.front() == ' ' || m_rest.front() == '\t'))
            m_rest = m_rest.sliced(1);
    }

    bool skip(char character)
    {
        if (m_rest.isEmpty() || m_rest.front() != character)
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    QByteArrayView token()
    {
        const auto end = std::ranges::find_if_not(m_rest, isTokenCharacter);
        const QByteArrayView token = m_rest.first(end - m_rest.begin());
        m_rest = m_rest.sliced(token.size());
        return token;
    }

    std::optional<QByteArray> parameterValue()
    {
        if (skip('"'))
            return quoted();
        const QByteArrayView value = token();
        return value.isEmpty() ? std::nullopt : std::optional(value.toByteArray());
    }

    /// Browsers do not escape a backslash (HTML, 4.10.21.8), so it is one unless it stands before a
    /// character that needs it.
    std::optional<QByteArray> quoted()
    {
        QByteArray value;
        while (!m_rest.isEmpty()) {
            if (skip('"'))
                return value;
            if (m_rest.startsWith("\\\"") || m_rest.startsWith("\\\\"))
                m_rest = m_rest.sliced(1);
            value += m_rest.front();
            m_rest = m_rest.sliced(1);
        }
        return std::nullopt;
    }

    QByteArrayView m_rest;
};

} // namespace

std::optional<HeaderValue> HeaderValue::parse(QByteArrayView text)
{
    if (!isHeaderText(text))
        return std::nullopt;
    const qsizetype semicolon = text.indexOf(';');
    const qsizetype end = semicolon < 0 ? text.size() : semicolon;
    const QByteArrayView value = text.first(end).trimmed();
    const bool isValue = !value.isEmpty() && std::ranges::all_of(value, [](char character) {
        return isTokenCharacter(character) || character == '/';
    });
    const auto parameters = ParameterReader(text.sliced(end)).read();
    if (!isValue || !parameters)
        return std::nullopt;
    return HeaderValue{value.toByteArray().toLower(), *parameters};
}

bool isHeaderToken(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isTokenCharacter);
}

bool isHeaderText(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char character) {
        const auto byte = uchar(character);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

} // namespace LiveTemplate
