// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tokenizer_p.h"

#include <optional>

namespace LiveTemplate {

namespace {

class Tokenizer
{
public:
    explicit Tokenizer(QStringView source)
        : m_source(source)
    {
    }

    std::vector<Token> run()
    {
        qsizetype textStart = 0;
        qsizetype at = 0;
        while ((at = m_source.indexOf(u'{', at)) >= 0) {
            const auto syntax = syntaxAt(at);
            if (!syntax) {
                at = m_resume;
                continue;
            }
            appendText(textStart, syntax->start);
            if (syntax->kind) {
                const QStringView content = m_source.sliced(syntax->start + 2,
                                                            syntax->end - syntax->start - 4);
                m_tokens.push_back(
                    {*syntax->kind, content.trimmed().toString(), positionAt(syntax->start)});
            }
            textStart = at = syntax->end;
        }
        appendText(textStart, m_source.size());
        return std::move(m_tokens);
    }

private:
    struct Syntax
    {
        qsizetype start;
        qsizetype end;
        /// None for a comment.
        std::optional<Token::Kind> kind;
    };

    /// The tag, value or comment whose first brace is at @p brace. If there is none, m_resume says
    /// where to look for the next.
    std::optional<Syntax> syntaxAt(qsizetype brace)
    {
        m_resume = brace + 1;
        const QChar second = at(brace + 1);
        if (second == u'{') {
            // "{{%" and "{{#" are a brace before a tag and before a comment.
            const QChar third = at(brace + 2);
            if (third == u'%' || third == u'#')
                return std::nullopt;
            return closedBy(brace, u'}', Token::Kind::Value);
        }
        if (second == u'%')
            return closedBy(brace, u'%', Token::Kind::Tag);
        if (second == u'#')
            return closedBy(brace, u'#', std::nullopt);
        return std::nullopt;
    }

    std::optional<Syntax> closedBy(qsizetype brace, QChar mark, std::optional<Token::Kind> kind)
    {
        for (qsizetype i = brace + 2; i < m_source.size() && m_source.at(i) != u'\n'; ++i) {
            if (m_source.at(i) == mark && at(i + 1) == u'}')
                return Syntax{brace, i + 2, kind};
            m_resume = i + 1;
        }
        return std::nullopt;
    }

    [[nodiscard]] QChar at(qsizetype index) const
    {
        return index < m_source.size() ? m_source.at(index) : QChar();
    }

    void appendText(qsizetype from, qsizetype to)
    {
        if (from < to)
            m_tokens.push_back(
                {Token::Kind::Text, m_source.sliced(from, to - from).toString(), positionAt(from)});
    }

    /// Offsets come in ascending order, so that each line is counted once.
    SourcePosition positionAt(qsizetype offset)
    {
        for (; m_counted < offset; ++m_counted) {
            if (m_source.at(m_counted) == u'\n') {
                ++m_line;
                m_lineStart = m_counted + 1;
            }
        }
        return {m_line, int(offset - m_lineStart) + 1};
    }

    QStringView m_source;
    std::vector<Token> m_tokens;
    qsizetype m_resume = 0;
    qsizetype m_counted = 0;
    qsizetype m_lineStart = 0;
    int m_line = 1;
};

} // namespace

std::vector<Token> tokenize(QStringView source)
{
    return Tokenizer(source).run();
}

} // namespace LiveTemplate
