// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sampletimer.h"
#include "serversnapshot.h"

#include <QElapsedTimer>
#include <QObject>

class QWidget;

namespace LiveTemplate {
class Server;
}

namespace LiveTemplate::Ui {

/// Takes pictures of a running server for whoever shows them, four times a second, and none while
/// nobody can see them.
class ServerMonitor : public QObject
{
    Q_OBJECT

public:
    /// @p server must outlive the monitor.
    explicit ServerMonitor(const Server &server, QObject *parent = nullptr);

    /// From now on pictures are taken while @p watcher is visible.
    void watchFor(QWidget *watcher) { m_timer.watchFor(watcher); }

    /// Says when the next one is taken.
    [[nodiscard]] const SampleTimer &timer() const { return m_timer; }

    /// The newest picture; empty before the first.
    [[nodiscard]] const ServerSnapshot &snapshot() const { return m_snapshot; }

Q_SIGNALS:
    void snapshotTaken(const LiveTemplate::ServerSnapshot &snapshot);

private:
    void takeSnapshot();
    void setSnapshot(const ServerSnapshot &snapshot);

    const Server &m_server;
    SampleTimer m_timer;
    /// Runs while an answer is awaited.
    QElapsedTimer m_asked;
    ServerSnapshot m_snapshot;
};

} // namespace LiveTemplate::Ui
