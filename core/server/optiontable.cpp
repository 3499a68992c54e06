// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "optiontable.h"

#include "optionvalue_p.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

using Group = ServerOption::Group;

constexpr qint64 kibibyte = 1024;
constexpr qint64 mebibyte = 1024 * kibibyte;
constexpr qint64 gibibyte = 1024 * mebibyte;

constexpr qint64 milliseconds(std::chrono::milliseconds time)
{
    return time.count();
}

/// More connections than a machine has open files for.
constexpr qint64 mostConnections = 1'000'000;
/// More messages, or actions, than anybody can make in a second.
constexpr qint64 mostMessages = 100'000;
/// After which nobody waits any more.
constexpr qint64 longestTimeOut = milliseconds(24h);
/// Browsers keep no cookie for longer (RFC 6265bis, section 5.5).
constexpr qint64 longestCookie = milliseconds(24h * 400);
constexpr qint64 longestSession = milliseconds(24h * 3650);

constexpr std::array table = {
    ServerOption{
        .key = "dev-mode"_L1,
        .group = Group::Pages,
        .member = &ServerOptions::developmentMode,
        .description = "Open pages follow changes of their templates and show errors in them; not "
                       "for production."_L1},
    ServerOption{.key = "websocket-disabled"_L1,
                 .group = Group::Pages,
                 .member = &ServerOptions::webSocketEnabled,
                 .description = "Pages open no WebSocket and go by HTTP alone."_L1,
                 .inverted = true},
    ServerOption{.key = "progressive-enhancement"_L1,
                 .group = Group::Pages,
                 .member = &ServerOptions::progressiveEnhancement,
                 .description
                 = "A form that is sent without JavaScript is answered by a page, not by JSON."_L1},
    ServerOption{
        .key = "loading-disabled"_L1,
        .group = Group::Pages,
        .member = &ServerOptions::showsLoading,
        .description
        = "A page does not show that it is loading, nor disable its forms until it is live."_L1,
        .inverted = true},
    ServerOption{.key = "loading-debounce"_L1,
                 .group = Group::Pages,
                 .member = &ServerOptions::loadingDebounce,
                 .description = "An action without an answer after this time shows the bar of a "
                                "page that is loading."_L1,
                 .minimum = 1,
                 .maximum = milliseconds(1h),
                 .zeroMeans = "never"_L1},
    ServerOption{.key = "heartbeat"_L1,
                 .group = Group::Pages,
                 .member = &ServerOptions::heartbeatInterval,
                 .description = "How often a page checks that its connection is alive."_L1,
                 .minimum = milliseconds(1s),
                 .maximum = milliseconds(1h),
                 .zeroMeans = "off"_L1},
    ServerOption{.key = "template-base-dir"_L1,
                 .group = Group::Pages,
                 .member = &ServerOptions::templateBaseDir,
                 .description = "Where templates are looked for that a program names by a relative "
                                "path; without, in the working directory."_L1,
                 .form = "a folder"_L1,
                 .valueName = "FOLDER"_L1},
    ServerOption{.key = "max-template-depth"_L1,
                 .group = Group::Pages,
                 .member = &ServerOptions::maxTemplateDepth,
                 .description = "How deep tags and templates may stand in each other."_L1,
                 .minimum = 1,
                 .maximum = 1000},

    ServerOption{
        .key = "session-ttl"_L1,
        .group = Group::Visitors,
        .member = &ServerOptions::sessionTtl,
        .description = "How long a session group's saved state is kept after its last use."_L1,
        .minimum = milliseconds(1s),
        .maximum = longestSession},
    ServerOption{.key = "cookie-max-age"_L1,
                 .group = Group::Visitors,
                 .member = &ServerOptions::cookieMaxAge,
                 .description = "How long a browser keeps its cookie."_L1,
                 .minimum = milliseconds(1s),
                 .maximum = longestCookie},
    ServerOption{.key = "cookie-secure"_L1,
                 .group = Group::Visitors,
                 .member = &ServerOptions::cookieSecure,
                 .description = "The cookie is sent by HTTPS only."_L1},
    ServerOption{.key = "allowed-origins"_L1,
                 .group = Group::Visitors,
                 .member = &ServerOptions::allowedOrigins,
                 .description = "Origins besides the server's own whose pages may open a WebSocket "
                                "or send a form; * is every origin."_L1,
                 .form = "scheme://host[:port] or *, with commas between several"_L1,
                 .valueName = "ORIGINS"_L1},
    ServerOption{.key = "trust-forwarded-headers"_L1,
                 .group = Group::Visitors,
                 .member = &ServerOptions::trustForwardedHeaders,
                 .description = "X-Forwarded-Proto, X-Forwarded-For and Forwarded are believed; "
                                "only behind a proxy that sets them itself."_L1},
    ServerOption{.key = "content-security-policy"_L1,
                 .group = Group::Visitors,
                 .member = &ServerOptions::contentSecurityPolicy,
                 .description = "The Content-Security-Policy of every page; {nonce} in it is a new "
                                "random value each time."_L1,
                 .form = "one line of ASCII text"_L1,
                 .valueName = "POLICY"_L1},

    ServerOption{.key = "threads"_L1,
                 .group = Group::Threads,
                 .member = &ServerOptions::threads,
                 .description = "Threads that serve."_L1,
                 .minimum = 1,
                 .maximum = 256,
                 .zeroMeans = "one per core"_L1},

    ServerOption{.key = "max-connections"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxConnections,
                 .description = "Live connections at a time; past it a client gets 503."_L1,
                 .minimum = 1,
                 .maximum = mostConnections,
                 .zeroMeans = "no limit"_L1},
    ServerOption{.key = "max-connections-per-group"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxConnectionsPerGroup,
                 .description
                 = "Live connections of one session group at a time; past it a client gets 503."_L1,
                 .minimum = 1,
                 .maximum = mostConnections,
                 .zeroMeans = "no limit"_L1},
    ServerOption{.key = "message-rate"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::messageRate,
                 .description = "Messages a second that a client may send for long; past it a "
                                "message is refused."_L1,
                 .minimum = 1,
                 .maximum = mostMessages,
                 .zeroMeans = "no limit"_L1},
    ServerOption{.key = "message-burst"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::messageBurst,
                 .description = "Messages that a client may send at once."_L1,
                 .minimum = 0,
                 .maximum = mostMessages},
    ServerOption{.key = "max-message-size"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxMessageSize,
                 .description = "Longest message that a client may send over its WebSocket."_L1,
                 .minimum = kibibyte,
                 .maximum = gibibyte},
    ServerOption{.key = "max-request-head-size"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxRequestHeadSize,
                 .description = "Largest head of an HTTP request."_L1,
                 .minimum = kibibyte / 2,
                 .maximum = mebibyte},
    ServerOption{.key = "max-request-headers"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxRequestHeaders,
                 .description = "Most header lines of an HTTP request."_L1,
                 .minimum = 1,
                 .maximum = 10'000},
    ServerOption{.key = "max-request-body-size"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxRequestBodySize,
                 .description = "Largest body of an HTTP request."_L1,
                 .minimum = 0,
                 .maximum = gibibyte,
                 .zeroMeans = "no body"_L1},
    ServerOption{.key = "max-pending-actions"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxPendingActions,
                 .description = "Actions of one client that may wait; past it the connection is "
                                "closed."_L1,
                 .minimum = 1,
                 .maximum = mostMessages},
    ServerOption{.key = "max-pending-broadcasts"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxPendingBroadcasts,
                 .description = "Broadcasts that may wait for one connection; more are dropped."_L1,
                 .minimum = 1,
                 .maximum = mostMessages},
    ServerOption{.key = "max-pending-bytes"_L1,
                 .group = Group::Limits,
                 .member = &ServerOptions::maxPendingBytes,
                 .description = "Bytes that may wait for a client that does not read; past it the "
                                "connection is cut."_L1,
                 .minimum = kibibyte,
                 .maximum = gibibyte},

    ServerOption{.key = "handshake-timeout"_L1,
                 .group = Group::TimeOuts,
                 .member = &ServerOptions::handshakeTimeout,
                 .description = "A connection that has not sent a whole request head after this "
                                "time is closed."_L1,
                 .minimum = 1,
                 .maximum = longestTimeOut},
    ServerOption{.key = "request-body-timeout"_L1,
                 .group = Group::TimeOuts,
                 .member = &ServerOptions::requestBodyTimeout,
                 .description = "A request whose body has not arrived this long after its head is "
                                "refused."_L1,
                 .minimum = 1,
                 .maximum = longestTimeOut},
    ServerOption{
        .key = "keep-alive-timeout"_L1,
        .group = Group::TimeOuts,
        .member = &ServerOptions::keepAliveTimeout,
        .description = "An HTTP connection on which nothing was asked for this time is closed."_L1,
        .minimum = 1,
        .maximum = longestTimeOut},
    ServerOption{.key = "idle-timeout"_L1,
                 .group = Group::TimeOuts,
                 .member = &ServerOptions::idleTimeout,
                 .description = "A WebSocket from which nothing came for this time, not even a "
                                "heartbeat, is closed."_L1,
                 .minimum = 1,
                 .maximum = longestTimeOut,
                 .zeroMeans = "never"_L1},
    ServerOption{.key = "slow-client-timeout"_L1,
                 .group = Group::TimeOuts,
                 .member = &ServerOptions::slowClientTimeout,
                 .description = "A client that has not read what waits for it after this time is "
                                "closed."_L1,
                 .minimum = 1,
                 .maximum = longestTimeOut},
    ServerOption{.key = "close-timeout"_L1,
                 .group = Group::TimeOuts,
                 .member = &ServerOptions::closeTimeout,
                 .description = "A WebSocket that was told goodbye and has not closed after this "
                                "time is cut."_L1,
                 .minimum = 1,
                 .maximum = longestTimeOut},
    ServerOption{.key = "shutdown-timeout"_L1,
                 .group = Group::TimeOuts,
                 .member = &ServerOptions::shutdownTimeout,
                 .description = "How long the server waits for connections to go, when it ends, "
                                "before it cuts them."_L1,
                 .minimum = 0,
                 .maximum = longestTimeOut,
                 .zeroMeans = "not at all"_L1},

    ServerOption{.key = "redis"_L1,
                 .group = Group::OtherServers,
                 .member = &ServerOptions::redisUrl,
                 .description = "A Redis that keeps the saved states, and joins this server with "
                                "all others that have the same."_L1,
                 .form = "redis://, rediss://, redis+sentinel:// or redis+cluster:// and what "
                         "follows"_L1,
                 .valueName = "URL"_L1,
                 .variableName = "LVT_REDIS_URL"_L1,
                 .sharedVariable = "REDIS_URL"_L1},
    ServerOption{.key = "redis-password"_L1,
                 .group = Group::OtherServers,
                 .member = &ServerOptions::redisPassword,
                 .description = "The password for it, where the URL has none."_L1,
                 .form = "a text"_L1,
                 .valueName = "PASSWORD"_L1,
                 .sharedVariable = "REDIS_PASSWORD"_L1,
                 .secret = true},
    ServerOption{.key = "redis-linger"_L1,
                 .group = Group::OtherServers,
                 .member = &ServerOptions::redisLinger,
                 .description = "How long the channels of a session group stay subscribed to after "
                                "its last connection has gone."_L1,
                 .minimum = 1,
                 .maximum = longestTimeOut,
                 .zeroMeans = "for ever"_L1},
    ServerOption{.key = "redis-fallback"_L1,
                 .group = Group::OtherServers,
                 .member = &ServerOptions::redisFallback,
                 .description = "While Redis is gone, pages go on from memory."_L1},
    ServerOption{.key = "database"_L1,
                 .group = Group::Operation,
                 .member = &ServerOptions::databaseUrl,
                 .description = "A database without which the server is not ready: /health/ready "
                                "asks it."_L1,
                 .form = "postgres://user:password@host/name or sqlite:FILE"_L1,
                 .valueName = "URL"_L1,
                 .variableName = "LVT_DATABASE_URL"_L1,
                 .sharedVariable = "DATABASE_URL"_L1},
    ServerOption{.key = "action-history"_L1,
                 .group = Group::Operation,
                 .member = &ServerOptions::actionHistory,
                 .description = "Actions that each connection remembers for whoever looks at it, "
                                "with the ways of its broadcasts."_L1,
                 .minimum = 1,
                 .maximum = 1000,
                 .zeroMeans = "none"_L1},
    ServerOption{.key = "metrics-enabled"_L1,
                 .group = Group::Operation,
                 .member = &ServerOptions::metricsEnabled,
                 .description = "/metrics is served."_L1},
    ServerOption{.key = "health-enabled"_L1,
                 .group = Group::Operation,
                 .member = &ServerOptions::healthEnabled,
                 .description = "/health, /health/live and /health/ready are served."_L1},
};

/// What a member's value is a text of. The order is that of ServerOption::Member.
enum class Kind {
    Switch,
    Count,
    Size,
    Seconds,
    Time,
    Text,
    List,
};

Kind kindOf(const ServerOption &option)
{
    return Kind(option.member.index());
}

bool isNumber(Kind kind)
{
    return kind == Kind::Count || kind == Kind::Size || kind == Kind::Seconds || kind == Kind::Time;
}

constexpr auto noText = "none"_L1;

// ---- Between members and numbers or texts

qint64 toNumber(std::chrono::milliseconds time)
{
    return time.count();
}

qint64 toNumber(qint64 number)
{
    return number;
}

/// The value as a number, a size in bytes, or a time in milliseconds; 0 for other kinds.
qint64 numberIn(const ServerOptions &options, const ServerOption &option)
{
    return std::visit(
        [&options](auto member) -> qint64 {
            if constexpr (requires { toNumber(options.*member); })
                return toNumber(options.*member);
            else
                return 0;
        },
        option.member);
}

void setNumber(ServerOptions &options, const ServerOption &option, qint64 number)
{
    switch (kindOf(option)) {
    case Kind::Count:
        options.*std::get<int ServerOptions::*>(option.member) = int(number);
        break;
    case Kind::Size:
        options.*std::get<qint64 ServerOptions::*>(option.member) = number;
        break;
    case Kind::Seconds:
        options.*std::get<std::chrono::seconds ServerOptions::*>(option.member)
            = std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(number));
        break;
    case Kind::Time:
        options.*std::get<std::chrono::milliseconds ServerOptions::*>(option.member)
            = std::chrono::milliseconds(number);
        break;
    case Kind::Switch:
    case Kind::Text:
    case Kind::List:
        Q_UNREACHABLE();
    }
}

