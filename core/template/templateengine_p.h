// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "livetemplate_export.h"
#include "templateerror.h"
#include "templatefolder_p.h"

#include <KTextTemplate/Engine>
#include <KTextTemplate/Template>

#include <QHash>
#include <QStringList>

#include <expected>
#include <memory>

namespace LiveTemplate {

/// A parsed template with its compiled block.
class CompiledTemplate
{
public:
    explicit CompiledTemplate(KTextTemplate::Template parsed);
    Q_DISABLE_COPY_MOVE(CompiledTemplate)

    /// Throws KTextTemplate::Exception.
    [[nodiscard]] TreePtr build(RenderPass &pass) const;

private:
    class EntryNode;

    /// Owns the nodes that the block refers to.
    KTextTemplate::Template m_parsed;
    /// The only node that the library renders itself; a child of the template.
    EntryNode *m_entry;
};

/// Parses and compiles templates of one folder. Belongs to one thread, as do its templates: the
/// library's filters are not made for more.
class LIVETEMPLATE_PRIVATE_EXPORT TemplateEngine
{
public:
    explicit TemplateEngine(const QString &folder);
    ~TemplateEngine();
    Q_DISABLE_COPY_MOVE(TemplateEngine)

    [[nodiscard]] const TemplateFolder &folder() const { return m_folder; }

    /// Compiles template @p name of the folder, once.
    [[nodiscard]] std::expected<std::shared_ptr<const CompiledTemplate>, TemplateError> load(
        const QString &name);

    /// Compiles @p source. @p name stands in error messages, and @p firstLine is added to their
    /// lines: the source may be a part of a file.
    [[nodiscard]] std::expected<std::shared_ptr<const CompiledTemplate>, TemplateError> compile(
        const QString &source, const QString &name, int firstLine = 1);

    /// Counts how deep a rendering is in includes; throws KTextTemplate::Exception past the limit.
    /// Names that values give can make a circle which compiling did not see.
    class RenderDepth
    {
    public:
        explicit RenderDepth(TemplateEngine &engine);
        ~RenderDepth();
        Q_DISABLE_COPY_MOVE(RenderDepth)

    private:
        TemplateEngine &m_engine;
    };

    /// The tags of a template: the library's own, with ours in the place of those with structure.
    /// Called by the tag plugin, once per parse; the parser owns the result.
    static QHash<QString, KTextTemplate::AbstractNodeFactory *> tagsForParser();

private:
    [[nodiscard]] KTextTemplate::Template parse(const QString &source, const QString &name);
    /// The error that the library tells of by @p message, with the line in its file.
    [[nodiscard]] TemplateError errorIn(const QString &message, const QString &source,
                                        const QString &name, int firstLine);

    class Loader;

    TemplateFolder m_folder;
    KTextTemplate::Engine m_engine;
    /// Only finds the library's own tag libraries.
    KTextTemplate::Engine m_builtins;
    QHash<QString, std::shared_ptr<const CompiledTemplate>> m_loaded;
    /// The templates that are being compiled, from the outermost: an include of one is a cycle.
    QStringList m_compiling;
    int m_renderDepth = 0;
};

} // namespace LiveTemplate
