// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exchangeablebroadcaster.h"

#include "handlerslot_p.h"

#include <QHash>

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

namespace LiveTemplate {

namespace {

/// Calls @c done when the last one who shares it has let go of it.
class Countdown
{
public:
    explicit Countdown(ExchangeableBroadcaster::Exchanged done)
        : m_done(std::move(done))
    {
    }
    ~Countdown()
    {
        if (m_done)
            m_done();
    }
    Q_DISABLE_COPY_MOVE(Countdown)

private:
    ExchangeableBroadcaster::Exchanged m_done;
};

} // namespace

class ExchangeableBroadcaster::Private
{
public:
    /// Outlive the broadcaster while handlers of the one that it was run.
    struct Slots
    {
        HandlerSlot<BroadcastMessage> messages;
        HandlerSlot<ServerActionMessage> serverActions;
        HandlerSlot<GroupActionMessage> groupActions;
        /// Counts exchanges: only what comes by the current one is passed on.
        std::atomic<quint64> generation = 0;
    };

    struct Current
    {
        std::shared_ptr<Broadcaster> broadcaster;
        /// The same; null when it wants to be told nothing.
        DynamicSubscriber *subscriber = nullptr;
    };

    [[nodiscard]] std::shared_ptr<Broadcaster> current()
    {
        const std::lock_guard lock(mutex);
        return now.broadcaster;
    }

    /// Publishes by the current one; alone there is nobody to publish to.
    template<typename Call>
    Published publish(Call call)
    {
        if (isClosed)
            return std::unexpected(PublishError::Closed);
        const auto broadcaster = current();
        return broadcaster ? call(*broadcaster) : Published();
    }

    /// Counts somebody who wants messages for @p id and tells the current one, if it wants to know.
    template<typename Id>
    void add(QHash<Id, int> &interests, const Id &id,
             void (DynamicSubscriber::*subscribe)(const Id &, Subscribed), Subscribed done)
    {
        std::shared_ptr<Broadcaster> kept;
        {
            // The order of calls must be that of counting.
            const std::lock_guard lock(mutex);
            if (!id.isEmpty())
                ++interests[id];
            kept = now.broadcaster;
            if (now.subscriber) {
                (now.subscriber->*subscribe)(id, std::exchange(done, nullptr));
                return;
            }
        }
        done();
    }

    template<typename Id>
    void remove(QHash<Id, int> &interests, const Id &id,
                void (DynamicSubscriber::*unsubscribe)(const Id &))
    {
        const std::lock_guard lock(mutex);
        const auto found = interests.find(id);
        if (found == interests.end())
            return;
        if (--*found == 0)
            interests.erase(found);
        if (now.subscriber)
            (now.subscriber->*unsubscribe)(id);
    }

    /// Has the next one know all that the one before did.
    template<typename Id>
    void move(const QHash<Id, int> &interests,
              void (DynamicSubscriber::*subscribe)(const Id &, Subscribed),
              const std::shared_ptr<Countdown> &countdown)
    {
        for (auto it = interests.cbegin(); it != interests.cend(); ++it) {
            for (int i = 0; i < it.value(); ++i)
                (now.subscriber->*subscribe)(it.key(), [countdown] {});
        }
    }

    void attach(Broadcaster &next, quint64 generation) const;

