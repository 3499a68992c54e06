// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

class QWidget;

namespace LiveTemplate::Ui {

class TableModel;

/// All that a table says of a row, with the columns that are not shown and what a cell says when
/// the mouse is over it. HTML.
[[nodiscard]] QString rowDetails(const TableModel &model, int row);

/// Shows that in a window of its own, which stays while one goes on to work.
void showRowDetails(const TableModel &model, int row, QWidget *parent);

} // namespace LiveTemplate::Ui
