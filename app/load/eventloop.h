// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtClassHelperMacros>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace LiveTemplate::Load {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Duration = std::chrono::nanoseconds;

/// Is told when a descriptor is ready.
class Watcher
{
public:
    virtual ~Watcher() = default;

    /// @p events are those of epoll (EPOLLIN and so on).
    virtual void activated(std::uint32_t events) = 0;
};

/// A piece of work that takes time: it waits for sockets and for moments.
class Task
{
public:
    virtual ~Task() = default;

    /// Does what is due. Returns when it wants to be called next at the latest; nothing when it is
    /// done. It is called after each batch of events too, so it has to be quick.
    [[nodiscard]] virtual std::optional<TimePoint> proceed(TimePoint now) = 0;
};

/// Waits for sockets and for moments, in the thread of whoever calls run(). Needs Linux 5.11.
class EventLoop
{
    Q_DISABLE_COPY_MOVE(EventLoop)

public:
    /// Ends the program when the system has no descriptor left for it.
    EventLoop();
    ~EventLoop();

    /// Tells @p watcher of @p events on @p descriptor, as long as that is open. The watcher must
    /// not be destroyed by what it is told.
    void watch(int descriptor, std::uint32_t events, Watcher &watcher);

    /// Changes which events @p watcher is told of.
    void change(int descriptor, std::uint32_t events, Watcher &watcher);

    /// Works until @p task is done. @p background, when there is one, has its turns as well.
    void run(Task &task, Task *background = nullptr);

    /// Room for one read from any socket; what is in it is overwritten by the next.
    [[nodiscard]] std::span<char> readBuffer() { return m_readBuffer; }

private:
    void waitUntil(TimePoint time);

    int m_epoll = -1;
    std::array<char, 64 * 1024> m_readBuffer{};
};

} // namespace LiveTemplate::Load
