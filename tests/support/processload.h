// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtTypes>

#include <sys/types.h>

#include <chrono>
#include <optional>

/// What a process of this machine holds and has used, from /proc.
namespace ProcessLoad {

/// Descriptors that are open; the one that lists them does not count.
[[nodiscard]] qint64 openFiles(pid_t process);

/// Memory, in bytes.
[[nodiscard]] qint64 residentBytes(pid_t process);

/// What this process has allocated and not freed, in bytes: unlike its memory, it does not depend
/// on what the allocator keeps. Nothing under a sanitizer, which has an allocator of its own.
[[nodiscard]] std::optional<qint64> allocatedBytes();

/// Processor time of this process. It needs no descriptor.
[[nodiscard]] std::chrono::milliseconds processorTime();

/// Lets this process open as many files as the system lets it; gives how many.
[[nodiscard]] qint64 raiseFileLimit();

} // namespace ProcessLoad
