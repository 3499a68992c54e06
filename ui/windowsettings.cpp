// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "windowsettings.h"

#include <QSettings>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

const QString geometryKey = u"window/geometry"_s;
const QString layoutKey = u"window/layout"_s;
const QString appearanceKey = u"window/appearance"_s;
const QString arrangementKey = u"tabs/arrangement"_s;
const QString tilesKey = u"tabs/tiles"_s;
const QString currentTabKey = u"tabs/current"_s;
const QString openTabsKey = u"tabs/open"_s;
const QString browserKey = u"browser"_s;
const QString pageKey = u"page"_s;

const QString stackedName = u"stacked"_s;
const QString sideBySideName = u"side-by-side"_s;

// The file can be edited by hand: a browser's number becomes a profile, of which there are few.
constexpr int maxBrowser = 99;
constexpr int maxTiles = 4;

QList<SavedTab> loadTabs(QSettings &settings)
{
    QList<SavedTab> tabs;
    const int count = settings.beginReadArray(openTabsKey);
    for (int index = 0; index < count; ++index) {
        settings.setArrayIndex(index);
        const int browser = std::clamp(settings.value(browserKey).toInt(), 0, maxBrowser);
        const QString page = settings.value(pageKey).toString();
        if (!page.isEmpty())
            tabs.append({.browser = BrowserId{browser}, .page = page});
    }
    settings.endArray();
    return tabs;
}

void saveTabs(QSettings &settings, const QList<SavedTab> &tabs)
{
    // Entries of a longer list would stay.
    settings.remove(openTabsKey);
    settings.beginWriteArray(openTabsKey, static_cast<int>(tabs.size()));
    for (int index = 0; index < tabs.size(); ++index) {
        settings.setArrayIndex(index);
        settings.setValue(browserKey, std::to_underlying(tabs.at(index).browser));
        settings.setValue(pageKey, tabs.at(index).page);
    }
    settings.endArray();
}

} // namespace

QList<SavedTab> WindowSettings::firstTabs()
{
    const QString counter = u"/counter"_s;
    constexpr BrowserId secondBrowser{1};
    return {{.browser = firstBrowser, .page = counter},
            {.browser = firstBrowser, .page = counter},
            {.browser = secondBrowser, .page = counter}};
}

WindowSettings WindowSettings::load(QSettings &settings)
{
    WindowSettings loaded;
    loaded.geometry = settings.value(geometryKey).toByteArray();
    loaded.layout = settings.value(layoutKey).toByteArray();
    loaded.appearance = appearanceOf(settings.value(appearanceKey).toString());
    if (settings.value(arrangementKey).toString() == stackedName)
        loaded.arrangement = TabArrangement::Stacked;
    loaded.tiles = std::clamp(settings.value(tilesKey).toInt(), 0, maxTiles);
    if (settings.contains(openTabsKey + "/size"_L1)) {
        loaded.tabs = loadTabs(settings);
        const int lastTab = std::max(0, static_cast<int>(loaded.tabs.size()) - 1);
        loaded.currentTab = std::clamp(settings.value(currentTabKey).toInt(), 0, lastTab);
    }
    return loaded;
}

void WindowSettings::save(QSettings &settings) const
{
    settings.setValue(geometryKey, geometry);
    settings.setValue(layoutKey, layout);
    settings.setValue(appearanceKey, appearanceName(appearance));
    settings.setValue(arrangementKey,
                      arrangement == TabArrangement::Stacked ? stackedName : sideBySideName);
    settings.setValue(tilesKey, tiles);
    settings.setValue(currentTabKey, currentTab);
    saveTabs(settings, tabs);
}

} // namespace LiveTemplate::Ui
