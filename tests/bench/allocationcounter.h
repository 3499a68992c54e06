// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>

/// Counts the allocations of the process from its construction on: those of `operator new` and of
/// malloc and realloc, which Qt's containers call.
class AllocationCounter
{
public:
    AllocationCounter();

    [[nodiscard]] std::size_t count() const;

private:
    std::size_t m_start;
};
