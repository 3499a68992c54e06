// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpresponse_p.h"
#include "livetemplate_export.h"

#include <QString>
#include <QVariantHash>

#include <optional>

namespace LiveTemplate {

/// The browser client's files, which are part of the library: its script and its style.
/// Nothing when @p path is none of them.
[[nodiscard]] std::optional<HttpResponse> clientAsset(const QString &path);

/// Where a page finds them: `lvtClientScriptURL` and `lvtClientStyleURL`, for templates.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT const QVariantHash &clientAssetUrls();

} // namespace LiveTemplate
