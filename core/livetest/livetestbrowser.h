// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetestrequest.h"
#include "livetesttab.h"

#include <QByteArray>
#include <QMap>
#include <QString>

#include <memory>
#include <source_location>

namespace LiveTest {

class Site;

/// A browser: a jar of cookies, and with it a session group, in which tabs are opened. Two browsers
/// are two strangers.
class Browser
{
public:
    /// What becomes of a page's scripts: the three ways to a page.
    enum class Scripts {
        /// Pages are live, and connected by a WebSocket.
        On,
        /// Pages are live, but no WebSocket comes about, as behind a proxy that lets none through:
        /// actions go by HTTP, and what others do is not seen.
        WithoutWebSocket,
        /// As in a browser without JavaScript: forms are sent and links are followed.
        Off
    };

    /// Opens the pages of @p site, which must outlive it.
    explicit Browser(Site &site, Scripts scripts = Scripts::On);
    ~Browser();
    Browser(Browser &&) noexcept;
    Browser &operator=(Browser &&) noexcept;

    /// Opens @p address, "/todos?filter=open" say, in a new tab, follows redirects, and waits until
    /// the page is live. Fails the test when there is no such page or it cannot be served; a page
    /// that answers by another status than 200 only does when @p expectedStatus is not that one.
    [[nodiscard]] Tab open(const QString &address = QStringLiteral("/"), int expectedStatus = 200,
                           std::source_location where = std::source_location::current());

    /// The same at another server of this browser's cluster: its cookies are sent there too, as
    /// behind a load balancer.
    [[nodiscard]] Tab openAt(Site &site, const QString &address = QStringLiteral("/"),
                             int expectedStatus = 200,
                             std::source_location where = std::source_location::current());

    /// Sends one request with the browser's cookies and headers, keeps the cookies of the answer,
    /// and follows no redirect: for what a page does not show, as where an answer redirects to,
    /// what protects a cookie, or a page of somebody else's. Fails the test, and gives the status
    /// 0, when the server does not answer.
    [[nodiscard]] Response fetch(const Request &request,
                                 std::source_location where = std::source_location::current());

    /// The value of a cookie; null when there is none.
    [[nodiscard]] QByteArray cookie(const QByteArray &name) const;
    void setCookie(const QByteArray &name, const QByteArray &value);
    /// Forgets all cookies: tabs that are opened from now on are a stranger's.
    void clearCookies();

    /// Sent with every request from now on, WebSockets too; an empty value: no longer.
    void setHeader(const QByteArray &name, const QByteArray &value);
    /// Credentials for a BasicAuthenticator.
    void setCredentials(const QString &user, const QString &password);

private:
    std::shared_ptr<class BrowserState> m_state;
};

} // namespace LiveTest
