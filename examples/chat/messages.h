// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "chatstate.h"

#include <mutex>

/// The last that was said in the room.
///
/// Threading: all functions may be called from any thread.
class Messages
{
public:
    /// Older ones are forgotten: each tab is sent all of them when it opens.
    static constexpr qsizetype limit = 100;

    void append(const QString &guest, const QString &name, const QString &text,
                const QDateTime &time);
    [[nodiscard]] QList<Message> all() const;

private:
    mutable std::mutex m_mutex;
    QList<Message> m_messages;
    qint64 m_lastId = 0;
};
