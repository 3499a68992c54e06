// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventloop.h"

#include <QtTypes>

#include <optional>

#include <sys/types.h>

namespace LiveTemplate::Load {

/// A process of this machine, looked at from outside.
class ServerProcess
{
public:
    /// Nothing when there is no such process.
    [[nodiscard]] static std::optional<ServerProcess> withId(pid_t id);

    /// The process of the same user that listens on TCP port @p port.
    [[nodiscard]] static std::optional<ServerProcess> listeningOn(quint16 port);

    [[nodiscard]] pid_t id() const { return m_id; }

    /// Resident memory, in bytes; 0 when the process has ended.
    [[nodiscard]] qint64 residentMemory() const;

    /// What the process has computed since it began, in all of its threads, to the nanosecond. 0
    /// when it has ended.
    [[nodiscard]] Duration cpuTime() const;

private:
    explicit ServerProcess(pid_t id)
        : m_id(id)
    {
    }

    pid_t m_id;
};

} // namespace LiveTemplate::Load
