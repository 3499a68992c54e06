// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace LiveTemplate::Ui {

/// How well a text is what somebody typed.
struct FuzzyMatch
{
    /// More is better.
    int score = 0;
    /// Where the letters are that were typed.
    QList<qsizetype> positions;
};

/// Whether all letters of @p typed, without spaces, are in @p text in their order, in any case; the
/// best way: letters that begin words and letters beside each other count more.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(const QString &typed, const QString &text);

} // namespace LiveTemplate::Ui
