// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "patience_p.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace LiveTest {

bool waitUntil(const std::function<bool()> &isDone)
{
    if (isDone())
        return true;
    const QDeadlineTimer deadline(patience);
    QTimer end; // an event, so that the last wait ends; not a little before the deadline
    end.setTimerType(Qt::PreciseTimer);
    end.start(patience);
    do {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (isDone())
            return true;
    } while (!deadline.hasExpired());
    return false;
}

} // namespace LiveTest
