// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mainwindow.h"

#include "addressbar.h"
#include "alertindicator.h"
#include "browserset.h"
#include "browsertab.h"
#include "commandpalette.h"
#include "followpanel.h"
#include "guidebar.h"
#include "layoutfile.h"
#include "logspanel.h"
#include "messagebar.h"
#include "notabsnotice.h"
#include "pageaddress.h"
#include "panel.h"
#include "paneldocks.h"
#include "redismembership.h"
#include "redispanel.h"
#include "redisurl.h"
#include "server.h"
#include "servermonitor.h"
#include "serverstatus.h"
#include "sessiongroupspanel.h"
#include "statisticsmonitor.h"
#include "statisticspanel.h"
#include "symbolicicon.h"
#include "tabcommands.h"
#include "windowsettings.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QShortcut>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWebEngineHistory>
#include <QWebEngineView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Three pages beside each other, each as wide as a large phone.
constexpr QSize firstSize(1400, 860);

// Increased when docks or toolbars change so that an old layout no longer fits.
constexpr int layoutVersion = 2;

constexpr int messageMilliseconds = 3000;

constexpr double zoomStep = 1.1;

const QString panelsGroup = u"panels"_s;
const QString recentCommandsKey = u"commands/recent"_s;
const QString layoutSuffix = u"layout.json"_s;

} // namespace

struct MainWindow::Actions
{
    QAction *newTab = nullptr;
    QAction *newBrowser = nullptr;
    QAction *closeTab = nullptr;
    QAction *reopenTab = nullptr;
    QAction *quit = nullptr;
    QAction *back = nullptr;
    QAction *forward = nullptr;
    QAction *reload = nullptr;
    QAction *editAddress = nullptr;
    QAction *nextTab = nullptr;
    QAction *previousTab = nullptr;
    QAction *sideBySide = nullptr;
    QAction *zoomIn = nullptr;
    QAction *zoomOut = nullptr;
    QAction *resetZoom = nullptr;
    QAction *commands = nullptr;
    QAction *saveLayout = nullptr;
    QAction *loadLayout = nullptr;
    QAction *resetLayout = nullptr;
    QList<QAction *> appearances;
    QAction *about = nullptr;
    QAction *aboutQt = nullptr;
};

MainWindow::MainWindow(Server &server, const UserDirectories &directories,
                       const DashboardOptions &options, RedisMembership *membership,
                       QWidget *parent)
    : QMainWindow(parent)
    , m_server(server)
    , m_directories(directories)
    , m_options(options)
    , m_membership(membership)
    , m_browsers(std::make_unique<BrowserSet>(directories.browserData))
    , m_actions(std::make_unique<Actions>())
    , m_monitor(std::make_unique<ServerMonitor>(server))
    , m_statistics(std::make_unique<StatisticsMonitor>(server, membership))
    , m_panels(std::make_unique<PanelDocks>(*this, layoutVersion))
    , m_palette(new CommandPalette(this))
{
    setWindowIcon(applicationIcon());
    resize(firstSize);

    createActions();
    createContent();
    createPanels();
    createMenus();
    createToolBar();
    createStatusBar();
    createTabShortcuts();

    connect(m_tabArea, &TabArea::currentTabChanged, this, &MainWindow::updateForCurrentTab);
    connect(m_tabArea, &TabArea::arrangementChanged, this, &MainWindow::updateArrangementAction);
    connect(m_palette, &CommandPalette::chosen, m_panels.get(), &PanelDocks::bringToFrontFor);
    connect(&m_model, &TabModel::canReopenChanged, this, &MainWindow::updateForCurrentTab);
    restore();
    applyOptions();
    updateForCurrentTab();
    updateArrangementAction();
}

MainWindow::~MainWindow()
{
    // The pages must go before their profiles, and nothing may ask for a tab while they do.
    m_model.disconnect();
    delete takeCentralWidget();
}

BrowserTab *MainWindow::openTab(BrowserId browser, const QUrl &url)
{
    const TabId id = m_model.open(browser, url);
    m_model.setCurrent(id);
    return m_tabArea->tab(id);
}

BrowserTab *MainWindow::openInNewBrowser(const QUrl &url)
{
    return openTab(m_browsers->addBrowser(), url);
}

BrowserTab *MainWindow::newBrowser()
{
    return openInNewBrowser(m_server.url());
}

QList<BrowserTab *> MainWindow::tabs() const
{
    return m_tabArea->tabs();
}

BrowserTab *MainWindow::currentTab() const
{
    return m_tabArea->currentTab();
}

void MainWindow::raiseToUser()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveSettings();
    QMainWindow::closeEvent(event);
}

