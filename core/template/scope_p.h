// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "member_p.h"
#include "symboltable_p.h"

#include <QVariant>
#include <QVariantHash>

#include <vector>

namespace KTextTemplate {
class Context;
}

namespace LiveTemplate {

/// Where a loop is: what a template sees as `forloop`.
struct Loop
{
    qsizetype index = 0;
    qsizetype count = 0;
    /// Tells the runs of loops apart.
    int run = 0;
};

/// What a page's templates see besides their own variables.
class RootValues
{
public:
    /// @p state's properties, when it is a gadget, win over @p values. Both must outlive this.
    RootValues(const QVariant &state, const QVariantHash &values)
        : m_state(&state)
        , m_values(&values)
    {
    }
    explicit RootValues(const KTextTemplate::Context &context)
        : m_context(&context)
    {
    }

    [[nodiscard]] QVariant value(const Member &name) const;
    /// All, by name. Those of a library's context are not known by name, and left out.
    [[nodiscard]] QVariantHash all() const;
    [[nodiscard]] const KTextTemplate::Context *context() const { return m_context; }

private:
    const QVariant *m_state = nullptr;
    const QVariantHash *m_values = nullptr;
    const KTextTemplate::Context *m_context = nullptr;
};

/// The variables of one rendering. A frame's variables hide those of the frames below, and go with
/// it.
class Scope
{
public:
    Scope(const SymbolTable &symbols, const RootValues &root)
        : m_symbols(symbols)
        , m_root(root)
    {
    }

    /// A variable of the template's own; null when the name is none, and may be one of the page's.
    [[nodiscard]] const QVariant *variable(Symbol name) const
    {
        for (std::size_t i = m_variables.size(); i-- > 0;) {
            if (m_variables[i].name == name)
                return &m_variables[i].value;
        }
        return nullptr;
    }

    /// Sets a variable of the innermost frame.
    void set(Symbol name, QVariant value);

    void push() { m_frames.push_back(m_variables.size()); }
    void pop()
    {
        m_variables.resize(m_frames.back());
        m_frames.pop_back();
    }

    /// The loops that are running, from the outermost.
    [[nodiscard]] const std::vector<Loop> &loops() const { return m_loops; }
    [[nodiscard]] std::vector<Loop> &loops() { return m_loops; }
    /// `forloop` as a map; not valid outside of loops.
    [[nodiscard]] QVariant forloop() const;

    /// The variables of each frame, from the innermost to the page's own values.
    [[nodiscard]] std::vector<QVariantHash> frames() const;
    /// What is visible, by name.
    [[nodiscard]] QVariantHash visible() const;
    [[nodiscard]] const RootValues &root() const { return m_root; }

private:
    struct Variable
    {
        Symbol name;
        QVariant value;
    };

    const SymbolTable &m_symbols;
    const RootValues &m_root;
    std::vector<Variable> m_variables;
    /// The number of variables below each frame.
    std::vector<std::size_t> m_frames;
    std::vector<Loop> m_loops;
};

/// A frame that goes with its C++ scope, exceptions included.
class ScopeFrame
{
public:
    explicit ScopeFrame(Scope &scope)
        : m_scope(scope)
    {
        m_scope.push();
    }
    ~ScopeFrame() { m_scope.pop(); }
    Q_DISABLE_COPY_MOVE(ScopeFrame)

private:
    Scope &m_scope;
};

} // namespace LiveTemplate
