// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "alertbook.h"
#include "sampletimer.h"
#include "statisticshistory.h"

#include <QObject>

#include <functional>

class QWidget;

namespace LiveTemplate {
class RedisMembership;
class Server;
} // namespace LiveTemplate

namespace LiveTemplate::Ui {

/// Looks at a server once a second while somebody can see one of its watchers, and not at all while
/// nobody can; keeps the history and the alerts.
class StatisticsMonitor : public QObject
{
    Q_OBJECT

public:
    /// May be asked at any time, in this thread.
    using Source = std::function<ServerStatistics()>;

    /// @p server must outlive the monitor, and so must @p membership, by which it may be joined to
    /// a Redis.
    explicit StatisticsMonitor(const Server &server, const RedisMembership *membership = nullptr,
                               QObject *parent = nullptr);
    explicit StatisticsMonitor(Source source, QObject *parent = nullptr);

    /// From now on samples are taken while @p watcher is visible.
    void watchFor(QWidget *watcher) { m_timer.watchFor(watcher); }

    [[nodiscard]] const StatisticsHistory &history() const { return m_history; }
    [[nodiscard]] const AlertBook &alerts() const { return m_alerts; }
    /// Says when the next sample is taken.
    [[nodiscard]] const SampleTimer &timer() const { return m_timer; }

    /// Takes a sample, as the timer does.
    void sample();

Q_SIGNALS:
    /// The history has one more, and alerts() knows it.
    void sampled();

private:
    const Source m_source;
    SampleTimer m_timer;
    StatisticsHistory m_history;
    AlertBook m_alerts;
};

} // namespace LiveTemplate::Ui
