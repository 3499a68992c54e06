// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "termination.h"

#include "terminationwatcher.h"

#include <QCoreApplication>

namespace LiveTemplate {

void quitOnTermination()
{
    auto *watcher = new TerminationWatcher(QCoreApplication::instance());
    QObject::connect(watcher, &TerminationWatcher::terminationRequested,
                     QCoreApplication::instance(), &QCoreApplication::quit);
    watcher->start();
}

} // namespace LiveTemplate
