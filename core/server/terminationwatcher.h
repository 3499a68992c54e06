// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QObject>

#include <memory>

namespace LiveTemplate {

/// Turns SIGTERM and SIGINT into a signal of Qt, so that a program ends in order.
///
/// The first one is reported by terminationRequested(). From then on the signals do what they do
/// by default, so a second one ends the program at once. There is one watcher in a program.
///
/// Threading: of the thread it was made in, which needs an event loop.
class LIVETEMPLATE_EXPORT TerminationWatcher : public QObject
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
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
