// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livegroups_p.h"

#include "serverlogging_p.h"
#include "shardconfiguration_p.h"
#include "shardmetrics_p.h"

#include <QPointer>
#include <QWebSocket>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Connections that are served in one turn: a large group does not keep the others waiting.
constexpr qsizetype connectionsPerTurn = 128;

/// A page opens its connection within a second or so, unless its client has no JavaScript.
constexpr auto handOverTime = 10s;
constexpr qsizetype maxHandedOver = 10'000;

/// Those that keep the server waiting are looked at in each sweep, all others in one of so many.
constexpr qint64 maxIdleSweepInterval = 10;

} // namespace

LiveGroups::LiveGroups(const ShardConfiguration &configuration, ShardMetrics &metrics)
    : m_configuration(configuration)
    , m_metrics(metrics)
    , m_renderShare(metrics)
{
}

LiveGroups::~LiveGroups()
{
    saveAll();
    for (const auto &[id, connection] : m_connections)
        connection->disconnect(this);
}

void LiveGroups::add(std::unique_ptr<QWebSocket> webSocket, ServerSocket &socket,
                     const LivePage &page, LiveConnection::Identity identity, ConnectionSlot place)
{
    const quint64 id = identity.id;
    const SessionKey key{identity.group, page.page().path};
    auto owned = std::make_unique<LiveConnection>(std::move(webSocket), socket, page,
                                                  std::move(identity), std::move(place),
                                                  m_configuration.options, *this);
    LiveConnection *connection = owned.get();
    m_connections.emplace(id, std::move(owned));
    m_groups[key.group].append(connection);
    m_metrics.connectionsOpened.add();
    updateGauges();
    connect(connection, &LiveConnection::closed, this, [this, connection] { remove(*connection); });
    qCDebug(lcServer) << "connection" << id << "group" << key.group.shortened() << "page"
                      << key.page << "opened";
    load(key,
         [guard = QPointer(connection),
          flash = takeHandedOver(key)](const std::optional<QJsonObject> &saved) {
             if (guard)
                 guard->start(saved, flash);
         });
}

void LiveGroups::remove(LiveConnection &connection)
{
    qCDebug(lcServer) << "connection" << connection.id() << "group"
                      << connection.group().shortened() << "closed";
    if (const auto found = m_groups.find(connection.group()); found != m_groups.end()) {
        found->removeOne(&connection);
        if (found->isEmpty())
            m_groups.erase(found);
    }
    if (auto node = m_connections.extract(connection.id()); !node.empty()) {
        connection.disconnect(this);
        // It is in the middle of telling us, so it is deleted in a later turn.
        if (m_gone.empty())
            QMetaObject::invokeMethod(this, [this] { m_gone.clear(); }, Qt::QueuedConnection);
        m_gone.push_back(std::move(node.mapped()));
    }
    updateGauges();
    Q_EMIT removed();
}

void LiveGroups::updateGauges()
{
    m_metrics.connectionsActive.set(count());
    m_metrics.groupsActive.set(m_groups.size());
}

void LiveGroups::broadcast(LiveConnection &sender, const BroadcastRequest &request)
{
    m_metrics.broadcastsSent.add();
    const auto group = m_groups.constFind(sender.group());
    if (group == m_groups.cend())
        return;
    for (LiveConnection *peer : *group) {
        if (peer != &sender && !peer->enqueue(request, Context::Origin::Broadcast))
            m_metrics.dispatchDropped.add();
    }
}

void LiveGroups::dispatch(const GroupId &group, const BroadcastRequest &request,
                          Context::Origin origin)
{
    if (origin == Context::Origin::Broadcast)
        m_metrics.broadcastsSent.add();
    for (LiveConnection *connection : m_groups.value(group)) {
        if (!connection->enqueue(request, origin))
            m_metrics.dispatchDropped.add();
    }
}

void LiveGroups::scheduleQueue(LiveConnection &connection)
{
    if (m_scheduled.isEmpty())
        QMetaObject::invokeMethod(this, &LiveGroups::processScheduled, Qt::QueuedConnection);
    m_scheduled.append(connection.id());
}

