// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "delivery_p.h"
#include "liveconnection_p.h"
#include "mailbox_p.h"
#include "rendershare_p.h"
#include "sessionstore.h"
#include "subscriptions_p.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace LiveTemplate {

struct ShardConfiguration;

/// The live connections of one shard, by session group: takes broadcasts around, and keeps what
/// the groups have saved.
class LiveGroups : public QObject, public LiveConnectionHost
{
    Q_OBJECT

public:
    LiveGroups(const ShardConfiguration &configuration, ShardMetrics &metrics);
    ~LiveGroups() override;

    /// Takes a WebSocket in, and begins.
    void add(std::unique_ptr<QWebSocket> webSocket, ServerSocket &socket, const LivePage &page,
             LiveConnection::Identity identity, ConnectionSlot place);

    /// Takes it to the connections of this shard that it concerns.
    void deliver(const Delivery &delivery);

    /// Runs an action on each connection of @p group, on every server: from a request, of which
    /// there is no connection.
    /// @p visitor names the client to whoever watches.
    void broadcastFromRequest(const GroupId &group, const BroadcastRequest &request,
                              quint64 visitor);

    /// Calls @p loaded in this thread with what the group has saved for a page, with what was
    /// changed until then. One after the other: who changes what was loaded has saved it before the
    /// next one gets it.
    void load(const SessionKey &key, SessionStore::Loaded loaded);
    /// Saves @p state at the end of this turn.
    void save(const SessionKey &key, const LivePage &page, const QVariant &state,
              PublishTime asOf = {});

    /// Keeps what a page was sent for the connection that it will open.
    void handOver(const SessionKey &key, const FlashMessages &flash);

    /// Shows the page to whoever has it open, after its template has changed.
    void refresh(const LivePage &page);

    /// Says goodbye to all.
    void closeAll(int code, const QString &reason);
    /// Runs an action on one connection. False when there is none, or too much waits for it.
    [[nodiscard]] bool triggerOn(quint64 id, const BroadcastRequest &request);

    /// To those of one group; returns how many they are.
    int closeGroup(const GroupId &group, const QString &reason);

    /// Closes the connections of a group, so that they begin anew with @p session, and tells
    /// @p replaced what was saved before. A page that @p session has not is forgotten. What the
    /// closed connections would have saved later is not: they do nothing any more.
    void replaceSaved(const SavedSession &session, const QString &reason,
                      std::move_only_function<void(SavedSession)> replaced);
    /// Drops those that have not gone.
    void cutAll();
    /// Closes those that keep the server waiting.
    void sweep();
    /// Closes those of which nothing was heard for too long.
    void closeAllIdle();

    [[nodiscard]] qsizetype count() const { return qsizetype(m_connections.size()); }
    void addTo(ServerSnapshot &snapshot) const;
    /// Null when there is none of that id.
    [[nodiscard]] LiveConnection *find(quint64 id) const;
    /// When the state of @p connection's group and page was saved last, as far as open connections
    /// remember.
    [[nodiscard]] Moment savedAt(const LiveConnection &connection) const;

    void saveState(LiveConnection &connection, PublishTime asOf) override;
    void broadcast(LiveConnection &sender, const BroadcastRequest &request) override;
    void scheduleQueue(LiveConnection &connection) override;
    void watch(LiveConnection &connection) override { m_watched.insert(connection.id()); }
    [[nodiscard]] RenderShare &renderShare() override { return m_renderShare; }
    [[nodiscard]] ShardMetrics &metrics() override { return m_metrics; }
    [[nodiscard]] std::weak_ptr<GroupDispatcher> dispatcher() const override;

Q_SIGNALS:
    /// A connection is gone.
    void removed();

private:
    struct Unsaved
    {
        const LivePage *page = nullptr;
        QVariant state = {};
        /// 1970 for what this server did itself.
        PublishTime asOf = {};
    };

    /// Of one key, while the store is asked.
    struct Loading
    {
        /// What was saved meanwhile: newer than what will come.
        std::optional<QJsonObject> saved;
        std::deque<SessionStore::Loaded> waiting;
    };

    struct HandedOver
    {
        FlashMessages flash;
        std::chrono::steady_clock::time_point deadline;
    };

    void begin(LiveConnection &connection, const SessionKey &key);
    void remove(LiveConnection &connection);
    void enqueue(const QList<LiveConnection *> &connections, const Delivery &delivery);
    void publish(const GroupId &group, const BroadcastRequest &request);
    /// Names a broadcast; 0 where nobody asked for traces.
    [[nodiscard]] quint64 newBroadcastId();
    void ask(const SessionKey &key, SessionStore::Loaded loaded);
    void answer(const SessionKey &key, SessionStore::Loaded loaded,
                std::optional<QJsonObject> saved);
    void processScheduled();
    void saveAll();
    void updateGauges();
    void closeIdle();
    /// A list of its own: who closes one of them changes what is kept.
    [[nodiscard]] QList<LiveConnection *> openConnections() const;
    [[nodiscard]] FlashMessages takeHandedOver(const SessionKey &key);

    const ShardConfiguration &m_configuration;
    ShardMetrics &m_metrics;
    RenderShare m_renderShare;
    std::unordered_map<quint64, std::unique_ptr<LiveConnection>> m_connections;
    /// Closed, to be deleted.
    std::vector<std::unique_ptr<LiveConnection>> m_gone;
    QHash<GroupId, QList<LiveConnection *>> m_groups;
    /// Without those who are nobody.
    QHash<UserId, QList<LiveConnection *>> m_users;
    Subscriptions m_subscriptions;
    /// Connections with work, in the order in which they got it, from m_nextScheduled on.
    QList<quint64> m_scheduled;
    qsizetype m_nextScheduled = 0;
    /// Connections that keep the server waiting.
    QSet<quint64> m_watched;
    qint64 m_sweepCount = 0;
    QHash<SessionKey, Unsaved> m_unsaved;
    QHash<SessionKey, std::shared_ptr<Loading>> m_loading;
    QHash<SessionKey, HandedOver> m_handedOver;
    quint64 m_lastBroadcast = 0;
    /// For what the store answers from other threads.
    Mailbox m_mailbox;
};

} // namespace LiveTemplate
