// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "authenticator.h"
#include "developmentmode_p.h"
#include "httpconnection_p.h"
#include "liveconnection_p.h"
#include "livepage_p.h"
#include "serveroptions.h"
#include "serversnapshot.h"
#include "sessionstore.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QSet>
#include <QTcpServer>
#include <QTimer>

#include <memory>
#include <unordered_map>
#include <vector>

class QWebSocketServer;

namespace LiveTemplate {

/// What all shards of a server share; nothing of it changes while the server listens.
struct ShardConfiguration
{
    ServerOptions options;
    std::shared_ptr<Authenticator> authenticator;
    std::shared_ptr<SessionStore> sessionStore;
    std::vector<std::shared_ptr<const Page>> pages;
};

/// A worker of the server: an event loop with its sockets, its session groups and their tabs. All
/// of it is used from the shard's own thread only.
class Shard : public QObject, public LiveConnectionHost
{
    Q_OBJECT

public:
    explicit Shard(const ShardConfiguration &configuration);
    ~Shard() override;

    struct ListenFailure
    {
        enum class Cause {
            Page,
            Socket
        };
        Cause cause;
        /// Of the socket.
        QAbstractSocket::SocketError error;
        QString message;
    };

    /// Compiles the pages and opens the port.
    [[nodiscard]] std::expected<quint16, ListenFailure> listen(const QHostAddress &address,
                                                               quint16 port);

    /// Stops accepting, says goodbye to every client, and emits drained() when all are gone, or
    /// after the time-out of the options when it had to cut some.
    void shutDown();

    [[nodiscard]] ServerSnapshot snapshot() const;

Q_SIGNALS:
    void drained();

private:
    using Group = QSet<LiveConnection *>;

    struct Upgraded
    {
        ServerSocket *socket = nullptr;
        const LivePage *page = nullptr;
        LiveConnection::Identity identity;
    };

    void accept(std::unique_ptr<ServerSocket> socket);
    void handle(HttpConnection &connection, const Request &request, bool upgrade);
    void servePage(HttpConnection &connection, const Request &request, const LivePage &page);
    void upgradeToWebSocket(HttpConnection &connection, const Request &request,
                            const LivePage &page);
    void adoptWebSocket();
    void refresh(const LivePage &page);
    void remove(LiveConnection &connection);
    void sweep();
    void acceptWhilePossible();
    /// A list of its own: who closes one of them changes what the shard keeps.
    [[nodiscard]] QList<LiveConnection *> openConnections() const;
    void checkDrained();

    struct Visitor
    {
        UserId user;
        GroupId group;
        /// The Set-Cookie header's value; empty when the client has the cookie already.
        QByteArray setCookie;
    };
    [[nodiscard]] std::expected<Visitor, HttpResponse> identify(const Request &request) const;
    [[nodiscard]] const LivePage *findPage(const QString &path) const;

    void saveState(LiveConnection &connection) override;
    void broadcast(LiveConnection &sender, const BroadcastRequest &request) override;
    void scheduleQueue(LiveConnection &connection) override;

    class Acceptor;

    const ShardConfiguration &m_configuration;
    std::unique_ptr<Acceptor> m_acceptor;
    std::unique_ptr<QWebSocketServer> m_webSocketServer;
    /// The socket whose 101 answer was written last. QWebSocketServer announces the WebSocket
    /// right after that, without saying which socket it is of.
    Upgraded m_upgraded;
    std::vector<std::unique_ptr<LivePage>> m_pages;
    /// Null in production.
    std::unique_ptr<DevelopmentMode> m_developmentMode;
    QSet<HttpConnection *> m_httpConnections;
    /// Sockets between the HTTP connection that they were and the WebSocket that they become.
    QSet<ServerSocket *> m_upgrading;
    std::unordered_map<quint64, std::unique_ptr<LiveConnection>> m_connections;
    /// Closed, to be deleted.
    std::vector<std::unique_ptr<LiveConnection>> m_gone;
    QHash<GroupId, Group> m_groups;
    /// Connections with work, in the order in which they got it.
    QList<quint64> m_scheduled;
    quint64 m_lastConnectionId = 0;
    QTimer m_sweepTimer{this};
    QTimer m_shutdownTimer{this};
    qsizetype m_maxSockets;
    bool m_accepting = true;
    bool m_shuttingDown = false;
};

} // namespace LiveTemplate
