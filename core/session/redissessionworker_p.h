// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "logthrottle_p.h"
#include "redisclient.h"
#include "redissessionstore.h"
#include "redisstate_p.h"
#include "sessionstoremetrics_p.h"

#include <QHash>
#include <QSet>

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <thread>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace LiveTemplate {

/// What a RedisSessionStore does, in the Redis worker's thread. Outlives it while answers of Redis
/// are waited for.
///
/// A save is kept here until Redis has it; of one key only one is on its way, and the next takes
/// whatever is the newest then. That makes a removal a save of nothing.
class RedisSessionWorker : public std::enable_shared_from_this<RedisSessionWorker>
{
public:
    using Clock = std::chrono::steady_clock;
    using Loaded = SessionStore::Loaded;
    using Flushed = std::shared_ptr<std::promise<void>>;

    /// @p client must live until stop() has been called in its worker's thread.
    RedisSessionWorker(RedisClient &client, RedisSessionStoreOptions options);
    ~RedisSessionWorker();
    Q_DISABLE_COPY_MOVE(RedisSessionWorker)

    // From any thread.

    const std::shared_ptr<SessionStoreMetrics> metrics;
    /// Whether this is the worker's thread.
    [[nodiscard]] bool isInThread() const { return std::this_thread::get_id() == m_thread; }

    // In the worker's thread. Times are those at which the calls came.

    void start();
    /// Answers all that is outstanding. Further calls are answered at once.
    void stop();
    void load(const QByteArray &key, Loaded loaded, Clock::time_point time);
    /// As of now, or of the microseconds since 1970 that @p asOf says.
    void save(const QByteArray &key, const QJsonObject &state, Clock::time_point time,
              qint64 asOf = 0);
    void remove(const QByteArray &key, Clock::time_point time);
    void list(SessionStore::Listed listed);
    void ping(SessionStore::Pinged pinged);
    void flush(const Flushed &flushed);

private:
    enum class Mode {
        /// Redis is used.
        Normal,
        /// Redis is gone.
        Gone,
        /// Redis is back, and what it missed is being written.
        WritingBack,
    };

    /// A state in memory.
    struct Entry
    {
        /// Compact; empty when the state was removed.
        QByteArray json;
        qint64 revision = 0;
        Clock::time_point lastUse;
        Clock::time_point savedAt;
        /// Redis has not got it yet, or not answered yet.
        bool isUnwritten = false;
        /// Redis' answer, or the next attempt, is waited for.
        bool isOnItsWay = false;
    };
    using Entries = QHash<QByteArray, Entry>;

    /// One save, from its first attempt to its end.
    struct Write
    {
        QByteArray key;
        qint64 revision = 0;
        Clock::time_point startedAt;
        /// Of the mode that it was begun in.
        quint64 epoch = 0;
        int retries = 0;
        bool withSource = false;
    };

    struct Load
    {
        QByteArray key;
        Loaded loaded;
        Clock::time_point startedAt;
        Clock::time_point deadline;
        int retries = 0;
    };

    struct Listing;

    // Loads
    void request(quint64 number);
    void handleLoaded(quint64 number, const RedisClient::Reply &reply);
    void handleLoadError(quint64 number, const RedisError &error);
    void take(quint64 number, const RedisState &found);
    void takeNothing(quint64 number);
    void answer(quint64 number, std::optional<QJsonObject> state);
    void answerFromMemory(quint64 number);
    void refresh(const QByteArray &key);
    void removeOldForm(const QByteArray &key);

    // Saves
    void put(const QByteArray &key, const QByteArray &json, Clock::time_point time,
             qint64 asOf = 0);
    void beginWrite(const QByteArray &key);
    void send(const Write &write);
    void sendWithoutScript(const Write &write, const Entry &entry);
    void handleWritten(Write write, const RedisClient::Reply &reply);
    void handleWriteError(Write write, const RedisError &error);
    void giveUp(const QByteArray &key, const RedisError &error);
    void setUnwritten(Entry &entry, bool isUnwritten);

    // Memory
    [[nodiscard]] Entry *findCopy(const QByteArray &key);
    [[nodiscard]] static std::optional<QJsonObject> stateOf(const Entry &entry);
    void erase(Entries::iterator entry);
    void makeRoom();
    void sweepWhenDue();

    // Redis being gone
    void enterGone(const QByteArray &key, Clock::time_point since, const RedisError &error);
    void look();
    void enterWritingBack();
    void writeBack();
    void enterNormal();

    [[nodiscard]] qint64 nextRevision();
    void observe(qint64 revision);
    [[nodiscard]] std::chrono::milliseconds remaining(Clock::time_point deadline) const;
    template<typename Call>
    void later(std::chrono::milliseconds delay, Call call);
    void scan(const std::shared_ptr<Listing> &listing, const QByteArray &node,
              const QByteArray &cursor);
    void finishListing(const std::shared_ptr<Listing> &listing);

    RedisClient &m_client;
    const RedisSessionStoreOptions m_options;
    std::atomic<std::thread::id> m_thread;

    bool m_isRunning = false;
    /// What delayed calls belong to.
    std::unique_ptr<QObject> m_context;
    Mode m_mode = Mode::Normal;
    /// Counts changes of the mode: what was begun in another one does not change it.
    quint64 m_epoch = 0;
    /// Redis has answered once.
    bool m_hasAnswered = false;
    /// The greatest that was seen or given.
    qint64 m_lastRevision = 0;
    Entries m_entries;
    Clock::time_point m_lastSweep;
    qint64 m_unwritten = 0;
    quint64 m_lastLoad = 0;
    QHash<quint64, std::shared_ptr<Load>> m_loads;
    std::vector<Flushed> m_flushes;
    /// Keys whose time to live was set anew since then.
    QSet<QByteArray> m_refreshed;
    Clock::time_point m_refreshedSince;
    bool m_scriptsRefused = false;
    LogThrottle m_loadLog;
    LogThrottle m_saveLog;
    LogThrottle m_formLog;
    LogThrottle m_roomLog;
    bool m_oldFormLogged = false;

    // While Redis is gone
    Clock::time_point m_goneSince;
    QString m_goneReason;
    /// It only takes no writes.
    bool m_canRead = false;
    /// Of whom it was found out.
    QByteArray m_goneKey;
    std::unique_ptr<QTimer> m_lookTimer;
    bool m_isLooking = false;
    std::deque<QByteArray> m_backlog;
    int m_writingBack = 0;
    /// At once. Of a Redis that may still refuse, one is asked first.
    int m_writingBackLimit = 1;
    quint64 m_writtenBack = 0;
};

} // namespace LiveTemplate
