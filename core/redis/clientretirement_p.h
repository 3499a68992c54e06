// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisclient.h"

#include <QThreadPool>

#include <memory>

namespace LiveTemplate {

/// Ends a client in a thread of the pool: its worker may be in the middle of many messages, and
/// whoever lets go of it must not wait.
inline void retire(std::shared_ptr<RedisClient> client)
{
    if (client)
        QThreadPool::globalInstance()->start(
            [client = std::move(client)]() mutable { client.reset(); });
}

} // namespace LiveTemplate
