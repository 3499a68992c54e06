// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logcollector.h"

#include <algorithm>
#include <atomic>
#include <shared_mutex>
#include <utility>

namespace LiveTemplate::Ui {

namespace {

// Qt calls a function without data of its own, from any thread, also while the collector goes.
std::shared_mutex collectorMutex;
LogCollector *collector = nullptr;
std::atomic<QtMessageHandler> handlerBefore = nullptr;

} // namespace

LogCollector::LogCollector()
{
    {
        const std::unique_lock lock(collectorMutex);
        Q_ASSERT(!collector);
        collector = this;
    }
    handlerBefore = qInstallMessageHandler(&LogCollector::handle);
}

LogCollector::~LogCollector()
{
    const QtMessageHandler current = qInstallMessageHandler(handlerBefore);
    // Who came later keeps its place, and still calls this one.
    if (current != &LogCollector::handle)
        qInstallMessageHandler(current);
    const std::unique_lock lock(collectorMutex);
    collector = nullptr;
}

QList<LogLine> LogCollector::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_lines, {});
}

quint64 LogCollector::droppedCount() const
{
    const std::scoped_lock lock(m_mutex);
    return m_dropped;
}

void LogCollector::handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    {
        const std::shared_lock lock(collectorMutex);
        if (collector) {
            collector->collect({.time = QDateTime::currentDateTimeUtc(),
                                .type = type,
                                .category = QString::fromLatin1(context.category),
                                .text = text.first(std::min(text.size(), maxTextLength))});
        }
    }
    // A fatal message does not return from it.
    if (const QtMessageHandler before = handlerBefore)
        before(type, context, text);
}

void LogCollector::collect(LogLine line)
{
    const std::scoped_lock lock(m_mutex);
    if (m_lines.size() == capacity) {
        m_lines.removeFirst();
        ++m_dropped;
    }
    m_lines.append(std::move(line));
}

} // namespace LiveTemplate::Ui
