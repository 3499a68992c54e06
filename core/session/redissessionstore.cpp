// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redissessionstore.h"

#include "redisclient.h"
#include "savedsession_p.h"
#include "sessionstoremetrics_p.h"

#include <QCryptographicHash>
#include <QHash>
#include <QLoggingCategory>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

Q_LOGGING_CATEGORY(lcStore, "livetemplate.session", QtInfoMsg)

using Clock = std::chrono::steady_clock;

/// While states come from memory Redis is asked this often whether it is back.
constexpr auto returnInterval = 250ms;
/// For one such question. A Redis that needs longer would keep pages waiting.
constexpr auto returnTimeout = 1s;
/// Shorter than the time that /health/ready waits (HealthCheck), so that it has a reason to tell.
constexpr auto pingTimeout = 2s;
/// States that are written back at the same time.
constexpr int writeBackWindow = 256;
/// A state that is used all the time need not be kept alive more often.
constexpr auto refreshInterval = 1s;
/// Keys that one step of SCAN looks at.
constexpr auto scanCount = "1000";

/// Replaces what is saved unless that is newer. No DEL, which a full Redis would carry out before
/// it refuses the rest.
constexpr QByteArrayView saveScript = R"lua(
local kind = redis.call('TYPE', KEYS[1]).ok
if kind == 'hash' then
  local stored = redis.call('HGET', KEYS[1], 'rev')
  if not stored then
    local meta = redis.call('HGET', KEYS[1], '_meta')
    local seconds = meta and string.match(meta, '"updated_at":%s*(%d+)')
    stored = seconds and seconds * 1000000
  end
  if stored and tonumber(stored) and tonumber(stored) > tonumber(ARGV[1]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    return string.format('%.0f', stored)
  end
elseif kind ~= 'none' then
  redis.call('DEL', KEYS[1])
end
redis.call('HSET', KEYS[1], '_meta', ARGV[3], 'state', ARGV[4], 'rev', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'OK'
)lua";

QByteArray sha1Of(QByteArrayView script)
{
    return QCryptographicHash::hash(script, QCryptographicHash::Sha1).toHex();
}

bool isRefusalOfScripts(const RedisError &error)
{
    return error.code == "NOPERM" || error.message.contains("unknown command"_L1);
}

/// Whether it cannot be kept now, but may be later: Redis is full, or a disk.
bool isShortageOfSpace(const RedisError &error)
{
    return error.code == "OOM" || error.code == "MISCONF";
}

} // namespace

/// Shared with the callbacks that are on their way.
class RedisSessionStore::Private : public std::enable_shared_from_this<Private>
{
public:
    /// What memory knows of a state.
    struct Entry
    {
        /// Nothing: it was removed.
        std::optional<QJsonObject> state;
        qint64 revision = 0;
        Clock::time_point lastUse;
        /// When Redis was last told to keep it.
        Clock::time_point lastRefresh;
        /// Redis does not have it yet.
        bool isUnwritten = false;
        /// It is on its way there, or is tried again soon.
        bool isWriting = false;
    };

    struct Reading
    {
        SessionKey key;
        Loaded loaded;
        Clock::time_point begin;
        int attempts = 0;
    };

    struct Writing
    {
        SessionKey key;
        std::optional<QJsonObject> state;
        qint64 revision = 0;
        Clock::time_point begin;
        int attempts = 0;
        /// The script is not known there yet.
        bool sendsScript = false;
    };

    Private(RedisClient *theClient, RedisSessionStoreOptions theOptions)
        : client(theClient)
        , options(theOptions)
        , scriptId(sha1Of(saveScript))
    {
    }

    void load(const SessionKey &key, Loaded loaded);
    /// Of now, with 0; otherwise of that many microseconds since 1970.
    void save(const SessionKey &key, std::optional<QJsonObject> state, qint64 asOf = 0);
    void ping(Pinged pinged);
    bool flush(std::chrono::milliseconds timeout);
    void end();

    /// Not owned: the last callback may be what deletes this, and a client cannot be deleted in the
    /// worker's thread. It has made all callbacks before it goes.
    RedisClient *const client;
    const RedisSessionStoreOptions options;
    const QByteArray scriptId;
    const std::shared_ptr<SessionStoreMetrics> metrics = std::make_shared<SessionStoreMetrics>();
    std::atomic_bool isFallingBack = false;

private:
    using Lock = std::unique_lock<std::mutex>;

