// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "context.h"
#include "envelope_p.h"
#include "ids.h"
#include "livepage_p.h"
#include "serversnapshot.h"
#include "serversocket_p.h"
#include "tree_p.h"

#include <QDeadlineTimer>
#include <QJsonObject>
#include <QObject>
#include <QQueue>
#include <QVariant>

#include <memory>
#include <optional>

class QWebSocket;

namespace LiveTemplate {

struct ServerOptions;
class LiveConnection;

/// What a connection needs of whoever keeps it.
class LiveConnectionHost
{
public:
    virtual ~LiveConnectionHost() = default;

    /// Saves the state of @p connection for its group.
    virtual void saveState(LiveConnection &connection) = 0;
    /// Runs @p request on every other connection of the group.
    virtual void broadcast(LiveConnection &sender, const BroadcastRequest &request) = 0;
    /// Has @p connection's processQueue() called once, soon, from the event loop.
    virtual void scheduleQueue(LiveConnection &connection) = 0;
};

/// One open tab: its state, the tree that it shows, and the actions that wait for it. One action
/// at a time, in the order of their arrival.
class LiveConnection : public QObject
{
    Q_OBJECT

public:
    struct Identity
    {
        quint64 id = 0;
        GroupId group;
        UserId user;
        /// The parameters of the URL, for `mount`.
        QJsonObject query;
    };

    LiveConnection(std::unique_ptr<QWebSocket> webSocket, ServerSocket &socket,
                   const LivePage &page, Identity identity, const ServerOptions &options,
                   LiveConnectionHost &host);
    ~LiveConnection() override;

    [[nodiscard]] const Identity &identity() const { return m_identity; }
    [[nodiscard]] const LivePage &page() const { return m_page; }
    [[nodiscard]] const QVariant &state() const { return m_state; }

    /// Begins: from what the group has saved, or anew. Sends the first message.
    void start(const std::optional<QJsonObject> &saved);

    /// Puts a peer's action into the queue. False when the queue is full: the action is lost.
    bool enqueueBroadcast(const BroadcastRequest &request);

    /// Runs what waits.
    void processQueue();

    /// Shows the state as the page is now, after its template has changed.
    void refresh();

    /// Tells the client @p reason and closes.
    void close(int code, const QString &reason);
    /// Cuts the connection when it was to close long ago and has not.
    void cutWhenOverdue();

    [[nodiscard]] ConnectionSnapshot snapshot() const;

Q_SIGNALS:
    void closed();

private:
    struct Waiting
    {
        ClientMessage message;
        Context::Origin origin = Context::Origin::Client;
    };

    void receive(const QString &text);
    void scheduleQueue();
    void stopServing();
    void run(const Waiting &waiting);
    void runClientAction(const ClientMessage &message);
    void runBroadcast(const ClientMessage &message);
    [[nodiscard]] std::optional<Result<QVariant>> callAction(const ClientMessage &message,
                                                             Context &context) const;
    [[nodiscard]] TreePtr render();
    void update(const TreePtr &tree);
    void send(const QByteArray &message);

    std::unique_ptr<QWebSocket> m_webSocket;
    ServerSocket &m_socket;
    const LivePage &m_page;
    Identity m_identity;
    const ServerOptions &m_options;
    LiveConnectionHost &m_host;

    QVariant m_state;
    /// What the client shows; null before the first message.
    TreePtr m_shown;
    QQueue<Waiting> m_queue;
    qsizetype m_waitingBroadcasts = 0;
    bool m_started = false;
    bool m_scheduled = false;
    bool m_closing = false;
    bool m_sentMalformed = false;
    QDeadlineTimer m_closeDeadline;
    ConnectionSnapshot m_counters;
};

} // namespace LiveTemplate
