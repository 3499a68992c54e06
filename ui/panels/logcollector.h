// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QtLogging>

#include <mutex>

namespace LiveTemplate::Ui {

/// A message of Qt's logging.
struct LogLine
{
    QDateTime time;
    QtMsgType type = QtInfoMsg;
    QString category;
    QString text;
};

/// Collects the messages of Qt's logging from all threads, besides what is done with them already:
/// who handled them before still does. There may be one at a time.
///
/// It keeps the last 10,000 until somebody takes them, and at most the first 16,384 characters of
/// each.
class LogCollector
{
public:
    LogCollector();
    ~LogCollector();
    Q_DISABLE_COPY_MOVE(LogCollector)

    /// What came since it was asked last.
    [[nodiscard]] QList<LogLine> take();
    /// Messages that came while too many waited: the oldest were given up.
    [[nodiscard]] quint64 droppedCount() const;

    static constexpr qsizetype capacity = 10'000;
    static constexpr qsizetype maxTextLength = 16'384;

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text);
    void collect(LogLine line);

    mutable std::mutex m_mutex;
    QList<LogLine> m_lines;
    quint64 m_dropped = 0;
};

} // namespace LiveTemplate::Ui
