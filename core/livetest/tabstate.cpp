// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tabstate_p.h"

#include "livetestsite.h"
#include "patience_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

/// The attribute of the element that the live part is in (PROTOCOL.md A.4).
constexpr auto wrapperAttribute = "data-lvt-id";

QByteArray newLabel()
{
    static std::atomic<quint64> last = 0;
    return "livetest-" + QByteArray::number(++last);
}

Element findWrapper(const HtmlPage &page)
{
    const auto found = std::ranges::find_if(page.elements(), [](Element element) {
        return hasAttribute(element, wrapperAttribute);
    });
    return found == page.elements().end() ? nullptr : *found;
}

QByteArray toBytes(const QJsonObject &message)
{
    return QJsonDocument(message).toJson(QJsonDocument::Compact);
}

} // namespace

TabState::TabState(std::shared_ptr<BrowserState> browser, Site &site)
    : m_browser(std::move(browser))
    , m_site(site)
    , m_label(newLabel())
    , m_url(BrowserState::home())
{
}

TabState::Done TabState::load(const QUrl &url, const HttpRequest &request)
{
    const auto loaded = m_browser->load(m_site, url, request);
    if (!loaded)
        return std::unexpected(loaded.error());
    m_socket = nullptr;
    takePage(*loaded);
    if (!wrapper() || !runsScripts())
        return {};
    m_isLive = true;
    // The client asks by HEAD; every answer has it (PROTOCOL.md A.2).
    const QByteArray webSocket = loaded->response.header("x-livetemplate-websocket");
    if (m_browser->hasWebSockets() && (webSocket.isEmpty() || webSocket == "enabled"))
        return connect();
    return loadTree();
}

void TabState::takePage(const Loaded &loaded)
{
    m_url = loaded.url;
    m_status = loaded.response.status;
    m_isLive = false;
    m_tree.clear();
    m_capabilities.clear();
    m_controls.clear();
    m_updates.clear();
    m_lastAnswer = {};
    m_unasked = m_awaited = 0;
    const HtmlPage page(QString::fromUtf8(loaded.response.body));
    if (const Element element = findWrapper(page)) {
        const qsizetype begin = page.contentBegin(element);
        const qsizetype end = page.contentEnd(element);
        m_before = QString::fromUtf8(page.source().first(begin));
        m_loadedHtml = QString::fromUtf8(page.source().sliced(begin, end - begin));
        m_after = QString::fromUtf8(page.source().sliced(end));
    } else {
        m_before = QString::fromUtf8(loaded.response.body);
        m_loadedHtml.clear();
        m_after.clear();
    }
    changed();
}

TabState::Done TabState::connect()
{
    m_socket = nullptr;
    m_tree.clear();
    auto connection = connectTo(m_site);
    if (!connection)
        return std::unexpected(connection.error());
    HttpRequest request{.target = BrowserState::target(m_url),
                        .headers = m_browser->headersFor(m_url)};
    request.headers.emplaceBack("X-LiveTemplate-Tab", m_label);
    const qsizetype before = m_updates.size();
    m_socket = std::make_unique<WebSocket>(*std::move(connection), request,
                                           [this](const QByteArray &message) { receive(message); });
    m_browser->takeCookies(m_url, m_socket->answer());
    if (m_socket->answer().status != 101) {
        // A client that is refused goes on by HTTP (PROTOCOL.md A.1).
        m_socket = nullptr;
        return loadTree();
    }
    if (!waitUntil([&] { return m_updates.size() > before || !isConnected(); }))
        return std::unexpected(u"The server did not send the page's first message."_s);
    if (m_updates.size() == before)
        return std::unexpected(u"The server closed the connection before its first message."_s);
    return {};
}

void TabState::receive(const QByteArray &message)
{
    const QJsonObject envelope = QJsonDocument::fromJson(message).object();
    if (envelope.contains("pong"_L1)) {
        ++m_pongs;
        return;
    }
    const Update update(message);
    m_updates.append(update);
    if (update.isAnswer()) {
        ++m_answers;
        m_lastAnswer = update;
    } else if (!envelope.contains("meta"_L1)) {
        ++m_unasked;
    }
    show(update);
}

void TabState::show(const Update &update)
{
    if (const QStringList capabilities = update.capabilities(); !capabilities.isEmpty())
        m_capabilities = capabilities;
    m_tree.apply(update.tree());
    changed();
}

TabState::Done TabState::loadTree()
{
    const auto response = m_browser->request(m_site, m_url,
                                             {.headers = {{"Accept", "application/json"}}});
    if (!response)
        return std::unexpected(response.error());
    if (response->status != 200) {
        return std::unexpected(
            u"The page cannot be live: it was answered by the status %1."_s.arg(response->status));
    }
    m_updates.append(Update(response->body));
    show(m_updates.last());
    return {};
}

