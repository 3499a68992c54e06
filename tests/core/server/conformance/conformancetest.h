// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "authenticator.h"
#include "journal.h"
#include "livetab.h"
#include "pages.h"
#include "rawclient.h"
#include "server.h"
#include "sessionstore.h"
#include "webclient.h"

#include <QObject>

#include <atomic>
#include <memory>

/// Lets everybody in as AnonymousAuthenticator does, unless the request says in its header X-Test
/// why not: "stranger", "broken" or "groupless". Counts what it is asked.
class CountingAuthenticator : public LiveTemplate::AnonymousAuthenticator
{
public:
    std::expected<LiveTemplate::UserId, LiveTemplate::AuthenticationError> identify(
        const LiveTemplate::Request &request) override;
    std::expected<LiveTemplate::GroupId, LiveTemplate::AuthenticationError> sessionGroup(
        const LiveTemplate::Request &request, const LiveTemplate::UserId &user) override;

    std::atomic<int> identified = 0;
    std::atomic<int> grouped = 0;
};

/// What the tests of all sections of PROTOCOL.md have in common: a server on loopback that serves
/// the pages of the suite, once with one thread and once with four.
class ConformanceTest : public QObject
{
    Q_OBJECT

public:
    static constexpr auto plain = QLatin1StringView("/plain");
    static constexpr auto deep = QLatin1StringView("/deep/page");
    static constexpr auto host = "good.example";

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();

protected:
    /// Options for clients that click faster than people do.
    [[nodiscard]] static LiveTemplate::ServerOptions patientOptions();

    /// Starts a server, in the place of the one before. Pages:
    /// "/"            conformance.html, with the action change
    /// "/plain"       the counter alone
    /// "/validating"  the counter alone, with the actions change and validate
    /// "/deep/page", "/folder/"  conformance.html
    /// "/inputs", "/attributes", "/brackets"  as their templates say
    void start(const LiveTemplate::ServerOptions &options);
    [[nodiscard]] static int threads();

    [[nodiscard]] LiveTemplate::Server &server() { return *m_server; }
    void destroyServer() { m_server.reset(); }
    [[nodiscard]] Journal &journal() const { return *m_journal; }
    [[nodiscard]] CountingAuthenticator &authenticator() const { return *m_authenticator; }
    [[nodiscard]] LiveTemplate::MemorySessionStore &store() const { return *m_store; }

    /// Waits until the methods were called that are named, in this order, and no others.
    [[nodiscard]] bool calls(const QStringList &methods) const;
    /// Waits until @p method was called so often.
    [[nodiscard]] bool calls(const QString &method, qsizetype times) const;

    /// What is saved for the browser that has @p cookie; empty when nothing is.
    [[nodiscard]] QJsonObject saved(const QByteArray &cookie,
                                    const QString &page = QStringLiteral("/")) const;
    /// Waits until that is saved under @p key.
    [[nodiscard]] bool saves(const QByteArray &cookie, const QString &key, const QJsonValue &value,
                             const QString &page = QStringLiteral("/")) const;

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/"),
                           const QString &query = {}) const;
    /// A tab, with the first message read.
    [[nodiscard]] std::unique_ptr<LiveTab> open(const QString &path = QStringLiteral("/"),
                                                const QByteArray &cookie = {}) const;
    [[nodiscard]] std::unique_ptr<LiveTab> open(const QUrl &page, const QByteArray &cookie) const;
    [[nodiscard]] static LiveTemplate::ClientRenderer &renderer();

    /// A request for Host good.example; each line of @p headers ends with CR LF.
    [[nodiscard]] static QByteArray request(const QByteArray &method, const QByteArray &target,
                                            const QByteArray &headers = {},
                                            const QByteArray &body = {});
    /// One that opens a WebSocket.
    [[nodiscard]] static QByteArray upgrade(const QByteArray &target = "/",
                                            const QByteArray &headers = {});
    /// The answer to a request on a connection of its own.
    WebAnswer ask(const QByteArray &request) const;
    /// Connects @p socket and sends.
    void send(QTcpSocket &socket, const QByteArray &request) const;
    /// The cookie of a browser that has been here, as it sends it.
    [[nodiscard]] QByteArray newCookie() const;

    /// Opens a tab of the browser with @p cookie that never reads, and has so much sent to it that
    /// no more can leave. False when that did not come about.
    [[nodiscard]] bool freeze(QTcpSocket &socket, const QByteArray &cookie) const;

    /// All that /metrics says, by name and labels as they stand there.
    [[nodiscard]] QHash<QByteArray, double> metrics() const;
    /// Waits until a metric has a value: threads count a moment later than they answer.
    [[nodiscard]] bool counts(const QByteArray &metric, double value) const;

    /// Rows of origins that may, and may not, use a server.
    enum class OriginRows {
        /// Nothing is set.
        Own,
        /// Behind a proxy.
        Forwarded,
        /// ServerOptions::allowedOrigins.
        Listed,
        /// ServerOptions::developmentMode.
        Development,
        All,
    };
    static void addOriginRows(OriginRows which);
    /// Starts a server as the current row wants it.
    void startForOriginRow();

    /// What stands inside of the wrapper of a page.
    [[nodiscard]] static QString wrapperContent(const QByteArray &page);

private:
    std::shared_ptr<Journal> m_journal;
    std::shared_ptr<CountingAuthenticator> m_authenticator;
    std::shared_ptr<LiveTemplate::MemorySessionStore> m_store;
    std::unique_ptr<LiveTemplate::Server> m_server;
};

/// Whether nothing but @p text is the answer's body, which ends with its line.
[[nodiscard]] bool says(const WebAnswer &answer, const QByteArray &text);

/// The group that a cookie "livetemplate-id=…" names.
[[nodiscard]] LiveTemplate::GroupId groupOf(const QByteArray &cookie);
