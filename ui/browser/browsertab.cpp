// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "browsertab.h"

#include "livelinkwatch.h"
#include "loadfailurenotice.h"
#include "tablabel.h"

#include <QApplication>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <QWebEngineLoadingInfo>
#include <QWebEngineNewWindowRequest>
#include <QWebEnginePage>
#include <QWebEngineView>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Soon enough to feel immediate after a restart, seldom enough to cost nothing.
constexpr auto retryInterval = 2s;

// net::ERR_ABORTED: the load was replaced by another, or turned into a download.
constexpr int abortedByBrowser = -3;

} // namespace

BrowserTab::BrowserTab(BrowserIdentity &browser, QWidget *parent)
    : QWidget(parent)
    , m_browser(browser)
    , m_label(new TabLabel(this))
    , m_header(new TabHeader(browser.id()))
    , m_content(new QStackedLayout)
    , m_view(new QWebEngineView(browser.profile()))
    , m_failure(new LoadFailureNotice)
    , m_liveLink(std::make_unique<LiveLinkWatch>(*m_view->page()))
{
    m_view->page()->setUrlRequestInterceptor(m_label);
    // Without it a page flashes white while it loads, which hurts in the dark.
    m_view->page()->setBackgroundColor(palette().color(QPalette::Base));
    m_view->setAccessibleName(tr("Page in %1").arg(browser.name()));
    m_content->addWidget(m_view);
    m_content->addWidget(m_failure);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(m_content, 1);
    setFocusProxy(m_view);

    QWebEnginePage *page = m_view->page();
    connect(page, &QWebEnginePage::urlChanged, this, &BrowserTab::setUrl);
    connect(page, &QWebEnginePage::titleChanged, this, &BrowserTab::updateTitle);
    connect(page, &QWebEnginePage::loadingChanged, this, &BrowserTab::followLoading);
    connect(page, &QWebEnginePage::newWindowRequested, this, &BrowserTab::newWindowRequested);
    connect(&browser, &BrowserIdentity::sessionGroupChanged, this, &BrowserTab::updateSessionGroup);
    connect(m_failure, &LoadFailureNotice::reloadRequested, this, &BrowserTab::reload);
    connect(m_liveLink.get(), &LiveLinkWatch::linkLost, this, &BrowserTab::reload);

    m_retry.setInterval(retryInterval);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &BrowserTab::reload);
}

BrowserTab::~BrowserTab()
{
    // The page must go before the profile, and report to nobody while it does.
    m_liveLink.reset();
    m_view->page()->disconnect(this);
    delete m_view;
}

QString BrowserTab::title() const
{
    const QString title = m_view->title();
    return title.isEmpty() ? m_url.toDisplayString(QUrl::RemoveScheme | QUrl::RemoveUserInfo)
                           : title;
}

QString BrowserTab::sessionGroup() const
{
    return m_browser.sessionGroup(m_url);
}

QString BrowserTab::connectionLabel() const
{
    return QString::fromLatin1(m_label->label());
}

bool BrowserTab::isLive() const
{
    return m_liveLink->wasLive();
}

void BrowserTab::load(const QUrl &url)
{
    setUrl(url);
    m_browser.load(m_view->page(), url);
}

void BrowserTab::reload()
{
    // A page that never came has nothing to reload, and may again be the browser's first.
    if (m_content->currentWidget() == m_failure)
        m_browser.load(m_view->page(), m_url);
    else
        m_view->reload();
}

bool BrowserTab::focusNextPrevChild(bool next)
{
    const QWidget *focused = QApplication::focusWidget();
    if (!focused || focused->isVisible() || !m_view->isVisible() || !m_view->isAncestorOf(focused))
        return QWidget::focusNextPrevChild(next);
    // The view hides its widget, to show the page in that of another process. Qt would hand the
    // focus on to another tab, which would become the current one; the view hands it to the new
    // widget when it has it itself.
    m_view->setFocusProxy(nullptr);
    m_view->setFocus();
    return true;
}

void BrowserTab::setUrl(const QUrl &url)
{
    // The page is empty before its first load and after one that failed.
    if (m_url == url || url.isEmpty())
        return;
    m_url = url;
    Q_EMIT urlChanged(m_url);
    updateTitle();
    updateSessionGroup();
}

void BrowserTab::followLoading(const QWebEngineLoadingInfo &info)
{
    switch (info.status()) {
    case QWebEngineLoadingInfo::LoadStartedStatus:
        m_retry.stop();
        break;
    case QWebEngineLoadingInfo::LoadFailedStatus:
        // An error that the server answered with a page of its own is that page.
        if (info.errorDomain() == QWebEngineLoadingInfo::HttpStatusCodeDomain)
            m_content->setCurrentWidget(m_view);
        else if (info.errorCode() != abortedByBrowser)
            showFailure(info);
        break;
    case QWebEngineLoadingInfo::LoadSucceededStatus:
    case QWebEngineLoadingInfo::LoadStoppedStatus:
        m_content->setCurrentWidget(m_view);
        break;
    }

    const bool isLoading = info.status() == QWebEngineLoadingInfo::LoadStartedStatus;
    if (m_isLoading != isLoading) {
        m_isLoading = isLoading;
        Q_EMIT loadingChanged(m_isLoading);
    }
    updateTitle();
}

void BrowserTab::showFailure(const QWebEngineLoadingInfo &info)
{
    setUrl(info.url());
    m_failure->explain(m_url, info.errorString());
    m_content->setCurrentWidget(m_failure);
    m_retry.start();
}

void BrowserTab::updateTitle()
{
    m_header->setTitle(title());
    Q_EMIT titleChanged(title());
}

void BrowserTab::updateSessionGroup()
{
    const QString group = sessionGroup();
    if (m_sessionGroup == group)
        return;
    m_sessionGroup = group;
    m_header->setSessionGroup(group);
    Q_EMIT sessionGroupChanged(group);
}

} // namespace LiveTemplate::Ui
