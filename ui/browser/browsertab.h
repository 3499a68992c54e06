// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "browseridentity.h"
#include "tabheader.h"

#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <memory>

class QStackedLayout;
class QWebEngineLoadingInfo;
class QWebEngineNewWindowRequest;
class QWebEngineView;

namespace LiveTemplate::Ui {

class LiveLinkWatch;
class LoadFailureNotice;
class TabLabel;

/// One open tab: a page of one browser, under a header that says which.
class BrowserTab : public QWidget
{
    Q_OBJECT

public:
    /// @p browser must outlive the tab.
    explicit BrowserTab(BrowserIdentity &browser, QWidget *parent = nullptr);
    ~BrowserTab() override;

    [[nodiscard]] BrowserIdentity &browser() const { return m_browser; }
    [[nodiscard]] QWebEngineView *view() const { return m_view; }
    [[nodiscard]] TabHeader *header() const { return m_header; }

    /// What was asked for, also while it is loading or when it could not be loaded.
    [[nodiscard]] QUrl url() const { return m_url; }
    /// The page's title, or its address as long as it has none.
    [[nodiscard]] QString title() const;
    /// The short id of the page's session group; empty when it has none (yet).
    [[nodiscard]] QString sessionGroup() const;
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// What its connections call themselves at a server of this machine
    /// (ConnectionSnapshot::label).
    [[nodiscard]] QString connectionLabel() const;
    /// Whether it shows a page with a live connection, as of a moment ago.
    [[nodiscard]] bool isLive() const;

    void load(const QUrl &url);
    void reload();

Q_SIGNALS:
    void urlChanged(const QUrl &url);
    void titleChanged(const QString &title);
    void sessionGroupChanged(const QString &group);
    void loadingChanged(bool isLoading);
    /// The page wants another tab of the same browser. Open it in @p request, at once.
    void newWindowRequested(QWebEngineNewWindowRequest &request);

protected:
    bool focusNextPrevChild(bool next) override;

private:
    void setUrl(const QUrl &url);
    void followLoading(const QWebEngineLoadingInfo &info);
    void showFailure(const QWebEngineLoadingInfo &info);
    void updateTitle();
    void updateSessionGroup();

    BrowserIdentity &m_browser;
    /// Outlives the page.
    TabLabel *m_label = nullptr;
    TabHeader *m_header = nullptr;
    QStackedLayout *m_content = nullptr;
    QWebEngineView *m_view = nullptr;
    LoadFailureNotice *m_failure = nullptr;
    std::unique_ptr<LiveLinkWatch> m_liveLink;
    QTimer m_retry;
    QUrl m_url;
    QString m_sessionGroup;
    bool m_isLoading = false;
};

} // namespace LiveTemplate::Ui
