// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtTypes>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace LiveTemplate {

/// Holds the handler of one kind of message. Handlers run without a lock, several at once when
/// several threads call; whoever has replaced one can rely on it having ended.
///
/// Threading: any thread.
template<typename Message>
class HandlerSlot
{
public:
    using Handler = std::function<void(const Message &)>;

    /// Replaces the handler, and waits for runs of earlier ones to end. From within a run it does
    /// not wait, because that could only wait for itself.
    void set(Handler handler) { set(std::move(handler), false); }

    /// The same with none, for ever.
    void close() { set({}, true); }

    /// Has the handler run, if there is one.
    void call(const Message &message)
    {
        std::shared_ptr<const Handler> handler;
        {
            const std::lock_guard lock(m_mutex);
            if (!m_handler)
                return;
            handler = m_handler;
            m_runs.push_back({std::this_thread::get_id(), m_generation});
        }
        (*handler)(message);
        handler.reset(); // before whoever replaced it goes on
        const std::lock_guard lock(m_mutex);
        // A thread's last run ends first.
        const auto own = std::ranges::find_last(m_runs, std::this_thread::get_id(), &Run::thread);
        m_runs.erase(own.begin());
        m_ended.notify_all();
    }

private:
    struct Run
    {
        std::thread::id thread;
        quint64 generation = 0;
    };

    void set(Handler handler, bool closes)
    {
        auto next = handler ? std::make_shared<const Handler>(std::move(handler)) : nullptr;
        std::unique_lock lock(m_mutex);
        if (m_isClosed)
            return;
        m_isClosed = closes;
        m_handler.swap(next); // the old one dies behind the lock's end
        const quint64 generation = ++m_generation;
        const auto self = std::this_thread::get_id();
        if (std::ranges::contains(m_runs, self, &Run::thread))
            return;
        m_ended.wait(lock, [&] {
            return std::ranges::none_of(m_runs, [&](const Run &run) {
                return run.generation < generation;
            });
        });
    }

    std::mutex m_mutex;
    std::condition_variable m_ended;
    std::shared_ptr<const Handler> m_handler;
    bool m_isClosed = false;
    /// Counts handlers.
    quint64 m_generation = 0;
    std::vector<Run> m_runs;
};

} // namespace LiveTemplate
