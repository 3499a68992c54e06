// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ids.h"
#include "livetemplate_export.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace LiveTemplate {

/// What a saved state belongs to: one page of one session group. Two pages of one browser never
/// overwrite each other.
struct SessionKey
{
    GroupId group;
    /// The path that the page is mounted at.
    QString page;

    friend bool operator==(const SessionKey &, const SessionKey &) = default;
    friend size_t qHash(const SessionKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.group, key.page);
    }
};

/// Keeps the saved states of session groups.
///
/// Threading: all functions may be called from any thread. They must not block: a store that has
/// to wait for something answers later, from any thread.
class LIVETEMPLATE_EXPORT SessionStore
{
public:
    using Loaded = std::move_only_function<void(std::optional<QJsonObject>)>;
    using Listed = std::move_only_function<void(std::expected<QList<SessionKey>, QString>)>;
    using Pinged = std::move_only_function<void(std::expected<void, QString>)>;

    virtual ~SessionStore();

    /// Calls @p loaded, now or later, with what was saved last; with nothing when there is nothing
    /// or it has expired. Counts as a use.
    virtual void load(const SessionKey &key, Loaded loaded) = 0;

    /// Replaces what is saved. Counts as a use.
    virtual void save(const SessionKey &key, const QJsonObject &state) = 0;

    /// The same for a state that came about by what another server published at @p asOf: where both
    /// save, that server's next state goes before this one, although this one is saved later. A
    /// store that compares no times does as save() does.
    virtual void saveAsOf(const SessionKey &key, const QJsonObject &state,
                          std::chrono::sys_time<std::chrono::microseconds> asOf);

    /// Forgets; does nothing when nothing is saved.
    virtual void remove(const SessionKey &key) = 0;

    /// Calls @p listed with the keys of all that is saved, in no order, or with what is wrong. For
    /// people: it may take long.
    virtual void list(Listed listed) = 0;

    /// Calls @p pinged with whether states can be kept at present, or with what is wrong.
    virtual void ping(Pinged pinged) = 0;
};

/// Keeps states in memory until they have not been used for a time, and at most maxEntries of
/// them: past it those go that were not used for the longest time.
class LIVETEMPLATE_EXPORT MemorySessionStore : public SessionStore
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// A state of a small page takes about a kilobyte.
    static constexpr qsizetype maxEntries = 200'000;

    /// @p timeToLive counts from the last use. @p clock is for tests.
    explicit MemorySessionStore(std::chrono::milliseconds timeToLive = std::chrono::hours(24),
                                Clock clock = std::chrono::steady_clock::now);
    ~MemorySessionStore() override;

    void load(const SessionKey &key, Loaded loaded) override;
    void save(const SessionKey &key, const QJsonObject &state) override;
    /// Compares nothing; the time is what saved() tells.
    void saveAsOf(const SessionKey &key, const QJsonObject &state,
                  std::chrono::sys_time<std::chrono::microseconds> asOf) override;
    void remove(const SessionKey &key) override;
    void list(Listed listed) override;
    void ping(Pinged pinged) override;

    /// Saves what is known to be so at @p asOf, unless something was saved since.
    void saveUnlessNewer(const SessionKey &key, const QJsonObject &state,
                         std::chrono::sys_time<std::chrono::microseconds> asOf);

    /// A state as it is kept.
    struct Saved
    {
        SessionKey key;
        QJsonObject state;
        std::chrono::sys_time<std::chrono::microseconds> savedAt;
    };
    /// All that has not expired and was saved at @p since or later, in no order.
    [[nodiscard]] std::vector<Saved> saved(
        std::chrono::sys_time<std::chrono::microseconds> since = {}) const;

    /// The number of states kept, expired ones included until they are swept.
    [[nodiscard]] qsizetype size() const;

    /// Frees what has expired. Done by itself, at most every sixtieth of the time to live, when
    /// the store is used.
    void sweep();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