    // Those that take a lock are called with it.
    [[nodiscard]] qint64 nextRevision(const Lock &);
    [[nodiscard]] qint64 revisionAsOf(const SessionKey &key, qint64 asOf, const Lock &);
    void see(qint64 revision, const Lock &) { m_lastRevision = std::max(m_lastRevision, revision); }
    [[nodiscard]] Writing beginWrite(const SessionKey &key, Entry &entry, const Lock &);
    void countUnwritten(qint64 change, const Lock &);
    void keep(const SessionKey &key, Entry entry, const Lock &);
    void makeRoom(const Lock &);
    [[nodiscard]] bool startFallback(const RedisError &reason, const Lock &);
    void finishWriting(const SessionKey &key, const Lock &);
    [[nodiscard]] std::vector<Writing> nextToWriteBack(const Lock &);

    void read(Reading reading);
    void takeRead(Reading reading, RedisClient::Reply reply);
    void answerRead(Reading reading, const RedisValue &fields);
    void giveUpReading(Reading reading, const RedisError &error);
    void dropUnreadable(const SessionKey &key, const QString &reason);
    void refresh(const SessionKey &key);
    void write(Writing writing);
    void takeWrite(Writing writing, RedisClient::Reply reply);
    void finishWrite(const Writing &writing, std::optional<qint64> newer);
    void giveUpWriting(const Writing &writing, const RedisError &error);
    void askWhetherBack();
    void writeBack();
    void endFallback();
    void countRetry();
    [[nodiscard]] bool mayRetry(const RedisError &error, int attempts,
                                Clock::time_point begin) const;
    void later(std::chrono::milliseconds delay, std::move_only_function<void()> call);
    [[nodiscard]] std::chrono::milliseconds delayBefore(int attempt) const
    {
        return options.retryDelay * (1 << std::min(attempt - 1, 10));
    }
    [[nodiscard]] bool isExpired(const Entry &entry, Clock::time_point now) const
    {
        return !entry.isUnwritten && now - entry.lastUse >= options.timeToLive;
    }

    std::mutex m_mutex;
    std::condition_variable m_written;
    QHash<SessionKey, Entry> m_entries;
    qint64 m_lastRevision = 0;
    qint64 m_unwritten = 0;
    int m_writingBack = 0;
    qint64 m_writtenBack = 0;
    /// While falling back: Redis answers, but does not keep what it is given, perhaps.
    bool m_isReachable = false;
    bool m_hasScripts = true;
    bool m_saidUnreadable = false;
    bool m_ended = false;
    QString m_reason;
    /// Lives in the worker's thread, and takes its timers along when it goes.
    QObject *m_timers = nullptr;
};

// ---- Memory

qint64 RedisSessionStore::Private::nextRevision(const Lock &)
{
    using namespace std::chrono;
    const qint64 now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    m_lastRevision = std::max(now, m_lastRevision + 1);
    return m_lastRevision;
}

qint64 RedisSessionStore::Private::revisionAsOf(const SessionKey &key, qint64 asOf,
                                                const Lock &lock)
{
    see(asOf, lock);
    // It contains what this server knew before.
    const auto found = m_entries.constFind(key);
    return found == m_entries.cend() ? asOf : std::max(asOf, found->revision + 1);
}

void RedisSessionStore::Private::countUnwritten(qint64 change, const Lock &)
{
    m_unwritten += change;
    metrics->unwritten.set(m_unwritten);
    if (m_unwritten == 0)
        m_written.notify_all();
}

void RedisSessionStore::Private::keep(const SessionKey &key, Entry entry, const Lock &lock)
{
    Entry &kept = m_entries[key];
    countUnwritten(int(entry.isUnwritten) - int(kept.isUnwritten), lock);
    entry.isWriting = kept.isWriting;
    kept = std::move(entry);
    if (m_entries.size() > options.maxEntries)
        makeRoom(lock);
}

