// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace LiveTemplate {

/// Where in CSS a place is: as much of the language as tells a value from a string, an address and
/// a comment.
class StyleContext
{
public:
    enum class State : quint8 {
        Code,
        DoubleQuoted,
        SingleQuoted,
        Url,
        DoubleQuotedUrl,
        SingleQuotedUrl,
        Comment
    };

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isInUrl() const
    {
        return m_state == State::Url || m_state == State::DoubleQuotedUrl
            || m_state == State::SingleQuotedUrl;
    }
    /// Whether the address has a part already.
    [[nodiscard]] bool isUrlStarted() const { return m_urlStarted; }

    /// Goes on behind @p text.
    void advance(QStringView text);
    /// Goes on behind a value.
    void advanceValue();

    /// Where branches that end in @p a and @p b meet; false when they cannot.
    [[nodiscard]] static bool join(StyleContext &a, const StyleContext &b);

    friend bool operator==(const StyleContext &, const StyleContext &) = default;

private:
    void advanceCode(QChar character);

    State m_state = State::Code;
    bool m_escaped = false;
    bool m_urlStarted = false;
    /// The last characters, in small letters, as far as they can be a part of "url(" and of "*/".
    QString m_tail;
};

} // namespace LiveTemplate
