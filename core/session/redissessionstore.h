// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sessionstore.h"

namespace LiveTemplate {

class RedisClient;
struct SessionStoreMetrics;

/// How a RedisSessionStore behaves.
struct RedisSessionStoreOptions
{
    /// Since the last use.
    std::chrono::milliseconds timeToLive = std::chrono::hours(24);
    /// After a first attempt that failed for a reason that may pass.
    int maxRetries = 3;
    /// Before the first retry; doubled before each further one.
    std::chrono::milliseconds retryDelay = std::chrono::milliseconds(100);
    /// For one load or save with its retries, after which memory is used.
    std::chrono::milliseconds operationTimeout = std::chrono::seconds(1);
    /// Whether pages go on from memory while Redis is gone. Otherwise a load finds nothing.
    bool fallbackToMemory = true;
    /// States that memory keeps for that; beyond it the oldest go.
    qsizetype maxEntries = 200'000;
};

/// Keeps states in Redis, in the second form of the Go servers (PROTOCOL.md F.4).
///
/// Key: livetemplate:session:GROUP for the page "/", and livetemplate:session:GROUP:PATH for any
/// other. Of two servers that save at the same time the newer state stays.
///
/// What is saved is kept in memory until Redis has it, and what was loaded or saved lately for the
/// time that Redis is gone. Then loads are answered from there at once, and what was saved
/// meanwhile is written when Redis is back. For a group that memory knows nothing of, a load waits
/// for Redis to come back until operationTimeout after it went.
class LIVETEMPLATE_EXPORT RedisSessionStore : public SessionStore
{
public:
    explicit RedisSessionStore(std::shared_ptr<RedisClient> client,
                               RedisSessionStoreOptions options = {});
    ~RedisSessionStore() override;

    void load(const SessionKey &key, Loaded loaded) override;
    void save(const SessionKey &key, const QJsonObject &state) override;
    void saveAsOf(const SessionKey &key, const QJsonObject &state,
                  std::chrono::sys_time<std::chrono::microseconds> asOf) override;
    void remove(const SessionKey &key) override;
    void list(Listed listed) override;
    void ping(Pinged pinged) override;

    /// Whether states come from memory, because Redis does not answer.
    [[nodiscard]] bool isFallingBack() const;
    /// Waits until what was saved is in Redis, at most for @p timeout; for a server that ends.
    /// Returns whether all is.
    bool flush(std::chrono::milliseconds timeout);

    [[nodiscard]] std::shared_ptr<const SessionStoreMetrics> metrics() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
