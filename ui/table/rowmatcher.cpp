// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rowmatcher.h"

#include <QMap>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

RowMatcher::RowMatcher(const TableFilter &filter, const QList<FilterChip> &chips)
{
    static const QRegularExpression space(u"\\s+"_s);
    for (const QString &word : filter.text.split(space, Qt::SkipEmptyParts))
        m_words.append(QStringMatcher(word, Qt::CaseInsensitive));

    QMap<int, QList<qsizetype>> sets;
    for (qsizetype index = 0; index < chips.size(); ++index) {
        if (filter.chips.contains(chips.at(index).key))
            sets[chips.at(index).set].append(index);
    }
    m_chipSets = sets.values();
}

bool RowMatcher::matchesText(const QString &text) const
{
    return std::ranges::all_of(m_words, [&text](const QStringMatcher &word) {
        return word.indexIn(text) >= 0;
    });
}

} // namespace LiveTemplate::Ui
