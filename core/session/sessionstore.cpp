// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessionstore.h"

namespace LiveTemplate {

SessionStore::~SessionStore() = default;

void SessionStore::saveAsOf(const SessionKey &key, const QJsonObject &state,
                            std::chrono::sys_time<std::chrono::microseconds> asOf)
{
    Q_UNUSED(asOf)
    save(key, state);
}

} // namespace LiveTemplate
