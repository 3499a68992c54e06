// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rendershare_p.h"

#include "envelope_p.h"
#include "framewriter_p.h"
#include "shardmetrics_p.h"
#include "stopwatch_p.h"

namespace LiveTemplate {

RenderShare::RenderShare(ShardMetrics &metrics)
    : m_metrics(metrics)
{
}

std::expected<TreePtr, TemplateError> RenderShare::render(const LivePage &page, QVariant &state)
{
    for (const Rendering &known : m_renderings) {
        if (known.page == &page && known.state == state) {
            m_metrics.treesShared.add();
            state = known.state;
            return known.tree;
        }
    }
    auto tree = page.render(state);
    if (tree) {
        m_renderings[m_nextRendering] = {&page, state, *tree};
        m_nextRendering = (m_nextRendering + 1) % size;
    }
    return tree;
}

QByteArray RenderShare::updateFrame(const TreePtr &from, const TreePtr &to)
{
    for (const Frame &known : m_frames) {
        if (known.from == from && known.to == to)
            return known.bytes;
    }
    QByteArray bytes;
    {
        const Stopwatch stopwatch(m_metrics.diffDuration);
        bytes = encodeTextFrame(updateMessage(*from, *to));
    }
    m_metrics.treesDiffed.add();
    m_metrics.dynamicsOnlySends.add();
    m_frames[m_nextFrame] = {from, to, bytes};
    m_nextFrame = (m_nextFrame + 1) % size;
    return bytes;
}

void RenderShare::endTurn()
{
    m_renderings.fill({});
    m_frames.fill({});
}

} // namespace LiveTemplate
