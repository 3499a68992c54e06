// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redissessionworker_p.h"

#include "sessionlogging_p.h"

#include <QJsonDocument>
#include <QTimer>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// How often Redis is asked whether it is back.
constexpr auto lookInterval = 500ms;
/// How long ping() waits; a probe of the scaling guide's does as long.
constexpr auto pingTimeout = 3s;
/// Writes at once when Redis is back: enough to keep it busy, and no more than delays the saves of
/// people by some milliseconds.
constexpr int writingBackLimit = 256;
/// A use need not lengthen the time to live more often (PROTOCOL.md F.4).
constexpr auto refreshInterval = 1s;
/// A pattern of SCAN.
QByteArray anySessionKey()
{
    return sessionKeyPrefix.toByteArray() + '*';
}

/// A revision from further ahead was made by a clock that is wrong, and would win for as long.
constexpr qint64 greatestRevisionLead = qint64(24) * 3600 * 1'000'000;

qint64 currentMicroseconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::floor<std::chrono::microseconds>(now).count();
}

/// Whether scripts are not for us: no permission, or not known to what only looks like Redis.
bool refusesScripts(const RedisError &error)
{
    return error.kind == RedisError::Kind::Server
        && (error.code == "NOPERM" || error.message.contains("unknown command"_L1));
}

/// Whether Redis refuses this very state for good, and may take others.
bool isFinal(const RedisError &error)
{
    static constexpr auto general = std::to_array<QByteArrayView>(
        {"OOM", "MISCONF", "NOPERM", "NOAUTH", "DENIED", "NOREPLICAS"});
    return error.kind == RedisError::Kind::Server && !error.isTransient()
        && std::ranges::find(general, error.code) == general.end();
}

/// Whether a Redis that refuses a write so answers reads.
bool canBeRead(const RedisError &error)
{
    static constexpr auto ofWrites = std::to_array<QByteArrayView>(
        {"OOM", "MISCONF", "NOPERM", "READONLY", "NOREPLICAS"});
    return error.kind == RedisError::Kind::Server
        && std::ranges::find(ofWrites, error.code) != ofWrites.end();
}

} // namespace

/// The keys on all masters, as they come together.
struct RedisSessionWorker::Listing
{
    SessionStore::Listed listed;
    QSet<QByteArray> keys;
    /// Scans whose answer is waited for.
    int outstanding = 0;
    QString error;
};

RedisSessionWorker::RedisSessionWorker(RedisClient &client, RedisSessionStoreOptions options)
    : metrics(std::make_shared<SessionStoreMetrics>())
    , m_client(client)
    , m_options(options)
{
}

RedisSessionWorker::~RedisSessionWorker() = default;

void RedisSessionWorker::start()
{
    m_thread = std::this_thread::get_id();
    m_isRunning = true;
    m_context = std::make_unique<QObject>();
    m_lookTimer = std::make_unique<QTimer>();
    QObject::connect(m_lookTimer.get(), &QTimer::timeout, m_lookTimer.get(), [this] { look(); });
    m_lastSweep = Clock::now();
    m_refreshedSince = m_lastSweep;
}

void RedisSessionWorker::stop()
{
    if (!std::exchange(m_isRunning, false))
        return;
    m_context.reset();
    m_lookTimer.reset();
    for (const quint64 number : m_loads.keys())
        answerFromMemory(number);
    for (const Flushed &flushed : std::exchange(m_flushes, {}))
        flushed->set_value();
}

template<typename Call>
void RedisSessionWorker::later(std::chrono::milliseconds delay, Call call)
{
    QTimer::singleShot(delay, m_context.get(), std::move(call));
}

std::chrono::milliseconds RedisSessionWorker::remaining(Clock::time_point deadline) const
{
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()), 1ms);
}

qint64 RedisSessionWorker::nextRevision()
{
    m_lastRevision = std::max(currentMicroseconds(), m_lastRevision + 1);
    return m_lastRevision;
}

void RedisSessionWorker::observe(qint64 revision)
{
    if (revision <= currentMicroseconds() + greatestRevisionLead)
        m_lastRevision = std::max(m_lastRevision, revision);
}

