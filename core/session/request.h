// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QUrlQuery>

#include <optional>
#include <utility>

namespace LiveTemplate {

/// The head of an HTTP request, bounded and parsed: what an Authenticator sees.
struct LIVETEMPLATE_EXPORT Request
{
    QByteArray method;
    /// Decoded, with a leading slash, without the query.
    QString path;
    QUrlQuery query;
    /// In the order of the wire; names as they were sent.
    QList<std::pair<QByteArray, QByteArray>> headers;
    QHostAddress peer;

    /// The first header of that name, in any case; empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;

    /// The value of the first cookie called @p name (RFC 6265, section 5.4). It may contain '='.
    [[nodiscard]] std::optional<QByteArray> cookie(QByteArrayView name) const;
};

} // namespace LiveTemplate
