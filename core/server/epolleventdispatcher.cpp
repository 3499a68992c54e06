// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "epolleventdispatcher_p.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>
#include <QTimerEvent>
#include <QVarLengthArray>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace LiveTemplate {

namespace {

constexpr std::array<std::uint32_t, 3> interestOf{EPOLLIN, EPOLLOUT, EPOLLPRI};

/// An error or a hang-up is told to whoever reads or writes: the call then fails and says why.
constexpr std::array<std::uint32_t, 3> activates{EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP,
                                                 EPOLLOUT | EPOLLHUP | EPOLLERR, EPOLLPRI};

} // namespace

EpollEventDispatcher::EpollEventDispatcher(QObject *parent)
    : QAbstractEventDispatcherV2(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wakeUp(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_epoll < 0 || m_wakeUp < 0)
        qFatal("The server cannot start an event loop: %s", strerror(errno));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wakeUp;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUp, &event);
}

EpollEventDispatcher::~EpollEventDispatcher()
{
    close(m_wakeUp);
    close(m_epoll);
}

bool EpollEventDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    if (m_interrupted)
        return false;

    // What was posted meanwhile, by this thread to itself, comes in the next turn.
    const int timeout = std::exchange(m_hasOwnWork, false) ? 0 : waitTime(flags);
    if (timeout != 0)
        Q_EMIT aboutToBlock();
    std::array<epoll_event, maxEvents> events;
    const int ready = flags.testFlag(QEventLoop::ExcludeSocketNotifiers)
        ? waitForWakeUp(timeout, events.front())
        : epoll_wait(m_epoll, events.data(), maxEvents, timeout);
    if (timeout != 0)
        Q_EMIT awake();

    int activated = 0;
    for (int i = 0; i < ready; ++i) {
        const int descriptor = events[std::size_t(i)].data.fd;
        const std::uint32_t what = events[std::size_t(i)].events;
        if (descriptor == m_wakeUp) {
            drainWakeUps();
            ++activated;
            continue;
        }
        for (std::size_t type = 0; type < interestOf.size(); ++type) {
            // Looked up each time: what is delivered may unregister any notifier.
            const auto found = m_sockets.constFind(descriptor);
            if (found == m_sockets.constEnd())
                break;
            QSocketNotifier *notifier = (*found)[type];
            if (!notifier || !(what & activates[type]))
                continue;
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
            ++activated;
        }
    }
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        activated += activateTimers();
    // Most of what is served posts something for the end of the turn: that needs no other one.
    if (std::exchange(m_hasOwnWork, false))
        QCoreApplication::sendPostedEvents();
    return activated > 0;
}

int EpollEventDispatcher::waitForWakeUp(int timeout, epoll_event &event) const
{
    // The ready sockets must not keep such a loop from sleeping.
    pollfd descriptor{m_wakeUp, POLLIN, 0};
    event.data.fd = m_wakeUp;
    return ::poll(&descriptor, 1, timeout);
}

void EpollEventDispatcher::drainWakeUps()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto size = read(m_wakeUp, &count, sizeof count);
    // Only now: were the flag cleared first, a wake-up between the two would set it, write, and
    // have its write drained here, and every later one would think that one is on its way.
    m_wakeUpPending = false;
}

int EpollEventDispatcher::waitTime(QEventLoop::ProcessEventsFlags flags) const
{
    if (!flags.testFlag(QEventLoop::WaitForMoreEvents))
        return 0;
    // In a nested loop a timer whose event is being delivered has to wait until that is done.
    const auto next = std::ranges::find_if(m_due, [this](const auto &due) {
        return !m_timers.value(due.second).active;
    });
    if (next == m_due.end() || flags.testFlag(QEventLoop::X11ExcludeTimers))
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next->first - Clock::now());
    constexpr auto longest = std::chrono::milliseconds(std::numeric_limits<int>::max());
    return int(std::clamp(left, std::chrono::milliseconds(0), longest).count());
}

