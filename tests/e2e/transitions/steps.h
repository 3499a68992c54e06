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

[[nodiscard]] const std::vector<Step> &steps();

/// The state after the first @p count steps.
[[nodiscard]] PageState stateAfter(std::size_t count);

} // namespace LiveTemplate