void MainWindow::createActions()
{
    const auto create = [this](const QString &icon, const QString &text,
                               const QList<QKeySequence> &shortcuts, auto method) {
        auto *action = new QAction(symbolicIcon(icon), text, this);
        action->setShortcuts(shortcuts);
        connect(action, &QAction::triggered, this, method);
        addAction(action);
        return action;
    };

    m_actions->newTab = create(u"new-tab"_s, tr("New &Tab"), {QKeySequence::AddTab},
                               &MainWindow::openNewTab);
    m_actions->newTab->setToolTip(tr("New tab in the same browser: same cookies, same group"));
    m_actions->newBrowser = create(u"new-browser"_s, tr("New &Browser"), {tr("Ctrl+Shift+N")},
                                   [this] { newBrowser(); });
    m_actions->newBrowser->setToolTip(
        tr("New browser: cookies of its own, so a session group of its own"));
    m_actions->closeTab = create(u"close"_s, tr("&Close Tab"), {tr("Ctrl+W"), tr("Ctrl+F4")},
                                 &MainWindow::closeCurrentTab);
    m_actions->reopenTab = create(u"reopen"_s, tr("&Reopen Closed Tab"), {tr("Ctrl+Shift+T")},
                                  [this] { m_model.reopenClosed(); });
    m_actions->quit = create(QString(), tr("&Quit"), {QKeySequence(tr("Ctrl+Q"))}, &QWidget::close);

    m_actions->back = create(u"back"_s, tr("&Back"), {tr("Alt+Left")},
                             [this] { currentTab()->view()->back(); });
    m_actions->forward = create(u"forward"_s, tr("&Forward"), {tr("Alt+Right")},
                                [this] { currentTab()->view()->forward(); });
    m_actions->reload = create(u"reload"_s, tr("&Reload"), {tr("F5"), tr("Ctrl+R")},
                               [this] { currentTab()->reload(); });
    m_actions->editAddress = create(QString(), tr("Edit &Address"),
                                    {tr("Ctrl+L"), tr("Alt+D"), tr("F6")},
                                    [this] { m_addressBar->startEditing(); });

    m_actions->nextTab = create(QString(), tr("&Next Tab"), {tr("Ctrl+Tab"), tr("Ctrl+PgDown")},
                                [this] { m_model.step(+1); });
    m_actions->previousTab = create(QString(), tr("&Previous Tab"),
                                    {tr("Ctrl+Shift+Tab"), tr("Ctrl+PgUp")},
                                    [this] { m_model.step(-1); });
    m_actions->sideBySide = create(u"side-by-side"_s, tr("&Side by Side"), {tr("Ctrl+Shift+S")},
                                   [this](bool isChecked) {
                                       m_tabArea->setArrangement(isChecked
                                                                     ? TabArrangement::SideBySide
                                                                     : TabArrangement::Stacked);
                                   });
    m_actions->sideBySide->setCheckable(true);
    m_actions->sideBySide->setToolTip(tr("Show all tabs beside each other, or one at a time"));

    m_actions->zoomIn = create(QString(), tr("Zoom &In"), {tr("Ctrl++"), tr("Ctrl+=")},
                               [this] { zoom(zoomStep); });
    m_actions->zoomOut = create(QString(), tr("Zoom &Out"), {tr("Ctrl+-")},
                                [this] { zoom(1 / zoomStep); });
    m_actions->resetZoom = create(QString(), tr("Original Si&ze"), {tr("Ctrl+0")},
                                  [this] { currentTab()->view()->setZoomFactor(1); });

    m_actions->commands = create(u"search"_s, tr("&Commands…"), {tr("Ctrl+Shift+P")},
                                 &MainWindow::showCommands);
    m_actions->saveLayout = create(QString(), tr("Save &Layout As…"), {},
                                   &MainWindow::askWhereToSaveLayout);
    m_actions->loadLayout = create(QString(), tr("L&oad Layout…"), {},
                                   &MainWindow::askForLayoutToLoad);
    m_actions->resetLayout = create(QString(), tr("R&eset Layout"), {}, &MainWindow::resetLayout);

    m_actions->about = create(QString(), tr("&About LiveTemplate"), {}, &MainWindow::showAbout);
    m_actions->aboutQt = create(QString(), tr("About &Qt"), {}, [] { QApplication::aboutQt(); });
}

void MainWindow::createMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions->newTab, m_actions->newBrowser});
    file->addSeparator();
    file->addActions({m_actions->closeTab, m_actions->reopenTab});
    m_tabCommands->addMoveMenu(*file);
    file->addSeparator();
    file->addAction(m_actions->quit);

    createViewMenu();

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions->about, m_actions->aboutQt});
}

