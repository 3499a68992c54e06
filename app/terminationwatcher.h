// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace LiveTemplate::App {

/// Turns SIGTERM and SIGINT into a signal of Qt, so that a program ends in order.
///
/// The first one is reported by terminationRequested(). From then on the signals do what they do
/// by default, so a second one ends the program at once. There is one watcher in a program.
class TerminationWatcher : public QObject
{
    Q_OBJECT

public:
    explicit TerminationWatcher(QObject *parent = nullptr);
    ~TerminationWatcher() override;

    /// Reports signals from now on, those that came before included: a program that is still
    /// starting may run an event loop before anybody listens here.
    void start();

Q_SIGNALS:
    void terminationRequested();

private:
    void report();

    QSocketNotifier m_notifier;
};

} // namespace LiveTemplate::App
