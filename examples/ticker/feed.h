// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <LiveTemplate/Session>

#include <QHash>
#include <QList>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

/// A price that goes up and down, in a thread of its own. It stands for whatever your program
/// computes or receives without being asked by a page.
///
/// One thread serves all pages: with each new price the action "tick" is triggered for those who
/// have subscribed. It sleeps while nobody has.
///
/// Threading: all functions may be called from any thread.
class Feed
{
public:
    using Clock = std::chrono::steady_clock;

    /// Prices that are remembered.
    static constexpr int history = 60;
    /// Ticks without an open tab, after which a subscriber is forgotten. A page that is reloaded,
    /// or has lost its connection, is back before that.
    static constexpr int patience = 60;

    explicit Feed(std::chrono::milliseconds period = std::chrono::milliseconds(500));
    /// Ends the thread, and waits for it.
    ~Feed() = default;
    Q_DISABLE_COPY_MOVE(Feed)

    /// Once more does no harm.
    void subscribe(const LiveTemplate::Session &session);
    void unsubscribe(const LiveTemplate::Session &session);
    [[nodiscard]] qsizetype subscribers() const;

    /// The last prices, the newest last; never empty.
    [[nodiscard]] QList<double> prices() const;

private:
    struct Subscriber
    {
        LiveTemplate::Session session;
        int misses = 0;
    };

    void run(const std::stop_token &stop);
    void computeNext();
    void tell();

    const std::chrono::milliseconds m_period;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    QHash<LiveTemplate::GroupId, Subscriber> m_subscribers;
    QList<double> m_prices{100.0};
    /// The last member: it is made when all else is there, and ends before the rest goes.
    std::jthread m_thread;
};
