// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livepage_p.h"

#include "clientassets_p.h"

namespace LiveTemplate {

LivePage::LivePage(std::shared_ptr<const Page> page, Template compiled,
                   std::chrono::milliseconds heartbeat)
    : m_page(std::move(page))
    , m_template(std::move(compiled))
    , m_wrapper{m_page->wrapperId, heartbeat}
{
}

std::expected<TreePtr, TemplateError> LivePage::render(const QVariant &state) const
{
    return m_template.render(state, clientAssetUrls());
}

std::expected<QByteArray, TemplateError> LivePage::document(const QVariant &state) const
{
    const auto tree = render(state);
    if (!tree)
        return std::unexpected(tree.error());
    return m_template.document(**tree, state, clientAssetUrls(), m_wrapper);
}

} // namespace LiveTemplate
