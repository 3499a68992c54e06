// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livepage_p.h"

#include "clientassets_p.h"
#include "developmentframe_p.h"
#include "serveroptions.h"

#include <QFileInfo>

namespace LiveTemplate {

LivePage::LivePage(std::shared_ptr<const Page> page, Template compiled,
                   const ServerOptions &options)
    : m_page(std::move(page))
    , m_wrapper{m_page->wrapperId, options.heartbeatInterval}
    , m_current{std::move(compiled)}
    , m_framed(options.developmentMode)
{
}

std::expected<TreePtr, TemplateError> LivePage::render(const QVariant &state) const
{
    return renderState(state).transform([](const Rendering &rendering) { return rendering.tree; });
}

std::expected<QByteArray, TemplateError> LivePage::document(const QVariant &state) const
{
    return renderState(state).and_then([&](const Rendering &rendering) {
        return rendering.madeBy->document(*rendering.tree, state, clientAssetUrls(), m_wrapper);
    });
}

std::expected<LivePage::Rendering, TemplateError> LivePage::renderState(const QVariant &state) const
{
    if (m_framed)
        return renderFramed(state);
    return m_current.compiled.render(state, clientAssetUrls())
        .transform([this](const TreePtr &tree) { return Rendering{tree, &m_current.compiled}; });
}

LivePage::Rendering LivePage::renderFramed(const QVariant &state) const
{
    const auto tree = m_current.compiled.render(state, clientAssetUrls());
    if (tree) {
        m_current.isProven = true;
        return {framePage(*tree, m_current.number, m_errors), &m_current.compiled};
    }
    m_renderErrors = {tree.error().toString()};
    if (m_lastGood) {
        if (const auto good = m_lastGood->compiled.render(state, clientAssetUrls()))
            return {framePage(*good, m_lastGood->number, errors()), &m_lastGood->compiled};
    }
    return {framePage(QByteArray(), m_current.number, errors()), &m_current.compiled};
}

bool LivePage::reload()
{
    auto compiled = Template::load(m_page->templateFile);
    if (!compiled) {
        QStringList errors;
        for (const TemplateError &error : Template::validate(m_page->templateFile))
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
