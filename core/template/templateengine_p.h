// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "livetemplate_export.h"
#include "parsedtemplate_p.h"
#include "symboltable_p.h"
#include "templateerror.h"
#include "templatefolder_p.h"

#include <KTextTemplate/Engine>

#include <QHash>
#include <QStringList>

#include <expected>
#include <memory>

namespace KTextTemplate {
class AbstractNodeFactory;
class Context;
} // namespace KTextTemplate

namespace LiveTemplate {

class SyntaxNode;

/// Reads and parses the templates of one folder. Belongs to one thread, as does what is made with
/// it: the library's filters are not made for more.
class LIVETEMPLATE_PRIVATE_EXPORT TemplateEngine
{
public:
    /// @p maximumDepth is how deep tags and templates may stand in each other.
    TemplateEngine(TemplateFolder folder, int maximumDepth);
    ~TemplateEngine();
    Q_DISABLE_COPY_MOVE(TemplateEngine)

    [[nodiscard]] const TemplateFolder &folder() const { return m_folder; }
    [[nodiscard]] SymbolTable &symbols() { return m_symbols; }
    [[nodiscard]] int maximumDepth() const { return m_maximumDepth; }

    /// Template @p name of the folder, parsed once. The error's line is 0 when it is the name that
    /// is wrong.
    [[nodiscard]] std::expected<std::shared_ptr<const ParsedTemplate>, TemplateError> parsed(
        const QString &name);

    /// Parses @p source; @p name stands in messages.
    [[nodiscard]] std::expected<std::shared_ptr<const ParsedTemplate>, TemplateError> parse(
        const QString &source, const QString &name);

    /// The templates that were asked for so far, whether they are there or not.
    [[nodiscard]] QStringList names() const { return m_names; }

    /// What @p node, around which stands a tag of another library, writes.
    [[nodiscard]] QByteArray renderAlone(const SyntaxNode &node,
                                         const KTextTemplate::Context &context);

    /// The tags of a template, for the tag plugin: one that stands for all of ours.
    static QHash<QString, KTextTemplate::AbstractNodeFactory *> tagsForParser();

private:
    class Dispatcher;
    class Loader;
    struct Parsing;

    [[nodiscard]] bool hasTag(const QString &name) const;
    [[nodiscard]] QString marked(const Parsing &parsing) const;

    TemplateFolder m_folder;
    int m_maximumDepth;
    SymbolTable m_symbols;
    /// Only finds the library's own tag libraries.
    KTextTemplate::Engine m_builtins;
    /// The library's tags that we have no own of.
    QHash<QString, KTextTemplate::AbstractNodeFactory *> m_libraryTags;
    KTextTemplate::Engine m_engine;
    QHash<QString, std::shared_ptr<const ParsedTemplate>> m_parsed;
    QStringList m_names;
    Parsing *m_parsing = nullptr;
    QHash<const SyntaxNode *, std::shared_ptr<const Block>> m_alone;
};

} // namespace LiveTemplate
