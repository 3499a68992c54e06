// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "document_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

class DocumentReader
{
public:
    explicit DocumentReader(const BlockBuilder &page)
        : m_page(page)
    {
    }

    std::expected<LivePart, QString> livePart() const
    {
        const BlockEvent *body = find(HtmlEvent::Kind::StartTagEnd, u"body"_s);
        if (body)
            return bodyPart(body->position);
        if (isDocument()) {
            const BlockEvent *head = find(HtmlEvent::Kind::EndTag, u"head"_s);
            if (!head)
                return std::unexpected(u"the document has no <body>, which is what becomes live"_s);
            return bodyPart(behindTag(head->position));
        }
        return fragmentPart();
    }

private:
    [[nodiscard]] bool isDocument() const
    {
        return m_page.piece(0).contains("<!doctype"_L1, Qt::CaseInsensitive)
            || find(HtmlEvent::Kind::StartTag, u"html"_s);
    }

    [[nodiscard]] LivePart bodyPart(BlockPosition start) const
    {
        LivePart part{start, m_page.end(), {}};
        for (const auto &name : {u"body"_s, u"html"_s}) {
            if (const BlockEvent *end = find(HtmlEvent::Kind::EndTag, name, start))
                part.end = std::min(part.end, end->position);
        }
        const BlockEvent *script = find(HtmlEvent::Kind::StartTag, u"script"_s, start);
        if (!script || script->position >= part.end)
            return part;
        if (!isScriptsOnly(script->position, part.end)) {
            part.warning = u"what stands behind the body's first <script> is not live; put the "
                           "scripts last"_s;
        }
        part.end = script->position;
        return part;
    }

    [[nodiscard]] LivePart fragmentPart() const
    {
        const BlockPosition end = m_page.end();
        bool hasScript = false;
        for (const BlockEvent &event : m_page.events()) {
            if (event.kind != HtmlEvent::Kind::StartTag || event.name != "script"_L1)
                continue;
            hasScript = true;
            if (isScriptsOnly(event.position, end))
                return {{}, event.position, {}};
        }
        LivePart part{{}, end, {}};
        if (hasScript)
            part.warning = u"a <script> in the live part may run again; put the scripts last"_s;
        return part;
    }

    /// Whether there is nothing but script elements and white space between two places.
    [[nodiscard]] bool isScriptsOnly(BlockPosition from, BlockPosition to) const
    {
        BlockPosition at = from;
        while (const BlockEvent *script = find(HtmlEvent::Kind::StartTag, u"script"_s, at)) {
            if (script->position >= to)
                break;
            if (!isBlank(at, script->position))
                return false;
            const BlockEvent *end = find(HtmlEvent::Kind::EndTag, u"script"_s, script->position);
            if (!end || end->position >= to)
                return false;
            at = behindTag(end->position);
        }
        return isBlank(at, to);
    }

    [[nodiscard]] bool isBlank(BlockPosition from, BlockPosition to) const
    {
        return from.piece == to.piece
            && QStringView(m_page.piece(from.piece))
                   .sliced(from.offset, to.offset - from.offset)
                   .trimmed()
                   .isEmpty();
    }

    /// Behind the end tag that begins at @p position.
    [[nodiscard]] BlockPosition behindTag(BlockPosition position) const
    {
        const QString &text = m_page.piece(position.piece);
        const qsizetype close = text.indexOf(u'>', position.offset);
        return {position.piece, close < 0 ? text.size() : close + 1};
    }

    /// The first such tag at or behind @p from; null when there is none.
    [[nodiscard]] const BlockEvent *find(HtmlEvent::Kind kind, const QString &name,
                                         BlockPosition from = {}) const
    {
        const auto found = std::ranges::find_if(m_page.events(), [&](const BlockEvent &event) {
            return event.kind == kind && event.name == name && event.position >= from;
        });
        return found == m_page.events().end() ? nullptr : &*found;
    }

    const BlockBuilder &m_page;
};

} // namespace

std::expected<LivePart, QString> findLivePart(const BlockBuilder &page)
{
    return DocumentReader(page).livePart();
}

} // namespace LiveTemplate
