// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "layoutfile.h"

#include <QByteArray>
#include <QList>
#include <QObject>

#include <expected>

class QAction;
class QDockWidget;
class QMainWindow;
class QSettings;

namespace LiveTemplate::Ui {

class Panel;

/// The panels of a window, each in a dock that can be moved, floated, tabbed and hidden. Where the
/// docks are is in QMainWindow::saveState().
class PanelDocks : public QObject
{
    Q_OBJECT

public:
    /// @p layoutVersion is for QMainWindow::saveState().
    PanelDocks(QMainWindow &window, int layoutVersion);
    /// Deletes the panels.
    ~PanelDocks() override;

    /// In the order of the tabs at first. Takes ownership.
    void add(Panel *panel);

    [[nodiscard]] QList<Panel *> panels() const;
    [[nodiscard]] QDockWidget *dock(const Panel &panel) const;

    /// For each panel one that brings it to the front with the keyboard in it, or hides it when it
    /// is there; with Alt+1, Alt+2 and so on.
    [[nodiscard]] QList<QAction *> actions() const;

    void bringToFront(Panel &panel);
    /// The panel one of whose commands @p command is; nothing when it is no panel's.
    void bringToFrontFor(const QAction *command);

    /// All panels as tabs at the bottom, as at the first start.
    void resetLayout();

    /// What is set in the panels, in groups named after them.
    void save(QSettings &settings) const;
    void restore(QSettings &settings);

    [[nodiscard]] LayoutFile layout() const;
    /// Changes nothing when it does not fit, and says so in a sentence.
    [[nodiscard]] std::expected<void, QString> setLayout(const LayoutFile &layout);

private:
    struct Place
    {
        Panel *panel = nullptr;
        QDockWidget *dock = nullptr;
        QAction *action = nullptr;
    };

    [[nodiscard]] const Place *placeOf(const Panel &panel) const;
    [[nodiscard]] QAction *createAction(const Place &place);
    void toggle(const Place &place);
    void moveToBottom(QDockWidget *dock);

    QMainWindow &m_window;
    int m_layoutVersion;
    QList<Place> m_places;
};

} // namespace LiveTemplate::Ui
