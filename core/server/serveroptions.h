// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QString>

#include <chrono>
#include <memory>

namespace LiveTemplate {

class Authenticator;
class SessionStore;

/// How a Server behaves. Plain values: set what differs from the defaults, then make the Server.
struct ServerOptions
{
    /// Options as the environment (LVT_* variables) gives them; a value that cannot be read keeps
    /// its default and is logged.
    [[nodiscard]] static LIVETEMPLATE_EXPORT ServerOptions fromEnvironment();

    /// For whoever writes a page, and not for production: a template whose file changes is compiled
    /// anew, and open pages are shown by it with the state that they have. Errors in it stand on
    /// the page, above what its last good version shows. LVT_DEV_MODE, 1 or 0.
    bool developmentMode = false;

    /// Answers who a client is. Null: an AnonymousAuthenticator.
    std::shared_ptr<Authenticator> authenticator;

    /// Keeps the saved state of session groups. Null: a MemorySessionStore with @c sessionTtl.
    std::shared_ptr<SessionStore> sessionStore;

    /// How long a group's saved state is kept after its last use. LVT_SESSION_TTL, seconds.
    std::chrono::milliseconds sessionTtl = std::chrono::hours(24);

    /// How often the client checks that its connection is alive, and so how soon it finds a
    /// server that came back: it writes `data-lvt-heartbeat-ms`. 0 switches it off, otherwise at
    /// least 1 s. The client's own default is 20 s.
    std::chrono::milliseconds heartbeatInterval = std::chrono::seconds(20);

    /// Longest message that a client may send, in bytes. QtWebSockets would take 2 GiB.
    qint64 maxMessageSize = 1024 * 1024;

    /// Bytes that may wait for a client that does not read; past it the connection is cut.
    qint64 maxPendingBytes = 4 * 1024 * 1024;

    /// Largest head of an HTTP request, in bytes.
    qint64 maxRequestHeadSize = 16 * 1024;

    /// A connection that has not sent a whole request head after this time is closed.
    std::chrono::milliseconds handshakeTimeout = std::chrono::seconds(10);

    /// An HTTP connection on which nothing was asked for this time is closed.
    std::chrono::milliseconds keepAliveTimeout = std::chrono::seconds(60);

    /// A WebSocket that was told goodbye and has not closed after this time is cut.
    std::chrono::milliseconds closeTimeout = std::chrono::seconds(5);

    /// How long close() waits for connections to go before it cuts them. LVT_SHUTDOWN_TIMEOUT,
    /// seconds.
    std::chrono::milliseconds shutdownTimeout = std::chrono::seconds(30);
};

} // namespace LiveTemplate
