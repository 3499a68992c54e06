// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livetestbrowser.h"

#include "browserstate_p.h"
#include "failure_p.h"
#include "livetestsite.h"
#include "tabstate_p.h"

#include <QNetworkCookie>

using namespace Qt::StringLiterals;

namespace LiveTest {

Browser::Browser(Site &site, Scripts scripts)
    : m_state(std::make_shared<BrowserState>(site, scripts))
{
}

Browser::~Browser() = default;
Browser::Browser(Browser &&) noexcept = default;
Browser &Browser::operator=(Browser &&) noexcept = default;

Tab Browser::open(const QString &address, int expectedStatus, std::source_location where)
{
    return openAt(m_state->site(), address, expectedStatus, where);
}

Tab Browser::openAt(Site &site, const QString &address, int expectedStatus,
                    std::source_location where)
{
    auto state = std::make_unique<TabState>(m_state, site);
    if (site.start(where)) {
        const auto loaded = state->load(BrowserState::home().resolved(QUrl(address)));
        if (!loaded) {
            fail(u"%1 cannot be opened. %2"_s.arg(address, loaded.error()), where);
        } else if (state->status() != expectedStatus) {
            fail(u"%1 was answered by the status %2, not %3: %4"_s.arg(
                     address, QString::number(state->status()), QString::number(expectedStatus),
                     quoted(shownText(state->page().elements().front()))),
                 where);
        }
    }
    return Tab(std::move(state));
}

Response Browser::fetch(const Request &request, std::source_location where)
{
    if (!m_state->site().start(where))
        return {};
    auto response = m_state->request(
        m_state->site(), BrowserState::home().resolved(QUrl(request.address)),
        {.method = request.method, .headers = request.headers, .body = request.body});
    if (response)
        return *std::move(response);
    fail(response.error(), where);
    return {};
}

QByteArray Browser::cookie(const QByteArray &name) const
{
    for (const QNetworkCookie &cookie : m_state->cookies().cookiesForUrl(BrowserState::home())) {
        if (cookie.name() == name)
            return cookie.value();
    }
    return {};
}

void Browser::setCookie(const QByteArray &name, const QByteArray &value)
{
    QNetworkCookie cookie(name, value);
    cookie.setPath(u"/"_s);
    m_state->cookies().setCookiesFromUrl({cookie}, BrowserState::home());
}

void Browser::clearCookies()
{
    m_state->cookies().setAllCookies({});
}

void Browser::setHeader(const QByteArray &name, const QByteArray &value)
{
    if (value.isEmpty())
        m_state->headers().remove(name);
    else
        m_state->headers().insert(name, value);
}

void Browser::setCredentials(const QString &user, const QString &password)
{
    // RFC 7617, 2.
    setHeader("Authorization", "Basic " + (user + u':' + password).toUtf8().toBase64());
}

} // namespace LiveTest
