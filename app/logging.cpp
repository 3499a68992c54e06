// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logging.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

Q_LOGGING_CATEGORY(lcProgram, "livetemplate.program", QtInfoMsg)

namespace {

struct LevelName
{
    QLatin1StringView name;
    LogLevel level;
};

// Go's servers say "warn".
constexpr std::array levelNames = {
    LevelName{"debug"_L1, LogLevel::Debug},     LevelName{"info"_L1, LogLevel::Info},
    LevelName{"warning"_L1, LogLevel::Warning}, LevelName{"warn"_L1, LogLevel::Warning},
    LevelName{"error"_L1, LogLevel::Error},
};

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        return LogLevel::Error;
    }
    Q_UNREACHABLE_RETURN(LogLevel::Error);
}

QByteArray timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs).toLatin1();
}

/// With quotes; control characters are escaped.
QByteArray jsonString(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QByteArray jsonLine(const LogRecord &record)
{
    return "{\"time\":\"" + timeText(record.time) + "\",\"level\":\""
        + levelName(levelOf(record.type)).toLatin1() + "\",\"category\":"
        + jsonString(record.category) + ",\"message\":" + jsonString(record.message)
        + ",\"thread\":" + jsonString(record.thread) + "}\n";
}

/// What a visitor sent may stand in a message: it must neither look like a line of its own nor give
/// orders to a terminal.
QString printable(const QString &message)
{
    QString text;
    text.reserve(message.size());
    for (const QChar character : message) {
        if (character == u'\n')
            text += "\n    "_L1;
        else if (character.category() == QChar::Other_Control)
            text += u"\\x%1"_s.arg(uint(character.unicode()), 2, 16, QChar(u'0'));
        else
            text += character;
    }
    return text;
}

QByteArray textLine(const LogRecord &record)
{
    return timeText(record.time) + ' ' + levelName(levelOf(record.type)).toLatin1().leftJustified(7)
        + ' ' + record.category.toUtf8() + ": " + printable(record.message).toUtf8() + '\n';
}

QString threadName()
{
    QThread *thread = QThread::currentThread();
    if (const QString name = thread->objectName(); !name.isEmpty())
        return name;
    const auto *application = QCoreApplication::instance();
    return application && application->thread() == thread
        ? u"main"_s
        : u"0x%1"_s.arg(quintptr(QThread::currentThreadId()), 0, 16);
}

// Set before the handler is, and read by it in any thread.
std::atomic<LogFormat> formatInUse = LogFormat::Text;

void writeMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = logLine({.time = QDateTime::currentDateTimeUtc(),
                                     .type = type,
                                     .category = QString::fromLatin1(context.category),
                                     .message = message,
                                     .thread = threadName()},
                                    formatInUse);
    // One call, so that lines of several threads do not mix.
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
}

QString filterRules(LogLevel level)
{
    constexpr std::array types = {"debug"_L1, "info"_L1, "warning"_L1};
    QString rules;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const auto allowed = int(i) >= int(level) ? "true"_L1 : "false"_L1;
        rules += u"livetemplate.*.%1=%2\n"_s.arg(types[i], allowed);
    }
    return rules;
}

} // namespace

std::optional<LogLevel> parseLogLevel(QStringView text)
{
    const auto found = std::ranges::find_if(levelNames, [text](const LevelName &candidate) {
        return text.compare(candidate.name, Qt::CaseInsensitive) == 0;
    });
    return found == levelNames.end() ? std::nullopt : std::optional(found->level);
}

QString levelName(LogLevel level)
{
    return std::ranges::find(levelNames, level, &LevelName::level)->name;
}

std::optional<LogFormat> parseLogFormat(QStringView text)
{
    for (const LogFormat format : {LogFormat::Text, LogFormat::Json}) {
        if (text.compare(formatName(format), Qt::CaseInsensitive) == 0)
            return format;
    }
    return std::nullopt;
}

QString formatName(LogFormat format)
{
    return format == LogFormat::Json ? u"json"_s : u"text"_s;
}

QByteArray logLine(const LogRecord &record, LogFormat format)
{
    return format == LogFormat::Json ? jsonLine(record) : textLine(record);
}

void startLogging(LogLevel level, LogFormat format)
{
    formatInUse = format;
    qInstallMessageHandler(writeMessage);
    QLoggingCategory::setFilterRules(filterRules(level));
}

} // namespace LiveTemplate::App