// ---------------------------------------------------------------------------------------- Loads

void RedisSessionWorker::load(const QByteArray &key, Loaded loaded, Clock::time_point time)
{
    if (!m_isRunning) {
        loaded(std::nullopt);
        return;
    }
    metrics->loads.add();
    sweepWhenDue();
    const quint64 number = ++m_lastLoad;
    auto &load = m_loads[number];
    load = std::make_shared<Load>(
        Load{key, std::move(loaded), time, time + m_options.operationTimeout});

    Entry *const copy = findCopy(key);
    if (copy && copy->isUnwritten) {
        answerFromMemory(number);
        return;
    }
    if (m_mode == Mode::Normal && copy && m_hasAnswered && !m_client.isConnected()) {
        enterGone(key, time,
                  {.kind = RedisError::Kind::Disconnected, .message = m_client.errorString()});
        return; // which has answered
    }
    if (m_mode == Mode::Gone && !m_canRead) {
        load->deadline = m_goneSince + m_options.operationTimeout;
        if (copy || load->deadline <= Clock::now()) {
            answerFromMemory(number);
            return;
        }
    }
    request(number);
}

void RedisSessionWorker::request(quint64 number)
{
    const auto load = m_loads.value(number);
    if (!load)
        return;
    RedisClient::CommandOptions how;
    how.timeout = remaining(load->deadline);
    how.waitForConnection = true;
    m_client.command(
        {"HGETALL"_ba, load->key},
        [self = shared_from_this(), number](const RedisClient::Reply &reply) {
            self->handleLoaded(number, reply);
        },
        how);
}

void RedisSessionWorker::handleLoaded(quint64 number, const RedisClient::Reply &reply)
{
    const auto load = m_loads.value(number);
    if (!load)
        return; // answered meanwhile
    if (!reply) {
        handleLoadError(number, reply.error());
        return;
    }
    m_hasAnswered = true;
    const Entry *const copy = findCopy(load->key);
    if (copy && copy->isUnwritten) {
        answerFromMemory(number);
        return;
    }
    const auto found = RedisState::read(*reply);
    if (found && *found) {
        take(number, **found);
        return;
    }
    if (!found) {
        if (const quint64 count = m_formLog.count()) {
            qCWarning(lcSession,
                      "%llu saved states in Redis cannot be read and count as none; of the last, "
                      "%ls",
                      static_cast<unsigned long long>(count), qUtf16Printable(found.error()));
        }
    }
    takeNothing(number);
}

void RedisSessionWorker::take(quint64 number, const RedisState &found)
{
    const QByteArray key = m_loads.value(number)->key;
    observe(found.revision);
    const auto entry = m_entries.find(key);
    if (entry != m_entries.end() && found.hasRevision && entry->revision > found.revision) {
        // Redis had it, and has an older one now: a failover has lost the newer.
        setUnwritten(*entry, true);
        answerFromMemory(number);
        beginWrite(key);
        return;
    }
    if (m_options.fallbackToMemory) {
        Entry &copy = m_entries[key];
        copy.json = found.json;
        copy.revision = found.revision;
        copy.lastUse = Clock::now();
        makeRoom();
    }
    refresh(key);
    answer(number, found.state);
}

void RedisSessionWorker::takeNothing(quint64 number)
{
    const auto entry = m_entries.find(m_loads.value(number)->key);
    if (entry != m_entries.end())
        erase(entry);
    answer(number, std::nullopt);
}

void RedisSessionWorker::handleLoadError(quint64 number, const RedisError &error)
{
    const auto load = m_loads.value(number);
    if (!m_isRunning)
        return;
    if (error.kind == RedisError::Kind::Server && error.code == "WRONGTYPE") {
        m_hasAnswered = true;
        removeOldForm(load->key);
        takeNothing(number);
        return;
    }
    const auto delay = m_options.retryDelay * (1 << std::min(load->retries, 16));
    if (error.isTransient() && load->retries < m_options.maxRetries
        && Clock::now() + delay < load->deadline) {
        ++load->retries;
        metrics->retries.add();
        later(delay, [this, number] { request(number); });
        return;
    }
    metrics->loadErrors.add();
    if (m_options.fallbackToMemory
        && (error.kind != RedisError::Kind::Server || error.isTransient())) {
        enterGone(load->key, load->startedAt, error);
    } else if (const quint64 count = m_loadLog.count()) {
        qCWarning(lcSession, "%llu saved states could not be loaded. %ls",
                  static_cast<unsigned long long>(count), qUtf16Printable(error.message));
    }
    answerFromMemory(number);
}

