// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "expression_p.h"
#include "scope_p.h"

#include <KTextTemplate/Context>

#include <QHash>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace KTextTemplate {
class Node;
}

namespace LiveTemplate {

class TemplateEngine;

/// One rendering of a template: its variables, and what tags remember until its end.
class RenderPass
{
public:
    RenderPass(TemplateEngine &engine, const RootValues &root);

    [[nodiscard]] TemplateEngine &engine() const { return m_engine; }
    [[nodiscard]] Scope &scope() { return m_scope; }
    [[nodiscard]] Evaluation evaluation(bool autoescape) const { return {m_scope, autoescape}; }

    /// How often `cycle` @p node was rendered, in this include.
    [[nodiscard]] int &cycle(const KTextTemplate::Node *node) { return m_cycles.back()[node]; }
    void pushCycles() { m_cycles.emplace_back(); }
    void popCycles() { m_cycles.pop_back(); }

    /// What `ifchanged` @p node saw last, in this run of the innermost loop.
    [[nodiscard]] QVariant &lastSeen(const KTextTemplate::Node *node);

    /// Tells this run of a loop from others.
    [[nodiscard]] int nextLoopRun() { return ++m_loopRuns; }

    /// For a piece that is being made; empty at first.
    [[nodiscard]] QByteArray &buffer() const
    {
        m_buffer.resize(0);
        return m_buffer;
    }

    /// Writes a piece so that the client shows it (PROTOCOL.md C, traps 4 and 5), unless it becomes
    /// a part of another piece.
    void finish(QByteArray &html) const;

    /// While one of these lives, what is rendered becomes a part of a piece.
    class AsText
    {
    public:
        explicit AsText(RenderPass &pass)
            : m_pass(pass)
        {
            ++m_pass.m_textDepth;
        }
        ~AsText() { --m_pass.m_textDepth; }
        Q_DISABLE_COPY_MOVE(AsText)

    private:
        RenderPass &m_pass;
    };

    /// Lets a tag of another library render itself: gives it our variables, and takes those that
    /// it sets.
    [[nodiscard]] QString renderForeign(const KTextTemplate::Node &node, bool autoescape);

    /// Counts how deep a rendering is in includes whose names values give; throws
    /// KTextTemplate::Exception past the limit.
    class Depth
    {
    public:
        explicit Depth(RenderPass &pass);
        ~Depth() { --m_pass.m_depth; }
        Q_DISABLE_COPY_MOVE(Depth)

    private:
        RenderPass &m_pass;
    };

private:
    struct LastSeen
    {
        int run = -1;
        QVariant value;
    };

    TemplateEngine &m_engine;
    Scope m_scope;
    std::vector<QHash<const KTextTemplate::Node *, int>> m_cycles{1};
    QHash<const KTextTemplate::Node *, LastSeen> m_lastSeen;
    int m_loopRuns = 0;
    int m_depth = 0;
    int m_textDepth = 0;
    mutable QByteArray m_buffer;
    /// Made when the first foreign tag is met.
    std::unique_ptr<KTextTemplate::Context> m_context;
};

} // namespace LiveTemplate
