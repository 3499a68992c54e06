// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "eventloop.h"

#include <QtLogging>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sys/epoll.h>
#include <unistd.h>

namespace LiveTemplate::Load {

namespace {

constexpr int maxEventsAtOnce = 256;

constexpr Duration longestWait = std::chrono::hours(1);

} // namespace

EventLoop::EventLoop()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        qFatal("No event loop: %s", std::strerror(errno));
}

EventLoop::~EventLoop()
{
    close(m_epoll);
}

void EventLoop::watch(int descriptor, std::uint32_t events, Watcher &watcher)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &watcher;
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) < 0)
        qFatal("A socket cannot be watched: %s", std::strerror(errno));
}

void EventLoop::change(int descriptor, std::uint32_t events, Watcher &watcher)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &watcher;
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void EventLoop::run(Task &task, Task *background)
{
    for (;;) {
        const TimePoint now = Clock::now();
        const auto next = task.proceed(now);
        if (!next)
            return;
        const auto other = background ? background->proceed(now) : std::nullopt;
        waitUntil(other ? std::min(*next, *other) : *next);
    }
}

void EventLoop::waitUntil(TimePoint time)
{
    const Duration left = std::clamp(Duration(time - Clock::now()), Duration::zero(), longestWait);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec timeout{.tv_sec = seconds.count(), .tv_nsec = (left - seconds).count()};

    std::array<epoll_event, maxEventsAtOnce> events;
    const int ready = epoll_pwait2(m_epoll, events.data(), maxEventsAtOnce, &timeout, nullptr);
    if (ready < 0 && errno != EINTR)
        qFatal("The event loop cannot wait: %s", std::strerror(errno));
    for (int i = 0; i < ready; ++i) {
        const epoll_event &event = events[std::size_t(i)];
        static_cast<Watcher *>(event.data.ptr)->activated(event.events);
    }
}

} // namespace LiveTemplate::Load