std::optional<qint64> parseNumber(Kind kind, const QString &text)
{
    if (kind == Kind::Count)
        return parseCount(text);
    if (kind == Kind::Size)
        return parseSize(text);
    const std::optional<std::chrono::milliseconds> time = parseTime(text);
    if (!time || (kind == Kind::Seconds && *time % 1s != 0ms))
        return std::nullopt;
    return time->count();
}

QString printNumber(Kind kind, qint64 number)
{
    if (kind == Kind::Count)
        return QString::number(number);
    return kind == Kind::Size ? printSize(number) : printTime(std::chrono::milliseconds(number));
}

bool isNumberInRange(const ServerOption &option, qint64 number)
{
    return (number == 0 && !option.zeroMeans.isEmpty())
        || (number >= option.minimum && number <= option.maximum);
}

QStringList splitList(const QString &text)
{
    QStringList items;
    for (const QString &item : text.split(u',')) {
        if (const QString trimmed = item.trimmed(); !trimmed.isEmpty())
            items.append(trimmed);
    }
    return items;
}

void setText(ServerOptions &options, const ServerOption &option, const QString &text)
{
    const QString value = text == noText ? QString() : text;
    if (kindOf(option) == Kind::List)
        options.*std::get<QStringList ServerOptions::*>(option.member) = splitList(value);
    else
        options.*std::get<QString ServerOptions::*>(option.member) = value;
}

