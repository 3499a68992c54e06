// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "rediserror.h"
#include "redisurl.h"
#include "redisvalue.h"

#include <QByteArray>
#include <QList>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>

namespace LiveTemplate {

class RedisPubSub;
struct RedisMetrics;

/// How a RedisClient behaves.
struct RedisOptions
{
    RedisUrl url;
    /// What CLIENT LIST shows; without blanks.
    QByteArray clientName = "livetemplate";
    /// To resolve, connect, agree on TLS and log in.
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(5);
    /// From a command's acceptance to its answer (PROTOCOL.md F.3: 5 s for a publish).
    std::chrono::milliseconds commandTimeout = std::chrono::seconds(5);
    /// Before a lost connection is tried again: the first time, and at most; doubled each time,
    /// with up to a fifth of chance. It never gives up.
    std::chrono::milliseconds reconnectDelay = std::chrono::milliseconds(100);
    std::chrono::milliseconds maxReconnectDelay = std::chrono::seconds(2);
    /// Commands that may wait for their answer, or for a connection; more are refused.
    qsizetype maxWaitingCommands = 100'000;
    /// The largest reply, and the largest message of a channel, in bytes; a larger one costs the
    /// connection.
    qint64 maxReplySize = 64 * 1024 * 1024;
};

/// A Redis: one server, one behind Sentinel, or a Cluster. Owns one worker thread with all its
/// sockets; reconnects by itself, for ever.
///
/// Threading: all functions may be called from any thread; callbacks are called in the worker's
/// thread and must not block it. The destructor must not be called there; every callback that is
/// outstanding has been called, with RedisError::Kind::Closed, when it returns.
class LIVETEMPLATE_EXPORT RedisClient
{
public:
    using Reply = std::expected<RedisValue, RedisError>;
    using Done = std::move_only_function<void(Reply)>;

    /// What else is to be known of a command.
    struct CommandOptions
    {
        /// Where its key stands in the arguments; with -1 it has none, and any node will do.
        int keyIndex = 1;
        /// 0: RedisOptions::commandTimeout.
        std::chrono::milliseconds timeout = std::chrono::milliseconds(0);
        /// Whether to wait for a connection when there is none, within the time-out. Otherwise it
        /// fails at once with Kind::Disconnected.
        bool waitForConnection = false;
    };

    explicit RedisClient(RedisOptions options);
    ~RedisClient();
    Q_DISABLE_COPY_MOVE(RedisClient)

    /// Sends a command, {"SET", "key", "value"} for example, and calls @p done once with its
    /// answer; an error reply is a RedisError of Kind::Server. Commands share connections: one that
    /// blocks (BLPOP) holds up all others. Refused, with Kind::Protocol, are those that have not
    /// one answer: MONITOR, and SUBSCRIBE and its kin, for which there is pubSub().
    void command(QList<QByteArray> arguments, Done done)
    {
        command(std::move(arguments), std::move(done), CommandOptions{});
    }
    void command(QList<QByteArray> arguments, Done done, CommandOptions options);

    /// Sends several commands of one key, one behind the other in one write; @p done gets the array
    /// of their answers, errors among them as RedisValue::Error, or why there are none.
    void pipeline(QList<QList<QByteArray>> commands, Done done)
    {
        pipeline(std::move(commands), std::move(done), CommandOptions{});
    }
    void pipeline(QList<QList<QByteArray>> commands, Done done, CommandOptions options);

    /// The same command on every node that has keys of its own (SCAN, DBSIZE); @p done gets the
    /// array of (node, answer) pairs, node as "host:port".
    void commandOnAllMasters(QList<QByteArray> arguments, Done done);

    /// One command on the node called "host:port" of commandOnAllMasters().
    void commandOnNode(const QByteArray &node, QList<QByteArray> arguments, Done done);

    /// Whether commands can be sent now, as far as is known.
    [[nodiscard]] bool isConnected() const;
    /// Why not, for a person; empty when connected.
    [[nodiscard]] QString errorString() const;
    /// The same with its kind; nothing when connected, or not tried yet.
    [[nodiscard]] std::optional<RedisError> error() const;

    /// @p handler is called in the worker's thread when isConnected() or error() has changed, and
    /// after each further attempt that failed.
    void setConnectionHandler(std::function<void()> handler);

    /// In the worker's thread: how long until a connection is tried again; nothing while there is
    /// one, or one is tried.
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const;

    [[nodiscard]] const RedisOptions &options() const;

    /// Has @p call made in the worker's thread.
    void post(std::move_only_function<void()> call);

    /// The channels; with a connection of its own. Made at the first call.
    [[nodiscard]] RedisPubSub &pubSub();

    [[nodiscard]] std::shared_ptr<const RedisMetrics> metrics() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
