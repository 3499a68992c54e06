// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livegroups_p.h"

#include "serverlogging_p.h"
#include "shardconfiguration_p.h"
#include "shardmetrics_p.h"

#include <QPointer>
#include <QThread>
#include <QWebSocket>

#include <algorithm>
#include <atomic>
#include <iterator>
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

/// Who publishes an action has saved what it made of it just before (publish()), and has missed
/// none before it, as who receives it may have: where both save, the publisher's state stays.
constexpr auto publisherLead = 1ms;

/// Of an action's name, for whoever watches.
constexpr qsizetype maxNameLength = 64;

} // namespace

LiveGroups::LiveGroups(const ShardConfiguration &configuration, ShardMetrics &metrics)
    : m_configuration(configuration)
    , m_metrics(metrics)
    , m_renderShare(metrics)
    , m_subscriptions(configuration.broadcaster)
{
    // They change threads with this.
    m_mailbox.setParent(this);
    m_subscriptions.mailbox().setParent(this);
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
    if (!connection->user().isEmpty())
        m_users[connection->user()].append(connection);
    m_metrics.connectionsOpened.add();
    updateGauges();
    connect(connection, &LiveConnection::closed, this, [this, connection] { remove(*connection); });
    qCDebug(lcServer) << "connection" << id << "group" << key.group.shortened() << "page"
                      << key.page << "opened";
    m_subscriptions.add(key.group, connection->user(), [this, guard = QPointer(connection), key] {
        if (guard)
            begin(*guard, key);
    });
}

void LiveGroups::begin(LiveConnection &connection, const SessionKey &key)
{
    load(key,
         [guard = QPointer(&connection),
          flash = takeHandedOver(key)](const std::optional<QJsonObject> &saved) {
             if (guard)
                 guard->start(saved, flash);
         });
}

void LiveGroups::remove(LiveConnection &connection)
{
    qCDebug(lcServer) << "connection" << connection.id() << "group"
                      << connection.group().shortened() << "closed";
    const auto removeFrom = [&connection](auto &index, const auto &id) {
        if (const auto found = index.find(id); found != index.end()) {
            found->removeOne(&connection);
            if (found->isEmpty())
                index.erase(found);
        }
    };
    removeFrom(m_groups, connection.group());
    removeFrom(m_users, connection.user());
    m_subscriptions.remove(connection.group(), connection.user());
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
    publish(sender.group(), request);
    const auto group = m_groups.constFind(sender.group());
    if (group == m_groups.cend())
        return;
    const DispatchSource source{ActionSource::Connection, sender.id(), newBroadcastId()};
    if (ConnectionJournal *journal = sender.journal()) {
        journal->noteBroadcast({.id = source.broadcast,
                                .action = request.action.left(maxNameLength),
                                .peers = int(group->size()) - 1,
                                .isPublished = m_configuration.directory->publishes()});
    }
    for (LiveConnection *peer : *group) {
        if (peer != &sender && !peer->enqueue(request, Context::Origin::Broadcast, {}, source))
            m_metrics.dispatchDropped.add();
    }
}

void LiveGroups::broadcastFromRequest(const GroupId &group, const BroadcastRequest &request,
                                      quint64 visitor)
{
    m_metrics.broadcastsSent.add();
    publish(group, request);
    enqueue(m_groups.value(group),
            {group, request, Context::Origin::Broadcast, {}, ActionSource::Request, visitor});
}

quint64 LiveGroups::newBroadcastId()
{
    return m_configuration.options.actionHistory > 0 ? ++m_lastBroadcast : 0;
}

void LiveGroups::publish(const GroupId &group, const BroadcastRequest &request)
{
    if (!m_configuration.directory->publishes())
        return;
    // First the state: a server that gets the message can read what it belongs to.
    saveAll();
    m_configuration.directory->publish(group, request);
}

void LiveGroups::deliver(const Delivery &delivery)
{
    if (const auto *group = std::get_if<GroupId>(&delivery.target))
        enqueue(m_groups.value(*group), delivery);
    else if (const auto *user = std::get_if<UserId>(&delivery.target))
        enqueue(m_users.value(*user), delivery);
    else
        enqueue(openConnections(), delivery);
}

