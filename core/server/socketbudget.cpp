// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "socketbudget_p.h"

#include <algorithm>
#include <limits>
#include <sys/resource.h>

namespace LiveTemplate {

namespace {

/// Descriptors that are left to everything but connections: files, libraries, the logs.
constexpr qint64 reservedDescriptors = 64;

qint64 maxSockets()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return std::numeric_limits<qint64>::max();
    return std::max<qint64>(qint64(limit.rlim_cur) - reservedDescriptors, 1);
}

} // namespace

SocketBudget::SocketBudget()
    : m_max(maxSockets())
{
}

void SocketBudget::release()
{
    m_open.fetch_sub(1);
    if (m_awaited.load() && m_awaited.exchange(false) && m_room)
        m_room();
}

} // namespace LiveTemplate
