// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QMap>

#include <optional>

namespace LiveTemplate {

/// A header's value with parameters, as Content-Type and Content-Disposition have: `form-data;
/// name="title"` (RFC 9110, 5.6.6).
struct HeaderValue
{
    /// Without the parameters, in lower case.
    QByteArray value;
    /// By name in lower case; values without their quotes.
    QMap<QByteArray, QByteArray> parameters;

    /// Nothing when @p text has another form, or a parameter twice.
    [[nodiscard]] static LIVETEMPLATE_PRIVATE_EXPORT std::optional<HeaderValue> parse(
        QByteArrayView text);

    [[nodiscard]] std::optional<QByteArray> parameter(const QByteArray &name) const
    {
        const auto found = parameters.constFind(name);
        return found == parameters.constEnd() ? std::nullopt : std::optional(*found);
    }
};

/// Whether @p text is a name of a header or a parameter: one `token` (RFC 9110, 5.6.2).
[[nodiscard]] bool isHeaderToken(QByteArrayView text);

/// Whether @p text has no control characters but tabs: what may stand in a header.
[[nodiscard]] bool isHeaderText(QByteArrayView text);

} // namespace LiveTemplate
