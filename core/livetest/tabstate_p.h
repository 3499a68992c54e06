// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "browserstate_p.h"
#include "clienttree_p.h"
#include "controls_p.h"
#include "htmlpage_p.h"
#include "livetestupdate.h"
#include "websocket_p.h"

#include <QList>
#include <QUrl>

#include <expected>
#include <memory>
#include <optional>

namespace LiveTest {

/// A page with its connection: what came of it, and the ways to tell the server something. Errors
/// are sentences.
class TabState
{
public:
    using Done = std::expected<void, QString>;

    TabState(std::shared_ptr<BrowserState> browser, Site &site);

    // ---- The page

    /// Asks for a page, and connects where it is live.
    [[nodiscard]] Done load(const QUrl &url, const HttpRequest &request = {});
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] bool runsScripts() const { return m_browser->runsScripts(); }
    [[nodiscard]] bool hasWebSockets() const { return m_browser->hasWebSockets(); }
    /// Whether its forms and buttons are the client's.
    [[nodiscard]] bool isLive() const { return m_isLive; }
    [[nodiscard]] bool hasCapability(const QString &name) const
    {
        return m_capabilities.contains(name);
    }
    [[nodiscard]] QSet<QString> boundFields() const { return m_tree.boundFields(); }

    /// As it is now.
    [[nodiscard]] QString html() const;
    [[nodiscard]] QString document() const;
    [[nodiscard]] const HtmlPage &page() const;
    /// The element that the live part is in; null when the page has none.
    [[nodiscard]] Element wrapper() const;
    [[nodiscard]] Controls &controls() { return m_controls; }
    [[nodiscard]] const Controls &controls() const { return m_controls; }

    // ---- The server

    /// Sends an action and waits for its answer.
    [[nodiscard]] Done sendAction(const QJsonObject &message);
    void sendRaw(const QByteArray &message);
    /// Another query of the same page.
    [[nodiscard]] Done navigateTo(const QUrl &url);
    /// Asks for a sign of life; false when something else came before it.
    [[nodiscard]] std::expected<bool, QString> isQuiet();

    [[nodiscard]] const QList<Update> &updates() const { return m_updates; }
    [[nodiscard]] const Update &lastAnswer() const { return m_lastAnswer; }
    /// Waits for a message that is no answer, and that was not waited for yet.
    [[nodiscard]] Done waitForUpdate();

    [[nodiscard]] bool isConnected() const { return m_socket && m_socket->isOpen(); }
    /// 0 without a WebSocket.
    [[nodiscard]] int closeCode() const { return m_socket ? m_socket->closeCode() : 0; }
    [[nodiscard]] QString closeReason() const
    {
        return m_socket ? m_socket->closeReason() : QString();
    }
    /// Goes on by HTTP when no WebSocket comes about.
    [[nodiscard]] Done connect();
    void drop();
    void close();
    /// The connection as the server names it: nothing when it has none of this tab's.
    [[nodiscard]] std::optional<quint64> connectionId() const;
    [[nodiscard]] Site &site() const { return m_site; }

private:
    void takePage(const Loaded &loaded);
    void receive(const QByteArray &message);
    void show(const Update &update);
    [[nodiscard]] Done loadTree();
    [[nodiscard]] Done post(const QJsonObject &message);
    void changed() { m_page.reset(); }

    std::shared_ptr<BrowserState> m_browser;
    Site &m_site;
    /// Tells this tab's connection from others.
    QByteArray m_label;
    QUrl m_url;
    int m_status = 0;
    /// The document around the live part.
    QString m_before;
    QString m_after;
    /// The live part as it was loaded.
    QString m_loadedHtml;
    bool m_isLive = false;
    ClientTree m_tree;
    QStringList m_capabilities;
    Controls m_controls;
    std::unique_ptr<WebSocket> m_socket;
    QList<Update> m_updates;
    Update m_lastAnswer;
    qint64 m_answers = 0;
    qint64 m_pongs = 0;
    /// Messages that were no answers, and how many of them were waited for.
    qint64 m_unasked = 0;
    qint64 m_awaited = 0;
    /// Parsed when somebody looks.
    mutable std::optional<HtmlPage> m_page;
};

} // namespace LiveTest
