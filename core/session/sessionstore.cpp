// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessionstore.h"

#include "sessionlogging_p.h"

namespace LiveTemplate {

Q_LOGGING_CATEGORY(lcSession, "livetemplate.session", QtInfoMsg)

SessionStore::~SessionStore() = default;

} // namespace LiveTemplate