void EpollEventDispatcher::updateInterest(int descriptor, const Notifiers &notifiers, int operation)
{
    epoll_event event{};
    event.data.fd = descriptor;
    for (std::size_t type = 0; type < notifiers.size(); ++type) {
        if (notifiers[type])
            event.events |= interestOf[type];
    }
    if (epoll_ctl(m_epoll, operation, descriptor, &event) < 0)
        qErrnoWarning("epoll_ctl on descriptor %d", descriptor);
}

void EpollEventDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    const bool known = m_sockets.contains(descriptor);
    Notifiers &notifiers = m_sockets[descriptor];
    notifiers[std::size_t(notifier->type())] = notifier;
    updateInterest(descriptor, notifiers, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD);
}

void EpollEventDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    const auto found = m_sockets.find(descriptor);
    if (found == m_sockets.end() || (*found)[std::size_t(notifier->type())] != notifier)
        return;
    (*found)[std::size_t(notifier->type())] = nullptr;
    if (*found == Notifiers{}) {
        m_sockets.erase(found);
        // Fails when the descriptor was closed already; the kernel has forgotten it then.
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    } else {
        updateInterest(descriptor, *found, EPOLL_CTL_MOD);
    }
}

void EpollEventDispatcher::registerTimer(Qt::TimerId timerId, Duration interval,
                                         Qt::TimerType timerType, QObject *object)
{
    const auto due = Clock::now() + interval;
    m_timers.insert(timerId, {object, interval, timerType, due});
    m_due.emplace(due, timerId);
}

bool EpollEventDispatcher::unregisterTimer(Qt::TimerId timerId)
{
    const auto found = m_timers.find(timerId);
    if (found == m_timers.end())
        return false;
    m_due.erase({found->due, timerId});
    m_timers.erase(found);
    return true;
}

bool EpollEventDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeIf([&](const auto &entry) {
        if (entry.value().object != object)
            return false;
        m_due.erase({entry.value().due, entry.key()});
        return true;
    }) > 0;
}

QList<QAbstractEventDispatcher::TimerInfoV2> EpollEventDispatcher::timersForObject(
    QObject *object) const
{
    QList<TimerInfoV2> list;
    for (auto it = m_timers.cbegin(); it != m_timers.cend(); ++it) {
        if (it->object == object)
            list.append({it->interval, it.key(), it->type});
    }
    return list;
}

QAbstractEventDispatcher::Duration EpollEventDispatcher::remainingTime(Qt::TimerId timerId) const
{
    const auto found = m_timers.constFind(timerId);
    if (found == m_timers.cend())
        return Duration::min(); // as Qt's own dispatchers say "no such timer"
    return std::max(Duration(found->due - Clock::now()), Duration::zero());
}

int EpollEventDispatcher::activateTimers()
{
    int activated = 0;
    const auto now = Clock::now();
    QVarLengthArray<Qt::TimerId, 16> ready;
    for (auto it = m_due.begin(); it != m_due.end() && it->first <= now; ++it)
        ready.append(it->second);
    for (const Qt::TimerId timerId : ready) {
        const auto found = m_timers.find(timerId);
        if (found == m_timers.end() || found->active || found->due > now)
            continue; // an earlier one of this turn has changed it
        m_due.erase({found->due, timerId});
        // Time that was missed is skipped, not made up for.
        found->due += found->interval;
        if (found->due <= now)
            found->due = now + found->interval;
        m_due.emplace(found->due, timerId);
        found->active = true;
        QTimerEvent event(timerId);
        QCoreApplication::sendEvent(found->object, &event);
        if (const auto again = m_timers.find(timerId); again != m_timers.end())
            again->active = false;
        ++activated;
    }
    return activated;
}

void EpollEventDispatcher::wakeUp()
{
    if (thread()->isCurrentThread()) {
        m_hasOwnWork = true; // it is awake, and looks before it sleeps
        return;
    }
    if (m_wakeUpPending.exchange(true))
        return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto size = write(m_wakeUp, &one, sizeof one);
}

void EpollEventDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}

} // namespace LiveTemplate
