// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "browserstate_p.h"

#include <QNetworkCookie>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

/// As browsers do.
constexpr int maxRedirects = 20;

} // namespace

QUrl BrowserState::home()
{
    // By HTTPS, so that cookies for HTTPS only are sent too.
    return QUrl(u"https://livetest/"_s);
}

QByteArray BrowserState::target(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toUtf8();
    const QByteArray query = url.query(QUrl::FullyEncoded).toUtf8();
    return (path.isEmpty() ? "/" : path) + (url.hasQuery() ? '?' + query : QByteArray());
}

HeaderLines BrowserState::headersFor(const QUrl &url) const
{
    HeaderLines lines;
    QByteArray cookies;
    for (const QNetworkCookie &cookie : m_cookies.cookiesForUrl(url)) {
        cookies += (cookies.isEmpty() ? "" : "; ") + cookie.name() + '=' + cookie.value();
    }
    if (!cookies.isEmpty())
        lines.emplaceBack("Cookie", cookies);
    for (const auto &[name, value] : m_headers.asKeyValueRange())
        lines.emplaceBack(name, value);
    return lines;
}

void BrowserState::takeCookies(const QUrl &url, const Response &response)
{
    for (const auto &[name, value] : response.headers) {
        if (name == "set-cookie")
            m_cookies.setCookiesFromUrl(QNetworkCookie::parseCookies(value), url);
    }
}

std::expected<Response, QString> BrowserState::request(Site &site, const QUrl &url,
                                                       HttpRequest request)
{
    request.target = target(url);
    request.headers.append(headersFor(url));
    auto response = exchange(site, request);
    if (response)
        takeCookies(url, *response);
    return response;
}

std::expected<Loaded, QString> BrowserState::load(Site &site, const QUrl &url,
                                                  const HttpRequest &request)
{
    if (url.host() != home().host())
        return std::unexpected(u"%1 is at another site."_s.arg(url.toDisplayString()));
    QUrl place = url;
    HttpRequest next = request;
    next.headers.emplaceBack("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    for (int i = 0; i <= maxRedirects; ++i) {
        auto response = this->request(site, place, next);
        if (!response)
            return std::unexpected(response.error());
        const QByteArray location = response->header("location");
        if (response->status < 300 || response->status > 399 || location.isEmpty())
            return Loaded{place, *std::move(response)};
        const QUrl to = place.resolved(QUrl::fromEncoded(location));
        if (to.host() != home().host())
            return std::unexpected(
                u"The server redirects to another site: %1."_s.arg(to.toDisplayString()));
        place = to;
        // 307 and 308 repeat the request; all others are followed by a GET (Fetch, 4.4).
        if (response->status != 307 && response->status != 308) {
            next.method = "GET";
            next.body.clear();
            next.headers.removeIf([](const auto &line) { return line.first == "Content-Type"; });
        }
    }
    return std::unexpected(u"The server redirects in a circle, at last to %1."_s.arg(
        QString::fromUtf8(target(place))));
}

} // namespace LiveTest
