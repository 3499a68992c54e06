// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "terminationwatcher.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using LiveTemplate::TerminationWatcher;

class TerminationWatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsASignal_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void reportsASignal()
    {
        QFETCH(const int, number);
        TerminationWatcher watcher;
        watcher.start();
        QSignalSpy requested(&watcher, &TerminationWatcher::terminationRequested);

        std::raise(number);

        QVERIFY(requested.wait());
        QCOMPARE(requested.count(), 1);
    }

    void leavesTheSecondSignalToTheSystem()
    {
        TerminationWatcher watcher;
        watcher.start();
        QSignalSpy requested(&watcher, &TerminationWatcher::terminationRequested);
        std::raise(SIGINT);
        QVERIFY(requested.wait());

        for (const int number : {SIGINT, SIGTERM}) {
            struct sigaction action = {};
            QCOMPARE(sigaction(number, nullptr, &action), 0);
            QVERIFY(action.sa_handler == SIG_DFL);
        }
    }
};

QTEST_GUILESS_MAIN(TerminationWatcherTest)
#include "tst_terminationwatcher.moc"
