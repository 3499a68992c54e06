// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "liveconnection_p.h"
#include "rendershare_p.h"
#include "sessionstore.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <memory>
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

    /// Runs an action on each connection of @p group.
    void dispatch(const GroupId &group, const BroadcastRequest &request, Context::Origin origin);

    /// What the group has saved for a page, with what was changed in this turn.
    void load(const SessionKey &key, SessionStore::Loaded loaded);
    /// Saves @p state at the end of this turn.
    void save(const SessionKey &key, const LivePage &page, const QVariant &state);

    /// Keeps what a page was sent for the connection that it will open.
    void handOver(const SessionKey &key, const FlashMessages &flash);

    /// Shows the page to whoever has it open, after its template has changed.
    void refresh(const LivePage &page);

    /// Says goodbye to all.
    void closeAll(int code, const QString &reason);
    /// Drops those that have not gone.
    void cutAll();
    /// Closes those that keep the server waiting.
    void sweep();

    [[nodiscard]] qsizetype count() const { return qsizetype(m_connections.size()); }
    void addTo(ServerSnapshot &snapshot) const;

    void saveState(LiveConnection &connection) override;
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
        const LivePage *page;
        QVariant state;
    };

    struct HandedOver
    {
        FlashMessages flash;
        QDeadlineTimer deadline;
    };

    void remove(LiveConnection &connection);
    void processScheduled();
    void saveAll();
    void updateGauges();
    void closeIdle(std::chrono::steady_clock::time_point now);
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
    /// Connections with work, in the order in which they got it, from m_nextScheduled on.
    QList<quint64> m_scheduled;
    qsizetype m_nextScheduled = 0;
    /// Connections that keep the server waiting.
    QSet<quint64> m_watched;
    qint64 m_sweepCount = 0;
    QHash<SessionKey, Unsaved> m_unsaved;
    QHash<SessionKey, HandedOver> m_handedOver;
};

} // namespace LiveTemplate
