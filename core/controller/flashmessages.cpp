// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "flashmessages.h"

#include "controllerlogging_p.h"

namespace LiveTemplate {

bool FlashMessages::isKey(QStringView key)
{
    return !key.isEmpty() && !key.startsWith(u'_') && !key.contains(u':');
}

void FlashMessages::set(const QString &key, const QString &message,
                        std::chrono::milliseconds expiry, TimePoint now)
{
    if (!isKey(key)) {
        qCWarning(lcController) << "no flash message can have the key" << key.left(64);
        return;
    }
    if (m_messages.size() >= maxMessages && !m_messages.contains(key)) {
        qCWarning(lcController) << "flash message dropped: there are" << maxMessages << "already";
        return;
    }
    // In milliseconds: the longest of them do not fit the clock's nanoseconds.
    const auto longest = std::chrono::floor<std::chrono::milliseconds>(TimePoint::max() - now);
    const bool expires = expiry > expiry.zero() && expiry < longest;
    m_messages.insert(key, {message, expires ? now + expiry : TimePoint::max()});
}

bool FlashMessages::prune(TimePoint now)
{
    return m_messages.removeIf([now](const auto &message) { return message.value().expiry <= now; })
        > 0;
}

} // namespace LiveTemplate
