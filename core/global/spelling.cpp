// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "spelling_p.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace LiveTemplate {

namespace {

/// How many letters must be put in, left out or changed (Levenshtein's distance).
qsizetype distance(QStringView from, QStringView to)
{
    std::vector<qsizetype> row(std::size_t(to.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < from.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i + 1;
        for (qsizetype j = 0; j < to.size(); ++j) {
            const std::size_t column = std::size_t(j) + 1;
            const qsizetype changed = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[column];
            row[column] = std::min({changed, diagonal + 1, row[column - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString closestName(const QString &name, const QStringList &names)
{
    // More than every fourth letter wrong is another word, not a slip.
    qsizetype least = name.size() / 4 + 1;
    QString closest;
    for (const QString &candidate : names) {
        if (const qsizetype difference = distance(name, candidate); difference < least) {
            least = difference;
            closest = candidate;
        }
    }
    return closest;
}

} // namespace LiveTemplate
