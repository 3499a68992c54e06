// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "browserid.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace LiveTemplate::Ui {

/// A page that is asked for at the start, and in which browser.
struct PageToOpen
{
    BrowserId browser = firstBrowser;
    /// A path of the server ("/counter") or a whole address.
    QString page;

    bool operator==(const PageToOpen &) const = default;
};

/// What a window is told when it is made, for all of its life. It holds for the whole window:
/// panels take a copy when they are made.
struct DashboardOptions
{
    /// Nothing is done to sessions and nothing is published: panels show, and do not offer to act.
    bool isReadOnly = false;
    /// Opened in place of the tabs that were open last; empty: those.
    QList<PageToOpen> pages = {};
    /// How many tabs are shown beside each other: 1 to 4; 0: as it was last.
    int tiles = 0;
    /// The Redis that the server is joined to, as it was given (it may hold a password: never show
    /// it as it is); empty: none. The Redis panel opens on it.
    QString redisUrl = {};
    /// The layout of docks to begin with; empty: as it was last. See PanelDocks.
    QString layoutFile = {};
};

} // namespace LiveTemplate::Ui
