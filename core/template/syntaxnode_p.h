// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sourceposition_p.h"

#include <KTextTemplate/Node>

#include <QString>

namespace LiveTemplate {

class Compiler;
class TemplateEngine;

/// A piece of a parsed template, in the form in which its author wrote it. A tree of these is made
/// once for each file, and compiled for each place where the file is used.
class SyntaxNode : public KTextTemplate::Node
{
    Q_OBJECT

public:
    /// Appends what the node stands for to the block that is being compiled. Throws TemplateError.
    virtual void compile(Compiler &compiler) const = 0;

    /// When a tag of another library stands around this one: compiles it as a block by itself.
    void render(KTextTemplate::OutputStream *stream, KTextTemplate::Context *context) const final;

    /// The template that the node names by a constant; empty when there is none.
    [[nodiscard]] virtual QString templateName() const { return {}; }

    void setPlace(TemplateEngine *engine, const QString &file, SourcePosition position);
    [[nodiscard]] const QString &file() const { return m_file; }
    [[nodiscard]] SourcePosition position() const { return m_position; }

private:
    TemplateEngine *m_engine = nullptr;
    QString m_file;
    SourcePosition m_position;
};

} // namespace LiveTemplate
