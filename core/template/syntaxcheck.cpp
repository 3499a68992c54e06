// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "syntaxcheck_p.h"

#include "syntaxnode_p.h"

#include <QSet>

namespace LiveTemplate {

namespace {

class SyntaxCheck
{
public:
    explicit SyntaxCheck(TemplateEngine &engine)
        : m_engine(engine)
    {
    }

    void check(const ParsedTemplate &parsed)
    {
        const auto nodes = KTextTemplate::NodeList(parsed.nodes()).findChildren<SyntaxNode *>();
        for (const SyntaxNode *node : nodes) {
            const QString name = node->templateName();
            if (name.isEmpty() || m_seen.contains(name))
                continue;
            m_seen.insert(name);
            const auto named = m_engine.parsed(name);
            if (named)
                check(**named);
            else if (named.error().line > 0)
                m_errors.append(named.error());
            else
                m_errors.append({node->file(), node->position().line, node->position().column,
                                 named.error().message});
        }
    }

    [[nodiscard]] QList<TemplateError> take() { return std::move(m_errors); }

private:
    TemplateEngine &m_engine;
    QSet<QString> m_seen;
    QList<TemplateError> m_errors;
};

} // namespace

QList<TemplateError> syntaxErrors(TemplateEngine &engine, const ParsedTemplate &page)
{
    SyntaxCheck check(engine);
    check.check(page);
    return check.take();
}

} // namespace LiveTemplate
