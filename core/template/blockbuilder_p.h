// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "htmlcontext_p.h"

#include <QString>

#include <optional>
#include <vector>

namespace LiveTemplate {

/// A place in a block that is being built: an offset into one of its statics.
struct BlockPosition
{
    std::size_t piece = 0;
    qsizetype offset = 0;

    friend auto operator<=>(const BlockPosition &, const BlockPosition &) = default;
};

/// A tag of HTML, and where in the block it is.
struct BlockEvent
{
    HtmlEvent::Kind kind;
    QString name;
    BlockPosition position;
};

/// Collects a block's literal text and steps, and follows the HTML that they make.
class BlockBuilder
{
public:
    explicit BlockBuilder(HtmlContext start)
        : m_context(std::move(start))
    {
        m_context.startPiece();
    }

    [[nodiscard]] const HtmlContext &context() const { return m_context; }
    void setContext(const HtmlContext &context);

    [[nodiscard]] std::expected<void, HtmlProblem> text(QStringView text);
    [[nodiscard]] std::expected<void, QString> beginDynamic(HtmlContext::Dynamic what);
    void dynamic(StepPtr step);
    void effect(StepPtr step);
    void advanceValue() { m_context.advanceValue(); }
    void endBranch(const HtmlContext &start) { m_context.endBranch(m_pieces.back(), start); }

    /// The tags of the block's own text, in order.
    [[nodiscard]] const std::vector<BlockEvent> &events() const { return m_events; }
    [[nodiscard]] BlockPosition end() const
    {
        return {m_pieces.size() - 1, m_pieces.back().size()};
    }
    [[nodiscard]] const QString &piece(std::size_t index) const { return m_pieces[index]; }
    [[nodiscard]] bool isEmpty() const { return m_steps.empty() && m_pieces.front().isEmpty(); }

    [[nodiscard]] Block finish() const { return part({}, end()); }

    /// What stands between two places. Steps that set variables are in the parts behind them too.
    [[nodiscard]] Block part(BlockPosition from, BlockPosition to) const;

private:
    HtmlContext m_context;
    std::vector<QString> m_pieces{QString()};
    struct PlacedStep
    {
        StepPtr step;
        /// What stands before it.
        BlockPosition position;
    };
    std::vector<PlacedStep> m_steps;
    std::vector<BlockEvent> m_events;
};

} // namespace LiveTemplate
