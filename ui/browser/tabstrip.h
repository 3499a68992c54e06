// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTabBar>

namespace LiveTemplate::Ui {

enum class TabId : quint64;
class TabModel;

/// The row of tabs, as TabModel has them. Dragging a tab moves it in the model.
class TabStrip : public QTabBar
{
    Q_OBJECT

public:
    /// @p model must outlive the strip.
    explicit TabStrip(TabModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The other mouse button or a key asks what can be done with a tab.
    void menuRequested(LiveTemplate::Ui::TabId id, const QPoint &globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void insertRows(int first, int last);
    void removeRows(int first, int last);
    void updateRow(int row);
    void moveRow(int from, int to);
    void showCurrent();

    /// While the strip is made to follow the model, or the model to follow the strip, what they
    /// report is an echo.
    enum class Leader {
        None,
        Model,
        Strip
    };

    TabModel &m_model;
    Leader m_leader = Leader::None;
};

} // namespace LiveTemplate::Ui