TabState::Done TabState::post(const QJsonObject &message)
{
    const auto response = m_browser->request(m_site, m_url,
                                             {.method = "POST",
                                              .headers = {{"Content-Type", "application/json"},
                                                          {"Accept", "application/json"}},
                                              .body = toBytes(message)});
    if (!response)
        return std::unexpected(response.error());
    if (response->status != 200) {
        return std::unexpected(u"The server answered by the status %1: %2"_s.arg(
            QString::number(response->status), QString::fromUtf8(response->body.left(200))));
    }
    const Update update(response->body);
    m_updates.append(update);
    m_lastAnswer = update;
    show(update);
    return {};
}

TabState::Done TabState::sendAction(const QJsonObject &message)
{
    if (!m_isLive)
        return std::unexpected(u"The page is not live: no client runs on it."_s);
    if (!isConnected())
        return post(message);
    const qint64 before = m_answers;
    const QString action = message.value("action"_L1).toString();
    // An answer may be that of a message that was sent by sendRaw(). One that was refused has no
    // action.
    const auto isAnswered = [&] {
        const QString answered = m_lastAnswer.action();
        return m_answers > before && (answered == action || answered.isEmpty());
    };
    m_socket->send(toBytes(message));
    const bool ended = waitUntil([&] { return isAnswered() || !isConnected(); });
    if (isAnswered())
        return {};
    return std::unexpected(
        (ended ? u"The server closed the connection instead of answering the action \"%1\"."_s
               : u"The server did not answer the action \"%1\"."_s)
            .arg(action));
}

void TabState::sendRaw(const QByteArray &message)
{
    if (m_socket)
        m_socket->send(message);
}

TabState::Done TabState::navigateTo(const QUrl &url)
{
    if (!isConnected() || url.path() != m_url.path())
        return load(url);
    QJsonObject data;
    // A plus is a space in the query of a form (URL, 5.1), which QUrlQuery leaves alone.
    QString query = url.query(QUrl::FullyEncoded);
    query.replace(u'+', "%20"_L1);
    const auto items = QUrlQuery(query).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        data.insert(name, value);
    const auto sent = sendAction({{u"action"_s, u"__navigate__"_s}, {u"data"_s, data}});
    if (sent)
        m_url = url;
    return sent;
}

std::expected<bool, QString> TabState::isQuiet()
{
    if (!isConnected())
        return std::unexpected(u"The tab is not connected."_s);
    const qint64 pongs = m_pongs;
    const qsizetype updates = m_updates.size();
    m_socket->send(R"({"action":"__ping__"})");
    if (!waitUntil([&] { return m_pongs > pongs || !isConnected(); }) || m_pongs == pongs)
        return std::unexpected(u"The server gave no sign of life."_s);
    return m_updates.size() == updates;
}

TabState::Done TabState::waitForUpdate()
{
    const bool ended = waitUntil([this] { return m_unasked > m_awaited || !isConnected(); });
    if (m_unasked > m_awaited) {
        ++m_awaited;
        return {};
    }
    return std::unexpected(
        ended ? u"The tab is not connected: what the server sends of itself does not arrive."_s
              : u"The server sent nothing of itself, no broadcast and no trigger."_s);
}

void TabState::drop()
{
    m_socket = nullptr;
}

void TabState::close()
{
    if (m_socket)
        m_socket->close();
    m_socket = nullptr;
    m_isLive = false;
}

std::optional<quint64> TabState::connectionId() const
{
    if (!isConnected())
        return std::nullopt;
    struct Answer
    {
        bool came = false;
        std::optional<quint64> id;
    };
    const auto answer = std::make_shared<Answer>();
    QObject context;
    m_site.server().requestSnapshot(&context,
                                    [answer, label = QString::fromLatin1(m_label)](
                                        const LiveTemplate::ServerSnapshot &snapshot) {
                                        answer->came = true;
                                        for (const LiveTemplate::ConnectionSnapshot &connection :
                                             snapshot.connections) {
                                            if (connection.label == label)
                                                answer->id = connection.id;
                                        }
                                    });
    [[maybe_unused]] const bool came = waitUntil([&] { return answer->came; });
    return answer->id;
}

QString TabState::html() const
{
    return m_tree.isEmpty() ? m_loadedHtml : m_tree.html();
}

QString TabState::document() const
{
    return m_before + html() + m_after;
}

const HtmlPage &TabState::page() const
{
    if (!m_page)
        m_page.emplace(document());
    return *m_page;
}

Element TabState::wrapper() const
{
    return findWrapper(page());
}

} // namespace LiveTest