    const std::shared_ptr<Slots> handlers = std::make_shared<Slots>();
    std::atomic<bool> isClosed = false;
    std::atomic<bool> isAlone = true;
    /// One exchange at a time.
    std::mutex exchangeMutex;
    /// Of a thread's calls into the current one, which may call back at once.
    std::recursive_mutex mutex;
    Current now;
    QHash<GroupId, int> groups;
    QHash<UserId, int> users;
    QHash<UserId, int> serverActions;
};

void ExchangeableBroadcaster::Private::attach(Broadcaster &next, quint64 generation) const
{
    next.subscribe([handlers = handlers, generation](const BroadcastMessage &message) {
        if (handlers->generation == generation)
            handlers->messages.call(message);
    });
    next.subscribeServerActions(
        [handlers = handlers, generation](const ServerActionMessage &message) {
            if (handlers->generation == generation)
                handlers->serverActions.call(message);
        });
    next.subscribeGroupActions(
        [handlers = handlers, generation](const GroupActionMessage &message) {
            if (handlers->generation == generation)
                handlers->groupActions.call(message);
        });
}

ExchangeableBroadcaster::ExchangeableBroadcaster()
    : d(std::make_unique<Private>())
{
}

ExchangeableBroadcaster::~ExchangeableBroadcaster()
{
    close();
}

void ExchangeableBroadcaster::exchange(std::shared_ptr<Broadcaster> next, Exchanged done)
{
    // Before the lock, so that what it calls may exchange again.
    const auto countdown = std::make_shared<Countdown>(std::move(done));
    const std::lock_guard exchanging(d->exchangeMutex);
    if (d->isClosed) {
        if (next)
            next->close();
        return;
    }
    const quint64 generation = d->handlers->generation + 1;
    if (next)
        d->attach(*next, generation);
    Private::Current before;
    {
        const std::lock_guard lock(d->mutex);
        before = std::exchange(d->now, {next, dynamic_cast<DynamicSubscriber *>(next.get())});
        d->isAlone = next == nullptr;
        d->handlers->generation = generation;
        if (d->now.subscriber) {
            d->move(d->groups, &DynamicSubscriber::subscribeToGroup, countdown);
            d->move(d->users, &DynamicSubscriber::subscribeToUser, countdown);
            d->move(d->serverActions, &DynamicSubscriber::subscribeToServerAction, countdown);
        }
    }
    // Waits for handlers, which may publish: not under the lock.
    if (before.broadcaster)
        before.broadcaster->close();
}

Broadcaster::Published ExchangeableBroadcaster::publishGlobal(const QByteArray &payload)
{
    return d->publish([&](Broadcaster &by) { return by.publishGlobal(payload); });
}

Broadcaster::Published ExchangeableBroadcaster::publishToGroup(const GroupId &group,
                                                               const QByteArray &payload)
{
    if (group.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish([&](Broadcaster &by) { return by.publishToGroup(group, payload); });
}

Broadcaster::Published ExchangeableBroadcaster::publishToUser(const UserId &user,
                                                              const QByteArray &payload)
{
    if (user.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish([&](Broadcaster &by) { return by.publishToUser(user, payload); });
}

Broadcaster::Published ExchangeableBroadcaster::publishServerAction(const UserId &user,
                                                                    const QString &action,
                                                                    const QJsonObject &data)
{
    if (user.isEmpty() || action.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish([&](Broadcaster &by) { return by.publishServerAction(user, action, data); });
}

Broadcaster::Published ExchangeableBroadcaster::publishGroupAction(const GroupId &group,
                                                                   const QString &action,
                                                                   const QJsonObject &data)
{
    if (group.isEmpty() || action.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish([&](Broadcaster &by) { return by.publishGroupAction(group, action, data); });
}

void ExchangeableBroadcaster::subscribe(MessageHandler handler)
{
    d->handlers->messages.set(std::move(handler));
}

void ExchangeableBroadcaster::subscribeServerActions(ServerActionHandler handler)
{
    d->handlers->serverActions.set(std::move(handler));
}

void ExchangeableBroadcaster::subscribeGroupActions(GroupActionHandler handler)
{
    d->handlers->groupActions.set(std::move(handler));
}

void ExchangeableBroadcaster::close()
{
    exchange(nullptr);
    d->isClosed = true;
    d->handlers->messages.close();
    d->handlers->serverActions.close();
    d->handlers->groupActions.close();
}

bool ExchangeableBroadcaster::isAlone() const
{
    return d->isAlone;
}

QString ExchangeableBroadcaster::instanceId() const
{
    const auto broadcaster = d->current();
    return broadcaster ? broadcaster->instanceId() : QString();
}

void ExchangeableBroadcaster::subscribeToGroup(const GroupId &group, Subscribed done)
{
    d->add(d->groups, group, &DynamicSubscriber::subscribeToGroup, std::move(done));
}

void ExchangeableBroadcaster::subscribeToUser(const UserId &user, Subscribed done)
{
    d->add(d->users, user, &DynamicSubscriber::subscribeToUser, std::move(done));
}

void ExchangeableBroadcaster::subscribeToServerAction(const UserId &user, Subscribed done)
{
    d->add(d->serverActions, user, &DynamicSubscriber::subscribeToServerAction, std::move(done));
}

void ExchangeableBroadcaster::unsubscribeFromGroup(const GroupId &group)
{
    d->remove(d->groups, group, &DynamicSubscriber::unsubscribeFromGroup);
}

void ExchangeableBroadcaster::unsubscribeFromUser(const UserId &user)
{
    d->remove(d->users, user, &DynamicSubscriber::unsubscribeFromUser);
}

void ExchangeableBroadcaster::unsubscribeFromServerAction(const UserId &user)
{
    d->remove(d->serverActions, user, &DynamicSubscriber::unsubscribeFromServerAction);
}

} // namespace LiveTemplate
