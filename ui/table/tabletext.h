// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

class QAbstractItemModel;
class QHeaderView;

namespace LiveTemplate::Ui {

/// The columns that @p header shows, in the order in which it shows them.
[[nodiscard]] QList<int> shownColumns(const QHeaderView &header);

/// What copying @p rows puts on the clipboard: the texts of @p columns with tabs between, a line
/// for each row; with the columns' titles first when there are several rows. Tabs and line ends
/// in a text become spaces.
[[nodiscard]] QString tabSeparatedText(const QAbstractItemModel &model, const QList<int> &rows,
                                       const QList<int> &columns);

} // namespace LiveTemplate::Ui