void RedisSessionStore::Private::makeRoom(const Lock &lock)
{
    // One pass over all for each sixteenth that comes: first what Redis has, then what is oldest.
    const auto now = Clock::now();
    m_entries.removeIf([&](const auto &entry) { return isExpired(entry.value(), now); });
    if (m_entries.size() <= options.maxEntries)
        return;
    std::vector<std::pair<bool, Clock::time_point>> uses;
    uses.reserve(std::size_t(m_entries.size()));
    for (const Entry &entry : std::as_const(m_entries))
        uses.emplace_back(entry.isUnwritten, entry.lastUse);
    const auto limit = uses.begin() + std::ptrdiff_t(uses.size() / 16);
    std::ranges::nth_element(uses, limit);
    qint64 lost = 0;
    m_entries.removeIf([&](const auto &item) {
        const Entry &entry = item.value();
        if (entry.isWriting || std::pair(entry.isUnwritten, entry.lastUse) > *limit)
            return false;
        lost += int(entry.isUnwritten);
        return true;
    });
    countUnwritten(-lost, lock);
    if (lost > 0) {
        qCWarning(lcStore) << "too many states for the memory wait for Redis:" << lost
                           << "that were not used for the longest time were lost";
    }
}

// ---- Loading

void RedisSessionStore::Private::load(const SessionKey &key, Loaded loaded)
{
    std::optional<QJsonObject> state;
    {
        Lock lock(m_mutex);
        metrics->loads.add();
        const auto found = m_entries.find(key);
        const bool isKnown = found != m_entries.end() && !isExpired(*found, Clock::now());
        // What is on its way to Redis is newer than what it would answer.
        const bool isNewer = isKnown && (found->isUnwritten || isFallingBack);
        if (!isNewer && (!isFallingBack || m_isReachable)) {
            lock.unlock();
            read({.key = key, .loaded = std::move(loaded), .begin = Clock::now()});
            return;
        }
        if (isKnown) {
            found->lastUse = Clock::now();
            state = found->state;
        }
        metrics->loadDuration.record(0);
    }
    loaded(std::move(state));
}

void RedisSessionStore::Private::read(Reading reading)
{
    const QByteArray key = SavedSession::keyOf(reading.key);
    ++reading.attempts;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        options.operationTimeout - (Clock::now() - reading.begin));
    client->command(
        {"HGETALL"_ba, key},
        [self = shared_from_this(), reading = std::move(reading)](
            RedisClient::Reply reply) mutable {
            self->takeRead(std::move(reading), std::move(reply));
        },
        {.timeout = std::max(left, 1ms)});
}

void RedisSessionStore::Private::takeRead(Reading reading, RedisClient::Reply reply)
{
    if (reply) {
        answerRead(std::move(reading), *reply);
        return;
    }
    const RedisError &error = reply.error();
    if (error.kind == RedisError::Kind::Server && error.code == "WRONGTYPE") {
        dropUnreadable(reading.key, u"it is of version 1, or no session"_s);
        reading.loaded(std::nullopt);
        return;
    }
    if (mayRetry(error, reading.attempts, reading.begin)) {
        countRetry();
        const auto delay = delayBefore(reading.attempts);
        later(delay, [self = shared_from_this(), reading = std::move(reading)]() mutable {
            self->read(std::move(reading));
        });
        return;
    }
    giveUpReading(std::move(reading), error);
}

void RedisSessionStore::Private::answerRead(Reading reading, const RedisValue &fields)
{
    auto parsed = SavedSession::parse(fields);
    std::optional<QJsonObject> state;
    bool isToBeRefreshed = false;
    {
        const Lock lock(m_mutex);
        metrics->loadDuration.record(quint64((Clock::now() - reading.begin).count()));
        const auto found = m_entries.find(reading.key);
        if (found != m_entries.end() && found->isUnwritten) {
            state = found->state; // saved meanwhile
        } else if (parsed && *parsed) {
            SavedSession &session = **parsed;
            see(session.revision, lock);
            state = session.state;
            const auto now = Clock::now();
            const auto lastRefresh = found == m_entries.end() ? Clock::time_point()
                                                              : found->lastRefresh;
            isToBeRefreshed = now - lastRefresh >= refreshInterval;
            if (options.fallbackToMemory) {
                keep(reading.key,
                     {.state = std::move(session.state),
                      .revision = session.revision,
                      .lastUse = now,
                      .lastRefresh = isToBeRefreshed ? now : lastRefresh},
                     lock);
            }
        } else if (found != m_entries.end() && !found->isWriting) {
            m_entries.erase(found); // expired there, or removed by another server
        }
    }
    if (!parsed)
        dropUnreadable(reading.key, parsed.error());
    else if (isToBeRefreshed)
        refresh(reading.key);
    reading.loaded(std::move(state));
}