/// "a whole number", "a size" or "a time".
QString numberName(Kind kind)
{
    switch (kind) {
    case Kind::Size:
        return u"a size"_s;
    case Kind::Seconds:
        return u"a time in whole seconds"_s;
    case Kind::Time:
        return u"a time"_s;
    default:
        return u"a whole number"_s;
    }
}

/// How a value is written, when that needs to be said.
QString spelling(Kind kind)
{
    switch (kind) {
    case Kind::Size:
        return u" Write bytes, or 64K, 1M and the like."_s;
    case Kind::Seconds:
    case Kind::Time:
        return u" Write seconds, or 500ms, 10s, 5m, 24h and the like."_s;
    default:
        return {};
    }
}

} // namespace

QString ServerOption::variable() const
{
    if (!variableName.isEmpty())
        return variableName;
    return u"LVT_"_s + QString(key).toUpper().replace(u'-', u'_');
}

QString ServerOption::flag() const
{
    return u"--"_s + key;
}

QString ServerOption::placeholder() const
{
    if (!valueName.isEmpty())
        return valueName;
    switch (kindOf(*this)) {
    case Kind::Switch:
        return u"BOOLEAN"_s;
    case Kind::Count:
        return u"NUMBER"_s;
    case Kind::Size:
        return u"SIZE"_s;
    case Kind::Seconds:
    case Kind::Time:
        return u"TIME"_s;
    case Kind::Text:
    case Kind::List:
        return u"TEXT"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString ServerOption::unit() const
{
    switch (kindOf(*this)) {
    case Kind::Size:
        return u"bytes"_s;
    case Kind::Seconds:
        return u"seconds"_s;
    case Kind::Time:
        return u"milliseconds"_s;
    default:
        return {};
    }
}

bool ServerOption::isSwitch() const
{
    return kindOf(*this) == Kind::Switch;
}

QString ServerOption::range() const
{
    const Kind kind = kindOf(*this);
    if (kind == Kind::Switch)
        return u"true or false"_s;
    if (!isNumber(kind))
        return u"%1, or %2"_s.arg(form, noText);
    const QString name = numberName(kind);
    const QString last = printNumber(kind, maximum);
    if (zeroMeans.isEmpty())
        return u"%1 from %2 to %3"_s.arg(name, printNumber(kind, minimum), last);
    if (minimum <= 1)
        return u"%1 from 0 (%2) to %3"_s.arg(name, zeroMeans, last);
    return u"0 (%1) or %2 from %3 to %4"_s.arg(zeroMeans, name, printNumber(kind, minimum), last);
}

bool ServerOption::isInRange(const ServerOptions &options) const
{
    return !isNumber(kindOf(*this)) || isNumberInRange(*this, numberIn(options, *this));
}

std::expected<void, QString> ServerOption::read(const QString &text, ServerOptions &options) const
{
    const Kind kind = kindOf(*this);
    const auto refusal = [&] {
        return range() + u" is expected."_s + spelling(kind);
    };
    if (kind == Kind::Switch) {
        const std::optional<bool> value = parseSwitch(text);
        if (!value)
            return std::unexpected(refusal());
        options.*std::get<bool ServerOptions::*>(member) = *value != inverted;
    } else if (isNumber(kind)) {
        const std::optional<qint64> number = parseNumber(kind, text.trimmed());
        if (!number || !isNumberInRange(*this, *number))
            return std::unexpected(refusal());
        setNumber(options, *this, *number);
    } else {
        setText(options, *this, text);
    }
    return {};
}

QString ServerOption::print(const ServerOptions &options) const
{
    const Kind kind = kindOf(*this);
    if (kind == Kind::Switch) {
        const bool value = options.*std::get<bool ServerOptions::*>(member);
        return value != inverted ? u"true"_s : u"false"_s;
    }
    if (isNumber(kind))
        return printNumber(kind, numberIn(options, *this));
    const QString text = kind == Kind::List
        ? (options.*std::get<QStringList ServerOptions::*>(member)).join(u", "_s)
        : options.*std::get<QString ServerOptions::*>(member);
    return text.isEmpty() ? QString(noText) : text;
}

QString ServerOption::show(const ServerOptions &options) const
{
    const bool isZero = isNumber(kindOf(*this)) && numberIn(options, *this) == 0;
    if (isZero && !zeroMeans.isEmpty())
        return u"0 (%1)"_s.arg(zeroMeans);
    return show(print(options));
}

QString ServerOption::show(const QString &text) const
{
    const QString masked = withoutPasswords(text);
    // Only of a URL it is known which part is the secret one.
    const bool isOneWord = std::ranges::none_of(text, [](QChar character) {
        return character.isSpace();
    });
    const bool isUrlWithPassword = masked != text && isOneWord;
    if (secret && !isUrlWithPassword && text != noText)
        return u"***"_s;
    return onOneLine(masked);
}

std::span<const ServerOption> optionTable()
{
    return table;
}

const ServerOption *findOption(QStringView key)
{
    const auto found = std::ranges::find_if(table, [key](const ServerOption &option) {
        return key == option.key;
    });
    return found == table.end() ? nullptr : std::to_address(found);
}

QString optionGroupTitle(ServerOption::Group group)
{
    switch (group) {
    case Group::Pages:
        return u"What is served"_s;
    case Group::Visitors:
        return u"Who is served"_s;
    case Group::Threads:
        return u"Threads"_s;
    case Group::Limits:
        return u"Limits"_s;
    case Group::TimeOuts:
        return u"Time-outs"_s;
    case Group::OtherServers:
        return u"Redis, and other servers"_s;
    case Group::Operation:
        return u"Operation"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace LiveTemplate
