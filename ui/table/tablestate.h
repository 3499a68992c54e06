// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

class QTableView;

namespace LiveTemplate::Ui {

class TableModel;

/// Which columns of @p view are shown, how wide and in which order, and what it is sorted by. By
/// the columns' keys, so that it still fits when there are other columns one day.
[[nodiscard]] QByteArray saveTableState(const TableModel &model, const QTableView &view);

/// What cannot be read changes nothing.
void restoreTableState(const QByteArray &state, const TableModel &model, QTableView &view);

} // namespace LiveTemplate::Ui
