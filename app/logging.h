// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QLoggingCategory>
#include <QString>
#include <QStringView>

#include <optional>

namespace LiveTemplate::App {

Q_DECLARE_LOGGING_CATEGORY(lcProgram)

/// From which importance on the messages of livetemplate.* categories are written.
enum class LogLevel {
    Debug,
    Info,
    Warning,
    Error,
};

enum class LogFormat {
    Text,
    Json,
};

/// "debug", "info", "warning" (or "warn") or "error", in any case.
[[nodiscard]] std::optional<LogLevel> parseLogLevel(QStringView text);
[[nodiscard]] QString levelName(LogLevel level);

/// "text" or "json", in any case.
[[nodiscard]] std::optional<LogFormat> parseLogFormat(QStringView text);
[[nodiscard]] QString formatName(LogFormat format);

/// A message as Qt's logging gives it.
struct LogRecord
{
    QDateTime time;
    QtMsgType type = QtInfoMsg;
    QString category;
    QString message;
    /// The name of the thread that wrote it.
    QString thread;
};

/// @p record as it is written, with the line's end: for LogFormat::Json an object on one line
/// (time, level, category, message, thread), for LogFormat::Text the first four of these, with
/// further lines of the message indented. The time is RFC 3339 in UTC with milliseconds.
[[nodiscard]] QByteArray logLine(const LogRecord &record, LogFormat format);

/// Writes all messages of Qt's logging to the standard error in @p format from now on, and of
/// livetemplate.* categories those from @p level on. QT_LOGGING_RULES has the last word.
void startLogging(LogLevel level, LogFormat format);

} // namespace LiveTemplate::App
