// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

#include <mutex>

/// Keeps what is logged in the category livetemplate.redis by any thread, as long as it lives.
class LogRecorder
{
public:
    LogRecorder()
    {
        s_recorder = this;
        s_before = qInstallMessageHandler(record);
    }
    ~LogRecorder()
    {
        qInstallMessageHandler(s_before);
        const std::lock_guard lock(s_mutex);
        s_recorder = nullptr;
    }
    Q_DISABLE_COPY_MOVE(LogRecorder)

    [[nodiscard]] QStringList lines() const
    {
        const std::lock_guard lock(s_mutex);
        return m_lines;
    }

    [[nodiscard]] qsizetype count(QStringView part) const
    {
        return lines().filter(part.toString()).size();
    }

private:
    static void record(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        {
            const std::lock_guard lock(s_mutex);
            if (s_recorder && QByteArrayView(context.category) == "livetemplate.redis")
                s_recorder->m_lines += text;
        }
        if (s_before)
            s_before(type, context, text);
    }

    static inline std::mutex s_mutex;
    static inline LogRecorder *s_recorder = nullptr;
    static inline QtMessageHandler s_before = nullptr;
    QStringList m_lines;
};
