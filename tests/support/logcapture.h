// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QLoggingCategory>
#include <QStringList>

#include <mutex>
#include <utility>

/// Catches the log lines of one category while it lives; there may be one at a time. Whatever logs
/// from other threads must have ended, or go on logging without harm, when it dies.
class LogCapture
{
public:
    explicit LogCapture(QByteArray category)
    {
        const std::lock_guard lock(s_mutex);
        s_category = std::move(category);
        s_lines.clear();
        s_before = qInstallMessageHandler(handle);
    }

    ~LogCapture()
    {
        const std::lock_guard lock(s_mutex);
        qInstallMessageHandler(s_before);
        s_category.clear();
    }
    Q_DISABLE_COPY_MOVE(LogCapture)

    /// Those that contain @p part.
    [[nodiscard]] QStringList lines(const QString &part = {}) const
    {
        const std::lock_guard lock(s_mutex);
        return s_lines.filter(part);
    }

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        {
            const std::lock_guard lock(s_mutex);
            if (context.category && s_category == context.category) {
                s_lines << text;
                return;
            }
        }
        s_before(type, context, text);
    }

    static inline std::mutex s_mutex;
    static inline QByteArray s_category;
    static inline QStringList s_lines;
    static inline QtMessageHandler s_before = nullptr;
};
