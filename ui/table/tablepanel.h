// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tablemodel.h"

#include <QWidget>

class QAction;
class QMenu;
class QTableView;
class QToolBar;

namespace LiveTemplate::Ui {

/// A TableModel with all that one does with it: search, chips, sort, column chooser, counts
/// ("12 of 340"), pause ("+128 new"), copy, export as CSV or NDJSON with progress, context menu by
/// mouse and keyboard, details on Enter or double click.
class TablePanel : public QWidget
{
    Q_OBJECT

public:
    /// @p name is for settings and tests; @p accessibleName says to a screen reader what the table
    /// lists. @p model must outlive the panel.
    TablePanel(TableModel &model, const QString &name, const QString &accessibleName,
               QWidget *parent = nullptr);

    [[nodiscard]] TableModel &model() const { return m_model; }
    [[nodiscard]] QTableView *view() const { return m_view; }

    /// In the context menu and the panel's tool bar; enabled while rows are selected where
    /// @p needsSelection. The panel does not own it.
    void addAction(QAction *action, bool needsSelection);

    /// What an empty table says: what would be here, and what to do for it. Rich text.
    void setEmptyText(const QString &text);

    /// Whether the view follows the newest row as long as it is scrolled to the end; for streams.
    void setFollowing(bool isFollowing);

    /// Keys of the selected rows, in the order in which they are shown.
    [[nodiscard]] QList<QVariant> selectedKeys() const;
    /// Selects the row and scrolls to it; nothing when it is not shown.
    void select(const QVariant &key);

    /// Columns, their widths and order, and sorting; for settings.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void selectionChanged();
    /// Enter or a double click on a row.
    void activated(const QVariant &key);

private:
    TableModel &m_model;
    QTableView *m_view = nullptr;
};

} // namespace LiveTemplate::Ui