void RedisSessionStore::Private::giveUpReading(Reading reading, const RedisError &error)
{
    std::optional<QJsonObject> state;
    bool isNew = false;
    {
        const Lock lock(m_mutex);
        metrics->loadErrors.add();
        metrics->loadDuration.record(quint64((Clock::now() - reading.begin).count()));
        isNew = startFallback(error, lock);
        const auto found = m_entries.find(reading.key);
        if (found != m_entries.end() && !isExpired(*found, Clock::now())) {
            found->lastUse = Clock::now();
            state = found->state;
        }
    }
    if (isNew)
        later(returnInterval, [self = shared_from_this()] { self->askWhetherBack(); });
    reading.loaded(std::move(state));
}

void RedisSessionStore::Private::dropUnreadable(const SessionKey &key, const QString &reason)
{
    {
        const Lock lock(m_mutex);
        if (!std::exchange(m_saidUnreadable, true)) {
            qCWarning(lcStore).noquote()
                << "the saved state of group" << key.group.shortened() << "is taken for absent:"
                << reason << "(said once)";
        }
    }
    if (!reason.startsWith("it is of version 1"_L1))
        return;
    // As servers written in Go do. Two commands, since the keys may be on two nodes of a Cluster.
    const QByteArray name = SavedSession::keyOf(key);
    client->command({"DEL"_ba, name}, [](const auto &) {});
    client->command({"DEL"_ba, name + ":access"}, [](const auto &) {});
}

void RedisSessionStore::Private::refresh(const SessionKey &key)
{
    client->command({"PEXPIRE"_ba, SavedSession::keyOf(key),
                     QByteArray::number(qint64(options.timeToLive.count()))},
                    [](const auto &) {});
}

// ---- Saving

void RedisSessionStore::Private::save(const SessionKey &key, std::optional<QJsonObject> state,
                                      qint64 asOf)
{
    std::optional<Writing> writing;
    {
        const Lock lock(m_mutex);
        metrics->saves.add();
        keep(key,
             {.state = std::move(state),
              .revision = asOf > 0 ? revisionAsOf(key, asOf, lock) : nextRevision(lock),
              .lastUse = Clock::now(),
              .lastRefresh = Clock::now(),
              .isUnwritten = true},
             lock);
        Entry &entry = m_entries[key];
        // One is on its way: this follows it.
        if (!entry.isWriting && !isFallingBack)
            writing = beginWrite(key, entry, lock);
    }
    if (writing)
        write(*std::move(writing));
}

RedisSessionStore::Private::Writing RedisSessionStore::Private::beginWrite(const SessionKey &key,
                                                                           Entry &entry,
                                                                           const Lock &)
{
    entry.isWriting = true;
    return {.key = key, .state = entry.state, .revision = entry.revision, .begin = Clock::now()};
}

void RedisSessionStore::Private::write(Writing writing)
{
    const QByteArray key = SavedSession::keyOf(writing.key);
    const QByteArray timeToLive = QByteArray::number(qint64(options.timeToLive.count()));
    ++writing.attempts;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        options.operationTimeout - (Clock::now() - writing.begin));
    const auto timeout = std::max(left, 1ms);
    bool hasScripts = true;
    {
        const Lock lock(m_mutex);
        hasScripts = m_hasScripts;
    }
    if (!writing.state) {
        client->command(
            {"DEL"_ba, key},
            [self = shared_from_this(), writing](RedisClient::Reply reply) mutable {
                self->takeWrite(std::move(writing), std::move(reply));
            },
            {.timeout = timeout});
        return;
    }
    const SavedSession session{*writing.state, writing.revision};
    const QByteArray revision = QByteArray::number(writing.revision);
    if (hasScripts) {
        QList<QByteArray> command;
        if (writing.sendsScript)
            command << "EVAL"_ba << saveScript.toByteArray();
        else
            command << "EVALSHA"_ba << scriptId;
        command << "1"_ba << key << revision << timeToLive << session.meta() << session.json();
        client->command(
            std::move(command),
            [self = shared_from_this(), writing](RedisClient::Reply reply) mutable {
                self->takeWrite(std::move(writing), std::move(reply));
            },
            {.keyIndex = 3, .timeout = timeout});
        return;
    }
    // As servers written in Go do.
    client->pipeline(
        {{"HSET"_ba, key, "_meta"_ba, session.meta(), "state"_ba, session.json(), "rev"_ba,
          revision},
         {"PEXPIRE"_ba, key, timeToLive}},
        [self = shared_from_this(), writing](RedisClient::Reply reply) mutable {
            if (reply && reply->at(0).isError()) {
                const QByteArray text = reply->at(0).toBytes();
                reply = std::unexpected(RedisError{.kind = RedisError::Kind::Server,
                                                   .code = text.split(' ').first(),
                                                   .message = QString::fromUtf8(text)});
            }
            self->takeWrite(std::move(writing), std::move(reply));
        },
        {.timeout = timeout});
}

