// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "expression_p.h"

namespace LiveTemplate {

/// Begins a frame of variables.
class PushFrameStep : public Step
{
public:
    void run(RenderPass &pass, std::vector<Dynamic> &) const override { pass.scope().push(); }
    bool hasDynamic() const override { return false; }
};

/// Ends a frame of variables.
class PopFrameStep : public Step
{
public:
    void run(RenderPass &pass, std::vector<Dynamic> &) const override { pass.scope().pop(); }
    bool hasDynamic() const override { return false; }
};

/// Sets a variable of the innermost frame.
class SetVariableStep : public Step
{
public:
    SetVariableStep(Symbol variable, Expression value, bool autoescape)
        : m_variable(variable)
        , m_value(std::move(value))
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &) const override
    {
        pass.scope().set(m_variable, m_value.evaluate(pass.evaluation(m_autoescape)));
    }
    bool hasDynamic() const override { return false; }

private:
    Symbol m_variable;
    Expression m_value;
    bool m_autoescape;
};

} // namespace LiveTemplate
