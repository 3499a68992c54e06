// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"

#include <chrono>
#include <memory>

namespace LiveTemplate {

class RedisClient;
struct BroadcasterMetrics;

/// How a RedisBroadcaster behaves.
struct RedisBroadcasterOptions
{
    /// How long a group or user stays subscribed to after its last connection here has gone. 0: for
    /// ever, as Go servers did up to 0.8.
    std::chrono::milliseconds linger = std::chrono::seconds(30);
    /// How often a probe of ours goes through Redis and back; a link on which none came back for
    /// three of them is dead, and made anew. 0: never.
    std::chrono::milliseconds probeInterval = std::chrono::seconds(3);
    /// Larger messages are not published, and refused when received, in bytes of JSON.
    qint64 maxMessageSize = 8 * 1024 * 1024;
    /// By which a server knows its own messages; empty: a random UUID, new for each broadcaster. A
    /// server that comes back by another broadcaster keeps the one it had, because messages of the
    /// first may still be under way.
    QByteArray instanceId = {};
};

/// Takes messages between servers by Redis Pub/Sub, in the channels and forms of the Go servers
/// (PROTOCOL.md F.1, F.2), which it can be mixed with.
///
/// A RedisClient serves one of them. Handlers are called in its worker's thread and must not block
/// it.
class LIVETEMPLATE_EXPORT RedisBroadcaster : public Broadcaster, public DynamicSubscriber
{
public:
    explicit RedisBroadcaster(std::shared_ptr<RedisClient> client,
                              RedisBroadcasterOptions options = {});
    ~RedisBroadcaster() override;

    /// See RedisBroadcasterOptions::instanceId.
    [[nodiscard]] QString instanceId() const override;
    [[nodiscard]] std::shared_ptr<const BroadcasterMetrics> metrics() const;

    Published publishGlobal(const QByteArray &payload) override;
    Published publishToGroup(const GroupId &group, const QByteArray &payload) override;
    Published publishToUser(const UserId &user, const QByteArray &payload) override;
    Published publishServerAction(const UserId &user, const QString &action,
                                  const QJsonObject &data) override;
    Published publishGroupAction(const GroupId &group, const QString &action,
                                 const QJsonObject &data) override;
    void subscribe(MessageHandler handler) override;
    void subscribeServerActions(ServerActionHandler handler) override;
    void subscribeGroupActions(GroupActionHandler handler) override;
    void close() override;

    void subscribeToGroup(const GroupId &group, Subscribed done) override;
    void subscribeToUser(const UserId &user, Subscribed done) override;
    void subscribeToServerAction(const UserId &user, Subscribed done) override;
    void unsubscribeFromGroup(const GroupId &group) override;
    void unsubscribeFromUser(const UserId &user) override;
    void unsubscribeFromServerAction(const UserId &user) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
