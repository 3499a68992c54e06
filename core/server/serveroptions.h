// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

class QProcessEnvironment;

namespace LiveTemplate {

class Authenticator;
class Broadcaster;
class Clock;
class SessionStore;

/// Where the value of an option came from.
enum class OptionSource {
    /// Nobody said anything.
    Default,
    /// The program set it.
    Code,
    /// An LVT_* variable.
    Environment,
    CommandLine,
};

/// How a Server behaves. Plain values: set what differs from the defaults, then make the Server.
/// docs/operating.md has a table of them all, with the LVT_* variable and the argument of each;
/// optionTable() has it for programs.
///
/// A limit of 0 means "no limit" and a time-out of 0 means "never", where the comment says so.
/// A variable for a time takes seconds, or 500ms, 10s, 5m, 24h and the like; one for bytes also
/// 64K, 1M and the like.
struct ServerOptions
{
    /// The defaults, changed by what the environment (LVT_* variables) says. A variable that is
    /// not known, or whose value makes no sense, stands in @c errors, and Server::listen() refuses.
    [[nodiscard]] static LIVETEMPLATE_EXPORT ServerOptions fromEnvironment();

    /// Sets what the environment says over what stands here, as fromEnvironment() does. An empty
    /// variable is as good as none.
    LIVETEMPLATE_EXPORT void applyEnvironment();
    LIVETEMPLATE_EXPORT void applyEnvironment(const QProcessEnvironment &environment);

    /// Reads @p text as the value of the option @p key, "max-connections" for example. When it
    /// makes no sense the value stays, and @c errors says what would be right.
    LIVETEMPLATE_EXPORT void set(const QString &key, const QString &text, OptionSource source);

    /// What is wrong with the values, alone or with each other, one sentence each. Server::listen()
    /// refuses to start when there is anything.
    [[nodiscard]] LIVETEMPLATE_EXPORT QStringList check() const;

    /// Where the value of the option @p key came from.
    [[nodiscard]] LIVETEMPLATE_EXPORT OptionSource source(const QString &key) const;

    /// The file of the template @p name: a relative one is in @c templateBaseDir.
    [[nodiscard]] LIVETEMPLATE_EXPORT QString templateFile(const QString &name) const;

    /// What was wrong where the options come from, one sentence each. Server::listen() refuses to
    /// start when there is any.
    QStringList errors;

    /// What was said to no effect, one sentence each.
    QStringList warnings;

    // ---- What is served

    /// For whoever writes a page, and not for production: a template whose file changes is compiled
    /// anew, and open pages are shown by it with the state that they have. Errors in it stand on
    /// the page, above what its last good version shows. Pages of any origin on this machine may
    /// connect. LVT_DEV_MODE.
    bool developmentMode = false;

    /// Whether pages may open a WebSocket. Without, they go by HTTP alone. LVT_WEBSOCKET_DISABLED
    /// turns it off.
    bool webSocketEnabled = true;

    /// Whether a form that is sent without JavaScript is answered by a page. Without, by JSON.
    /// LVT_PROGRESSIVE_ENHANCEMENT.
    bool progressiveEnhancement = true;

    /// Whether a page shows that it is loading, and keeps its forms disabled, until it is live.
    /// LVT_LOADING_DISABLED turns it off.
    bool showsLoading = true;

    /// After this time an action that has not been answered shows the bar that a page has while it
    /// is loading. 0: never. LVT_LOADING_DEBOUNCE.
    std::chrono::milliseconds loadingDebounce = std::chrono::milliseconds(0);

    /// How often the client checks that its connection is alive, and so how soon it finds a
    /// server that came back: it writes `data-lvt-heartbeat-ms`. 0 switches it off, otherwise at
    /// least 1 s. The client's own default is 20 s. LVT_HEARTBEAT.
    std::chrono::milliseconds heartbeatInterval = std::chrono::seconds(20);

    /// The folder of the templates that Server::mount() is given by a relative name. Empty: the
    /// working directory. LVT_TEMPLATE_BASE_DIR.
    QString templateBaseDir;

    /// How deep tags and templates may stand in each other. LVT_MAX_TEMPLATE_DEPTH.
    int maxTemplateDepth = 128;

    // ---- Who is served

    /// Answers who a client is. Null: an AnonymousAuthenticator.
    std::shared_ptr<Authenticator> authenticator;

    /// Keeps the saved state of session groups. Null: a RedisSessionStore when @c redisUrl says
    /// where, otherwise a MemorySessionStore; with @c sessionTtl.
    std::shared_ptr<SessionStore> sessionStore;

    /// How long a group's saved state is kept after its last use. LVT_SESSION_TTL.
    std::chrono::milliseconds sessionTtl = std::chrono::hours(24);

    /// How long a browser keeps its cookie. LVT_COOKIE_MAX_AGE.
    std::chrono::seconds cookieMaxAge = std::chrono::hours(24 * 365);

    /// Whether the cookie is for HTTPS only. LVT_COOKIE_SECURE.
    bool cookieSecure = false;

    /// Origins (scheme://host[:port]), besides the server's own, whose pages may open a WebSocket
    /// or send a form. "*" is every origin. LVT_ALLOWED_ORIGINS, separated by commas.
    QStringList allowedOrigins;

    /// Whether to believe X-Forwarded-Proto, X-Forwarded-For and Forwarded: only behind a proxy
    /// that sets them itself. LVT_TRUST_FORWARDED_HEADERS.
    bool trustForwardedHeaders = false;

