// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QVariant>

#include <compare>

namespace LiveTemplate::Ui {

/// What a cell is sorted by, made once for each cell: comparing two QVariants, or two texts in any
/// case of letters, costs ten times as much as comparing two of these.
///
/// Nothing comes before numbers (and points in time), numbers before texts.
class SortKey
{
public:
    SortKey() = default;
    explicit SortKey(const QVariant &value);

    [[nodiscard]] std::strong_ordering compare(const SortKey &other) const;

private:
    enum class Kind : quint8 {
        Nothing,
        Number,
        Text,
    };

    void setNumber(long double number);
    void setText(const QString &text);

    /// Of a text its first letters. Holds every qint64, quint64 and double exactly.
    long double m_number = 0;
    QString m_text;
    Kind m_kind = Kind::Nothing;
};

} // namespace LiveTemplate::Ui
