// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonObject>
#include <QUrlQuery>

namespace LiveTemplate {

/// The parameters of a URL as an action's data: text by name, of several of one name the last.
[[nodiscard]] inline QJsonObject queryParameters(const QUrlQuery &query)
{
    QJsonObject object;
    for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded))
        object.insert(key, value);
    return object;
}

} // namespace LiveTemplate
