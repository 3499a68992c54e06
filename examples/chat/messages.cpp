// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "messages.h"

void Messages::append(const QString &guest, const QString &name, const QString &text,
                      const QDateTime &time)
{
    const std::scoped_lock lock(m_mutex);
    m_messages.append({.id = ++m_lastId, .guest = guest, .name = name, .text = text, .time = time});
    if (m_messages.size() > limit)
        m_messages.removeFirst();
}

QList<Message> Messages::all() const
{
    const std::scoped_lock lock(m_mutex);
    return m_messages;
}
