// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"

#include <memory>

namespace LiveTemplate {

/// A broadcaster that is another one, which can be exchanged while the server runs: none, so that
/// the server is alone, or a RedisBroadcaster. Whoever has subscribed to something stays so with
/// the next one.
///
/// @code
/// auto broadcaster = std::make_shared<ExchangeableBroadcaster>();
/// options.broadcaster = broadcaster;
/// Server server(options);
/// …
/// broadcaster->exchange(std::make_shared<RedisBroadcaster>(client), [] { … });
/// @endcode
class LIVETEMPLATE_EXPORT ExchangeableBroadcaster : public Broadcaster, public DynamicSubscriber
{
public:
    using Exchanged = std::move_only_function<void()>;

    ExchangeableBroadcaster();
    ~ExchangeableBroadcaster() override;

    /// From now on messages go by @p next (null: nowhere), which nobody must have used before. The
    /// one before is closed: handlers that run for it have ended when this returns, and none runs
    /// for it afterwards; so nothing is delivered twice. @p done is called, from any thread, when
    /// everything that was subscribed to is so with @p next.
    ///
    /// Not to be called from a handler.
    void exchange(std::shared_ptr<Broadcaster> next, Exchanged done = {});

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
    /// While there is no other one.
    [[nodiscard]] bool isAlone() const override;
    /// Of the one that is used now.
    [[nodiscard]] QString instanceId() const override;

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
