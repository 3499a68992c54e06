// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace LiveTemplate::Ui {

class StatisticsMonitor;

/// For a status bar: how many alerts fire, and which is the worst; hidden while none does. It
/// watches as long as the status bar can be seen, so that alerts come also while no panel shows
/// statistics. A click wants to see them.
class AlertIndicator : public QToolButton
{
    Q_OBJECT

public:
    /// @p monitor must outlive it. @p watcher is what must be visible for alerts to be looked for:
    /// the status bar.
    AlertIndicator(StatisticsMonitor &monitor, QWidget *watcher, QWidget *parent = nullptr);

private:
    void showAlerts();

    StatisticsMonitor &m_monitor;
};

} // namespace LiveTemplate::Ui