void MainWindow::createViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addAction(m_actions->commands);
    view->addSeparator();
    view->addAction(m_actions->sideBySide);
    view->addMenu(tr("&Tile"))->addActions(m_tabCommands->tileActions());
    view->addAction(m_tabCommands->demonstrateAction());
    view->addSeparator();
    view->addActions(
        {m_actions->back, m_actions->forward, m_actions->reload, m_actions->editAddress});
    view->addSeparator();
    view->addActions({m_actions->nextTab, m_actions->previousTab});
    view->addSeparator();
    view->addActions({m_actions->zoomIn, m_actions->zoomOut, m_actions->resetZoom});
    view->addSeparator();
    view->addActions(m_panels->actions());
    QMenu *layout = view->addMenu(tr("&Layout"));
    layout->addActions({m_actions->saveLayout, m_actions->loadLayout});
    layout->addSeparator();
    layout->addAction(m_actions->resetLayout);
    createAppearanceMenu(*view);
}

void MainWindow::createAppearanceMenu(QMenu &view)
{
    QMenu *menu = view.addMenu(tr("A&ppearance"));
    auto *group = new QActionGroup(this);
    const auto add = [&](Appearance appearance, const QString &text, const QString &commandText) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(QVariant::fromValue(appearance));
        action->setToolTip(commandText);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, appearance] { changeAppearance(appearance); });
    };
    add(Appearance::System, tr("&System"), tr("Light or dark as the system"));
    add(Appearance::Light, tr("&Light"), tr("Always light"));
    add(Appearance::Dark, tr("&Dark"), tr("Always dark"));
    connect(menu, &QMenu::aboutToShow, group, [this, group] {
        for (QAction *action : group->actions())
            action->setChecked(action->data().value<Appearance>() == m_appearance);
    });
    m_actions->appearances = group->actions();
}

