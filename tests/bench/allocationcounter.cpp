// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "allocationcounter.h"

#include <atomic>
#include <cstdlib>

// The C library's own functions; the program's stand before them. operator new calls malloc.
extern "C" {
void *__libc_malloc(std::size_t size);
void *__libc_realloc(void *memory, std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
}

namespace {

std::atomic<std::size_t> allocations;

} // namespace

extern "C" {

void *malloc(std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}

void *realloc(void *memory, std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(memory, size);
}

void *calloc(std::size_t count, std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}

} // extern "C"

AllocationCounter::AllocationCounter()
    : m_start(allocations.load(std::memory_order_relaxed))
{
}

std::size_t AllocationCounter::count() const
{
    return allocations.load(std::memory_order_relaxed) - m_start;
}
