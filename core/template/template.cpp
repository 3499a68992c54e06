// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "template.h"

#include "compiler_p.h"
#include "document_p.h"
#include "rangeplaces_p.h"
#include "renderpass_p.h"
#include "syntaxcheck_p.h"
#include "templateengine_p.h"
#include "tree_p.h"

#include <KTextTemplate/Exception>

#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// As in the Go server (PROTOCOL.md E.13).
constexpr int goMaximumDepth = 128;

/// A tree of one dynamic and no text of its own.
const StaticsPtr &nestingStatics()
{
    static const StaticsPtr statics = std::make_shared<Statics>(
        std::vector{QByteArray(""), QByteArray("")});
    return statics;
}

} // namespace

int TemplateOptions::defaultMaximumDepth()
{
    bool isNumber = false;
    const int depth = qEnvironmentVariableIntValue("LVT_MAX_TEMPLATE_DEPTH", &isNumber);
    return isNumber && depth > 0 ? depth : goMaximumDepth;
}

struct Template::Private
{
    QString name;
    /// Its path; empty when it has none.
    QString ownFile;
    std::unique_ptr<TemplateEngine> engine;
    std::shared_ptr<const ParsedTemplate> syntax;
    Block before;
    Block live;
    Block after;
    /// The live part's dynamics that are put into a tree of their own.
    QSet<qsizetype> nested;
    QStringList warnings;

    [[nodiscard]] std::expected<void, TemplateError> parse(const QString &file,
                                                           const TemplateOptions &options);

    /// Throws TemplateError.
    void compile()
    {
        CompileState state;
        state.templates = {name};
        Compiler compiler(*engine, std::move(state), HtmlContext());
        compiler.nodes(syntax->nodes());
        if (!compiler.context().isInText()) {
            throw TemplateError{name, 0, 0,
                                u"the template ends %1"_s.arg(compiler.context().describe())};
        }
        const BlockBuilder page = compiler.finish();
        const auto part = findLivePart(page);
        if (!part)
            throw TemplateError{name, 0, 0, part.error()};
        if (!part->warning.isEmpty())
            warnings.append(u"%1: %2"_s.arg(name, part->warning));
        before = page.part({}, part->start);
        live = page.part(part->start, part->end);
        after = page.part(part->end, page.end());
        nested = rangesToNest(live);
    }

    [[nodiscard]] std::expected<TreePtr, TemplateError> render(const Block &block,
                                                               const RootValues &root) const
    {
        RenderPass pass(*engine, root);
        try {
            return block.build(pass);
        } catch (const TemplateError &error) {
            return std::unexpected(error);
        } catch (const KTextTemplate::Exception &exception) {
            return std::unexpected(TemplateError{name, 0, 0, exception.what()});
        }
    }
};

std::expected<void, TemplateError> Template::Private::parse(const QString &file,
                                                            const TemplateOptions &options)
{
    const bool isSource = options.sources.contains(file);
    const QFileInfo info(file);
    name = isSource ? file : info.fileName();
    if (!isSource)
        ownFile = info.absoluteFilePath();
    const QString folder = !options.folder.isEmpty() || isSource ? options.folder : info.path();
    engine = std::make_unique<TemplateEngine>(TemplateFolder(folder, options.sources),
                                              std::max(1, options.maximumDepth));
    // The page's own file may stand elsewhere than what it includes.
    const auto source = isSource ? engine->folder().read(file)
                                 : TemplateFolder(info.path()).read(name);
    if (!source)
        return std::unexpected(TemplateError{file, 0, 0, source.error()});
    auto parsed = engine->parse(*source, name);
    if (!parsed)
        return std::unexpected(parsed.error());
    syntax = *std::move(parsed);
    return {};
}

std::expected<Template, TemplateError> Template::load(const QString &file,
                                                      const TemplateOptions &options)
{
    auto d = std::make_unique<Private>();
    if (const auto done = d->parse(file, options); !done)
        return std::unexpected(done.error());
    try {
        d->compile();
    } catch (const TemplateError &error) {
        return std::unexpected(error);
    }
    return Template(std::move(d));
}

QList<TemplateError> Template::validate(const QString &file, const TemplateOptions &options)
{
    Private d;
    if (const auto done = d.parse(file, options); !done)
        return {done.error()};
    QList<TemplateError> errors = syntaxErrors(*d.engine, *d.syntax);
    if (!errors.isEmpty())
        return errors;
    try {
        d.compile();
    } catch (const TemplateError &error) {
        errors.append(error);
    }
    return errors;
}

Template::Template(std::unique_ptr<Private> contents)
    : d(std::move(contents))
{
}

Template::Template(Template &&) noexcept = default;
Template &Template::operator=(Template &&) noexcept = default;
Template::~Template() = default;

QStringList Template::files() const
{
    QStringList files;
    if (!d->ownFile.isEmpty())
        files.append(d->ownFile);
    for (const QString &name : d->engine->names()) {
        const QString path = d->engine->folder().pathOf(name);
        if (path.isEmpty())
            continue;
        if (const QString file = QFileInfo(path).absoluteFilePath(); !files.contains(file))
            files.append(file);
    }
    return files;
}

QStringList Template::warnings() const
{
    return d->warnings;
}

std::expected<std::shared_ptr<const Tree>, TemplateError> Template::render(
    const QVariant &state, const QVariantHash &values) const
{
    auto tree = d->render(d->live, RootValues(state, values));
    if (!tree || d->nested.isEmpty())
        return tree;
    auto nested = std::make_shared<Tree>(**tree);
    for (const qsizetype index : d->nested) {
        Dynamic &dynamic = nested->dynamics[std::size_t(index)];
        dynamic = std::make_shared<Tree>(nestingStatics(), std::vector{std::move(dynamic)});
    }
    return nested;
}

std::expected<std::shared_ptr<const Tree>, TemplateError> Template::render(
    const QVariantHash &values) const
{
    return render(QVariant(), values);
}

std::expected<QByteArray, TemplateError> Template::document(const Tree &tree, const QVariant &state,
                                                            const QVariantHash &values,
                                                            const WrapperOptions &wrapper) const
{
    const RootValues root(state, values);
    const auto before = d->render(d->before, root);
    if (!before)
        return std::unexpected(before.error());
    const auto after = d->render(d->after, root);
    if (!after)
        return std::unexpected(after.error());

    QByteArray html;
    appendHtml(html, **before);
    html += "<div data-lvt-id=\"" + wrapper.id + '"';
    if (wrapper.showsLoading)
        html += " data-lvt-loading=\"true\"";
    if (wrapper.heartbeat != 20s)
        html += " data-lvt-heartbeat-ms=\"" + QByteArray::number(qint64(wrapper.heartbeat.count()))
            + '"';
    if (wrapper.loadingDebounce)
        html += " data-lvt-loading-debounce-ms=\""
            + QByteArray::number(qint64(wrapper.loadingDebounce->count())) + '"';
    html += '>';
    appendHtml(html, tree);
    html += "</div>";
    appendHtml(html, **after);
    return html;
}

std::expected<QByteArray, TemplateError> Template::document(const Tree &tree,
                                                            const QVariantHash &values,
                                                            const WrapperOptions &wrapper) const
{
    return document(tree, QVariant(), values, wrapper);
}

} // namespace LiveTemplate
