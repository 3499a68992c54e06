// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <vector>

namespace LiveTemplate {

/// Where in JavaScript a place is: as much of the language as tells a value from a string, a
/// template literal, a regular expression and a comment.
class ScriptContext
{
public:
    enum class State : quint8 {
        Code,
        DoubleQuoted,
        SingleQuoted,
        TemplateLiteral,
        RegularExpression,
        LineComment,
        BlockComment
    };
    /// What a `/` would be.
    enum class Slash : quint8 {
        StartsRegularExpression,
        Divides,
        /// Branches of the template disagree.
        Unknown
    };

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isInCharacterClass() const { return m_inCharacterClass; }

    /// Goes on behind @p text. False when a `/` in it can be read in two ways.
    [[nodiscard]] bool advance(QStringView text);
    /// Goes on behind a value.
    void advanceValue();

    /// Where branches that end in @p a and @p b meet; false when they cannot.
    [[nodiscard]] static bool join(ScriptContext &a, const ScriptContext &b);

    friend bool operator==(const ScriptContext &, const ScriptContext &) = default;

private:
    void advanceCode(QChar character);
    [[nodiscard]] bool slash();

    State m_state = State::Code;
    Slash m_slash = Slash::StartsRegularExpression;
    /// After a backslash.
    bool m_escaped = false;
    /// Within `[…]` of a regular expression.
    bool m_inCharacterClass = false;
    /// The character before, where two of them matter ("*/", "++", "${").
    QChar m_previous;
    /// The identifier that ends here.
    QString m_word;
    /// For each template literal around, the braces open in its `${…}`.
    std::vector<int> m_braces;
};

} // namespace LiveTemplate
