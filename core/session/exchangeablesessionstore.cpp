// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exchangeablesessionstore.h"

#include <functional>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace LiveTemplate {

namespace {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// Loads at once of a fetch: enough to keep a Redis busy, and few beside what pages ask for.
constexpr std::size_t mostLoads = 256;

Time currentTime()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace

class ExchangeableSessionStore::Private : public std::enable_shared_from_this<Private>
{
public:
    explicit Private(std::chrono::milliseconds timeToLive)
        : memory(timeToLive)
    {
    }

    [[nodiscard]] std::shared_ptr<SessionStore> current() const
    {
        const std::shared_lock lock(mutex);
        return store;
    }

    /// Has @p call made with memory, and with the other store if there is one, as one: an exchange
    /// comes before or after both.
    template<typename Call>
    void write(Call call)
    {
        const std::shared_lock lock(mutex);
        call(static_cast<SessionStore &>(memory));
        if (store)
            call(*store);
    }

    MemorySessionStore memory;
    mutable std::shared_mutex mutex;
    std::shared_ptr<SessionStore> store;
    /// Ends the last fetch, if it still runs.
    std::function<void()> endFetch;
};

namespace {

/// A fetch under way. Answers come from any thread.
struct Fetch : std::enable_shared_from_this<Fetch>
{
    std::shared_ptr<SessionStore> store;
    std::function<void(const SessionKey &, const QJsonObject &, Time)> keep;
    std::move_only_function<void()> done;
    std::vector<SessionKey> keys;
    std::mutex mutex;
    std::size_t outstanding = 0;

    /// Asks for no more, and lets go of the store: it must not live until the last answer, which
    /// comes in a thread that the store's client owns.
    void end()
    {
        std::shared_ptr<SessionStore> kept; // dies after the lock
        const std::lock_guard lock(mutex);
        keys.clear();
        done = nullptr;
        kept = std::exchange(store, nullptr);
    }

    /// Asks for as many as may be asked for at once; the last answer ends it.
    void goOn()
    {
        std::vector<SessionKey> next;
        std::move_only_function<void()> end;
        std::shared_ptr<SessionStore> asked;
        {
            const std::lock_guard lock(mutex);
            asked = store;
            while (!keys.empty() && outstanding < mostLoads) {
                next.push_back(std::move(keys.back()));
                keys.pop_back();
                ++outstanding;
            }
            if (outstanding == 0)
                end = std::exchange(done, nullptr);
        }
        for (const SessionKey &key : next) {
            asked->load(key,
                        [self = shared_from_this(), key,
                         time = currentTime()](const std::optional<QJsonObject> &state) {
                            if (state)
                                self->keep(key, *state, time);
                            {
                                const std::lock_guard lock(self->mutex);
                                --self->outstanding;
                            }
                            self->goOn();
                        });
        }
        if (end)
            end();
    }
};

} // namespace

ExchangeableSessionStore::ExchangeableSessionStore(std::chrono::milliseconds timeToLive)
    : d(std::make_shared<Private>(timeToLive))
{
}

ExchangeableSessionStore::~ExchangeableSessionStore() = default;

void ExchangeableSessionStore::use(std::shared_ptr<SessionStore> store)
{
    const auto copy = [&](Time since) {
        for (const MemorySessionStore::Saved &saved : d->memory.saved(since))
            store->saveAsOf(saved.key, saved.state, saved.savedAt);
    };
    // Almost all of it while pages go on to save in memory, and the rest while they wait.
    const Time begun = currentTime();
    if (store)
        copy({});
    std::function<void()> endFetch;
    {
        const std::unique_lock lock(d->mutex);
        if (store)
            copy(begun);
        std::swap(d->store, store);
        endFetch = std::exchange(d->endFetch, {});
    }
    if (endFetch)
        endFetch();
}

void ExchangeableSessionStore::fetch(std::move_only_function<void()> done)
{
    auto fetch = std::make_shared<Fetch>();
    fetch->store = d->current();
    fetch->done = std::move(done);
    fetch->keep = [d = d](const SessionKey &key, const QJsonObject &state, Time time) {
        d->memory.saveUnlessNewer(key, state, time);
    };
    if (fetch->store) {
        for (MemorySessionStore::Saved &saved : d->memory.saved())
            fetch->keys.push_back(std::move(saved.key));
    }
    {
        const std::unique_lock lock(d->mutex);
        d->endFetch = [fetch = std::weak_ptr(fetch)] {
            if (const auto running = fetch.lock())
                running->end();
        };
    }
    fetch->goOn();
}

bool ExchangeableSessionStore::isMemoryOnly() const
{
    return d->current() == nullptr;
}

const MemorySessionStore &ExchangeableSessionStore::memory() const
{
    return d->memory;
}

void ExchangeableSessionStore::load(const SessionKey &key, Loaded loaded)
{
    const auto store = d->current();
    if (!store) {
        d->memory.load(key, std::move(loaded));
        return;
    }
    // What is saved here while the answer is on its way is newer.
    store->load(key,
                [d = d, key, time = currentTime(),
                 loaded = std::move(loaded)](std::optional<QJsonObject> state) mutable {
                    if (state)
                        d->memory.saveUnlessNewer(key, *state, time);
                    loaded(std::move(state));
                });
}

void ExchangeableSessionStore::save(const SessionKey &key, const QJsonObject &state)
{
    d->write([&](SessionStore &store) { store.save(key, state); });
}

void ExchangeableSessionStore::saveAsOf(const SessionKey &key, const QJsonObject &state, Time asOf)
{
    d->write([&](SessionStore &store) { store.saveAsOf(key, state, asOf); });
}

void ExchangeableSessionStore::remove(const SessionKey &key)
{
    d->write([&](SessionStore &store) { store.remove(key); });
}

void ExchangeableSessionStore::list(Listed listed)
{
    if (const auto store = d->current())
        store->list(std::move(listed));
    else
        d->memory.list(std::move(listed));
}

void ExchangeableSessionStore::ping(Pinged pinged)
{
    if (const auto store = d->current())
        store->ping(std::move(pinged));
    else
        d->memory.ping(std::move(pinged));
}

} // namespace LiveTemplate
