// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QAbstractEventDispatcher>
#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <set>

struct epoll_event;

namespace LiveTemplate {

/// An event loop whose cost does not grow with the number of open sockets: Qt's own dispatchers
/// look at every socket on every turn (DESIGN.md §6). For worker threads; it knows nothing of
/// window systems.
class LIVETEMPLATE_PRIVATE_EXPORT EpollEventDispatcher : public QAbstractEventDispatcherV2
{
    Q_OBJECT

public:
    explicit EpollEventDispatcher(QObject *parent = nullptr);
    ~EpollEventDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(Qt::TimerId timerId, Duration interval, Qt::TimerType timerType,
                       QObject *object) override;
    bool unregisterTimer(Qt::TimerId timerId) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfoV2> timersForObject(QObject *object) const override;
    [[nodiscard]] Duration remainingTime(Qt::TimerId timerId) const override;

    /// May be called from any thread, as interrupt().
    void wakeUp() override;
    void interrupt() override;

private:
    using Clock = std::chrono::steady_clock;

    /// The notifiers of one descriptor, by QSocketNotifier::Type.
    using Notifiers = std::array<QSocketNotifier *, 3>;

    struct Timer
    {
        QObject *object;
        Duration interval;
        Qt::TimerType type;
        Clock::time_point due;
        /// An event of this timer is being delivered: it must not be delivered within itself.
        bool active = false;
    };

    void updateInterest(int descriptor, const Notifiers &notifiers, int operation);
    [[nodiscard]] int waitTime(QEventLoop::ProcessEventsFlags flags) const;
    [[nodiscard]] int waitForWakeUp(int timeout, epoll_event &event) const;
    int activateTimers();
    void drainWakeUps();

    static constexpr int maxEvents = 256;

    int m_epoll = -1;
    int m_wakeUp = -1;
    std::atomic<bool> m_wakeUpPending = false;
    std::atomic<bool> m_interrupted = false;
    /// The thread has posted events to itself since it last looked. Used by it alone.
    bool m_hasOwnWork = false;
    QHash<int, Notifiers> m_sockets;
    QHash<Qt::TimerId, Timer> m_timers;
    /// The timers by the time they are due.
    std::set<std::pair<Clock::time_point, Qt::TimerId>> m_due;
};

} // namespace LiveTemplate
