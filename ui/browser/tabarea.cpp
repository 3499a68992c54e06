// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tabarea.h"

#include "browserset.h"
#include "browsertab.h"
#include "tabstrip.h"

#include <QApplication>
#include <QVBoxLayout>
#include <QWebEngineNewWindowRequest>
#include <QWebEnginePage>
#include <QWebEngineView>

#include <algorithm>

namespace LiveTemplate::Ui {

TabArea::TabArea(TabModel &model, BrowserSet &browsers, QWidget *emptyNotice, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_browsers(browsers)
    , m_emptyNotice(emptyNotice)
    , m_strip(new TabStrip(model))
    , m_pages(new QWidget)
    , m_layout(new TileLayout(m_pages))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_strip);
    layout->addWidget(m_emptyNotice, 1);
    layout->addWidget(m_pages, 1);

    // The lines between tiles.
    m_pages->setAutoFillBackground(true);
    m_pages->setBackgroundRole(QPalette::Mid);

    connect(&model, &TabModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                for (int row = first; row <= last; ++row)
                    insertTab(m_model.tabs().at(row));
            });
    connect(&model, &TabModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                for (int row = first; row <= last; ++row)
                    removeTab(m_model.tabs().at(row).id);
            });
    connect(&model, &TabModel::rowsInserted, this, &TabArea::arrange);
    connect(&model, &TabModel::rowsRemoved, this, &TabArea::arrange);
    connect(&model, &TabModel::rowsMoved, this, &TabArea::arrange);
    connect(&model, &TabModel::currentChanged, this, &TabArea::arrange);
    connect(&model, &TabModel::currentChanged, this, [this] {
        if (BrowserTab *tab = currentTab(); tab && !tab->isAncestorOf(QApplication::focusWidget()))
            tab->setFocus();
        Q_EMIT currentTabChanged();
    });
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { makeFocusedTabCurrent(now); });

    connect(m_strip, &TabStrip::menuRequested, this, &TabArea::tabMenuRequested);

    for (const Tab &tab : model.tabs())
        insertTab(tab);
    arrange();
}

TabArea::~TabArea() = default;

void TabArea::setArrangement(TabArrangement arrangement)
{
    setTiles(arrangement == TabArrangement::Stacked ? 1 : 0);
}

void TabArea::setTiles(int tiles)
{
    const auto arrangement = tiles == 1 ? TabArrangement::Stacked : TabArrangement::SideBySide;
    if (m_arrangement == arrangement && (m_tiles == tiles || tiles == 1))
        return;
    m_arrangement = arrangement;
    m_tiles = tiles == 1 ? 0 : tiles;
    arrange();
    Q_EMIT arrangementChanged(arrangement);
}

BrowserTab *TabArea::currentTab() const
{
    const std::optional<TabId> current = m_model.current();
    return current ? tab(*current) : nullptr;
}

QList<BrowserTab *> TabArea::tabs() const
{
    QList<BrowserTab *> tabs;
    for (const Tab &row : m_model.tabs())
        tabs.append(tab(row.id));
    return tabs;
}

void TabArea::insertTab(const Tab &tab)
{
    auto *widget = new BrowserTab(m_browsers.browser(tab.browser), m_pages);
    m_tabs.insert(tab.id, widget);
    m_layout->addWidget(widget);
    connectTab(tab.id, widget);
    const TabId id = tab.id; // the model's row changes while it loads
    if (tab.url.isValid())
        widget->load(tab.url);
    m_model.setConnectionLabel(id, widget->connectionLabel());
}

void TabArea::removeTab(TabId id)
{
    BrowserTab *tab = m_tabs.take(id);
    tab->disconnect(this);
    // Otherwise Qt hands the focus to some other page, which would then become the current one.
    if (tab->isAncestorOf(QApplication::focusWidget()))
        setFocus();
    tab->hide();
    m_layout->removeWidget(tab);
    // Its page may be what asked for this, so it goes when control is back in the event loop.
    tab->deleteLater();
}

void TabArea::connectTab(TabId id, BrowserTab *tab)
{
    const auto reportIfCurrent = [this, id] {
        if (m_model.current() == id)
            Q_EMIT currentTabChanged();
    };
    connect(tab, &BrowserTab::urlChanged, this, [this, id, reportIfCurrent](const QUrl &url) {
        m_model.setUrl(id, url);
        reportIfCurrent();
    });
    connect(tab, &BrowserTab::titleChanged, this,
            [this, id, reportIfCurrent](const QString &title) {
                m_model.setTitle(id, title);
                reportIfCurrent();
            });
    connect(tab, &BrowserTab::sessionGroupChanged, this,
            [this, id](const QString &group) { m_model.setSessionGroup(id, group); });
    connect(tab, &BrowserTab::loadingChanged, this, reportIfCurrent);
    connect(tab, &BrowserTab::newWindowRequested, this,
            [this, browser = tab->browser().id()](QWebEngineNewWindowRequest &request) {
                openRequestedTab(browser, request);
            });
    connect(tab->header(), &TabHeader::closeRequested, this, [this, id] { m_model.close(id); });
    connect(tab->header(), &TabHeader::menuRequested, this,
            [this, id](const QPoint &position) { Q_EMIT tabMenuRequested(id, position); });
    connect(tab->header(), &TabHeader::activated, tab, qOverload<>(&QWidget::setFocus));
    connect(tab->view()->page(), &QWebEnginePage::windowCloseRequested, this,
            [this, id] { m_model.close(id); });
}

void TabArea::openRequestedTab(BrowserId browser, QWebEngineNewWindowRequest &request)
{
    // A background window is opened with the middle button, or by holding Ctrl.
    const bool inBackground = request.destination()
        == QWebEngineNewWindowRequest::InNewBackgroundTab;
    const TabId id = m_model.open(browser, QUrl());
    request.openIn(tab(id)->view()->page());
    if (!inBackground)
        m_model.setCurrent(id);
}

void TabArea::makeFocusedTabCurrent(QWidget *focused)
{
    const auto found = std::ranges::find_if(m_model.tabs(), [this, focused](const Tab &row) {
        const BrowserTab *candidate = tab(row.id);
        return candidate && candidate->isAncestorOf(focused);
    });
    if (found != m_model.tabs().cend())
        m_model.setCurrent(found->id);
}

void TabArea::arrange()
{
    const bool isEmpty = m_model.tabs().isEmpty();
    const bool isSideBySide = m_arrangement == TabArrangement::SideBySide;
    BrowserTab *current = currentTab();

    m_emptyNotice->setVisible(isEmpty);
    m_pages->setVisible(!isEmpty);
    const int count = int(m_model.tabs().size());
    const int wanted = !isSideBySide ? 1 : m_tiles > 0 ? m_tiles : count;
    const int currentRow = m_model.current() ? m_model.row(*m_model.current()) : -1;
    m_shown = TileWindow::around(currentRow, count, wanted, m_shown.first);
    m_strip->setVisible(!isEmpty && (!isSideBySide || m_shown.count < count));

    // First show, then hide: never a moment with nothing to see.
    if (current)
        current->show();
    QList<QWidget *> order;
    for (BrowserTab *tab : tabs()) {
        Q_ASSERT(tab);
        const bool isEmphasized = isSideBySide && tab == current && m_shown.count > 1;
        tab->header()->setEmphasis(isEmphasized ? TabHeader::Emphasis::Current
                                                : TabHeader::Emphasis::None);
        tab->setVisible(m_shown.contains(int(order.size())));
        order.append(tab);
    }
    m_layout->setOrder(order);

    if (isEmpty)
        m_emptyNotice->setFocus();
}

} // namespace LiveTemplate::Ui
