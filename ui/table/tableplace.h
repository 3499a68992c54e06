// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>
#include <QVariant>

namespace LiveTemplate::Ui {

class TableModel;
class TableView;

/// Keeps what a view shows and what is selected in it, by key, while the rows of its model become
/// others. A view that was at its top stays there.
class TablePlace : public QObject
{
    Q_OBJECT

public:
    /// @p view must have its model.
    TablePlace(TableModel &model, TableView &view);

    /// Whether the view stays at the end when it is there.
    void setFollowing(bool isFollowing) { m_isFollowing = isFollowing; }

    /// Whether a refresh is going on, so that the selection is not what it will be.
    [[nodiscard]] bool isRefreshing() const { return m_isRefreshing; }

    /// Keys of the selected rows in the order in which they are shown.
    [[nodiscard]] QList<QVariant> selectedKeys() const;

Q_SIGNALS:
    /// Not while the rows become others, unless a selected one goes.
    void selectionChanged();

private:
    void remember();
    void restore();
    void rememberSelection();
    void restoreSelection();
    void restoreCurrent();
    void rememberScrolling();
    void restoreScrolling();
    [[nodiscard]] bool isSorted() const;
    [[nodiscard]] bool followsEnd() const;

    /// A row that was seen, and how far from the top.
    struct Seen
    {
        QVariant key;
        int distance = 0;
    };

    TableModel &m_model;
    TableView &m_view;
    bool m_isFollowing = false;
    bool m_isRefreshing = false;

    QList<QVariant> m_selected;
    QVariant m_current;
    int m_currentRow = -1;
    int m_currentColumn = 0;
    bool m_wasAtTop = true;
    bool m_wasAtEnd = false;
    QList<Seen> m_seen;
};

} // namespace LiveTemplate::Ui
