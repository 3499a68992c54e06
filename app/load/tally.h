// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QMap>
#include <QString>

namespace LiveTemplate::Load {

/// Counts what happened, by reason. There may be 32 of them; what comes later is counted as
/// "Other reasons", since reasons come from outside.
class Tally
{
public:
    void add(const QString &reason);

    [[nodiscard]] quint64 total() const { return m_total; }
    [[nodiscard]] const QMap<QString, quint64> &counts() const { return m_counts; }
    [[nodiscard]] QJsonObject toJson() const;

private:
    quint64 m_total = 0;
    QMap<QString, quint64> m_counts;
};

} // namespace LiveTemplate::Load
