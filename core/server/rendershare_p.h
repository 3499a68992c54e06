// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livepage_p.h"

#include <QByteArray>
#include <QVariant>

#include <array>

namespace LiveTemplate {

struct ShardMetrics;

/// What connections were shown in this turn, for their peers: those that have an equal state and
/// show an equal page share one render, one difference and one frame (DESIGN.md §5). The work of a
/// broadcast is per distinct state, and not per tab.
class RenderShare
{
public:
    explicit RenderShare(ShardMetrics &metrics);

    /// The live part of @p page for @p state, which has nothing else to show. When a peer had an
    /// equal state, @p state becomes that, so that both keep one.
    [[nodiscard]] std::expected<TreePtr, TemplateError> render(const LivePage &page,
                                                               QVariant &state);

    /// The frame that takes a client from @p from to @p to.
    [[nodiscard]] QByteArray updateFrame(const TreePtr &from, const TreePtr &to);

    /// Forgets all: a template may show the time.
    void endTurn();

private:
    /// Groups are served one after the other, and their tabs agree mostly; more would cost those
    /// that do not.
    static constexpr std::size_t size = 4;

    struct Rendering
    {
        const LivePage *page = nullptr;
        QVariant state;
        TreePtr tree;
    };

    struct Frame
    {
        TreePtr from;
        TreePtr to;
        QByteArray bytes;
    };

    ShardMetrics &m_metrics;
    std::array<Rendering, size> m_renderings;
    std::size_t m_nextRendering = 0;
    std::array<Frame, size> m_frames;
    std::size_t m_nextFrame = 0;
};

} // namespace LiveTemplate
