// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tabcommands.h"

#include "browserset.h"
#include "demonstration.h"
#include "guidebar.h"
#include "messagebar.h"
#include "symbolicicon.h"
#include "tabarea.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int allTabs = 0;
constexpr int mostTiles = 4;

} // namespace

TabCommands::TabCommands(TabModel &model, BrowserSet &browsers, TabArea &area, MessageBar &messages,
                         const QUrl &server, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_browsers(browsers)
    , m_area(area)
    , m_messages(messages)
    , m_server(server)
    , m_guideBar(new GuideBar(&area))
    , m_demonstration(std::make_unique<Demonstration>(model, browsers, area, *m_guideBar,
                                                      server.resolved(QUrl(u"/counter"_s))))
    , m_tiles(new QActionGroup(this))
    , m_demonstrate(new QAction(symbolicIcon(u"information"_s), tr("&Demonstrate Broadcast"), this))
{
    addTileAction(1, tr("&One Tab"), tr("Ctrl+Alt+1"));
    for (int tiles = 2; tiles <= mostTiles; ++tiles)
        addTileAction(tiles, tr("&%1 Tabs").arg(tiles), u"Ctrl+Alt+%1"_s.arg(tiles));
    addTileAction(allTabs, tr("&All Tabs"), tr("Ctrl+Alt+0"));
    checkTiles();
    connect(&area, &TabArea::arrangementChanged, this, &TabCommands::checkTiles);

    m_demonstrate->setToolTip(
        tr("Shows with two tabs of one browser and one of another who follows whom"));
    connect(m_demonstrate, &QAction::triggered, m_demonstration.get(), &Demonstration::start);
    connect(&area, &TabArea::tabMenuRequested, this, &TabCommands::showMenu);
}

TabCommands::~TabCommands() = default;

void TabCommands::addTileAction(int tiles, const QString &text, const QString &shortcut)
{
    auto *action = new QAction(text, m_tiles);
    action->setCheckable(true);
    action->setData(tiles);
    action->setShortcut(shortcut);
    action->setToolTip(tiles == allTabs ? tr("Show all tabs beside each other")
                           : tiles == 1 ? tr("Show one tab at a time")
                                        : tr("Show %1 tabs beside each other").arg(tiles));
    connect(action, &QAction::triggered, this, [this, tiles] { tile(tiles); });
}

QList<QAction *> TabCommands::tileActions() const
{
    return m_tiles->actions();
}

void TabCommands::checkTiles()
{
    const int tiles = m_area.arrangement() == TabArrangement::Stacked ? 1 : m_area.tiles();
    for (QAction *action : m_tiles->actions())
        action->setChecked(action->data().toInt() == tiles);
}

void TabCommands::tile(int tiles)
{
    while (m_model.rowCount() < tiles) {
        const Tab *current = m_model.current() ? m_model.tab(*m_model.current()) : nullptr;
        if (current)
            m_model.open(current->browser, QUrl(current->url));
        else
            m_model.open(firstBrowser, m_server);
    }
    m_area.setTiles(tiles);
    checkTiles();
}

void TabCommands::addMoveMenu(QMenu &menu)
{
    QMenu *moves = menu.addMenu(tr("&Move Tab to Browser"));
    connect(moves, &QMenu::aboutToShow, this, [this, moves] {
        moves->clear();
        if (const auto current = m_model.current())
            fillMoveMenu(*moves, *current);
    });
}

void TabCommands::fillMoveMenu(QMenu &menu, TabId id)
{
    menu.setToolTipsVisible(true);
    const Tab *tab = m_model.tab(id);
    if (!tab)
        return;
    for (const BrowserId browser : m_browsers.ids()) {
        if (browser == tab->browser)
            continue;
        QAction *action = menu.addAction(browserIcon(browser), browserName(browser));
        action->setToolTip(
            tr("The cookie of %1, and so its session group").arg(browserName(browser)));
        connect(action, &QAction::triggered, this,
                [this, id, browser] { moveToBrowser(id, browser); });
    }
    menu.addSeparator();
    QAction *fresh = menu.addAction(symbolicIcon(u"new-browser"_s), tr("A &New Browser"));
    fresh->setToolTip(tr("A cookie of its own, and so a session group of its own"));
    connect(fresh, &QAction::triggered, this,
            [this, id] { moveToBrowser(id, m_browsers.addBrowser()); });
}

void TabCommands::showMenu(TabId id, const QPoint &globalPosition)
{
    auto *menu = new QMenu(&m_area);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMoveMenu(*menu->addMenu(tr("&Move to Browser")), id);
    menu->addSeparator();
    QAction *close = menu->addAction(symbolicIcon(u"close"_s), tr("&Close Tab"));
    connect(close, &QAction::triggered, this, [this, id] { m_model.close(id); });
    menu->popup(globalPosition);
}

TabId TabCommands::moveToBrowser(TabId id, BrowserId browser)
{
    const Tab *tab = m_model.tab(id);
    if (!tab || tab->browser == browser)
        return id;
    const BrowserId before = tab->browser;
    const QString title = m_model.index(m_model.row(id)).data().toString();
    const TabId moved = m_model.moveToBrowser(id, browser);
    m_messages.showMessage(
        MessageBar::Kind::Information,
        tr("\"%1\" is now in %2: it has another cookie, and so is in another session group. It "
           "follows the tabs of %2, and no longer those of %3.")
            .arg(title, browserName(browser), browserName(before)),
        tr("Undo"), [this, moved, before] { m_model.moveToBrowser(moved, before); });
    return moved;
}

} // namespace LiveTemplate::Ui
