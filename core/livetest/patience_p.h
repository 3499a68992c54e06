// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <functional>

namespace LiveTest {

/// How long the kit waits for what a server must do: far longer than it takes, also on a machine
/// that does much else.
inline constexpr std::chrono::milliseconds patience = std::chrono::seconds(10);

/// Waits until @p isDone, which something in this thread's event loop must bring about; false when
/// that does not come in time. Unlike QTest::qWaitFor() it does not look every ten milliseconds,
/// which is many times what an action takes, but after each event.
[[nodiscard]] bool waitUntil(const std::function<bool()> &isDone);

} // namespace LiveTest
