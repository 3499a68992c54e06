// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sessionstore.h"

#include <memory>

namespace LiveTemplate {

/// A store that keeps states in memory, or in another store that is put before it while the server
/// runs: a RedisSessionStore. Memory goes on to keep a copy of what is saved and loaded meanwhile,
/// so that nothing is lost when the other one is taken away, be it there still or not.
///
/// Calls in flight end with the store that they were begun with.
class LIVETEMPLATE_EXPORT ExchangeableSessionStore : public SessionStore
{
public:
    explicit ExchangeableSessionStore(
        std::chrono::milliseconds timeToLive = std::chrono::hours(24));
    ~ExchangeableSessionStore() override;

    /// Writes all that is in memory to @p store, as of when it was saved, so that what the store
    /// has newer stays; from then on all goes there. With null, from now on all is kept in memory
    /// alone.
    void use(std::shared_ptr<SessionStore> store);
    /// Fetches into memory what the other store has of all that memory knows, and calls @p done
    /// then, from any thread; what only others have saved is not fetched. To be called before
    /// use(nullptr).
    void fetch(std::move_only_function<void()> done);

    [[nodiscard]] bool isMemoryOnly() const;
    [[nodiscard]] const MemorySessionStore &memory() const;

    void load(const SessionKey &key, Loaded loaded) override;
    void save(const SessionKey &key, const QJsonObject &state) override;
    void saveAsOf(const SessionKey &key, const QJsonObject &state,
                  std::chrono::sys_time<std::chrono::microseconds> asOf) override;
    void remove(const SessionKey &key) override;
    void list(Listed listed) override;
    void ping(Pinged pinged) override;

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace LiveTemplate
