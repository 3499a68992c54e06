// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "blockbuilder_p.h"

#include "utf8_p.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

QByteArray staticText(QStringView text)
{
    QByteArray utf8;
    appendUtf8(utf8, text);
    // PROTOCOL.md C, trap 5: the client deletes these tags from what it shows. With a space they
    // mean the same.
    utf8.replace("<root>", "<root >");
    utf8.replace("</root>", "</root >");
    return utf8;
}

} // namespace

void BlockBuilder::setContext(const HtmlContext &context)
{
    m_context = context;
    m_context.startPiece();
}

std::expected<void, HtmlProblem> BlockBuilder::text(QStringView text)
{
    std::vector<HtmlEvent> events;
    const std::size_t piece = m_pieces.size() - 1;
    auto result = m_context.advance(text, m_pieces.back(), events);
    for (HtmlEvent &event : events)
        m_events.push_back({event.kind, std::move(event.name), {piece, event.offset}});
    return result;
}

std::expected<void, QString> BlockBuilder::beginDynamic(HtmlContext::Dynamic what)
{
    // A tag's name may end here.
    if (!m_events.empty() && m_events.back().name.isEmpty())
        m_events.back().name = m_context.element();
    return m_context.beginDynamic(m_pieces.back(), what);
}

void BlockBuilder::dynamic(StepPtr step)
{
    m_steps.push_back({std::move(step), end()});
    m_pieces.emplace_back();
    m_context.startPiece();
}

void BlockBuilder::effect(StepPtr step)
{
    m_steps.push_back({std::move(step), end()});
}

Block BlockBuilder::part(BlockPosition from, BlockPosition to) const
{
    std::vector<QByteArray> statics;
    for (std::size_t i = from.piece; i <= to.piece; ++i) {
        const qsizetype start = i == from.piece ? from.offset : 0;
        const qsizetype end = i == to.piece ? to.offset : m_pieces[i].size();
        statics.push_back(staticText(QStringView(m_pieces[i]).sliced(start, end - start)));
    }
    std::vector<StepPtr> steps;
    for (const auto &[step, position] : m_steps) {
        const bool isInside = step->hasDynamic()
            ? position.piece >= from.piece && position.piece < to.piece
            : position <= to;
        if (isInside)
            steps.push_back(step);
    }
    return Block(std::move(statics), std::move(steps));
}

} // namespace LiveTemplate
