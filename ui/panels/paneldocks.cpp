// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "paneldocks.h"

#include "panel.h"
#include "symbolicicon.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Leaves the pages of a window of the first size more than half of its height.
constexpr int firstHeight = 290;

/// Whether somebody sees it: it may be a tab behind another one.
bool isInFront(const QDockWidget &dock)
{
    return dock.isVisible() && !dock.visibleRegion().isEmpty();
}

bool hasFocus(const QDockWidget &dock)
{
    const QWidget *focused = QApplication::focusWidget();
    return focused && dock.isAncestorOf(focused);
}

} // namespace

PanelDocks::PanelDocks(QMainWindow &window, int layoutVersion)
    : m_window(window)
    , m_layoutVersion(layoutVersion)
{
    window.setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks
                          | QMainWindow::GroupedDragging);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setDocumentMode(true);
}

PanelDocks::~PanelDocks()
{
    for (const Place &place : std::as_const(m_places))
        delete place.dock;
}

void PanelDocks::add(Panel *panel)
{
    Place place;
    place.panel = panel;
    place.dock = new QDockWidget(panel->title(), &m_window);
    place.dock->setObjectName("dock-"_L1 + panel->objectName());
    place.dock->setAccessibleName(panel->title());
    place.dock->setWindowIcon(symbolicIcon(panel->icon()));
    place.dock->setWidget(panel);
    place.action = createAction(place);
    m_places.append(place);
    moveToBottom(place.dock);
    connect(panel, &Panel::attentionWanted, this, [this, panel] {
        const Place *found = placeOf(*panel);
        found->dock->show();
        found->dock->raise();
    });
}

QList<Panel *> PanelDocks::panels() const
{
    QList<Panel *> panels;
    for (const Place &place : m_places)
        panels.append(place.panel);
    return panels;
}

QDockWidget *PanelDocks::dock(const Panel &panel) const
{
    const Place *found = placeOf(panel);
    return found ? found->dock : nullptr;
}

QList<QAction *> PanelDocks::actions() const
{
    QList<QAction *> actions;
    for (const Place &place : m_places)
        actions.append(place.action);
    return actions;
}

void PanelDocks::bringToFront(Panel &panel)
{
    const Place *found = placeOf(panel);
    if (!found)
        return;
    found->dock->show();
    found->dock->raise();
    if (found->dock->isFloating())
        found->dock->activateWindow();
    panel.setFocus(Qt::ShortcutFocusReason);
}

void PanelDocks::bringToFrontFor(const QAction *command)
{
    for (const Place &place : std::as_const(m_places)) {
        if (place.panel->commands().contains(command))
            bringToFront(*place.panel);
    }
}

void PanelDocks::resetLayout()
{
    for (const Place &place : std::as_const(m_places)) {
        place.dock->setFloating(false);
        m_window.removeDockWidget(place.dock);
    }
    for (const Place &place : std::as_const(m_places))
        moveToBottom(place.dock);
    if (m_places.isEmpty())
        return;
    m_places.first().dock->raise();
    m_window.resizeDocks({m_places.first().dock}, {firstHeight}, Qt::Vertical);
}

void PanelDocks::save(QSettings &settings) const
{
    for (const Place &place : m_places) {
        settings.beginGroup(place.panel->objectName());
        place.panel->save(settings);
        settings.endGroup();
    }
}

void PanelDocks::restore(QSettings &settings)
{
    for (const Place &place : std::as_const(m_places)) {
        settings.beginGroup(place.panel->objectName());
        place.panel->restore(settings);
        settings.endGroup();
    }
}

LayoutFile PanelDocks::layout() const
{
    // Panels know how to write to settings only, and settings are of a file.
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"panels.ini"_s), QSettings::IniFormat);
    save(settings);
    return {.geometry = m_window.saveGeometry(),
            .state = m_window.saveState(m_layoutVersion),
            .panels = settingsToJson(settings)};
}

std::expected<void, QString> PanelDocks::setLayout(const LayoutFile &layout)
{
    const QByteArray geometryBefore = m_window.saveGeometry();
    const QByteArray stateBefore = m_window.saveState(m_layoutVersion);
    // A damaged one may have been applied in part.
    if (!m_window.restoreGeometry(layout.geometry)
        || !m_window.restoreState(layout.state, m_layoutVersion)) {
        m_window.restoreGeometry(geometryBefore);
        m_window.restoreState(stateBefore, m_layoutVersion);
        return std::unexpected(tr("The layout is damaged, or of another version of this program."));
    }
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"panels.ini"_s), QSettings::IniFormat);
    settingsFromJson(layout.panels, settings);
    restore(settings);
    return {};
}

const PanelDocks::Place *PanelDocks::placeOf(const Panel &panel) const
{
    const auto found = std::ranges::find(m_places, &panel, &Place::panel);
    return found == m_places.cend() ? nullptr : &*found;
}

QAction *PanelDocks::createAction(const Place &place)
{
    auto *action = new QAction(symbolicIcon(place.panel->icon()), place.panel->title(), this);
    action->setCheckable(true);
    if (m_places.size() < 9)
        action->setShortcut(QKeySequence(u"Alt+%1"_s.arg(m_places.size() + 1)));
    m_window.addAction(action);

    // Not the dock's own action, which hides a dock that is a tab behind another one.
    const QAction *isShown = place.dock->toggleViewAction();
    connect(isShown, &QAction::toggled, action, &QAction::setChecked);
    connect(action, &QAction::triggered, this,
            [this, panel = place.panel] { toggle(*placeOf(*panel)); });
    action->setChecked(true);
    return action;
}

void PanelDocks::toggle(const Place &place)
{
    if (isInFront(*place.dock) && hasFocus(*place.dock)) {
        place.dock->hide();
        if (QWidget *content = m_window.centralWidget())
            content->setFocus();
    } else {
        bringToFront(*place.panel);
    }
    // A click on a checkable action has changed it.
    place.action->setChecked(place.dock->toggleViewAction()->isChecked());
}

void PanelDocks::moveToBottom(QDockWidget *dock)
{
    m_window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    if (QDockWidget *first = m_places.first().dock; first != dock)
        m_window.tabifyDockWidget(first, dock);
    dock->show();
}

} // namespace LiveTemplate::Ui
