// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QtTypes>

#include <optional>

namespace LiveTemplate {

/// What the system says about this process. What cannot be read is left out.
struct LIVETEMPLATE_PRIVATE_EXPORT ProcessMetrics
{
    /// May be called from any thread. Takes some microseconds; before Linux 6.2, where open files
    /// have to be listed, about a microsecond more for each of them.
    [[nodiscard]] static ProcessMetrics read();

    /// Time of user and system code on all cores since the start.
    std::optional<double> cpuSeconds;
    std::optional<qint64> residentBytes;
    std::optional<qint64> virtualBytes;
    /// File descriptors, sockets among them.
    std::optional<qint64> openFiles;
    /// The soft limit of them.
    std::optional<qint64> maxFiles;
    std::optional<qint64> threads;
    /// When the process was started, in seconds since 1970 (UTC).
    std::optional<double> startTime;
};

} // namespace LiveTemplate
