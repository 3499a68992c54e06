// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "template.h"

#include "document_p.h"
#include "renderpass_p.h"
#include "templateengine_p.h"
#include "tree_p.h"

#include <KTextTemplate/Context>
#include <KTextTemplate/Exception>

#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

struct Template::Private
{
    QString name;
    std::unique_ptr<TemplateEngine> engine;
    std::shared_ptr<const CompiledTemplate> before;
    std::shared_ptr<const CompiledTemplate> live;
    std::shared_ptr<const CompiledTemplate> after;

    [[nodiscard]] std::expected<TreePtr, TemplateError> render(const CompiledTemplate &part,
                                                               const QVariantHash &values) const
    {
        KTextTemplate::Context context(values);
        RenderPass pass(context);
        try {
            return part.build(pass);
        } catch (const KTextTemplate::Exception &exception) {
            return std::unexpected(TemplateError{name, 0, exception.what()});
        }
    }
};

std::expected<Template, TemplateError> Template::load(const QString &file)
{
    const QFileInfo info(file);
    auto d = std::make_unique<Private>();
    d->name = info.fileName();
    d->engine = std::make_unique<TemplateEngine>(info.path());

    const auto source = d->engine->folder().read(d->name);
    if (!source)
        return std::unexpected(TemplateError{file, 0, source.error()});
    const DocumentParts parts = splitDocument(*source);

    struct
    {
        const QString &source;
        int firstLine;
        std::shared_ptr<const CompiledTemplate> &target;
    } const steps[] = {
        {parts.before, 1, d->before},
        {parts.live, parts.liveLine, d->live},
        {parts.after, parts.afterLine, d->after},
    };
    for (const auto &step : steps) {
        auto compiled = d->engine->compile(step.source, d->name, step.firstLine);
        if (!compiled)
            return std::unexpected(compiled.error());
        step.target = *std::move(compiled);
    }
    return Template(std::move(d));
}

Template::Template(std::unique_ptr<Private> contents)
    : d(std::move(contents))
{
}

Template::Template(Template &&) noexcept = default;
Template &Template::operator=(Template &&) noexcept = default;
Template::~Template() = default;

std::expected<std::shared_ptr<const Tree>, TemplateError> Template::render(
    const QVariantHash &values) const
{
    return d->render(*d->live, values);
}

std::expected<QByteArray, TemplateError> Template::document(const Tree &tree,
                                                            const QVariantHash &values,
                                                            const WrapperOptions &wrapper) const
{
    const auto before = d->render(*d->before, values);
    if (!before)
        return std::unexpected(before.error());
    const auto after = d->render(*d->after, values);
    if (!after)
        return std::unexpected(after.error());

    QByteArray html;
    appendHtml(html, **before);
    html += "<div data-lvt-id=\"" + wrapper.id + "\" data-lvt-loading=\"true\"";
    if (wrapper.heartbeat != 20s)
        html += " data-lvt-heartbeat-ms=\"" + QByteArray::number(qint64(wrapper.heartbeat.count()))
            + '"';
    html += '>';
    appendHtml(html, tree);
    html += "</div>";
    appendHtml(html, **after);
    return html;
}

} // namespace LiveTemplate
