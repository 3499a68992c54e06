// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "serversnapshot.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

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
    void watchFor(QWidget *watcher);

    /// The newest picture; empty before the first.
    [[nodiscard]] const ServerSnapshot &snapshot() const { return m_snapshot; }

Q_SIGNALS:
    void snapshotTaken(const LiveTemplate::ServerSnapshot &snapshot);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void startOrStop();
    void takeSnapshot();
    void setSnapshot(const ServerSnapshot &snapshot);

    const Server &m_server;
    QList<QWidget *> m_watchers;
    QTimer m_timer;
    /// Runs while an answer is awaited.
    QElapsedTimer m_asked;
    ServerSnapshot m_snapshot;
};

} // namespace LiveTemplate::Ui
