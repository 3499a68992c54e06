// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "templateerror.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QStringList>
#include <QVariantHash>

#include <chrono>
#include <expected>
#include <memory>
#include <optional>

namespace LiveTemplate {

struct Tree;

/// How templates are found and compiled.
struct TemplateOptions
{
    /// Where `include` and `extends` look; empty: the folder of the template's own file. Nothing
    /// outside of it is ever read.
    QString folder = {};
    /// Templates by name that need no file; they go before those of the folder.
    QHash<QString, QString> sources = {};
    /// How deep tags and templates may stand in each other. At least 1. The environment variable
    /// LVT_MAX_TEMPLATE_DEPTH sets another default than 128.
    int maximumDepth = defaultMaximumDepth();

    [[nodiscard]] LIVETEMPLATE_EXPORT static int defaultMaximumDepth();
};

/// What the element around a page's live part tells the client.
struct WrapperOptions
{
    /// Names the page: "lvt-" and 16 hexadecimal digits.
    QByteArray id;
    /// Written as `data-lvt-heartbeat-ms`; the client's default (20 s) is not written.
    std::chrono::milliseconds heartbeat = std::chrono::seconds(20);
    /// Whether the client shows a bar and disables forms until it is connected.
    bool showsLoading = true;
    /// For how long an action may take before the client shows a bar; none: the client's default.
    std::optional<std::chrono::milliseconds> loadingDebounce = std::nullopt;
};

/// A page's template, compiled: renders values into a tree, and a tree into a document.
///
/// @code
/// const auto page = LiveTemplate::Template::load(u"templates/todos.html"_s);
/// if (!page)
///     qFatal() << page.error().toString();   // file, line, column and what is wrong
/// const auto tree = page->render({{u"title"_s, u"Sunday"_s}});
/// @endcode
///
/// Threading: belongs to the thread it was made in.
class LIVETEMPLATE_EXPORT Template
{
public:
    /// Compiles @p file, a path on disk or in resources (":/…"), or a name of @p options' sources.
    [[nodiscard]] static std::expected<Template, TemplateError> load(
        const QString &file, const TemplateOptions &options = {});

    /// What is wrong with @p file and the templates that it names; nothing when it can be loaded.
    /// Each file is read to its first error.
    [[nodiscard]] static QList<TemplateError> validate(const QString &file,
                                                       const TemplateOptions &options = {});

    Template(Template &&) noexcept;
    Template &operator=(Template &&) noexcept;
    ~Template();

    /// The files that the template was compiled from, and those that it looked for.
    [[nodiscard]] QStringList files() const;

    /// What an author should know, and need not mend.
    [[nodiscard]] QStringList warnings() const;

    /// Renders the live part. The template sees @p values, and before these the properties of
    /// @p state, when that is a gadget. An error here is one that only shows with these values, for
    /// example an include whose name they give.
    [[nodiscard]] std::expected<std::shared_ptr<const Tree>, TemplateError> render(
        const QVariant &state, const QVariantHash &values) const;
    [[nodiscard]] std::expected<std::shared_ptr<const Tree>, TemplateError> render(
        const QVariantHash &values) const;

    /// The whole page around @p tree, as a browser gets it.
    [[nodiscard]] std::expected<QByteArray, TemplateError> document(
        const Tree &tree, const QVariant &state, const QVariantHash &values,
        const WrapperOptions &wrapper) const;
    [[nodiscard]] std::expected<QByteArray, TemplateError> document(
        const Tree &tree, const QVariantHash &values, const WrapperOptions &wrapper) const;

private:
    struct Private;
    explicit Template(std::unique_ptr<Private> contents);

    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
