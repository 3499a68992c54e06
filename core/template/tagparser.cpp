// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tagparser_p.h"

#include "templateengine_p.h"

#include <KTextTemplate/Exception>

namespace LiveTemplate {

namespace {

/// The library gives its way of splitting to tags only.
class Splitter : public KTextTemplate::AbstractNodeFactory
{
public:
    KTextTemplate::Node *getNode(const QString &, KTextTemplate::Parser *) const override
    {
        return nullptr;
    }
    [[nodiscard]] QStringList split(const QString &content) const { return smartSplit(content); }
};

} // namespace

TagParser::TagParser(const QString &content, KTextTemplate::Parser *parser, TemplateEngine &engine,
                     ParseState &state)
    : m_content(content)
    , m_words(split(content))
    , m_parser(parser)
    , m_engine(engine)
    , m_state(state)
{
    m_name = m_words.takeFirst();
}

QStringList TagParser::split(const QString &content)
{
    static const Splitter splitter;
    return splitter.split(content);
}

Expression TagParser::expression(const QString &source) const
{
    return Expression(source, m_parser, m_engine.symbols());
}

Symbol TagParser::variable(const QString &name) const
{
    return m_engine.symbols().symbol(name);
}

TagParser::Body TagParser::body(KTextTemplate::Node *parent, const QStringList &ends)
{
    const KTextTemplate::NodeList nodes = m_parser->parse(parent, ends);
    return {nodes, m_parser->takeNextToken().content};
}

void TagParser::fail(const QString &message)
{
    throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError, message);
}

} // namespace LiveTemplate
