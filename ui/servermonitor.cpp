// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "servermonitor.h"

#include "server.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

using namespace std::chrono_literals;

namespace LiveTemplate::Ui {

namespace {

// Numbers that change more often cannot be read.
constexpr auto interval = 250ms;

// A server that was closed after it was asked never answers.
constexpr auto answerTimeout = 1s;

bool canBeSeen(const QWidget *widget)
{
    return widget->isVisible() && !widget->window()->isMinimized();
}

} // namespace

ServerMonitor::ServerMonitor(const Server &server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &ServerMonitor::takeSnapshot);
}

void ServerMonitor::watchFor(QWidget *watcher)
{
    m_watchers.append(watcher);
    watcher->installEventFilter(this);
    connect(watcher, &QObject::destroyed, this, [this, watcher] {
        m_watchers.removeOne(watcher);
        startOrStop();
    });
    startOrStop();
}

bool ServerMonitor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        startOrStop();
    return QObject::eventFilter(watched, event);
}

void ServerMonitor::startOrStop()
{
    if (!std::ranges::any_of(m_watchers, &QWidget::isVisible)) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
        takeSnapshot();
    }
}

void ServerMonitor::takeSnapshot()
{
    const bool isAnswerAwaited = m_asked.isValid() && m_asked.durationElapsed() < answerTimeout;
    if (isAnswerAwaited || !std::ranges::any_of(m_watchers, canBeSeen))
        return;

    if (!m_server.isListening()) {
        // It would not answer: nobody is connected to it.
        setSnapshot({});
        return;
    }
    m_asked.start();
    m_server.requestSnapshot(this, [this](const ServerSnapshot &snapshot) {
        m_asked.invalidate();
        setSnapshot(snapshot);
    });
}

void ServerMonitor::setSnapshot(const ServerSnapshot &snapshot)
{
    m_snapshot = snapshot;
    Q_EMIT snapshotTaken(m_snapshot);
}

} // namespace LiveTemplate::Ui