void RedisSessionStore::Private::takeWrite(Writing writing, RedisClient::Reply reply)
{
    if (reply) {
        // The script tells the newer revision that it has found.
        const bool isNewer = writing.state && !reply->isArray() && reply->toBytes() != "OK";
        finishWrite(writing, isNewer ? reply->toInteger() : std::nullopt);
        return;
    }
    const RedisError &error = reply.error();
    if (error.code == "NOSCRIPT" && !writing.sendsScript) {
        writing.sendsScript = true;
        write(std::move(writing));
        return;
    }
    if (isRefusalOfScripts(error)) {
        bool isNew = false;
        {
            const Lock lock(m_mutex);
            isNew = std::exchange(m_hasScripts, false);
        }
        if (isNew) {
            qCWarning(lcStore).noquote()
                << "Redis refuses scripts, so of two servers that save a state at the same time "
                   "the later one stays, not the newer:"
                << error.message;
            write(std::move(writing));
            return;
        }
    }
    if (mayRetry(error, writing.attempts, writing.begin)) {
        countRetry();
        const auto delay = delayBefore(writing.attempts);
        later(delay, [self = shared_from_this(), writing = std::move(writing)]() mutable {
            self->write(std::move(writing));
        });
        return;
    }
    giveUpWriting(writing, error);
}

void RedisSessionStore::Private::finishWrite(const Writing &writing, std::optional<qint64> newer)
{
    std::optional<Writing> next;
    bool isToContinue = false;
    {
        const Lock lock(m_mutex);
        metrics->saveDuration.record(quint64((Clock::now() - writing.begin).count()));
        if (newer) {
            metrics->conflicts.add();
            see(*newer, lock);
        }
        if (isFallingBack)
            ++m_writtenBack;
        const auto found = m_entries.find(writing.key);
        if (found != m_entries.end()) {
            if (found->revision == writing.revision) {
                found->isWriting = false;
                if (std::exchange(found->isUnwritten, false))
                    countUnwritten(-1, lock);
                // Of what was removed, or is older than what Redis has, nothing is to be kept.
                if (newer || !found->state || !options.fallbackToMemory)
                    m_entries.erase(found);
            } else {
                if (newer)
                    found->revision = nextRevision(lock); // what was saved since is the newest
                next = beginWrite(writing.key, *found, lock);
            }
        }
        if (isFallingBack && !next) {
            m_writingBack = std::max(m_writingBack - 1, 0);
            isToContinue = m_writingBack < writeBackWindow / 2;
        }
    }
    if (next)
        write(*std::move(next));
    else if (isToContinue)
        writeBack();
}

void RedisSessionStore::Private::giveUpWriting(const Writing &writing, const RedisError &error)
{
    bool isNew = false;
    {
        const Lock lock(m_mutex);
        metrics->saveErrors.add();
        metrics->saveDuration.record(quint64((Clock::now() - writing.begin).count()));
        m_writingBack = std::max(m_writingBack - 1, 0);
        m_isReachable = false;
        const auto found = m_entries.find(writing.key);
        if (found != m_entries.end()) {
            found->isWriting = false;
            // What no retry mends must not wait for ever.
            const bool isHopeless = !error.isTransient() && !isShortageOfSpace(error)
                && error.kind != RedisError::Kind::Authentication
                && error.kind != RedisError::Kind::Overflow;
            if (!options.fallbackToMemory || isHopeless) {
                if (found->isUnwritten)
                    countUnwritten(-1, lock);
                m_entries.erase(found);
                qCWarning(lcStore).noquote() << "a state of group" << writing.key.group.shortened()
                                             << "could not be saved:" << error.message;
            }
        }
        isNew = startFallback(error, lock);
    }
    if (isNew)
        later(returnInterval, [self = shared_from_this()] { self->askWhetherBack(); });
}

bool RedisSessionStore::Private::mayRetry(const RedisError &error, int attempts,
                                          Clock::time_point begin) const
{
    // After a time-out nothing of the budget is left.
    return !isFallingBack && error.isTransient() && error.kind != RedisError::Kind::TimedOut
        && attempts <= options.maxRetries
        && Clock::now() - begin + delayBefore(attempts) < options.operationTimeout;
}

