// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "page_p.h"
#include "template.h"
#include "tree_p.h"

#include <chrono>

namespace LiveTemplate {

/// A page in one shard: with the template compiled for its thread.
class LivePage
{
public:
    LivePage(std::shared_ptr<const Page> page, Template compiled,
             std::chrono::milliseconds heartbeat);

    [[nodiscard]] const Page &page() const { return *m_page; }

    /// The live part for @p state.
    [[nodiscard]] std::expected<TreePtr, TemplateError> render(const QVariant &state) const;

    /// The whole document for @p state.
    [[nodiscard]] std::expected<QByteArray, TemplateError> document(const QVariant &state) const;

private:
    std::shared_ptr<const Page> m_page;
    Template m_template;
    WrapperOptions m_wrapper;
};

} // namespace LiveTemplate
