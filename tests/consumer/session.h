// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

// The library has a header of this name, too.

/// What the page greets.
inline constexpr auto greeted = "consumer";
