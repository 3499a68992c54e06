// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "browseridentity.h"

#include <QDir>
#include <QNetworkCookie>
#include <QWebEngineCookieStore>
#include <QWebEngineLoadingInfo>
#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <QWebEngineSettings>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// PROTOCOL.md A.8.
constexpr QByteArrayView sessionGroupCookie = "livetemplate-id";

// A group's id is a secret: the whole of it is never shown.
constexpr qsizetype shortIdLength = 8;

std::unique_ptr<QWebEngineProfile> persistentProfile(const QString &storageDirectory)
{
    auto profile = std::make_unique<QWebEngineProfile>(u"browser"_s);
    profile->setPersistentStoragePath(storageDirectory);
    profile->setCachePath(QDir(storageDirectory).filePath(u"cache"_s));
    return profile;
}

void applySettings(QWebEngineProfile &profile)
{
    // Pages come from this machine, and whoever develops them wants to see the newest.
    profile.setHttpCacheType(QWebEngineProfile::MemoryHttpCache);
    profile.setPersistentPermissionsPolicy(
        QWebEngineProfile::PersistentPermissionsPolicy::AskEveryTime);

    QWebEngineSettings *settings = profile.settings();
    // BrowserTab shows its own notice, which tries again by itself.
    settings->setAttribute(QWebEngineSettings::ErrorPageEnabled, false);
    settings->setAttribute(QWebEngineSettings::FullScreenSupportEnabled, false);
    settings->setAttribute(QWebEngineSettings::HyperlinkAuditingEnabled, false);
    settings->setAttribute(QWebEngineSettings::PluginsEnabled, false);
    settings->setAttribute(QWebEngineSettings::FocusOnNavigationEnabled, false);
}

QString hostOf(const QNetworkCookie &cookie)
{
    // A cookie for a whole domain is written with a leading dot.
    const QString domain = cookie.domain();
    return domain.startsWith(u'.') ? domain.sliced(1) : domain;
}

QString shortId(const QNetworkCookie &cookie)
{
    return QString::fromLatin1(cookie.value().left(shortIdLength));
}

} // namespace

BrowserIdentity::BrowserIdentity(BrowserId id, QObject *parent)
    : BrowserIdentity(id, std::make_unique<QWebEngineProfile>(), parent)
{
}

BrowserIdentity::BrowserIdentity(BrowserId id, const QString &storageDirectory, QObject *parent)
    : BrowserIdentity(id, persistentProfile(storageDirectory), parent)
{
    m_sessionGroupFile.emplace(QDir(storageDirectory).filePath(u"session-groups.ini"_s));
    m_sessionGroups = m_sessionGroupFile->load();
}

BrowserIdentity::BrowserIdentity(BrowserId id, std::unique_ptr<QWebEngineProfile> profile,
                                 QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_profile(std::move(profile))
{
    applySettings(*m_profile);

    QWebEngineCookieStore *cookies = m_profile->cookieStore();
    connect(cookies, &QWebEngineCookieStore::cookieAdded, this, &BrowserIdentity::cookieAdded);
    connect(cookies, &QWebEngineCookieStore::cookieRemoved, this, &BrowserIdentity::cookieRemoved);
}

BrowserIdentity::~BrowserIdentity()
{
    // A profile reports its last cookies while it is destroyed.
    m_profile->cookieStore()->disconnect(this);
}

QString BrowserIdentity::sessionGroup(const QUrl &url) const
{
    return m_sessionGroups.value(url.host());
}

void BrowserIdentity::load(QWebEnginePage *page, const QUrl &url)
{
    m_firstVisit.whenAllowed(url.host(),
                             [this, page = QPointer(page), url] { loadNow(page, url); });
}

void BrowserIdentity::loadNow(const QPointer<QWebEnginePage> &page, const QUrl &url)
{
    const QString host = url.host();
    if (!page) {
        // Its tab was closed while it waited.
        m_firstVisit.finished(host, FirstVisit::Outcome::Failed);
        return;
    }

    // Lives until this load has ended. A page that is closed meanwhile has not been answered.
    auto *visit = new QObject(page);
    connect(page, &QWebEnginePage::loadFinished, visit, [this, visit, host](bool loaded) {
        visit->disconnect(this);
        visit->deleteLater();
        m_firstVisit.finished(host,
                              loaded ? FirstVisit::Outcome::Answered : FirstVisit::Outcome::Failed);
    });
    connect(visit, &QObject::destroyed, this,
            [this, host] { m_firstVisit.finished(host, FirstVisit::Outcome::Failed); });
    page->load(url);
}

void BrowserIdentity::cookieAdded(const QNetworkCookie &cookie)
{
    if (cookie.name() != sessionGroupCookie)
        return;
    const QString host = hostOf(cookie);
    m_firstVisit.finished(host, FirstVisit::Outcome::Answered);

    setSessionGroup(host, shortId(cookie));
}

void BrowserIdentity::cookieRemoved(const QNetworkCookie &cookie)
{
    if (cookie.name() != sessionGroupCookie)
        return;
    // A new value is reported as the old one removed and the new one added, in any order.
    const QString host = hostOf(cookie);
    if (m_sessionGroups.value(host) == shortId(cookie))
        setSessionGroup(host, {});
}

void BrowserIdentity::setSessionGroup(const QString &host, const QString &group)
{
    if (m_sessionGroups.value(host) == group)
        return;
    if (group.isEmpty())
        m_sessionGroups.remove(host);
    else
        m_sessionGroups.insert(host, group);

    if (m_sessionGroupFile)
        m_sessionGroupFile->save(m_sessionGroups);
    Q_EMIT sessionGroupChanged(host);
}

} // namespace LiveTemplate::Ui
