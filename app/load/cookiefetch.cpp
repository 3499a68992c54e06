// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cookiefetch.h"

#include "clientsocket.h"
#include "httpanswerreader.h"
#include "target.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Load::CookieFetch", text);
}

CookieFetch::Cookie cookieOf(const HttpAnswerReader &answer)
{
    if (answer.status() != 200)
        return std::unexpected(tr("The page was not served: %1").arg(answer.statusLine()));
    if (answer.cookie().isEmpty())
        return std::unexpected(tr("The page set no cookie livetemplate-id"));
    return answer.cookie();
}

} // namespace

/// Loads one page after another over the same TCP connection, as long as the server keeps it.
class CookieFetch::Visitor final : private ClientSocket::Listener
{
public:
    Visitor(EventLoop &loop, const Target &target)
        : m_target(target)
        , m_socket(loop, *this)
    {
    }

    [[nodiscard]] bool isBusy() const { return m_cookie != nullptr; }
    [[nodiscard]] TimePoint deadline() const { return m_deadline; }

    void load(Cookie &cookie, TimePoint deadline)
    {
        m_cookie = &cookie;
        m_deadline = deadline;
        m_answer = std::make_unique<HttpAnswerReader>();
        m_reused = m_socket.isOpen();
        if (m_reused)
            socketConnected();
        else
            connect();
    }

    void giveUp(const QString &why)
    {
        m_socket.close();
        *m_cookie = std::unexpected(why);
        m_cookie = nullptr;
    }

private:
    void connect()
    {
        if (const auto opened = m_socket.open(m_target, 0); !opened)
            giveUp(opened.error());
    }

    void socketConnected() override
    {
        m_socket.send("GET " + m_target.path + " HTTP/1.1\r\nHost: " + m_target.authority
                      + "\r\nUser-Agent: livetemplate-load\r\nAccept: text/html\r\n\r\n");
    }

    void socketReceived(QByteArrayView bytes, TimePoint) override
    {
        if (!isBusy()) {
            m_socket.close(); // nothing was asked
            return;
        }
        const auto complete = m_answer->feed(bytes);
        if (!complete)
            giveUp(complete.error());
        else if (*complete)
            finish();
    }

    void socketEnded(const QString &why) override
    {
        if (!isBusy())
            return;
        if (m_answer->finish()) {
            finish();
        } else if (m_reused && m_answer->isEmpty()) {
            // The server closed what it thought idle, while the request was on its way.
            m_reused = false;
            connect();
        } else {
            giveUp(why);
        }
    }

    void finish()
    {
        *m_cookie = cookieOf(*m_answer);
        m_cookie = nullptr;
        if (!m_answer->keepsAlive())
            m_socket.close();
    }

    const Target &m_target;
    ClientSocket m_socket;
    std::unique_ptr<HttpAnswerReader> m_answer;
    Cookie *m_cookie = nullptr;
    TimePoint m_deadline;
    bool m_reused = false;
};

CookieFetch::CookieFetch(EventLoop &loop, const Target &target, int browsers, int parallel,
                         Duration timeout)
    : m_loop(loop)
    , m_target(target)
    , m_timeout(timeout)
    , m_cookies(std::size_t(browsers))
    , m_visitors(std::size_t(std::min(browsers, parallel)))
{
    std::ranges::generate(m_visitors, [&] { return std::make_unique<Visitor>(loop, target); });
}

CookieFetch::~CookieFetch() = default;

std::optional<TimePoint> CookieFetch::proceed(TimePoint now)
{
    std::optional<TimePoint> earliest;
    for (const auto &visitor : m_visitors) {
        if (visitor->isBusy() && now >= visitor->deadline())
            visitor->giveUp(tr("The page did not come in time"));
        if (!visitor->isBusy() && m_next < m_cookies.size())
            visitor->load(m_cookies[m_next++], now + m_timeout);
        if (visitor->isBusy())
            earliest = std::min(earliest.value_or(visitor->deadline()), visitor->deadline());
    }
    if (!earliest && m_next < m_cookies.size())
        return now; // those failed at once
    return earliest;
}

} // namespace LiveTemplate::Load
