// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "renderpass_p.h"
#include "tree_p.h"

#include <memory>
#include <vector>

namespace LiveTemplate {

class Block;

/// What is done at one place of a template each time it is rendered.
class Step
{
public:
    Step() = default;
    virtual ~Step() = default;
    Q_DISABLE_COPY_MOVE(Step)

    /// Appends what stands at this place, if anything does. Throws KTextTemplate::Exception, or
    /// TemplateError where the place is known.
    virtual void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const = 0;

    /// Whether something stands at this place; the others only set variables.
    [[nodiscard]] virtual bool hasDynamic() const { return true; }

    /// Whether what stands at this place is only known when it is rendered.
    [[nodiscard]] virtual bool isUnknown() const { return false; }

    /// The blocks of which one or more are rendered here.
    [[nodiscard]] virtual std::vector<const Block *> blocks() const { return {}; }
};

/// Shared, because the parts of a document have the steps that set variables in common.
using StepPtr = std::shared_ptr<const Step>;

/// A part of a template, compiled: the literal text became statics, and between them stand the
/// results of the steps.
class Block
{
public:
    /// Renders nothing.
    Block();
    Block(std::vector<QByteArray> statics, std::vector<StepPtr> steps);

    [[nodiscard]] const StaticsPtr &statics() const { return m_statics; }
    [[nodiscard]] const std::vector<StepPtr> &steps() const { return m_steps; }
    [[nodiscard]] bool isEmpty() const;

    /// These throw KTextTemplate::Exception and TemplateError.
    [[nodiscard]] TreePtr build(RenderPass &pass) const;
    [[nodiscard]] std::vector<Dynamic> buildDynamics(RenderPass &pass) const;
    [[nodiscard]] QByteArray html(RenderPass &pass) const;

private:
    StaticsPtr m_statics;
    std::vector<StepPtr> m_steps;
};

} // namespace LiveTemplate
