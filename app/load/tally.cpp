// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tally.h"

#include <QCoreApplication>

namespace LiveTemplate::Load {

namespace {

constexpr qsizetype maxReasons = 32;

} // namespace

void Tally::add(const QString &reason)
{
    ++m_total;
    const bool hasRoom = m_counts.size() < maxReasons || m_counts.contains(reason);
    ++m_counts[hasRoom ? reason
                       : QCoreApplication::translate("LiveTemplate::Load::Tally", "Other reasons")];
}

QJsonObject Tally::toJson() const
{
    QJsonObject object;
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
        object.insert(it.key(), qint64(it.value()));
    return object;
}

} // namespace LiveTemplate::Load
