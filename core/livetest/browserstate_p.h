// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "http_p.h"
#include "livetestbrowser.h"

#include <QMap>
#include <QNetworkCookieJar>
#include <QUrl>

namespace LiveTest {

/// A page, or what came in its place, after all redirects.
struct Loaded
{
    QUrl url;
    Response response;
};

/// The jar of cookies, as HTTP knows them.
class CookieJar : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::allCookies;
    using QNetworkCookieJar::setAllCookies;
};

/// What the tabs of a browser have in common.
class BrowserState
{
public:
    BrowserState(Site &site, Browser::Scripts scripts)
        : m_site(site)
        , m_scripts(scripts)
    {
    }

    [[nodiscard]] Site &site() const { return m_site; }
    [[nodiscard]] bool runsScripts() const { return m_scripts != Browser::Scripts::Off; }
    [[nodiscard]] bool hasWebSockets() const { return m_scripts == Browser::Scripts::On; }
    [[nodiscard]] CookieJar &cookies() { return m_cookies; }
    [[nodiscard]] QMap<QByteArray, QByteArray> &headers() { return m_headers; }

    /// Where a browser is before it has gone anywhere.
    [[nodiscard]] static QUrl home();
    /// Path and query, as in a request and in Tab::address().
    [[nodiscard]] static QByteArray target(const QUrl &url);

    /// The header lines that go with every request: cookies, credentials and the like.
    [[nodiscard]] HeaderLines headersFor(const QUrl &url) const;
    /// Keeps the cookies that came with an answer.
    void takeCookies(const QUrl &url, const Response &response);

    /// Sends a request with the browser's headers, and keeps the cookies of the answer.
    [[nodiscard]] std::expected<Response, QString> request(Site &site, const QUrl &url,
                                                           HttpRequest request);
    /// The same, and follows redirects.
    [[nodiscard]] std::expected<Loaded, QString> load(Site &site, const QUrl &url,
                                                      const HttpRequest &request);

private:
    Site &m_site;
    Browser::Scripts m_scripts;
    CookieJar m_cookies;
    QMap<QByteArray, QByteArray> m_headers;
};

} // namespace LiveTest
