// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "followreason.h"

#include <QAbstractTableModel>
#include <QColor>

namespace LiveTemplate::Ui {

/// Who follows whom: a row for each that may follow, a column for each that may be followed.
class FollowMatrix : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        /// A FollowVerdict as int.
        VerdictRole = Qt::UserRole,
    };

    explicit FollowMatrix(QObject *parent = nullptr);

    /// Sides with the same names as before keep their cells, so that what is selected stays.
    void setSides(const QList<FollowSide> &sides, const FollowServer &server);
    [[nodiscard]] const QList<FollowSide> &sides() const { return m_sides; }

    /// Why the side of @p row does or does not follow that of @p column.
    [[nodiscard]] FollowAnswer answer(int row, int column) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] FollowVerdict verdict(int row, int column) const;

    QList<FollowSide> m_sides;
    FollowServer m_server;
    /// Row by row.
    QList<FollowVerdict> m_verdicts;
};

/// A sign that is told from the others without its colour, too.
[[nodiscard]] QString verdictSign(FollowVerdict verdict);
/// For a background, on light and dark.
[[nodiscard]] QColor verdictColor(FollowVerdict verdict);

} // namespace LiveTemplate::Ui
