// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"
#include "connectionjournal_p.h"
#include "context.h"
#include "envelope_p.h"
#include "groupdirectory_p.h"
#include "ids.h"
#include "livepage_p.h"
#include "ratelimiter_p.h"
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
struct ShardMetrics;
class LiveConnection;
class RenderShare;

/// What a connection needs of whoever keeps it.
class LiveConnectionHost
{
public:
    virtual ~LiveConnectionHost() = default;

    /// Saves the state of @p connection for its group; as of the time of what another server
    /// published, where it came about by that.
    virtual void saveState(LiveConnection &connection, PublishTime asOf = {}) = 0;
    /// Runs @p request on every other connection of the group.
    virtual void broadcast(LiveConnection &sender, const BroadcastRequest &request) = 0;
    /// Has @p connection's processQueue() called once, soon, from the event loop.
    virtual void scheduleQueue(LiveConnection &connection) = 0;
    /// Has @p connection's sweep() called about once a second, for as long as it needsWatch().
    virtual void watch(LiveConnection &connection) = 0;
    /// What peers were shown in this turn.
    [[nodiscard]] virtual RenderShare &renderShare() = 0;
    [[nodiscard]] virtual ShardMetrics &metrics() = 0;
    /// Reaches the group from anywhere.
    [[nodiscard]] virtual std::weak_ptr<GroupDispatcher> dispatcher() const = 0;
};

/// One open tab: its state, the tree that it shows, and the actions that wait for it. One action
/// at a time, in the order of their arrival.
class LiveConnection : public QObject, private ShownPage
{
    Q_OBJECT

public:
    struct Identity
    {
        quint64 id = 0;
        GroupId group;
        UserId user;
        /// ConnectionSnapshot::label.
        QString label;
        /// The parameters of the URL, for `mount`.
        QJsonObject query;
    };

    LiveConnection(std::unique_ptr<QWebSocket> webSocket, ServerSocket &socket,
                   const LivePage &page, Identity identity, ConnectionSlot place,
                   const ServerOptions &options, LiveConnectionHost &host);
    ~LiveConnection() override;

    [[nodiscard]] quint64 id() const { return m_id; }
    [[nodiscard]] const GroupId &group() const { return m_group; }
    [[nodiscard]] const UserId &user() const { return m_user; }
    [[nodiscard]] const LivePage &page() const { return m_page; }
    [[nodiscard]] const QVariant &state() const { return m_state; }

    /// Begins: from what the group has saved, or anew, with @p flash to show. Sends the first
    /// message.
    void start(const std::optional<QJsonObject> &saved, const FlashMessages &flash);

    /// Puts an action that is not this client's into the queue. False when the queue is full: the
    /// action is lost.
    bool enqueue(const BroadcastRequest &request, Context::Origin origin, PublishTime time,
                 const DispatchSource &source);

    /// Shows @p values once, in place of the state, which stays (PROTOCOL.md F.2).
    void showOnce(const QVariantHash &values);

    /// Runs what waits.
    void processQueue();

    /// Shows the state as the page is now, after its template has changed.
    void refresh();

    /// Tells the client @p reason and closes.
    void close(int code, const QString &reason);
    /// Closes the connection when its client does not read, cuts it when it was to close long ago.
    void sweep(std::chrono::steady_clock::time_point now);
    /// Whether sweep() has anything to wait for.
    [[nodiscard]] bool needsWatch() const { return m_behind || m_closing; }
    /// Closes the connection when nothing was heard of its client for too long.
    void closeWhenIdle(std::chrono::steady_clock::time_point now);

    /// Whether it was told goodbye: it does nothing any more.
    [[nodiscard]] bool isClosing() const { return m_closing; }

    [[nodiscard]] qint64 pendingBytes() const { return m_socket.bytesToWrite(); }
    [[nodiscard]] ConnectionSnapshot snapshot() const;
    /// All but what is saved.
    [[nodiscard]] ConnectionDetails details() const;
    /// Null where nothing is remembered.
    [[nodiscard]] ConnectionJournal *journal() const { return m_journal.get(); }

Q_SIGNALS:
    void closed();

private:
    struct Waiting
    {
        ClientMessage message;
        Context::Origin origin = Context::Origin::Client;
        /// When another server published it.
        PublishTime time = {};
        /// Not of the client's.
        DispatchSource source = {};
    };

    /// The last action of a kind, for whoever watches.
    struct LastAction
    {
        QString name;
        /// Milliseconds since 1970.
        qint64 at = 0;
    };

    [[nodiscard]] QByteArray html() const override;
    void receive(const QString &text);
    void dropOutdatedBroadcasts();
    void scheduleQueue();
    void stopServing();
    void finish();
    void runClientAction(const Waiting &waiting);
    void runDispatch(const Waiting &waiting);
    [[nodiscard]] Context makeContext(Context::Origin origin, Context::Occasion occasion,
                                      const ClientMessage &message) const;
    [[nodiscard]] std::optional<Result<QVariant>> callAction(const Waiting &waiting,
                                                             Context &context, LastAction &last);
    void refuseHurried(const ClientMessage *message);
    [[nodiscard]] bool answerAction(const AnswerMeta &meta);
    void takeFlash(const Context &context);
    void broadcastAll(const Context &context);
    [[nodiscard]] TreePtr checked(std::expected<TreePtr, TemplateError> tree);
    [[nodiscard]] TreePtr render();
    void show();
    void sendText(const QByteArray &message);
    void sendFrame(const QByteArray &frame);
    void fallBehind();
    void catchUp();

    std::unique_ptr<QWebSocket> m_webSocket;
    ServerSocket &m_socket;
    const LivePage &m_page;
    const ServerOptions &m_options;
    LiveConnectionHost &m_host;
    ConnectionSlot m_place;
    GroupId m_group;
    UserId m_user;
    /// Until it has started.
    QJsonObject m_query;

    QVariant m_state;
    /// What the last action made of the page besides the state.
    PageExtras m_extras;
    /// What the client shows; null before the first message.
    TreePtr m_shown;
    QQueue<Waiting> m_queue;
    int m_waitingDispatches = 0;
    RateLimiter m_rateLimiter;
    QDeadlineTimer m_closeDeadline;
    /// When the client last took some of what waits for it.
    std::chrono::steady_clock::time_point m_lastProgress;
    const quint64 m_id;
    const QString m_label;
    const QDateTime m_connectedAt;
    quint64 m_actions = 0;
    quint64 m_broadcasts = 0;
    quint64 m_bytesIn = 0;
    quint64 m_bytesOut = 0;
    LastAction m_lastAction;
    LastAction m_lastDispatch;
    /// Null unless somebody asked for it.
    std::unique_ptr<ConnectionJournal> m_journal;
    bool m_started = false;
    bool m_scheduled = false;
    bool m_closing = false;
    /// There is no socket any more.
    bool m_finished = false;
    bool m_sentMalformed = false;
    /// The state was restored when the connection began.
    bool m_restored = false;
    /// The page shows an older state than the connection has.
    bool m_stale = false;
    bool m_behind = false;
};

} // namespace LiveTemplate