void MainWindow::createToolBar()
{
    m_addressBar = new AddressBar;
    connect(m_addressBar, &AddressBar::addressEntered, this, &MainWindow::goTo);
    connect(m_addressBar, &AddressBar::editingCancelled, this, [this] {
        if (BrowserTab *tab = currentTab())
            tab->setFocus();
    });

    QToolBar *toolBar = addToolBar(tr("Navigation"));
    toolBar->setObjectName(u"navigation"_s);
    toolBar->setMovable(false);
    toolBar->setIconSize(QSize(18, 18));
    toolBar->addActions({m_actions->back, m_actions->forward, m_actions->reload});
    toolBar->addWidget(m_addressBar);
    toolBar->addActions({m_actions->newTab, m_actions->newBrowser, m_actions->sideBySide});

    // The three that make the point of this window say in words what they do.
    for (QAction *action : {m_actions->newTab, m_actions->newBrowser, m_actions->sideBySide}) {
        if (auto *button = qobject_cast<QToolButton *>(toolBar->widgetForAction(action)))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    // Qt gives tool buttons no keyboard focus.
    for (QToolButton *button : toolBar->findChildren<QToolButton *>())
        button->setFocusPolicy(Qt::TabFocus);
}

void MainWindow::createContent()
{
    auto *content = new QWidget;
    m_messageBar = new MessageBar;
    m_tabArea = new TabArea(m_model, *m_browsers,
                            new NoTabsNotice({m_actions->newTab, m_actions->reopenTab}));

    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_tabCommands = new TabCommands(m_model, *m_browsers, *m_tabArea, *m_messageBar, m_server.url(),
                                    content);
    addActions(m_tabCommands->tileActions());
    addAction(m_tabCommands->demonstrateAction());
    layout->addWidget(m_messageBar);
    layout->addWidget(&m_tabCommands->guideBar());
    layout->addWidget(m_tabArea, 1);
    setCentralWidget(content);
}

void MainWindow::createStatusBar()
{
    auto *status = new ServerStatus(m_server);
    status->setUrl(m_server.url());
    connect(status, &ServerStatus::addressCopied, this, [this](const QString &address) {
        statusBar()->showMessage(tr("Copied %1").arg(address), messageMilliseconds);
    });
    auto *alerts = new AlertIndicator(*m_statistics, statusBar());
    connect(alerts, &QToolButton::clicked, this, [this] {
        m_panels->bringToFront(*m_statisticsPanel);
        m_statisticsPanel->showAlerts();
    });
    // Permanent widgets are not covered by a message.
    statusBar()->addPermanentWidget(alerts);
    statusBar()->addPermanentWidget(status);
}

// A panel on each line, in the order of the tabs at first.
void MainWindow::createPanels()
{
    auto *groups = new SessionGroupsPanel(m_server, *m_monitor, m_model,
                                          m_options.isReadOnly
                                              ? SessionGroupsPanel::Acts::NotOffered
                                              : SessionGroupsPanel::Acts::Offered);
    connect(groups, &SessionGroupsPanel::tabSelected, &m_model, &TabModel::setCurrent);
    connect(&m_model, &TabModel::currentChanged, groups, [this, groups] {
        if (const auto current = m_model.current())
            groups->selectTab(*current);
    });
    m_panels->add(groups);
    m_panels->add(new FollowPanel(m_server, *m_monitor, m_model));
    m_redisPanel = new RedisPanel(m_membership);
    m_redisPanel->setReadOnly(m_options.isReadOnly);
    m_panels->add(m_redisPanel);
    m_statisticsPanel = new StatisticsPanel(*m_statistics);
    m_panels->add(m_statisticsPanel);
    m_panels->add(new LogsPanel);

    m_panels->resetLayout();
}

void MainWindow::createTabShortcuts()
{
    for (int number = 1; number <= 9; ++number) {
        auto *shortcut = new QShortcut(QKeySequence(u"Ctrl+%1"_s.arg(number)), this);
        connect(shortcut, &QShortcut::activated, this, [this, number] { activateTab(number); });
    }
}

void MainWindow::openNewTab()
{
    const BrowserTab *current = currentTab();
    openTab(current ? current->browser().id() : firstBrowser, m_server.url());
    m_addressBar->startEditing();
}

void MainWindow::closeCurrentTab()
{
    if (const auto current = m_model.current())
        m_model.close(*current);
}

void MainWindow::goTo(const QString &input)
{
    const QUrl url = pageFromInput(input, m_server.url());
    if (!url.isValid()) {
        m_messageBar->showMessage(
            MessageBar::Kind::Warning,
            tr("\"%1\" is not an address. Write a path such as /counter, or a whole address such "
               "as http://localhost:8080/.")
                .arg(input));
        return;
    }
    BrowserTab *tab = currentTab();
    if (!tab)
        tab = openTab(firstBrowser, url);
    else
        tab->load(url);
    tab->setFocus();
}

void MainWindow::activateTab(int number)
{
    // As in every browser: 9 is the last tab, however many there are.
    const QList<Tab> &open = m_model.tabs();
    const qsizetype row = number == 9 ? open.size() - 1 : number - 1;
    if (row >= 0 && row < open.size())
        m_model.setCurrent(open.at(row).id);
}

void MainWindow::zoom(double factor)
{
    // QtWebEngine takes factors from 0.25 to 5 and ignores others.
    QWebEngineView *view = currentTab()->view();
    view->setZoomFactor(std::clamp(view->zoomFactor() * factor, 0.25, 5.0));
}

void MainWindow::showAbout()
{
    QMessageBox::about(
        this, tr("About LiveTemplate"),
        tr("<h3>LiveTemplate for Qt %1</h3>"
           "<p>Live HTML pages, rendered by a C++ server.</p>"
           "<p>Each browser of this window has cookies of its own. Its tabs are one session group "
           "and follow each other; the tabs of other browsers are apart.</p>"
           "<p>The library is under the MIT licence, this program under the GNU General Public "
           "License, version 3 or later.</p>")
            .arg(QApplication::applicationVersion()));
}

void MainWindow::loadLayout(const QString &fileName)
{
    const auto layout = LayoutFile::read(fileName);
    const auto applied = layout ? m_panels->setLayout(*layout) : std::unexpected(layout.error());
    if (!applied)
        m_messageBar->showMessage(MessageBar::Kind::Warning, applied.error());
}

void MainWindow::saveLayout(const QString &fileName)
{
    if (const auto written = m_panels->layout().write(fileName); !written)
        m_messageBar->showMessage(MessageBar::Kind::Warning, written.error());
    else
        statusBar()->showMessage(
            tr("Saved the layout to %1").arg(QDir::toNativeSeparators(fileName)),
            messageMilliseconds);
}

void MainWindow::askForLayoutToLoad()
{
    auto *dialog = new QFileDialog(this, tr("Load Layout"), QString(),
                                   tr("Layouts (*.%1)").arg(layoutSuffix));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::loadLayout);
    dialog->open();
}

void MainWindow::askWhereToSaveLayout()
{
    auto *dialog = new QFileDialog(this, tr("Save Layout As"), QString(),
                                   tr("Layouts (*.%1)").arg(layoutSuffix));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(layoutSuffix);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveLayout);
    dialog->open();
}

