// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>
#include <QVariant>

namespace LiveTemplate::Ui {

/// What names a row, as something that can be looked up.
class TableKey
{
public:
    TableKey() = default;
    explicit TableKey(const QVariant &key)
    {
        if (key.typeId() == QMetaType::QString)
            m_text = key.toString();
        else
            m_number = key.toULongLong();
    }

    bool operator==(const TableKey &) const = default;

    friend std::size_t qHash(const TableKey &key, std::size_t seed = 0)
    {
        return qHashMulti(seed, key.m_number, key.m_text);
    }

private:
    quint64 m_number = 0;
    QString m_text;
};

} // namespace LiveTemplate::Ui
