// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisproblem.h"
#include "redisurl.h"
#include "serverstatistics.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace LiveTemplate {

class Broadcaster;
class SessionStore;

/// Has a server that runs join a Redis and leave it again: saved states and messages together.
///
/// @code
/// RedisMembership membership;
/// options.sessionStore = membership.sessionStore();
/// options.broadcaster = membership.broadcaster();
/// Server server(options);
/// …
/// membership.join(*RedisUrl::parse(u"redis://localhost"_s));
/// @endcode
///
/// On joining, states in memory are written to Redis where it has nothing newer; on leaving, what
/// Redis has of the groups that this server knows comes back to memory. Open pages notice nothing
/// but that they follow others. While Redis is gone pages go on from memory, and are joined again
/// when it is back.
///
/// Threading: used in the thread it was made in, which it never makes wait, its destructor
/// excepted. The server should end before it.
class LIVETEMPLATE_EXPORT RedisMembership : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Apart,
        /// Connects; pages are served from memory meanwhile. Tried until leave().
        Joining,
        Joined,
        /// Fetches what Redis has.
        Leaving,
    };
    Q_ENUM(State)

    explicit RedisMembership(std::chrono::milliseconds sessionTtl = std::chrono::hours(24),
                             QObject *parent = nullptr);
    /// Leaves; waits a second at most for what Redis has not got yet.
    ~RedisMembership() override;

    [[nodiscard]] std::shared_ptr<SessionStore> sessionStore() const;
    [[nodiscard]] std::shared_ptr<Broadcaster> broadcaster() const;

    /// Leaves another one before.
    void join(const RedisUrl &url);
    /// Also ends an attempt to join.
    void leave();

    [[nodiscard]] State state() const;
    /// How it is, in a sentence.
    [[nodiscard]] QString sentence() const;
    /// Why it did not join, or what is wrong while it is joined.
    [[nodiscard]] RedisProblem problem() const;
    /// Of the Redis that it joins or has joined.
    [[nodiscard]] RedisUrl url() const;
    /// What was counted since it joined; nothing while it is apart. While it joins, there are no
    /// connections.
    [[nodiscard]] std::optional<ServerStatistics::Redis> statistics() const;
    /// By which other servers know this one; the same wherever it joins.
    [[nodiscard]] QString instanceId() const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
