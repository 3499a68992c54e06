// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QApplication>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <ctime>

/// An application that measures for how long one event keeps its thread from the next one: what
/// somebody feels who moves the mouse meanwhile.
class WatchedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    struct Blocks
    {
        qint64 events = 0;
        /// Of events that took at least 20 and 100 ms by the clock on the wall.
        qint64 noticeable = 0;
        qint64 tooLong = 0;
        /// The longest by that clock, and by the processor's time, to which other programs do not
        /// add.
        std::chrono::nanoseconds longest{};
        std::chrono::nanoseconds longestProcessorTime{};
        /// The class of the one who was told, and what.
        QByteArray longestReceiver;
        int longestType = 0;
    };

    bool notify(QObject *receiver, QEvent *event) override
    {
        // Other threads have events, too; nobody feels them.
        if (m_depth > 0 || QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        const QByteArray name = receiver->metaObject()->className();
        const int type = event->type();
        ++m_depth;
        const auto start = std::chrono::steady_clock::now();
        const auto used = processorTime();
        const bool result = QApplication::notify(receiver, event);
        const std::chrono::nanoseconds passed = std::chrono::steady_clock::now() - start;
        const auto processor = processorTime() - used;
        --m_depth;
        using namespace std::chrono_literals;
        ++m_blocks.events;
        m_blocks.noticeable += passed >= 20ms ? 1 : 0;
        m_blocks.tooLong += passed >= 100ms ? 1 : 0;
        m_blocks.longest = std::max(m_blocks.longest, passed);
        if (processor > m_blocks.longestProcessorTime) {
            m_blocks.longestProcessorTime = processor;
            m_blocks.longestReceiver = name;
            m_blocks.longestType = type;
        }
        return result;
    }

    [[nodiscard]] const Blocks &blocks() const { return m_blocks; }
    void startOver() { m_blocks = {}; }

    /// Of the calling thread.
    [[nodiscard]] static std::chrono::nanoseconds processorTime()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }

private:
    Blocks m_blocks;
    int m_depth = 0;
};
