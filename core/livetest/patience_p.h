// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace LiveTest {

/// How long the kit waits for what a server must do: far longer than it takes, also on a machine
/// that does much else.
inline constexpr std::chrono::milliseconds patience = std::chrono::seconds(10);

} // namespace LiveTest
