// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "appearance.h"
#include "dashboardoptions.h"
#include "tabarea.h"
#include "tabmodel.h"
#include "userdirectories.h"

#include <QMainWindow>

#include <memory>

class QAction;
class QMenu;

namespace LiveTemplate {
class RedisMembership;
class Server;
} // namespace LiveTemplate

namespace LiveTemplate::Ui {

class AddressBar;
class BrowserSet;
class BrowserTab;
class CommandPalette;
class MessageBar;
class PanelDocks;
class RedisPanel;
class ServerMonitor;
class StatisticsMonitor;
class StatisticsPanel;
class TabCommands;
struct WindowSettings;

/// The desktop's window: tabs of several browsers that show the pages of one server.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// Opens the tabs that were open when a window with these @p directories was closed last,
    /// unless
    /// @p options say otherwise. @p server must be listening. @p membership is that of the server
    /// in a Redis; null: it cannot join one. Both must outlive the window.
    MainWindow(Server &server, const UserDirectories &directories,
               const DashboardOptions &options = {}, RedisMembership *membership = nullptr,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens @p url in a tab of @p browser, at the end, and makes it current.
    BrowserTab *openTab(BrowserId browser, const QUrl &url);
    /// Makes a browser with no cookies and opens @p url in it.
    BrowserTab *openInNewBrowser(const QUrl &url);
    /// Makes a browser with no cookies and opens the server's start page in it.
    BrowserTab *newBrowser();

    /// The open tabs in their order.
    [[nodiscard]] QList<BrowserTab *> tabs() const;
    /// Null when no tab is open.
    [[nodiscard]] BrowserTab *currentTab() const;
    [[nodiscard]] TabModel &tabModel() { return m_model; }
    [[nodiscard]] TabArea &tabArea() const { return *m_tabArea; }
    [[nodiscard]] TabCommands &tabCommands() const { return *m_tabCommands; }
    [[nodiscard]] MessageBar &messageBar() const { return *m_messageBar; }
    [[nodiscard]] PanelDocks &panels() const { return *m_panels; }
    [[nodiscard]] CommandPalette &commandPalette() const { return *m_palette; }
    [[nodiscard]] AddressBar &addressBar() const { return *m_addressBar; }

    /// Lays the window out as a file of saveLayout() says. Says why it cannot in the message bar.
    void loadLayout(const QString &fileName);
    void saveLayout(const QString &fileName);

    /// To the front, also out of a minimised state.
    void raiseToUser();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void createActions();
    void createMenus();
    void createViewMenu();
    void createAppearanceMenu(QMenu &view);
    void createToolBar();
    void createContent();
    void createStatusBar();
    void createPanels();
    void createTabShortcuts();

    void openNewTab();
    void closeCurrentTab();
    void goTo(const QString &input);
    void activateTab(int number);
    void zoom(double factor);
    void showAbout();

    void resetLayout();
    void askForLayoutToLoad();
    void askWhereToSaveLayout();
    void showCommands();
    void changeAppearance(Appearance appearance);

    void updateForCurrentTab();
    void updateArrangementAction();

    void restore();
    void openTabs(const WindowSettings &settings);
    void applyOptions();
    void saveSettings();
    [[nodiscard]] WindowSettings settingsToSave() const;

    struct Actions;

    Server &m_server;
    UserDirectories m_directories;
    const DashboardOptions m_options;
    RedisMembership *m_membership = nullptr;
    TabModel m_model;
    std::unique_ptr<BrowserSet> m_browsers;
    std::unique_ptr<Actions> m_actions;
    std::unique_ptr<ServerMonitor> m_monitor;
    std::unique_ptr<StatisticsMonitor> m_statistics;
    std::unique_ptr<PanelDocks> m_panels;
    CommandPalette *m_palette = nullptr;
    Appearance m_appearance = Appearance::System;
    TabArea *m_tabArea = nullptr;
    TabCommands *m_tabCommands = nullptr;
    MessageBar *m_messageBar = nullptr;
    AddressBar *m_addressBar = nullptr;
    RedisPanel *m_redisPanel = nullptr;
    StatisticsPanel *m_statisticsPanel = nullptr;
};

} // namespace LiveTemplate::Ui
