// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "rowwriter.h"
#include "tablemodel.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QTableView;
class QToolBar;

namespace LiveTemplate::Ui {

class ExportBar;
class TablePlace;
class TableView;

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
    [[nodiscard]] QTableView *view() const;

    /// In the context menu and the panel's tool bar; enabled while rows are selected where
    /// @p needsSelection. The panel does not own it.
    void addAction(QAction *action, bool needsSelection);

    /// What an empty table says: what would be here, and what to do for it. Rich text.
    void setEmptyText(const QString &text);

    /// Has Enter and a double click show all that is known of the row in a window. For a panel that
    /// has no better way.
    void showDetailsOnEnter();

    /// Whether the view follows the newest row as long as it is scrolled to the end; for streams.
    void setFollowing(bool isFollowing);

    /// Keys of the selected rows, in the order in which they are shown.
    [[nodiscard]] QList<QVariant> selectedKeys() const;
    /// Selects the row and scrolls to it; nothing when it is not shown.
    void select(const QVariant &key);

    /// Columns, their widths and order, and sorting; for settings.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    /// Writes what is shown, with the columns that are shown. Nothing while another one is written.
    void exportTo(const QString &fileName, ExportFormat format);

    /// What the command palette offers of it.
    [[nodiscard]] QList<QAction *> commands() const;

Q_SIGNALS:
    void selectionChanged();
    /// Enter or a double click on a row.
    void activated(const QVariant &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void createView(const QString &accessibleName);
    void createActions();
    void createToolBar(const QString &accessibleName);
    void addChips();
    void setUpColumns();

    void applyFilter();
    void clearSearch();
    void copy();
    void askForFile(ExportFormat format);
    void showMenu(const QPoint &position);
    void fillColumnMenu(QMenu &menu);
    void updateCounts();
    void updatePause();
    void updateActions();
    void updateNotice();

    TableModel &m_model;
    TableView *m_view = nullptr;
    TablePlace *m_place = nullptr;
    QToolBar *m_toolBar = nullptr;
    QLineEdit *m_search = nullptr;
    QLabel *m_counts = nullptr;
    ExportBar *m_exportBar = nullptr;
    QTimer m_searchDelay;
    QString m_emptyText;
    QSet<QString> m_chips;

    QAction *m_find = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_columns = nullptr;
    QAction *m_export = nullptr;
    QAction *m_exportCsv = nullptr;
    QAction *m_exportNdjson = nullptr;
    QAction *m_firstButton = nullptr;
    QList<QAction *> m_ownActions;
    QList<QAction *> m_selectionActions;
};

} // namespace LiveTemplate::Ui
