// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tabmodel.h"
#include "tilelayout.h"

#include <QHash>
#include <QWidget>

class QWebEngineNewWindowRequest;

namespace LiveTemplate::Ui {

class BrowserSet;
class BrowserTab;
class TabStrip;

/// How the open tabs are arranged.
enum class TabArrangement {
    /// One page is visible, the others are behind it; a row of tabs switches.
    Stacked,
    /// All pages are visible, or as many as TabArea::tiles() says: the current one and its
    /// neighbours. The others are behind them, and a row of tabs switches.
    SideBySide,
};

/// Shows the tabs of a TabModel: makes a BrowserTab for each row and arranges them.
///
/// Both arrangements show and hide the same widgets in the same parent. A web engine view that is
/// given another parent loses its surface for a moment and flickers.
class TabArea : public QWidget
{
    Q_OBJECT

public:
    /// @p model and @p browsers must outlive the area. @p emptyNotice is shown when no tab is open.
    TabArea(TabModel &model, BrowserSet &browsers, QWidget *emptyNotice, QWidget *parent = nullptr);
    ~TabArea() override;

    [[nodiscard]] TabArrangement arrangement() const { return m_arrangement; }
    /// Side by side are all tabs, then.
    void setArrangement(TabArrangement arrangement);

    /// How many are beside each other; 0: all.
    [[nodiscard]] int tiles() const { return m_tiles; }
    /// 1 is the same as stacked.
    void setTiles(int tiles);
    /// The rows that are shown.
    [[nodiscard]] const TileWindow &shownRows() const { return m_shown; }

    /// Null when there is no such tab.
    [[nodiscard]] BrowserTab *tab(TabId id) const { return m_tabs.value(id); }
    /// Null when no tab is open.
    [[nodiscard]] BrowserTab *currentTab() const;
    /// In the model's order.
    [[nodiscard]] QList<BrowserTab *> tabs() const;

Q_SIGNALS:
    void arrangementChanged(TabArrangement arrangement);
    /// The mouse or a key asks what can be done with a tab.
    void tabMenuRequested(LiveTemplate::Ui::TabId id, const QPoint &globalPosition);
    /// Something of the current tab changed that a toolbar shows.
    void currentTabChanged();

private:
    void insertTab(const Tab &tab);
    void removeTab(TabId id);
    void connectTab(TabId id, BrowserTab *tab);
    void openRequestedTab(BrowserId browser, QWebEngineNewWindowRequest &request);
    void makeFocusedTabCurrent(QWidget *focused);
    void arrange();

    TabModel &m_model;
    BrowserSet &m_browsers;
    QWidget *m_emptyNotice = nullptr;
    TabStrip *m_strip = nullptr;
    QWidget *m_pages = nullptr;
    TileLayout *m_layout = nullptr;
    QHash<TabId, BrowserTab *> m_tabs;
    TabArrangement m_arrangement = TabArrangement::Stacked;
    int m_tiles = 0;
    TileWindow m_shown;
};

} // namespace LiveTemplate::Ui
