// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "templateerror.h"

#include <QByteArray>
#include <QVariantHash>

#include <chrono>
#include <expected>
#include <memory>

namespace LiveTemplate {

struct Tree;

/// What the element around a page's live part tells the client.
struct WrapperOptions
{
    /// Names the page: "lvt-" and 16 hexadecimal digits.
    QByteArray id;
    /// Written as `data-lvt-heartbeat-ms`; the client's default (20 s) is not written.
    std::chrono::milliseconds heartbeat = std::chrono::seconds(20);
};

/// A page's template, compiled: renders values into a tree, and a tree into a document.
///
/// Threading: belongs to the thread it was made in.
class LIVETEMPLATE_EXPORT Template
{
public:
    /// Compiles @p file, a path on disk or in resources (":/…"). Includes are looked up in its
    /// folder. Errors have file and line.
    [[nodiscard]] static std::expected<Template, TemplateError> load(const QString &file);

    Template(Template &&) noexcept;
    Template &operator=(Template &&) noexcept;
    ~Template();

    /// Renders the live part. An error here is one that only shows with these values, for example
    /// an include whose name they give.
    [[nodiscard]] std::expected<std::shared_ptr<const Tree>, TemplateError> render(
        const QVariantHash &values) const;

    /// The whole page around @p tree, as a browser gets it.
    [[nodiscard]] std::expected<QByteArray, TemplateError> document(
        const Tree &tree, const QVariantHash &values, const WrapperOptions &wrapper) const;

private:
    struct Private;
    explicit Template(std::unique_ptr<Private> contents);

    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