void LiveGroups::processScheduled()
{
    const qsizetype end = std::min(m_nextScheduled + connectionsPerTurn, m_scheduled.size());
    while (m_nextScheduled < end) {
        const quint64 id = m_scheduled.at(m_nextScheduled++);
        if (const auto found = m_connections.find(id); found != m_connections.end())
            found->second->processQueue();
    }
    if (m_nextScheduled < m_scheduled.size()) {
        QMetaObject::invokeMethod(this, &LiveGroups::processScheduled, Qt::QueuedConnection);
        return;
    }
    m_scheduled.clear();
    m_nextScheduled = 0;
    m_renderShare.endTurn();
}

void LiveGroups::saveState(LiveConnection &connection)
{
    save({connection.group(), connection.page().page().path}, connection.page(),
         connection.state());
}

void LiveGroups::save(const SessionKey &key, const LivePage &page, const QVariant &state)
{
    if (m_unsaved.isEmpty())
        QMetaObject::invokeMethod(this, &LiveGroups::saveAll, Qt::QueuedConnection);
    m_unsaved.insert(key, {&page, state});
}

void LiveGroups::saveAll()
{
    const auto unsaved = std::exchange(m_unsaved, {});
    for (auto it = unsaved.cbegin(); it != unsaved.cend(); ++it) {
        m_metrics.statesSaved.add();
        m_configuration.sessionStore->save(it.key(), it->page->page().stateType.save(it->state));
    }
}

void LiveGroups::load(const SessionKey &key, SessionStore::Loaded loaded)
{
    saveAll();
    m_configuration.sessionStore->load(key, std::move(loaded));
}

void LiveGroups::handOver(const SessionKey &key, const FlashMessages &flash)
{
    if (m_handedOver.size() < maxHandedOver)
        m_handedOver.insert(key, {flash, QDeadlineTimer(handOverTime)});
}

FlashMessages LiveGroups::takeHandedOver(const SessionKey &key)
{
    return m_handedOver.isEmpty() ? FlashMessages() : m_handedOver.take(key).flash;
}

void LiveGroups::refresh(const LivePage &page)
{
    for (LiveConnection *connection : openConnections()) {
        if (&connection->page() == &page)
            connection->refresh();
    }
    m_renderShare.endTurn();
}

void LiveGroups::closeAll(int code, const QString &reason)
{
    for (LiveConnection *connection : openConnections())
        connection->close(code, reason);
}

void LiveGroups::cutAll()
{
    m_groups.clear();
    m_connections.clear();
}

void LiveGroups::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    qint64 pending = 0;
    for (const quint64 id : m_watched.values()) {
        const auto found = m_connections.find(id);
        if (found == m_connections.end() || !found->second->needsWatch()) {
            m_watched.remove(id);
            continue;
        }
        pending += found->second->pendingBytes();
        found->second->sweep(now);
    }
    m_metrics.pendingBytes.set(pending);
    closeIdle(now);
    m_handedOver.removeIf([](const auto &entry) { return entry.value().deadline.hasExpired(); });
}

void LiveGroups::closeIdle(std::chrono::steady_clock::time_point now)
{
    // Some of them each time: who is found out a little later does no harm.
    const auto timeout = m_configuration.options.idleTimeout;
    const auto interval = std::clamp<qint64>(timeout / 10s, 1, maxIdleSweepInterval);
    if (timeout <= timeout.zero() || m_sweepCount++ % interval != 0)
        return;
    for (LiveConnection *connection : openConnections())
        connection->closeWhenIdle(now);
}

QList<LiveConnection *> LiveGroups::openConnections() const
{
    QList<LiveConnection *> connections;
    connections.reserve(count());
    for (const auto &[id, connection] : m_connections)
        connections.append(connection.get());
    return connections;
}

void LiveGroups::addTo(ServerSnapshot &snapshot) const
{
    snapshot.groups += int(m_groups.size());
    for (const auto &[id, connection] : m_connections)
        snapshot.connections.append(connection->snapshot());
}

std::weak_ptr<GroupDispatcher> LiveGroups::dispatcher() const
{
    return m_configuration.directory;
}

} // namespace LiveTemplate
