// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessionstore.h"

#include "sessionlogging_p.h"

namespace LiveTemplate {

Q_LOGGING_CATEGORY(lcSession, "livetemplate.session", QtInfoMsg)

SessionStore::~SessionStore() = default;

void SessionStore::saveAsOf(const SessionKey &key, const QJsonObject &state,
                            std::chrono::sys_time<std::chrono::microseconds> asOf)
{
    Q_UNUSED(asOf)
    save(key, state);
}

} // namespace LiveTemplate
