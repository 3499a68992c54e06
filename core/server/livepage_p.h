// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "page_p.h"
#include "pagevariables_p.h"
#include "template.h"
#include "tree_p.h"

#include <QStringList>

#include <array>
#include <optional>

namespace LiveTemplate {

struct ServerOptions;
struct ShardMetrics;

/// A page in one shard: with the template compiled for its thread, and with the shard's
/// controller.
class LivePage
{
public:
    LivePage(std::shared_ptr<const Page> page, Template compiled, const ServerOptions &options,
             std::size_t shard, ShardMetrics &metrics);

    [[nodiscard]] const Page &page() const { return *m_page; }
    [[nodiscard]] QObject &controller() const { return m_controller; }

    /// The live part for @p state. Equal to one of the last, it is that very tree.
    [[nodiscard]] std::expected<TreePtr, TemplateError> render(const QVariant &state,
                                                               const PageExtras &extras = {}) const;

    /// The live part for @p values, by name, in place of a state.
    [[nodiscard]] std::expected<TreePtr, TemplateError> renderValues(
        const QVariantHash &values) const;

    /// The whole document for @p state.
    [[nodiscard]] std::expected<QByteArray, TemplateError> document(const QVariant &state,
                                                                    const PageExtras &extras) const;

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

    [[nodiscard]] std::expected<Rendering, TemplateError> renderState(
        const QVariant &state, const QVariantHash &variables) const;
    [[nodiscard]] Rendering renderFramed(const QVariant &state,
                                         const QVariantHash &variables) const;
    [[nodiscard]] TreePtr shared(const TreePtr &tree) const;

    std::shared_ptr<const Page> m_page;
    QObject &m_controller;
    ShardMetrics &m_metrics;
    PageVariables m_variables;
    /// Trees that were made last: connections that show the same keep one.
    mutable std::array<TreePtr, 4> m_recent;
    mutable std::size_t m_nextRecent = 0;
    WrapperOptions m_wrapper;
    TemplateOptions m_templateOptions;
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