void RedisSessionWorker::answer(quint64 number, std::optional<QJsonObject> state)
{
    const auto load = m_loads.take(number);
    if (!load)
        return;
    metrics->loadDuration.record(
        quint64(std::chrono::nanoseconds(Clock::now() - load->startedAt).count()));
    load->loaded(std::move(state));
}

void RedisSessionWorker::answerFromMemory(quint64 number)
{
    const auto load = m_loads.value(number);
    if (!load)
        return;
    Entry *const copy = findCopy(load->key);
    if (!copy) {
        answer(number, std::nullopt);
        return;
    }
    copy->lastUse = Clock::now();
    answer(number, stateOf(*copy));
}

void RedisSessionWorker::refresh(const QByteArray &key)
{
    const auto now = Clock::now();
    if (now - m_refreshedSince >= refreshInterval) {
        m_refreshed.clear();
        m_refreshedSince = now;
    }
    if (m_refreshed.contains(key))
        return;
    m_refreshed.insert(key);
    m_client.command({"PEXPIRE"_ba, key,
                      QByteArray::number(qlonglong(m_options.timeToLive.count()))},
                     [](const RedisClient::Reply &) {});
}

void RedisSessionWorker::removeOldForm(const QByteArray &key)
{
    if (!std::exchange(m_oldFormLogged, true)) {
        qCInfo(lcSession,
               "There are states in Redis that an old Go server has saved in another form; they "
               "count as none and are removed.");
    }
    // A save may come in between, so that it must be looked at and removed in one go.
    RedisClient::CommandOptions how;
    how.keyIndex = 3;
    m_client.command(
        {"EVAL"_ba, removeStringScript(), "1"_ba, key}, [](const RedisClient::Reply &) {}, how);
    // By itself, because in a Cluster it is somewhere else.
    m_client.command({"DEL"_ba, key + ":access"}, [](const RedisClient::Reply &) {});
}

// ---------------------------------------------------------------------------------------- Saves

void RedisSessionWorker::save(const QByteArray &key, const QJsonObject &state,
                              Clock::time_point time, qint64 asOf)
{
    if (!m_isRunning)
        return;
    metrics->saves.add();
    sweepWhenDue();
    put(key, QJsonDocument(state).toJson(QJsonDocument::Compact), time, asOf);
}

void RedisSessionWorker::remove(const QByteArray &key, Clock::time_point time)
{
    if (!m_isRunning)
        return;
    put(key, {}, time);
    if (m_mode == Mode::Normal)
        m_client.command({"DEL"_ba, key + ":access"}, [](const RedisClient::Reply &) {});
}

void RedisSessionWorker::put(const QByteArray &key, const QByteArray &json, Clock::time_point time,
                             qint64 asOf)
{
    Entry &entry = m_entries[key];
    entry.json = json;
    // A state has in it what this server knew before, so it is newer than that.
    entry.revision = asOf > 0 ? std::max(asOf, entry.revision + 1) : nextRevision();
    observe(entry.revision);
    entry.lastUse = Clock::now();
    entry.savedAt = time;
    setUnwritten(entry, true);
    makeRoom();
    beginWrite(key);
}

void RedisSessionWorker::beginWrite(const QByteArray &key)
{
    const auto entry = m_entries.find(key);
    if (!m_isRunning || entry == m_entries.end() || !entry->isUnwritten || entry->isOnItsWay)
        return;
    switch (m_mode) {
    case Mode::Normal:
        send({.key = key, .startedAt = Clock::now(), .epoch = m_epoch});
        break;
    case Mode::Gone:
        break; // enterWritingBack() will find it
    case Mode::WritingBack:
        m_backlog.push_back(key);
        writeBack();
        break;
    }
}

