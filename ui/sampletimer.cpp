// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sampletimer.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace LiveTemplate::Ui {

bool canBeSeen(const QWidget *widget)
{
    // A dock that is a tab behind another one is visible, but has no region.
    return widget->isVisible() && !widget->window()->isMinimized()
        && !widget->visibleRegion().isEmpty();
}

SampleTimer::SampleTimer(std::chrono::milliseconds interval, QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &SampleTimer::sample);
}

void SampleTimer::watchFor(QWidget *watcher)
{
    m_watchers.append(watcher);
    watcher->installEventFilter(this);
    connect(watcher, &QObject::destroyed, this, [this, watcher] {
        m_watchers.removeOne(watcher);
        startOrStop();
    });
    startOrStop();
}

bool SampleTimer::isWatched() const
{
    return std::ranges::any_of(m_watchers, canBeSeen);
}

bool SampleTimer::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        startOrStop();
    return QObject::eventFilter(watched, event);
}

void SampleTimer::startOrStop()
{
    if (!std::ranges::any_of(m_watchers, &QWidget::isVisible)) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
        sample();
    }
}

void SampleTimer::sample()
{
    if (!isWatched())
        return;
    ++m_count;
    Q_EMIT sampleDue();
}

} // namespace LiveTemplate::Ui