void LiveGroups::enqueue(const QList<LiveConnection *> &connections, const Delivery &delivery)
{
    if (const auto *values = std::get_if<QJsonObject>(&delivery.content)) {
        const QVariantHash shown = values->toVariantHash();
        for (LiveConnection *connection : connections)
            connection->showOnce(shown);
        return;
    }
    const DispatchSource source{delivery.source, delivery.from, newBroadcastId()};
    for (LiveConnection *connection : connections) {
        if (!connection->enqueue(std::get<BroadcastRequest>(delivery.content), delivery.origin,
                                 delivery.time, source))
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

void LiveGroups::saveState(LiveConnection &connection, PublishTime asOf)
{
    if (ConnectionJournal *journal = connection.journal())
        journal->noteSaved();
    save({connection.group(), connection.page().page().path}, connection.page(), connection.state(),
         asOf);
}

void LiveGroups::save(const SessionKey &key, const LivePage &page, const QVariant &state,
                      PublishTime asOf)
{
    if (m_unsaved.isEmpty())
        QMetaObject::invokeMethod(this, &LiveGroups::saveAll, Qt::QueuedConnection);
    auto &unsaved = m_unsaved[key];
    // Of several in one turn: it is this server's own as soon as one of them is.
    const bool isOwn = asOf == PublishTime() || (unsaved.page && unsaved.asOf == PublishTime());
    unsaved = {&page, state, isOwn ? PublishTime() : std::max(asOf, unsaved.asOf)};
}

void LiveGroups::saveAll()
{
    const auto unsaved = std::exchange(m_unsaved, {});
    for (auto it = unsaved.cbegin(); it != unsaved.cend(); ++it) {
        m_metrics.statesSaved.add();
        const QJsonObject state = it->page->page().stateType.save(it->state);
        if (const auto loading = m_loading.find(it.key()); loading != m_loading.end())
            (*loading)->saved = state;
        if (it->asOf == PublishTime())
            m_configuration.sessionStore->save(it.key(), state);
        else
            m_configuration.sessionStore->saveAsOf(it.key(), state, it->asOf - publisherLead);
    }
}

void LiveGroups::load(const SessionKey &key, SessionStore::Loaded loaded)
{
    if (const auto loading = m_loading.find(key); loading != m_loading.end())
        (*loading)->waiting.push_back(std::move(loaded));
    else
        ask(key, std::move(loaded));
}

void LiveGroups::ask(const SessionKey &key, SessionStore::Loaded loaded)
{
    saveAll();
    m_loading.insert(key, std::make_shared<Loading>());
    // A store that has the state at hand answers before it returns.
    const auto isAsking = std::make_shared<std::atomic_bool>(true);
    m_configuration.sessionStore->load(key,
                                       [this, key, isAsking, thread = QThread::currentThread(),
                                        address = m_mailbox.address(), loaded = std::move(loaded)](
                                           std::optional<QJsonObject> saved) mutable {
                                           if (*isAsking && QThread::currentThread() == thread) {
                                               answer(key, std::move(loaded), std::move(saved));
                                               return;
                                           }
                                           address.post([this, key, loaded = std::move(loaded),
                                                         saved = std::move(saved)]() mutable {
                                               answer(key, std::move(loaded), std::move(saved));
                                           });
                                       });
    *isAsking = false;
}

void LiveGroups::answer(const SessionKey &key, SessionStore::Loaded loaded,
                        std::optional<QJsonObject> saved)
{
    saveAll();
    const auto loading = m_loading.value(key);
    loaded(loading->saved ? std::move(loading->saved) : std::move(saved));
    m_loading.remove(key);
    auto waiting = std::exchange(loading->waiting, {});
    if (waiting.empty())
        return;
    SessionStore::Loaded next = std::move(waiting.front());
    waiting.pop_front();
    ask(key, std::move(next));
    // They wait on, behind the one that is asking now. Where the store has answered already it is
    // their turn at once.
    if (const auto again = m_loading.find(key); again != m_loading.end()) {
        std::ranges::move(waiting, std::back_inserter((*again)->waiting));
        return;
    }
    for (SessionStore::Loaded &one : waiting)
        load(key, std::move(one));
}

void LiveGroups::handOver(const SessionKey &key, const FlashMessages &flash)
{
    if (m_handedOver.size() < maxHandedOver)
        m_handedOver.insert(key, {flash, m_configuration.options.clock->steady() + handOverTime});
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

bool LiveGroups::triggerOn(quint64 id, const BroadcastRequest &request)
{
    LiveConnection *connection = find(id);
    if (!connection || connection->isClosing())
        return false;
    const bool isTaken = connection->enqueue(request, Context::Origin::Trigger, {},
                                             {ActionSource::Program, 0, newBroadcastId()});
    if (!isTaken)
        m_metrics.dispatchDropped.add();
    return isTaken;
}

int LiveGroups::closeGroup(const GroupId &group, const QString &reason)
{
    int closed = 0;
    for (LiveConnection *connection : m_groups.value(group)) { // a list of its own
        if (connection->isClosing())
            continue;
        connection->close(QWebSocketProtocol::CloseCodeGoingAway, reason);
        ++closed;
    }
    return closed;
}

void LiveGroups::replaceSaved(const SavedSession &session, const QString &reason,
                              std::move_only_function<void(SavedSession)> replaced)
{
    struct Round
    {
        SavedSession previous;
        qsizetype missing;
        std::move_only_function<void(SavedSession)> replaced;
    };
    // What they did until now is part of what was saved before.
    saveAll();
    const auto &pages = m_configuration.pages;
    const auto round = std::make_shared<Round>(
        Round{{session.group, {}, closeGroup(session.group, reason)},
              qsizetype(pages.size()),
              std::move(replaced)});
    if (pages.empty())
        round->replaced(std::move(round->previous));
    for (const auto &page : pages) {
        const SessionKey key{session.group, page->path};
        m_handedOver.remove(key);
        // In the queue of those who load, so that nobody has the old state and saves it again.
        load(key, [this, round, key, states = session.states](std::optional<QJsonObject> saved) {
            if (saved)
                round->previous.states.insert(key.page, *std::move(saved));
            if (const auto state = states.constFind(key.page); state != states.cend())
                m_configuration.sessionStore->save(key, *state);
            else
                m_configuration.sessionStore->remove(key);
            if (--round->missing == 0)
                round->replaced(std::move(round->previous));
        });
    }
}

void LiveGroups::cutAll()
{
    for (const auto &[id, connection] : m_connections)
        m_subscriptions.remove(connection->group(), connection->user());
    m_groups.clear();
    m_users.clear();
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
    closeIdle();
    m_handedOver.removeIf([time = m_configuration.options.clock->steady()](const auto &entry) {
        return entry.value().deadline <= time;
    });
}

void LiveGroups::closeIdle()
{
    // Now and then: who is found out a little later does no harm.
    const auto interval = std::clamp<qint64>(m_configuration.options.idleTimeout / 10s, 1,
                                             maxIdleSweepInterval);
    if (m_sweepCount++ % interval == 0)
        closeAllIdle();
}

void LiveGroups::closeAllIdle()
{
    const auto timeout = m_configuration.options.idleTimeout;
    if (timeout <= timeout.zero())
        return;
    const auto now = m_configuration.options.clock->steady();
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

LiveConnection *LiveGroups::find(quint64 id) const
{
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : found->second.get();
}

Moment LiveGroups::savedAt(const LiveConnection &connection) const
{
    Moment newest = {};
    for (const LiveConnection *peer : m_groups.value(connection.group())) {
        if (const ConnectionJournal *journal = peer->journal();
            journal && &peer->page() == &connection.page())
            newest = std::max(newest, journal->savedAt());
    }
    return newest;
}

std::weak_ptr<GroupDispatcher> LiveGroups::dispatcher() const
{
    return m_configuration.directory;
}

} // namespace LiveTemplate
