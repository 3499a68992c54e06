// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "histogram.h"
#include "livetemplate_export.h"

#include <span>

namespace LiveTemplate {

class Distribution;

class LIVETEMPLATE_PRIVATE_EXPORT HistogramBuilder
{
public:
    /// What all of @p distributions counted together. They may go on meanwhile.
    [[nodiscard]] static Histogram of(std::span<const Distribution *const> distributions);
};

} // namespace LiveTemplate