void RedisSessionWorker::send(const Write &given)
{
    const auto entry = m_entries.find(given.key);
    Write write = given;
    write.revision = entry->revision;
    entry->isOnItsWay = true;
    // Whoever removes wants it to be gone; only when Redis missed that, somebody may have saved
    // since.
    const bool isPlainRemoval = entry->json.isEmpty() && m_mode == Mode::Normal;
    if (m_scriptsRefused || isPlainRemoval) {
        sendWithoutScript(write, *entry);
        return;
    }
    RedisClient::CommandOptions how;
    how.keyIndex = 3;
    how.timeout = remaining(write.startedAt + m_options.operationTimeout);
    how.waitForConnection = true;
    m_client.command(
        {write.withSource ? "EVAL"_ba : "EVALSHA"_ba,
         write.withSource ? saveScript() : saveScriptHash(), "1"_ba, write.key,
         QByteArray::number(write.revision), RedisState::meta(std::chrono::system_clock::now()),
         entry->json, QByteArray::number(qlonglong(m_options.timeToLive.count())),
         QByteArray::number(currentMicroseconds() + greatestRevisionLead)},
        [self = shared_from_this(), write](const RedisClient::Reply &reply) {
            self->handleWritten(write, reply);
        },
        how);
}

void RedisSessionWorker::sendWithoutScript(const Write &write, const Entry &entry)
{
    QList<QList<QByteArray>> commands{{"DEL"_ba, write.key}};
    if (!entry.json.isEmpty()) {
        commands.append({"HSET"_ba, write.key, "_meta"_ba,
                         RedisState::meta(std::chrono::system_clock::now()), "state"_ba, entry.json,
                         "rev"_ba, QByteArray::number(write.revision)});
        commands.append(
            {"PEXPIRE"_ba, write.key, QByteArray::number(qlonglong(m_options.timeToLive.count()))});
    }
    RedisClient::CommandOptions how;
    how.timeout = remaining(write.startedAt + m_options.operationTimeout);
    how.waitForConnection = true;
    m_client.pipeline(
        std::move(commands),
        [self = shared_from_this(), write](RedisClient::Reply reply) {
            // Any that failed counts as all.
            if (reply) {
                for (const RedisValue &part : reply->toArray()) {
                    if (!part.isError())
                        continue;
                    const QByteArray text = part.toBytes();
                    reply = std::unexpected(RedisError{.kind = RedisError::Kind::Server,
                                                       .code = text.left(text.indexOf(' ')),
                                                       .message = QString::fromUtf8(text)});
                    break;
                }
            }
            if (reply)
                reply = RedisValue(write.revision);
            self->handleWritten(write, reply);
        },
        how);
}

void RedisSessionWorker::handleWritten(Write write, const RedisClient::Reply &reply)
{
    if (!m_isRunning)
        return;
    const bool isOfThisMode = write.epoch == m_epoch;
    if (!reply) {
        handleWriteError(std::move(write), reply.error());
        return;
    }
    m_hasAnswered = true;
    if (isOfThisMode && m_mode == Mode::WritingBack) {
        --m_writingBack;
        ++m_writtenBack;
        metrics->writtenBack.add();
        m_writingBackLimit = writingBackLimit;
    }
    const qint64 kept = reply->toInteger().value_or(write.revision);
    const bool isConflict = kept > write.revision;
    if (isConflict) {
        metrics->conflicts.add();
        observe(kept);
    }
    const auto entry = m_entries.find(write.key);
    if (entry != m_entries.end()) {
        entry->isOnItsWay = false;
        if (entry->revision != write.revision) {
            beginWrite(write.key); // saved again meanwhile
        } else {
            metrics->saveDuration.record(
                quint64(std::chrono::nanoseconds(Clock::now() - entry->savedAt).count()));
            setUnwritten(*entry, false);
            // What is the newest now is not known here.
            if (entry->json.isEmpty() || isConflict || !m_options.fallbackToMemory)
                erase(entry);
        }
    }
    if (m_mode == Mode::WritingBack)
        writeBack();
}

