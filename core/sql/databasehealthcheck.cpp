// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "databasehealthcheck_p.h"

#include "databaseconnection_p.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

/// The thread, and what it shares with those who ask.
class DatabaseHealthCheck::Worker : public std::enable_shared_from_this<Worker>
{
public:
    explicit Worker(DatabaseUrl url)
        : m_url(std::move(url))
    {
    }

    void ask(Done done)
    {
        if (std::optional<QString> refusal = accept(done))
            done(std::unexpected(*std::move(refusal)));
    }

    /// Ends the thread, but does not wait for one that hangs.
    void stop()
    {
        std::unique_lock lock(m_mutex);
        m_isStopping = true;
        m_wake.notify_all();
        if (!m_thread.joinable())
            return;
        if (m_thread.get_id() != std::this_thread::get_id()
            && m_ended.wait_for(lock, closingTime, [this] { return m_hasEnded; })) {
            lock.unlock();
            m_thread.join();
        } else {
            m_thread.detach();
        }
    }

private:
    using Clock = std::chrono::steady_clock;

    /// Why @p done will not be called by the thread, or nothing.
    [[nodiscard]] std::optional<QString> accept(Done &done)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_waiting.empty()) {
            const auto time = Clock::now() - m_askedAt;
            if (time >= hangsAfter) {
                return u"has not answered for %1 s"_s.arg(
                    std::chrono::duration_cast<std::chrono::seconds>(time).count());
            }
            if (m_waiting.size() >= maxWaiting)
                return u"%1 probes wait for its answer already"_s.arg(maxWaiting);
            m_waiting.push_back(std::move(done));
            return {};
        }
        m_waiting.push_back(std::move(done));
        m_askedAt = Clock::now();
        if (!m_thread.joinable())
            m_thread = std::thread([self = shared_from_this()] { self->work(); });
        m_wake.notify_all();
        return {};
    }

    /// In the thread.
    void work()
    {
        {
            DatabaseConnection connection(m_url);
            while (waitForWork()) {
                const Result result = connection.probe();
                const std::vector<Done> waiting = [this] {
                    const std::lock_guard lock(m_mutex);
                    return std::exchange(m_waiting, {});
                }();
                for (const Done &done : waiting)
                    done(result);
            }
        }
        const std::lock_guard lock(m_mutex);
        m_hasEnded = true;
        m_ended.notify_all();
    }

    [[nodiscard]] bool waitForWork()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_isStopping || !m_waiting.empty(); });
        return !m_isStopping;
    }

    const DatabaseUrl m_url;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_ended;
    /// Whoever gets the next answer; not empty while a question is asked.
    std::vector<Done> m_waiting;
    /// When the first of them came.
    Clock::time_point m_askedAt;
    bool m_isStopping = false;
    bool m_hasEnded = false;
    std::thread m_thread;
};

DatabaseHealthCheck::DatabaseHealthCheck(DatabaseUrl url, DatabasePoolStatisticsFunction statistics)
    : m_statistics(std::move(statistics))
    , m_worker(std::make_shared<Worker>(std::move(url)))
{
}

DatabaseHealthCheck::~DatabaseHealthCheck()
{
    m_worker->stop();
}

QString DatabaseHealthCheck::name() const
{
    return u"database"_s;
}

QJsonObject DatabaseHealthCheck::details() const
{
    return m_statistics ? m_statistics().toJson() : QJsonObject();
}

void DatabaseHealthCheck::run(Done done)
{
    m_worker->ask(std::move(done));
}

} // namespace LiveTemplate
