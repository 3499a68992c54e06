// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"

#include <KTextTemplate/Node>
#include <KTextTemplate/Parser>

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <memory>

namespace LiveTemplate {

class SyntaxNode;
class TemplateEngine;

/// What the tags of one template file share while it is parsed.
struct ParseState
{
    /// `{% cycle … as name %}`.
    QHash<QString, KTextTemplate::Node *> cycles;
    /// The names of `{% block %}`s.
    QSet<QString> blocks;
    /// Whether there was a tag or a value that shows something.
    bool hasContent = false;
};

/// A tag while it is parsed: its words, and what stands up to its end tag.
class TagParser
{
public:
    TagParser(const QString &content, KTextTemplate::Parser *parser, TemplateEngine &engine,
              ParseState &state);

    [[nodiscard]] const QString &content() const { return m_content; }
    [[nodiscard]] const QString &name() const { return m_name; }
    /// The words behind the name; a quoted string is one.
    [[nodiscard]] const QStringList &words() const { return m_words; }

    [[nodiscard]] TemplateEngine &engine() const { return m_engine; }
    [[nodiscard]] ParseState &state() const { return m_state; }
    [[nodiscard]] KTextTemplate::Parser *parser() const { return m_parser; }

    [[nodiscard]] Expression expression(const QString &source) const;
    [[nodiscard]] Symbol variable(const QString &name) const;

    /// The nodes up to one of the tags @p ends, and that tag's content.
    struct Body
    {
        KTextTemplate::NodeList nodes;
        QString end;
    };
    [[nodiscard]] Body body(KTextTemplate::Node *parent, const QStringList &ends);

    /// Throws a syntax error of the library's.
    [[noreturn]] static void fail(const QString &message);

    /// Splits a tag as the library does: at white space, but not within quotes.
    [[nodiscard]] static QStringList split(const QString &content);

private:
    QString m_content;
    QString m_name;
    QStringList m_words;
    KTextTemplate::Parser *m_parser;
    TemplateEngine &m_engine;
    ParseState &m_state;
};

/// Makes the node of a tag. Throws KTextTemplate::Exception.
using ParseTag = KTextTemplate::Node *(*)(TagParser &tag);

} // namespace LiveTemplate
