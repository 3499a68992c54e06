// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisbroadcaster.h"

#include "broadcastlink_p.h"
#include "redisclient.h"

#include <atomic>
#include <future>

namespace LiveTemplate {

namespace {

/// What a message takes besides its payload, at least.
constexpr qint64 leastFrameSize = 100;

} // namespace

class RedisBroadcaster::Private
{
public:
    using Target = BroadcastLink::Target;

    /// Hands @p message over to the worker. @p size is what it takes, at least.
    template<typename Message>
    Published publish(Message message, qint64 size)
    {
        if (closed)
            return std::unexpected(PublishError::Closed);
        if (size > link->options.maxMessageSize)
            return std::unexpected(PublishError::TooLarge);
        if (!link->reserve(size))
            return {};
        const auto now = std::chrono::floor<std::chrono::microseconds>(
            std::chrono::system_clock::now());
        client->post([link = link, message = std::move(message), now, size] {
            link->publish(message, now, size);
        });
        return {};
    }

    [[nodiscard]] qint64 leastSize(const QJsonObject &data) const
    {
        return leastFrameSize
            + (data.isEmpty() ? 0 : leastJsonSize(data, link->options.maxMessageSize));
    }

    void subscribe(Target target, const QString &id, Subscribed done)
    {
        if (closed || id.isEmpty()) {
            done();
            return;
        }
        link->addInterest(target, id);
        client->post([link = link, target, id, done = std::move(done)]() mutable {
            link->subscribe(target, id, std::move(done));
        });
    }

    void unsubscribe(Target target, const QString &id)
    {
        if (link->removeInterest(target, id))
            client->post([link = link, target, id] { link->unsubscribe(target, id); });
    }

    std::shared_ptr<RedisClient> client;
    std::shared_ptr<BroadcastLink> link;
    std::atomic<bool> closed = false;
};

RedisBroadcaster::RedisBroadcaster(std::shared_ptr<RedisClient> client,
                                   RedisBroadcasterOptions options)
    : d(std::make_unique<Private>())
{
    d->client = std::move(client);
    d->link = std::make_shared<BroadcastLink>(*d->client, options);
    d->client->post([link = d->link] { link->start(); });
}

RedisBroadcaster::~RedisBroadcaster()
{
    close();
    if (d->link->isInThread()) {
        d->link->stop();
        return;
    }
    // The link uses the client until it has stopped, and we may be the last who keep that.
    std::promise<void> stopped;
    d->client->post([&] {
        d->link->stop();
        stopped.set_value();
    });
    stopped.get_future().wait();
}

QString RedisBroadcaster::instanceId() const
{
    return QString::fromLatin1(d->link->instanceId);
}

std::shared_ptr<const BroadcasterMetrics> RedisBroadcaster::metrics() const
{
    return d->link->metrics;
}

Broadcaster::Published RedisBroadcaster::publishGlobal(const QByteArray &payload)
{
    return d->publish(BroadcastMessage{BroadcastMessage::Scope::Global, {}, {}, payload},
                      leastFrameSize + payload.size() / 3 * 4);
}

Broadcaster::Published RedisBroadcaster::publishToGroup(const GroupId &group,
                                                        const QByteArray &payload)
{
    if (group.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(BroadcastMessage{BroadcastMessage::Scope::Group, group, {}, payload},
                      leastFrameSize + payload.size() / 3 * 4);
}

Broadcaster::Published RedisBroadcaster::publishToUser(const UserId &user,
                                                       const QByteArray &payload)
{
    if (user.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(BroadcastMessage{BroadcastMessage::Scope::User, {}, user, payload},
                      leastFrameSize + payload.size() / 3 * 4);
}

Broadcaster::Published RedisBroadcaster::publishServerAction(const UserId &user,
                                                             const QString &action,
                                                             const QJsonObject &data)
{
    if (user.isEmpty() || action.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(ServerActionMessage{user, action, data}, d->leastSize(data));
}

Broadcaster::Published RedisBroadcaster::publishGroupAction(const GroupId &group,
                                                            const QString &action,
                                                            const QJsonObject &data)
{
    if (group.isEmpty() || action.isEmpty())
        return std::unexpected(PublishError::BadTarget);
    return d->publish(GroupActionMessage{group, action, data}, d->leastSize(data));
}

void RedisBroadcaster::subscribe(MessageHandler handler)
{
    d->link->messages.set(std::move(handler));
}

void RedisBroadcaster::subscribeServerActions(ServerActionHandler handler)
{
    d->link->serverActions.set(std::move(handler));
}

void RedisBroadcaster::subscribeGroupActions(GroupActionHandler handler)
{
    d->link->groupActions.set(std::move(handler));
}

void RedisBroadcaster::close()
{
    d->link->messages.close();
    d->link->serverActions.close();
    d->link->groupActions.close();
    if (!d->closed.exchange(true))
        d->client->post([link = d->link] { link->stop(); });
}

void RedisBroadcaster::subscribeToGroup(const GroupId &group, Subscribed done)
{
    d->subscribe(Private::Target::Group, group.value(), std::move(done));
}

void RedisBroadcaster::subscribeToUser(const UserId &user, Subscribed done)
{
    d->subscribe(Private::Target::User, user.value(), std::move(done));
}

void RedisBroadcaster::subscribeToServerAction(const UserId &user, Subscribed done)
{
    d->subscribe(Private::Target::ServerAction, user.value(), std::move(done));
}

void RedisBroadcaster::unsubscribeFromGroup(const GroupId &group)
{
    d->unsubscribe(Private::Target::Group, group.value());
}

void RedisBroadcaster::unsubscribeFromUser(const UserId &user)
{
    d->unsubscribe(Private::Target::User, user.value());
}

void RedisBroadcaster::unsubscribeFromServerAction(const UserId &user)
{
    d->unsubscribe(Private::Target::ServerAction, user.value());
}

} // namespace LiveTemplate
