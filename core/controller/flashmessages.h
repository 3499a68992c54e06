// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QMap>
#include <QString>

#include <chrono>

namespace LiveTemplate {

/// Short messages to the person at a page, by a key that says of what kind they are ("success",
/// "error"): a template has them as `lvt.flash.KEY`. They stay until they are cleared or expire.
class LIVETEMPLATE_EXPORT FlashMessages
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// More are dropped: they are a few lines on a page.
    static constexpr qsizetype maxMessages = 32;

    /// Whether @p key may name a message: not empty, no ':' in it, and no '_' at its beginning.
    [[nodiscard]] static bool isKey(QStringView key);

    /// Sets or replaces a message; it goes after @p expiry, or never when that is 0. Does nothing
    /// when @p key is none (isKey()). @p now is the time of Clock::steady().
    void set(const QString &key, const QString &message,
             std::chrono::milliseconds expiry = std::chrono::milliseconds(0),
             TimePoint now = std::chrono::steady_clock::now());
    void clear(const QString &key) { m_messages.remove(key); }
    void clearAll() { m_messages.clear(); }

    [[nodiscard]] bool isEmpty() const { return m_messages.isEmpty(); }
    [[nodiscard]] QString message(const QString &key) const { return m_messages.value(key).text; }
    [[nodiscard]] QStringList keys() const { return m_messages.keys(); }

    /// Forgets those whose time is over. Returns whether there were any.
    bool prune(TimePoint now = std::chrono::steady_clock::now());

private:
    struct Message
    {
        QString text;
        /// The greatest there is: never.
        TimePoint expiry;
    };

    QMap<QString, Message> m_messages;
};

} // namespace LiveTemplate
