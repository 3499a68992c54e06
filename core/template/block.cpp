// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "block_p.h"

namespace LiveTemplate {

Block::Block()
    : Block({QByteArray("")}, {})
{
}

Block::Block(std::vector<QByteArray> statics, std::vector<StepPtr> steps)
    : m_statics(std::make_shared<Statics>(std::move(statics)))
    , m_steps(std::move(steps))
{
}

bool Block::isEmpty() const
{
    return m_steps.empty() && m_statics->parts().front().isEmpty();
}

TreePtr Block::build(RenderPass &pass) const
{
    return std::make_shared<Tree>(m_statics, buildDynamics(pass));
}

std::vector<Dynamic> Block::buildDynamics(RenderPass &pass) const
{
    std::vector<Dynamic> dynamics;
    dynamics.reserve(m_statics->dynamicCount());
    for (const StepPtr &step : m_steps)
        step->run(pass, dynamics);
    return dynamics;
}

QByteArray Block::html(RenderPass &pass) const
{
    const RenderPass::AsText text(pass);
    QByteArray html;
    appendHtml(html, *build(pass));
    return html;
}

} // namespace LiveTemplate