void MainWindow::resetLayout()
{
    const QByteArray before = saveState(layoutVersion);
    m_panels->resetLayout();
    m_messageBar->showMessage(MessageBar::Kind::Information,
                              tr("The panels are where they were at the first start."), tr("Undo"),
                              [this, before] { restoreState(before, layoutVersion); });
}

void MainWindow::showCommands()
{
    QList<Command> commands;
    for (QAction *action : actions())
        commands.append({.action = action, .place = {}});
    for (QAction *action : std::as_const(m_actions->appearances))
        commands.append({.action = action, .place = tr("Appearance")});
    for (const Panel *panel : m_panels->panels()) {
        for (QAction *action : panel->commands())
            commands.append({.action = action, .place = panel->title()});
    }
    m_palette->open(commands);
}

void MainWindow::changeAppearance(Appearance appearance)
{
    m_appearance = appearance;
    setAppearance(appearance);
}

void MainWindow::updateForCurrentTab()
{
    const BrowserTab *tab = currentTab();
    const QWebEngineHistory *history = tab ? tab->view()->history() : nullptr;
    m_actions->back->setEnabled(history && history->canGoBack());
    m_actions->forward->setEnabled(history && history->canGoForward());
    m_actions->reopenTab->setEnabled(m_model.canReopen());
    for (QAction *action :
         {m_actions->reload, m_actions->closeTab, m_actions->nextTab, m_actions->previousTab,
          m_actions->zoomIn, m_actions->zoomOut, m_actions->resetZoom}) {
        action->setEnabled(tab != nullptr);
    }

    m_addressBar->showUrl(tab ? tab->url() : QUrl());
    setWindowTitle(tab ? tr("%1 (%2)").arg(tab->title(), tab->browser().name()) : QString());
}

void MainWindow::updateArrangementAction()
{
    m_actions->sideBySide->setChecked(m_tabArea->arrangement() == TabArrangement::SideBySide);
}

void MainWindow::restore()
{
    QSettings file(m_directories.settingsFile, QSettings::IniFormat);
    const WindowSettings settings = WindowSettings::load(file);
    restoreGeometry(settings.geometry);
    restoreState(settings.layout, layoutVersion);
    changeAppearance(settings.appearance);
    file.beginGroup(panelsGroup);
    m_panels->restore(file);
    file.endGroup();
    m_palette->list().setRecent(file.value(recentCommandsKey).toStringList());

    m_tabArea->setArrangement(settings.arrangement);
    if (settings.arrangement == TabArrangement::SideBySide)
        m_tabArea->setTiles(settings.tiles);
    openTabs(settings);
}

void MainWindow::openTabs(const WindowSettings &settings)
{
    if (!m_options.pages.isEmpty()) {
        for (const PageToOpen &page : m_options.pages)
            m_model.open(page.browser, pageFromInput(page.page, m_server.url()));
        return;
    }
    for (const SavedTab &tab : settings.tabs)
        m_model.open(tab.browser, savedPage(tab.page, m_server.url()));
    if (settings.currentTab < m_model.rowCount())
        m_model.setCurrent(m_model.tabs().at(settings.currentTab).id);
}

void MainWindow::applyOptions()
{
    if (m_options.tiles > 0)
        m_tabCommands->tile(m_options.tiles);
    if (!m_options.layoutFile.isEmpty())
        loadLayout(m_options.layoutFile);
    // It was checked when it was read.
    if (const auto url = RedisUrl::parse(m_options.redisUrl);
        url && !m_options.redisUrl.isEmpty()) {
        m_redisPanel->connectTo(*url);
        if (m_membership && !m_options.isReadOnly)
            m_membership->join(*url);
        m_panels->bringToFront(*m_redisPanel);
    }
}

void MainWindow::saveSettings()
{
    QSettings file(m_directories.settingsFile, QSettings::IniFormat);
    settingsToSave().save(file);
    file.beginGroup(panelsGroup);
    m_panels->save(file);
    file.endGroup();
    file.setValue(recentCommandsKey, m_palette->list().recent());
}

WindowSettings MainWindow::settingsToSave() const
{
    WindowSettings settings;
    settings.geometry = saveGeometry();
    settings.layout = saveState(layoutVersion);
    settings.appearance = m_appearance;
    settings.arrangement = m_tabArea->arrangement();
    settings.tiles = m_tabArea->tiles();
    settings.tabs.clear();
    for (const Tab &tab : m_model.tabs())
        settings.tabs.append({.browser = tab.browser, .page = pageToSave(tab.url, m_server.url())});
    if (const auto current = m_model.current())
        settings.currentTab = m_model.row(*current);
    return settings;
}

} // namespace LiveTemplate::Ui
