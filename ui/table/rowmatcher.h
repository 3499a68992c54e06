// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tablemodel.h"

#include <QStringMatcher>

#include <algorithm>

namespace LiveTemplate::Ui {

/// A TableFilter, made ready for many rows.
class RowMatcher
{
public:
    RowMatcher() = default;
    /// Chips that are not among @p chips are ignored.
    RowMatcher(const TableFilter &filter, const QList<FilterChip> &chips);

    /// Whether every row matches.
    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty() && m_chipSets.isEmpty(); }
    [[nodiscard]] bool needsText() const { return !m_words.isEmpty(); }

    /// @p text are the row's texts with a space between; words have none.
    [[nodiscard]] bool matchesText(const QString &text) const;
    /// @p holds says whether the chip of an index holds.
    template<typename Holds>
    [[nodiscard]] bool matchesChips(Holds holds) const
    {
        return std::ranges::all_of(m_chipSets, [&holds](const QList<qsizetype> &set) {
            return std::ranges::any_of(set, holds);
        });
    }

private:
    QList<QStringMatcher> m_words;
    /// The indices of the chips that are on.
    QList<QList<qsizetype>> m_chipSets;
};

} // namespace LiveTemplate::Ui
