// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "inprocessbroadcaster.h"

#include "handlerslot_p.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace LiveTemplate {

class InProcessBroadcaster::Private
{
public:
    /// Those that have joined each other.
    struct Circle
    {
        std::mutex mutex;
        std::vector<std::weak_ptr<Private>> members;
    };

    [[nodiscard]] std::shared_ptr<Circle> currentCircle() const
    {
        const std::lock_guard lock(mutex);
        return circle;
    }

    void setCircle(std::shared_ptr<Circle> next)
    {
        const std::lock_guard lock(mutex);
        circle = std::move(next);
    }

    /// Hands @p message to the slot @p slot of all others.
    template<typename Message>
    Published publish(HandlerSlot<Message> Private::*slot, const Message &message)
    {
        if (closed)
            return std::unexpected(PublishError::Closed);
        const auto everybody = currentCircle();
        std::vector<std::weak_ptr<Private>> members;
        {
            const std::lock_guard lock(everybody->mutex);
            members = everybody->members;
        }
        for (const auto &member : members) {
            const auto other = member.lock();
            if (other && other.get() != this)
                (other.get()->*slot).call(message);
        }
        return {};
    }

    HandlerSlot<BroadcastMessage> messages;
    HandlerSlot<ServerActionMessage> serverActions;
    HandlerSlot<GroupActionMessage> groupActions;
    std::atomic<bool> closed = false;
    mutable std::mutex mutex;
    /// Changes only while the lock of the circle it was is held.
    std::shared_ptr<Circle> circle;
};

InProcessBroadcaster::InProcessBroadcaster()
    : d(std::make_shared<Private>())
{
    d->circle = std::make_shared<Private::Circle>();
    d->circle->members.push_back(d);
}

InProcessBroadcaster::~InProcessBroadcaster()
{
    close();
}

void InProcessBroadcaster::join(InProcessBroadcaster &other)
{
    while (true) {
        const auto ours = d->currentCircle();
        const auto theirs = other.d->currentCircle();
        if (ours == theirs)
            return;
        const std::scoped_lock lock(ours->mutex, theirs->mutex);
        // Either may have joined somebody else since we looked.
        if (d->currentCircle() != ours || other.d->currentCircle() != theirs)
            continue;
        std::erase_if(ours->members, [](const auto &member) { return member.expired(); });
        for (const auto &member : theirs->members) {
            if (const auto newcomer = member.lock()) {
                newcomer->setCircle(ours);
                ours->members.push_back(member);
            }
        }
        return;
    }
}

Broadcaster::Published InProcessBroadcaster::publishGlobal(const QByteArray &payload)
{
    return d->publish(&Private::messages, {BroadcastMessage::Scope::Global, {}, {}, payload});
}

Broadcaster::Published InProcessBroadcaster::publishToGroup(const GroupId &group,
                                                            const QByteArray &payload)
{
    if (group.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(&Private::messages, {BroadcastMessage::Scope::Group, group, {}, payload});
}

Broadcaster::Published InProcessBroadcaster::publishToUser(const UserId &user,
                                                           const QByteArray &payload)
{
    if (user.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(&Private::messages, {BroadcastMessage::Scope::User, {}, user, payload});
}

Broadcaster::Published InProcessBroadcaster::publishServerAction(const UserId &user,
                                                                 const QString &action,
                                                                 const QJsonObject &data)
{
    if (user.isEmpty() || action.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(&Private::serverActions, {user, action, data});
}

Broadcaster::Published InProcessBroadcaster::publishGroupAction(const GroupId &group,
                                                                const QString &action,
                                                                const QJsonObject &data)
{
    if (group.isEmpty() || action.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(&Private::groupActions, {group, action, data});
}

void InProcessBroadcaster::subscribe(MessageHandler handler)
{
    d->messages.set(std::move(handler));
}

void InProcessBroadcaster::subscribeServerActions(ServerActionHandler handler)
{
    d->serverActions.set(std::move(handler));
}

void InProcessBroadcaster::subscribeGroupActions(GroupActionHandler handler)
{
    d->groupActions.set(std::move(handler));
}

void InProcessBroadcaster::close()
{
    d->closed = true;
    d->messages.close();
    d->serverActions.close();
    d->groupActions.close();
}

} // namespace LiveTemplate
