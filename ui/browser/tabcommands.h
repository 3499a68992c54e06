// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tabmodel.h"

#include <QObject>
#include <QUrl>

#include <memory>

class QAction;
class QActionGroup;
class QMenu;

namespace LiveTemplate::Ui {

class BrowserSet;
class Demonstration;
class GuideBar;
class MessageBar;
class TabArea;

/// What menus offer for the open tabs: how many are beside each other, another browser for one of
/// them, and the demonstration of what a broadcast is.
class TabCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it. @p server is its start page.
    TabCommands(TabModel &model, BrowserSet &browsers, TabArea &area, MessageBar &messages,
                const QUrl &server, QObject *parent = nullptr);
    ~TabCommands() override;

    /// For above the pages.
    [[nodiscard]] GuideBar &guideBar() const { return *m_guideBar; }
    [[nodiscard]] Demonstration &demonstration() const { return *m_demonstration; }

    /// "One tab", "2 tabs", …
    [[nodiscard]] QList<QAction *> tileActions() const;
    [[nodiscard]] QAction *demonstrateAction() const { return m_demonstrate; }

    /// For a menu bar: to which browser the current tab can be moved.
    void addMoveMenu(QMenu &menu);

    /// So many tabs beside each other; opens more when there are fewer, like the current one.
    void tile(int tiles);

    /// To another browser, with its page and place; says what that means, and can be undone.
    TabId moveToBrowser(TabId id, BrowserId browser);

private:
    void addTileAction(int tiles, const QString &text, const QString &shortcut);
    void checkTiles();
    void fillMoveMenu(QMenu &menu, TabId id);
    void showMenu(TabId id, const QPoint &globalPosition);

    TabModel &m_model;
    BrowserSet &m_browsers;
    TabArea &m_area;
    MessageBar &m_messages;
    QUrl m_server;
    GuideBar *m_guideBar = nullptr;
    std::unique_ptr<Demonstration> m_demonstration;
    QActionGroup *m_tiles = nullptr;
    QAction *m_demonstrate = nullptr;
};

} // namespace LiveTemplate::Ui
