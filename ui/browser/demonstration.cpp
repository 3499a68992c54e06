// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demonstration.h"

#include "browserset.h"
#include "browsertab.h"
#include "guidebar.h"
#include "tabarea.h"

#include <QPointer>
#include <QWebEnginePage>
#include <QWebEngineScript>
#include <QWebEngineView>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Soon enough to feel like an answer to the click.
constexpr auto lookInterval = 250ms;

const QString readCounter
    = u"(document.getElementById('counter') || {textContent: ''}).textContent.trim()"_s;

} // namespace

Demonstration::Demonstration(TabModel &model, BrowserSet &browsers, TabArea &area, GuideBar &bar,
                             QUrl page, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_browsers(browsers)
    , m_area(area)
    , m_bar(bar)
    , m_page(std::move(page))
{
    m_timer.setInterval(lookInterval);
    connect(&m_timer, &QTimer::timeout, this, &Demonstration::look);
    connect(&bar, &GuideBar::closed, this, &Demonstration::stop);
    connect(&bar, &GuideBar::againWanted, this, &Demonstration::start);
}

void Demonstration::start()
{
    if (!useOpenTabs())
        openTabs();
    m_model.setCurrent(m_tabs[0]);
    m_area.setTiles(int(m_tabs.size()));
    m_guide.emplace(browserName(m_model.tab(m_tabs[0])->browser),
                    browserName(m_model.tab(m_tabs[2])->browser));
    ++m_round;
    m_timer.start();
    showStep();
}

void Demonstration::stop()
{
    m_timer.stop();
    m_guide.reset();
    m_bar.hide();
}

bool Demonstration::useOpenTabs()
{
    const QList<Tab> &tabs = m_model.tabs();
    for (qsizetype row = 0; row + 2 < tabs.size(); ++row) {
        const bool isPage = std::all_of(tabs.cbegin() + row, tabs.cbegin() + row + 3,
                                        [this](const Tab &tab) { return tab.url == m_page; });
        if (isPage && tabs.at(row).browser == tabs.at(row + 1).browser
            && tabs.at(row).browser != tabs.at(row + 2).browser) {
            m_tabs = {tabs.at(row).id, tabs.at(row + 1).id, tabs.at(row + 2).id};
            return true;
        }
    }
    return false;
}

void Demonstration::openTabs()
{
    const Tab *current = m_model.current() ? m_model.tab(*m_model.current()) : nullptr;
    const BrowserId pair = current ? current->browser : firstBrowser;
    static_cast<void>(m_browsers.browser(pair)); // it has a number then
    const QList<BrowserId> ids = m_browsers.ids();
    const auto another = std::ranges::find_if(ids, [pair](BrowserId id) { return id != pair; });
    const BrowserId other = another != ids.cend() ? *another : m_browsers.addBrowser();
    m_tabs = {m_model.open(pair, m_page), m_model.open(pair, m_page), m_model.open(other, m_page)};
}

void Demonstration::look()
{
    ++m_round;
    m_counters = {};
    m_answers = 0;
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        const BrowserTab *tab = m_area.tab(m_tabs[i]);
        if (!tab) {
            // One of them was closed: there is nothing to show any more.
            stop();
            return;
        }
        tab->view()->page()->runJavaScript(readCounter, QWebEngineScript::ApplicationWorld,
                                           [self = QPointer(this), round = m_round,
                                            i](const QVariant &counter) {
                                               if (self)
                                                   self->take(round, i, counter.toString());
                                           });
    }
}

void Demonstration::take(quint64 round, std::size_t tab, const QString &counter)
{
    // An answer that comes after the next question is old.
    if (round != m_round || !m_guide)
        return;
    m_counters[tab] = counter;
    if (++m_answers < int(m_tabs.size()))
        return;
    const auto used = std::ranges::find(m_tabs, m_model.current());
    const int lastUsed = used == m_tabs.end() ? -1 : int(used - m_tabs.begin());
    if (m_guide->observe(m_counters, lastUsed))
        showStep();
}

void Demonstration::showStep()
{
    const bool isLast = m_guide->stage() == BroadcastGuide::Stage::Finished;
    m_bar.showStep({.number = m_guide->step(),
                    .count = BroadcastGuide::stepCount,
                    .happened = m_guide->happened(),
                    .instruction = m_guide->instruction(),
                    .isLast = isLast});
    if (isLast)
        m_timer.stop();
}

} // namespace LiveTemplate::Ui
