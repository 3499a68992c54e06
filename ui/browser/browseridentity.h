// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "browserid.h"
#include "firstvisit.h"
#include "sessiongroupfile.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <memory>
#include <optional>

class QNetworkCookie;
class QWebEnginePage;
class QWebEngineProfile;

namespace LiveTemplate::Ui {

/// One browser: a web engine profile and so a cookie jar, which all its tabs share.
///
/// It knows which session group a server has put it into, because it watches for the server's
/// cookie. It must outlive its pages.
class BrowserIdentity : public QObject
{
    Q_OBJECT

public:
    /// A browser that forgets everything when the program ends.
    explicit BrowserIdentity(BrowserId id, QObject *parent = nullptr);
    /// A browser that keeps its cookies and storage in @p storageDirectory.
    BrowserIdentity(BrowserId id, const QString &storageDirectory, QObject *parent = nullptr);
    ~BrowserIdentity() override;

    [[nodiscard]] BrowserId id() const { return m_id; }
    [[nodiscard]] QString name() const { return browserName(m_id); }
    [[nodiscard]] QColor color() const { return browserColor(m_id); }
    [[nodiscard]] QWebEngineProfile *profile() const { return m_profile.get(); }

    /// The short id of the session group that the pages at @p url are in; empty as long as that
    /// server has not set its cookie.
    [[nodiscard]] QString sessionGroup(const QUrl &url) const;

    /// Loads @p url in @p page, which is a page of this browser. A page may have to wait until
    /// another one has made the first visit to that server, see FirstVisit.
    void load(QWebEnginePage *page, const QUrl &url);

Q_SIGNALS:
    /// A server's cookie came, changed or went: sessionGroup() has a new answer for @p host.
    void sessionGroupChanged(const QString &host);

private:
    BrowserIdentity(BrowserId id, std::unique_ptr<QWebEngineProfile> profile, QObject *parent);

    void loadNow(const QPointer<QWebEnginePage> &page, const QUrl &url);
    void cookieAdded(const QNetworkCookie &cookie);
    void cookieRemoved(const QNetworkCookie &cookie);
    void setSessionGroup(const QString &host, const QString &group);

    BrowserId m_id;
    std::unique_ptr<QWebEngineProfile> m_profile;
    FirstVisit m_firstVisit;
    /// Short ids by host.
    QHash<QString, QString> m_sessionGroups;
    /// Only of a browser that keeps its cookies.
    std::optional<SessionGroupFile> m_sessionGroupFile;
};

} // namespace LiveTemplate::Ui
