// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "request.h"

namespace LiveTemplate {

struct ServerOptions;

/// Whether a request that changes something may come from where it says: from a page of this very
/// server, from one of the allowed origins, or from a program that is no browser and sends no
/// Origin (PROTOCOL.md B.1). Without this any page on the web could use its visitor's cookie here.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT bool isAllowedOrigin(const Request &request,
                                                               const ServerOptions &options);

/// The scheme that the client used, as a trusted proxy tells it; "http" otherwise.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray forwardedScheme(const Request &request);

/// The client's address, as a trusted proxy tells it; nothing when it does not.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::optional<QHostAddress> forwardedPeer(
    const Request &request);

} // namespace LiveTemplate
