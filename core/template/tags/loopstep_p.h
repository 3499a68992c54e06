// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"

#include <QSet>

#include <optional>

namespace LiveTemplate {

/// A part of a page that is there once for each of some values: gives a range.
class LoopStep : public Step
{
public:
    LoopStep(Block body, Block otherwise)
        : m_body(std::move(body))
        , m_otherwise(std::move(otherwise))
    {
    }

    std::vector<const Block *> blocks() const override { return {&m_body, &m_otherwise}; }

    [[nodiscard]] const Block &body() const { return m_body; }
    /// What stands there when there are no items.
    [[nodiscard]] const Block &otherwise() const { return m_otherwise; }

protected:
    /// Collects the items of a range, each with a key of its own.
    class Items
    {
    public:
        Items(const LoopStep &loop, RenderPass &pass, qsizetype count);
        Q_DISABLE_COPY_MOVE(Items)

        /// Renders the body.
        void append();
        [[nodiscard]] RangePtr take();

    private:
        [[nodiscard]] std::optional<QByteArray> keyText(const std::vector<Dynamic> &dynamics) const;
        [[nodiscard]] QByteArray key(const std::vector<Dynamic> &dynamics);
        [[nodiscard]] QByteArray unique(const QByteArray &key);

        const LoopStep &m_loop;
        RenderPass &m_pass;
        std::shared_ptr<Range> m_range;
        QSet<QByteArray> m_keys;
    };

private:
    Block m_body;
    Block m_otherwise;
};

} // namespace LiveTemplate
