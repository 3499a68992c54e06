// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTableView>

namespace LiveTemplate::Ui {

/// The view of a TablePanel: calm rows of one height, keys as in a list of files, and a sentence
/// in its middle while it has nothing to show.
class TableView : public QTableView
{
    Q_OBJECT

public:
    explicit TableView(QWidget *parent = nullptr);

    /// Rich text; nothing is shown while it is empty or there are rows.
    void setNotice(const QString &text);

    /// So that the scroll bar knows rows that came just now.
    void layOutNow() { executeDelayedItemsLayout(); }

Q_SIGNALS:
    /// Enter or a double click.
    void rowActivated(const QModelIndex &index);
    /// By mouse or keyboard; @p position is on the screen.
    void menuWanted(const QPoint &position);
    void escapePressed();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QPoint menuPosition() const;

    QString m_notice;
};

} // namespace LiveTemplate::Ui
