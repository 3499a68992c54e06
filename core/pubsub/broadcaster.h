// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ids.h"
#include "livetemplate_export.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <expected>
#include <functional>

namespace LiveTemplate {

/// A message that shows something to connections without changing their state.
struct BroadcastMessage
{
    enum class Scope {
        Global,
        Group,
        User
    };
    Scope scope = Scope::Global;
    GroupId group;
    UserId user;
    /// JSON: what the template is shown with, once, instead of the state.
    QByteArray payload;
};

/// A moment by the clocks of servers, which are about the same.
using PublishTime = std::chrono::sys_time<std::chrono::microseconds>;

/// Runs an action on each tab of a user.
struct ServerActionMessage
{
    UserId user;
    QString action;
    QJsonObject data;
    /// When it was published; 1970 when that is not known.
    PublishTime time = {};
};

/// Runs an action on each tab of a session group.
struct GroupActionMessage
{
    GroupId group;
    QString action;
    QJsonObject data;
    /// When it was published; 1970 when that is not known.
    PublishTime time = {};
};

/// Takes messages between the servers of one application. A message reaches every other server and
/// never the one that published it, which serves its own connections itself.
///
/// Implementations: RedisBroadcaster, InProcessBroadcaster, or one of your own
/// (ServerOptions::broadcaster). When it is a DynamicSubscriber, too, the server tells it which
/// groups and users have connections.
///
/// Threading: all functions may be called from any thread and must not block. Handlers are called
/// from any thread, messages of one server in the order in which it published them.
class LIVETEMPLATE_EXPORT Broadcaster
{
public:
    enum class PublishError {
        /// An empty group, user or action.
        BadTarget,
        /// Larger than the broadcaster takes.
        TooLarge,
        /// close() was called.
        Closed,
    };
    /// That a message was accepted does not say that it arrives: what fails later is logged and
    /// counted.
    using Published = std::expected<void, PublishError>;

    using MessageHandler = std::function<void(const BroadcastMessage &)>;
    using ServerActionHandler = std::function<void(const ServerActionMessage &)>;
    using GroupActionHandler = std::function<void(const GroupActionMessage &)>;

    virtual ~Broadcaster();

    virtual Published publishGlobal(const QByteArray &payload) = 0;
    virtual Published publishToGroup(const GroupId &group, const QByteArray &payload) = 0;
    virtual Published publishToUser(const UserId &user, const QByteArray &payload) = 0;
    virtual Published publishServerAction(const UserId &user, const QString &action,
                                          const QJsonObject &data)
        = 0;
    virtual Published publishGroupAction(const GroupId &group, const QString &action,
                                         const QJsonObject &data)
        = 0;

    /// Begins to receive. There is one handler of each kind; a later call replaces it, and an empty
    /// one ends it: after that has returned no handler runs any more.
    virtual void subscribe(MessageHandler handler) = 0;
    virtual void subscribeServerActions(ServerActionHandler handler) = 0;
    virtual void subscribeGroupActions(GroupActionHandler handler) = 0;

    /// Ends everything; further calls do nothing.
    virtual void close() = 0;

    /// Whether nobody would get what is published now, so that there is no need to.
    [[nodiscard]] virtual bool isAlone() const;

    /// What this server calls itself among those that it is joined with; empty when it has no name.
    [[nodiscard]] virtual QString instanceId() const;
};

/// A broadcaster that receives only what it was told to: messages for groups and users that have
/// connections here.
///
/// Calls are counted: each subscribe wants its unsubscribe.
class LIVETEMPLATE_EXPORT DynamicSubscriber
{
public:
    /// Called once, from any thread, when messages arrive from now on; also when they cannot be
    /// subscribed to at present: then they arrive as soon as they can be.
    using Subscribed = std::move_only_function<void()>;

    virtual ~DynamicSubscriber();

    /// Messages and actions for the group.
    virtual void subscribeToGroup(const GroupId &group, Subscribed done) = 0;
    virtual void subscribeToUser(const UserId &user, Subscribed done) = 0;
    virtual void subscribeToServerAction(const UserId &user, Subscribed done) = 0;

    virtual void unsubscribeFromGroup(const GroupId &group) = 0;
    virtual void unsubscribeFromUser(const UserId &user) = 0;
    virtual void unsubscribeFromServerAction(const UserId &user) = 0;
};

} // namespace LiveTemplate