void RedisSessionStore::Private::countRetry()
{
    const Lock lock(m_mutex);
    metrics->retries.add();
}

// ---- Without Redis

bool RedisSessionStore::Private::startFallback(const RedisError &reason, const Lock &)
{
    m_isReachable = false;
    m_reason = reason.message;
    if (m_ended || isFallingBack.exchange(true))
        return false;
    metrics->fallback.set(1);
    metrics->fallbacks.add();
    m_writtenBack = 0;
    m_writingBack = 0;
    qCWarning(lcStore).noquote() << (options.fallbackToMemory
                                         ? "states come from memory, Redis keeps none:"
                                         : "states are lost, Redis keeps none:")
                                 << reason.message;
    return true;
}

void RedisSessionStore::Private::askWhetherBack()
{
    client->command(
        {"PING"_ba},
        [self = shared_from_this()](const RedisClient::Reply &reply) {
            {
                const Lock lock(self->m_mutex);
                self->m_isReachable = reply.has_value();
                if (!reply)
                    self->m_reason = reply.error().message;
            }
            if (reply) {
                self->writeBack();
            }
            if (self->isFallingBack)
                self->later(returnInterval, [self] { self->askWhetherBack(); });
        },
        {.keyIndex = -1, .timeout = returnTimeout});
}

std::vector<RedisSessionStore::Private::Writing> RedisSessionStore::Private::nextToWriteBack(
    const Lock &lock)
{
    std::vector<Writing> writings;
    for (auto entry = m_entries.begin();
         entry != m_entries.end() && m_writingBack < writeBackWindow; ++entry) {
        if (!entry->isUnwritten || entry->isWriting)
            continue;
        ++m_writingBack;
        writings.push_back(beginWrite(entry.key(), *entry, lock));
    }
    return writings;
}

void RedisSessionStore::Private::writeBack()
{
    std::vector<Writing> writings;
    bool isDone = false;
    {
        const Lock lock(m_mutex);
        if (!isFallingBack || !m_isReachable)
            return;
        writings = nextToWriteBack(lock);
        isDone = writings.empty() && m_writingBack == 0;
    }
    for (Writing &writing : writings)
        write(std::move(writing));
    if (isDone)
        endFallback();
}

void RedisSessionStore::Private::endFallback()
{
    qint64 count = 0;
    std::vector<Writing> late;
    {
        const Lock lock(m_mutex);
        if (!isFallingBack.exchange(false))
            return;
        metrics->fallback.set(0);
        metrics->writtenBack.add(quint64(m_writtenBack));
        count = m_writtenBack;
        m_reason.clear();
        for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
            if (entry->isUnwritten && !entry->isWriting)
                late.push_back(beginWrite(entry.key(), *entry, lock));
        }
    }
    qCInfo(lcStore) << "Redis keeps states again; written back:" << count;
    for (Writing &writing : late)
        write(std::move(writing));
}

void RedisSessionStore::Private::later(std::chrono::milliseconds delay,
                                       std::move_only_function<void()> call)
{
    // By way of the worker, whichever thread this is.
    client->post([self = shared_from_this(), delay, call = std::move(call)]() mutable {
        QObject *timers = nullptr;
        {
            const Lock lock(self->m_mutex);
            if (self->m_ended)
                return;
            if (!self->m_timers)
                self->m_timers = new QObject;
            timers = self->m_timers;
        }
        const auto shared = std::make_shared<std::move_only_function<void()>>(std::move(call));
        QTimer::singleShot(delay, timers, [shared] { (*shared)(); });
    });
}

void RedisSessionStore::Private::end()
{
    QObject *timers = nullptr;
    {
        const Lock lock(m_mutex);
        m_ended = true;
        timers = std::exchange(m_timers, nullptr);
    }
    // With what waits in it, which holds this store.
    client->post([timers] { delete timers; });
}

void RedisSessionStore::Private::ping(Pinged pinged)
{
    std::optional<QString> reason;
    {
        const Lock lock(m_mutex);
        if (isFallingBack)
            reason = m_reason;
    }
    if (reason) {
        pinged(std::unexpected(*reason));
        return;
    }
    client->command(
        {"PING"_ba},
        [pinged = std::move(pinged)](const RedisClient::Reply &reply) mutable {
            if (reply)
                pinged({});
            else
                pinged(std::unexpected(reply.error().message));
        },
        {.keyIndex = -1, .timeout = pingTimeout});
}

