// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"

namespace LiveTemplate {

/// Lets the `cycle`s of an include start anew.
class PushCyclesStep : public Step
{
public:
    void run(RenderPass &pass, std::vector<Dynamic> &) const override { pass.pushCycles(); }
    bool hasDynamic() const override { return false; }
};

/// Goes back to where the `cycle`s around an include were.
class PopCyclesStep : public Step
{
public:
    void run(RenderPass &pass, std::vector<Dynamic> &) const override { pass.popCycles(); }
    bool hasDynamic() const override { return false; }
};

} // namespace LiveTemplate