    /// The Content-Security-Policy of every page; "{nonce}" in it is a new random value each time,
    /// which templates have as lvt.nonce for their own scripts. Empty: none is sent.
    /// LVT_CONTENT_SECURITY_POLICY.
    QString contentSecurityPolicy = QStringLiteral(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'");

    // ---- Threads

    /// Shards: threads that serve. All tabs of a session group are on the same one. 0: as many as
    /// the machine has cores. LVT_THREADS.
    int threads = 1;

    // ---- Limits

    /// Live connections at a time, over all shards; past it a client gets 503. 0: no limit but that
    /// of open files. LVT_MAX_CONNECTIONS.
    int maxConnections = 0;

    /// Live connections of one session group at a time; past it a client gets 503. 0: no limit.
    /// LVT_MAX_CONNECTIONS_PER_GROUP.
    int maxConnectionsPerGroup = 0;

    /// Messages that a client may send in a second for long, and at once (PROTOCOL.md B.8). Past
    /// it a message is refused, with a sentence that the page shows. 0 per second: no limit.
    /// LVT_MESSAGE_RATE, LVT_MESSAGE_BURST.
    int messageRate = 10;
    int messageBurst = 20;

    /// Longest message, and longest frame, that a client may send, in bytes. LVT_MAX_MESSAGE_SIZE.
    qint64 maxMessageSize = 1024 * 1024;

    /// Largest head of an HTTP request, in bytes, and most header lines in it.
    /// LVT_MAX_REQUEST_HEAD_SIZE, LVT_MAX_REQUEST_HEADERS.
    qint64 maxRequestHeadSize = 16 * 1024;
    int maxRequestHeaders = 100;

    /// Largest body of an HTTP request, in bytes. LVT_MAX_REQUEST_BODY_SIZE.
    qint64 maxRequestBodySize = 1024 * 1024;

    /// Actions of one client that may wait; past it the connection is closed.
    /// LVT_MAX_PENDING_ACTIONS.
    int maxPendingActions = 64;

    /// Broadcasts that may wait for one connection; more are dropped and counted (PROTOCOL.md
    /// B.8). LVT_MAX_PENDING_BROADCASTS.
    int maxPendingBroadcasts = 16;

    /// Bytes that may wait for a client that does not read; past it the connection is cut. Long
    /// before, it is not sent what will be outdated when it reads again. LVT_MAX_PENDING_BYTES.
    qint64 maxPendingBytes = 4 * 1024 * 1024;

    // ---- Time-outs

    /// A connection that has not sent a whole request head after this time is closed.
    /// LVT_HANDSHAKE_TIMEOUT.
    std::chrono::milliseconds handshakeTimeout = std::chrono::seconds(10);

    /// A request whose body has not arrived this long after its head is refused.
    /// LVT_REQUEST_BODY_TIMEOUT.
    std::chrono::milliseconds requestBodyTimeout = std::chrono::seconds(30);

    /// An HTTP connection on which nothing was asked for this time is closed.
    /// LVT_KEEP_ALIVE_TIMEOUT.
    std::chrono::milliseconds keepAliveTimeout = std::chrono::seconds(60);

    /// A WebSocket from which nothing came for this time, not even a heartbeat, is closed. 0:
    /// never. LVT_IDLE_TIMEOUT.
    std::chrono::milliseconds idleTimeout = std::chrono::minutes(5);

    /// A client that has not read what waits for it after this time is closed.
    /// LVT_SLOW_CLIENT_TIMEOUT.
    std::chrono::milliseconds slowClientTimeout = std::chrono::seconds(30);

    /// A WebSocket that was told goodbye and has not closed after this time is cut.
    /// LVT_CLOSE_TIMEOUT.
    std::chrono::milliseconds closeTimeout = std::chrono::seconds(5);

    /// How long close() waits for connections to go before it cuts them. LVT_SHUTDOWN_TIMEOUT.
    std::chrono::milliseconds shutdownTimeout = std::chrono::seconds(30);

    // ---- Redis, and other servers

    /// A Redis that keeps the saved states, and joins this server with all others that have the
    /// same: see RedisUrl for its forms. Empty: this server is alone. LVT_REDIS_URL, or else
    /// REDIS_URL.
    QString redisUrl;

    /// The password for it, where the URL has none. LVT_REDIS_PASSWORD, or else REDIS_PASSWORD.
    QString redisPassword;

    /// How long the channels of a session group stay subscribed to after its last connection has
    /// gone. 0: for ever. LVT_REDIS_LINGER.
    std::chrono::milliseconds redisLinger = std::chrono::seconds(30);

    /// Whether pages go on from memory while Redis is gone. LVT_REDIS_FALLBACK.
    bool redisFallback = true;

    /// Joins this server with others. Null: a RedisBroadcaster when @c redisUrl says where,
    /// otherwise nothing.
    std::shared_ptr<Broadcaster> broadcaster;

    // ---- Time

    /// What expires goes by it. Null: the system's clock. A test brings a ManualClock.
    std::shared_ptr<const Clock> clock;

    // ---- Operation

    /// A database that the application needs: /health/ready asks it. postgres://… or sqlite:FILE.
    /// LVT_DATABASE_URL, or else DATABASE_URL.
    QString databaseUrl;

    /// Whether /metrics is served. LVT_METRICS_ENABLED.
    bool metricsEnabled = true;

    /// Actions that a connection remembers, and the ways of broadcasts with them, for
    /// Server::requestDetails(). 50 take about 11 KB for a connection that does much. 0: none, and
    /// nothing is spent on it. LVT_ACTION_HISTORY.
    int actionHistory = 0;

    /// Whether /health, /health/live and /health/ready are served. LVT_HEALTH_ENABLED.
    bool healthEnabled = true;

    // ---- What source() remembers

    /// What an option was set to from outside of the code.
    struct Setting
    {
        OptionSource source = OptionSource::Default;
        QString value;
    };
    /// By the option's key.
    QHash<QString, Setting> settings;
};

} // namespace LiveTemplate