void RedisSessionWorker::handleWriteError(Write write, const RedisError &error)
{
    const bool isOfThisMode = write.epoch == m_epoch;
    const auto entry = m_entries.find(write.key);
    if (entry == m_entries.end()) {
        // There was no room for it, or its time is over.
        if (isOfThisMode && m_mode == Mode::WritingBack) {
            --m_writingBack;
            writeBack();
        }
        return;
    }
    if (error.code == "NOSCRIPT" && !write.withSource) {
        write.withSource = true;
        send(write);
        return;
    }
    if (!m_scriptsRefused && refusesScripts(error)) {
        m_scriptsRefused = true;
        qCWarning(lcSession,
                  "Redis lets us run no scripts, so that of two servers that save at the same time "
                  "the later one wins, be its state the newer or not. %ls",
                  qUtf16Printable(error.message));
        send(write);
        return;
    }
    if (!isOfThisMode) {
        // The mode has changed for good reasons since; this is not a new one.
        entry->isOnItsWay = false;
        beginWrite(write.key);
        return;
    }
    const auto delay = m_options.retryDelay * (1 << std::min(write.retries, 16));
    if (m_mode == Mode::Normal && error.isTransient() && write.retries < m_options.maxRetries
        && Clock::now() + delay < write.startedAt + m_options.operationTimeout) {
        ++write.retries;
        metrics->retries.add();
        later(delay, [this, write] {
            const auto waiting = m_entries.find(write.key);
            if (waiting == m_entries.end())
                return;
            waiting->isOnItsWay = false;
            if (write.epoch == m_epoch)
                send(write);
            else
                beginWrite(write.key);
        });
        return;
    }
    entry->isOnItsWay = false;
    metrics->saveErrors.add();
    if (m_mode == Mode::WritingBack)
        --m_writingBack;
    if (!m_options.fallbackToMemory || isFinal(error)) {
        giveUp(write.key, error);
        if (m_mode == Mode::WritingBack)
            writeBack();
        return;
    }
    enterGone(write.key, write.startedAt, error);
}

void RedisSessionWorker::giveUp(const QByteArray &key, const RedisError &error)
{
    metrics->lost.add();
    if (const quint64 count = m_saveLog.count()) {
        qCWarning(lcSession, "%llu states could not be saved. %ls",
                  static_cast<unsigned long long>(count), qUtf16Printable(error.message));
    }
    const auto entry = m_entries.find(key);
    setUnwritten(*entry, false);
    erase(entry);
}

void RedisSessionWorker::setUnwritten(Entry &entry, bool isUnwritten)
{
    if (std::exchange(entry.isUnwritten, isUnwritten) == isUnwritten)
        return;
    m_unwritten += isUnwritten ? 1 : -1;
    metrics->unwritten.set(m_unwritten);
    if (m_unwritten > 0)
        return;
    for (const Flushed &flushed : std::exchange(m_flushes, {}))
        flushed->set_value();
}

void RedisSessionWorker::flush(const Flushed &flushed)
{
    if (!m_isRunning || m_unwritten == 0) {
        flushed->set_value();
        return;
    }
    m_flushes.push_back(flushed);
    if (m_mode == Mode::Gone)
        look();
}

// --------------------------------------------------------------------------------------- Memory

RedisSessionWorker::Entry *RedisSessionWorker::findCopy(const QByteArray &key)
{
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end())
        return nullptr;
    if (Clock::now() - entry->lastUse >= m_options.timeToLive) {
        erase(entry);
        return nullptr;
    }
    return &*entry;
}

std::optional<QJsonObject> RedisSessionWorker::stateOf(const Entry &entry)
{
    if (entry.json.isEmpty())
        return std::nullopt;
    return QJsonDocument::fromJson(entry.json).object();
}

void RedisSessionWorker::erase(Entries::iterator entry)
{
    setUnwritten(*entry, false);
    m_entries.erase(entry);
    metrics->copies.set(m_entries.size());
}

