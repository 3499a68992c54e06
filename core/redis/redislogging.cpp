// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redislogging_p.h"

namespace LiveTemplate {

Q_LOGGING_CATEGORY(lcRedis, "livetemplate.redis", QtInfoMsg)

} // namespace LiveTemplate