bool RedisSessionStore::Private::flush(std::chrono::milliseconds timeout)
{
    Lock lock(m_mutex);
    return m_written.wait_for(lock, timeout, [this] { return m_unwritten == 0; });
}

// ---- Listing

namespace {

/// All keys of all nodes, step by step.
class Listing : public std::enable_shared_from_this<Listing>
{
public:
    Listing(RedisClient *client, SessionStore::Listed listed)
        : m_client(client)
        , m_listed(std::move(listed))
    {
    }

    void start()
    {
        m_client->commandOnAllMasters(scan("0"_ba),
                                      [self = shared_from_this()](RedisClient::Reply reply) {
                                          self->takeFirst(std::move(reply));
                                      });
    }

private:
    static QList<QByteArray> scan(const QByteArray &cursor)
    {
        return {"SCAN"_ba, cursor, "MATCH"_ba,
                SavedSession::keyPrefix.toByteArray() + '*', "COUNT"_ba, scanCount};
    }

    void takeFirst(RedisClient::Reply reply)
    {
        if (!reply) {
            finish(reply.error().message);
            return;
        }
        m_open = reply->toArray().size();
        for (const RedisValue &node : reply->toArray())
            take(node.at(0).toBytes(), node.at(1));
        if (m_open == 0)
            finish({});
    }

    void take(const QByteArray &node, const RedisValue &step)
    {
        if (step.isError()) {
            m_error = QString::fromUtf8(step.toBytes());
            close();
            return;
        }
        for (const RedisValue &key : step.at(1).toArray()) {
            if (auto parsed = SavedSession::parseKey(key.toBytes()))
                m_keys.insert(*std::move(parsed));
        }
        const QByteArray cursor = step.at(0).toBytes();
        if (cursor == "0" || cursor.isEmpty()) {
            close();
            return;
        }
        m_client->commandOnNode(node, scan(cursor),
                                [self = shared_from_this(), node](RedisClient::Reply reply) {
                                    if (reply) {
                                        self->take(node, *reply);
                                        return;
                                    }
                                    self->m_error = reply.error().message;
                                    self->close();
                                });
    }

    void close()
    {
        if (--m_open == 0)
            finish(m_error);
    }

    void finish(const QString &error)
    {
        if (!m_listed)
            return;
        auto listed = std::exchange(m_listed, nullptr);
        if (error.isEmpty())
            listed(QList<SessionKey>(m_keys.cbegin(), m_keys.cend()));
        else
            listed(std::unexpected(error));
    }

    RedisClient *m_client;
    SessionStore::Listed m_listed;
    /// SCAN may tell a key more than once.
    QSet<SessionKey> m_keys;
    qsizetype m_open = 0;
    QString m_error;
};

} // namespace

// ---- The store

RedisSessionStore::RedisSessionStore(std::shared_ptr<RedisClient> client,
                                     RedisSessionStoreOptions options)
    : m_client(std::move(client))
    , d(std::make_shared<Private>(m_client.get(), options))
{
}

RedisSessionStore::~RedisSessionStore()
{
    d->end();
}

void RedisSessionStore::load(const SessionKey &key, Loaded loaded)
{
    d->load(key, std::move(loaded));
}

void RedisSessionStore::save(const SessionKey &key, const QJsonObject &state)
{
    d->save(key, state);
}

void RedisSessionStore::saveAsOf(const SessionKey &key, const QJsonObject &state,
                                 std::chrono::sys_time<std::chrono::microseconds> asOf)
{
    d->save(key, state, asOf.time_since_epoch().count());
}

void RedisSessionStore::remove(const SessionKey &key)
{
    d->save(key, std::nullopt);
}

void RedisSessionStore::list(Listed listed)
{
    std::make_shared<Listing>(d->client, std::move(listed))->start();
}

void RedisSessionStore::ping(Pinged pinged)
{
    d->ping(std::move(pinged));
}

bool RedisSessionStore::isFallingBack() const
{
    return d->isFallingBack;
}

bool RedisSessionStore::flush(std::chrono::milliseconds timeout)
{
    return d->flush(timeout);
}

std::shared_ptr<const SessionStoreMetrics> RedisSessionStore::metrics() const
{
    return d->metrics;
}

} // namespace LiveTemplate
