// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpresponse_p.h"
#include "livetemplate_export.h"
#include "request.h"

#include <QByteArray>

namespace LiveTemplate {

struct ServerOptions;

/// What the browser is told to keep others from doing with one answer's page.
class LIVETEMPLATE_PRIVATE_EXPORT PagePolicy
{
public:
    explicit PagePolicy(const ServerOptions &options);

    /// What scripts of the page must carry to be run; empty when they need nothing.
    [[nodiscard]] const QByteArray &nonce() const { return m_nonce; }

    void addTo(HttpResponse &response) const;

private:
    QByteArray m_nonce;
    QByteArray m_contentSecurityPolicy;
};

/// PROTOCOL.md A.6: whether the first media range of Accept, that for anything left aside, is JSON.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT bool prefersJson(const Request &request);

/// The page itself, with its query, relative to it: right also where a proxy has taken the
/// beginning of its path away (PROTOCOL.md A.7).
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray selfReference(const Request &request);

} // namespace LiveTemplate
