// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livepage_p.h"

#include "developmentframe_p.h"
#include "serveroptions.h"
#include "shardmetrics_p.h"
#include "stopwatch_p.h"

#include <QFileInfo>

namespace LiveTemplate {

LivePage::LivePage(std::shared_ptr<const Page> page, Template compiled,
                   const ServerOptions &options, std::size_t shard, ShardMetrics &metrics)
    : m_page(std::move(page))
    , m_controller(m_page->controllerOf(shard))
    , m_metrics(metrics)
    , m_variables(options.developmentMode)
    , m_wrapper{m_page->wrapperId, options.heartbeatInterval, options.showsLoading}
    , m_templateOptions{.maximumDepth = options.maxTemplateDepth}
    , m_current{std::move(compiled)}
    , m_framed(options.developmentMode)
{
    if (options.loadingDebounce > options.loadingDebounce.zero())
        m_wrapper.loadingDebounce = options.loadingDebounce;
}

std::expected<TreePtr, TemplateError> LivePage::render(const QVariant &state,
                                                       const PageExtras &extras) const
{
    const Stopwatch stopwatch(m_metrics.buildDuration);
    m_metrics.treesBuilt.add();
    auto rendering = extras.isEmpty() ? renderState(state, m_variables.plain())
                                      : renderState(state, m_variables.with(extras));
    return rendering.transform([this](const Rendering &made) { return shared(made.tree); });
}

std::expected<TreePtr, TemplateError> LivePage::renderValues(const QVariantHash &values) const
{
    const Stopwatch stopwatch(m_metrics.buildDuration);
    m_metrics.treesBuilt.add();
    QVariantHash all = values;
    all.insert(m_variables.plain()); // lvt is ours
    return renderState({}, all).transform(
        [this](const Rendering &made) { return shared(made.tree); });
}

std::expected<QByteArray, TemplateError> LivePage::document(const QVariant &state,
                                                            const PageExtras &extras) const
{
    const Stopwatch stopwatch(m_metrics.templateDuration);
    m_metrics.templatesExecuted.add();
    // The live part is what the WebSocket's first message has, which knows no nonce.
    PageExtras live = extras;
    live.nonce.clear();
    return renderState(state, m_variables.with(live)).and_then([&](const Rendering &rendering) {
        return rendering.madeBy->document(*rendering.tree, state, m_variables.with(extras),
                                          m_wrapper);
    });
}

TreePtr LivePage::shared(const TreePtr &tree) const
{
    for (const TreePtr &recent : m_recent) {
        if (recent && equal(*recent, *tree))
            return recent;
    }
    m_recent[m_nextRecent] = tree;
    m_nextRecent = (m_nextRecent + 1) % m_recent.size();
    return tree;
}

std::expected<LivePage::Rendering, TemplateError> LivePage::renderState(
    const QVariant &state, const QVariantHash &variables) const
{
    if (m_framed)
        return renderFramed(state, variables);
    return m_current.compiled.render(state, variables).transform([this](const TreePtr &tree) {
        return Rendering{tree, &m_current.compiled};
    });
}

LivePage::Rendering LivePage::renderFramed(const QVariant &state,
                                           const QVariantHash &variables) const
{
    const auto tree = m_current.compiled.render(state, variables);
    if (tree) {
        m_current.isProven = true;
        return {framePage(*tree, m_current.number, m_errors), &m_current.compiled};
    }
    m_renderErrors = {tree.error().toString()};
    if (m_lastGood) {
        if (const auto good = m_lastGood->compiled.render(state, variables))
            return {framePage(*good, m_lastGood->number, errors()), &m_lastGood->compiled};
    }
    return {framePage(QByteArray(), m_current.number, errors()), &m_current.compiled};
}

bool LivePage::reload()
{
    auto compiled = Template::load(m_page->templateFile, m_templateOptions);
    if (!compiled) {
        QStringList errors;
        for (const TemplateError &error :
             Template::validate(m_page->templateFile, m_templateOptions))
            errors.append(error.toString());
        if (errors.isEmpty()) // mended in between, which is a change that will be seen
            errors.append(compiled.error().toString());
        return std::exchange(m_errors, errors) != errors;
    }
    if (m_current.isProven) {
        m_lastGood = std::move(m_current);
        m_current.number = m_lastGood->number + 1;
    }
    m_current = {*std::move(compiled), m_current.number};
    m_errors.clear();
    m_renderErrors.clear();
    return true;
}

QStringList LivePage::files() const
{
    // The page's own name for its file too: it may be a link, which can change.
    return m_current.compiled.files() << QFileInfo(m_page->templateFile).absoluteFilePath();
}

} // namespace LiveTemplate