void RedisSessionWorker::makeRoom()
{
    metrics->copies.set(m_entries.size());
    if (m_entries.size() <= std::max(m_options.maxEntries, qsizetype(1)))
        return;
    // One pass over all of them for each sixteenth that comes; those that Redis has go first.
    std::vector<std::pair<bool, Clock::time_point>> order;
    order.reserve(std::size_t(m_entries.size()));
    for (const Entry &entry : std::as_const(m_entries))
        order.emplace_back(entry.isUnwritten, entry.lastUse);
    const auto last = order.begin() + std::ptrdiff_t(order.size() / 16);
    std::ranges::nth_element(order, last);
    const auto limit = *last;
    quint64 lost = 0;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (std::pair(entry->isUnwritten, entry->lastUse) > limit) {
            ++entry;
            continue;
        }
        if (entry->isUnwritten) {
            ++lost;
            setUnwritten(*entry, false);
        }
        entry = m_entries.erase(entry);
    }
    metrics->copies.set(m_entries.size());
    if (lost == 0)
        return;
    metrics->lost.add(lost);
    if (const quint64 count = m_roomLog.count(lost)) {
        qCWarning(lcSession,
                  "Too many states wait for Redis: %llu that were not used for the longest time "
                  "were forgotten.",
                  static_cast<unsigned long long>(count));
    }
}

void RedisSessionWorker::sweepWhenDue()
{
    const auto now = Clock::now();
    if (now - m_lastSweep < m_options.timeToLive / 60)
        return;
    m_lastSweep = now;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (now - entry->lastUse < m_options.timeToLive) {
            ++entry;
            continue;
        }
        setUnwritten(*entry, false);
        entry = m_entries.erase(entry);
    }
    metrics->copies.set(m_entries.size());
}

// --------------------------------------------------------------------------- Redis being gone

void RedisSessionWorker::enterGone(const QByteArray &key, Clock::time_point since,
                                   const RedisError &error)
{
    const bool couldRead = m_mode == Mode::Normal || m_canRead;
    m_canRead = canBeRead(error) && couldRead;
    if (couldRead && !m_canRead)
        m_goneSince = since;
    if (m_mode == Mode::Gone)
        return;
    m_goneKey = key;
    m_goneReason = error.message;
    if (m_mode == Mode::Normal) {
        qCWarning(lcSession, "Saved states are kept in memory only, until Redis takes them. %ls",
                  qUtf16Printable(error.message));
        metrics->fallbacks.add();
        metrics->fallback.set(1);
    }
    m_mode = Mode::Gone;
    ++m_epoch;
    m_backlog.clear();
    m_lookTimer->start(lookInterval);
    if (m_canRead)
        return;
    for (const quint64 number : m_loads.keys()) {
        if (findCopy(m_loads.value(number)->key))
            answerFromMemory(number);
    }
}

void RedisSessionWorker::look()
{
    if (m_mode != Mode::Gone || std::exchange(m_isLooking, true))
        return;
    // Of the key that it failed with: in a Cluster some nodes may be there and others not.
    RedisClient::CommandOptions how;
    how.timeout = std::min<std::chrono::milliseconds>(m_options.operationTimeout, 1s);
    m_client.command(
        {"HGET"_ba, m_goneKey, "rev"_ba},
        [self = shared_from_this()](const RedisClient::Reply &reply) {
            self->m_isLooking = false;
            if (!self->m_isRunning || self->m_mode != Mode::Gone)
                return;
            const bool isThere = reply
                || (reply.error().kind == RedisError::Kind::Server && !reply.error().isTransient());
            if (isThere)
                self->enterWritingBack();
        },
        how);
}

void RedisSessionWorker::enterWritingBack()
{
    m_mode = Mode::WritingBack;
    ++m_epoch;
    m_lookTimer->stop();
    m_backlog.clear();
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        if (entry->isUnwritten && !entry->isOnItsWay)
            m_backlog.push_back(entry.key());
    }
    m_writingBack = 0;
    m_writingBackLimit = 1;
    writeBack();
}

void RedisSessionWorker::writeBack()
{
    while (m_mode == Mode::WritingBack && m_writingBack < m_writingBackLimit
           && !m_backlog.empty()) {
        const QByteArray key = m_backlog.front();
        m_backlog.pop_front();
        const auto entry = m_entries.constFind(key);
        if (entry == m_entries.cend() || !entry->isUnwritten || entry->isOnItsWay)
            continue;
        ++m_writingBack;
        send({.key = key, .startedAt = Clock::now(), .epoch = m_epoch});
    }
    if (m_mode == Mode::WritingBack && m_writingBack == 0 && m_backlog.empty())
        enterNormal();
}

