// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "server.h"

/// Waits until @p server has done what comes after its answers, which is to save and to publish: a
/// thread answers, asks itself to save when its turn is over, and only then takes what others ask
/// of it. So the second of two calls comes after what the turn of the first one asked for.
inline void settle(LiveTemplate::Server &server)
{
    server.expire();
    server.expire();
}
