// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "appearance.h"
#include "browserid.h"
#include "tabarea.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

class QSettings;

namespace LiveTemplate::Ui {

/// An open tab, as it is remembered.
struct SavedTab
{
    BrowserId browser{};
    /// See pageToSave().
    QString page;

    bool operator==(const SavedTab &) const = default;
};

/// What a window looks like when it is opened again. Made without arguments it is the first start:
/// two tabs of one browser and one of another beside each other, so that one sees at once who
/// follows whom.
struct WindowSettings
{
    /// As QWidget::saveGeometry() and QMainWindow::saveState() give them.
    QByteArray geometry;
    QByteArray layout;
    Appearance appearance = Appearance::System;
    TabArrangement arrangement = TabArrangement::SideBySide;
    /// TabArea::tiles().
    int tiles = 0;
    QList<SavedTab> tabs = firstTabs();
    /// The row of the current tab.
    int currentTab = 0;

    bool operator==(const WindowSettings &) const = default;

    /// What cannot be read is as at the first start.
    [[nodiscard]] static WindowSettings load(QSettings &settings);
    void save(QSettings &settings) const;

private:
    [[nodiscard]] static QList<SavedTab> firstTabs();
};

} // namespace LiveTemplate::Ui
