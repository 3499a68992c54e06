// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessionlogging_p.h"
#include "sessionstore.h"

#include <QHash>
#include <QMutex>

#include <algorithm>
#include <vector>

namespace LiveTemplate {

class MemorySessionStore::Private
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Entry
    {
        QJsonObject state;
        TimePoint lastUse;
        std::chrono::sys_time<std::chrono::microseconds> savedAt;
    };

    [[nodiscard]] bool isExpired(const Entry &entry, TimePoint now) const
    {
        return now - entry.lastUse >= timeToLive;
    }

    void sweep(TimePoint now)
    {
        entries.removeIf([&](const auto &entry) { return isExpired(entry.value(), now); });
        lastSweep = now;
    }

    /// Makes room for a while: one pass over all of them for each sixteenth that comes.
    void evictOldest()
    {
        std::vector<TimePoint> uses;
        uses.reserve(std::size_t(entries.size()));
        for (const Entry &entry : std::as_const(entries))
            uses.push_back(entry.lastUse);
        const auto limit = uses.begin() + std::ptrdiff_t(uses.size() / 16);
        std::ranges::nth_element(uses, limit);
        const auto evicted = entries.removeIf(
            [&](const auto &entry) { return entry.value().lastUse <= *limit; });
        qCWarning(lcSession) << "too many saved states for the memory:" << evicted
                             << "that were not used for the longest time were forgotten";
    }

    void sweepWhenDue(TimePoint now)
    {
        // 24 h gives a sweep every 24 min: often enough that at most a sixtieth is kept too long.
        if (now - lastSweep >= timeToLive / 60)
            sweep(now);
    }

    std::chrono::milliseconds timeToLive;
    Clock clock;
    mutable QMutex mutex;
    QHash<SessionKey, Entry> entries;
    TimePoint lastSweep;
};

MemorySessionStore::MemorySessionStore(std::chrono::milliseconds timeToLive, Clock clock)
    : d(std::make_unique<Private>())
{
    d->timeToLive = timeToLive;
    d->clock = std::move(clock);
    d->lastSweep = d->clock();
}

MemorySessionStore::~MemorySessionStore() = default;

void MemorySessionStore::load(const SessionKey &key, Loaded loaded)
{
    std::optional<QJsonObject> state;
    {
        const QMutexLocker lock(&d->mutex);
        const auto now = d->clock();
        d->sweepWhenDue(now);
        const auto found = d->entries.find(key);
        if (found != d->entries.end() && !d->isExpired(*found, now)) {
            found->lastUse = now;
            state = found->state;
        }
    }
    loaded(std::move(state));
}

void MemorySessionStore::save(const SessionKey &key, const QJsonObject &state)
{
    saveAsOf(key, state,
             std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
}

void MemorySessionStore::saveAsOf(const SessionKey &key, const QJsonObject &state,
                                  std::chrono::sys_time<std::chrono::microseconds> asOf)
{
    const QMutexLocker lock(&d->mutex);
    const auto now = d->clock();
    d->sweepWhenDue(now);
    d->entries.insert(key, {state, now, asOf});
    if (d->entries.size() > maxEntries)
        d->evictOldest();
}

void MemorySessionStore::saveUnlessNewer(const SessionKey &key, const QJsonObject &state,
                                         std::chrono::sys_time<std::chrono::microseconds> asOf)
{
    const QMutexLocker lock(&d->mutex);
    const auto found = d->entries.find(key);
    if (found != d->entries.end() && found->savedAt >= asOf)
        return;
    // As it was: then it was not saved since, only looked at.
    if (found != d->entries.end() && found->state == state)
        return;
    d->entries.insert(key, {state, d->clock(), asOf});
    if (d->entries.size() > maxEntries)
        d->evictOldest();
}

void MemorySessionStore::remove(const SessionKey &key)
{
    const QMutexLocker lock(&d->mutex);
    d->entries.remove(key);
}

void MemorySessionStore::list(Listed listed)
{
    QList<SessionKey> keys;
    {
        const QMutexLocker lock(&d->mutex);
        d->sweep(d->clock());
        keys = d->entries.keys();
    }
    listed(std::move(keys));
}

void MemorySessionStore::ping(Pinged pinged)
{
    pinged({});
}

std::vector<MemorySessionStore::Saved> MemorySessionStore::saved(
    std::chrono::sys_time<std::chrono::microseconds> since) const
{
    const QMutexLocker lock(&d->mutex);
    const auto now = d->clock();
    std::vector<Saved> result;
    for (auto it = d->entries.cbegin(); it != d->entries.cend(); ++it) {
        if (it->savedAt >= since && !d->isExpired(*it, now))
            result.push_back({it.key(), it->state, it->savedAt});
    }
    return result;
}

qsizetype MemorySessionStore::size() const
{
    const QMutexLocker lock(&d->mutex);
    return d->entries.size();
}

void MemorySessionStore::sweep()
{
    const QMutexLocker lock(&d->mutex);
    d->sweep(d->clock());
}

} // namespace LiveTemplate
