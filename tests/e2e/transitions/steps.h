// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pagestate.h"

#include <functional>
#include <vector>

namespace LiveTemplate {

/// A change from one state to the next.
struct Step
{
    QString name;
    std::function<void(PageState &)> change;
};

/// Which keys a sequence of steps gives to rows.
enum class Keys {
    Unique,
    /// Rows of a list have the same key, which an author should not let happen.
    Repeated,
    /// Rows of two lists have the same keys.
    Shared,
};

[[nodiscard]] const std::vector<Step> &steps(Keys keys);

/// The state after the first @p count steps.
[[nodiscard]] PageState stateAfter(Keys keys, std::size_t count);

} // namespace LiveTemplate
