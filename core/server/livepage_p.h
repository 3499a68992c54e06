// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "page_p.h"
#include "template.h"
#include "tree_p.h"

#include <QStringList>

#include <optional>

namespace LiveTemplate {

struct ServerOptions;

/// A page in one shard: with the template compiled for its thread.
class LivePage
{
public:
    LivePage(std::shared_ptr<const Page> page, Template compiled, const ServerOptions &options);

    [[nodiscard]] const Page &page() const { return *m_page; }

    /// The live part for @p state.
    [[nodiscard]] std::expected<TreePtr, TemplateError> render(const QVariant &state) const;

    /// The whole document for @p state.
    [[nodiscard]] std::expected<QByteArray, TemplateError> document(const QVariant &state) const;

    /// Development mode: compiles the template from its files as they are now. When they have
    /// errors the last good one stays, with the errors above it. Returns whether anything changes
    /// for those who look at the page.
    bool reload();

    /// Development mode: what is wrong with the template, one sentence each.
    [[nodiscard]] const QStringList &errors() const
    {
        return m_errors.isEmpty() ? m_renderErrors : m_errors;
    }

    /// The template's files, by absolute path (or ":/…").
    [[nodiscard]] QStringList files() const;

private:
    struct Version
    {
        Template compiled;
        quint64 number = 0;
        /// Has been rendered: some errors show only then.
        mutable bool isProven = false;
    };

    struct Rendering
    {
        TreePtr tree;
        const Template *madeBy;
    };

    [[nodiscard]] std::expected<Rendering, TemplateError> renderState(const QVariant &state) const;
    [[nodiscard]] Rendering renderFramed(const QVariant &state) const;

    std::shared_ptr<const Page> m_page;
    WrapperOptions m_wrapper;
    Version m_current;

    // In development mode only:
    bool m_framed;
    /// Takes the place of the current one where that cannot be rendered.
    std::optional<Version> m_lastGood;
    QStringList m_errors;
    /// Of the rendering that failed last: with other values it may succeed.
    mutable QStringList m_renderErrors;
};

} // namespace LiveTemplate
