// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <vector>

namespace LiveTemplate {

/// Stands for a variable's name: compares in one instruction.
enum class Symbol : int {
};

/// The variable names of an engine's templates.
class SymbolTable
{
public:
    [[nodiscard]] Symbol symbol(const QString &name)
    {
        const auto found = m_symbols.constFind(name);
        if (found != m_symbols.constEnd())
            return *found;
        const auto next = Symbol(int(m_names.size()));
        m_symbols.insert(name, next);
        m_names.push_back(name);
        return next;
    }

    [[nodiscard]] const QString &name(Symbol symbol) const { return m_names[std::size_t(symbol)]; }

    [[nodiscard]] std::size_t size() const { return m_names.size(); }

private:
    QHash<QString, Symbol> m_symbols;
    std::vector<QString> m_names;
};

} // namespace LiveTemplate