void RedisSessionWorker::enterNormal()
{
    m_mode = Mode::Normal;
    ++m_epoch;
    m_goneReason.clear();
    m_canRead = false;
    qCInfo(lcSession, "Redis takes saved states again; %llu that it missed were written.",
           static_cast<unsigned long long>(std::exchange(m_writtenBack, 0)));
    metrics->fallback.set(0);
}

// ------------------------------------------------------------------------------------ For people

void RedisSessionWorker::ping(SessionStore::Pinged pinged)
{
    if (!m_isRunning) {
        pinged(std::unexpected(u"The session store was closed."_s));
        return;
    }
    if (m_mode != Mode::Normal) {
        pinged(std::unexpected(u"Saved states are kept in memory only. "_s + m_goneReason));
        return;
    }
    RedisClient::CommandOptions how;
    how.keyIndex = -1;
    how.timeout = pingTimeout;
    m_client.command(
        {"PING"_ba},
        [pinged = std::move(pinged)](const RedisClient::Reply &reply) mutable {
            if (reply)
                pinged({});
            else
                pinged(std::unexpected(reply.error().message));
        },
        how);
}

void RedisSessionWorker::list(SessionStore::Listed listed)
{
    if (!m_isRunning) {
        listed(std::unexpected(u"The session store was closed."_s));
        return;
    }
    auto listing = std::make_shared<Listing>();
    listing->listed = std::move(listed);
    ++listing->outstanding;
    m_client.commandOnAllMasters(
        {"SCAN"_ba, "0"_ba, "MATCH"_ba, anySessionKey(), "COUNT"_ba, "1000"_ba},
        [self = shared_from_this(), listing](const RedisClient::Reply &reply) {
            if (!reply)
                listing->error = reply.error().message;
            const RedisValue none;
            for (const RedisValue &answer : (reply ? *reply : none).toArray()) {
                const RedisValue &page = answer.at(1);
                if (page.isError())
                    listing->error = QString::fromUtf8(page.toBytes());
                for (const RedisValue &key : page.at(1).toArray())
                    listing->keys.insert(key.toBytes());
                self->scan(listing, answer.at(0).toBytes(), page.at(0).toBytes());
            }
            --listing->outstanding;
            self->finishListing(listing);
        });
}

void RedisSessionWorker::scan(const std::shared_ptr<Listing> &listing, const QByteArray &node,
                              const QByteArray &cursor)
{
    if (!m_isRunning || !listing->error.isEmpty() || cursor.isEmpty() || cursor == "0")
        return;
    ++listing->outstanding;
    m_client.commandOnNode(
        node, {"SCAN"_ba, cursor, "MATCH"_ba, anySessionKey(), "COUNT"_ba, "1000"_ba},
        [self = shared_from_this(), listing, node](const RedisClient::Reply &reply) {
            if (reply) {
                for (const RedisValue &key : reply->at(1).toArray())
                    listing->keys.insert(key.toBytes());
                self->scan(listing, node, reply->at(0).toBytes());
            } else {
                listing->error = reply.error().message;
            }
            --listing->outstanding;
            self->finishListing(listing);
        });
}

void RedisSessionWorker::finishListing(const std::shared_ptr<Listing> &listing)
{
    if (listing->outstanding > 0)
        return;
    if (!listing->error.isEmpty()) {
        listing->listed(std::unexpected(listing->error));
        return;
    }
    // What is on its way counts as done.
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        if (!entry->isUnwritten)
            continue;
        if (entry->json.isEmpty())
            listing->keys.remove(entry.key());
        else
            listing->keys.insert(entry.key());
    }
    QList<SessionKey> keys;
    keys.reserve(listing->keys.size());
    for (const QByteArray &text : std::as_const(listing->keys)) {
        if (auto key = fromRedisKey(text))
            keys.append(*std::move(key));
    }
    listing->listed(std::move(keys));
}

} // namespace LiveTemplate
