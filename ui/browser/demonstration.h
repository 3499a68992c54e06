// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "broadcastguide.h"
#include "tabmodel.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <array>
#include <optional>

namespace LiveTemplate::Ui {

class BrowserSet;
class GuideBar;
class TabArea;

/// Shows what a broadcast is: opens two tabs of one browser and one of another on a page with a
/// counter, beside each other, and says in a GuideBar what to click and what happened.
class Demonstration : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it. @p page is one with a counter: "/counter" of the sample pages.
    Demonstration(TabModel &model, BrowserSet &browsers, TabArea &area, GuideBar &bar, QUrl page,
                  QObject *parent = nullptr);

    /// Begins, anew if it is running. Uses tabs that are open where they fit.
    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_guide.has_value(); }
    /// While it is running.
    [[nodiscard]] BroadcastGuide::Stage stage() const { return m_guide->stage(); }
    /// The three tabs: first those of one browser.
    [[nodiscard]] const std::array<TabId, 3> &tabs() const { return m_tabs; }

private:
    [[nodiscard]] bool useOpenTabs();
    void openTabs();
    void look();
    void take(quint64 round, std::size_t tab, const QString &counter);
    void showStep();

    TabModel &m_model;
    BrowserSet &m_browsers;
    TabArea &m_area;
    GuideBar &m_bar;
    QUrl m_page;
    std::optional<BroadcastGuide> m_guide;
    std::array<TabId, 3> m_tabs{};
    QTimer m_timer;
    /// What has been answered of what was asked last.
    quint64 m_round = 0;
    BroadcastGuide::Counters m_counters;
    int m_answers = 0;
};

} // namespace LiveTemplate::Ui
